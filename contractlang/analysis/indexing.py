"""Index blocks: agreed tariffs and amounts move with a weighted index, arithmetic and rounding written down."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from msgspec.structs import replace

from contractlang.analysis.cells import read_value
from contractlang.analysis.draft import DefineBlock, Draft, constant
from contractlang.analysis.header import read_rounding
from contractlang.base.exact import Mode, Rounding, round_to
from contractlang.model.contract import Define
from contractlang.model.expression import Number
from contractlang.model.lists import Index, IndexKind, ListRow, Lookup, Series
from contractlang.syntax.numbers import write_number
from contractlang.syntax.tree import Line, Node

_SHOWN = Rounding(Mode.HALF_AWAY, Fraction(1, 10**9))  # a sum of weights in a message


def declare_indexes(draft: Draft, blocks: list[Line]) -> None:
    """Work out the percentage of every index; its name stands for that percentage wherever one can stand."""
    for block in blocks:
        assert block.node is not None
        word = next(iter(block.node.node(0).words()))
        if not draft.declare(word):
            continue
        compounded = block.node.node(1).word(0).terminal == "_COMPOUNDED"
        series = _series(draft, block)
        rate = _rate(draft, block, series, compounded)
        rounding = next((line.node for line in block.lines if line.rule == "index_rounded"), None)
        if rate is None:
            continue
        written = None if rounding is None else read_rounding(draft, rounding.node(0))
        if written is not None:
            rate = round_to(rate, written)
        headings = tuple(cell.text for cell in block.rows[0].cells)
        left = any(cell.open for row in block.rows[1:] for cell in row.cells[1:])
        kind = IndexKind.COMPOUNDED if compounded else IndexKind.ADDITIVE
        draft.indexes[word.string] = Index(
            word.string, kind, headings, () if left else series, rate, written, open=left
        )
        value = constant(rate, percent=True, place=block.place)
        figure = Define(word.string, (), value.expression, None, True)
        known = DefineBlock(block, word.string, "_INDEX", "done", row=value, group=figure, percent=True)
        draft.defines[word.string] = known


def apply_indexes(draft: Draft, blocks: list[Line]) -> None:
    """Add to every list that an index applies to a version with the indexed values, in the order written."""
    agreed: dict[str, Lookup] = {}
    for block in blocks:
        node = block.node
        assert node is not None
        word = next(iter(node.node(0).words()))
        known = draft.defines.get(word.string)
        found = {
            line.rule.replace("index_not_rounded", "index_rounded"): line.node for line in block.lines if line.node
        }
        if known is None or known.line is not block:
            continue
        required = {"index_rounded": "ZC530"}
        if {"applies_to", "outcome_rounded", "index_base"} & set(found):  # an index may also serve as a figure alone
            required |= {"outcome_rounded": "ZC531", "applies_to": "ZC532", "index_base": "ZC533"}
        for label, code in required.items():
            if label not in found and all(line.node for line in block.lines):
                draft.fault(code, block)
        applies, outcome, base = found.get("applies_to"), found.get("outcome_rounded"), found.get("index_base")
        rate = known.row.expression if known.row else None
        if not isinstance(rate, Number) or applies is None or outcome is None or base is None:
            continue
        last = base.node(0).word(0).terminal == "_LAST_INDEXED"
        rounded = read_rounding(draft, outcome.node(0))
        known_as = replace(
            draft.indexes[word.string], applies_to=tuple(one.string for one in applies.node(0).words()),
            first=applies.word(1).day, outcome=rounded, last_indexed=last,
        )  # fmt: skip
        draft.indexes[word.string] = known_as
        _apply(draft, applies, rate.value, rounded, last, agreed)


def _series(draft: Draft, block: Line) -> tuple[Series, ...]:
    """The rows of an index; empty, with a fault, when there are none or one cannot be read."""
    if len(block.rows) < 2:
        if not any(line.rows for line in block.lines):  # rows below a line are refused where they stand
            draft.fault("ZC534", block)
        return ()
    left = [cell for row in block.rows[1:] for cell in row.cells[1:] if cell.open]
    for cell in left:
        draft.hole("percentage", cell.place)
    if left:  # stands in until it is filled: a contract with holes is not settled
        return (Series("", Fraction(1), (Fraction(0),)),)
    found: list[Series] = []
    for row in block.rows[1:]:
        values = [read_value(draft, cell) for cell in row.cells[1:]]
        if len(values) < 2 or any(value is None or not value[2] for value in values):
            draft.fault("ZC535", row.place)
            return ()
        weight, *parts = [value[0] for value in values if value is not None]
        found.append(Series(row.cells[0].text, weight, tuple(parts)))
    return tuple(found)


def _rate(draft: Draft, block: Line, series: tuple[Series, ...], compounded: bool) -> Fraction | None:
    """The index as a share: weight x (forecast + catch-up), or weight x ((1 + forecast) x (1 + catch-up) - 1)."""
    if not series:
        return None
    weights, total = Fraction(0), Fraction(0)
    for one in series:
        moved = Fraction(1)
        for part in one.parts:
            moved = moved * (1 + part) if compounded else moved + part
        weights += one.weight
        total += one.weight * (moved - 1)
    if weights != 1:
        draft.fault("ZC536", block, sum=write_number(round_to(weights * 100, _SHOWN), draft.source.language))
        return None
    return total


def _apply(
    draft: Draft, node: Node, rate: Fraction, rounding: Rounding | None, last: bool, agreed: dict[str, Lookup]
) -> None:
    day = node.word(1).day
    for word in node.node(0).words():
        info = draft.lookups.get(word.string)
        if info is None:
            draft.unknown("ZC537", word, draft.lookups)
            continue
        if info.lookup.data is not None:
            draft.fault("ZC538", word, name=word.string)
            continue
        draft.mentioned.add(word.string)
        original = agreed.setdefault(word.string, info.lookup)
        source = info.lookup if last else original
        rows = _indexed(source.rows, info.lookup.rows, rate, rounding, day)
        draft.lookups[word.string] = replace(info, lookup=replace(info.lookup, rows=rows))


def _indexed(
    source: tuple[ListRow, ...], standing: tuple[ListRow, ...], rate: Fraction, rounding: Rounding | None, day: date
) -> tuple[ListRow, ...]:
    """The standing rows until the day before, and from the day the rows of the source that then hold, indexed."""
    before = day - timedelta(days=1)
    made: list[ListRow] = []
    for row in standing:
        if row.first is not None and row.first >= day:
            continue
        made.append(replace(row, last=before if row.last is None or row.last > before else row.last))
    for row in source:
        if (row.first is None or row.first <= before) and (row.last is None or row.last >= before):
            value = None if row.value is None else row.value * (1 + rate)
            value = round_to(value, rounding) if value is not None and rounding else value
            made.append(replace(row, first=day, last=None, value=value))
    return tuple(made)
