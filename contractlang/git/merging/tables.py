"""Merging two versions of a table: the cell is the unit, rows by their keys and columns by their headings."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct, field

from contractlang.compare.differences import ROW
from contractlang.compare.grid import Grid, grid, row_name
from contractlang.compare.parts import Key, Part, Row
from contractlang.format.layout import FIGURE
from contractlang.git.merging.sides import Clash, Name, Pair, chosen, in_one_order
from contractlang.report.words import Words

DATE = re.compile(r"\d{4}-\d{2}-\d{2}$")
OPEN = "..."
Cell = tuple[Key, str]
Where = tuple[str, ...]
Grids = tuple[Grid | None, Grid | None, Grid | None]


class _Table(Struct):
    """The merged table: what each side would have in each cell, and what each side leaves out."""

    columns: list[str]
    rows: list[Key]
    cells: dict[Cell, tuple[str, str]] = field(default_factory=dict)
    without: tuple[set[object], set[object]] = field(default_factory=lambda: (set(), set()))
    clashes: list[Clash] = field(default_factory=list)


def merge_rows(base: Part, one: Part, other: Part, where: Where, words: Words) -> Pair:
    """The rows of a table of which both sides may have changed something."""
    side = chosen(_said(base), _said(one), _said(other))
    if side is not None:
        same = _said(one) == _said(other)
        taken = other if side == 1 or (same and _lines(one) == _lines(base)) else one
        return Pair().both(_lines(taken))
    grids = grid(base), grid(one), grid(other)
    made = None
    if grids[0] and grids[1] and grids[2]:
        made = _merged(grids[0], grids[1], grids[2], where, words, base.rule == "scale")
    if made is None:
        clash = Clash(where, words("merge.table"), words("merge.table"))
        return Pair(_lines(one), _lines(other), [clash])
    return _written(made, (base, one, other), grids)


def _merged(base: Grid, one: Grid, other: Grid, where: Where, words: Words, stepped: bool) -> _Table | None:
    """The table cell by cell; None when both sides changed its keys or its order, differently.

    `stepped`: each row counts from the one above it, so that no two sides can change the rows independently.
    """
    if not base.heads == one.heads == other.heads or _rivals(base.columns, one.columns, other.columns):
        return None
    if _rivals(base.rows, one.rows, other.rows) or (stepped and set(base.rows) not in (set(one.rows), set(other.rows))):
        return None
    gone_rows = [key for key in _gone(base.rows, one.rows, other.rows) if _row_changed(key, base, one, other)]
    gone_columns = [
        name for name in _gone(base.columns, one.columns, other.columns) if _column_changed(name, base, one, other)
    ]
    kept_rows = {*_staying(base.rows, one.rows, other.rows), *gone_rows}
    kept_columns = {*_staying(base.columns, one.columns, other.columns), *gone_columns}
    rows = in_one_order(tuple(base.rows), tuple(one.rows), tuple(other.rows), kept_rows)
    columns = in_one_order(base.columns, one.columns, other.columns, kept_columns)
    if rows is None or columns is None:
        return None
    if all(DATE.search(name) for name in columns):
        columns.sort(key=lambda name: name[-10:])
    made = _Table(columns, rows)
    for key in gone_rows:
        _removed(made, key, key in one.rows, (*where, f"{ROW[words.language]} {row_name(key)}"), words)
    for name in gone_columns:
        _removed(made, name, name in one.columns, (*where, name), words)
    for key in rows:
        for name in columns:
            _cell(made, (key, name), (base, one, other), where, words)
    return made


def _gone(base: Iterable[Name], one: Collection[Name], other: Collection[Name]) -> list[Name]:
    """What one side removed."""
    return [name for name in base if (name in one) != (name in other)]


def _rivals(base: Iterable[Name], one: Collection[Name], other: Collection[Name]) -> bool:
    """Whether both sides have something else in the place of what both removed."""
    replaced = any(name not in one and name not in other for name in base)
    new = ({name for name in side if name not in set(base)} for side in (one, other))
    first, second = new
    return replaced and bool(first - second) and bool(second - first)


def _staying(base: Collection[Name], one: Collection[Name], other: Collection[Name]) -> set[Name]:
    """What is on both sides, or new on one of them."""
    return {name for name in (*one, *other) if (name in one and name in other) or name not in base}


def _row_changed(key: Key, base: Grid, one: Grid, other: Grid) -> bool:
    """Whether the side that kept a row says something else, or something more, in it."""
    side = one if key in one.rows else other
    return any(base.cells.get((key, name)) != side.cells[key, name] for name in side.columns)


def _column_changed(name: str, base: Grid, one: Grid, other: Grid) -> bool:
    side = one if name in one.columns else other
    return any(base.cells.get((key, name)) != side.cells[key, name] for key in side.rows)


def _removed(made: _Table, name: object, by_other: bool, where: tuple[str, ...], words: Words) -> None:
    """One side removed what the other changed: the side that removed it leaves it out."""
    made.without[1 if by_other else 0].add(name)
    told = words("merge.changed"), words("merge.removed")
    made.clashes.append(Clash(where, *(told if by_other else told[::-1])))


def _cell(made: _Table, cell: Cell, grids: tuple[Grid, Grid, Grid], where: tuple[str, ...], words: Words) -> None:
    before, one, other = (found.cells.get(cell) for found in grids)
    key, name = cell
    place = (*where, f"{ROW[words.language]} {row_name(key)}", name) if key else (*where, name)
    if one is None and other is None:  # a row of the one side in a column of the other
        made.cells[cell] = OPEN, OPEN
        if not ({key, name} & (made.without[0] | made.without[1])):
            made.without[1].add(key if key in grids[1].rows else name)
            made.clashes.append(Clash(place, "", ""))
        return
    if one is None or other is None:
        made.cells[cell] = (one or other or "",) * 2
        return
    side = chosen(before, one, other)
    made.cells[cell] = (one, other) if side is None else ((one, other)[side],) * 2
    if side is None:
        made.clashes.append(Clash(place, one or words("merge.nothing"), other or words("merge.nothing")))


def _written(made: _Table, parts: tuple[Part, Part, Part], grids: Grids) -> Pair:
    found = Pair(clashes=list(made.clashes))
    line = parts[1].rows[0].line
    indent = line[: len(line) - len(line.lstrip())]
    for at, lines in enumerate((found.ours, found.theirs)):
        out = made.without[at]
        columns = [name for name in made.columns if name not in out]
        keys = [key for key in made.rows if key not in out]
        heads = parts[1].rows[0].cells[: parts[1].keys]
        texts = [(*heads, *columns), *((*key, *(made.cells[key, name][at] for name in columns)) for key in keys)]
        widths = [max(len(row[i]) for row in texts) for i in range(len(texts[0]))]
        first: list[Row | None] = [part.rows[0] for part in parts]
        for number, (rows, cells) in enumerate(zip([first, *(_of(key, grids) for key in keys)], texts, strict=True)):
            above, behind = _beside(rows)
            shown = [
                text.rjust(width) if number and (FIGURE.match(text) or text == OPEN) else text.ljust(width)
                for text, width in zip(cells, widths, strict=True)
            ]
            lines += [*above, f"{indent}| {' | '.join(shown)} |{f'  {behind}' if behind else ''}"]
    return found


def _of(key: Key, grids: Grids) -> list[Row | None]:
    return [table.rows.get(key) if table else None for table in grids]


def _beside(rows: Sequence[Row | None]) -> tuple[tuple[str, ...], str]:
    """The comments above and behind a row: those of the side that changed them, all when both did."""
    base, one, other = rows
    above = _joined(base.lead if base else (), one.lead if one else None, other.lead if other else None)
    behind = _joined(
        (base.comment,) if base else (), (one.comment,) if one else None, (other.comment,) if other else None
    )
    return above, " ".join(text for text in behind if text)


def _joined(base: tuple[str, ...], one: tuple[str, ...] | None, other: tuple[str, ...] | None) -> tuple[str, ...]:
    if one is None or other is None:
        return one or other or ()
    side = chosen(base, one, other)
    return (*one, *(line for line in other if line not in one)) if side is None else (one, other)[side]


def _said(part: Part) -> tuple[object, ...]:
    return tuple(
        (row.cells, row.comment, tuple(line.strip() for line in row.lead if line.strip())) for row in part.rows
    )


def _lines(part: Part) -> list[str]:
    return [line for row in part.rows for line in (*row.lead, row.line)]
