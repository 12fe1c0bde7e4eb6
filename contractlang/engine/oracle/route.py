"""Rows to their contracts, one row and one contract at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from contractlang.data.prepared import Places, Prepared, places
from contractlang.engine.oracle.oracle import Oracle
from contractlang.engine.oracle.read import read_rows, read_texts
from contractlang.engine.oracle.row import Row, text_of
from contractlang.engine.protocol import Engine
from contractlang.engine.routing import FileRows, Member, Stake, Stray, by_file, clashing, deciding, stakes
from contractlang.model import claim
from contractlang.model.claim import selections


class OracleRouter:
    """See `contractlang.engine.routing.Router`. Every contract looks at every row."""

    def __init__(self, members: Sequence[Member], as_of: date | None) -> None:
        self._stakes = stakes(members)
        self._whole = {member.number: Oracle(member.contract, member.data, as_of) for member in members}
        self._rows: dict[int, list[Row]] = {}
        for stake in self._stakes:
            self._rows[stake.number] = read_rows(stake.table, stake.member.data[stake.table.name])
        self._given: dict[int, list[int]] = {stake.number: [] for stake in self._stakes}
        self._files: list[FileRows] = []
        self._strays: list[Stray] = []
        for file, on_file in by_file(self._stakes).items():
            self._route(file, on_file)

    def _route(self, file: str, on_file: list[Stake]) -> None:
        clashes = {frozenset(pair) for pair in clashing(on_file)}
        decide = {stake.number for stake in deciding(on_file)}
        length, given = len(self._rows[on_file[0].number]), 0
        for place in range(length):
            ways = {stake.number: self._way(stake, place) for stake in on_file}
            takers = [number for number, way in ways.items() if way is None]
            kept, reason = self._keep(takers, clashes, place)
            for number in kept:
                self._given[number].append(place + 1)
            if decide & set(kept):
                given += 1
                continue
            reached = [way for number, way in ways.items() if number in decide and way is not None]
            why = reason or max(reached, key=claim.WAY.index)
            payers = [number for number in takers if self._stakes[number].claim.exclusive]
            self._strays.append(self._stray(on_file, place, why, payers if reason else []))
        self._files.append(FileRows(file, length, given))

    def _way(self, stake: Stake, place: int) -> str | None:
        """Why a row is not claimed; None when it is."""
        row, of = self._rows[stake.number][place], self._whole[stake.member.number].interpreter
        if stake.claim.own is not None:
            column, code = stake.claim.own
            cell = row.cells[column]
            if cell is None:
                return claim.UNREADABLE if row.bad else claim.NO_PROVIDER
            if text_of(cell) != code:
                return claim.UNKNOWN_PROVIDER
        if stake.claim.role is None:
            return None
        day = of.decides(row, stake.claim.role)
        if day is None:
            return claim.NO_DAY
        return None if day in stake.claim.term else claim.OUTSIDE_TERM

    def _keep(self, takers: list[int], clashes: set[frozenset[int]], place: int) -> tuple[list[int], str | None]:
        """Those who get the row, and why those who clash do not."""
        clashing_ones = [one for one in takers if any(frozenset((one, other)) in clashes for other in takers)]
        if not clashing_ones:
            return takers, None
        chosen = [number for number in clashing_ones if self._selects(number, place)]
        if not chosen or any(frozenset((one, other)) in clashes for one in chosen for other in chosen):
            shared = [number for number in takers if not self._stakes[number].claim.exclusive]
            return shared, claim.SEVERAL if chosen else claim.NOT_SELECTED
        return [number for number in takers if number not in clashing_ones or number in chosen], None

    def _selects(self, number: int, place: int) -> bool:
        stake = self._stakes[number]
        of = self._whole[stake.member.number].interpreter
        row = self._rows[number][place]
        return any(of.holds(where, row) for where in selections(stake.member.contract, stake.table.name))

    def _stray(self, on_file: list[Stake], place: int, reason: str, takers: list[int]) -> Stray:
        told = next((stake for stake in on_file if stake.table.submitted is not None), None)
        claimed = None if told is None else self._rows[told.number][place].submitted or 0
        members = tuple(sorted({self._stakes[number].member.number for number in takers}))
        found = self.places(on_file[0].member, on_file[0].table.name)
        part, row = ("", place + 1) if found is None else found.find(place + 1)
        return Stray(on_file[0].file, row, reason, members, claimed, part)

    def files(self) -> tuple[FileRows, ...]:
        """The files of which rows are claimed."""
        return tuple(self._files)

    def strays(self) -> Iterator[Stray]:
        """Rows that nobody got, by file and row."""
        return iter(self._strays)

    def given(self, member: Member) -> Iterator[Stray]:
        """The rows that one member alone got."""
        for file, on_file in by_file(self._stakes).items():
            decide = deciding(on_file)
            mine = {row for one in decide if one.member is member for row in self._given[one.number]}
            others = {row for one in decide if one.member is not member for row in self._given[one.number]}
            for row in sorted(mine - others):
                found = self._stray(on_file, row - 1, claim.NOT_SETTLED, [])
                yield replace(found, file=file, members=(member.number,))

    def count(self, member: Member, table: str) -> int | None:
        """How many rows of a table a member got."""
        numbers = self.rows_of(member, table)
        return None if numbers is None else len(numbers)

    def rows_of(self, member: Member, table: str) -> Sequence[int] | None:
        """The numbers in the file of the rows that a member got."""
        for stake in self._stakes:
            if stake.member is member and stake.table.name == table:
                return self._given[stake.number]
        return None

    def places(self, member: Member, table: str) -> Places | None:
        """Where the rows of a table of several files stand."""
        given = member.data.get(table)
        mine = next((one for one in self._stakes if one.member is member and one.table.name == table), None)
        if given is None or mine is None:
            return None
        parts = [row.part for row in self._rows[mine.number]]
        return places(given, [parts.count(number) for number in range(len(given.parts))])

    def alone(self, member: Member) -> None:
        """Every member is."""

    def leave(self, member: Member) -> None:
        """Nobody waits."""

    def engine(self, member: Member, as_of: date | None) -> Engine:
        """An engine over the rows of a member."""
        return Oracle(member.contract, self._own(member), as_of, apart=True)

    def _own(self, member: Member) -> Mapping[str, Prepared]:
        own = dict(member.data)
        for name, prepared in member.data.items():
            numbers = self.rows_of(member, name)
            if numbers is not None:
                own[name] = _of(prepared, numbers)
        return own

    def close(self) -> None:
        """Nothing is held."""


def _of(prepared: Prepared, numbers: Sequence[int]) -> Prepared:
    """Some of the rows of a table, by their number in all of its files."""
    before, parts = 0, []
    wanted = set(numbers)
    for part in prepared.files:
        texts = read_texts(part)
        rows = tuple(tuple(cells) for number, cells in enumerate(texts, start=before + 1) if number in wanted)
        parts.append(replace(part, path=None, parquet=False, rows=rows))
        before += len(texts)
    return replace(prepared, parts=tuple(parts)) if prepared.parts else parts[0]
