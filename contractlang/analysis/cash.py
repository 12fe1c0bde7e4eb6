"""What is due in cash: advances that are deducted, and a floor under what is due."""

from __future__ import annotations

from contractlang.analysis.conditions import read_guard
from contractlang.analysis.context import Context
from contractlang.analysis.draft import Draft, Typed
from contractlang.analysis.keys import key_for, loose_keys
from contractlang.analysis.labels import read_labels
from contractlang.analysis.operands import operand
from contractlang.analysis.unit_rules import unit_text
from contractlang.base.units import EURO
from contractlang.model.expression import Condition, Expression, Key, Measure, Measuring
from contractlang.model.heads import Deduct, GuaranteeDue, WhenOwed
from contractlang.syntax.tree import Line, Node


def read_deduct(draft: Draft, article: str, line: Line, head_id: str) -> Deduct | None:
    """A deduct head: cash paid before, taken off what is due."""
    node = line.node
    assert node is not None
    labels = read_labels(draft, line, "deduct")
    labels.require("per", "when_owed")
    keys = loose_keys(draft, [found.node for found in labels.lines("per") if found.node is not None])
    amount, when = _figure(draft, node, keys)
    if amount is None:
        return None
    owed = WhenOwed.SET_OFF if labels.answer("when_owed") == "_SET_OFF_NEXT" else WhenOwed.REPAID
    share = labels.node("set_off")
    if owed is WhenOwed.SET_OFF:
        labels.require("set_off")
    elif share is not None:
        labels.refuse("set_off", code="ZC445")
    part = None if share is None else share.node(0).word(0).number
    return Deduct(head_id, article, amount, keys, owed, part, when, line.place)


def read_guarantee_due(draft: Draft, article: str, line: Line, head_id: str) -> GuaranteeDue | None:
    """`guarantee due at least`: a floor under what is due after deductions."""
    node = line.node
    assert node is not None
    labels = read_labels(draft, line, "guarantee")
    labels.require("per")
    labels.refuse("part_year", "rounded")
    keys = loose_keys(draft, [found.node for found in labels.lines("per") if found.node is not None])
    amount, when = _figure(draft, node, keys)
    return None if amount is None else GuaranteeDue(head_id, article, amount, keys, when, line.place)


def _figure(draft: Draft, node: Node, keys: tuple[Key, ...]) -> tuple[Expression | None, Condition | None]:
    context = Context(draft, keys=keys)
    parts = list(node.nodes())
    value = _summed(draft, parts[0], keys) or operand(context, parts[0])
    when = read_guard(context, parts[1]) if len(parts) > 1 else None
    if value.kind == "missing":
        return None, None
    if value.unit != EURO:
        draft.fault("ZC406", parts[0], unit=unit_text(value.unit, draft.source.language))
        return None, None
    return value.expression, when


def _summed(draft: Draft, node: Node, keys: tuple[Key, ...]) -> Typed | None:
    """`deduct amount of advances` takes the sum of that column over the rows."""
    if node.rule != "named_of":
        return None
    value = operand(Context(draft), node)
    if value.kind == "missing" or value.table is None or value.selection is None:
        return value
    own = tuple(found for key in keys if (found := key_for(draft, key, value.table)) is not None)
    measure = Measure(Measuring.SUM, value.selection, value.expression, (), own)
    return Typed(measure, unit=value.unit, group=True, place=node.place)
