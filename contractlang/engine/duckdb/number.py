"""Exact rationals in SQL: an integer expression times a constant fraction, with a bound on its size.

No value here is ever a binary floating point number or a decimal that the database divides. The bound decides whether
the database computes in 64 or in 128 bits; what could need more stops the settlement before anything is computed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from contractlang.base.exact import Mode, Rounding
from contractlang.engine.duckdb.session import too_large
from contractlang.model.expression import Operation, Relation

NARROW = 2**63 - 1
WIDE = 2**127 - 1
ONE = "1::BIGINT"


@dataclass(frozen=True, slots=True)
class Num:
    """`n` x `factor` / `d`: two integer expressions (d above zero, None is 1) and bounds on their absolute values.

    `n` is NULL when the value is missing. An expression is BIGINT when its bound fits 63 bits, else HUGEINT.
    """

    n: str
    bound: int
    factor: Fraction = Fraction(1)
    d: str | None = None
    d_bound: int = 1

    @property
    def constant(self) -> bool:
        """Whether this is a number written in the contract."""
        return self.n == ONE


MISSING = Num("NULL::BIGINT", 0)


def constant(value: Fraction) -> Num:
    """A number written in the contract."""
    return Num(ONE, 1, value) if value else Num("0::BIGINT", 0)


def wide(sql: str, bound: int) -> str:
    """The expression, in 128 bits when its outcome can need them. Raises DataFault ZC802 when these may not suffice."""
    if bound > WIDE:
        raise too_large("a figure of the contract can need more than 127 bits")
    return f"({sql})::HUGEINT" if bound > NARROW else sql


def scaled(sql: str, bound: int, by: int) -> tuple[str, int]:
    """An integer expression times a whole number, with its bound."""
    after = bound * abs(by)
    if by == 1 or bound == 0:
        return sql, after
    if sql == ONE:
        wide(sql, after)
        return f"({by})::{'HUGEINT' if after > NARROW else 'BIGINT'}", after
    return f"({wide(sql, after)} * {by})", after


def product(left: str, left_bound: int, right: str | None, right_bound: int) -> tuple[str, int]:
    """The product of two integer expressions, with its bound."""
    if right is None or right == ONE:
        return left, left_bound
    if left == ONE:
        return right, right_bound
    bound = left_bound * right_bound
    return f"({wide(left, bound)} * {right})", bound


def common(factors: Sequence[Fraction]) -> Fraction:
    """The largest fraction of which all factors are whole multiples."""
    denominator = lcm(*(factor.denominator for factor in factors))
    return Fraction(gcd(*(int(factor * denominator) for factor in factors)) or 1, denominator)


def together(parts: Sequence[Num]) -> tuple[list[tuple[str, int]], Fraction]:
    """The integer expressions (with bounds) of values without denominators, at one common factor."""
    factor = common([part.factor for part in parts])
    return [scaled(part.n, part.bound, int(part.factor / factor)) for part in parts], factor


def _crossed(left: Num, right: Num) -> tuple[tuple[str, int], tuple[str, int], Fraction]:
    """Both integer expressions over one common denominator, at one factor."""
    (one, other), factor = together((left, right))
    return product(*one, right.d, right.d_bound), product(*other, left.d, left.d_bound), factor


def calculate(operation: Operation, left: Num, right: Num, unbounded: bool = False) -> Num:
    """One step of arithmetic; see `contractlang.model.expression.Arithmetic`."""
    match operation:
        case Operation.MULTIPLY:
            return _times(left, right)
        case Operation.DIVIDE:
            return _divided(left, right)
        case Operation.ADD | Operation.SUBTRACT:
            (one, low), (other, high), factor = _crossed(left, right)
            sql = f"({wide(one, low + high)} {operation.value} {other})"
            denominator, bound = product(left.d or ONE, left.d_bound, right.d, right.d_bound)
            return Num(sql, low + high, factor, None if denominator == ONE else denominator, bound)
        case _:
            sign = "<=" if operation is Operation.LEAST else ">="
            return _extreme(left, right, sign, unbounded)


def _times(left: Num, right: Num) -> Num:
    factor = left.factor * right.factor
    if not factor:
        return constant(Fraction(0))
    sql, bound = product(left.n, left.bound, right.n, right.bound)
    denominator, d_bound = product(left.d or ONE, left.d_bound, right.d, right.d_bound)
    return Num(sql, bound, factor, None if denominator == ONE else denominator, d_bound)


def _divided(left: Num, right: Num) -> Num:
    if right.bound == 0:
        return MISSING
    if right.constant:
        return Num(left.n, left.bound, left.factor / right.factor, left.d, left.d_bound)
    sql, bound = product(left.n, left.bound, right.d, right.d_bound)
    sql = f"(case when {right.n} > 0 then {sql} when {right.n} < 0 then -{sql} end)"
    denominator, d_bound = product(left.d or ONE, left.d_bound, f"abs({right.n})", right.bound)
    return Num(sql, bound, left.factor / right.factor, denominator, d_bound)


def _extreme(left: Num, right: Num, sign: str, unbounded: bool) -> Num:
    """The least or greatest. Missing when either is, unless a missing right operand means that there is no limit."""
    (one, low), (other, high), factor = _crossed(left, right)
    no_limit = f"when {right.n} is null then {one} " if unbounded else ""
    sql = f"(case {no_limit}when {one} {sign} {other} then {one} when not {one} {sign} {other} then {other} end)"
    if left.d is None and right.d is None:
        return Num(sql, max(low, high), factor)
    denominator, bound = product(left.d or ONE, left.d_bound, right.d, right.d_bound)
    own = f"(case when {right.n} is null then {left.d or ONE} else {denominator} end)" if unbounded else denominator
    if unbounded:  # without a right operand the value is the left one over its own denominator
        sql = f"(case when {right.n} is null then {scaled(left.n, left.bound, int(left.factor / factor))[0]} else {sql} end)"
    return Num(sql, max(low, high), factor, own, bound)


def compared(left: Num, relation: Relation, right: Num) -> str:
    """A comparison as SQL, NULL when a side is missing. Crosswise, so that nothing is divided."""
    (one, _), (other, _), _ = _crossed(left, right)
    return f"{one} {relation.value} {other}"


def chosen(branches: Sequence[tuple[str, Num]], otherwise: Num) -> Num:
    """The first value whose condition (SQL, never NULL) holds, else `otherwise`."""
    values = [value for _, value in branches] + [otherwise]
    parts, factor = together(values)
    sql = _case([condition for condition, _ in branches], [sql for sql, _ in parts])
    bound = max(bound for _, bound in parts)
    if all(value.d is None for value in values):
        return Num(sql, bound, factor)
    denominator = _case([condition for condition, _ in branches], [value.d or ONE for value in values])
    return Num(sql, bound, factor, denominator, max(value.d_bound for value in values))


def _case(conditions: Sequence[str], values: Sequence[str]) -> str:
    whens = " ".join(f"when {one} then {value}" for one, value in zip(conditions, values, strict=False))
    return f"(case {whens} else {values[-1]} end)"


def rounded(value: Num, rounding: Rounding) -> Num:
    """The value as a whole multiple of the step, symmetric around zero: a credit mirrors its debit."""
    ratio = value.factor / rounding.step
    top, top_bound = scaled(value.n, value.bound, ratio.numerator)
    if ratio.denominator == 1 and value.d is None:
        return Num(top, top_bound, rounding.step)
    below, below_bound = scaled(value.d or ONE, value.d_bound, ratio.denominator)
    sql, bound = _quotient(top, top_bound, below, below_bound, rounding.mode)
    after = top_bound // (1 if value.d else ratio.denominator) + 1
    if bound > NARROW >= after:
        sql = f"({sql})::BIGINT"
    return Num(sql, after, rounding.step)


def _quotient(top: str, top_bound: int, below: str, below_bound: int, mode: Mode) -> tuple[str, int]:
    """top / below as a whole number. `//` cuts off towards zero, so the sign is put back afterwards."""
    bound = 2 * top_bound + 2 * below_bound
    size, below = f"abs({wide(top, bound)})", wide(below, bound)
    match mode:
        case Mode.HALF_AWAY:
            sql = f"((2 * {size} + {below}) // (2 * {below}))"
        case Mode.UP:
            sql = f"(({size} + {below} - 1) // {below})"
        case Mode.DOWN:
            sql = f"({size} // {below})"
        case Mode.HALF_EVEN:
            whole, twice = f"({size} // {below})", f"(2 * ({size} % {below}))"
            up = f"{twice} > {below} or ({twice} = {below} and {whole} % 2 = 1)"
            sql = f"({whole} + case when {up} then 1 else 0 end)"
    return f"(sign({top}) * {sql})", bound


def cents(value: Num) -> str:
    """A rounded amount in euros as whole cents, BIGINT. Raises ValueError when money was rounded finer than cents."""
    ratio = value.factor * 100
    if value.d is not None or ratio.denominator != 1:
        raise ValueError("an amount of money is rounded to whole cents or coarser")
    sql, _ = scaled(value.n, value.bound, ratio.numerator)
    return f"({sql})::BIGINT"


def summed(value: Num, rows: int) -> int:
    """A bound on the sum of a value over so many rows. Raises DataFault ZC802 when 127 bits may not hold it."""
    bound = value.bound * max(1, rows)
    wide(value.n, bound)
    return bound
