"""A table as cells by row and column: a row by its keys, a column by its heading, whatever their order and layout."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from contractlang.compare.parts import Key, Part, Row


class Grid(Struct, frozen=True):
    """A table: the headings of its key columns and of the others, its rows by key, and the cells that are filled."""

    heads: tuple[str, ...]
    columns: tuple[str, ...]
    rows: dict[Key, Row]
    cells: dict[tuple[Key, str], str]


def grid(part: Part) -> Grid | None:
    """The table of a part; None when it has none, or when its rows or columns cannot be told apart."""
    if len(part.rows) < 2:
        return None
    header, body = part.rows[0].cells, part.rows[1:]
    keys = part.keys
    columns = header[keys:]
    if len(set(columns)) < len(columns) or any(len(row.cells) != len(header) for row in body):
        return None
    rows = {row.cells[:keys]: row for row in body}
    if len(rows) < len(body):
        return None
    cells = {(row.cells[:keys], name): row.cells[keys + at] for row in body for at, name in enumerate(columns)}
    return Grid(header[:keys], columns, rows, cells)


def in_order(first: Sequence[Key], *others: Sequence[Key]) -> tuple[Key, ...]:
    """All rows: those of the first table in its order, others behind the row that they stand behind."""
    made = list(first)
    for other in others:
        for at, key in enumerate(other):
            if key not in made:
                made.insert(made.index(other[at - 1]) + 1 if at else 0, key)
    return tuple(made)


def row_name(key: Key) -> str:
    """The keys of a row as people say them."""
    return " / ".join(cell or "–" for cell in key)
