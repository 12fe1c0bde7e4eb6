"""Which columns of a paid table are read after its rows are judged and priced: the others are not stored a second time."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from contractlang.model.contract import Contract
from contractlang.model.dependence import judged_by, looks_into, reached
from contractlang.model.expression import IncludedIn
from contractlang.model.heads import Pay
from contractlang.model.tables import Table

WORKED_OUT = {"quantity", "price", "selection"}  # of a head that prices row by row: done by the time rows are stored
MARKED = {"selection"}  # of other heads: which rows they pay is stored with the rows


def simple(pay: Pay) -> bool:
    """Whether every row has its own amount, whatever other rows are."""
    return not pay.per and pay.volume is None and pay.tiers is None


def late(contract: Contract) -> set[str]:
    """Ids of heads that cannot be asked as rows are judged: they look at rows that wait for these rows."""
    lookups = {lookup.name: lookup for lookup in contract.lookups}
    edges = {table.name: judged_by(table, lookups) for table in contract.tables}
    looking: list[tuple[Pay, set[str]]] = []
    for head in contract.heads:
        if isinstance(head, Pay) and (into := looks_into((head.selection, head.quantity, head.price), lookups)):
            looking.append((head, into))
            edges[head.selection.table] |= into
    return {head.id for head, into in looking if head.selection.table in reached(into, edges)}


def read_later(contract: Contract, table: Table) -> set[str]:
    """Names of columns that something may still read. Whatever has the name of a column counts: too many is no fault."""
    names = {column.name for column in table.columns}
    found = set(_names(contract, table))
    return names if INCLUDED in found else names & found


INCLUDED = object()  # the selection of another head is asked again


def _names(contract: Contract, table: Table) -> Iterator[object]:
    waiting = late(contract)
    for head in contract.heads:
        own = isinstance(head, Pay) and head.id not in waiting and head.selection.table == table.name
        done = (WORKED_OUT if isinstance(head, Pay) and simple(head) else MARKED) if own else set()
        for field in head.__struct_fields__:
            if field not in done:
                yield from _strings(getattr(head, field))
            elif any(part is INCLUDED for part in _strings(getattr(head, field))):
                yield INCLUDED
    for part in (contract.defines, contract.reports, contract.parties):
        yield from _strings(part)
    for lookup in contract.lookups:
        if lookup.data is not None and lookup.data.selection.table == table.name:
            yield from _strings(lookup)
    for other in contract.tables:
        yield from _strings((other.spread, other.attribution))
        if other.name != table.name:
            yield from _strings(other.rejects)
    yield from _strings((table.deciding, table.present, table.credit, table.party, table.submitted))


def _strings(value: object) -> Iterator[object]:
    """Every text within a part of the model."""
    if isinstance(value, IncludedIn):
        yield INCLUDED
    if isinstance(value, str):
        yield value
    elif isinstance(value, Struct):
        for field in value.__struct_fields__:
            yield from _strings(getattr(value, field))
    elif isinstance(value, tuple | list | frozenset | set):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _strings(key)
            yield from _strings(part)
