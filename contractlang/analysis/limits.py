"""Ceilings: every question that the field disagrees about is a label with its answers."""

from __future__ import annotations

from fractions import Fraction

from msgspec.structs import replace

from contractlang.analysis.conditions import NEVER, read_guard
from contractlang.analysis.context import Context
from contractlang.analysis.coverage import changes_within, check_order
from contractlang.analysis.draft import Draft
from contractlang.analysis.keys import loose_keys, read_keys
from contractlang.analysis.labels import Labels, read_labels
from contractlang.analysis.operands import operand, read_selection
from contractlang.analysis.ordering import read_ordering
from contractlang.analysis.payments import PART_YEARS
from contractlang.analysis.unit_rules import unit_text
from contractlang.base.units import EURO
from contractlang.model.expression import All, Choice, Condition, Expression, Key, Number, Role
from contractlang.model.heads import (
    Changed,
    Filled,
    FreedRoom,
    Head,
    LastRow,
    LateRow,
    Limit,
    Order,
    Outside,
    PartYear,
    Transfer,
)  # fmt: skip
from contractlang.model.lists import ScaleKind
from contractlang.syntax.tree import Line, Node

FILLED = {
    "filled_by": Filled.IN_ORDER,
    "filled_in_proportion": Filled.IN_PROPORTION,
    "filled_as_a_whole": Filled.AS_A_WHOLE,
}
LAST_ROWS = {"_IN_PART": LastRow.IN_PART, "_NOTHING_OTHERS_FIT": LastRow.ONLY_IF_IT_FITS, "_NOTHING_STOP": LastRow.STOP}
LATE_ROWS = {"_REOPENS_PERIOD": LateRow.REOPENS, "_TAKES_LEFT": LateRow.TAKES_LEFT}
FREED = {
    "_STAYS_EMPTY": FreedRoom.STAYS_EMPTY,
    "_TO_LATER_ROWS": FreedRoom.LATER_ROWS,
    "_FILLED_AGAIN": FreedRoom.FILLED_AGAIN,
}
COUNTS = {"_NOT_L": Outside.NOT_COUNTED, "_FIRST_L": Outside.FIRST, "_UNTIL_FULL": Outside.UNTIL_FULL}
CHANGES = {"_REPLACES": Changed.REPLACES, "_BY_DAYS": Changed.BY_DAYS}
DELIVERIES = {"_GOES_ON": "goes_on", "_MAY_STOP": "may_stop"}


def read_limit(draft: Draft, article: str, line: Line, head_id: str, paying: dict[str, set[str]]) -> Head | None:
    """A limit head. `paying` gives the tables whose rows each article pays."""
    node = line.node
    assert node is not None
    labels = read_labels(draft, line, "limit")
    base = base_articles(draft, node.node(0))
    tables = {table for number in base for table in paying.get(number, ())}
    if not base:
        return None
    if not tables and draft.broken & set(base):
        labels.require(*_asked(labels))  # whatever is wrong with the base, these are asked
        return None
    if not tables and _pays_without_rows(draft, base):
        return _rowless(draft, article, line, head_id, labels, base)
    if not tables:
        draft.fault("ZC404", node.node(0), articles=", ".join(base))
        return None
    first, *others = [name for name in draft.tables if name in tables]
    context = Context(draft, table=first)
    before = len(draft.faults)
    keys = _keys(draft, labels, context)
    for other in others:
        _alike(labels, base, node.node(0), keys, context, Context(draft, table=other))
    known = len(draft.faults) == before  # with a key that is not known, no list can say its amount
    amount = _amount(draft, node.node(1), keys, base) if known else Number(Fraction(0))
    if amount is None:
        return None
    guard = node.node(2) if node.has(2) else None
    limit = _limit(draft, article, line, head_id, labels, base, context, keys, amount, tables)
    if limit is not None and "unlined" in labels.found:
        limit = replace(limit, unlined=True)
    limit = limit if limit is None else replace(limit, open=tuple(dict.fromkeys(labels.opened)))
    return limit if limit is None else _guarded(draft, _after(draft, node.node(0), limit), guard)


def _asked(labels: Labels) -> tuple[str, ...]:
    """The labels of a limit whose base cannot be read: all of a limit over rows where one of these stands."""
    always = ("part_year", "filled", "above")
    of_rows = ("last_row", "late_row", "freed_room", "outside")
    in_order = any(line.rule == "filled_by" for line in labels.lines("filled"))
    return (*always, *of_rows) if in_order and set(of_rows) & set(labels.found) else always


def _guarded(draft: Draft, limit: Limit, guard: Node | None) -> Limit:
    """`when`: without the condition there is no limit."""
    if guard is None:
        return limit
    condition = read_guard(Context(draft, keys=limit.keys), guard)
    return replace(limit, amount=Choice(((condition, limit.amount),), None), unlimited=True)


def _after(draft: Draft, base: Node, limit: Limit) -> Limit:
    """`article 3 after article 4`, as a whole: what stands on top of the base until then counts too."""
    order = next((part for part in base.nodes() if part.rule in ("before", "after")), None)
    if order is None or (limit.filled is not Filled.AS_A_WHOLE and not limit.unlined):
        return limit
    return replace(limit, after=(order.rule, order.word(0).text))


