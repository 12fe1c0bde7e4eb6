"""Exact parts of a difference as cents for people: together they are what is shown of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from contractlang.base.exact import CENT, Mode, Rounding, round_to
from contractlang.report.numbers import money
from contractlang.report.words import Words
from contractlang.statement.figures import money as euros

DOWN = Rounding(Mode.DOWN, CENT)


def in_cents(values: Sequence[Fraction], sum_shown: int | None = None) -> list[int]:
    """Exact euros as cents that sum to the exact sum, or to the cents that are shown of it: residual cents to the largest
    remainder."""
    floors = [(value * 100).numerator // (value * 100).denominator for value in values]
    total = sum(values, Fraction(0)) * 100
    rest = (total.numerator // total.denominator if sum_shown is None else sum_shown) - sum(floors)
    order = sorted(range(len(values)), key=lambda i: (floors[i] - values[i] * 100, i))
    for i in order[:rest]:
        floors[i] += 1
    return floors


def euro(value: Fraction, words: Words) -> str:
    """Euros in whole cents as people write them."""
    return money(euros(int(round_to(value, DOWN) * 100)), words.language)


def most_of(values: Sequence[object], most: int) -> int:
    """How many are shown when about so many may be: one more rather than a line that says that there is one more."""
    return len(values) if len(values) == most + 1 else most
