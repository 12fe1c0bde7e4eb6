"""Which groups there are: those of the rows that an expression measures."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from contractlang.base.calendar import periods
from contractlang.engine.protocol import KeyPart
from contractlang.model.contract import Define
from contractlang.model.expression import (
    All,
    Any,
    Arithmetic,
    ArticleAmount,
    Choice,
    Compare,
    Condition,
    DefineSum,
    DefineValue,
    Empty,
    Exponential,
    Expression,
    Key,
    KeyValue,
    LookUp,
    Measure,
    Not,
    OneOf,
    Rounded,
    Scaled,
    StartsWith,
    Weighed,
    Within,
)
from contractlang.model.heads import Limit, Pay
from contractlang.settling.point import Absent, Point, order_of
from contractlang.settling.rowkeys import row_keys

if TYPE_CHECKING:
    from contractlang.settling.evaluate import Evaluator

Found = tuple[str | None, dict[str, KeyPart]]
"""A party (None: not told) and the keys that a source of groups tells."""


def define_points(evaluator: Evaluator, define: Define) -> tuple[Point, ...]:
    """The groups of a define: those of the measures in its own value.

    A define that measures nothing itself has the groups of the defines, else of the lists, that it uses.
    """
    expressions = [] if define.value is None else [define.value]
    return points(evaluator, expressions, define.keys)


def points(evaluator: Evaluator, expressions: list[Expression], keys: tuple[Key, ...]) -> tuple[Point, ...]:
    """The groups for these keys that the expressions have rows for, sorted; one per party when there are no keys.

    A period key that no source tells takes every period of the term, a party that no source tells every party.
    """
    found: list[Found] = []
    for expression in expressions:
        found += _sources(evaluator, expression, keys)
    return _complete(evaluator, found, keys)


def _complete(evaluator: Evaluator, found: list[Found], keys: tuple[Key, ...]) -> tuple[Point, ...]:
    """Fill in what a source does not tell with all that others tell of it."""
    term = evaluator.contract.term
    known: dict[str, set[KeyPart]] = {
        key.name: {told[key.name] for _, told in found if key.name in told} for key in keys
    }
    for key in keys:
        if key.every and not known[key.name]:
            known[key.name] = set(periods(term, key.every))
    parties = set(evaluator.parties())
    most = max((len(told) for _, told in found), default=0)
    full = [entry for entry in found if len(entry[1]) == most] or [(None, {})]
    made: set[Point] = set()
    for party, told in full:
        choices = [[told[key.name]] if key.name in told else sorted(known[key.name], key=_text) for key in keys]
        for one in [party] if party is not None else parties:
            made.update(Point(one, keys, values) for values in product(*choices))
    return tuple(sorted(made, key=lambda point: order_of(point.group)))


def _text(value: KeyPart) -> tuple[str, ...]:
    return order_of((value,))


def _sources(evaluator: Evaluator, expression: Expression, keys: tuple[Key, ...]) -> list[Found]:
    """What the measures in an expression tell; failing these the defines; failing these the lists."""
    parts = list(parts_of(expression))
    for part in parts:
        if isinstance(part, Choice):
            parts += [one for condition, _ in part.branches for one in _in_condition(condition)]
    found: list[Found] = []
    for part in parts:
        if isinstance(part, Measure):
            found += [_told(evaluator, Point.of(g, part.keys), keys) for g in evaluator.measure(part)]
        elif isinstance(part, ArticleAmount):
            found += _of_article(evaluator, part.article, part.keys or keys, keys)
    if not found:
        for part in parts:
            if isinstance(part, DefineValue | DefineSum):
                used = define_points(evaluator, evaluator.contract.define(part.define))
                found += [_told(evaluator, point, keys) for point in used]
    return found or [entry for part in parts if isinstance(part, LookUp) for entry in _of_list(evaluator, part, keys)]


def _told(evaluator: Evaluator, point: Point, keys: tuple[Key, ...]) -> Found:
    told: dict[str, KeyPart] = {}
    for key in keys:
        if not point.tells(key):
            continue
        try:
            told[key.name] = point.align(key, evaluator.contract.term)
        except Absent:
            continue
    return point.party, told


def base_points(evaluator: Evaluator, articles: tuple[str, ...], keys: tuple[Key, ...]) -> list[Found]:
    """What the rows and the booked amounts of articles tell of these keys."""
    return [entry for article in articles for entry in _of_article(evaluator, article, keys, keys)]


def _of_article(evaluator: Evaluator, article: str, asked: tuple[Key, ...], keys: tuple[Key, ...]) -> list[Found]:
    found: list[Found] = []
    asked = row_keys(evaluator.contract, asked, article)
    for head in evaluator.contract.heads:
        if head.article == article and isinstance(head, Pay | Limit) and getattr(head, "earns", True):
            base = (article,) if isinstance(head, Pay) else head.base
            groups = evaluator.amounts(base, (), asked)
            found += [_told(evaluator, Point.of(group, asked), keys) for group in groups]
    return found + [_told(evaluator, entry.point, keys) for entry in evaluator.booked if entry.article == article]


def on_top_points(
    evaluator: Evaluator, amount: Expression, base: tuple[str, ...], keys: tuple[Key, ...]
) -> tuple[Point, ...]:
    """The groups of an amount on top: those that the measures in the amount or the base have, within the term."""
    found = base_points(evaluator, base, keys) + _sources(evaluator, amount, keys)
    if not found:
        return ()
    term = evaluator.contract.term
    return tuple(point for point in _complete(evaluator, found, keys) if point.window(term).days)


def _of_list(evaluator: Evaluator, ask: LookUp, keys: tuple[Key, ...]) -> list[Found]:
    lookup = evaluator.contract.lookup(ask.lookup)
    wanted = {key.name for key in keys}
    positions = [(i, key.name) for i, key in enumerate(ask.keys) if isinstance(key, KeyValue) and key.name in wanted]
    cells = [row.keys for row in lookup.rows] if lookup.data is None else list(evaluator.engine.values(lookup.name))
    found: list[Found] = []
    for row in cells:
        told: dict[str, KeyPart] = {}
        for position, name in positions:
            cell = row[position]
            if isinstance(cell, str):
                told[name] = cell
        if len(told) == len(positions):
            found.append((None, told))
    return found


def parts_of(expression: Expression) -> Iterator[Expression]:
    """The expression and everything in it, but not what is inside a measure."""
    yield expression
    match expression:
        case Arithmetic(_, left, right):
            yield from parts_of(left)
            yield from parts_of(right)
        case Rounded(of, _) | Scaled(of, _) | Exponential(of, _):
            yield from parts_of(of)
        case Choice(branches, otherwise):
            for _, value in branches:
                yield from parts_of(value)
            if otherwise is not None:
                yield from parts_of(otherwise)
        case LookUp(_, keys, _):
            for key in keys:
                yield from parts_of(key)
        case Weighed(parts, _, _):
            for part, _ in parts:
                yield from parts_of(part)
        case _:
            return


def _in_condition(condition: Condition) -> Iterator[Expression]:
    match condition:
        case Not(of):
            yield from _in_condition(of)
        case All(parts) | Any(parts):
            for part in parts:
                yield from _in_condition(part)
        case Compare(left, _, right):
            yield from parts_of(left)
            yield from parts_of(right)
        case OneOf(value, _) | StartsWith(value, _) | Within(value, _, _) | Empty(value):
            yield from parts_of(value)
        case _:
            return
