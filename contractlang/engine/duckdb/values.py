"""What an expression is in SQL: a number, text, day, truth value or the name of a period; NULL is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from contractlang.base.calendar import Every
from contractlang.engine.duckdb.number import NARROW, Num, scaled
from contractlang.engine.protocol import KeyPart


@dataclass(frozen=True, slots=True)
class Words:
    """A text."""

    sql: str


@dataclass(frozen=True, slots=True)
class When:
    """A day."""

    sql: str


@dataclass(frozen=True, slots=True)
class Truth:
    """A truth value."""

    sql: str


@dataclass(frozen=True, slots=True)
class Named:
    """The name of a calendar period, kept as one number (a day as a day) as long as possible: it sorts many rows."""

    sql: str
    every: Every


@dataclass(frozen=True, slots=True)
class Nothing:
    """Always missing."""


Value = Num | Words | When | Truth | Named | Nothing


def text(value: Value) -> str:
    """A value as text, as people write it in a list: dates ISO, numbers plain, yes or no."""
    match value:
        case Words(sql):
            return sql
        case When(sql):
            return f"({sql})::VARCHAR"
        case Truth(sql):
            return f"(case when {sql} then 'yes' when not {sql} then 'no' end)"
        case Named(sql, every):
            return _name(sql, every)
        case Num():
            top, below = reduced(value)
            whole = f"({top})::VARCHAR"
            return whole if below is None else f"({whole} || case when {below} = 1 then '' else '/' || {below} end)"
        case Nothing():
            return "NULL::VARCHAR"


def _name(sql: str, every: Every) -> str:
    match every:
        case Every.YEAR:
            return f"printf('%04d', {sql})"
        case Every.QUARTER:
            return f"printf('%04d-Q%d', {sql} // 10, {sql} % 10)"
        case Every.MONTH:
            return f"printf('%04d-%02d', {sql} // 100, {sql} % 100)"
        case Every.WEEK:
            return f"printf('%04d-W%02d', {sql} // 100, {sql} % 100)"
        case Every.DAY:
            return f"({sql})::VARCHAR"
        case Every.TERM:
            return f"(case when {sql} is not null then 'term' end)"


def reduced(value: Num) -> tuple[str, str | None]:
    """Numerator and denominator in lowest terms; no denominator when the value is always whole."""
    top, bound = scaled(value.n, value.bound, value.factor.numerator)
    below, below_bound = scaled(value.d or "1::BIGINT", value.d_bound, value.factor.denominator)
    if value.d is None and value.factor.denominator == 1:
        return top, None
    kind = "HUGEINT" if max(bound, below_bound) > NARROW else "BIGINT"
    divisor = f"gcd(({top})::{kind}, ({below})::{kind})"
    return f"({top} // {divisor})", f"({below} // {divisor})"


def parts(value: Value) -> list[str]:
    """The SQL columns by which rows are grouped on a value; `part_of` turns what they hold into a key of a group."""
    match value:
        case Num(n, _, _, d, _):
            if d is None:
                return [n]
            top, below = reduced(value)
            return [top, below or "1::BIGINT"]
        case Words(sql) | When(sql) | Truth(sql) | Named(sql, _):
            return [sql]
        case Nothing():
            return ["NULL::VARCHAR"]


def part_of(value: Value, cells: tuple[Any, ...]) -> KeyPart:
    """The key of a group from the columns of `parts`."""
    first = cells[0]
    if first is None:
        return None
    match value:
        case Num(_, _, factor, d, _):
            return Fraction(first, cells[1]) if d is not None else first * factor
        case Named(_, every):
            return name_of(first, every)
        case _:
            found: KeyPart = first
            return found


def name_of(number: int | date, every: Every) -> str:
    """The name of a period from the number by which it is kept."""
    if isinstance(number, date):
        return number.isoformat()
    match every:
        case Every.YEAR:
            return f"{number:04d}"
        case Every.QUARTER:
            return f"{number // 10:04d}-Q{number % 10}"
        case Every.MONTH:
            return f"{number // 100:04d}-{number % 100:02d}"
        case Every.WEEK:
            return f"{number // 100:04d}-W{number % 100:02d}"
        case _:
            return "term"
