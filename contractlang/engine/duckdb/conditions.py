"""Conditions on rows as SQL. What is empty or missing makes a comparison not hold, so no condition is ever NULL."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from contractlang.engine.duckdb.number import Num, compared, constant, scaled, together
from contractlang.engine.duckdb.session import literal
from contractlang.engine.duckdb.values import Named, Nothing, Truth, Value, When, Words, text
from contractlang.model.expression import (
    All,
    Any,
    Cell,
    Compare,
    Condition,
    Empty,
    Listed,
    Not,
    OneOf,
    Present,
    Relation,
    Repeated,
    StartsWith,
    Unknown,
    Unpaired,
    Within,
    Yes,
)

if TYPE_CHECKING:
    from contractlang.engine.duckdb.expression import Emitter


def emit(of: Emitter, condition: Condition) -> str:
    """A condition as SQL. Raises ValueError for a condition on figures of a group."""
    match condition:
        case Not(part):
            return f"(not {emit(of, part)})"
        case All(parts):
            return "(" + (" and ".join(emit(of, part) for part in parts) or "true") + ")"
        case Any(parts):
            return "(" + (" or ".join(emit(of, part) for part in parts) or "false") + ")"
        case Compare(left, relation, right):
            return _sure(_compared(of.value(left), relation, of.value(right)))
        case Empty(value):
            return f"({_held(of.value(value))} is null)"
        case Within(value, first, last):
            return _sure(f"{of.day(value)} between DATE '{first.isoformat()}' and DATE '{last.isoformat()}'")
        case _:
            return _about_cells(of, condition)


def _about_cells(of: Emitter, condition: Condition) -> str:
    match condition:
        case OneOf(value, values):
            return _sure(_one_of(of.value(value), values))
        case StartsWith(value, prefix):
            return _sure(f"starts_with({text(of.value(value))}, {literal(prefix)})")
        case Yes(column):
            value = of.value(Cell(column))
            return _sure(value.sql) if isinstance(value, Truth) else "false"
        case Unknown(column):
            return unknown(of.value(Cell(column)), of.table.column(column).codes)
        case Repeated():
            side = of.world.repeated(of.table.name, condition)
            return _sure(f"{of.alias}.rid in (select rid from {side})")
        case Unpaired():
            return "true" if of.unpaired else "false"
        case Listed(value, table, column):
            return _listed(of, of.value(value), table, column)
        case Present(value, table, column, on):
            return _present(of, of.value(value), table, column, of.day(on))
        case _:
            raise ValueError(f"{type(condition).__name__} is no condition on a row")


def unknown(value: Value, codes: tuple[str, ...]) -> str:
    """Whether a cell is filled with something outside the codes."""
    return f"({_held(value)} is not null and not {_sure(_one_of(value, codes))})"


def _sure(sql: str) -> str:
    return f"coalesce({sql}, false)"


def _held(value: Value) -> str:
    """What is NULL exactly when the value is missing."""
    match value:
        case Num():
            return value.n
        case Nothing():
            return "NULL"
        case Words(sql) | When(sql) | Truth(sql) | Named(sql, _):
            return sql


def _compared(left: Value, relation: Relation, right: Value) -> str:
    if isinstance(left, Nothing) or isinstance(right, Nothing):
        return "false"
    if isinstance(left, Num) and isinstance(right, Num):
        return compared(left, relation, right)
    if isinstance(left, Named) and isinstance(right, Named) and left.every is right.every:
        return f"{left.sql} {relation.value} {right.sql}"
    texts = isinstance(left, Words | Named) and isinstance(right, Words | Named)
    if texts or type(left) is type(right):
        return f"{_plain(left)} {relation.value} {_plain(right)}"
    if relation is Relation.EQUAL:  # values of two kinds are never equal
        return "false"
    raise ValueError(f"a {type(left).__name__} and a {type(right).__name__} cannot be compared")


def _plain(value: Value) -> str:
    return text(value) if isinstance(value, Words | Named) else _held(value)


def _one_of(value: Value, values: tuple[str, ...]) -> str:
    """Whether the value, as text, is one of these."""
    if isinstance(value, Num):
        numbers = [one for one in map(_number, values) if one is not None]
        return "(" + (" or ".join(compared(value, Relation.EQUAL, constant(one)) for one in numbers) or "false") + ")"
    listed = ", ".join(literal(one) for one in values)
    return f"{text(value)} in ({listed})" if values else "false"


def _number(written: str) -> Fraction | None:
    """The number that has this text, when it is written as a value is: 1/2, not 0.5."""
    try:
        value = Fraction(written)
    except (ValueError, ZeroDivisionError):
        return None
    return value if str(value) == written else None


def equal(left: Value, right: Value) -> tuple[str, str] | None:
    """Two expressions (SQL) that are equal exactly when the values are; None: values of these kinds never are."""
    if isinstance(left, Num) and isinstance(right, Num):
        if left.d is None and right.d is None:
            ((one, _), (other, _)), _ = together((left, right))
            return one, other
        return text(left), text(right)
    if isinstance(left, Words | Named) and isinstance(right, Words | Named):
        return text(left), text(right)
    return (_held(left), _held(right)) if type(left) is type(right) and not isinstance(left, Nothing) else None


def _listed(of: Emitter, value: Value, table: str, column: str) -> str:
    other = of.world.cell(of.world.contract.table(table), column, "o")
    pair = equal(value, other)
    if pair is None:
        return "false"
    one, many = pair
    return _sure(f"{one} in (select {many} from {of.world.accepted(table)} o where {_held(other)} is not null)")


def _present(of: Emitter, value: Value, table: str, column: str, on: str) -> str:
    """Spans of one value are merged beforehand, so that at most one of them joins a row."""
    relation, held = of.world.presence(table, column)
    alias = of.fresh()
    pair = equal(value, _under(held, alias))
    if pair is None:
        return "false"
    on_day = f"{on} between {alias}.first and {alias}.last"
    of.join("left join", f"{relation} {alias}", f"{pair[0]} = {pair[1]} and {on_day}")
    return f"({alias}.first is not null)"


def _under(value: Value, alias: str) -> Value:
    """The value of a presence table, whose column is `v`, under an alias."""
    sql = f"{alias}.v"
    match value:
        case Num():
            return Num(sql, value.bound, value.factor)
        case Named(_, every):
            return Named(sql, every)
        case When():
            return When(sql)
        case Truth():
            return Truth(sql)
        case _:
            return Words(sql)


__all__ = ["emit", "equal", "scaled", "unknown"]
