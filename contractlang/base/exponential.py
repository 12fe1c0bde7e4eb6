"""e to the power of a fraction, rounded as written; computed in decimals until the rounding leaves no doubt."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction

from contractlang.base.exact import Rounding, round_to

FIRST, MOST = 50, 3200
LARGEST = 10_000  # of a power: beyond it no figure of a contract is meant


def exponential(value: Fraction, rounding: Rounding) -> Fraction | None:
    """The rounded power; None (missing) when the power is beyond all reason.

    The precision is doubled until the two ends of what the true value may be round alike.
    """
    if abs(value) > LARGEST:
        return None
    if value == 0:
        return round_to(Fraction(1), rounding)
    digits = FIRST
    while digits <= MOST:
        context = Context(prec=digits)
        power = context.divide(Decimal(value.numerator), Decimal(value.denominator))
        found = Fraction(context.exp(power))
        # the power is off by half a unit in its last place at most, and so the outcome by about as much, times the power
        doubt = found * (abs(value) + 2) * Fraction(1, 10 ** (digits - 2))
        low, high = round_to(found - doubt, rounding), round_to(found + doubt, rounding)
        if low == high:
            return low
        digits *= 2
    return None
