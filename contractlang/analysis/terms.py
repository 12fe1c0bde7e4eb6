"""Names and small values: what a name means here, dates, elapsed time, literals."""

from __future__ import annotations

from contractlang.analysis.context import MISSING, Context
from contractlang.analysis.draft import DefineBlock, LookupInfo, Typed, constant
from contractlang.base.calendar import Every, periods
from contractlang.base.units import DAY, EURO, NUMBER, WRITTEN, Unit
from contractlang.model.expression import (
    AsOf,
    Cell,
    Counting,
    Day,
    DecidingDate,
    DefineValue,
    Elapsed,
    Expression,
    Key,
    KeyValue,
    LookUp,
    PeriodsIn,
    Role,
    Text,
)  # fmt: skip
from contractlang.syntax.tree import Node, Word

COUNT_UNITS = {
    "_U_HOURS": "hour", "_U_MINUTES": "minute", "_U_DAYS": "day", "_U_DAYPARTS": "daypart", "_U_WEEKS": "week",
    "_U_MONTHS": "month",
}  # fmt: skip
ELAPSED = {
    "_WHOLE_DAYS_SINCE": (Every.DAY, False),
    "_WHOLE_WEEKS_SINCE": (Every.WEEK, False),
    "_WHOLE_MONTHS_SINCE": (Every.MONTH, False),
    "_WHOLE_YEARS_SINCE": (Every.YEAR, False),
    "_CALENDAR_MONTHS_SINCE": (Every.MONTH, True),
}
PERIODS = {
    "_DAYS_FROM": (Every.DAY, Counting.TOUCHED, "day"),
    "_ISO_WEEKS_FROM": (Every.WEEK, Counting.TOUCHED, "week"),
    "_MONTHS_BY_DAYS_FROM": (Every.MONTH, Counting.BY_DAYS, "month"),
    "_MONTHS_BROKEN_FROM": (Every.MONTH, Counting.BROKEN_LAST, "month"),
}


def named(context: Context, word: Word) -> Typed:
    """What a name stands for: a column of the row at hand, a define, a list or tariff. A fault when it is nothing."""
    name, draft = word.string, context.draft
    if name in context.columns:
        return context.columns[name]
    column = context.column(name)
    if column is not None:
        return context.cell(column, word.place)
    block = draft.resolved(name)
    if block is not None:
        draft.mentioned.add(name)
        return define_value(context, block, word)
    if name in draft.lookups:
        draft.mentioned.add(name)
        return look_up(context, draft.lookups[name], word)
    columns = [c.name for c in draft.tables[context.table].columns] if context.table else []
    draft.unknown("ZC232", word, [*columns, *draft.defines, *draft.lookups])
    return MISSING


def define_value(context: Context, block: DefineBlock, word: Word) -> Typed:
    """The value of a define: its own expression for a row, a reference for a group."""
    if block.open:
        if context.table is None and context.keys is None:
            context.open = True
            return MISSING
        return context.draft.reread(block, context)
    if block.row is not None:
        if context.table is not None and block.row.table not in (None, context.table):
            context.draft.fault("ZC233", word, name=block.name, table=block.row.table, here=context.table)
        if context.table is None and context.keys is None:  # the steps after it stand in the same rows
            context.table = block.row.table
        return Typed(block.row.expression, block.row.kind, block.row.unit, block.row.percent, block.row.table,
                     selection=block.row.selection, place=word.place)  # fmt: skip
    if block.group is not None:
        if context.table is not None and context.keys is None:
            context.draft.fault("ZC234", word, name=block.name)
            return MISSING
        if context.keys is not None:
            have = {(key.name, key.every) for key in context.keys}  # a column `year` is not the calendar year
            lacking = [
                key.name for key in block.group.keys if (key.name, key.every) not in have and not _only(context, key)
            ]
            if lacking and not context.free:
                context.draft.fault("ZC235", word, name=block.name, keys=", ".join(lacking))
        return Typed(DefineValue(block.name), "number", block.unit, block.percent, group=True, place=word.place)
    if block.state != "busy" and block.selection is not None and not block.faulty:
        context.draft.fault("ZC236", word, name=block.name)
    return MISSING


def _only(context: Context, key: Key) -> bool:
    """Whether the term has only one such period, so that nobody needs to say which."""
    term = context.draft.term
    others = any(own.every not in (None, Every.TERM) for own in context.keys or ())
    return key.every is not None and term is not None and not others and len(periods(term, key.every)) == 1


def look_up(context: Context, info: LookupInfo, word: Word, fixed: Word | None = None) -> Typed:
    """The value of a list for the row or the group at hand. `fixed` is a key written behind `for`."""
    lookup = info.lookup
    if context.table is None and context.keys is None:
        context.open = True
        return MISSING
    keys: list[Expression] = []
    for position, key in enumerate(lookup.keys):
        if fixed is not None and position == len(lookup.keys) - 1:
            keys.append(Text(fixed.string if fixed.terminal in ("NAME", "STRING") else fixed.text))
        elif context.table is not None and context.keys is None:
            keys.append(_row_key(context, key, lookup.name, word))
        else:
            keys.append(_group_key(context, key, lookup.name, word))
    on: Expression | None = None
    group = context.table is None or context.keys is not None
    if lookup.dated and not group:
        on = _tariff_date(context, lookup.name, word)
    table = context.table if not group and (keys or on) else None
    return Typed(LookUp(lookup.name, tuple(keys), on), "number", info.unit, info.percent, table, group=group,
                 place=word.place)  # fmt: skip


