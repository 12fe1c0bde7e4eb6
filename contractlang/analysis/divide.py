"""Distribute: an amount in steps over names, a reserve, and claimants with a key."""

from __future__ import annotations

from contractlang.analysis.context import MISSING, Context
from contractlang.analysis.draft import Draft, Typed
from contractlang.analysis.header import read_rounding
from contractlang.analysis.keys import key_for, loose_keys
from contractlang.analysis.labels import Labels, read_labels
from contractlang.analysis.operands import multiply, operand, rows_context
from contractlang.analysis.payments import read_price
from contractlang.analysis.terms import named
from contractlang.analysis.unit_rules import unit_text
from contractlang.base.units import EURO
from contractlang.model.expression import Cell, Expression, Key, Measure, Measuring, Number, Selection
from contractlang.model.heads import RETURNS, Claims, Distribute, LeftOver, ShareOf, ShareStep
from contractlang.model.tables import Kind
from contractlang.syntax.tree import Line, Node, Word


def read_distribute(
    draft: Draft, article: str, line: Line, head_id: str, around: tuple[Key, ...] | None = None
) -> Distribute | None:
    """A distribute head with its steps in the order written; `around` are the keys of the report that it stands in."""
    node = line.node
    assert node is not None
    labels = read_labels(draft, line, "distribute")
    keys = loose_keys(draft, [found.node for found in labels.lines("per") if found.node is not None])
    if around is None:
        labels.require("per")
    keys = keys or around or ()
    context = Context(draft, keys=keys)
    amount = operand(context, node.node(0))
    labels.require("rounded", "cents")
    if "share" in labels.found:
        labels.require("short")
    if "rest" in labels.found:
        labels.require("no_key")
    steps = [_step(labels, keys, found.node) for found in labels.lines("share", "rest") if found.node is not None]
    if not steps:
        labels.require("share")
    reserve = labels.node("reserve")
    if reserve is not None and reserve.rule == "reserve_to":
        number = reserve.node(0).word(0)
        if number.text not in draft.articles:
            draft.unknown("ZC311", Word("NAME", number.text, number.text, number.place), draft.articles)
    elif any(step is not None and step.reserve for step in steps):
        labels.require("reserve")
    rounded = labels.node("rounded")
    rounding = read_rounding(draft, rounded.node(0), ("grain_amount",)) if rounded is not None else draft.rounding
    if amount.kind == "missing" or rounding is None or not all(steps):
        return None
    if amount.unit != EURO:
        draft.fault("ZC406", node, unit=unit_text(amount.unit, draft.source.language))
        return None
    if labels.answer("left_over") == "_TO_NEXT_MONTH":  # an answer for a debt that is set off
        labels.refuse("left_over")
    left = LeftOver.STAYS if labels.answer("left_over") == "_STAYS_WITH_PAYER" else LeftOver.ERROR
    listed = tuple(step for step in steps if step is not None)
    kept = "" if reserve is None else reserve.node(0).word(0).text if reserve.rule == "reserve_to" else RETURNS
    return Distribute(head_id, article, amount.expression, keys, listed, rounding, left, kept, place=line.place)


def _step(labels: Labels, keys: tuple[Key, ...], node: Node) -> ShareStep | None:
    if node.rule == "rest":
        return _rest(labels, keys, node)
    share, target = node.node(1), node.node(2).word(0)
    reserve, claimed = target.terminal == "_RESERVE_T", _claimed(labels.draft, target)
    if share.rule in ("share_of_whole", "share_of_left"):
        of = ShareOf.WHOLE if share.rule == "share_of_whole" else ShareOf.LEFT
        if claimed is not None:
            labels.draft.fault("ZC465", target, name=target.string)
            return None
        return ShareStep(
            of, Number(share.node(0).word(0).number, percent=True), "" if reserve else target.string, reserve
        )
    if claimed is not None and share.node(0).rule == "named_of" and share.rule == "share_priced":
        return _rows_at_price(labels, keys, claimed, share)
    context = Context(labels.draft, keys=keys if claimed is None else (*keys, claimed[0]))
    value = operand(context, share.node(0))
    if share.rule == "share_priced":
        value = multiply(context, value, read_price(context, share.node(1)), share.place)
    if value.kind == "missing":
        return None
    if value.unit != EURO:
        labels.draft.fault("ZC406", share, unit=unit_text(value.unit, labels.draft.source.language))
        return None
    if claimed is None:
        return ShareStep(ShareOf.AMOUNT, value.expression, "" if reserve else target.string, reserve)
    claims = Claims(claimed[0], value.expression, _first(labels, keys, claimed))
    return ShareStep(ShareOf.AMOUNT, None, claims=claims)


