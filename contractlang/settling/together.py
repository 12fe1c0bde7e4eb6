"""Many contracts over the same data: every row to its contract, then each contract over its own rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from contractlang.base.diagnostics import word
from contractlang.data.cache import Cache
from contractlang.data.faults import DataError
from contractlang.data.prepare import cleanup, prepare
from contractlang.data.prepared import Prepared
from contractlang.engine.protocol import BrokenLaw, DataFault
from contractlang.engine.routing import Apart, Member, NotYet, Router, Stray
from contractlang.model.claim import SEVERAL
from contractlang.model.contract import Contract
from contractlang.settling.settle import settle
from contractlang.statement.figures import cents_of, money
from contractlang.statement.model import Statement
from contractlang.statement.together import (
    REFUSED,
    SETTLED,
    ContractOutcome,
    FileOutcome,
    Index,
    ReasonOutcome,
)


class Entry(Struct, frozen=True):
    """A contract file of the folder: its contract, or what is wrong with it."""

    file: str
    contract: Contract | None
    messages: tuple[str, ...] = ()


class Asked(Struct, frozen=True):
    """How to read and settle: see `contractlang.api.settle`."""

    as_of: date | None = None
    engine: str = "duckdb"
    mapping: Path | None = None
    decimal: str | None = None
    cache: Cache | None = None


class Took(Struct, frozen=True):
    """Called with each statement, and with each row that reached none and the files of the contracts that claim it."""

    statement: Callable[[Entry, Statement], str]  # gives the name of the file with the statement
    stray: Callable[[Stray, tuple[str, ...]], None]


def settle_together(
    entries: Sequence[Entry], given: object, router: Callable[[Sequence[Member], date | None], Router], asked: Asked,
    took: Took,
) -> Index:  # fmt: skip
    """Settle contracts together; those that cannot be settled are told with their messages and do not stop the others.

    Raises BrokenLaw when the outcome of a contract, or the rows of a file, do not add up.
    """
    work = _Work(entries, asked, took)
    read = _Reading(given, asked, _table_names(entry.contract for entry in entries if entry.contract is not None))
    try:
        members = []
        for number, entry in enumerate(entries):
            if entry.contract is None:
                work.refuse(number, entry.messages)
                continue
            try:
                layout, data = read.data(entry.contract)
                members.append(Member(number, entry.contract, data, layout))
            except DataError as error:
                work.refuse(number, str(DataError(error.faults, entry.contract.language)).splitlines())
        routing = router(members, asked.as_of)
        try:
            waiting = list(members)
            while waiting:
                waiting = [member for member in waiting if not work.settle(member, routing)]
            return work.finish(routing)
        finally:
            routing.close()
    finally:
        read.close()


class _Reading:
    """Data by layout: contracts that read equal columns of equal tables share what was found in the files."""

    def __init__(self, given: object, asked: Asked, known: frozenset[str]) -> None:
        self.given, self.asked, self.known = given, asked, known
        self.layouts: dict[object, tuple[int, dict[str, Prepared] | DataError]] = {}

    def data(self, contract: Contract) -> tuple[int, dict[str, Prepared]]:
        """The number of the layout and the data. Raises DataError."""
        key = _layout(contract)
        if key not in self.layouts:
            try:
                found: dict[str, Prepared] | DataError = prepare(
                    contract, self._of(contract), self.asked.mapping, self.asked.decimal, self.asked.cache
                )
            except DataError as error:
                found = error
            self.layouts[key] = len(self.layouts), found
        number, data = self.layouts[key]
        if isinstance(data, DataError):
            raise data
        return number, data

    def _of(self, contract: Contract) -> object:
        """What is given, without what is named for tables that only other contracts have."""
        if not isinstance(self.given, Mapping):
            return self.given
        others = self.known - _table_names([contract])
        return {name: data for name, data in self.given.items() if name not in others}

    def close(self) -> None:
        """Remove the copies that were made."""
        for _, data in self.layouts.values():
            if not isinstance(data, DataError):
                cleanup(data)


def _table_names(contracts: Iterable[Contract]) -> frozenset[str]:
    every = (table for contract in contracts for table in contract.tables)
    return frozenset(name for table in every for name in (table.name, *table.aliases))


def _layout(contract: Contract) -> object:
    """What decides how files are found and read."""
    beside = contract.folder if any(table.file for table in contract.tables) else ""
    tables = (
        (t.name, t.aliases, t.file, t.key, t.submitted, t.columns, t.present) for t in contract.tables if not t.made
    )
    return beside, tuple(tables)


class _Work:
    """What has become of the contracts and rows so far."""

    def __init__(self, entries: Sequence[Entry], asked: Asked, took: Took) -> None:
        self.entries, self.asked, self.took = entries, asked, took
        self.outcomes: dict[int, ContractOutcome] = {}
        self.reasons: dict[tuple[str, str], tuple[int, int | None]] = {}
        self.unsettled: list[Member] = []
        self.total = 0

    def refuse(self, number: int, messages: Sequence[str], rows: int | None = None) -> None:
        """Note why a contract is not settled."""
        entry = self.entries[number]
        self.outcomes[number] = replace(_named(entry, REFUSED), messages=tuple(messages), rows=rows)

    def settle(self, member: Member, routing: Router) -> bool:
        """Settle one contract over its rows; what is wrong with it is noted, and its rows will be told.

        False when it is to be settled anew, after others.
        """
        entry, contract = self.entries[member.number], member.contract
        rows = _rows(member, routing)
        if contract.holes:
            self.unsettled.append(member)
            self.refuse(member.number, entry.messages, rows)
            return True
        engine = routing.engine(member, self.asked.as_of)
        try:
            statement = settle(contract, engine, member.data, self.asked.as_of)
        except DataFault as fault:
            self.unsettled.append(member)
            text = word(fault.code, "text", contract.language, fault.arguments)
            self.refuse(member.number, [f"[{fault.code}] {text}"], rows)
            routing.leave(member)
            return True
        except NotYet:
            return False
        except Apart:
            routing.alone(member)
            return False
        finally:
            engine.close()
        statement = _in_file(statement, member, routing)
        read = sum(part.rows for part in statement.data if routing.count(member, part.table) is not None)
        if read != rows:
            raise BrokenLaw(f"rows of {entry.file}", str(rows), str(read))
        self.total += cents_of(statement.total)
        name = self.took.statement(entry, statement)
        made = replace(_named(entry, SETTLED), rows=rows, total=statement.total, statement=name)
        self.outcomes[member.number] = made
        return True

    def finish(self, routing: Router) -> Index:
        """The index, after every row that reached no statement is told. Raises BrokenLaw."""
        for stray in routing.strays():
            self._stray(stray)
        lost: dict[str, int] = {}
        for member in self.unsettled:
            for stray in routing.given(member):
                lost[stray.file] = lost.get(stray.file, 0) + 1
                self._stray(stray)
        files = []
        for one in routing.files():
            count = {reason: rows for (file, reason), (rows, _) in self.reasons.items() if file == one.file}
            several = count.pop(SEVERAL, 0)
            made = FileOutcome(
                file=Path(one.file).name, rows=one.rows, routed=one.given - lost.get(one.file, 0),
                unmatched=sum(count.values()), several=several,
            )  # fmt: skip
            if made.routed + made.unmatched + made.several != made.rows:
                raise BrokenLaw(
                    f"rows of {made.file}", str(made.rows), str(made.routed + made.unmatched + made.several)
                )
            files.append(made)
        return Index(
            engine=self.asked.engine, as_of=self.asked.as_of, total=money(self.total),
            contracts=tuple(self.outcomes[number] for number in sorted(self.outcomes)), files=tuple(files),
            unmatched=tuple(
                ReasonOutcome(file=Path(file).name, reason=reason, rows=rows, amount=None if cents is None else money(cents))
                for (file, reason), (rows, cents) in self.reasons.items()
            ),
        )  # fmt: skip

    def _stray(self, stray: Stray) -> None:
        rows, cents = self.reasons.get((stray.file, stray.reason), (0, None if stray.submitted is None else 0))
        more = None if stray.submitted is None or cents is None else cents + stray.submitted
        self.reasons[stray.file, stray.reason] = rows + 1, more
        self.took.stray(stray, tuple(self.entries[number].file for number in stray.members))


def _rows(member: Member, routing: Router) -> int:
    return sum(routing.count(member, table.name) or 0 for table in member.contract.tables if not table.made)


def _named(entry: Entry, status: str) -> ContractOutcome:
    contract = entry.contract
    if contract is None:
        return ContractOutcome(file=entry.file, status=status)
    provider = contract.parties.provider
    return ContractOutcome(
        file=entry.file, name=contract.name, version=contract.version, provider=provider, status=status
    )


def _in_file(statement: Statement, member: Member, routing: Router) -> Statement:
    """The statement with bad cells by their row in the file that the user has, not among the rows of the contract."""
    if not statement.bad_cells:
        return statement
    numbers = {cell.table: routing.rows_of(member, cell.table) for cell in statement.bad_cells}
    found = {table: routing.places(member, table) for table, own in numbers.items() if own is not None}
    cells = []
    for cell in statement.bad_cells:
        own = numbers[cell.table]
        if own is None:
            cells.append(cell)
            continue
        number, where = own[cell.row - 1], found[cell.table]
        file, row = ("", number) if where is None else where.find(number)
        cells.append(replace(cell, file=file, row=row))
    return replace(statement, bad_cells=tuple(cells))
