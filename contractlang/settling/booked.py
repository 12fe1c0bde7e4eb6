"""Amounts that no row carries, as they are booked, and the amount of an article for a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from contractlang.base.calendar import Span, periods
from contractlang.engine.protocol import Group
from contractlang.model.expression import ArticleAmount, Key
from contractlang.model.heads import Filled, Head, Limit, Pay
from contractlang.settling.point import Absent, Point
from contractlang.settling.rowkeys import row_keys

if TYPE_CHECKING:
    from contractlang.settling.evaluate import Evaluator


class Booked(Struct, frozen=True):
    """Cents of a head for a group: an amount on top, a fixed sum, or the cut of a ceiling that cuts no rows.

    `parts` are the settlement periods in which it falls due, with the cents of each; they sum to the amount.
    """

    head: str
    article: str
    base: tuple[str, ...]
    point: Point
    amount: int
    parts: tuple[tuple[str, int], ...] = ()


class Reserved(Struct, frozen=True):
    """Cents that a distribution of an article put in reserve for a group."""

    article: str
    point: Point
    amount: int


def on_rows(head: Head) -> bool:
    """Whether the rows themselves carry what the head does."""
    return (isinstance(head, Pay) and head.earns) or (isinstance(head, Limit) and head.filled is not Filled.AS_A_WHOLE)


def article_amount(evaluator: Evaluator, ask: ArticleAmount, point: Point) -> int:
    """Cents of an article for a group, with the heads of the articles `after` on top of it.

    The keys are those of the expression, else those of the group. Rows: what they get after the ceilings of
    `after`. A ceiling is its own movement, what it adds to the ceilings before it (a negative number). Booked amounts
    are added for every group that is part of this one. No rows and nothing booked: 0, for the article pays nothing.
    Raises Absent when a booked amount cannot be told apart by a key of the group.
    """
    heads = [head for head in evaluator.contract.heads if head.article == ask.article]
    keys = row_keys(evaluator.contract, ask.keys or point.keys, ask.article)
    total = _booked(evaluator, ask, point)
    if any(isinstance(head, Pay) and head.earns for head in heads):
        applied = limits_of(evaluator, ask.after)
        total += _rows(evaluator, (ask.article,), applied, keys, point)
    for head in heads:
        if isinstance(head, Limit) and on_rows(head):
            before = limits_before(evaluator, head.id)
            total += _rows(evaluator, head.base, (*before, head.id), keys, point)
            total -= _rows(evaluator, head.base, before, keys, point)
    return total


def limits_of(evaluator: Evaluator, articles: tuple[str, ...]) -> tuple[str, ...]:
    """The ceilings on rows of these articles, in the order of settlement."""
    heads = evaluator.contract.heads
    return tuple(head.id for head in heads if isinstance(head, Limit) and on_rows(head) and head.article in articles)


def limits_before(evaluator: Evaluator, limit: str) -> tuple[str, ...]:
    """The ceilings on rows that are settled before this one."""
    found: list[str] = []
    for head in evaluator.contract.heads:
        if head.id == limit:
            break
        if isinstance(head, Limit) and on_rows(head):
            found.append(head.id)
    return tuple(found)


def _rows(
    evaluator: Evaluator, articles: tuple[str, ...], after: tuple[str, ...], keys: tuple[Key, ...], point: Point
) -> int:
    group: Group = point.project(keys, evaluator.contract.term).group
    return evaluator.amounts(articles, after, keys).get(group, 0)


def _booked(evaluator: Evaluator, ask: ArticleAmount, point: Point) -> int:
    total = 0
    for entry in evaluator.booked:
        if entry.article != ask.article and not (entry.article in ask.after and ask.article in entry.base):
            continue
        for key in point.keys:
            if not entry.point.tells(key) and not _only_period(key, entry.point, evaluator.contract.term):
                raise Absent(key.name)
        if entry.point.within(point, evaluator.contract.term):
            total += entry.amount
    return total


def _only_period(key: Key, booked: Point, term: Span) -> bool:
    """Whether an amount booked for no period is that of the only period of this kind in the term."""
    return key.every is not None and len(periods(term, key.every)) == 1 and not any(own.every for own in booked.keys)
