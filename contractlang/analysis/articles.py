"""Articles: their heads, in the order in which they are settled."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TypeGuard

from contractlang.analysis.absorb import Absorbing, exclusive, not_absorbed, read_includes
from contractlang.analysis.cash import read_deduct, read_guarantee_due
from contractlang.analysis.conditions import read_guard
from contractlang.analysis.context import Context
from contractlang.analysis.divide import read_distribute
from contractlang.analysis.draft import Draft, Typed
from contractlang.analysis.header import read_rounding
from contractlang.analysis.keys import loose_keys
from contractlang.analysis.labels import read_labels
from contractlang.analysis.limits import base_articles, read_limit
from contractlang.analysis.operands import operand, read_steps
from contractlang.analysis.payments import PART_YEARS, read_pay
from contractlang.analysis.unit_rules import unit_text
from contractlang.base.units import EURO
from contractlang.model.contract import Article
from contractlang.model.expression import (
    Arithmetic,
    ArticleAmount,
    Choice,
    Expression,
    Key,
    Number,
    Operation,
    PartOfPeriod,
)
from contractlang.model.heads import Head, Manual, OnTop, OnTopKind, PartYear, Pay
from contractlang.syntax.tree import Line, Node

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def declare_articles(draft: Draft, blocks: list[Line]) -> tuple[Article, ...]:
    """Numbers, titles and prose; a number that stands twice is a fault."""
    found: list[Article] = []
    for block in blocks:
        assert block.node is not None
        number = block.node.word(0)
        if number.text in draft.articles:
            draft.fault("ZC260", number, number=number.text, line=draft.articles[number.text].line)
            continue
        draft.articles[number.text] = block.place
        see = tuple(
            line.node.node(0).word(0).string for line in block.lines if line.rule == "see" and _names(line.node)
        )
        found.append(Article(number.text, block.node.word(1).string, block.prose, see))
        if not block.lines:
            draft.fault("ZC261", block)
    return tuple(found)


def _names(node: Node | None) -> TypeGuard[Node]:
    """Whether what stands behind `see` is a name."""
    return node is not None and node.node(0).rule == "named"


def read_heads(draft: Draft, blocks: list[Line]) -> list[tuple[Head, Line]]:
    """All heads in the order written: first what pays, so that ceilings and amounts on top know their base."""
    listed = list(_numbered(blocks))
    draft.broken = {str(b.node.word(0).text) for b in blocks if b.node and any(line.node is None for line in b.lines)}
    heads: dict[str, Head] = {}
    paying: dict[str, set[str]] = {}
    priced: dict[tuple[object, ...], Pay] = {}
    absorbing: list[tuple[Absorbing, Line]] = []
    for article, head_id, line in listed:
        if line.rule in ("pay", "charge"):
            before = len(draft.faults) + len(draft.holes)
            head = read_pay(draft, article, line, head_id)
            if head is None:
                draft.broken.add(article)
                _lost(draft, line, before)
                continue
            heads[head_id] = head
            absorbing += [(one, line) for one in read_includes(draft, article, line, head)]
            if isinstance(head, Pay):
                _paid_twice(draft, head, priced, line)
                paying.setdefault(article, set()).add(head.selection.table)
            else:
                draft.rowless.add(article)
    paid = {article for article, _, line in listed if line.rule in ("pay", "adjust")}
    draft.charged = {article for article, _, line in listed if line.rule in ("charge", "reduce")} - paid
    draft.rowless |= {article for article, _, line in listed if line.rule in ("adjust", "reduce", "guarantee")}
    for article, head_id, line in listed:
        before = len(draft.faults) + len(draft.holes)
        if line.rule == "limit":
            found = read_limit(draft, article, line, head_id, paying)
        elif line.rule in ("adjust", "reduce"):
            found = _on_top(draft, article, line, head_id)
        else:
            found = _other(draft, article, line, head_id)
        if found is not None:
            heads[head_id] = found
        elif line.rule not in ("see", "pay", "charge"):
            _lost(draft, line, before)
    shadows = [(shadow.pay, line) for shadow, line in exclusive(draft, absorbing)]
    for head_id, head in heads.items():
        if isinstance(head, Pay):
            heads[head_id] = not_absorbed(head, [pay for pay, _ in shadows])
    return [*shadows, *((heads[head_id], line) for _, head_id, line in listed if head_id in heads)]


def _lost(draft: Draft, line: Line, before: int) -> None:
    """A head that came to nothing says why, or nothing would be paid without a word: what is still open is not settled."""
    quiet = len(draft.faults) + len(draft.holes) == before
    unread = any(below.node is None for below in line.lines)
    if quiet and not unread and not (draft.faults or draft.holes or draft.lost):
        draft.fault("ZC412", line)


def _paid_twice(draft: Draft, head: Pay, priced: dict[tuple[object, ...], Pay], line: Line) -> None:
    """The same quantity of the same rows at the same price is one payment: written twice, it would be paid twice."""
    first = priced.setdefault((head.selection, head.quantity, head.price, head.tiers, head.charge), head)
    if first is not head:
        draft.fault("ZC408", line, line=first.place.line)


def _numbered(blocks: list[Line]) -> Iterator[tuple[str, str, Line]]:
    for block in blocks:
        assert block.node is not None
        number = block.node.word(0).text
        lines = [line for line in block.lines if line.node is not None]
        for index, line in enumerate(lines):
            head_id = number if len(lines) == 1 else number + (LETTERS[index] if index < 26 else f".{index}")
            yield number, head_id, line


def _other(draft: Draft, article: str, line: Line, head_id: str) -> Head | None:
    node = line.node
    assert node is not None
    match node.rule:
        case "by_people":
            return Manual(head_id, article, node.word(0).string, line.place)
        case "see":
            name = next(iter(node.words()), None)
            if name is not None and name.terminal == "NAME" and name.string not in draft.defines:
                draft.unknown("ZC246", name, draft.defines)
            return None
        case "guarantee":
            return _floor(draft, article, line, head_id)
        case "guarantee_due":
            return read_guarantee_due(draft, article, line, head_id)
        case "distribute":
            return read_distribute(draft, article, line, head_id)
        case "deduct":
            return read_deduct(draft, article, line, head_id)
    return None


def _on_top(draft: Draft, article: str, line: Line, head_id: str) -> Head | None:
    node = line.node
    assert node is not None
    labels = read_labels(draft, line, "adjust")
    base = base_articles(draft, node.node(0))
    if not base:
        return None
    labels.require("by_amount", "per")
    keys = loose_keys(draft, [found.node for found in labels.lines("per") if found.node is not None])
    order = next((part for part in node.node(0).nodes() if part.rule in ("before", "after")), None)
    mark = (order.rule, order.word(0).text) if order is not None else ()
    context = Context(draft, keys=keys)
    context.base = _base(base, mark, keys, node)
    first = labels.node("by_amount")
    if first is None:
        return None
    steps = labels.lines("step", "by_scale", "rounded")
    last = (
        steps.pop().node if steps and steps[-1].rule == "step_rounded" else None
    )  # rounds the outcome; others on the way
    taken = operand(context, first.node(0))
    if first.has(1):  # `by ... when`: nothing while the condition does not hold
        guard = read_guard(context, first.node(1))
        taken = taken.but(Choice(((guard, taken.expression),), Number(Fraction(0))))
    amount = read_steps(context, steps, taken)
    condition = read_guard(context, node.node(1)) if node.has(1) else None
    rounding = draft.rounding if last is None else read_rounding(draft, last.node(0))
    if last is None:
        draft.default("rounded", article)
    if amount is None or amount.kind == "missing" or rounding is None:
        return None
    if amount.unit != EURO:
        draft.fault("ZC406", first, unit=unit_text(amount.unit, draft.source.language))
        return None
    kind = OnTopKind.REDUCE if node.rule == "reduce" else OnTopKind.ADJUST
    return OnTop(head_id, article, kind, base, amount.expression, rounding, keys, condition, line.place)


def _base(base: tuple[str, ...], mark: tuple[str, ...], keys: tuple[Key, ...], node: Node) -> Typed:
    """What stands below a head on top: the base of several articles is their sum."""
    whole: Expression = ArticleAmount(base[0], mark, keys)
    for number in base[1:]:
        whole = Arithmetic(Operation.ADD, whole, ArticleAmount(number, mark, keys))
    return Typed(whole, unit=EURO, group=True, place=node.place)


def _floor(draft: Draft, article: str, line: Line, head_id: str) -> Head | None:
    """`guarantee article 3 at least ...`: what the base lacks to the floor, in each group, is added."""
    node = line.node
    assert node is not None
    labels = read_labels(draft, line, "guarantee")
    base = base_articles(draft, node.node(0))
    labels.require("per", "part_year")
    if not base:
        return None
    keys = loose_keys(draft, [found.node for found in labels.lines("per") if found.node is not None])
    order = next((part for part in node.node(0).nodes() if part.rule in ("before", "after")), None)
    mark = (order.rule, order.word(0).text) if order is not None else ()
    context = Context(draft, keys=keys, base=_base(base, mark, keys, node))
    floor = operand(context, node.node(1))
    condition = read_guard(context, node.node(2)) if node.has(2) else None
    part = PART_YEARS.get(labels.answer("part_year"), PartYear.FULL)
    rounded = labels.node("rounded")
    rounding = draft.rounding if rounded is None else read_rounding(draft, rounded.node(0))
    if floor.kind == "missing" or rounding is None or context.base is None:
        return None
    if floor.unit != EURO:
        draft.fault("ZC406", node.node(1), unit=unit_text(floor.unit, draft.source.language))
        return None
    lowest = floor.expression
    if part is not PartYear.FULL:
        lowest = Arithmetic(Operation.MULTIPLY, lowest, PartOfPeriod(part.value))
    lacking = Arithmetic(Operation.SUBTRACT, lowest, context.base.expression)
    amount = Arithmetic(Operation.GREATEST, lacking, Number(Fraction(0), EURO))
    return OnTop(head_id, article, OnTopKind.GUARANTEE, base, amount, rounding, keys, condition, line.place)


def base_node(line: Line) -> Node | None:
    """The base of a head that stands on top of articles."""
    if line.node is None or line.rule not in ("limit", "adjust", "reduce", "guarantee"):
        return None
    return line.node.node(0)
