"""e to the power of a figure, to the decimals that a contract states."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from contractlang.base.exact import Mode, Rounding
from contractlang.base.exponential import exponential

TWELVE = Rounding(Mode.HALF_AWAY, Fraction(1, 10**12))


def test_known_powers() -> None:
    assert exponential(Fraction(0), TWELVE) == 1
    assert exponential(Fraction(1), TWELVE) == Fraction("2.718281828459")
    assert exponential(Fraction(-1, 2), TWELVE) == Fraction("0.606530659713")
    assert exponential(Fraction(100_000), TWELVE) is None


@given(st.fractions(min_value=-20, max_value=20, max_denominator=10**6))
def test_half_a_step_at_most_from_many_more_digits(value: Fraction) -> None:
    context = Context(prec=120)
    true = Fraction(context.exp(context.divide(Decimal(value.numerator), Decimal(value.denominator))))
    found = exponential(value, TWELVE)
    assert found is not None
    assert abs(found - true) <= Fraction(1, 2 * 10**12)
