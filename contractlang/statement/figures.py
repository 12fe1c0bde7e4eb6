"""How figures stand in a statement: text, never a binary floating point number."""

from __future__ import annotations

from fractions import Fraction


def money(amount: int) -> str:
    """Cents as euros with two decimals: -88012 is "-880.12"."""
    whole, rest = divmod(abs(amount), 100)
    return f"{'-' if amount < 0 else ''}{whole}.{rest:02d}"


def figure(value: Fraction) -> str:
    """An exact number: a decimal when it ends, else a ratio "n/d" in lowest terms."""
    twos = fives = 0
    rest = value.denominator
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    places = max(twos, fives)
    scaled = abs(value.numerator) * 10**places // value.denominator
    whole, decimals = divmod(scaled, 10**places)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{decimals:0{places}d}" if places else f"{sign}{whole}"


def cents_of(amount: str) -> int:
    """The number of cents of a text that `money` wrote."""
    whole, decimals = amount.lstrip("-").split(".")
    value = int(whole) * 100 + int(decimals)
    return -value if amount.startswith("-") else value


def fraction_of(value: str) -> Fraction:
    """The number of a text that `figure` or `money` wrote."""
    return Fraction(value)
