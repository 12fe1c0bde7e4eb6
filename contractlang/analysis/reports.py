"""Reports: figures without payment, per group."""

from __future__ import annotations

from contractlang.analysis.context import Context
from contractlang.analysis.divide import read_distribute
from contractlang.analysis.draft import Draft
from contractlang.analysis.keys import loose_keys
from contractlang.analysis.operands import operand
from contractlang.base.units import EURO
from contractlang.model.heads import Report, Show
from contractlang.syntax.tree import Line, Node


def read_reports(draft: Draft, blocks: list[Line]) -> tuple[Report, ...]:
    """All report blocks that this version can show; others are read, and said to be for later."""
    found: list[Report] = []
    for block in blocks:
        node = block.node
        assert node is not None
        word = next(iter(node.node(0).words()))
        if not draft.declare(word):
            continue
        report = _report(draft, block, word.string, node.word(1).string)
        if report is not None:
            found.append(report)
    return tuple(found)


def _report(draft: Draft, block: Line, name: str, title: str) -> Report | None:
    rules = {line.rule for line in block.lines}
    if not rules & {"as_of_statement", "as_of"} and all(line.node for line in block.lines):
        draft.fault("ZC470", block)
    keys = loose_keys(draft, [line.node for line in block.lines if line.rule == "per" and line.node is not None])
    shows: list[Show] = []
    for line in block.lines:
        if line.rule != "show" or line.node is None:
            continue
        context = Context(draft, keys=keys)
        value = operand(context, line.node.node(0))
        if value.table is not None and not value.group:
            said = next(iter(line.node.node(0).words()), None)
            draft.fault("ZC314", line.node, name="" if said is None else said.string)
        elif value.kind != "missing":
            unit = "€" if value.unit == EURO else "%" if value.percent else ""
            shows.append(Show(_title(draft, line.node), value.expression, value.percent, unit))
    shares = next(
        (read_distribute(draft, "", line, name, keys) for line in block.lines if line.rule == "distribute"), None
    )
    proposed = next((line.node for line in block.lines if line.rule == "proposes" and line.node is not None), None)
    proposes = None
    if proposed is not None:
        word = proposed.node(0).word(0)
        proposes = (word.string, proposed.word(1).day)
        if word.string not in draft.lookups and word.string not in draft.defines:
            draft.unknown("ZC232", word, [*draft.lookups, *draft.defines])
    if not rules & {"show", "distribute"} and all(line.node for line in block.lines):
        draft.fault("ZC471", block)
    day = next((line.node.word(0).day for line in block.lines if line.rule == "as_of" and line.node is not None), None)
    return Report(name, title, keys, None, tuple(shows), day, shares, proposes)


def _title(draft: Draft, node: Node) -> str:
    """What the figure is called: the text behind `as`, else its own words in the contract."""
    if node.has(1):
        return node.word(1).string
    place = node.node(0).place
    line = draft.source.excerpt(place)
    words = line.strip().split(None, 1)
    return words[1] if len(words) > 1 else line.strip()
