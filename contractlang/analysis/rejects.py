"""Reject blocks: which rows do not count, each test with its reason, in order."""

from __future__ import annotations

from msgspec.structs import replace

from contractlang.analysis.conditions import read_condition
from contractlang.analysis.context import Context
from contractlang.analysis.draft import Draft
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
