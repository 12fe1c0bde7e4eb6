"""Contracts that differ in nothing that an engine looks at: one engine settles them together, each party on its own.

What a member asks is worked out for the whole family and kept; the member gets its part. Amounts of ceilings are the
members' own: a ceiling is filled when all of them have said how much room there is, so a member that comes first is
asked again later (`NotYet`), and what it asked before is answered from what was kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any as Anything
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from contractlang.base.source import Place
from contractlang.engine.duck import results
from contractlang.engine.duck.intake import intake, intake_by_party
from contractlang.engine.duck.slices import Shared, Slice
from contractlang.engine.protocol import DataFault, Group, Intake, KeyPart, Line, Post, Room, ScopeSum, Totals, Use
from contractlang.engine.routing import Apart, Member, NotYet
from contractlang.model.contract import Contract, Parties
from contractlang.model.dependence import looks_into
from contractlang.model.expression import All, Any, Condition, Key, Measure, Not, Repeated
from contractlang.model.heads import Limit, Pay
from contractlang.model.tables import Table

Part = TypeVar("Part")


def kin(contract: Contract) -> object | None:
    """What contracts of one family have in common; None for a contract that is settled by itself."""
    if contract.parties.code is None or any(table.made or (table.paid and not table.own) for table in contract.tables):
        return None
    if any(report.as_of is not None for report in contract.reports) or _looks_into_own(contract):
        return None
    heads = tuple(replace(head, amount=None) if isinstance(head, Limit) else head for head in contract.heads)
    heads = tuple(head for head in heads if isinstance(head, Pay | Limit))
    tables = tuple(replace(table, own=(table.own[0], "") if table.own else None) for table in contract.tables)
    parts = (tables, contract.lookups, contract.scales, contract.defines, heads)
    more = (contract.term, contract.settle, contract.rounding, contract.lookback, contract.parties.column)
    common: object = _shape((parts, more))
    return common


def _looks_into_own(contract: Contract) -> bool:
    """Whether a row is judged by other rows of the provider: those of the whole family would be seen."""
    lookups = {lookup.name: lookup for lookup in contract.lookups}
    into = looks_into((contract.tables, contract.heads, contract.defines, contract.reports), lookups)
    into |= {lookup.data.selection.table for lookup in contract.lookups if lookup.data is not None}
    return any(table.own and table.name in into for table in contract.tables)


def _shape(part: Anything) -> Anything:
    """A part of the model without the places where it was written."""
    if isinstance(part, Place):
        return None
    if isinstance(part, Struct):
        return (type(part), *(_shape(getattr(part, field)) for field in part.__struct_fields__))
    if isinstance(part, tuple | list):
        return tuple(map(_shape, part))
    if isinstance(part, dict):
        return tuple((key, _shape(value)) for key, value in part.items())
    return part


class Family:
    """The members, the engine that they share, and what it has been asked so far. Raises Apart when it cannot go on."""

    def __init__(
        self, shared: Shared, members: Sequence[Member], elsewhere: Callable[[str], str], as_of: date | None
    ) -> None:
        self.codes = {member.number: str(member.contract.parties.code) for member in members}
        contract = _together(members[0].contract)
        self.heads = {head.id: head for head in contract.heads if isinstance(head, Pay | Limit)}
        self.engine = Slice(shared, replace_contract(members[0], contract), as_of)
        self.engine.acceptor.elsewhere = lambda table, loaded: elsewhere(table.name)
        self.step = 0  # how many heads have been priced and filled
        self.kept: dict[object, Anything] = {}
        self.rooms: dict[str, dict[int, Mapping[Group, Room]]] = {}
        self.broken = False

    def close(self) -> None:
        """Drop what was made."""
        self.engine.close()

    def ask(self, step: int | None, what: object, work: Callable[[], Part]) -> Part:
        """What the engine says at a step (None: at any); once the others are farther on, only what was kept."""
        if (step, what) not in self.kept:
            if self.broken or step not in (None, self.step):
                raise Apart
            self.kept[step, what] = self._tried(work)
        found: Part = self.kept[step, what]
        return found

    def price(self, step: int, pay: Pay) -> None:
        """Price the rows of a head for all."""
        if step == self.step:
            self._tried(lambda: self.engine.price(self.heads[pay.id]))  # type: ignore[arg-type]
            self.step += 1

    def fill(
        self, step: int, number: int, limit: Limit, rooms: Mapping[Group, Room]
    ) -> Mapping[str, Mapping[Group, Use]]:
        """Fill a ceiling when the rooms of all are known; before that raises NotYet."""
        if step >= self.step:
            said = self.rooms.setdefault(limit.id, {})
            said[number] = rooms
            if step > self.step or len(said) < len(self.codes):
                raise NotYet
            every = {
                (self.codes[one], *group[1:]): room for one, own in said.items() for group, room in own.items()
            }  # fmt: skip
            head = self.heads[limit.id]
            assert isinstance(head, Limit)
            self.kept["fill", limit.id] = by_code(self._tried(lambda: self.engine.fill(head, every)))
            self.step += 1
        found: Mapping[str, Mapping[Group, Use]] = self.kept["fill", limit.id]
        return found

    def leave(self, number: int) -> None:
        """A member that is not settled after all: the others do not wait for it."""
        self.codes.pop(number, None)
        for said in self.rooms.values():
            said.pop(number, None)

    def _tried(self, work: Callable[[], Part]) -> Part:
        if self.broken:
            raise Apart
        try:
            return work()
        except DataFault as fault:  # it may be of one member only, and each is to be told its own
            self.broken = True
            raise Apart from fault


class Kin:
    """One member of a family: see `contractlang.engine.protocol.Engine`."""

    name = "duckdb"

    def __init__(self, family: Family, member: Member) -> None:
        self.family, self.member, self.code = family, member, family.codes[member.number]
        self.step = 0

    def at(self, as_of: date) -> Kin:
        """Not asked: contracts with figures of another day have no family."""
        raise Apart

    def close(self) -> None:
        """The family is closed by who made it."""

    def _asked(self, what: tuple[Anything, ...], work: Callable[[], Mapping[Group, Part]]) -> dict[Group, Part]:
        found = self.family.ask(self.step, what, lambda: by_code(work()))
        return {**found.get(self.code, {}), **found.get("", {})}

    def intake(self) -> tuple[Intake, ...]:
        """What happened to the rows of every table."""
        return self.family.ask(None, "intake", self._taken_in)[self.code]

    def _taken_in(self) -> Mapping[str, tuple[Intake, ...]]:
        engine = self.family.engine
        engine.intake_lists()
        every = []
        for table in engine.contract.tables:
            if table.party is None:
                whole = intake(engine.acceptor, table)
                every.append(dict.fromkeys(self.family.codes.values(), whole))
            else:
                every.append(intake_by_party(engine.acceptor, table, list(self.family.codes.values())))
        return {code: tuple(one[code] for one in every) for code in self.family.codes.values()}

    def price(self, pay: Pay) -> None:
        """Give every selected row its amount."""
        self.family.price(self.step, pay)
        self.step += 1

    def scopes(self, limit: Limit) -> Mapping[Group, ScopeSum]:
        """The scopes of a limit that have rows, with their sums."""
        head = self.family.heads[limit.id]
        return self._asked(("scopes", limit.id), lambda: self.family.engine.scopes(head))  # type: ignore[arg-type]

    def fill(self, limit: Limit, rooms: Mapping[Group, Room]) -> Mapping[Group, Use]:
        """Allocate the room of every scope over its rows."""
        found = self.family.fill(self.step, self.member.number, limit, rooms)
        self.step += 1
        return found.get(self.code, {})

    def measure(self, measure: Measure) -> Mapping[Group, Fraction | None]:
        """A figure for every group that has rows."""
        return self._asked(("measure", measure), lambda: self.family.engine.measure(measure))

    def amounts(self, articles: tuple[str, ...], after: tuple[str, ...], keys: tuple[Key, ...]) -> Mapping[Group, int]:
        """Cents that the rows of these articles get after the limits with these ids, per group."""
        return self._asked(
            ("amounts", articles, after, keys), lambda: self.family.engine.amounts(articles, after, keys)
        )

    def posts(self, head: Pay | Limit) -> tuple[Post, ...]:
        """The amounts of a head per settlement period."""
        engine, asked = self.family.engine, self.family.heads[head.id]

        def work() -> dict[str, list[Post]]:
            found: dict[str, list[Post]] = {}
            for post in engine.posts(asked):
                found.setdefault(post.party or "", []).append(replace(post, party=None))
            return found

        return tuple(self.family.ask(self.step, ("posts", head.id), work).get(self.code, ()))

    def totals(self) -> tuple[Totals, ...]:
        """Where the rows of every paid table ended."""
        ledger = self.family.engine.ledger
        paid = [table for table in self.member.contract.tables if table.paid]
        every = self.family.ask(
            self.step, "totals", lambda: [results.totals_by_party(ledger, ledger.book(table.name)) for table in paid]
        )
        empty = [results.no_rows(table) for table in paid]
        return tuple(found.get(self.code, none) for found, none in zip(every, empty, strict=True))

    def pending(self) -> Mapping[tuple[str, str], tuple[int, int]]:
        """Rows that no article could pay or that are not received yet, and cents claimed with them."""
        ledger = self.family.engine.ledger
        paid = [table.name for table in self.member.contract.tables if table.paid]
        every = self.family.ask(
            self.step, "pending", lambda: {name: results.pending(ledger, ledger.book(name)) for name in paid}
        )
        return {
            (name, reason): found
            for name, parties in every.items()
            for (party, reason), found in parties.items()
            if party == self.code
        }

    def lines(self) -> Iterator[Line]:
        """Every row of every paid table with its number in the file."""
        lines = (line for line in self.family.engine.lines() if line.party == self.code)
        return (replace(line, party=None) for line in lines)

    def counted(self) -> Iterator[Line]:
        """Not told by provider: who asks is settled alone."""
        raise Apart

    def write_lines(self, path: str) -> None:
        """Lines are of one contract: it is settled alone."""
        raise Apart

    def digest(self) -> str:
        """A hash over all lines."""
        return results.digest(self.lines())

    def values(
        self, lookup: str
    ) -> Mapping[tuple[KeyPart, ...], tuple[tuple[date | None, date | None, Fraction | None], ...]]:
        """All values of a list from data by key, with the days on which each is valid."""
        return self.family.ask(None, ("values", lookup), lambda: self.family.engine.values(lookup))


def by_code(found: Mapping[Group, Part]) -> dict[str, dict[Group, Part]]:
    """Groups by their party, which they lose; those without one are of everybody, under an empty text."""
    parts: dict[str, dict[Group, Part]] = {}
    for group, one in found.items():
        parts.setdefault(str(group[0] or ""), {})[None, *group[1:]] = one
    return parts


def replace_contract(member: Member, contract: Contract) -> Member:
    """The member with another contract."""
    return Member(member.number, contract, member.data, member.layout)


def _together(contract: Contract) -> Contract:
    """The contract as one with many parties, each on its own: no row stands for, or takes back, a row of another."""
    tables = tuple(_of_party(table) for table in contract.tables)
    first = next(table for table in tables if table.party)
    parties = Parties(contract.parties.payer, None, first.name, contract.parties.column, True)
    return replace(contract, tables=tables, parties=parties)


def _of_party(table: Table) -> Table:
    if table.own is None:
        return table
    column, credit = table.own[0], table.credit
    if credit is not None:
        credit = replace(credit, matched=(*credit.matched, column))
    rejects = tuple(replace(rule, when=_within(rule.when, column)) for rule in table.rejects)
    return replace(table, own=None, party=column, credit=credit, rejects=rejects)


def _within(condition: Condition, column: str) -> Condition:
    """A condition whose tests for repeated rows look among the rows of one party only."""
    match condition:
        case Not(of):
            return Not(_within(of, column))
        case All(parts) | Any(parts):
            return type(condition)(tuple(_within(part, column) for part in parts))
        case Repeated():
            return replace(condition, columns=(*condition.columns, column))
    return condition
