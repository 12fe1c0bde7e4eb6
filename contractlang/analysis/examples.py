"""Worked examples: given rows, expected outcomes. They are run by `contractlang test`."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from msgspec.structs import replace

from contractlang.analysis.cells import read_value
from contractlang.analysis.context import Context
from contractlang.analysis.draft import DefineBlock, Draft, Typed
from contractlang.analysis.terms import quantity
from contractlang.analysis.unit_rules import unit_text
from contractlang.base.units import EURO, NUMBER
from contractlang.model.contract import RESERVE, Define, Example, Expectation, GivenFigure, GivenTable
from contractlang.model.expression import Number
from contractlang.model.tables import Column, Kind
from contractlang.syntax.numbers import NotANumber, read_date, read_number
from contractlang.syntax.tree import Cell, Line, Node, Row, Word
from contractlang.syntax.words import cell_words


def read_examples(draft: Draft, blocks: list[Line]) -> tuple[Example, ...]:
    """All example blocks."""
    return tuple(_example(draft, block) for block in blocks)


def _example(draft: Draft, block: Line) -> Example:
    assert block.node is not None
    given: list[GivenTable] = []
    expected: list[Expectation] = []
    figures: list[GivenFigure] = []
    as_of: date | None = None
    for line in block.lines:
        node = line.node
        if node is None:
            continue
        match node.rule:
            case "given":
                if node.word(0).string in draft.defines and node.word(0).string not in draft.tables:
                    figure = _given_figure(draft, line, node.word(0))
                    figures += [figure] if figure else []
                    continue
                table = _given(draft, line, node.word(0))
                given += [table] if table else []
            case "as_of":
                as_of = node.word(0).day
            case "expect_rejected":
                expected.append(Expectation("rejected", node.word(0).string, node.word(1).string, place=line.place))
            case "expect":
                found = _expected(draft, node)
                expected += [replace(found, place=line.place)] if found else []
    if not any(line.rule.startswith("expect") for line in block.lines) and all(line.node for line in block.lines):
        draft.fault("ZC601", block)
    return Example(block.node.word(0).string, tuple(given), tuple(expected), as_of, tuple(figures), block.place)


def _given(draft: Draft, line: Line, name: Word) -> GivenTable | None:
    if name.string not in draft.tables:
        draft.unknown("ZC602", name, draft.tables)
        return None
    if not line.rows:
        draft.fault("ZC603", line, name=name.string)
        return None
    header, body = line.rows[0], line.rows[1:]
    table = draft.tables[name.string]
    columns = {column.name: column for column in table.columns}
    heads = [cell.text.strip("`") for cell in header.cells]
    for cell, head in zip(header.cells, heads, strict=True):
        if head not in columns:
            draft.unknown("ZC230", Word("NAME", head, head, cell.place), columns, table=name.string)
    if len(set(heads)) < len(heads):
        draft.fault("ZC604", header.place)
    rows = [_cells(draft, row, [columns.get(head) for head in heads]) for row in body]
    return GivenTable(name.string, tuple(heads), tuple(row for row in rows if row is not None))


def _given_figure(draft: Draft, line: Line, name: Word) -> GivenFigure | None:
    """`given forecast` with a column for each key and one for the value, which stands last."""
    block = draft.resolved(name.string)
    if block is None or block.group is None or block.group.value is None:
        draft.unknown("ZC602", name, [*draft.tables, *(n for n, b in draft.defines.items() if b.group is not None)])
        return None
    if not line.rows:
        draft.fault("ZC603", line, name=name.string)
        return None
    header, body = [cell.text.strip("`") for cell in line.rows[0].cells], line.rows[1:]
    known = {key.name: key for key in block.group.keys}
    for cell, head in zip(line.rows[0].cells[:-1], header[:-1], strict=True):
        if head not in known:
            draft.unknown("ZC230", Word("NAME", head, head, cell.place), known, table=name.string)
            return None
    rows = []
    for row in body:
        if len(row.cells) != len(header):
            draft.fault("ZC508", row.place, wanted=len(header), found=len(row.cells))
            return None
        value = read_value(draft, row.cells[-1])
        if value is None:
            return None
        rows.append((tuple(cell.text.strip('"') for cell in row.cells[:-1]), value[0]))
    return GivenFigure(name.string, tuple(header[:-1]), tuple(rows))


def _cells(draft: Draft, row: Row, columns: list[Column | None]) -> tuple[str, ...] | None:
    if len(row.cells) != len(columns):
        draft.fault("ZC508", row.place, wanted=len(columns), found=len(row.cells))
        return None
    return tuple(_canonical(draft, cell, column) for cell, column in zip(row.cells, columns, strict=True))


def _canonical(draft: Draft, cell: Cell, column: Column | None) -> str:
    """The cell as data would hold it: decimal point, ISO date, `yes`; codes without their quotes."""
    text = cell.text
    if column is None or not text:
        return text
    if column.kind is Kind.TRUTH:
        words = cell_words(draft.source.language)
        if text not in (*words["yes"], *words["no"]):
            draft.fault("ZC609", cell.place, text=text, column=column.name, kind=column.kind.value)
        return "yes" if text in words["yes"] else "no" if text in words["no"] else text
    if column.kind is Kind.DATE:
        _day(draft, cell, column)
    if column.kind is Kind.NUMBER:
        return _number(draft, cell, column)
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1]
    return text


def _day(draft: Draft, cell: Cell, column: Column) -> None:
    try:
        read_date(cell.text)
    except NotANumber:
        draft.fault("ZC609", cell.place, text=cell.text, column=column.name, kind=column.kind.value)


def _number(draft: Draft, cell: Cell, column: Column) -> str:
    text = cell.text
    share = text.endswith("%")
    bare = text.removeprefix("€").removesuffix("%").replace(" ", "").replace("\u00a0", "")
    try:
        value = read_number(bare, draft.source.language)
    except NotANumber as fault:
        draft.fault(fault.code, cell.place, **fault.arguments)
        return text
    if share and not column.percent:
        value /= 100
    return plain(value)


def plain(value: Fraction) -> str:
    """A terminating decimal with a point and no groups; the fraction itself when it does not terminate."""
    places = 0
    while value * 10**places != int(value * 10**places) and places < 30:
        places += 1
    scaled = abs(int(value * 10**places))
    whole, rest = divmod(scaled, 10**places)
    text = f"{whole}.{str(rest).rjust(places, '0')}" if places else str(whole)
    return ("-" if value < 0 else "") + text


def _expected(draft: Draft, node: Node) -> Expectation | None:
    what = node.node(0)
    if node.node(3).rule == "hole":
        draft.hole("outcome", node.node(3).place)
        return None
    period = _period(node.word(1)) if node.has(1) else None
    key_word = node.word(2) if node.has(2) else None
    key = None if key_word is None else key_word.string if key_word.terminal in ("NAME", "STRING") else key_word.text
    if key_word is not None and key_word.terminal == "_RESERVE_T":
        key = RESERVE
    outcome = next(node.node(3).words())
    value, percent = outcome.number, outcome.terminal == "PERCENT"
    if node.node(3).rule == "quantity":
        counted = quantity(node.node(3)).expression
        value = counted.value if isinstance(counted, Number) else value
    match what.rule:
        case "expect_article":
            base = what.node(0)
            numbers = [part.word(0).text for part in base.nodes() if part.rule == "number"]
            order = next((part for part in base.nodes() if part.rule in ("before", "after")), None)
            if numbers[0] not in draft.articles:
                draft.unknown("ZC311", Word("NAME", numbers[0], numbers[0], what.place), draft.articles)
                return None
            after = (order.rule, order.word(0).text) if order else ()
            _money(draft, outcome)
            return Expectation("article", numbers[0], value, period, key, after)
        case "expect_name":
            _same_unit(draft, what.word(0), node.node(3), node.has(1) or node.has(2))
            return _named(draft, what.word(0), value, period, key, percent)
        case "expect_total":
            _money(draft, outcome)
            return Expectation("total", "", value, period, key)
        case "expect_submitted" | "expect_rejected_amount":  # over all rows of the statement, as claimed
            _money(draft, outcome)
            if node.has(1) or node.has(2):
                draft.fault("ZC607", node)
            return Expectation(what.rule.removeprefix("expect_").replace("submitted", "submitted_amount"), "", value)
    return Expectation("due", "", value, period, key)


def _period(word: Word) -> str:
    """The name of a period: a year is written as a number."""
    return str(word.number) if word.terminal == "NUMBER" else word.string


def _named(
    draft: Draft, word: Word, value: Fraction, period: str | None, key: str | None, percent: bool
) -> Expectation | None:
    block = draft.resolved(word.string)
    if block is not None and block.group is not None and block.group.value is not None:
        return Expectation("define", word.string, value, period, key, (), percent)
    if word.string in draft.constants:
        return Expectation("constant", word.string, value, period, key, (), percent)
    if block is not None:
        if not block.faulty:
            draft.fault("ZC610", word, name=word.string)
        return None
    if word.string in draft.reported:
        return Expectation("report", word.string, value, period, key, (), percent)
    draft.unknown("ZC605", word, [*draft.defines, *draft.reported])
    return None


def _same_unit(draft: Draft, word: Word, outcome: Node, of_a_group: bool) -> None:
    """What is expected of a define must be written in its unit: hours for hours, an amount for an amount."""
    block = draft.resolved(word.string)
    if block is None or block.faulty:
        return
    own, own_percent = block.unit, block.percent
    if block.group is None:
        constant = _constant(draft, block)
        if constant is None:
            return
        own, own_percent = constant.unit, constant.percent
        if of_a_group:
            draft.fault("ZC607", word)
    elif block.group.value is None:
        return
    percent, unit = outcome.rule == "percent", NUMBER
    if outcome.rule == "money":
        unit = EURO
    elif outcome.rule == "quantity":
        unit = quantity(outcome).unit
    if unit != own or (percent and not own_percent):
        wanted, written = (unit_text(one, draft.source.language) for one in (own, unit))
        draft.fault("ZC608", outcome, name=word.string, wanted=wanted, written="%" if percent else written)


def _constant(draft: Draft, block: DefineBlock) -> Typed | None:
    """A define that needs no row and no key: steps on written figures, or on a list without keys. Noted as one."""
    found = block.row
    if block.open:
        before = len(draft.faults)
        found = draft.reread(block, Context(draft, keys=()))
        if len(draft.faults) > before:  # a list by key: known only where it is used
            del draft.faults[before:]
            return None
    if found is None or found.table is not None or found.kind != "number":
        return None
    draft.constants[block.name] = Define(block.name, (), found.expression, None, found.percent)
    return found


def _money(draft: Draft, word: Word) -> None:
    if word.terminal != "MONEY":
        draft.fault("ZC606", word, unit=EURO.of[0][0])
