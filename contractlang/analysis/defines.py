"""Define blocks: selections, values per row, tables of figures per key, named conditions. Resolved on first use."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from msgspec import Struct

from contractlang.analysis.attribution import LADDER, read_attribution
from contractlang.analysis.conditions import read_condition
from contractlang.analysis.context import MISSING, Context
from contractlang.analysis.draft import DefineBlock, Draft, Typed
from contractlang.analysis.indicators import read_figure
from contractlang.analysis.keys import loose_keys
from contractlang.analysis.operands import operand, read_selection, read_steps, rows_context
from contractlang.analysis.spread import read_spread
from contractlang.model.contract import Define
from contractlang.model.expression import (
    ArticleAmount,
    Choice,
    DefineSum,
    DefineValue,
    Empty,
    Expression,
    Holds,
    Key,
    KeyValue,
    Measure,
    Number,
)
from contractlang.syntax.tree import Line

# lines that this version reads and cannot settle yet
SPREAD = {"spread", "counted", "overlap"}


def declare_defines(draft: Draft, blocks: list[Line]) -> None:
    """Take the names of all define blocks, so that they may refer to each other in any order."""
    for block in blocks:
        assert block.node is not None
        word = next(iter(block.node.node(1).words()))
        verb = block.node.node(0).word(0).terminal
        if draft.declare(word):
            draft.defines[word.string] = DefineBlock(block, word.string, verb)
    draft.resolver = lambda name: resolve(draft, name)
    draft.reread = lambda block, context: reread(draft, block, context)


def resolve_all(draft: Draft) -> None:
    """Work out every define, also those that nothing uses: their faults count."""
    for name in list(draft.defines):
        resolve(draft, name)


def resolve(draft: Draft, name: str) -> DefineBlock:
    """The define with its value worked out. A define that needs itself is a fault."""
    block = draft.defines[name]
    if block.state == "busy":
        if not block.faulty:
            block.faulty = True
            draft.fault("ZC250", block.line, name=name)
        return block
    if block.state == "new":
        block.state = "busy"
        before = len(draft.faults)
        _work_out(draft, block)
        block.faulty = block.faulty or len(draft.faults) > before
        block.state = "done"
    return block


def _work_out(draft: Draft, block: DefineBlock) -> None:
    lines = [line for line in block.line.lines if line.node is not None]
    rules = {line.rule for line in lines}
    if rules & SPREAD:
        read_spread(draft, block, lines)
    if rules & LADDER:
        read_attribution(draft, block, lines)
    _single(draft, lines, ("rows", "holds_when", "missing"))
    for line in lines:
        if line.rule == "rows" and line.node is not None:
            context = Context(draft)
            block.selection = read_selection(context, line.node.node(0))
    _computed_columns(draft, block, lines)
    if "holds_when" in rules:
        _condition(draft, block, lines)
    elif any(rule.startswith("step") or rule == "weigh" for rule in rules):
        _value(draft, block, lines)
    elif block.selection is None and lines and "computed_column" not in rules and not rules & (SPREAD | LADDER):
        draft.fault("ZC251", block.line, name=block.name)


def _single(draft: Draft, lines: list[Line], rules: tuple[str, ...]) -> None:
    for rule in rules:
        found = [line for line in lines if line.rule == rule]
        for extra in found[1:]:
            draft.fault("ZC204", extra, label=rule, line=found[0].place.line)


def _computed_columns(draft: Draft, block: DefineBlock, lines: list[Line]) -> None:
    for line in lines:
        if line.rule != "computed_column" or line.node is None:
            continue
        if block.selection is None:
            draft.fault("ZC252", line)
            continue
        draft.check_name(line.node.word(0))
        context = rows_context(draft, block.selection)
        context.columns = block.columns
        value = operand(context, line.node.node(1))
        block.columns = {**block.columns, line.node.word(0).string: value}


def _keys_of(draft: Draft, lines: list[Line]) -> tuple[Key, ...]:
    return loose_keys(draft, [line.node for line in lines if line.rule == "per" and line.node is not None])


def _condition(draft: Draft, block: DefineBlock, lines: list[Line]) -> None:
    keys = _keys_of(draft, lines)
    context = Context(draft, keys=keys, free=not keys)
    node = next(line.node for line in lines if line.rule == "holds_when" and line.node is not None)
    condition = read_condition(context, node.node(0))
    if context.free:
        keys = tuple(
            {key.name: key for name in _defines_in(condition) for key in _keys_of_define(draft, name)}.values()
        )
    block.group = Define(block.name, keys, None, condition)


def _keys_of_define(draft: Draft, name: str) -> tuple[Key, ...]:
    group = draft.defines[name].group
    return group.keys if group else ()


def _defines_in(value: object) -> Iterator[str]:
    """The defines that a condition reads."""
    if isinstance(value, DefineValue | Holds):
        yield value.define
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from _defines_in(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from _defines_in(part)


def _value(draft: Draft, block: DefineBlock, lines: list[Line]) -> None:
    keys = _keys_of(draft, lines)
    if not keys:
        keys = _keys_weighed(draft, lines)
    grouped = any(line.rule in ("per", "weigh") for line in lines) or _measures(lines)
    context = Context(draft, keys=keys if grouped else None)
    value = read_figure(context, block, lines)
    if not grouped and value is not None and value.group:  # steps on figures only: one value, not one per row
        grouped, context = True, Context(draft, keys=keys)
        value = read_figure(context, block, lines)
    if context.open and context.table is not None:  # a list stood before the step that says of which rows
        context = Context(draft, context.table, None, None, context.conditions, context.columns)
        value = read_figure(context, block, lines)
    if value is None or value.kind == "missing" or context.open:
        block.open = context.open and not grouped
        return
    block.unit, block.percent = value.unit, value.percent
    if grouped:
        missing = _missing(lines)
        _told(draft, block, keys, value.expression)
        block.group = Define(
            block.name, keys, value.expression, None, value.percent, block.verb == "_ESTIMATE", missing,
            value.unit, block.verb == "_INDICATOR",
        )  # fmt: skip
    elif _missing(lines) == "zero":
        nil = Choice(((Empty(value.expression), Number(Fraction(0), value.unit, value.percent)),), value.expression)
        block.row = value.but(nil)
    else:
        block.row = value


def _keys_weighed(draft: Draft, lines: list[Line]) -> tuple[Key, ...]:
    """A composite without keys of its own has those of what it weighs."""
    found: dict[str, Key] = {}
    for line in lines:
        if line.rule == "weigh" and line.node is not None:
            block = draft.resolved(line.node.node(0).word(0).string)
            if block is not None and block.group is not None:
                found |= {key.name: key for key in block.group.keys}
    return tuple(found.values())


def _told(draft: Draft, block: DefineBlock, keys: tuple[Key, ...], value: Expression) -> None:
    """A key that nothing in a define tells would leave every figure missing without a word."""
    known = set(_keys_told(draft, value))
    if "*" in known:
        return
    for key in keys:
        if (
            key.every is None
            and key.name not in known
            and key.name != draft.parties.column
            and key.name not in draft.lost
        ):
            draft.fault("ZC426", block.line, key=key.name, name=block.name)


def _keys_told(draft: Draft, value: object) -> Iterator[str]:
    """The names of keys that an expression knows groups by; `*` for an article, whose rows tell all they have."""
    match value:
        case ArticleAmount():
            yield "*"
        case Measure():
            yield from (key.name for key in value.keys)
        case DefineValue(name) | DefineSum(name):
            group = draft.defines[name].group
            yield from (key.name for key in (group.keys if group else ()))
            if group is None:
                yield "*"
        case KeyValue(name):
            yield name
        case tuple():
            for part in value:
                yield from _keys_told(draft, part)
        case Struct():
            for name in value.__struct_fields__:
                yield from _keys_told(draft, getattr(value, name))


def _missing(lines: list[Line]) -> str:
    for line in lines:
        if line.rule == "missing" and line.node is not None:
            terminal = line.node.node(0).word(0).terminal
            return {"_COUNTS_ZERO": "zero", "_LEFT_OUT": "left_out"}.get(terminal, "error")
    return "error"


MEASURES = {"sum_of", "number_of_rows", "number_of_different", "article_amount"}


def _measures(lines: list[Line]) -> bool:
    """Whether a step measures rows or names an article, so that the define has one value, not one per row."""
    stack = [line.node for line in lines if line.node is not None and line.node.rule.startswith("step")]
    while stack:
        node = stack.pop()
        if node.rule in MEASURES:
            return True
        stack += list(node.nodes())
    return False


def reread(draft: Draft, block: DefineBlock, context: Context) -> Typed:
    """An open define (a price build-up from lists) as the rows or the group at hand see it."""
    if block.state == "busy":
        return MISSING
    block.state = "busy"
    inner = Context(draft, context.table, context.keys, context.base, context.conditions, context.columns)
    value = read_steps(inner, block.line.lines)
    block.state = "done"
    return value if value is not None else MISSING
