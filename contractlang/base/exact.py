"""Exact numbers: the only place that rounds and the only place that allocates.

Values are `fractions.Fraction`; money that has been rounded is an integer number of cents. No function here
touches a binary floating point number.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

CENT = Fraction(1, 100)


class Mode(StrEnum):
    """How a value between two steps is rounded."""

    HALF_AWAY = "half_away"  # half away from zero: a credit mirrors its debit (HR 15-5-2009, ECLI:NL:HR:2009:BI1980)
    HALF_EVEN = "half_even"
    DOWN = "down"  # towards zero
    UP = "up"  # away from zero


class Rounding(Struct, frozen=True):
    """A written rounding: the mode and the step that a value becomes a multiple of."""

    mode: Mode
    step: Fraction


def round_to(value: Fraction, rounding: Rounding) -> Fraction:
    """The multiple of `rounding.step` nearest to `value`, symmetric around zero."""
    step = rounding.step
    # integers throughout: a ratio in lowest terms at every operation costs more than the rounding
    whole, rest = divmod(abs(value.numerator) * step.denominator, bottom := value.denominator * step.numerator)
    match rounding.mode:
        case Mode.HALF_AWAY:
            up = 2 * rest >= bottom
        case Mode.HALF_EVEN:
            up = 2 * rest > bottom or (2 * rest == bottom and whole % 2 == 1)
        case Mode.DOWN:
            up = False
        case Mode.UP:
            up = rest > 0
    steps = (whole + up) * step.numerator
    return Fraction(steps if value >= 0 else -steps, step.denominator)


def cents(value: Fraction) -> int:
    """An amount that is a whole number of cents, as that number. Raises ValueError when it is not."""
    amount, rest = divmod(value.numerator * 100, value.denominator)
    if rest:
        raise ValueError(f"{value} is not a whole number of cents")
    return amount


def allocate(total: int, weights: Sequence[Fraction]) -> list[int]:
    """Divide `total` (cents, may be negative) over `weights` in proportion, residual cents by largest remainder.

    Ties go to the earlier weight, so the caller states the order. The parts always sum to `total`.
    Raises ValueError when the weights sum to zero while there is something to divide.
    """
    whole = sum(weights, Fraction(0))
    if whole == 0:
        if total == 0:
            return [0] * len(weights)
        raise ValueError("nothing to divide in proportion to: the weights sum to zero")
    exact = [total * weight / whole for weight in weights]
    floors = [share.numerator // share.denominator for share in exact]
    left = total - sum(floors)
    by_remainder = sorted(range(len(weights)), key=lambda i: (floors[i] - exact[i], i))
    for i in by_remainder[:left]:
        floors[i] += 1
    return floors
