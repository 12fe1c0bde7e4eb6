"""Where figures stand on an axis: exact until they are whole places, with ticks that people read."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from contractlang.base.exact import Mode, Rounding, round_to

WHOLE = Rounding(Mode.HALF_AWAY, Fraction(1))
MOST_TICKS = 6


def place(value: Fraction, low: Fraction, high: Fraction, size: int) -> int:
    """The place of a value on an axis of so many places, from 0; in the middle when the axis has no length."""
    if low == high:
        return size // 2
    return int(round_to((value - low) / (high - low) * size, WHOLE))


def ticks(low: Fraction, high: Fraction, most: int = MOST_TICKS) -> tuple[Fraction, ...]:
    """Multiples of 1, 2 or 5 times a power of ten that lie on and just outside the ends."""
    if low == high:
        return (low,)
    stride = Fraction(1)
    while (high - low) / stride > most:
        stride *= 10
    while (high - low) / (stride / 10) <= most:
        stride /= 10
    stride = next(
        stride * part
        for part in (Fraction(1, 5), Fraction(1, 2), Fraction(1))
        if (high - low) / (stride * part) <= most
    )
    first, last = low // stride, -(-high // stride)
    return tuple(stride * at for at in range(first, last + 1))


def ends(values: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    """The lowest and the highest."""
    return min(values), max(values)
