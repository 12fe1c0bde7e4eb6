"""Which rows of the data a contract claims when several contracts are settled over the same data.

A contract claims a row of a table when the row names its provider (`Table.own`; without it, whoever it names), and, in a
table that it pays, when the day that decides the period (else the year, else the tariff) lies in its term. A table that
it does not pay but makes paid rows from is claimed too, whatever its days. Rows of such tables are claimed exclusively: when
two contracts whose terms overlap claim one row, those whose clauses select it (`selections`) keep their claim, and a row
with two overlapping claims left goes to nobody. Any other table gives a contract the rows of its provider, exclusively to
nobody, and is handed over whole when it does not tell whose rows are whose.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from contractlang.base.calendar import Span
from contractlang.model.contract import Contract
from contractlang.model.expression import Condition, Role, Selection
from contractlang.model.tables import Rung, Spread, Table

# Reasons of rows that reach no statement, each farther on the way to a contract than the one before
UNREADABLE = "unreadable"  # the row does not fit the header, or its provider is empty beside cells that cannot be read
NO_PROVIDER = "no-provider"
UNKNOWN_PROVIDER = "unknown-provider"  # no contract names this provider
NO_DAY = "no-day"  # the day that decides is empty or cannot be read
OUTSIDE_TERM = "outside-term"  # no contract of this provider runs on that day
WAY = (UNREADABLE, NO_PROVIDER, UNKNOWN_PROVIDER, NO_DAY, OUTSIDE_TERM)
NOT_SELECTED = "not-selected"  # several contracts of one provider and term, and no clause of any selects the row
SEVERAL = "several"  # claimed by several
NOT_SETTLED = "not-settled"  # claimed by one contract, which could not be settled


class Claim(Struct, frozen=True):
    """What a contract claims of one table."""

    table: str
    own: tuple[str, str] | None  # column and code of the provider
    role: Role | None  # the day that must lie in the term; None: any day
    term: Span
    exclusive: bool


def claims(contract: Contract) -> tuple[Claim, ...]:
    """The claims of a contract, at most one for each table; other tables are handed over whole."""
    sources = {name for table in contract.tables if table.paid and table.made for name in _made_from(contract, table)}
    found = []
    for table in contract.tables:
        exclusive = table.paid or table.name in sources
        if not table.made and (exclusive or table.own is not None):
            role = _role(table) if table.paid else None
            found.append(Claim(table.name, table.own, role, contract.term, exclusive))
    return tuple(found)


def selections(contract: Contract, table: str) -> tuple[Condition | None, ...]:
    """The conditions under which a clause that moves money looks at rows of a table; None is always."""
    parts = (contract.heads, contract.defines, [(one.spread, one.attribution) for one in contract.tables])
    found = list(dict.fromkeys(_selecting(parts, table)))
    return (None,) if None in found else tuple(found)


def clash(one: Claim, other: Claim) -> bool:
    """Whether two contracts that claim one row would both pay it."""
    return one.exclusive and other.exclusive and one.term.first <= other.term.last and other.term.first <= one.term.last


def _role(table: Table) -> Role | None:
    told = {deciding.role for deciding in table.deciding}
    return next((role for role in (Role.PERIOD, Role.YEAR, Role.TARIFF) if role in told), None)


def _made_from(contract: Contract, table: Table) -> Iterator[str]:
    """The tables with data that the rows of a made table come from, however far back."""
    made = [table.spread.table] if table.spread else []
    made += [rung.table for rung in table.attribution.rungs] if table.attribution else []
    for name in made:
        source = contract.table(name)
        if source.made:
            yield from _made_from(contract, source)
        else:
            yield name


def _selecting(part: object, table: str) -> Iterator[Condition | None]:
    if isinstance(part, Spread | Rung) and part.table == table:
        yield part.where
    if isinstance(part, Struct):
        chosen = getattr(part, "selection", None)
        if isinstance(chosen, Selection) and chosen.table == table:
            yield chosen.where
        for field in part.__struct_fields__:
            yield from _selecting(getattr(part, field), table)
    elif isinstance(part, tuple | list):
        for one in part:
            yield from _selecting(one, table)
