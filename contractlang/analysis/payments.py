"""Pay and charge: quantity of rows at a price, rows at a price, by scale, or a fixed amount."""

from __future__ import annotations

from fractions import Fraction

from contractlang.analysis.conditions import read_guard
from contractlang.analysis.context import MISSING, Context
from contractlang.analysis.draft import Draft, Typed, all_of
from contractlang.analysis.header import read_rounding
from contractlang.analysis.keys import loose_keys, read_keys
from contractlang.analysis.labels import Labels, read_labels
from contractlang.analysis.operands import (
    draft_share,
    money,
    multiply,
    operand,
    read_selection,
    read_steps,
    rows_context,
    through_scale,
)
from contractlang.analysis.ordering import read_ordering
from contractlang.analysis.terms import look_up, named, quantity
from contractlang.analysis.unit_rules import unit_text
from contractlang.base.exact import CENT, Mode, Rounding
from contractlang.base.units import EURO
from contractlang.model.expression import Choice, Key, Number, Selection
from contractlang.model.heads import Fixed, Head, Instalments, PartYear, Pay, Tiers, Volume
from contractlang.syntax.tree import Line, Node

PART_YEARS = {
    "_FULL_AMOUNT": PartYear.FULL,
    "_BY_DAYS_OF_YEAR": PartYear.BY_DAYS,
    "_BY_WHOLE_MONTHS": PartYear.BY_MONTHS,
    "HOLE": PartYear.FULL,
}


NONE = {"en": "none", "nl": "geen"}  # no price, in a message


def read_pay(draft: Draft, article: str, line: Line, head_id: str) -> Head | None:
    """A pay or charge head."""
    node = line.node
    assert node is not None
    labels = read_labels(draft, line, "pay")
    charge = node.rule == "charge"
    if "includes" not in labels.found:
        labels.refuse("matched_by", "window", "precedence", code="ZC409")
    payable = node.node(0)
    if payable.rule == "pay_rows":
        selection = read_selection(context := Context(draft), payable.node(0))
        if selection is None:
            return None
        one = draft_share(draft, selection.table) or Number(Fraction(1))
        amount = Typed(one, table=selection.table, selection=selection, place=payable.place)
    else:
        context = Context(draft)
        amount = operand(context, payable.node(0))
        if context.open:  # a list: known for the periods of an amount, not for rows
            return _fixed(draft, article, line, head_id, labels)
        if amount.kind == "missing":
            return None
    if amount.table is None:
        return _fixed(draft, article, line, head_id, labels)
    return _rows(draft, article, line, head_id, labels, amount, charge)


def read_rows_paid(draft: Draft, article: str, line: Line, head_id: str) -> Pay | None:
    """Rows at a price under another head: claims that were paid as they came in."""
    node = line.node
    assert node is not None
    payable, context = node.node(0), Context(draft)
    if payable.rule == "pay_rows":
        selection = read_selection(context, payable.node(0))
        amount = (
            MISSING if selection is None else Typed(Number(Fraction(1)), table=selection.table, selection=selection)
        )
    else:
        amount = operand(context, payable.node(0))
    if amount.kind == "missing" or amount.table is None:
        if amount.kind != "missing":
            draft.fault("ZC468", payable)
        return None
    silent = Labels(draft, line, "pay")
    return _rows(draft, article, line, head_id, silent, amount, False)


def _rows(
    draft: Draft, article: str, line: Line, head_id: str, labels: Labels, amount: Typed, charge: bool
) -> Pay | None:
    node = line.node
    assert node is not None
    assert amount.table is not None
    labels.refuse("part_year", "instalments", "cents", "step", "by_scale", code="ZC409")
    if node.node(0).rule != "pay_tiers":
        labels.refuse("per", "filled", "credits", code="ZC409")
    labels.once("rounded")
    selection = amount.selection or Selection(amount.table)
    context = rows_context(draft, selection)
    for word in node.node(0).words():  # `elke rij van X`, `aantal van X`: computed columns of X can be used
        if word.terminal == "NAME" and word.string in draft.defines:
            context.columns = {**context.columns, **draft.defines[word.string].columns}
    if node.has(1):
        selection = Selection(selection.table, all_of(selection.where, read_guard(context, node.node(1))))
    price, tiers = _price(draft, context, node.node(0), labels)
    if price is MISSING:
        return None
    unit = amount.unit if price is None else amount.unit.times(price.unit)
    priced_by = {word.string for word in node.node(0).words() if word.terminal == "NAME"}
    if unit != EURO and not priced_by & draft.lost:
        language = draft.source.language
        own = unit_text(amount.unit, language)
        draft.fault("ZC401", node, quantity=own, price=unit_text(price.unit, language) if price else NONE[language])
        return None
    _need_period(draft, line, selection.table)
    rounding, per = _rounding(draft, labels, selection.table)
    return Pay(
        head_id, article, selection, amount.expression, _unit_name(amount, price), None if price is None else price.expression,
        rounding, per, _volume(draft, labels, selection.table), tiers, charge, place=line.place,
    )  # fmt: skip


