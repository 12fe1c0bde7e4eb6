"""Indicators and composite scores: enough observations, how they are compared, weights and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from contractlang.analysis.context import MISSING, Context
from contractlang.analysis.draft import DefineBlock, Typed
from contractlang.analysis.header import read_rounding
from contractlang.analysis.operands import read_steps
from contractlang.analysis.terms import named
from contractlang.analysis.vocabulary import label_text
from contractlang.base.units import NUMBER
from contractlang.model.expression import (
    AllMissing,
    Arithmetic,
    Choice,
    Compare,
    Expression,
    Measure,
    Measuring,
    MissingPart,
    Number,
    Operation,
    Relation,
    Rounded,
    Weighed,
)
from contractlang.syntax.tree import Line, Node

PARTS = {
    "_LEFT_OUT_FILL": MissingPart.FILLS_UP,
    "_COUNTS_ZERO": MissingPart.ZERO,
    "_IS_ERROR": MissingPart.ERROR,
}
ALL = {"_IS_ERROR": AllMissing.ERROR, "_COUNTS_ZERO": AllMissing.ZERO, "_STAYS_EMPTY": AllMissing.EMPTY}
COMPARED = {"compared_exact", "compared_rounded"}
FEWEST = {"fewest", "fewest_in_denominator"}


def read_figure(context: Context, block: DefineBlock, lines: list[Line]) -> Typed | None:
    """The steps of a define, with what an indicator asks of its figure, or with weighed figures to start from.

    An indicator is judged before it goes through a scale: too few observations leave it missing, and the comparison
    is with the exact or the rounded figure, as written.
    """
    rules = {line.rule for line in lines}
    steps = [line for line in lines if line.rule.startswith("step")]
    if "weigh" in rules:
        return read_steps(context, steps, _weighed(context, block, lines))
    if "all_missing" in rules:
        context.draft.fault("ZC445", next(line for line in lines if line.rule == "all_missing"))
    if block.verb == "_INDICATOR":
        _require(context, block, lines)
    cut = next((i for i, line in enumerate(steps) if line.rule == "step_scale"), len(steps))
    value = read_steps(context, steps[:cut])
    if value is not None and value.kind != "missing":
        value = _judged(context, value, lines)
    return read_steps(context, steps[cut:], value)


def _require(context: Context, block: DefineBlock, lines: list[Line]) -> None:
    rules = {"compared" if line.rule in COMPARED else "fewest" if line.rule in FEWEST else line.rule for line in lines}
    if any(line.node is None for line in block.line.lines):
        return
    for label in ("fewest", "compared", "per"):
        if label not in rules:
            _ask(context, block, label)


def _ask(context: Context, block: DefineBlock, label: str) -> None:
    context.draft.fault("ZC254", block.line, name=block.name, label=label_text(label, context.draft.source.language))


def _judged(context: Context, value: Typed, lines: list[Line]) -> Typed:
    expression = value.expression
    for line in lines:
        if line.rule == "compared_rounded" and line.node is not None:
            rounding = read_rounding(context.draft, line.node.node(0))
            share = value.unit == NUMBER and line.node.node(0).node(1).rule == "percent"
            expression = expression if rounding is None else Rounded(expression, rounding, share)
    for line in lines:
        if line.rule in FEWEST and line.node is not None:
            counted = _counted(context, value, line.node)
            if counted is None:
                return MISSING
            enough = Compare(counted, Relation.AT_LEAST, Number(line.node.node(0).word(0).number))
            expression = Choice(((enough, expression),), None)
    return value.but(expression)


def _counted(context: Context, value: Typed, node: Node) -> Expression | None:
    """What must be enough: the denominator, or the rows that the figure measures."""
    if node.rule == "fewest_in_denominator":
        found = _first(value.expression, Arithmetic)
        while isinstance(found, Arithmetic) and found.operation is not Operation.DIVIDE:
            found = _first(found.left, Arithmetic)
        if isinstance(found, Arithmetic):
            return found.right
        context.draft.fault("ZC255", node)
        return None
    measure = _first(value.expression, Measure)
    if isinstance(measure, Measure):
        return Measure(Measuring.ROWS, measure.selection, None, (), measure.keys)
    context.draft.fault("ZC256", node)
    return None


def _first(expression: Expression, kind: type[Expression]) -> Expression | None:
    """The first expression of a kind, going down along what the steps started with."""
    while not isinstance(expression, kind):
        match expression:
            case Arithmetic(_, left, _):
                expression = left
            case Rounded(inner, _):
                expression = inner
            case Choice(branches, _) if branches:
                expression = branches[0][1]
            case _:
                return None
    return expression


def _weighed(context: Context, block: DefineBlock, lines: list[Line]) -> Typed:
    """`weigh` lines as one figure. Weights must add up to 100 %, and what is missing must be said."""
    draft, parts = context.draft, []
    percent, faulty = True, False
    for line in _of(lines, "weigh"):
        assert line.node is not None
        value = named(context, line.node.node(0).word(0))
        if value.kind == "missing":
            faulty = True
            continue
        if not value.group or value.kind != "number" or value.unit != NUMBER:
            draft.fault("ZC258", line, name=line.node.node(0).word(0).string)
            faulty = True
            continue
        percent = percent and value.percent
        parts.append((value.expression, line.node.node(1).word(0).number))
    for label in ("missing", "all_missing"):
        if not _of(lines, label):
            _ask(context, block, label)
            faulty = True
    if faulty:
        return MISSING
    total = sum((weight for _, weight in parts), Fraction(0))
    if total != 1:
        draft.fault("ZC257", block.line, name=block.name, total=str(total * 100))
        return MISSING
    missing, every = _of(lines, "missing")[0].node, _of(lines, "all_missing")[0].node
    assert missing is not None
    assert every is not None
    answer = missing.node(0).word(0).terminal
    if answer not in PARTS:
        draft.fault("ZC259", missing)
        return MISSING
    weighed = Weighed(tuple(parts), PARTS[answer], ALL[every.node(0).word(0).terminal])
    return Typed(weighed, percent=percent, group=True, place=block.line.place)


def _of(lines: Iterable[Line], rule: str) -> list[Line]:
    return [line for line in lines if line.rule == rule and line.node is not None]
