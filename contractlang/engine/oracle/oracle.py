"""The engine itself: the conversation of `contractlang.engine.protocol.Engine`, in plain loops over rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from contractlang.data.prepared import Places, Prepared, data_name, places
from contractlang.engine.oracle import ceilings, measuring, outcome
from contractlang.engine.oracle.accept import Acceptance
from contractlang.engine.oracle.interpret import Interpreter
from contractlang.engine.oracle.ledger import Ledger
from contractlang.engine.oracle.lists import Lists, Versions
from contractlang.engine.oracle.pricing import price
from contractlang.engine.oracle.row import Row, Value
from contractlang.engine.oracle.write import write_lines
from contractlang.engine.protocol import BadCell, Group, Intake, Line, Post, Refused, Room, ScopeSum, Totals, Use
from contractlang.model.contract import Contract
from contractlang.model.expression import Key, Measure
from contractlang.model.heads import Limit, Pay
from contractlang.model.tables import (
    CLOSED,
    CREDIT_WITHOUT_DEBIT,
    EMPTY,
    NOT_YET_RECEIVED,
    OTHER_PROVIDER,
    OUTSIDE_TERM,
    OVERLAP,
    UNKNOWN,
    UNREADABLE,
    Table,
)

MOST_BAD_CELLS = 100


class Oracle:
    """Settles one contract over data as handed over, as of a day (None: everything that is there).

    A table for which no data is given has no rows. All figures are exact, all money is whole cents.
    """

    name = "oracle"

    def __init__(
        self, contract: Contract, data: Mapping[str, Prepared], as_of: date | None, apart: bool = False
    ) -> None:
        """`apart`: these are some of the rows of the files, numbered by themselves."""
        self._contract, self._data, self._apart = contract, data, apart
        self._acceptance = Acceptance(contract, data, as_of)
        self._accepted_rows: dict[str, list[Row]] = {}
        self._rows = Interpreter(contract, as_of, self._accepted, self._find)
        self._lists = Lists(contract, self._rows)
        self._ledger = Ledger()
        self._places: dict[str, Places | None] = {}

    @property
    def interpreter(self) -> Interpreter:
        """What says of a row, whether it counts or not, what a clause sees in it."""
        return self._rows

    def _accepted(self, table: str) -> list[Row]:
        if table not in self._accepted_rows:
            self._accepted_rows[table] = self._acceptance.accepted(table, self._rows)
        return self._accepted_rows[table]

    def _find(self, lookup: str, keys: Sequence[Value], day: date | None) -> Fraction | None:
        return self._lists.find(lookup, keys, day)

    def at(self, as_of: date) -> Oracle:
        """The same contract and data as of another day."""
        return Oracle(self._contract, self._data, as_of, self._apart)

    def close(self) -> None:
        """Nothing is held."""

    def intake(self) -> tuple[Intake, ...]:
        """What happened to the rows of every table. Raises DataFault ZC801 when a list from data overlaps."""
        found = tuple(self._taken_in(table) for table in self._contract.tables)
        for lookup in self._contract.lookups:
            if lookup.data is not None:
                self._lists.values(lookup.name)
        return found

    def _taken_in(self, table: Table) -> Intake:
        rows = self._acceptance.rows(table.name, self._rows)
        refused = [row for row in rows if row.reason is not None]
        bad = [
            BadCell(row.number, column, row.texts[column], expected)
            for row in refused
            if row.reason in (UNREADABLE, EMPTY, UNKNOWN)
            for column, expected in row.bad.items()
        ]
        return Intake(
            table=table.name,
            rows=len(rows),
            accepted=len(rows) - len(refused),
            refused=_by_reason(table, refused),
            bad_cells=tuple(bad[:MOST_BAD_CELLS]),
            submitted=_claimed(table, rows),
            files=() if self._apart else self._sizes(table),
        )

    def _sizes(self, table: Table) -> tuple[int, ...]:
        """The rows of each file of a table that has several."""
        given = self._data.get(table.name)
        parts = [row.part for row in self._acceptance.rows(table.name, self._rows)]
        return tuple(parts.count(number) for number in range(len(given.parts))) if given else ()

    def _place(self, line: Line) -> tuple[str, int]:
        """The file of a row, as the statement calls it, and its number there."""
        given = self._data.get(line.table)
        if given is None:
            return "", line.row
        if line.table not in self._places:
            self._places[line.table] = places(given, self._sizes(self._contract.table(line.table)))
        found = self._places[line.table]
        return (data_name(given), line.row) if found is None else found.find(line.row)

    def price(self, pay: Pay) -> None:
        """Give every selected row its amount. Rows without quantity or price become pending."""
        self._ledger.priced[pay.id] = price(pay, self._rows)

    def scopes(self, limit: Limit) -> Mapping[Group, ScopeSum]:
        """The scopes of a limit that have rows, with their sums."""
        return ceilings.scopes(limit, self._ledger, self._rows)

    def fill(self, limit: Limit, rooms: Mapping[Group, Room]) -> Mapping[Group, Use]:
        """Allocate the room of every scope over its rows and cut what does not fit (unless filled as a whole)."""
        return ceilings.fill(limit, rooms, self._ledger, self._rows)

    def measure(self, measure: Measure) -> Mapping[Group, Fraction | None]:
        """A figure for every group that has rows; the party is the first part of the group."""
        return measuring.measure(measure, self._rows)

    def amounts(self, articles: tuple[str, ...], after: tuple[str, ...], keys: tuple[Key, ...]) -> Mapping[Group, int]:
        """Cents that the rows of these articles get after the limits with these ids (none: as priced), per group."""
        return measuring.amounts(self._ledger, articles, after, keys, self._rows)

    def posts(self, head: Pay | Limit) -> tuple[Post, ...]:
        """The amounts of a head per party and settlement period, by `Role.PERIOD`. For AS_A_WHOLE limits: none."""
        return outcome.posts(head, self._ledger, self._rows)

    def totals(self) -> tuple[Totals, ...]:
        """Where the rows of every paid table ended."""
        return tuple(outcome.totals(table, self._lines_of(table)) for table in self._contract.tables if table.paid)

    def pending(self) -> Mapping[tuple[str, str], tuple[int, int]]:
        """Rows that do not count yet and cents claimed with them, by table and reason."""
        found: dict[tuple[str, str], tuple[int, int]] = {}
        for line in self.lines():
            if line.status == "pending":
                rows, cents = found.get((line.table, line.reason or ""), (0, 0))
                found[line.table, line.reason or ""] = rows + 1, cents + (line.submitted or 0)
        return found

    def lines(self) -> Iterator[Line]:
        """Every row of every paid table, by table, then row number."""
        for table in self._contract.tables:
            if table.paid:
                yield from self._lines_of(table)

    def counted(self) -> Iterator[Line]:
        """Every row of the tables that no article pays."""
        for table in self._contract.tables:
            if not table.paid and not table.made:
                for row in self._acceptance.rows(table.name, self._rows):
                    status = "counted" if row.reason is None else "pending" if row.pending else "rejected"
                    priced = 0 if row.reason else row.submitted or 0
                    claimed = row.submitted
                    yield Line(table.name, row.number, row.name, None, claimed, priced, None, status, row.reason, ())

    def _lines_of(self, table: Table) -> list[Line]:
        rows = self._acceptance.rows(table.name, self._rows)
        return list(outcome.lines(table, rows, self._ledger, self._rows))

    def write_lines(self, path: str) -> None:
        """Write what `lines` gives to a CSV or Parquet file (by its suffix), amounts as decimals with two places."""
        claims = {table.name for table in self._contract.tables if table.submitted is not None}
        every = (*self.lines(), *(line for line in self.counted() if line.table in claims))
        write_lines(((line, *self._place(line)) for line in every), path)

    def digest(self) -> str:
        """A hash over all lines that does not depend on row order, threads or engine."""
        return outcome.digest(self.lines())

    def values(self, lookup: str) -> Versions:
        """All values of a list from data by key, with the days on which each is valid (first, last), by first day."""
        return self._lists.values(lookup)


def _claimed(table: Table, rows: list[Row]) -> int | None:
    return None if table.submitted is None else sum(row.submitted or 0 for row in rows)


def _by_reason(table: Table, refused: list[Row]) -> tuple[Refused, ...]:
    """Refused rows by reason, in the order in which rows are tested: it may not depend on the order of the file."""
    own = [rule.reason for rule in table.rejects]
    tests = [
        OTHER_PROVIDER,
        NOT_YET_RECEIVED,
        OVERLAP,
        UNREADABLE,
        *own,
        EMPTY,
        UNKNOWN,
        OUTSIDE_TERM,
        CLOSED,
        CREDIT_WITHOUT_DEBIT,
    ]
    by_reason: dict[tuple[str, bool], list[Row]] = {}
    for row in sorted(refused, key=lambda row: tests.index(row.reason or "")):
        by_reason.setdefault((row.reason or "", row.pending), []).append(row)
    return tuple(
        Refused(reason, len(rows), _claimed(table, rows), pending) for (reason, pending), rows in by_reason.items()
    )
