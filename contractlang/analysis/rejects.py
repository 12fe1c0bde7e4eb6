"""Reject blocks: which rows do not count, each test with its reason, in order."""

from __future__ import annotations

from msgspec.structs import replace

from contractlang.analysis.conditions import read_condition
from contractlang.analysis.context import Context
from contractlang.analysis.draft import Draft
from contractlang.model.dependence import judged_by, looks_into, reached
from contractlang.model.expression import Unpaired
from contractlang.model.tables import RejectRule
from contractlang.syntax.tree import Line


def read_rejects(draft: Draft, blocks: list[Line]) -> None:
    """All reject blocks; the order of the lines is the order of the tests."""
    for block in blocks:
        assert block.node is not None
        name = block.node.word(0)
        table = draft.tables.get(name.string)
        if table is None:
            draft.unknown("ZC242", name, draft.tables)
            continue
        if table.rejects:
            draft.fault("ZC248", block, name=name.string)
        context = Context(draft, table=name.string, rejecting=True)
        rules: list[RejectRule] = []
        for line in block.lines:
            if line.node is None:
                continue
            condition = read_condition(context, line.node.node(1))
            if isinstance(condition, Unpaired) and line is not block.lines[-1]:
                draft.fault("ZC249", line)
            rules.append(RejectRule(line.node.word(0).string, condition))
        draft.tables[name.string] = replace(table, rejects=tuple(rules))
    _refuse_circles(draft, blocks)


def _refuse_circles(draft: Draft, blocks: list[Line]) -> None:
    """Which rows of a table count may not depend on which rows of that table count, nor on tables that wait for it."""
    lookups = {name: info.lookup for name, info in draft.lookups.items()}
    edges = {name: judged_by(table, lookups) for name, table in draft.tables.items()}
    for block in blocks:
        assert block.node is not None
        table = draft.tables.get(block.node.word(0).string)
        if table is None:
            continue
        lines = [line for line in block.lines if line.node is not None]
        for line, rule in zip(lines, table.rejects, strict=False):  # of a second block for the table a fault was noted
            through = [one for one in looks_into(rule.when, lookups) if table.name in reached((one,), edges)]
            if through:
                draft.fault("ZC429", line, table=table.name, through=", ".join(sorted(through)))