def _rows_at_price(
    labels: Labels, keys: tuple[Key, ...], claimed: tuple[Key, str | None], share: Node
) -> ShareStep | None:
    """`then units of care at fee to performer`: what each claimant's rows come to at a price per row."""
    draft = labels.draft
    value = operand(Context(draft), share.node(0))
    if value.kind == "missing" or value.table is None:
        return None
    rows = value.selection or Selection(value.table)
    price = read_price(rows_context(draft, rows), share.node(1))
    amount = multiply(Context(draft, table=rows.table), value, price, share.place)
    if amount.kind == "missing":
        return None
    if amount.unit != EURO:
        draft.fault("ZC406", share, unit=unit_text(amount.unit, draft.source.language))
        return None
    own = tuple(found for key in (*keys, claimed[0]) if (found := key_for(draft, key, rows.table)) is not None)
    measure = Measure(Measuring.SUM, rows, amount.expression, (), own)
    return ShareStep(ShareOf.AMOUNT, None, claims=Claims(claimed[0], measure, _first(labels, keys, claimed)))


def _rest(labels: Labels, keys: tuple[Key, ...], node: Node) -> ShareStep | None:
    """`rest to X in proportion to Y, at most Z`."""
    target, *figures = (part.word(0) for part in node.nodes())
    claimed = _claimed(labels.draft, target)
    if claimed is None and target.string in labels.draft.tables:
        return None  # that it names nobody has been said
    if claimed is None:
        known = [*labels.draft.tables, *(column.name for one in labels.draft.tables.values() for column in one.columns)]
        labels.draft.unknown("ZC464", target, known)
        return None
    read = [_figure(labels, keys, claimed, word) for word in figures]
    if any(value.kind == "missing" for value in read):
        return None
    if len(read) > 1 and read[1].unit != EURO:
        labels.draft.fault("ZC406", figures[1], unit=unit_text(read[1].unit, labels.draft.source.language))
        return None
    cap = read[1].expression if len(read) > 1 else None
    if cap is not None:
        labels.require("left_over")
    claims = Claims(claimed[0], read[0].expression, _first(labels, keys, claimed), cap)
    return ShareStep(ShareOf.REST, None, claims=claims)


def _claimed(draft: Draft, target: Word) -> tuple[Key, str | None] | None:
    """The key of the claimants: of a table, its party or key column; else a column of that name in some table."""
    if target.terminal == "_RESERVE_T" or target.terminal == "STRING":
        return None
    if target.string in draft.tables:
        table = draft.tables[target.string]
        column = next((c.name for c in table.columns if c.word == "party"), table.key)
        if column is None:
            draft.fault("ZC463", target, table=target.string)
            return None
        draft.used.add((table.name, column))
        return Key(column, Cell(column)), table.name
    for table in draft.tables.values():
        if any(column.name == target.string and column.kind is Kind.TEXT for column in table.columns):
            return Key(target.string, Cell(target.string)), None
    return None


def _figure(labels: Labels, keys: tuple[Key, ...], claimed: tuple[Key, str | None], word: Word) -> Typed:
    """A figure of a claimant: a column of the table of claimants, or whatever has a value for the key."""
    draft, (key, table) = labels.draft, claimed
    if table is not None and any(column.name == word.string for column in draft.tables[table].columns):
        inner = Context(draft, table=table)
        value = named(inner, word)
        if value.kind != "number":
            if value.kind != "missing":
                draft.fault("ZC316", word, kind=value.kind)
            return MISSING
        measure = Measure(Measuring.SUM, Selection(table), value.expression, (), (key,))
        return Typed(measure, unit=value.unit, percent=value.percent, group=True, place=word.place)
    for other in draft.tables.values():  # a rank of the claimants that stands in a table of its own
        columns = {column.name for column in other.columns}
        if table is None and {key.name, word.string} <= columns and word.string not in draft.defines:
            return _figure(labels, keys, (key, other.name), word)
    return named(Context(draft, keys=(*keys, key)), word)


def _has(draft: Draft, name: str, key: str) -> bool:
    """Whether a rank can be told for a key: a list, a define, or a table with both columns."""
    tables = ({column.name for column in table.columns} for table in draft.tables.values())
    return name in draft.lookups or name in draft.defines or any({key, name} <= columns for columns in tables)


def _first(labels: Labels, keys: tuple[Key, ...], claimed: tuple[Key, str | None]) -> Expression | None:
    """What breaks a tie for a residual cent; the order of the rows of the claimants when it is not said."""
    node = labels.node("cents")
    if node is not None and node.rule == "cents_largest":
        if node.node(0).word(0).string == claimed[0].name:
            return None  # by the name of the claimant
        if claimed[1] is None and not _has(draft=labels.draft, name=node.node(0).word(0).string, key=claimed[0].name):
            return None  # the key of another step
        value = _figure(labels, keys, claimed, node.node(0).word(0))
        return None if value.kind == "missing" else value.expression
    key, table = claimed
    return None if table is None else Measure(Measuring.FIRST, Selection(table), None, (), (key,))
