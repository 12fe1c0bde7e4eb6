"""Which tables a test on rows looks into, and so which rows must be judged before others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from contractlang.model.expression import Listed, LookUp, Matched, Present
from contractlang.model.lists import Lookup
from contractlang.model.tables import Table

Edges = Mapping[str, set[str]]
"""By table the tables that it looks into."""


def looks_into(value: object, lookups: Mapping[str, Lookup]) -> set[str]:
    """The tables whose rows some part of a value asks for: `in`, `present in`, rows that agree, a list from data."""
    found: set[str] = set()
    seen: set[str] = set()
    stack: list[object] = [value]
    while stack:
        part = stack.pop()
        if isinstance(part, Matched):
            found.add(part.selection.table)
        elif isinstance(part, Listed | Present):
            found.add(part.table)
        elif isinstance(part, LookUp) and part.lookup not in seen:
            seen.add(part.lookup)
            data = lookups[part.lookup].data if part.lookup in lookups else None
            if data is not None:
                found.add(data.selection.table)
                stack.append(data)
        if isinstance(part, Struct):
            stack += [getattr(part, name) for name in part.__struct_fields__]
        elif isinstance(part, tuple):
            stack += part
    return found


def judged_by(table: Table, lookups: Mapping[str, Lookup]) -> set[str]:
    """The tables that must be judged before the rows of a table can be."""
    found = looks_into((table.rejects, table.deciding, table.credit, table.spread, table.attribution), lookups)
    if table.spread is not None:
        found.add(table.spread.table)
    if table.attribution is not None:
        found |= {rung.table for rung in table.attribution.rungs}
    return found


def reached(start: Iterable[str], edges: Edges) -> set[str]:
    """The tables at the start and all that they look into, directly or through others."""
    found: set[str] = set()
    open_ends = list(start)
    while open_ends:
        table = open_ends.pop()
        if table not in found:
            found.add(table)
            open_ends += edges.get(table, ())
    return found
