"""What is due in cash: advances that are deducted, and a floor under what is due."""

from __future__ import annotations

from msgspec.structs import replace

from contractlang.analysis.conditions import read_guard
from contractlang.analysis.context import Context
from contractlang.analysis.draft import Draft, Typed
from contractlang.analysis.keys import key_for, loose_keys
from contractlang.analysis.labels import Labels, read_labels
from contractlang.analysis.operands import operand
from contractlang.analysis.payments import read_rows_paid
from contractlang.analysis.unit_rules import unit_text
from contractlang.base.units import EURO
from contractlang.model.expression import Condition, Expression, Key, Measure, Measuring, Selection
from contractlang.model.heads import Deduct, GuaranteeDue, LeftOver, Pay, Recovery, WhenOwed
from contractlang.syntax.tree import Line, Node

LEFT_OVERS = {"_STAYS_WITH_PAYER": LeftOver.STAYS, "_TO_NEXT_MONTH": LeftOver.NEXT_MONTH}


def read_deduct(draft: Draft, article: str, line: Line, head_id: str) -> Deduct | Pay | None:
    """A deduct head: cash paid before, taken off what is due; claims paid as they came in are rows at a price."""
    node = line.node
    assert node is not None
    labels = read_labels(draft, line, "deduct")
    labels.require("per", "when_owed")
    keys = loose_keys(draft, [found.node for found in labels.lines("per") if found.node is not None])
    payable, owed = node.node(0), _recovery(labels)
    if payable.rule in ("pay_priced", "pay_rows"):
        paid = read_rows_paid(draft, article, line, head_id)
        return None if paid is None else replace(paid, owed=owed)
    if payable.rule == "pay_tiers":
        draft.fault("ZC468", payable)
        return None
    amount, when = _figure(draft, payable.node(0), node.node(1) if node.has(1) else None, keys)
    if amount is None:
        return None
    return Deduct(head_id, article, amount, keys, owed, when, line.place)


def _recovery(labels: Labels) -> Recovery:
    """What the labels say of a debt of the provider."""
    owed = WhenOwed.SET_OFF if labels.answer("when_owed") == "_SET_OFF_NEXT" else WhenOwed.REPAID
    share = labels.node("set_off")
    if owed is WhenOwed.SET_OFF:
        labels.require("set_off")
    elif share is not None:
        labels.refuse("set_off", code="ZC445")
    part = None if share is None else share.node(0).word(0).number
    left = LEFT_OVERS.get(labels.answer("left_over"))
    return Recovery(owed, part, left, "interest_none" in labels.found)


def read_guarantee_due(draft: Draft, article: str, line: Line, head_id: str) -> GuaranteeDue | None:
    """`guarantee due at least`: a floor under what is due after deductions."""
    node = line.node
    assert node is not None
    labels = read_labels(draft, line, "guarantee")
    labels.require("per")
    labels.refuse("part_year", "rounded")
    keys = loose_keys(draft, [found.node for found in labels.lines("per") if found.node is not None])
    amount, when = _figure(draft, node.node(0), node.node(1) if node.has(1) else None, keys)
    return None if amount is None else GuaranteeDue(head_id, article, amount, keys, when, line.place)


def _figure(
    draft: Draft, node: Node, guard: Node | None, keys: tuple[Key, ...]
) -> tuple[Expression | None, Condition | None]:
    context = Context(draft, keys=keys)
    value = _summed(draft, node, keys) or operand(context, node)
    when = None if guard is None else read_guard(context, guard)
    if value.kind == "missing":
        return None, None
    if value.unit != EURO:
        draft.fault("ZC406", node, unit=unit_text(value.unit, draft.source.language))
        return None, None
    return value.expression, when


def _summed(draft: Draft, node: Node, keys: tuple[Key, ...]) -> Typed | None:
    """`deduct amount of advances` takes the sum of that column over the rows; so does a define with a value per row."""
    block = draft.resolved(node.word(0).string) if node.rule == "named" else None
    if node.rule != "named_of" and (block is None or block.row is None or block.row.table is None):
        return None
    value = operand(Context(draft), node)
    if value.kind == "missing" or value.table is None:
        return value
    rows = value.selection or Selection(value.table)
    own = tuple(found for key in keys if (found := key_for(draft, key, value.table)) is not None)
    measure = Measure(Measuring.SUM, rows, value.expression, (), own)
    return Typed(measure, unit=value.unit, group=True, place=node.place)
