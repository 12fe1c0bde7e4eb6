"""What it takes to give every row to its contract: contracts that are settled over the same data, and where rows go.

Both engines implement `Router`; what a contract claims is said in `contractlang.model.claim`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Protocol

from msgspec import Struct

from contractlang.data.prepared import Places, Prepared
from contractlang.engine.protocol import Engine
from contractlang.model.claim import Claim, claims, clash
from contractlang.model.contract import Contract
from contractlang.model.tables import Table


class Member(Struct, frozen=True, eq=False):
    """One of the contracts, with its data; members with equal `layout` read equal columns of the same files."""

    number: int
    contract: Contract
    data: Mapping[str, Prepared]
    layout: int


class Stake(Struct, frozen=True, eq=False):
    """A claim of a member on the rows of a file."""

    number: int
    member: Member
    table: Table
    claim: Claim

    @property
    def file(self) -> str:
        """The file, as the user named it."""
        return self.member.data[self.table.name].origin


class FileRows(Struct, frozen=True):
    """The rows of one file, and how many of them some member got."""

    file: str
    rows: int
    given: int


class Stray(Struct, frozen=True):
    """A row that no member got: its file, number (1 is the first data row), reason, who claims it, cents claimed with it."""

    file: str
    row: int
    reason: str
    members: tuple[int, ...]
    submitted: int | None
    part: str = ""  # of a table of several files: the one in which the row has this number


class NotYet(Exception):
    """The engine waits for what other members say first: settle those, then this one anew."""


class Apart(Exception):
    """The engine cannot settle members together: ask for them `alone`, and settle this one anew."""


class Router(Protocol):
    """Gives rows to members. `close` when done."""

    def files(self) -> tuple[FileRows, ...]:
        """The files of which rows are claimed, in the order in which members read them."""
        ...

    def strays(self) -> Iterator[Stray]:
        """Rows that nobody got, by file and row."""
        ...

    def given(self, member: Member) -> Iterator[Stray]:
        """The rows that one member alone got, as strays with the reason that it is not settled."""
        ...

    def count(self, member: Member, table: str) -> int | None:
        """How many rows of a table a member got; None: the table is handed over whole."""
        ...

    def rows_of(self, member: Member, table: str) -> Sequence[int] | None:
        """The numbers in the file of the rows that a member got, in order; None: its engine numbers them as the file does."""
        ...

    def places(self, member: Member, table: str) -> Places | None:
        """Where the rows of a table of several files stand, by their number in all of them; None: the table is one file."""
        ...

    def alone(self, member: Member) -> None:
        """Give the member, and those that are settled together with it, engines of their own from here on."""
        ...

    def leave(self, member: Member) -> None:
        """The member turns out not to be settled: nobody waits for it."""
        ...

    def engine(self, member: Member, as_of: date | None) -> Engine:
        """An engine over the rows of a member, to be closed on its own. What it is asked may raise NotYet and Apart."""
        ...

    def close(self) -> None:
        """Give back what is held."""
        ...


def stakes(members: Sequence[Member]) -> list[Stake]:
    """All claims of all members on data that was given, numbered."""
    found: list[Stake] = []
    for member in members:
        for claim in claims(member.contract):
            if claim.table in member.data:
                found.append(Stake(len(found), member, member.contract.table(claim.table), claim))
    return found


def by_file(every: Sequence[Stake]) -> dict[str, list[Stake]]:
    """The stakes on each file; when some are exclusive, only they decide where a row belongs."""
    found: dict[str, list[Stake]] = {}
    for one in every:
        found.setdefault(one.file, []).append(one)
    return found


def deciding(on_file: Sequence[Stake]) -> list[Stake]:
    """The stakes that decide whether a row of a file reaches anybody."""
    return [one for one in on_file if one.claim.exclusive] or list(on_file)


def clashing(on_file: Sequence[Stake]) -> list[tuple[int, int]]:
    """Pairs of stakes that could both pay one row; providers told by one column differ by their code."""
    columns = {one.claim.own[0] if one.claim.own else None for one in on_file}
    buckets: dict[str | None, list[Stake]] = {}
    for one in on_file:
        code = one.claim.own[1] if one.claim.own and len(columns) == 1 else None
        buckets.setdefault(code, []).append(one)
    return [
        (one.number, other.number)
        for bucket in buckets.values()
        for one, other in combinations(bucket, 2)
        if clash(one.claim, other.claim)
    ]
