"""People over periods: member months, quarters of inclusion. A spread is a table of its own that articles can pay."""

from __future__ import annotations

from fractions import Fraction

from contractlang.analysis.context import Context
from contractlang.analysis.draft import DefineBlock, Draft
from contractlang.analysis.operands import read_selection
from contractlang.analysis.vocabulary import label_text
from contractlang.base.calendar import Every
from contractlang.base.units import NUMBER
from contractlang.model.expression import Cell, Role, Selection
from contractlang.model.tables import (
    DAY,
    NAME,
    PERIOD,
    PRESENT,
    WHOLE,
    Column,
    Counted,
    Deciding,
    Kind,
    Overlap,
    Spread,
    Table,
)
from contractlang.syntax.tree import Line

OVER = {"_OVER_MONTHS": Every.MONTH, "_OVER_QUARTERS": Every.QUARTER, "_OVER_YEARS": Every.YEAR}
COUNTED = {
    "_ON_FIRST_DAY": Counted.FIRST_DAY, "_ON_FIFTEENTH": Counted.FIFTEENTH, "_ON_ANY_DAY": Counted.ANY_DAY,
    "_BY_DAYS": Counted.BY_DAYS,
}  # fmt: skip
OVERLAPS = {
    "_IS_ERROR": Overlap.STOPS, "_STOPS": Overlap.STOPS, "_COUNTS_ONCE": Overlap.ONCE, "_REJECTS_BOTH": Overlap.REJECTS,
}  # fmt: skip


def read_spread(draft: Draft, block: DefineBlock, lines: list[Line]) -> None:
    """A spread as a table with the name of the define, which is then the selection of all its rows."""
    by_rule = {line.rule: line.node for line in lines if line.node is not None}
    for label in ("spread", "counted", "overlap"):
        if label not in by_rule:
            if all(line.node is not None for line in block.line.lines):
                draft.fault("ZC254", block.line, name=block.name, label=label_text(label, draft.source.language))
            return
    node = by_rule["spread"]
    selection = read_selection(Context(draft), node.node(0))
    if selection is None:
        return
    source = draft.tables[selection.table]
    if source.present is None:
        draft.fault("ZC422", node.node(0), table=source.name)
        return
    counted = COUNTED[by_rule["counted"].node(0).word(0).terminal]
    over = OVER[node.node(1).word(0).terminal]
    if counted is Counted.FIFTEENTH and over is not Every.MONTH:
        draft.fault("ZC423", by_rule["counted"])
    person = next((column.name for column in source.columns if column.word == "person"), None)
    overlap = OVERLAPS[by_rule["overlap"].node(0).word(0).terminal]
    if person is None:
        draft.fault("ZC424", node.node(0), table=source.name)
    _add(draft, block, source, Spread(source.name, selection.where, over, counted, overlap, person))


def _add(draft: Draft, block: DefineBlock, source: Table, spread: Spread) -> None:
    made = (
        Column(PERIOD, (), Kind.TEXT, "text"),
        Column(DAY, (), Kind.DATE, "date"),
        Column(PRESENT, (), Kind.NUMBER, "days"),
        Column(WHOLE, (), Kind.NUMBER, "days"),
        Column(NAME, (), Kind.TEXT, "text"),
    )
    day = tuple(Deciding(role, ((None, Cell(DAY)),)) for role in (Role.YEAR, Role.TARIFF, Role.PERIOD))
    table = Table(
        block.name, (*source.columns, *made), (), day, None, party=source.party, key=NAME, spread=spread
    )  # fmt: skip
    draft.tables[block.name] = table
    for column in source.columns:
        old, new = (source.name, column.name), (block.name, column.name)
        if old in draft.units:
            draft.units[new], draft.factors[new] = draft.units[old], draft.factors[old]
        if old in draft.choices:
            draft.choices[new] = draft.choices[old]
        if old in draft.boundless:
            draft.boundless.add(new)
    for column in made:
        draft.units[block.name, column.name] = NUMBER
        draft.factors[block.name, column.name] = Fraction(1)
        draft.used.add((block.name, column.name))
    used = [spread.person, *(source.present or ())]
    draft.used |= {(source.name, name) for name in used if name is not None}
    block.selection = Selection(block.name)