def _unit_name(amount: Typed, price: Typed | None) -> str:
    if price is None:
        return "euro"
    return amount.unit.of[0][0] if amount.unit.of else "number"


def _price(draft: Draft, context: Context, payable: Node, labels: Labels) -> tuple[Typed | None, Tiers | None]:
    if payable.rule == "pay_amount":
        return None, None
    if payable.rule == "pay_tiers":
        word = payable.word(1)
        if word.string not in draft.scales:
            draft.unknown("ZC323", word, draft.scales)
            return MISSING, None
        draft.mentioned.add(word.string)
        labels.require("per", "filled")
        assert context.table is not None
        if draft.tables[context.table].credit is not None:
            labels.require("credits")  # both readings are practice, and they differ by the rates of two slices
        keys = tuple(
            key
            for line in labels.lines("per")
            if line.node
            for key in read_keys(draft, line.node.node(0), context.table)
        )
        unit, _ = draft.scale_values[word.string]
        filled = labels.node("filled")
        orders = read_ordering(context, filled) if filled is not None and filled.rule == "filled_by" else ()
        recomputed = labels.answer("credits") == "_RECOMPUTE"
        return Typed(Number(Fraction(1)), unit=unit, table=context.table), Tiers(word.string, keys, orders, recomputed)
    node = payable.node(1)
    match node.rule:
        case "price_name":
            price = named(context, node.word(0))
        case "price_for":
            info = draft.lookups.get(node.word(0).string)
            if info is None:
                draft.unknown("ZC247", node.word(0), draft.lookups)
                return MISSING, None
            draft.mentioned.add(node.word(0).string)
            price = look_up(context, info, node.word(0), node.word(1))
        case _:
            if node.word(0).terminal == "HOLE":
                draft.hole("price", node.place)
                return MISSING, None
            price = money(node.word(0).number, node.node(1), node.place)
    if price.kind == "missing" or multiply(context, price, Typed(Number(Fraction(1))), node.place).kind == "missing":
        return MISSING, None
    if price.group:
        draft.fault("ZC234", node, name=node.word(0).text)
        return MISSING, None
    return price, None


def _need_period(draft: Draft, line: Line, table: str) -> None:
    roles = {deciding.role.value for deciding in draft.tables[table].deciding}
    if "period" not in roles and table not in draft.torn:
        draft.fault("ZC402", line, table=table)


def _rounding(draft: Draft, labels: Labels, table: str) -> tuple[Rounding, tuple[Key, ...]]:
    standard = draft.rounding or Rounding(Mode.HALF_AWAY, CENT)
    node = labels.node("rounded")
    if node is None:
        return standard, ()
    rounding = read_rounding(draft, node.node(0), ("grain_row", "grain_keys")) or standard
    if rounding.step % CENT:
        draft.fault("ZC207", node)
    grain = node.node(0).parts[2] if len(node.node(0).parts) > 2 else None
    if isinstance(grain, Node) and grain.rule == "grain_keys":
        return rounding, read_keys(draft, grain.node(0), table)
    return rounding, ()