def _row_key(context: Context, key: str, lookup: str, word: Word) -> Expression:
    if key in context.columns:
        return context.columns[key].expression
    column = context.column(key)
    if column is None:
        if key not in context.draft.lost:
            context.draft.fault("ZC237", word, list=lookup, key=key, table=context.table)
        return Text("")
    context.draft.used.add((str(context.table), key))
    return Cell(key)


def _group_key(context: Context, key: str, lookup: str, word: Word) -> Expression:
    have = [k.name for k in context.keys or ()]
    if key not in have:  # the party of a group is a name, not the value of a column: it does not look anything up
        context.draft.fault("ZC238", word, list=lookup, key=key, keys=", ".join(have) or "-")
    return KeyValue(key)


def _tariff_date(context: Context, lookup: str, word: Word) -> Expression | None:
    found = _decided(context)
    if found is None and context.table not in context.draft.torn:
        context.draft.fault("ZC239", word, list=lookup, table=context.table)
    return found


def _decided(context: Context) -> DecidingDate | None:
    """The date of the row at hand that decides its tariff: that for the tariff, else that for the year."""
    decided = {deciding.role for deciding in context.draft.tables[str(context.table)].deciding}
    role = next((role for role in (Role.TARIFF, Role.YEAR) if role in decided), None)
    return None if role is None else DecidingDate(role)


def tariff_day(context: Context, node: Node) -> Typed:
    """`the tariff date`: of the row at hand. A fault for a figure per key, which has rows of many dates."""
    if context.table is None and context.keys is None:
        context.open = True
        return MISSING
    if context.table is None or context.keys is not None:
        context.draft.fault("ZC327", node)
        return MISSING
    found = _decided(context)
    if found is None:
        if context.table not in context.draft.torn:
            context.draft.fault("ZC328", node, table=context.table)
        return MISSING
    return Typed(found, "date", table=context.table, place=node.place)


def day(context: Context, node: Node) -> Typed:
    """A day: written, a date column, the as-of day, or the tariff date of the row."""
    match node.rule:
        case "day_written":
            return Typed(Day(node.word(0).day), "date", place=node.place)
        case "as_of_day":
            return Typed(AsOf(), "date", place=node.place)
        case "tariff_date":
            return tariff_day(context, node)
    found = named(context, node.word(0))
    if found.kind not in ("date", "missing"):
        context.draft.fault("ZC301", node, name=node.word(0).string, kind=found.kind)
    return found


def elapsed(context: Context, node: Node) -> Typed:
    """`whole days since A on B`: a number of days as a unit, a bare number of weeks, months or years."""
    every, calendar = ELAPSED[node.node(0).word(0).terminal]
    since, on = day(context, node.node(1)), day(context, node.node(2))
    unit = DAY if every is Every.DAY else NUMBER
    return Typed(Elapsed(since.expression, on.expression, every, calendar), "number", unit,
                 table=since.table or on.table, place=node.place)  # fmt: skip


def periods_in(context: Context, node: Node) -> Typed:
    """`number of ISO weeks from A through B`, in its own unit."""
    every, counting, unit = PERIODS[node.node(0).word(0).terminal]
    ends = [named(context, node.word(index)) for index in (1, 2)]
    for end, index in zip(ends, (1, 2), strict=True):
        if end.kind not in ("date", "missing"):
            context.draft.fault("ZC301", node.word(index), name=node.word(index).string, kind=end.kind)
    expression = PeriodsIn(ends[0].expression, ends[1].expression, every, counting)
    return Typed(expression, "number", WRITTEN[unit][0], table=ends[0].table or ends[1].table, place=node.place)


def quantity(node: Node) -> Typed:
    """A written number with an optional unit."""
    value = node.word(0).number
    if not node.has(1):
        return constant(value, place=node.place)
    unit, share = WRITTEN[COUNT_UNITS[node.node(1).word(0).terminal]]
    return constant(value * share, unit, place=node.place)


def literal_text(context: Context, word: Word, other: Typed) -> Typed:
    """A literal as something that `other` can be compared with: a code, a number, an amount, a day, yes or no."""
    if word.terminal in ("_YES", "_NO"):
        return Typed(Text(word.terminal), "truth", place=word.place)
    if word.terminal == "DATE":
        return Typed(Day(word.day), "date", place=word.place)
    if other.kind == "text":
        return Typed(Text(word.string if word.terminal in ("NAME", "STRING") else word.text), "text", place=word.place)
    if word.terminal in ("NAME", "STRING"):
        context.draft.fault("ZC302", word, text=word.string, kind=other.kind)
        return MISSING
    unit = other.unit if word.terminal == "NUMBER" else _unit_of(word)
    return constant(word.number, unit, word.terminal == "PERCENT", word.place)


def _unit_of(word: Word) -> Unit:
    return EURO if word.terminal == "MONEY" else NUMBER
