"""Operands and steps: what is added, multiplied, measured, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from contractlang.analysis.conditions import NEVER, read_condition, read_guard
from contractlang.analysis.context import MISSING, Context
from contractlang.analysis.draft import DefineBlock, Draft, Typed, all_of, constant
from contractlang.analysis.header import read_rounding
from contractlang.analysis.keys import key_for, read_keys
from contractlang.analysis.terms import elapsed, named, periods_in, quantity
from contractlang.analysis.unit_rules import addable, unit_text
from contractlang.base.calendar import finer
from contractlang.base.source import Place
from contractlang.base.units import EURO, NUMBER, WRITTEN
from contractlang.model.expression import (
    All,
    Arithmetic,
    ArticleAmount,
    Cell,
    Choice,
    Condition,
    DefineSum,
    Exponential,
    Expression,
    IncludedIn,
    Key,
    LookUp,
    Measure,
    Measuring,
    Number,
    Operation,
    ReserveOf,
    Rounded,
    Scaled,
    Selection,
)  # fmt: skip
from contractlang.model.lists import ScaleKind
from contractlang.model.tables import PRESENT, WHOLE, Counted
from contractlang.syntax.tree import Line, Node, Word

UNIT_WORDS = {
    "_EACH": "each", "_PER_HOUR": "hour", "_PER_MINUTE": "minute", "_PER_DAY": "day", "_PER_DAYPART": "daypart",
    "_PER_WEEK": "week", "_PER_MONTH": "month", "_PER_QUARTER": "quarter", "_PER_YEAR": "year",
}  # fmt: skip
STEPS = {
    "_PLUS": Operation.ADD, "_MINUS": Operation.SUBTRACT, "_TIMES": Operation.MULTIPLY, "_DIVIDED_BY": Operation.DIVIDE,
    "_AT_MOST": Operation.LEAST, "_AT_LEAST": Operation.GREATEST,
}  # fmt: skip


def operand(context: Context, node: Node) -> Typed:
    """The value of an operand where it stands. A fault, and a missing value, when it means nothing there."""
    match node.rule:
        case "money_amount":
            return money(node.word(0).number, node.node(1) if node.has(1) else None, node.place)
        case "plain_quantity":
            return quantity(node.node(0))
        case "plain_percent":
            return constant(node.word(0).number, percent=True, place=node.place)
        case "percent_of":
            share = constant(node.word(0).number, percent=True, place=node.place)
            return multiply(context, share, _percent_base(context, node.node(1)), node.place)
        case "named":
            return named(context, node.word(0))
        case "named_of":
            return _named_of(context, node)
        case "article_amount":
            return article_amount(context, node.node(0))
        case "reserve_of":
            return reserve_of(context, node)
        case "elapsed" | "periods_in":
            read = elapsed if node.rule == "elapsed" else periods_in
            if node.has(3):
                return _over_rows(context, node.node(3), node, lambda inner: read(inner, node))
            return read(context, node)
        case "least_of" | "greatest_of":
            return _extreme(context, node)
        case "hole":
            context.draft.hole("amount", node.place)
            return Typed(Number(Fraction(0)), "missing", place=node.place)
    return _measure(context, node)


def money(amount: Fraction, unit: Node | None, place: Place) -> Typed:
    """A written amount, per something when a unit stands behind it."""
    if unit is None:
        return constant(amount, EURO, place=place)
    per, share = WRITTEN[UNIT_WORDS[unit.word(0).terminal]]
    return constant(amount / share, EURO.per(per), place=place)


def _percent_base(context: Context, node: Node) -> Typed:
    match node.rule:
        case "the_base":
            if context.base is None:
                context.draft.fault("ZC310", node)
                return MISSING
            return context.base
        case "article_amount":
            return article_amount(context, node.node(0))
    return named(context, node.word(0))


def article_amount(context: Context, node: Node) -> Typed:
    """The amount of an article; which heads stand on top is filled in when the order is known (`after` holds marks)."""
    numbers = [part.word(0) for part in node.nodes() if part.rule == "number"]
    for number in numbers:
        if number.text not in context.draft.articles:
            context.draft.unknown("ZC311", Word("NAME", number.text, number.text, number.place), context.draft.articles)
            return MISSING
    mark: tuple[str, ...] = ()
    order = next((part for part in node.nodes() if part.rule in ("before", "after")), None)
    if order is not None:
        mark = (order.rule, order.word(0).text)
        if order.word(0).text not in context.draft.articles:
            context.draft.unknown("ZC311", order.word(0), context.draft.articles)
            return MISSING
    if context.table is not None and context.keys is None:
        context.draft.fault("ZC312", node)
        return MISSING
    if len(numbers) > 1:
        context.draft.fault("ZC313", node)
    amount = ArticleAmount(numbers[0].text, mark, context.keys or ())
    return Typed(amount, unit=EURO, group=True, place=node.place)


def reserve_of(context: Context, node: Node) -> Typed:
    """What a distribution put aside."""
    number = node.node(0).word(0)
    if number.text not in context.draft.articles:
        context.draft.unknown("ZC311", Word("NAME", number.text, number.text, number.place), context.draft.articles)
        return MISSING
    return Typed(ReserveOf(number.text), unit=EURO, group=True, place=node.place)


def read_selection(context: Context, node: Node) -> Selection | None:
    """`care where ...`, or a define with rows. None, with a fault, when there are no such rows."""
    name, draft = node.word(0), context.draft
    block = draft.resolved(name.string)
    found = draft.selection_of(name.string)
    if found is None and block is not None and block.faulty:
        return None  # why it has no rows is said where it stands
    if found is None:
        rows = [n for n, b in draft.defines.items() if b.selection is not None]
        draft.unknown("ZC242", name, [*draft.tables, *rows])
        return None
    draft.mentioned.add(name.string)
    if node.has(1):
        articles = tuple(part.word(0).text for part in node.node(1).nodes() if part.rule == "number")
        for number in articles:
            if number not in draft.articles:
                draft.unknown("ZC311", Word("NAME", number, number, node.node(1).place), draft.articles)
        found = Selection(found.table, all_of(found.where, IncludedIn(articles)))
    if not node.has(2):
        return found
    inner = Context(draft, table=found.table, conditions=list(_parts(found.where)))
    inner.columns = block.columns if block else {}
    return Selection(found.table, all_of(found.where, read_condition(inner, node.node(2))))


def _parts(condition: Condition | None) -> Iterable[Condition]:

    if isinstance(condition, All):
        for part in condition.of:
            yield from _parts(part)
    elif condition is not None:
        yield condition


def rows_context(draft: Draft, selection: Selection, keys_of: Context | None = None) -> Context:
    """The place of a value for each row of a selection."""
    context = Context(draft, table=selection.table, conditions=list(_parts(selection.where)))
    if keys_of is not None:
        context.columns = keys_of.columns
    return context


def _named_of(context: Context, node: Node) -> Typed:
    whole = node.node(1).word(0)
    if whole.string in context.draft.lookups or _is_figure(context.draft, whole.string):
        return _share_of(context, node, whole)
    return _over_rows(context, node.node(1), node, lambda inner: named(inner, node.word(0)))


def _over_rows(context: Context, rows: Node, at: Node, read: Callable[[Context], Typed]) -> Typed:
    """A value of each row of a selection; the steps after it stand in the same rows."""
    selection = read_selection(context, rows)
    if selection is None:
        return MISSING
    inner = rows_context(context.draft, selection)
    block = context.draft.defines.get(rows.word(0).string)
    inner.columns = block.columns if block else {}
    found = read(inner)
    if found.kind == "missing":
        return found
    if context.table is None and context.keys is None:
        context.table, context.conditions, context.columns = selection.table, inner.conditions, inner.columns
    elif context.keys is not None:
        context.draft.fault("ZC314", at, name=context.draft.source.excerpt(at.place).strip())
        return MISSING
    return found.but(found.expression, table=selection.table, selection=selection, place=at.place)


def _is_figure(draft: Draft, name: str) -> bool:
    """Whether a define is a value, so that `x of it` can only be a share of it."""
    block = draft.resolved(name)
    return block is not None and (block.group is not None or (block.row is not None and block.selection is None))


def _share_of(context: Context, node: Node, whole: Word) -> Typed:
    """`savings_cap of benchmark`: a named percentage of a named figure."""
    share = named(context, node.word(0))
    if share.kind != "missing" and not share.percent:
        context.draft.fault("ZC324", node, name=node.word(0).string, whole=whole.string)
        return MISSING
    return multiply(context, share, named(context, whole), node.place)


def _extreme(context: Context, node: Node) -> Typed:
    operation = Operation.LEAST if node.rule == "least_of" else Operation.GREATEST
    found = [named(context, word) for word in node.node(0).words()]
    result = found[0]
    for other in found[1:]:
        result = combine(context, operation, result, other, node.place)
    return result


def _measure(context: Context, node: Node) -> Typed:
    if context.table is not None and context.keys is None:
        context.draft.fault("ZC315", node)
        return MISSING
    keys = context.keys or ()
    if node.rule == "sum_of" and not node.has(1):
        return _sum_of_name(context, node)
    selection = read_selection(context, node.node(len(node.parts) - 1))
    if selection is None:
        return MISSING
    inner = rows_context(context.draft, selection)
    block = context.draft.defines.get(node.node(len(node.parts) - 1).word(0).string)
    inner.columns = block.columns if block else {}
    own = tuple(
        found for key in keys if (found := key_for(context.draft, key, selection.table, inner.columns)) is not None
    )
    if node.rule == "number_of_rows" and (share := draft_share(context.draft, selection.table)) is not None:
        return Typed(Measure(Measuring.SUM, selection, share, (), own), group=True, place=node.place)
    if node.rule == "number_of_rows":
        return Typed(Measure(Measuring.ROWS, selection, None, (), own), group=True, place=node.place)
    if node.rule == "number_of_different":
        different = tuple(key.value for part in node.parts[:-1] if isinstance(part, Node)
                          for key in read_keys(context.draft, part, selection.table, keys))  # fmt: skip
        return Typed(Measure(Measuring.DIFFERENT, selection, None, different, own), group=True, place=node.place)
    return _sum(context, named(inner, node.word(0)), selection, own, node)


def draft_share(draft: Draft, table: str) -> Expression | None:
    """What a row of a spread by days counts for; None when every row counts for one."""
    spread = draft.tables[table].spread
    if spread is None or spread.counted is not Counted.BY_DAYS:
        return None
    return Arithmetic(Operation.DIVIDE, Cell(PRESENT), Cell(WHOLE))


def _sum(context: Context, value: Typed, selection: Selection, own: tuple[object, ...], node: Node) -> Typed:
    if value.kind == "missing":
        return MISSING
    if value.kind != "number":
        context.draft.fault("ZC316", node, kind=value.kind)
        return MISSING
    measure = Measure(Measuring.SUM, selection, value.expression, (), own)  # type: ignore[arg-type]
    return Typed(measure, unit=value.unit, percent=value.percent, group=True, place=node.place)


def _sum_of_name(context: Context, node: Node) -> Typed:
    word, draft = node.word(0), context.draft
    block = draft.resolved(word.string)
    if block is None:
        draft.unknown("ZC317", word, draft.defines)
        return MISSING
    draft.mentioned.add(word.string)
    if block.group is not None:
        if block.group.keys and all(_is_told(context, key) for key in block.group.keys):
            draft.fault("ZC325", node, name=word.string, keys=", ".join(key.name for key in block.group.keys))
        return Typed(DefineSum(word.string), unit=block.unit, percent=block.percent, group=True, place=node.place)
    if block.row is None or block.row.table is None:
        if not block.faulty:
            draft.fault("ZC318", word, name=word.string)
        return MISSING
    selection = block.row.selection or Selection(block.row.table)
    columns = _columns_of(draft, block)
    own = tuple(
        found for key in context.keys or () if (found := key_for(draft, key, selection.table, columns)) is not None
    )
    return _sum(context, block.row, selection, own, node)


def _is_told(context: Context, key: Key) -> bool:
    """Whether the group at hand has one value of a key of a define, so that there is nothing to sum over it."""
    parties = context.draft.parties
    if parties.separately and key.name == parties.column:
        return True
    if key.every is None:
        return any(own.name == key.name for own in context.keys or ())
    return any(own.every is not None and finer(own.every, key.every) for own in context.keys or ())


def _columns_of(draft: Draft, block: DefineBlock) -> dict[str, Typed]:
    """The computed columns of the rows over which a define has a value: its own, or those of the define it takes from."""
    found = dict(block.columns)
    for line in block.line.lines:
        if line.node is not None and line.rule == "step":
            for word in line.node.words():
                other = draft.defines.get(word.string) if word.terminal == "NAME" else None
                if other is not None and other.selection is not None:
                    found |= other.columns
    return found


def combine(context: Context, operation: Operation, left: Typed, right: Typed, place: Place) -> Typed:
    """Two values under one operation, units checked."""
    if operation is Operation.MULTIPLY:
        return multiply(context, left, right, place)
    if operation is Operation.DIVIDE:
        return _divide(context, left, right, place)
    if not addable(context, left, right, place):
        return MISSING
    unbounded = operation is Operation.LEAST and _boundless(context, right)
    expression = Arithmetic(operation, left.expression, right.expression, unbounded)
    unit = right.unit if isinstance(left.expression, Number) and left.expression.value == 0 else left.unit
    return _merged(context, left, right, place).but(expression, unit=unit, percent=left.percent and right.percent)


def _boundless(context: Context, typed: Typed) -> bool:
    expression: Expression = typed.expression
    if isinstance(expression, Cell):
        return (str(typed.table), expression.column) in context.draft.boundless
    return isinstance(expression, LookUp) and context.draft.lookups[expression.lookup].boundless


def multiply(context: Context, left: Typed, right: Typed, place: Place) -> Typed:
    """A product. Euro times euro, and other units that no contract means, are a fault."""
    if "missing" in (left.kind, right.kind):
        return MISSING
    unit = left.unit.times(right.unit)
    if left.kind != "number" or right.kind != "number" or not unit.sensible:
        language = context.draft.source.language
        context.draft.fault("ZC309", place, left=unit_text(left.unit, language), right=unit_text(right.unit, language))
        return MISSING
    expression = Arithmetic(Operation.MULTIPLY, left.expression, right.expression)
    percent = left.percent and right.percent
    return _merged(context, left, right, place).but(expression, unit=unit, percent=percent)


def _divide(context: Context, left: Typed, right: Typed, place: Place) -> Typed:
    if "missing" in (left.kind, right.kind):
        return MISSING
    unit = left.unit.per(right.unit)
    expression = Arithmetic(Operation.DIVIDE, left.expression, right.expression)
    ratio = unit == NUMBER and left.unit == right.unit and not isinstance(right.expression, Number)
    return _merged(context, left, right, place).but(
        expression, unit=unit, percent=left.percent or (ratio and not right.percent)
    )


def _merged(context: Context, left: Typed, right: Typed, place: Place) -> Typed:
    table = left.table or right.table
    group = left.group or right.group
    if group and (table is not None):
        context.draft.fault("ZC319", place)
        return MISSING
    if left.table and right.table and left.table != right.table:
        context.draft.fault("ZC233", place, name="", table=right.table, here=left.table)
    return Typed(left.expression, table=table, group=group, selection=left.selection or right.selection, place=place)


def read_steps(context: Context, lines: Iterable[Line], start: Typed | None = None) -> Typed | None:
    """Steps from top to bottom. None when there are none, or when the first does not take a value."""
    value = start
    branches: list[tuple[Condition, Expression]] = []
    for line in lines:
        node = line.node
        if node is None or not node.rule.startswith("step"):
            continue
        if node.rule == "step" and node.node(0).word(0).terminal == "_TAKE":
            value, branches = _take(context, node, value, branches)
            continue
        if value is None:
            context.draft.fault("ZC320", line)
            return MISSING
        value = _step(context, node, value)
        branches = []
    return value


def _take(
    context: Context, node: Node, value: Typed | None, branches: list[tuple[Condition, Expression]]
) -> tuple[Typed | None, list[tuple[Condition, Expression]]]:
    if value is not None and not branches:
        context.draft.fault("ZC321", node)
    taken = operand(context, node.node(1))
    guard = node.node(2) if node.has(2) else None
    if guard is None:
        return taken, []
    if guard.rule == "otherwise":
        if not branches:
            context.draft.fault("ZC322", node)
        return taken.but(Choice(tuple(branches), taken.expression)), []
    branches = [*branches, (read_guard(context, guard), taken.expression)]
    return taken.but(Choice(tuple(branches), None)), branches


def _step(context: Context, node: Node, value: Typed) -> Typed:
    match node.rule:
        case "step_rounded":
            rounding = read_rounding(context.draft, node.node(0))
            if rounding is None or value.kind == "missing":
                return value
            share = value.unit == NUMBER and node.node(0).node(1).rule == "percent"  # rounded to 0.1 %: a percentage
            return value.but(Rounded(value.expression, rounding, share), percent=value.percent or share)
        case "step_exponential":
            return _exponential(context, node, value)
        case "step_scale":
            return through_scale(context, value, node.word(0))
        case "step_nothing":
            condition = read_guard(context, node.node(0))
            nil = Number(Fraction(0), value.unit, value.percent)
            return value.but(Choice(((condition, nil),), value.expression))
    after = combine(context, STEPS[node.node(0).word(0).terminal], value, operand(context, node.node(1)), node.place)
    if not node.has(2):
        return after
    if node.node(2).rule == "otherwise":
        context.draft.fault("ZC322", node)
        return after
    condition = read_guard(context, node.node(2)) if after.kind != "missing" else NEVER
    return after.but(Choice(((condition, after.expression),), value.expression))


def _exponential(context: Context, node: Node, value: Typed) -> Typed:
    """`exponential  rounded ... to ...`: of a plain figure per key, to the decimals written."""
    rounding = read_rounding(context.draft, node.node(0))
    if value.kind == "missing" or rounding is None:
        return MISSING
    if not value.group or value.unit != NUMBER:
        context.draft.fault("ZC428", node)
        return MISSING
    return value.but(Exponential(value.expression, rounding), percent=False)


def through_scale(context: Context, value: Typed, word: Word) -> Typed:
    """A value put through a named scale, in the unit of the scale's values."""
    if word.string not in context.draft.scales:
        context.draft.unknown("ZC323", word, context.draft.scales)
        return MISSING
    context.draft.mentioned.add(word.string)
    unit, percent = context.draft.scale_values[word.string]
    slices = context.draft.scales[word.string].kind in (ScaleKind.EACH_SLICE, ScaleKind.WHOLE_VOLUME)
    if slices and percent and value.kind != "missing":  # a share of each slice is what the slice is: euros of euros
        unit, percent = value.unit, value.percent
    return (
        value
        if value.kind == "missing"
        else value.but(Scaled(value.expression, word.string), unit=unit, percent=percent)
    )
