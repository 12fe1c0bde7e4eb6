"""Changing the text of a contract at places, so that everything else stays as it was written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from msgspec import Struct

from contractlang.base.exact import Mode, Rounding, round_to
from contractlang.base.source import Place
from contractlang.simulate.faults import SimulationFault
from contractlang.simulate.regions import Token
from contractlang.simulate.settings import Value
from contractlang.simulate.spots import Spot, said
from contractlang.simulate.values import FIGURE, read_figure
from contractlang.syntax.numbers import write_number
from contractlang.syntax.split import physical_lines

FIGURES = ("MONEY", "PERCENT", "NUMBER")
NO_FIGURE = ("-", "–", "...", "…")
_DIGITS = re.compile(FIGURE)


class Edit(Struct, frozen=True):
    """A stretch of one line and what comes in its place."""

    place: Place
    text: str


class Made(Struct, frozen=True):
    """A change that was made: what the place is called, what stood there and what stands there; `rounded` by a percentage."""

    called: str
    old: str
    new: str
    rounded: bool = False


def edits_of(spot: Spot, value: Value, language: str) -> tuple[Made | None, tuple[Edit, ...]]:
    """What a value makes of a place; nothing for an empty cell that a percentage cannot move.

    Raises SimulationFault ZC927 when it is not said which of several figures is meant, or there is none.
    """
    if value.change is not None:
        return _moved(spot, value.change.value, language)
    token = _token(spot, value.figure.kind) if value.figure is not None and not spot.row else None
    if token is None:
        return Made(spot.called, spot.text, value.text), _replaced(spot.tokens, value.text)
    texts = [value.text if one is token else one.text for one in spot.tokens]
    return Made(spot.called, spot.text, said(texts)), (Edit(token.place, value.text),)


def _token(spot: Spot, kind: str) -> Token | None:
    """The figure of this kind that is meant; None when there is none, and the whole is replaced."""
    found = [token for token in spot.tokens if token.terminal == kind]
    if len(found) > 1 and spot.tokens[0] is not found[0]:
        raise SimulationFault("ZC927", place=spot.called, text=spot.text)
    return found[0] if found else None


def _moved(spot: Spot, percent: Fraction, language: str) -> tuple[Made | None, tuple[Edit, ...]]:
    if spot.row and spot.text in NO_FIGURE:
        return None, ()
    found = [token for token in spot.tokens if spot.row or token.terminal in FIGURES]
    if not found or (len(found) > 1 and spot.tokens[0] is not found[0]):
        raise SimulationFault("ZC927", place=spot.called, text=spot.text)
    token = found[0]
    figure = read_figure(token.text, language)
    if figure is None:
        raise SimulationFault("ZC927", place=spot.called, text=spot.text)
    rounding = Rounding(Mode.HALF_AWAY, Fraction(1, 10**figure.decimals))
    value = round_to(figure.value * (1 + percent / 100), rounding)
    new = _DIGITS.sub(write_number(value, language, figure.decimals), token.text, count=1)
    texts = [new if one is token else one.text for one in spot.tokens]
    return Made(spot.called, spot.text, said(texts), True), (Edit(token.place, new),)


def _replaced(tokens: Sequence[Token], text: str) -> tuple[Edit, ...]:
    """The whole of an answer; what went on on a next line is taken away."""
    lines: dict[int, list[Token]] = {}
    for token in tokens:
        lines.setdefault(token.place.line, []).append(token)
    first = tokens[0].place.line
    return tuple(
        Edit(Place(line, here[0].place.column, here[-1].place.end), text if line == first else "")
        for line, here in lines.items()
    )


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made; they may not overlap."""
    lines = list(physical_lines(text))
    for edit in sorted(edits, key=lambda edit: (edit.place.line, -edit.place.column)):
        line, at = lines[edit.place.line - 1], edit.place
        lines[at.line - 1] = line[: at.column - 1] + edit.text + line[at.end - 1 :]
    return "\n".join(lines)


def overlap(one: Place, other: Place) -> bool:
    """Whether two stretches have a character in common."""
    return one.line == other.line and one.column < other.end and other.column < one.end
