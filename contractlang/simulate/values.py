"""The values that a setting or a volume runs through: one, a list, or a range with a step; exact, as a contract writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from contractlang.simulate.faults import SimulationFault
from contractlang.syntax.numbers import NotANumber, read_number, write_number

MOST_VALUES = 200
POINTS = 5  # of a range without a step
FIGURE = r"(?:[-+\u2212][ \u00a0]?)?\d(?:[\d.,]*\d)?(?:,-)?"
LITERAL = rf"(?:€[ \u00a0]*{FIGURE}|{FIGURE}(?:[ \u00a0]*%)?)"
_LITERAL = re.compile(rf"(€)?[ \u00a0]*({FIGURE})[ \u00a0]*(%)?")
_RANGE = re.compile(rf"({LITERAL})\s*(?:\.\.|…)\s*({LITERAL})(?:\s+(?:step|stap)\s+({LITERAL}))?")
_LIST = re.compile(r"(?<=[\d%-]),\s+(?=[€\d+\-\u2212])")


class Figure(Struct, frozen=True):
    """An amount, a percentage (3 for 3 %) or a number, with the decimals with which it was written."""

    kind: str  # MONEY | PERCENT | NUMBER
    value: Fraction
    decimals: int

    def written(self, language: str, signed: bool = False) -> str:
        """As a contract in this language writes it; `signed`: with its plus sign as well."""
        text = write_number(abs(self.value), language, self.decimals)
        sign = "-" if self.value < 0 else "+" if signed and self.value > 0 else ""
        return {"MONEY": f"€ {sign}{text}", "PERCENT": f"{sign}{text} %", "NUMBER": f"{sign}{text}"}[self.kind]


def read_figure(text: str, language: str) -> Figure | None:
    """The figure that a text is; None when it is no figure. Raises SimulationFault ZC923 for one that cannot be read."""
    found = _LITERAL.fullmatch(text.strip())
    if found is None or (found[1] and found[3]):
        return None
    digits = re.sub(r"[ \u00a0]", "", found[2])
    try:
        value = read_number(digits, language)
    except NotANumber:
        raise SimulationFault("ZC923", text=text.strip()) from None
    kind = "MONEY" if found[1] else "PERCENT" if found[3] else "NUMBER"
    _, _, decimals = digits.partition("," if language == "nl" else ".")
    return Figure(kind, value, len(decimals.strip("-")))


def read_values(text: str, language: str) -> tuple[Figure, ...] | None:
    """The figures that a text lists or ranges over; None when it is no such text.

    Raises SimulationFault: ZC923 a figure that cannot be read, or a range that does not go up in steps of its own kind;
    ZC925 too many values.
    """
    text = text.strip()
    if found := _RANGE.fullmatch(text):
        return _range(text, *(read_figure(part, language) if part else None for part in found.groups()))
    figures = [read_figure(part, language) for part in _LIST.split(text)]
    if any(figure is None for figure in figures):
        return None
    return tuple(figure for figure in figures if figure is not None)


def _range(text: str, low: Figure | None, high: Figure | None, step: Figure | None) -> tuple[Figure, ...]:
    assert low is not None
    assert high is not None
    kinds = {one.kind for one in (low, high, step) if one is not None}
    if len(kinds) > 1 or low.value > high.value or (step is not None and step.value <= 0):
        raise SimulationFault("ZC923", text=text)
    if low.value == high.value:
        return (low,)
    stride = step.value if step else (high.value - low.value) / (POINTS - 1)
    number = int((high.value - low.value) / stride) + 1
    if number > MOST_VALUES:
        raise SimulationFault("ZC925", number=str(number), most=str(MOST_VALUES))
    decimals = max(one.decimals for one in (low, high, step) if one is not None)
    values = [low.value + at * stride for at in range(number)]
    needed = [_decimals(value) for value in values]
    if low.kind == "MONEY" and max(needed) > max(decimals, 2):
        raise SimulationFault("ZC923", text=text)
    return tuple(Figure(low.kind, value, max(decimals, more)) for value, more in zip(values, needed, strict=True))


def _decimals(value: Fraction) -> int:
    """How many decimals a terminating value needs."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    return places


def texts_of(figures: Sequence[Figure], language: str) -> tuple[str, ...]:
    """Figures as a contract writes them."""
    return tuple(figure.written(language) for figure in figures)
