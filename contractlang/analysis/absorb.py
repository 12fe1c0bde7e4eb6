"""Rows that are part of another payment: a bundle, a lump sum, a capitation. They are paid nothing and keep a shadow price."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from contractlang.analysis.conditions import NEVER, read_condition
from contractlang.analysis.context import Context
from contractlang.analysis.draft import Draft, Typed, all_of
from contractlang.analysis.labels import Labels, read_labels
from contractlang.analysis.operands import multiply, operand, read_selection, rows_context
from contractlang.analysis.payments import read_price
from contractlang.analysis.terms import named
from contractlang.base.exact import CENT, Mode, Rounding
from contractlang.base.units import EURO
from contractlang.model.expression import (
    Condition,
    DecidingDate,
    Expression,
    Matched,
    Not,
    Number,
    PeriodOf,
    Role,
    Selection,
)
from contractlang.model.heads import Fixed, Head, Pay
from contractlang.model.tables import Kind
from contractlang.syntax.tree import Line, Node, Word


class Absorbing(Struct, frozen=True):
    """Rows that an article absorbs, as a payment of their shadow price, and when it comes before others."""

    pay: Pay
    precedence: Fraction


def read_includes(draft: Draft, article: str, line: Line, head: Head) -> list[Absorbing]:
    """The rows that a paying head includes, one entry for each `includes`."""
    labels = read_labels(Draft(draft.source, draft.folder), line, "pay")
    labels.draft = draft
    if "includes" not in labels.found:
        return []
    labels.require("matched_by", "window", "precedence")
    found = []
    for number, one in enumerate(labels.lines("includes"), start=1):
        assert one.node is not None
        read = _rows(draft, one.node)
        if read is None:
            continue
        selection, quantity, price, unit = read
        matched = _matched(draft, labels, selection, head)
        where = all_of(selection.where, matched)
        standard = draft.rounding or Rounding(Mode.HALF_AWAY, CENT)
        pay = Pay(
            f"{head.id}.{number}", article, Selection(selection.table, where), quantity, unit, price, standard,
            absorbs=True, place=one.place,
        )  # fmt: skip
        found.append(Absorbing(pay, _precedence(labels)))
    return found


def _precedence(labels: Labels) -> Fraction:
    node = labels.node("precedence")
    return Fraction(1) if node is None or node.rule == "precedence_first" else node.node(0).word(0).number


def _rows(draft: Draft, node: Node) -> tuple[Selection, Expression, Expression | None, str] | None:
    """Which rows, and their shadow price: a quantity at a price, a value, or what was claimed."""
    if node.rule == "includes_where":
        name = node.word(0)
        if draft.selection_of(name.string) is None:
            draft.unknown("ZC242", name, draft.tables)
            return None
        selection = draft.selection_of(name.string)
        assert selection is not None
        condition = read_condition(rows_context(draft, selection), node.node(1))
        return _claimed(draft, Selection(selection.table, all_of(selection.where, condition)), node)
    payable = node.node(0)
    if payable.rule == "pay_rows":
        context = Context(draft)
        chosen = read_selection(context, payable.node(0))
        return (
            None if chosen is None else _priced(draft, Typed(Number(Fraction(1)), table=chosen.table), chosen, payable)
        )
    if payable.rule == "pay_tiers":
        draft.fault("ZC468", payable)
        return None
    first = payable.node(0)
    if first.rule == "named" and draft.selection_of(first.word(0).string) is not None and payable.rule == "pay_amount":
        draft.mentioned.add(first.word(0).string)
        rows = draft.selection_of(first.word(0).string)
        return None if rows is None else _claimed(draft, rows, node)
    value = operand(Context(draft), first)
    if value.kind == "missing":
        return None
    if value.table is None:
        draft.fault("ZC468", payable)
        return None
    return _priced(draft, value, value.selection or Selection(value.table), payable)


def _priced(
    draft: Draft, value: Typed, selection: Selection, payable: Node
) -> tuple[Selection, Expression, Expression | None, str] | None:
    unit = value.unit.of[0][0] if value.unit.of else "number"
    if payable.rule == "pay_amount":
        if value.unit != EURO:
            draft.fault("ZC468", payable)
            return None
        return selection, value.expression, None, "euro"
    price = read_price(rows_context(draft, selection), payable.node(1))
    amount = multiply(Context(draft, table=selection.table), value, price, payable.place)
    if amount.kind == "missing":
        return None
    if amount.unit != EURO:
        draft.fault("ZC468", payable)
        return None
    return selection, value.expression, price.expression, unit


def _claimed(
    draft: Draft, selection: Selection, node: Node
) -> tuple[Selection, Expression, Expression | None, str] | None:
    """Without a price, what was claimed is the shadow price; a table without a claimed amount needs a price."""
    table = draft.tables[selection.table]
    if table.submitted is None:
        draft.default("shadow_none", where=selection.table)
        return selection, Number(Fraction(0)), None, "euro"
    draft.default("shadow_claimed", where=selection.table)
    word = Word("NAME", table.submitted, table.submitted, node.place)
    value = named(rows_context(draft, selection), word)
    return selection, value.expression, None, "euro"


def _matched(draft: Draft, labels: Labels, selection: Selection, head: Head) -> Condition | None:
    """Which of these rows belong to something that the head pays."""
    node, window = labels.node("matched_by"), labels.node("window")
    by_nothing = node is None or node.rule == "matched_by_nothing"
    if window is not None and window.rule == "window_days" and (by_nothing or not isinstance(head, Pay)):
        draft.fault("ZC479", window)
        return None
    if node is None or by_nothing:
        return None
    if isinstance(head, Fixed):
        parties = {column.name for column in draft.tables[selection.table].columns if column.word == "party"}
        for word in node.node(0).words():
            if word.string not in parties | {key.name for key in head.keys}:
                draft.fault("ZC469", word, name=word.string)
        return None  # one sum for the party: every row of it belongs to that sum
    assert isinstance(head, Pay)
    return _same(draft, labels, selection, head, node)


def _same(draft: Draft, labels: Labels, selection: Selection, head: Pay, node: Node) -> Condition | None:
    paid = head.selection
    inner = rows_context(draft, selection)
    pairs: list[tuple[Expression, str]] = []
    for word in node.node(0).words():
        other = Context(draft, table=paid.table).read_column(word.string, word)
        mine = named(inner, word)
        if mine.kind == "missing" or other not in {column.name for column in draft.tables[paid.table].columns}:
            return None
        pairs.append((mine.expression, other))
    roles = {deciding.role for deciding in draft.tables[selection.table].deciding}
    role = Role.PERIOD if Role.PERIOD in roles else Role.YEAR
    asked = labels.node("window")
    if asked is not None and asked.rule == "window_days":
        if paid.table == selection.table:
            draft.fault("ZC480", asked, table=paid.table)
            return None
        days = _days(draft, paid.table, asked)
        return None if days is None else Matched(paid, tuple(pairs), DecidingDate(role), days)
    window = labels.answer("window")
    if window == "_DAYS_PRESENT":
        made = draft.tables[paid.table].spread
        if made is not None:  # the rows that are spread are the ones that are present
            paid = Selection(made.table, made.where)
        if draft.tables[paid.table].present is None:
            draft.fault("ZC474", labels.lines("window")[0], table=paid.table)
            return None
        draft.used |= {(paid.table, column) for _, column in pairs}
        return Matched(paid, tuple(pairs), DecidingDate(role))
    if window == "_PERIOD_PAID":
        spread = draft.tables[paid.table].spread
        if spread is None:
            draft.fault("ZC475", labels.lines("window")[0], table=paid.table)
            return None
        pairs.append((PeriodOf(DecidingDate(role), spread.over), spread.period))
    return Matched(paid, tuple(pairs))


def _days(draft: Draft, table: str, node: Node) -> tuple[int, int, str] | None:
    """`1 through 42 days after discharged_on`: whole days after a date of the row that is paid."""
    first, quantity, word = node.word(0), node.node(1), node.word(2)
    last, unit = quantity.word(0), quantity.word(1).terminal if quantity.has(1) else ""
    column = next((one for one in draft.tables[table].columns if one.name == word.string), None)
    if column is None or column.kind is not Kind.DATE:
        draft.unknown("ZC477", word, [one.name for one in draft.tables[table].columns if one.kind is Kind.DATE])
        return None
    whole = first.number.denominator == last.number.denominator == 1
    if unit != "_U_DAYS" or not whole or first.number > last.number:
        draft.fault("ZC478", node, first=first.text, last=last.text)
        return None
    draft.used.add((table, word.string))
    return int(first.number), int(last.number), word.string


def exclusive(draft: Draft, absorbing: list[tuple[Absorbing, Line]]) -> list[tuple[Absorbing, Line]]:
    """A row is part of one payment: of two that could have it, the one that goes first, as written."""
    ranked = sorted(absorbing, key=lambda pair: pair[0].precedence)
    found: list[tuple[Absorbing, Line]] = []
    for one, line in ranked:
        earlier = [other.pay for other, _ in found]
        same = [
            o for o, _ in found if o.pay.selection.table == one.pay.selection.table and o.pay.article != one.pay.article
        ]
        if any(other.precedence == one.precedence for other in same):
            draft.fault("ZC476", line, article=same[0].pay.article, number=one.precedence)
        found.append((Absorbing(not_absorbed(one.pay, earlier), one.precedence), line))
    return found


def not_absorbed(pay: Pay, absorbing: list[Pay]) -> Pay:
    """The payment of rows that no other payment includes."""
    tests: list[Condition | None] = [pay.selection.where]
    for other in absorbing:
        if other.selection.table == pay.selection.table and other.id != pay.id:
            tests.append(Not(other.selection.where) if other.selection.where is not None else NEVER)
    return replace(pay, selection=Selection(pay.selection.table, all_of(*tests)))