def _rowless(
    draft: Draft, article: str, line: Line, head_id: str, labels: Labels, base: tuple[str, ...]
) -> Limit | None:
    """A limit over amounts that no row carries: penalties, sums, amounts on top."""
    node = line.node
    assert node is not None
    labels.require("per", "part_year", "filled", "above")
    labels.refuse("last_row", "late_row", "freed_room", "gives", "receives", "in_order", "they_count")
    filled = labels.node("filled")
    if filled is not None and filled.rule in ("filled_by", "filled_in_proportion"):
        draft.fault("ZC466", filled)
    above = labels.node("above")
    if above is not None and above.rule == "above_scale":
        draft.fault("ZC467", above)
    keys = loose_keys(draft, [found.node for found in labels.lines("per") if found.node is not None])
    amount = _amount(draft, node.node(1), keys, base)
    if amount is None or isinstance(amount, str):
        return None
    part = PART_YEARS.get(labels.answer("part_year"), PartYear.FULL)
    limit = Limit(
        head_id, article, base, amount, keys, part, Filled.AS_A_WHOLE,
        changed=CHANGES.get(labels.answer("changed")), unlimited=labels.answer("without_amount") == "_NO_LIMIT",
        delivery=DELIVERIES.get(labels.answer("delivery")), rowless=True, charges=_charges(draft, base), open=tuple(labels.opened), place=line.place,
    )  # fmt: skip
    return _guarded(draft, _after(draft, node.node(0), limit), node.node(2) if node.has(2) else None)


def _limit(
    draft: Draft, article: str, line: Line, head_id: str, labels: Labels, base: tuple[str, ...], context: Context,
    keys: tuple[Key, ...], amount: Expression, tables: set[str],
) -> Limit | None:  # fmt: skip
    ask = ["part_year", "filled", "above"]
    filled = FILLED.get(labels.lines("filled")[0].rule, Filled.IN_ORDER) if labels.lines("filled") else Filled.IN_ORDER
    if filled is Filled.IN_ORDER:
        ask += ["last_row", "late_row", "freed_room", "outside"]
    else:
        labels.refuse("last_row", "late_row", "gives", "receives", "in_order")
        if filled is Filled.AS_A_WHOLE:
            labels.refuse("freed_room")
        if "outside" not in labels.found:
            draft.default("outside", article)
    labels.require(*ask)
    if changes_within(draft, amount, keys):
        labels.require("changed")
    if not labels.lines("per"):
        draft.default("per", article)
    part = PART_YEARS.get(labels.answer("part_year"), PartYear.FULL)
    if part is not PartYear.FULL or "changed" in labels.found or not isinstance(amount, Number):
        draft.default("ceiling", article)
    outside, counts, only = _outside(draft, labels, tables, filled)
    if len(tables) > 1:
        draft.default("tables", article)
    order = _order(labels, context) if filled is Filled.IN_ORDER else ()
    late = LATE_ROWS.get(labels.answer("late_row"), LateRow.REOPENS)
    for table in sorted(tables) if late is LateRow.TAKES_LEFT else ():
        if not _decides_receipt(draft, table) and table not in draft.torn:
            draft.fault("ZC447", labels.lines("late_row")[0], table=table)
    return Limit(
        head_id, article, base, amount, keys, part, filled, order,
        LAST_ROWS.get(labels.answer("last_row"), LastRow.IN_PART), late,
        FREED.get(labels.answer("freed_room"), FreedRoom.STAYS_EMPTY), outside, counts, _above(draft, labels),
        _transfer(draft, labels, keys), CHANGES.get(labels.answer("changed")),
        labels.answer("without_amount") == "_NO_LIMIT", DELIVERIES.get(labels.answer("delivery")),
        charges=_charges(draft, base), outside_table=only, place=line.place,
    )  # fmt: skip


def _alike(
    labels: Labels, base: tuple[str, ...], at: Node, keys: tuple[Key, ...], context: Context, other: Context
) -> None:
    """The rows of a second table must be kept apart and ordered by columns of the same name and type as the first."""
    draft, before = labels.draft, len(labels.draft.faults)
    same = _keys(draft, labels, other) == keys
    if labels.lines("filled") and labels.lines("filled")[0].rule == "filled_by":
        _order(labels, other)
        for word in labels.lines("filled")[0].node.words():  # type: ignore[union-attr]
            one, two = context.column(word.string), other.column(word.string)
            if one is not None and two is not None:
                same = same and (one.kind, one.decimals, one.percent) == (two.kind, two.decimals, two.percent)
    parties = [draft.tables[str(each.table)].party is None for each in (context, other)]
    unknown = [fault for fault in draft.faults[before:] if fault.severity == "error"]
    del draft.faults[before:]  # said once, and as a fault of the ceiling; warnings stand at the first table
    if unknown or not same or parties[0] != parties[1]:
        draft.fault("ZC405", at, articles=", ".join(base), one=context.table, two=other.table)


