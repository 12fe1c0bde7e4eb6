"""Which rows count: the steps of `contractlang.model.tables.Table`, in the order in which they stand there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from contractlang.data.prepared import Prepared
from contractlang.engine.oracle.attribute import attribute
from contractlang.engine.oracle.interpret import Interpreter
from contractlang.engine.oracle.pairing import pair
from contractlang.engine.oracle.read import read_rows
from contractlang.engine.oracle.row import Row, in_order, text_of
from contractlang.engine.oracle.spread import spread
from contractlang.model.contract import Contract
from contractlang.model.expression import All, Any, Condition, Not, Repeated, Role, Unpaired
from contractlang.model.tables import (
    CLOSED,
    EMPTY,
    NOT_YET_RECEIVED,
    OTHER_PROVIDER,
    OUTSIDE_TERM,
    UNKNOWN,
    UNREADABLE,
    EmptyMeans,
    Table,
)


class Acceptance:
    """All rows of all tables; a table is looked at when it is first asked for, as tests may look into other tables."""

    def __init__(self, contract: Contract, data: Mapping[str, Prepared], as_of: date | None) -> None:
        self._contract = contract
        self._data = data
        self._as_of = as_of
        self._rows: dict[str, list[Row]] = {}
        self._busy: set[str] = set()

    def rows(self, table: str, of: Interpreter) -> list[Row]:
        """All rows of a table, each with the reason for which it does not count, or none."""
        if table not in self._rows:
            if table in self._busy:
                raise ValueError(f"which rows of {table} count depends on which rows of {table} count")
            self._busy.add(table)
            named = self._contract.table(table)
            if named.spread is not None:
                rows = spread(named, named.spread, of)
            elif named.attribution is not None:
                rows = attribute(named, named.attribution, of)
            else:
                rows = read_rows(named, self._data.get(table))
            self._judge(named, rows, of)
            self._rows[table] = rows
        return self._rows[table]

    def accepted(self, table: str, of: Interpreter) -> list[Row]:
        """The rows of a table that count, in the order of the file."""
        return [row for row in self.rows(table, of) if row.reason is None]

    def _judge(self, table: Table, rows: list[Row], of: Interpreter) -> None:
        for row in rows:
            if _whose(row) not in (None, row.table.own and row.table.own[1]):
                row.reason = OTHER_PROVIDER
        self._not_yet_received([row for row in rows if row.reason is None], of)
        for row in rows:
            if row.reason is None and row.bad:
                row.reason = UNREADABLE
            elif row.reason is None and table.own is not None and _whose(row) is None:
                row.reason = OTHER_PROVIDER
        readable = [row for row in rows if row.reason is None]
        _reject(table, readable, of)
        for row in rows:
            if row.reason is None:
                row.reason = self._incomplete(row, of)
        pair(table, [row for row in rows if row.reason is None], of)

    def _not_yet_received(self, rows: list[Row], of: Interpreter) -> None:
        for row in rows:
            received = None if self._as_of is None else of.decides(row, Role.RECEIPT)
            if received is not None and self._as_of is not None and received > self._as_of:
                row.reason, row.pending = NOT_YET_RECEIVED, True

    def _incomplete(self, row: Row, of: Interpreter) -> str | None:
        """The reason of the language itself: an empty cell, an unknown code, a deciding date outside the term."""
        for column in row.table.columns:
            if column.used and column.empty is EmptyMeans.MISSING and row.cells[column.name] is None:
                row.bad[column.name] = "a value"
        if row.bad:
            return EMPTY
        for column in row.table.columns:
            cell = row.cells[column.name] if column.used else None
            if column.codes and cell is not None and text_of(cell) not in column.codes:
                row.bad[column.name] = ", ".join(column.codes)
        if row.bad:
            return UNKNOWN
        decided = {deciding.role for deciding in row.table.deciding} - {Role.RECEIPT}
        days = [of.decides(row, role) for role in decided]
        if row.table.paid and any(day is None or day not in self._contract.term for day in days):
            return OUTSIDE_TERM  # a paid row without the date is in no period of the term either
        return CLOSED if self._closed(row, of) else None

    def _closed(self, row: Row, of: Interpreter) -> bool:
        """Whether the row was received after the look-back of the contract closed the period of its care."""
        period, received = of.decides(row, Role.PERIOD), of.decides(row, Role.RECEIPT)
        lookback = self._contract.lookback
        if lookback is None or period is None or received is None:
            return False
        return received > lookback.closes(period)


def _whose(row: Row) -> str | None:
    """The provider that a row names, when the table tells whose rows are the contract's own."""
    cell = row.cells[row.table.own[0]] if row.table.own else None
    return None if cell is None else text_of(cell)


def _reject(table: Table, readable: list[Row], of: Interpreter) -> None:
    """Every rule, in order, over all readable rows; the first that holds gives the reason."""
    for rule in table.rejects:
        for repeated in _tests(rule.when, Repeated):
            assert isinstance(repeated, Repeated)
            _mark_repeated(repeated, readable)
    rules = [rule for rule in table.rejects if not _tests(rule.when, Unpaired)]
    reasons = [next((rule.reason for rule in rules if of.holds(rule.when, row)), None) for row in readable]
    for row, reason in zip(readable, reasons, strict=True):
        row.reason = reason


def _mark_repeated(repeated: Repeated, readable: list[Row]) -> None:
    """Mark all rows with equal cells but the one that stands; an empty cell equals an empty cell."""
    same: dict[tuple[object, ...], list[Row]] = {}
    for row in readable:
        same.setdefault(tuple(row.cell(column) for column in repeated.columns), []).append(row)
    for rows in same.values():
        rows.sort(key=lambda row: ([in_order(row.cell(column)) for column in repeated.keeping], row.number))
        for row in rows[1:]:
            row.repeated.add(repeated)


def _tests(condition: Condition, kind: type[Condition]) -> list[Condition]:
    """The tests of a kind within a condition."""
    match condition:
        case Not(of):
            return _tests(of, kind)
        case All(parts) | Any(parts):
            return [test for part in parts for test in _tests(part, kind)]
        case _:
            return [condition] if isinstance(condition, kind) else []
