"""Lists whose values come from data: one row per key and span of days, checked for overlaps before they are joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractlang.engine.duck import ratio
from contractlang.engine.duck.emit import Emitter, Joined
from contractlang.engine.protocol import DataFault
from contractlang.model.expression import Cell, Role
from contractlang.model.tables import Kind, Table

if TYPE_CHECKING:
    from contractlang.engine.duck.accept import Acceptor

FIRST, LAST = "DATE '0001-01-01'", "DATE '9999-12-31'"


def build(acceptor: Acceptor, name: str, number: int) -> Joined:
    """The relation of a list. Raises DataFault ZC801 when two values are valid on one day for the same keys."""
    lookup = acceptor.contract.lookup(name)
    assert lookup.data is not None
    accepted = acceptor.accepted(lookup.data.selection.table)
    emitter = acceptor.over(accepted)
    value = emitter.number(lookup.data.value)
    if value.den is not None:
        value = _without_division(value)
    where = emitter.condition(lookup.data.selection.where)
    keys = [f"w.{accepted.columns[key]} AS k{i}" for i, key in enumerate(lookup.keys)]
    first, last = _days(accepted.table, emitter, [f"w.{accepted.columns[key]}" for key in lookup.keys])
    relation = f"l{number}"
    acceptor.connection.execute(
        f"CREATE TABLE {relation} AS SELECT {', '.join([*keys, f'{first} AS first', f'{last} AS last', f'{value.sql} AS v'])} "
        f"FROM {accepted.relation} w {' '.join(emitter.joins)} WHERE w.reason IS NULL AND {where}"
    )
    _refuse_overlap(acceptor, name, relation, len(lookup.keys))
    described = []
    for i, (key, empty) in enumerate(zip(lookup.keys, _with_empty(acceptor, relation, len(lookup.keys)), strict=True)):
        column = accepted.table.column(key)
        described.append((f"k{i}", column.kind, column.decimals + (2 if column.percent else 0), empty))
    return Joined(relation, tuple(described), value.factor, value.bound, lookup.dated)


def _with_empty(acceptor: Acceptor, relation: str, width: int) -> list[bool]:
    """For every key whether a row leaves it empty: joins on keys that are never empty are much faster."""
    if not width:
        return []
    tests = ", ".join(f"coalesce(bool_or(k{i} IS NULL), false)" for i in range(width))
    return [bool(one) for one in acceptor.connection.execute(f"SELECT {tests} FROM {relation}").fetchone() or ()]


def _without_division(value: ratio.Ratio) -> ratio.Ratio:
    raise DataFault("ZC804", figure="list")


def _days(table: Table, emitter: Emitter, keys: list[str]) -> tuple[str, str]:
    """The first and last day on which a value is valid."""
    if table.present is not None:
        first, last = (f"w.{emitter.columns[name]}" for name in table.present)
        return f"coalesce({first}, {FIRST})", f"coalesce({last}, {LAST})"
    roles = {deciding.role for deciding in table.deciding}
    role = next((one for one in (Role.YEAR, Role.PERIOD) if one in roles), None)
    if role is None:
        return FIRST, LAST
    start = emitter.decides(role)
    if _is_year(table, role):
        return f"coalesce({start}, {FIRST})", f"coalesce(make_date(year({start}), 12, 31), {LAST})"
    partition = f"PARTITION BY {', '.join(keys)} " if keys else ""
    following = f"min({start}) OVER ({partition}ORDER BY {start} RANGE BETWEEN INTERVAL 1 DAY FOLLOWING AND UNBOUNDED FOLLOWING)"
    return (
        f"coalesce({start}, {FIRST})",
        f"CASE WHEN {start} IS NULL THEN {LAST} ELSE coalesce({following} - 1, {LAST}) END",
    )


def _is_year(table: Table, role: Role) -> bool:
    for deciding in table.deciding:
        for _, day in deciding.dates if deciding.role is role else ():
            if isinstance(day, Cell) and table.column(day.column).kind is Kind.NUMBER:
                return True
    return False


def _refuse_overlap(acceptor: Acceptor, name: str, relation: str, width: int) -> None:
    keys = [f"k{i}" for i in range(width)]
    partition = f"PARTITION BY {', '.join(keys)} " if keys else ""
    reach = f"max(last) OVER ({partition}ORDER BY first, last ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
    found = acceptor.connection.execute(
        f"SELECT {', '.join([*keys, 'first'])} FROM (SELECT *, {reach} AS reach FROM {relation}) WHERE reach >= first "
        f"ORDER BY {', '.join([*keys, 'first'])} LIMIT 1"
    ).fetchone()
    if found is not None:
        key = ", ".join("" if part is None else str(part) for part in found[:-1])
        raise DataFault("ZC801", list=name, key=key, day=str(found[-1]))
