"""People to providers by a ladder of rules: a table of its own, with the ranking of every candidate."""

from __future__ import annotations

from fractions import Fraction

from contractlang.analysis.context import Context
from contractlang.analysis.draft import DefineBlock, Draft
from contractlang.analysis.operands import read_selection
from contractlang.analysis.vocabulary import label_text
from contractlang.base.units import NUMBER
from contractlang.model.expression import Role, Selection
from contractlang.model.tables import Attribution, Column, Kind, Rung, Table
from contractlang.syntax.tree import Line, Node

LADDER = {"attribute", "rung", "rung_next", "ties", "ranked"}
LATEST = "_TO_THE_LATEST"


def read_attribution(draft: Draft, block: DefineBlock, lines: list[Line]) -> None:
    """A ladder as a table with the name of the define: one row for every person and candidate, with place, step and score."""
    by_rule = {line.rule: line.node for line in lines if line.node is not None}
    for label in ("attribute", "rung", "ties", "ranked"):
        if label not in by_rule:
            if all(line.node is not None for line in block.line.lines):
                draft.fault("ZC254", block.line, name=block.name, label=label_text(label, draft.source.language))
            return
    person, candidate = by_rule["attribute"].word(0).string, by_rule["attribute"].word(1).string
    latest = by_rule["ties"].node(0).word(0).terminal == LATEST
    read = [
        _rung(draft, line.node, person, candidate, latest)
        for line in lines
        if line.rule in ("rung", "rung_next") and line.node is not None
    ]
    rungs = tuple(rung for rung in read if rung is not None)
    if len(rungs) < len(read):
        return
    names = tuple(word.string for word in by_rule["ranked"].words())
    for word in by_rule["ranked"].words():
        draft.check_name(word)
    _add(draft, block, Attribution(person, candidate, rungs, latest, names))


def _rung(draft: Draft, node: Node, person: str, candidate: str, latest: bool) -> Rung | None:
    most = node.node(0)
    summed = most.rule == "most_of"
    rows = most.node(1 if summed else 0)
    selection = read_selection(Context(draft), rows)
    if selection is None:
        return None
    context = Context(draft, table=selection.table)
    before = len(draft.faults)
    for name in (person, candidate):
        context.read_column(name, rows)
    column = context.read_column(most.node(0).word(0).string, most.node(0)) if summed else None
    if len(draft.faults) > before:
        return None
    table = draft.tables[selection.table]
    if column is not None and table.column(column).kind is not Kind.NUMBER:
        draft.fault("ZC302", most.node(0), text=column, kind="number")
        return None
    if latest and not any(deciding.role is Role.PERIOD for deciding in table.deciding):
        draft.fault("ZC402", rows, table=table.name)
        return None
    least = node.node(1).word(0).number if node.has(1) else Fraction(0)
    factor = draft.factors[table.name, column] if column is not None else Fraction(1)
    return Rung(selection.table, selection.where, column, least / factor if factor else least)


def _add(draft: Draft, block: DefineBlock, made: Attribution) -> None:
    source = draft.tables[made.rungs[0].table]
    decimals = max(_decimals(draft, rung) for rung in made.rungs)
    place, step, score = made.names
    columns = (
        source.column(made.person),
        source.column(made.candidate),
        Column(place, (place,), Kind.NUMBER, "count"),
        Column(step, (step,), Kind.NUMBER, "count"),
        Column(score, (score,), Kind.NUMBER, "number", decimals),
    )
    party = made.candidate if source.party == made.candidate else None
    draft.tables[block.name] = Table(block.name, columns, party=party, attribution=made)
    for column in columns:
        draft.units[block.name, column.name] = NUMBER
        draft.factors[block.name, column.name] = Fraction(1)
        draft.used.add((block.name, column.name))
    block.selection = Selection(block.name)


def _decimals(draft: Draft, rung: Rung) -> int:
    return 0 if rung.column is None else draft.tables[rung.table].column(rung.column).decimals
