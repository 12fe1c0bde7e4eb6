"""Index blocks: agreed tariffs and amounts move with a weighted index, arithmetic and rounding written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from contractlang.analysis.cells import read_value
from contractlang.analysis.draft import Draft
from contractlang.analysis.header import read_rounding
from contractlang.base.exact import Rounding, round_to
from contractlang.model.lists import ListRow, Lookup
from contractlang.syntax.tree import Line, Node


def apply_indexes(draft: Draft, blocks: list[Line]) -> None:
    """Add to every list that an index applies to a version with the indexed values, in the order written."""
    agreed: dict[str, Lookup] = {}
    for block in blocks:
        node = block.node
        assert node is not None
        word = next(iter(node.node(0).words()))
        if not draft.declare(word):
            continue
        found = {
            line.rule.replace("index_not_rounded", "index_rounded"): line.node for line in block.lines if line.node
        }
        for label, code in (
            ("index_rounded", "ZC530"),
            ("outcome_rounded", "ZC531"),
            ("applies_to", "ZC532"),
            ("index_base", "ZC533"),
        ):
            if label not in found and all(line.node for line in block.lines):
                draft.fault(code, block)
        rate = _rate(draft, block, node.node(1).word(0).terminal == "_COMPOUNDED")
        applies, outcome, base = found.get("applies_to"), found.get("outcome_rounded"), found.get("index_base")
        if rate is None or applies is None or outcome is None or base is None:
            continue
        index_rounding = found.get("index_rounded")
        if index_rounding is not None and index_rounding.rule == "index_rounded":
            rounding = read_rounding(draft, index_rounding.node(0))
            rate = round_to(rate, rounding) if rounding else rate
        last = base.node(0).word(0).terminal == "_LAST_INDEXED"
        _apply(draft, applies, rate, read_rounding(draft, outcome.node(0)), last, agreed)


def _rate(draft: Draft, block: Line, compounded: bool) -> Fraction | None:
    """The index as a share: weight x (forecast + catch-up), or weight x ((1 + forecast) x (1 + catch-up) - 1)."""
    if len(block.rows) < 2:
        draft.fault("ZC534", block)
        return None
    weights, total = Fraction(0), Fraction(0)
    for row in block.rows[1:]:
        values = [read_value(draft, cell) for cell in row.cells[1:]]
        if len(values) < 2 or any(value is None or not value[2] for value in values):
            draft.fault("ZC535", row.place)
            return None
        weight, *parts = [value[0] for value in values if value is not None]
        moved = Fraction(1)
        for part in parts:
            moved = moved * (1 + part) if compounded else moved + part
        weights += weight
        total += weight * (moved - 1)
    if weights != 1:
        draft.fault("ZC536", block, sum=str(weights * 100))
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
