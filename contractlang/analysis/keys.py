"""Keys of groups: `per category`, `per calendar year of care_date`."""

from __future__ import annotations

from collections.abc import Mapping

from contractlang.analysis.draft import Draft, Typed
from contractlang.analysis.header import EVERY
from contractlang.base.calendar import Every
from contractlang.base.source import Place
from contractlang.model.expression import Cell, Day, DecidingDate, Expression, Key, KeyValue, PeriodOf, Role
from contractlang.model.tables import Kind
from contractlang.syntax.tree import Node, Word
from contractlang.syntax.words import wording


def read_key(draft: Draft, node: Node) -> Key | None:
    """A key as written, not yet for a table: its value is the column meant, or the date of the row that decides."""
    if node.rule == "key_name":
        name = node.word(0).string
        return Key(name, Cell(name))
    every = EVERY.get(node.node(0).word(0).terminal)
    if every is None:
        draft.fault("ZC420", node)
        return None
    column = node.word(1).string if node.has(1) and len(node.parts) > 1 else None
    return Key(every.value, Cell(column) if column else KeyValue(every.value), every)


def key_for(draft: Draft, key: Key, table: str, computed: Mapping[str, Typed] | None = None) -> Key | None:
    """The key for rows of a table: which cell or period of the row; None when its rows cannot tell.

    `computed` are the columns that a define works out for its rows.
    """
    if key.every is None and computed and key.name in computed:
        return Key(key.name, computed[key.name].expression)
    columns = {column.name: column for column in draft.tables[table].columns}
    wanted = key.value.column if isinstance(key.value, Cell) else None
    if key.every is None:
        if key.name not in columns:
            return _same_person(draft, key, table)
        draft.used.add((table, key.name))
        return Key(key.name, Cell(key.name))
    day: Expression | None = None
    if key.every is Every.TERM:
        day = Day(draft.term.first) if draft.term else None
    elif wanted in columns and columns[str(wanted)].kind is Kind.DATE:
        draft.used.add((table, str(wanted)))
        day = Cell(str(wanted))
    else:
        roles = {deciding.role for deciding in draft.tables[table].deciding}
        order = (Role.YEAR, Role.PERIOD) if key.every is Every.YEAR else (Role.PERIOD, Role.YEAR)
        role = next((role for role in order if role in roles), None)
        day = DecidingDate(role) if role else None
    return Key(key.name, PeriodOf(day, key.every), key.every) if day is not None else None


def _same_person(draft: Draft, key: Key, table: str) -> Key | None:
    """A key that names people in one table means the people of another, when that has one column of them."""
    named = {column.word for one in draft.tables.values() for column in one.columns if column.name == key.name}
    people = [column.name for column in draft.tables[table].columns if column.word == "person"]
    if named != {"person"} or len(people) != 1:
        return None
    draft.used.add((table, people[0]))
    return Key(key.name, Cell(people[0]))


def read_keys(draft: Draft, node: Node, table: str, around: tuple[Key, ...] = ()) -> tuple[Key, ...]:
    """Keys for the rows of a table; a fault for a key that its rows cannot tell."""
    parts = list(node.nodes()) if node.rule == "keys" else [node]
    found: list[Key] = []
    for part in parts:
        key = read_key(draft, part)
        if key is None:
            continue
        if key.every and not isinstance(key.value, Cell):  # `month` beside `per calendar year of care_date`: that date
            hint = next((k.value for k in around if k.every and isinstance(k.value, Cell)), None)
            key = Key(key.name, hint or key.value, key.every)
        own = key_for(draft, key, table)
        if own is None or (isinstance(key.value, Cell) and not _has(draft, table, key.value.column) and not around):
            _unknown_key(draft, part, key, table)
        else:
            found.append(own)
    return tuple(found)


def _has(draft: Draft, table: str, column: str) -> bool:
    return any(c.name == column for c in draft.tables[table].columns)


def _unknown_key(draft: Draft, node: Node, key: Key, table: str) -> None:
    known = [column.name for column in draft.tables[table].columns]
    known += [wording(terminal, draft.source.language) for terminal in EVERY]  # `per quartr` is read as a name
    if isinstance(key.value, Cell):
        place: Place = node.place
        draft.unknown("ZC230", Word("NAME", key.value.column, key.value.column, place), known, table=table)
    elif table not in draft.torn:
        draft.fault("ZC421", node, table=table)


def loose_keys(draft: Draft, nodes: list[Node]) -> tuple[Key, ...]:
    """The keys of a define: names to be matched with whatever it measures."""
    found: list[Key] = []
    for node in nodes:
        for part in node.nodes():
            for inner in part.nodes() if part.rule == "keys" else [part]:
                key = read_key(draft, inner)
                if key is not None and all(key.name != other.name for other in found):
                    found.append(key)
    return tuple(found)
