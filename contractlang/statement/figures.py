"""How figures stand in a statement: text, never a binary floating point number."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache


def money(amount: int) -> str:
    """Cents as euros with two decimals: -88012 is "-880.12"."""
    whole, rest = divmod(abs(amount), 100)
    return f"{'-' if amount < 0 else ''}{whole}.{rest:02d}"


def figure(value: Fraction) -> str:
    """An exact number: a decimal when it ends, else a ratio "n/d" in lowest terms."""
    top, bottom = value.numerator, value.denominator
    places = _places(bottom)
    if places is None:
        return f"{top}/{bottom}"
    if not places:
        return str(top)
    whole, decimals = divmod(abs(top) * 10**places // bottom, 10**places)
    return f"{'-' if top < 0 else ''}{whole}.{decimals:0{places}d}"


@lru_cache(maxsize=1000)
def _places(denominator: int) -> int | None:
    """How many decimals a number with this denominator has; None when they do not end."""
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    return max(twos, fives) if denominator == 1 else None


def cents_of(amount: str) -> int:
    """The number of cents of a text that `money` wrote."""
    whole, decimals = amount.lstrip("-").split(".")
    value = int(whole) * 100 + int(decimals)
    return -value if amount.startswith("-") else value


def fraction_of(value: str) -> Fraction:
    """The number of a text that `figure` or `money` wrote."""
    return Fraction(value)