def _volume(draft: Draft, labels: Labels, table: str) -> Volume | None:
    node = labels.node("volume")
    if node is None:
        return None
    inner = node.node(0)
    step = quantity(inner.node(1)) if inner.node(1).rule == "quantity" else None
    grain = inner.parts[2] if len(inner.parts) > 2 else None
    if (
        step is None
        or not isinstance(grain, Node)
        or grain.rule != "grain_keys"
        or not isinstance(step.expression, Number)
    ):
        draft.fault("ZC403", node)
        return None
    mode = read_rounding(draft, inner, ("grain_keys",))
    least = quantity(node.node(1)).expression if node.has(1) else None
    if mode is None:
        return None
    return Volume(read_keys(draft, grain.node(0), table), Rounding(mode.mode, step.expression.value), least)


def _fixed(draft: Draft, article: str, line: Line, head_id: str, labels: Labels) -> Head | None:
    """An amount that no row carries: a lump sum, or a figure that a define works out per key."""
    node = line.node
    assert node is not None
    labels.refuse("volume", "filled", code="ZC409")
    labels.require("per")
    steps = labels.lines("step", "by_scale", "rounded")
    last = steps.pop().node if steps and steps[-1].rule == "step_rounded" else None  # others round on the way
    keys = loose_keys(draft, [found.node for found in labels.lines("per") if found.node is not None])
    context = Context(draft, keys=keys)
    amount = _figure(context, node.node(0))
    guard = read_guard(context, node.node(1)) if node.has(1) else None
    amount = read_steps(context, steps, amount) or amount
    if amount.kind == "missing":
        return None
    if amount.unit != EURO:
        draft.fault(
            "ZC401", node, quantity=unit_text(amount.unit, draft.source.language), price=NONE[draft.source.language]
        )
        return None
    rounding = draft.rounding if last is None else read_rounding(draft, last.node(0))
    if last is None:
        draft.default("rounded", article)
    if rounding is None:
        return None
    part = PART_YEARS.get(labels.answer("part_year"), PartYear.FULL)
    if isinstance(amount.expression, Number):
        labels.require("part_year")
    paid = amount.expression
    if guard is not None:  # nothing is paid while the condition does not hold
        paid = Choice(((guard, paid),), Number(Fraction(0), EURO))
    return Fixed(
        head_id,
        article,
        paid,
        rounding,
        keys,
        part,
        _instalments(labels),
        node.rule == "charge",
        line.place,
        tuple(labels.opened),
    )


def _instalments(labels: Labels) -> Instalments | None:
    """In how many parts, on which days, and which part takes the cents that division leaves."""
    node = labels.node("instalments")
    if node is None or node.rule == "instalments_none":
        labels.refuse("cents", code="ZC409")
        return None
    labels.require("cents")
    number = node.node(0).word(0).number
    cents = labels.node("cents")
    first = cents is not None and cents.rule == "cents" and cents.node(0).word(0).terminal == "_IN_FIRST_INSTALMENT"
    days = tuple(word.day for word in node.words() if word.terminal == "DATE")
    if number < 1 or number.denominator != 1 or (node.rule == "instalments_on" and len(days) != number):
        labels.draft.fault("ZC410", node, number=str(number), days=str(len(days)))
        return None
    if list(days) != sorted(set(days)):
        labels.draft.fault("ZC411", node)
    on_first = node.rule == "instalments" and node.node(1).word(0).terminal == "_ON_FIRST_DAY_OF_MONTH"
    return Instalments(int(number), days, on_first, first)


def _figure(context: Context, payable: Node) -> Typed:
    """An amount that no row carries: a figure, a figure at a price, or a figure put through a scale."""
    amount = operand(context, payable.node(0))
    if payable.rule == "pay_tiers":
        return through_scale(context, amount, payable.word(1))
    if payable.rule != "pay_priced":
        return amount
    return multiply(context, amount, read_price(context, payable.node(1)), payable.place)


def read_price(context: Context, node: Node) -> Typed:
    """The price behind `at` where no row stands: written, a name, or a list for a key."""
    if node.rule == "price_money" and node.word(0).terminal == "HOLE":
        context.draft.hole("price", node.place)
        return MISSING
    if node.rule == "price_money":
        return money(node.word(0).number, node.node(1), node.place)
    if node.rule == "price_name":
        return named(context, node.word(0))
    if node.word(0).string in context.draft.lookups:
        context.draft.mentioned.add(node.word(0).string)
        return look_up(context, context.draft.lookups[node.word(0).string], node.word(0), node.word(1))
    context.draft.unknown("ZC247", node.word(0), context.draft.lookups)
    return MISSING