def _charges(draft: Draft, base: tuple[str, ...]) -> bool:
    """Whether the base brings in money only: a limit is then the most that is charged."""
    return bool(base) and all(number in draft.charged for number in base)


def base_articles(draft: Draft, node: Node) -> tuple[str, ...]:
    """The articles of a base; a fault for each that does not exist."""
    numbers = [part.word(0) for part in node.nodes() if part.rule == "number"]
    order = [part.word(0) for part in node.nodes() if part.rule in ("before", "after")]
    for number in (*numbers, *order):
        if number.text not in draft.articles:
            draft.unknown("ZC311", type(number)("NAME", number.text, number.text, number.place), draft.articles)
            return ()
    return tuple(number.text for number in numbers)


def _pays_without_rows(draft: Draft, base: tuple[str, ...]) -> bool:
    return any(number in draft.rowless for number in base)


def _decides_receipt(draft: Draft, table: str) -> bool:
    return any(deciding.role is Role.RECEIPT for deciding in draft.tables[table].deciding)


def _keys(draft: Draft, labels: Labels, context: Context) -> tuple[Key, ...]:
    found: list[Key] = []
    assert context.table is not None
    for line in labels.lines("per"):
        if line.node is not None:
            found += read_keys(draft, line.node.node(0), context.table)
    periods = [key for key in found if key.every]
    if len(periods) > 1:
        draft.fault("ZC448", labels.lines("per")[-1])
    return tuple(key for index, key in enumerate(found) if key.name not in {k.name for k in found[:index]})


def _amount(draft: Draft, node: Node, keys: tuple[Key, ...], base: tuple[str, ...]) -> Expression | None:
    context = Context(draft, keys=keys)
    value = operand(context, node)
    if node.rule == "hole":
        return Number(value.expression.value, EURO, open=True) if isinstance(value.expression, Number) else None
    if value.kind == "missing":
        return None
    if value.unit != EURO:
        draft.fault("ZC406", node, unit=unit_text(value.unit, draft.source.language))
        return None
    return value.expression


def _outside(
    draft: Draft, labels: Labels, tables: set[str], filled: Filled
) -> tuple[Condition | None, Outside, str | None]:
    """Which rows stay outside, whether they count, and of which table they are when the base has rows of several."""
    node = labels.node("outside")
    if node is None or node.rule == "outside_nothing":
        labels.refuse("they_count", code="ZC449")
        return None, Outside.NOT_COUNTED, None
    labels.require("they_count")
    selection = read_selection(Context(draft), node.node(0))
    counts = COUNTS.get(labels.answer("they_count"), Outside.NOT_COUNTED)
    if filled is not Filled.IN_ORDER and counts is not Outside.NOT_COUNTED:
        draft.fault("ZC451", labels.lines("they_count")[0])
    if selection is None:
        return NEVER, counts, None
    if selection.table not in tables:
        draft.fault("ZC452", node, table=selection.table, here=", ".join(sorted(tables)))
        return NEVER, counts, None
    only = selection.table if len(tables) > 1 else None
    if selection.where is None and only is None:
        draft.fault("ZC453", node)
    return selection.where or All(()), counts, only


def _order(labels: Labels, context: Context) -> tuple[Order, ...]:
    node = labels.node("filled")
    return read_ordering(context, node) if node is not None and node.rule == "filled_by" else (Order(None),)


def _above(draft: Draft, labels: Labels) -> str | None:
    node = labels.node("above")
    if node is None or node.rule == "above_nothing":
        return None
    last = labels.node("last_row")
    if last is not None and last.node(0).word(0).terminal in ("_NOTHING_OTHERS_FIT", "_NOTHING_STOP"):
        draft.fault("ZC489", labels.lines("last_row")[0])  # the scale says what such a row is paid
    word = node.word(0)
    scale = draft.scales.get(word.string)
    if scale is None:
        draft.unknown("ZC323", word, draft.scales)
        return None
    draft.mentioned.add(word.string)
    if scale.kind is not ScaleKind.EACH_SLICE or not scale.of_base:
        draft.fault("ZC454", word, name=word.string)
    return word.string


def _transfer(draft: Draft, labels: Labels, keys: tuple[Key, ...]) -> Transfer | None:
    together = [label for label in ("gives", "receives", "in_order") if label in labels.found]
    if not together:
        return None
    if len(together) < 3:
        labels.require("gives", "receives", "in_order")
        return None
    named = [key for key in keys if key.every is None]
    order_node = labels.node("in_order")
    assert order_node is not None
    if len(named) != 1:
        draft.fault("ZC455", order_node, keys=", ".join(key.name for key in named) or "-")
        return None
    words = list(order_node.node(0).words())
    check_order(draft, named[0].name, words, order_node.place)
    order = tuple(w.string if w.terminal in ("NAME", "STRING") else w.text for w in words)
    return Transfer(named[0].name, order, _share(labels, "gives"), _share(labels, "receives"))


def _share(labels: Labels, label: str) -> Expression | None:
    node = labels.node(label)
    if node is None or node.rule.endswith("_all"):
        return None
    if node.word(0).number > 1:
        labels.draft.fault("ZC458", node.word(0), share=node.word(0).text)
    return Number(node.word(0).number, percent=True)
