"""What `--set` asks: a place in the words of the contract, and the values that it gets one after another."""

from __future__ import annotations

import re

from msgspec import Struct

from contractlang.simulate.faults import SimulationFault
from contractlang.simulate.spots import same
from contractlang.simulate.values import FIGURE, Figure, read_values

_PERCENT = rf"{FIGURE}[ \u00a0]*%"
_CHANGE = re.compile(
    rf"(?P<place>.*?\S)\s+(?P<values>[-+\u2212][ \u00a0]?\d(?:[\d.,]*\d)?[ \u00a0]*%"
    rf"(?:(?:,\s+{_PERCENT})+|\s*(?:\.\.|…)\s*{_PERCENT}(?:\s+(?:step|stap)\s+{_PERCENT})?)?)\s*"
)
_EQUALS = re.compile(r'"[^"]*"|`[^`]*`|(=)')


class Value(Struct, frozen=True):
    """What a place becomes: another text, or (`change`) what stands there moved by a percentage."""

    text: str
    figure: Figure | None = None
    change: Figure | None = None


class Setting(Struct, frozen=True):
    """A place as it was asked for, and its values."""

    place: str
    values: tuple[Value, ...]


def read_setting(text: str, language: str) -> Setting:
    """A `--set` in the notation of the contract's language.

    Raises SimulationFault: ZC922 when it is neither `place = value` nor `place + 3 %`, and what `read_values` raises.
    """
    if (at := _equals(text)) >= 0:
        place, said = text[:at].strip(), text[at + 1 :].strip()
        if same(place) and said:
            return Setting(place, _values(said, language))
    elif found := _CHANGE.fullmatch(text):
        changes = read_values(found["values"], language)
        if changes:
            shown = [change.written(language, signed=True) for change in changes]
            values = (Value(text, None, change) for text, change in zip(shown, changes, strict=True))
            return Setting(found["place"].strip(), tuple(values))
    raise SimulationFault("ZC922", text=text)


def _equals(text: str) -> int:
    """Where the first `=` outside quotes stands; -1 when there is none."""
    return next((found.start() for found in _EQUALS.finditer(text) if found[1]), -1)


def _values(said: str, language: str) -> tuple[Value, ...]:
    """Figures as a list or range; other answers apart by `;`, for a comma can be part of one."""
    if ";" not in said:
        figures = read_values(said, language)
        if figures is None:
            return (Value(said),)
        # one figure keeps the way in which it was written
        texts = [said] if len(figures) == 1 and ".." not in said else [one.written(language) for one in figures]
        return tuple(Value(text, figure) for text, figure in zip(texts, figures, strict=True))
    parts = [part.strip() for part in said.split(";")]
    return tuple(value for part in parts if part for value in _values(part, language))
