"""Exact numbers in SQL: an integer expression, perhaps over another, times a constant fraction.

Value = sql / den x factor. Nothing in here ever makes the database divide or hold a binary floating point number;
bounds on the integers are carried along, so that 64 bits are used where they suffice and an overflow is refused.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from msgspec import Struct
from msgspec.structs import replace

from contractlang.base.exact import Mode, Rounding
from contractlang.engine.protocol import DataFault

SMALL, LARGE = 2**63, 2**127


class Ratio(Struct, frozen=True):
    """A number in SQL; NULL is missing. `den` is None for 1, else an expression that is never zero or NULL with a value."""

    sql: str
    factor: Fraction
    bound: int
    den: str | None = None
    den_bound: int = 1

    @property
    def constant(self) -> Fraction | None:
        """The value when it is a written number."""
        digits = self.sql.lstrip("-")
        return int(self.sql) * self.factor if self.den is None and digits.isdigit() else None


def constant(value: Fraction) -> Ratio:
    """A written number."""
    return Ratio(str(value.numerator), Fraction(1, value.denominator), abs(value.numerator))


def sized(sql: str, bound: int) -> str:
    """The expression with enough bits for its bound. Raises DataFault ZC803 when no integer type has them."""
    if bound >= LARGE:
        raise DataFault("ZC803", digits=str(len(str(bound))))
    return f"CAST({sql} AS HUGEINT)" if bound >= SMALL else sql


def _times(sql: str, bound: int, by: int) -> tuple[str, int]:
    if by == 1:
        return sql, bound
    new = bound * abs(by)
    if sql.lstrip("-").isdigit():  # a written number: the database would multiply it in 32 bits
        return str(int(sql) * by), new
    return f"({sized(sql, new)} * {by})", new


def product(left: Ratio, right: Ratio) -> Ratio:
    """Left times right."""
    for one, other in ((left, right), (right, left)):
        value = one.constant
        if value is not None:
            if value == 0:
                return Ratio(f"({other.sql} * 0)", Fraction(1), 0, None)
            return replace(other, factor=other.factor * value)
    bound = left.bound * right.bound
    den, den_bound = _multiplied(left.den, left.den_bound, right.den, right.den_bound)
    return Ratio(f"({sized(left.sql, bound)} * {right.sql})", left.factor * right.factor, bound, den, den_bound)


def _multiplied(one: str | None, bound: int, other: str | None, other_bound: int) -> tuple[str | None, int]:
    if one is None or other is None:
        return (one, bound) if other is None else (other, other_bound)
    return f"({sized(one, bound * other_bound)} * {other})", bound * other_bound


def quotient(left: Ratio, right: Ratio) -> Ratio:
    """Left over right; by zero is missing."""
    value = right.constant
    if value is not None:
        if value == 0:
            return Ratio("CAST(NULL AS BIGINT)", Fraction(1), 0)
        return replace(left, factor=left.factor / value)
    top, bound = left.sql, left.bound
    if right.den is not None:
        bound *= right.den_bound
        top = f"({sized(top, bound)} * {right.den})"
    safe = f"CASE WHEN {right.sql} <> 0 THEN {top} END"
    sign = f"sign({right.sql})"
    den, den_bound = _multiplied(left.den, left.den_bound, f"abs({right.sql})", right.bound)
    return Ratio(
        f"(({safe}) * CAST({sign} AS BIGINT))", left.factor / right.factor, bound, f"greatest({den}, 1)", den_bound
    )


def common(parts: list[Ratio]) -> list[Ratio]:
    """The same values with one factor, so that their integers can be added and compared."""
    top = 0
    bottom = 1
    for part in parts:
        bottom = bottom * part.factor.denominator // gcd(bottom, part.factor.denominator)
    for part in parts:
        top = gcd(top, part.factor.numerator * (bottom // part.factor.denominator))
    shared = Fraction(top or 1, bottom)
    return [_rescaled(part, shared) for part in parts]


def _rescaled(part: Ratio, shared: Fraction) -> Ratio:
    by = part.factor / shared
    sql, bound = _times(part.sql, part.bound, by.numerator)
    return replace(part, sql=sql, bound=bound, factor=shared)


def crossed(left: Ratio, right: Ratio) -> tuple[Ratio, Ratio, str | None, int]:
    """Both over one denominator: integers that can be added or compared, and that denominator."""
    left, right = common([left, right])
    if left.den is None and right.den is None:
        return left, right, None, 1
    one = _over(left, right)
    other = _over(right, left)
    den, den_bound = _multiplied(left.den, left.den_bound, right.den, right.den_bound)
    return one, other, den, den_bound


def _over(part: Ratio, other: Ratio) -> Ratio:
    if other.den is None:
        return part
    bound = part.bound * other.den_bound
    return replace(part, sql=f"({sized(part.sql, bound)} * {other.den})", bound=bound)


def added(left: Ratio, right: Ratio, sign: str) -> Ratio:
    """Left plus or minus right."""
    one, other, den, den_bound = crossed(left, right)
    bound = one.bound + other.bound
    return Ratio(f"({sized(one.sql, bound)} {sign} {other.sql})", one.factor, bound, den, den_bound)


def bounded(left: Ratio, right: Ratio, least: bool, unbounded: bool) -> Ratio:
    """The least or the greatest of two; missing when one is, unless a missing right means no limit."""
    one, other, den, den_bound = crossed(left, right)
    which = "<=" if least else ">="
    missing = f"WHEN {one.sql} IS NULL OR {other.sql} IS NULL THEN NULL"
    if unbounded:
        missing = f"WHEN {other.sql} IS NULL THEN {one.sql}"
        den = f"coalesce({den}, 1)" if den else None
    sql = f"(CASE {missing} WHEN {one.sql} {which} {other.sql} THEN {one.sql} ELSE {other.sql} END)"
    return Ratio(sql, one.factor, max(one.bound, other.bound), den, den_bound)


def _apart(part: Ratio) -> Ratio:
    """The same value with its factor worked into numerator and denominator."""
    sql, bound = _times(part.sql, part.bound, part.factor.numerator)
    den, den_bound = part.factor.denominator, part.den_bound * part.factor.denominator
    text = str(den) if part.den is None else f"({sized(part.den, den_bound)} * {den})"
    return replace(part, sql=sql, bound=bound, factor=Fraction(1), den=text, den_bound=den_bound)


def chosen(branches: list[tuple[str, Ratio]], otherwise: Ratio | None) -> Ratio:
    """The first branch whose condition holds."""
    written = [ratio for _, ratio in branches] + ([otherwise] if otherwise else [])
    parts = common(written)
    if (
        max(part.bound for part in parts) >= SMALL
    ):  # each on a denominator of its own needs fewer digits than all on one
        apart = [_apart(part) for part in written]
        if max(part.bound for part in apart) < max(part.bound for part in parts):
            parts = apart
    tests = [test for test, _ in branches]
    cases = " ".join(f"WHEN {test} THEN {part.sql}" for test, part in zip(tests, parts, strict=False))
    last = f" ELSE {parts[-1].sql}" if otherwise else ""
    den, den_bound = None, 1
    if any(part.den for part in parts):
        dens = " ".join(f"WHEN {test} THEN {part.den or 1}" for test, part in zip(tests, parts, strict=False))
        den_bound = max(part.den_bound for part in parts)
        den = _wide(f"(CASE {dens} ELSE {(parts[-1].den or 1) if otherwise else 1} END)", den_bound)
    bound = max(part.bound for part in parts)
    return Ratio(_wide(f"(CASE {cases}{last} END)", bound), parts[0].factor, bound, den, den_bound)


def _wide(sql: str, bound: int) -> str:
    """Written numbers alone would make the database count in 32 bits."""
    return f"CAST({sql} AS BIGINT)" if bound < SMALL else sql


def rounded(value: Ratio, rounding: Rounding) -> Ratio:
    """The multiple of the step nearest to the value: the same rule as `contractlang.base.exact.round_to`, on integers."""
    steps = value.factor / rounding.step
    top, bound = _times(value.sql, value.bound, steps.numerator)
    if value.den is None and steps.denominator == 1:
        return Ratio(top, rounding.step, bound)
    den = str(steps.denominator)
    den_bound = steps.denominator
    if value.den is not None:
        den_bound *= value.den_bound
        den = f"({sized(value.den, den_bound)} * {steps.denominator})"
    size = 2 * bound + 2 * den_bound
    top, den = sized(top, size), sized(den, size) if value.den is not None or size >= SMALL else den
    magnitude = f"abs({top})"
    sql = {
        Mode.DOWN: f"({magnitude} // {den})",
        Mode.UP: f"(({magnitude} + {den} - 1) // {den})",
        Mode.HALF_AWAY: f"((2 * {magnitude} + {den}) // (2 * {den}))",
        Mode.HALF_EVEN: _half_even(magnitude, den),
    }[rounding.mode]
    result = bound // max(1, 1 if value.den is not None else steps.denominator) + 1
    signed = f"(CASE WHEN {top} < 0 THEN -{sql} ELSE {sql} END)"
    return Ratio(f"CAST({signed} AS BIGINT)" if result < SMALL else signed, rounding.step, result)


def _half_even(magnitude: str, den: str) -> str:
    whole, rest = f"({magnitude} // {den})", f"(2 * ({magnitude} % {den}))"
    up = f"(CASE WHEN {rest} > {den} OR ({rest} = {den} AND {whole} % 2 = 1) THEN 1 ELSE 0 END)"
    return f"({whole} + {up})"
