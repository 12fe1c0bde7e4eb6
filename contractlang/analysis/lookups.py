"""Tariffs and lists: inline tables with dated columns, or values from a data table."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from contractlang.analysis.cells import read_from, read_key_cell, read_value
from contractlang.analysis.context import Context
from contractlang.analysis.coverage import check_list
from contractlang.analysis.draft import Draft, LookupInfo, Typed
from contractlang.analysis.operands import UNIT_WORDS, read_selection, read_steps, rows_context
from contractlang.base.units import EURO, NUMBER, WRITTEN, Unit
from contractlang.model.expression import Arithmetic, Cell, Number, Operation, Selection
from contractlang.model.lists import ListFromData, ListRow, Lookup, Range
from contractlang.model.tables import EmptyMeans
from contractlang.syntax.tree import Line, Row


def read_lookups(draft: Draft, blocks: list[Line]) -> None:
    """All tariff and list blocks."""
    for block in blocks:
        node = block.node
        assert node is not None
        word = next(iter(node.node(1).words()))
        if not draft.declare(word):
            continue
        tariff = node.node(0).word(0).terminal == "_TARIFF"
        keys = tuple(w.string for w in node.node(3).words()) if node.has(3) else ()
        per = node.node(2).word(0).terminal if node.has(2) else None
        if tariff and per is None:
            draft.fault("ZC510", block, name=word.string)
            draft.lost.add(word.string)
            continue
        info = (_from_data if block.lines else _inline)(draft, block, word.string, keys, tariff)
        if info is None:
            draft.lost.add(word.string)
        else:
            draft.lookups[word.string] = _priced(draft, block, info, per)
            check_list(draft, block, draft.lookups[word.string])


def _priced(draft: Draft, block: Line, info: LookupInfo, per: str | None) -> LookupInfo:
    """Values per hour, day and so on, in canonical units."""
    if per is None:
        return info
    unit, share = WRITTEN[UNIT_WORDS[per]]
    if info.unit == EURO.per(unit) and unit != NUMBER:
        return info  # the column says per what it is as well, and its cells are in canonical units already
    if info.unit != EURO:
        draft.fault("ZC511", block, name=info.lookup.name)
        draft.lost.add(info.lookup.name)
    lookup = info.lookup
    if share != 1:
        rows = tuple(
            ListRow(r.keys, r.first, r.last, None if r.value is None else r.value / share, r.line) for r in lookup.rows
        )
        data = lookup.data
        if data is not None:
            data = ListFromData(data.selection, Arithmetic(Operation.DIVIDE, data.value, Number(share)))
        lookup = Lookup(lookup.name, lookup.keys, rows, data, lookup.tariff, lookup.dated)
    return LookupInfo(lookup, info.unit.per(unit), info.percent, info.place, info.boundless)


def _inline(draft: Draft, block: Line, name: str, keys: tuple[str, ...], tariff: bool) -> LookupInfo | None:
    if len(block.rows) < 2:
        draft.fault("ZC503", block, name=name)
        return None
    header, body = block.rows[0], block.rows[1:]
    heads = [cell.text for cell in header.cells[: len(keys)]]
    if tuple(heads) != keys:
        draft.fault("ZC504", header.place, name=name, keys=" | ".join(keys) or "-", heads=" | ".join(heads) or "-")
    dates = [read_from(draft, cell) for cell in header.cells[len(keys) :]]
    days = [day for day in dates if day is not None]
    if not dates or len(days) < len(dates):
        if not dates:
            draft.fault("ZC507", header.place, name=name)
        return None
    if days != sorted(set(days)):
        draft.fault("ZC505", header.place, name=name)
    rows: list[ListRow] = []
    units: dict[tuple[Unit, bool], Row] = {}
    for row in body:
        rows += _row(draft, row, len(keys), days, units)
    if len(units) > 1:
        draft.fault("ZC506", list(units.values())[1].place, name=name)
    _check_keys(draft, name, body, rows)
    unit, percent = next(iter(units), (EURO if tariff else NUMBER, False))
    return LookupInfo(Lookup(name, keys, tuple(rows), None, tariff), unit, percent, block.place)


def _row(draft: Draft, row: Row, width: int, days: list[date], units: dict[tuple[Unit, bool], Row]) -> list[ListRow]:
    if len(row.cells) != width + len(days):
        draft.fault("ZC508", row.place, wanted=width + len(days), found=len(row.cells))
        return []
    keys = tuple(read_key_cell(draft, cell) for cell in row.cells[:width])
    made: list[ListRow] = []
    if width and all(cell.open for cell in row.cells[:width]):
        draft.hole("rows", row.place)
        return made
    for index, cell in enumerate(row.cells[width:]):
        last = days[index + 1] - timedelta(days=1) if index + 1 < len(days) else None
        if cell.text in ("-", "–"):
            made.append(ListRow(keys, days[index], last, None, row.place.line))
            continue
        if cell.open:
            draft.hole("amount", cell.place)
            if cell.text[0] == "€" or cell.text[-1] == "%":
                units.setdefault((EURO, False) if cell.text[0] == "€" else (NUMBER, True), row)
            made.append(ListRow(keys, days[index], last, None, row.place.line, open=True))
            continue
        value = read_value(draft, cell)
        if value is not None:
            units.setdefault((value[1], value[2]), row)
            made.append(ListRow(keys, days[index], last, value[0], row.place.line))
    return made


def _check_keys(draft: Draft, name: str, body: tuple[Row, ...], rows: list[ListRow]) -> None:
    """No key twice, no two ranges that hold one number."""
    seen: dict[tuple[object, ...], int] = {}
    for row in body:
        keys = tuple(cell.text for cell in row.cells[: len(rows[0].keys)]) if rows else ()
        if rows and keys and keys in seen:
            draft.fault("ZC509", row.place, name=name, key=" ".join(map(str, keys)), line=seen[keys])
        seen.setdefault(keys, row.place.line)
    if rows and not rows[0].keys and len(body) > 1:
        draft.fault("ZC512", body[1].place, name=name)
    ranges = sorted(
        {k for row in rows for k in row.keys if isinstance(k, Range)}, key=lambda r: (r.low is not None, r.low or 0)
    )
    if rows and len(rows[0].keys) == 1:
        for one, two in pairwise(ranges):
            if (
                one.high is None
                or (two.low is not None and one.holds(two.low) and two.holds(two.low))
                or two.low is None
            ):
                draft.fault("ZC513", body[0].place, name=name)


def _from_data(draft: Draft, block: Line, name: str, keys: tuple[str, ...], tariff: bool) -> LookupInfo | None:
    line = next((line for line in block.lines if line.rule == "rows"), None)
    if line is None or line.node is None:
        if all(inner.node for inner in block.lines):
            draft.fault("ZC514", block, name=name)
        return None
    if block.rows:
        draft.fault("ZC515", block.rows[0].place, name=name)
    selection = read_selection(Context(draft), line.node.node(0))
    if selection is None:
        return None
    context = rows_context(draft, selection)
    for key in keys:
        context.read_column(key, block.place)
    value = read_steps(context, block.lines)
    if value is None:
        draft.fault("ZC516", block, name=name)
        return None
    table = draft.tables[selection.table]
    dated = table.present is not None or bool(table.deciding)
    lookup = Lookup(name, keys, (), ListFromData(selection, value.expression), tariff, dated)
    return LookupInfo(lookup, value.unit, value.percent, block.place, _may_be_boundless(draft, selection, value))


def _may_be_boundless(draft: Draft, selection: Selection, value: Typed) -> bool:
    if not isinstance(value.expression, Cell):
        return False
    name = value.expression.column
    return any(c.name == name and c.empty is EmptyMeans.NO_LIMIT for c in draft.tables[selection.table].columns)
