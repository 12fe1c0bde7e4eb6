"""The fast engine: plans on an embedded DuckDB, exact integers throughout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

import duckdb

from contractlang.base.progress import WRITING, ask, enter
from contractlang.data.database import connect, release, share
from contractlang.data.prepared import Prepared
from contractlang.engine.duck import limit as limits
from contractlang.engine.duck import limit_tables as tables
from contractlang.engine.duck import price, results
from contractlang.engine.duck.accept import Acceptor
from contractlang.engine.duck.intake import intake
from contractlang.engine.duck.ledger import Ledger
from contractlang.engine.duck.load import Loader
from contractlang.engine.duck.plan import Plan
from contractlang.engine.duck.prune import late, simple
from contractlang.engine.protocol import Group, Intake, KeyPart, Line, Post, Room, ScopeSum, Totals, Use
from contractlang.model.contract import Contract
from contractlang.model.expression import Key, Measure
from contractlang.model.heads import Limit, Pay


class Duck:
    """Settles on DuckDB, in memory and, where that is limited, on the disk; see `contractlang.engine.protocol.Engine`. Call `close` when done."""

    name = "duckdb"

    def __init__(
        self, contract: Contract, data: Mapping[str, Prepared], as_of: date | None,
        connection: duckdb.DuckDBPyConnection | None = None, loader: Loader | None = None,
    ) -> None:  # fmt: skip
        """`connection` and `loader` when the data is in a database that others use as well."""
        self.connection = connection or connect()
        ask(self.connection.query_progress)
        self.contract = contract
        self.acceptor = Acceptor(self.connection, contract, data, as_of)
        self.acceptor.loader = loader or self.acceptor.loader
        self.ledger = Ledger(contract, self.acceptor)
        self.late = late(contract)
        self.plans: dict[str, list[Plan]] = {}
        self.taken_in: tuple[Intake, ...] | None = None
        self.family = [self]  # engines over the same data that are open at once: they share the memory

    def at(self, as_of: date) -> Duck:
        """The same contract and data as of another day."""
        made = Duck(self.contract, self.acceptor.data, as_of)
        made.family = self.family
        self.family.append(made)
        share([one.connection for one in self.family])
        return made

    def close(self) -> None:
        """Give back memory and remove temporary files."""
        if self in self.family:
            self.family.remove(self)
            share([one.connection for one in self.family])
        ask(self.family[-1].connection.query_progress if self.family else None)
        release(self.connection, last=not self.family)
        self.acceptor.loader.close()

    def intake(self) -> tuple[Intake, ...]:
        """What happened to the rows of every table."""
        if self.taken_in is not None:
            return self.taken_in
        self.taken_in = tuple(intake(self.acceptor, table) for table in self.contract.tables)
        self.intake_lists()
        return self.taken_in

    def intake_lists(self) -> None:
        """Read the lists whose values come from data. Raises DataFault ZC801 when one overlaps."""
        for lookup in self.contract.lookups:
            if lookup.data is not None:
                self.acceptor._joined(lookup.name)

    def price(self, pay: Pay) -> None:
        """Give every selected row its amount."""
        book = self.ledger.book(pay.selection.table)
        if not simple(pay):
            price.price_groups(self.ledger, book, pay)
        elif pay.id in self.late:
            price.price_rows(self.ledger, book, pay)
        book.priced.add(pay.id)

    def scopes(self, limit: Limit) -> Mapping[Group, ScopeSum]:
        """The scopes of a limit that have rows, with their sums."""
        made = self.plans[limit.id] = self._plans(limit)
        return limits.sums(made[0]) if len(made) == 1 else tables.sums(made)

    def fill(self, limit: Limit, rooms: Mapping[Group, Room]) -> Mapping[Group, Use]:
        """Allocate the room of every scope over its rows."""
        made = self.plans[limit.id] if limit.id in self.plans else self._plans(limit)
        if len(made) == 1:
            return limits.apply(self.ledger, made[0], rooms)
        return tables.apply(self.ledger, limit, made, rooms)

    def _plans(self, limit: Limit) -> list[Plan]:
        """A plan for each table whose rows the base pays, in the order of the contract."""
        number = sum(map(len, self.plans.values()))
        order = [table.name for table in self.contract.tables]
        books = self.ledger.every_of_articles(limit.base)
        books.sort(key=lambda one: order.index(one[0].accepted.table.name))
        return [limits.plan(self.ledger, limit, *one, number + i) for i, one in enumerate(books)]

    def measure(self, measure: Measure) -> Mapping[Group, Fraction | None]:
        """A figure for every group that has rows."""
        return results.measure(self.ledger, measure)

    def amounts(self, articles: tuple[str, ...], after: tuple[str, ...], keys: tuple[Key, ...]) -> Mapping[Group, int]:
        """Cents that the rows of these articles get after the limits with these ids, per group."""
        return results.amounts(self.ledger, articles, after, keys)

    def posts(self, head: Pay | Limit) -> tuple[Post, ...]:
        """The amounts of a head per party and settlement period."""
        return results.posts(self.ledger, head)

    def totals(self) -> tuple[Totals, ...]:
        """Where the rows of every paid table ended."""
        return tuple(results.totals(self.ledger, self.ledger.book(t.name)) for t in self.contract.tables if t.paid)

    def pending(self) -> Mapping[tuple[str, str], tuple[int, int]]:
        """Rows that do not count yet and cents claimed with them, by table and reason."""
        found: dict[tuple[str, str], tuple[int, int]] = {}
        for table in self.contract.tables:
            if table.paid:
                for (_, reason), (rows, cents) in results.pending(self.ledger, self.ledger.book(table.name)).items():
                    before = found.get((table.name, reason), (0, 0))
                    found[table.name, reason] = before[0] + rows, before[1] + cents
        return found

    def lines(self) -> Iterator[Line]:
        """Every row of every paid table, by table, then row number."""
        for table in self.contract.tables:
            if table.paid:
                yield from results.lines(self.ledger, self.ledger.book(table.name))

    def counted(self) -> Iterator[Line]:
        """Every row of the tables that no article pays."""
        for table in self.contract.tables:
            if not table.paid and not table.made:
                yield from results.counted(self.ledger, table)

    def write_lines(self, path: str) -> None:
        """Write what `lines` gives to a CSV or Parquet file."""
        enter(WRITING, total=sum(rows.rows for rows in self.intake() if self.contract.table(rows.table).paid))
        results.write(self.ledger, path)

    def digest(self) -> str:
        """A hash over all lines."""
        names = sorted(table.name for table in self.contract.tables if table.paid)
        return results.digest(line for name in names for line in results.lines(self.ledger, self.ledger.book(name)))

    def values(
        self, lookup: str
    ) -> Mapping[tuple[KeyPart, ...], tuple[tuple[date | None, date | None, Fraction | None], ...]]:
        """All values of a list from data by key, with the days on which each is valid."""
        return results.versions(self.ledger, lookup)
