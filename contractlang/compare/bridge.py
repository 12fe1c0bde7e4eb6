"""The euro bridge: the difference between two settlements, attributed to the changes that made it.

Up to five changes every combination of them is settled, and each change gets the average of what it adds over all orders
in which the changes could have been made (Shapley): interaction is shared evenly and shown beside what the change does
on its own. Beyond that, or when a combination is no contract, the changes are made one after another in the order of the
contract; the order is then part of the answer. Either way the effects sum exactly to the difference of the totals.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations
from math import factorial

from msgspec import Struct

from contractlang.compare.blocks import Block
from contractlang.compare.changes import Change
from contractlang.statement.model import Statement

MOST_SHARED = 5
Place = tuple[str, str | None, str]
"""Article, party and settlement period."""
Amounts = dict[Place, Fraction]


class NoContract(Exception):
    """A combination of changes that is no contract."""


class Effect(Struct, frozen=True):
    """What a change, or several that cannot be told apart, does: in all, on its own, and by place."""

    changes: tuple[Change, ...]
    total: Fraction
    alone: Fraction | None
    by_place: Amounts

    @property
    def favours(self) -> str:
        """Who gains: provider, payer, or neither."""
        return "provider" if self.total > 0 else "payer" if self.total < 0 else "neither"


class Bridge(Struct, frozen=True):
    """From the old total to the new one."""

    old: Fraction
    new: Fraction
    effects: tuple[Effect, ...]
    method: str  # shapley | in_order


def amounts_of(statement: Statement) -> Amounts:
    """What a statement comes to by article, party and period."""
    found: Amounts = {}
    for post in statement.posts:
        if post.amount is not None:
            place = (post.article, post.party, post.period)
            found[place] = found.get(place, Fraction(0)) + Fraction(post.amount)
    return found


RESTING = ("define", "lookup", "scale", "data")  # kinds of blocks that do nothing unless another block rests on them
UNPAID = ("report", "example")


def mixed(old: Sequence[Block], new: Sequence[Block], made: Sequence[Change], resting: bool = True) -> str:
    """The text of the old version with these changes made, without what pays nothing.

    With `resting`, definitions, lists, scales and data that only one version has stand in it whether or not their change
    is made, so that a change that rests on them can be made without them.
    """
    by_old = {change.before.key: change for change in made if change.before is not None}
    taken = {change.after.key for change in made if change.after is not None}
    after = {block.key for block in new}
    blocks = []
    for block in old:
        change = by_old.get(block.key)
        if change is None:
            blocks.append(block)
        elif change.after is not None:
            blocks.append(change.after)
        if change is not None and resting and block.kind in RESTING and block.key not in after:
            blocks.append(block)
    there = {block.key for block in (*old, *blocks)}
    for block in new:
        if block.key not in there and (block.key in taken or (resting and block.kind in RESTING)):
            blocks.append(block)
    return whole(blocks)


def whole(blocks: Sequence[Block]) -> str:
    """The text of blocks, without what pays nothing."""
    return "\n".join(_without_prose(block.text) for block in blocks if block.kind not in UNPAID)


def _without_prose(text: str) -> str:
    """Prose repeats figures of one version; a mixture has figures of both."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.lstrip().startswith((">", "#")))


def bridge(made: Sequence[Change], settled: Callable[[Sequence[Change]], Amounts]) -> Bridge:
    """Attribute the difference to the changes. `settled` settles the old version with some changes made."""
    cache: dict[tuple[int, ...], Amounts] = {}

    def at(chosen: Sequence[int]) -> Amounts:
        key = tuple(sorted(chosen))
        if key not in cache:
            cache[key] = settled([made[i] for i in key])
        return cache[key]

    everything = range(len(made))
    old, new = at(()), at(everything)
    effects, method = None, "in_order"
    if len(made) <= MOST_SHARED:
        try:
            effects, method = _shared(made, at), "shapley"
        except NoContract:
            effects = None
    if effects is None:
        effects = _in_order(made, at)
    return Bridge(_sum(old), _sum(new), tuple(effects), method)


def _shared(made: Sequence[Change], at: Callable[[Sequence[int]], Amounts]) -> list[Effect]:
    number, found = len(made), []
    for i in range(number):
        others = [j for j in range(number) if j != i]
        share: Amounts = {}
        for size in range(number):
            weight = Fraction(factorial(size) * factorial(number - size - 1), factorial(number))
            for chosen in combinations(others, size):
                _add(share, at((*chosen, i)), weight)
                _add(share, at(chosen), -weight)
        alone = _sum(at((i,))) - _sum(at(()))
        found.append(Effect((made[i],), _sum(share), alone, _kept(share)))
    return found


def _in_order(made: Sequence[Change], at: Callable[[Sequence[int]], Amounts]) -> list[Effect]:
    """One change after another; those between which there is no contract are one effect."""
    found: list[Effect] = []
    done: list[int] = []
    waiting: list[int] = []
    before = at(())
    for i in range(len(made)):
        waiting.append(i)
        try:
            now = at((*done, *waiting))
        except NoContract:
            if i < len(made) - 1:
                continue
            raise
        share: Amounts = {}
        _add(share, now, Fraction(1))
        _add(share, before, Fraction(-1))
        found.append(Effect(tuple(made[j] for j in waiting), _sum(share), None, _kept(share)))
        done += waiting
        waiting, before = [], now
    return found


def _add(into: Amounts, amounts: Amounts, weight: Fraction) -> None:
    for place, amount in amounts.items():
        into[place] = into.get(place, Fraction(0)) + weight * amount


def _kept(amounts: Amounts) -> Amounts:
    return {place: amount for place, amount in amounts.items() if amount}


def _sum(amounts: Amounts) -> Fraction:
    return sum(amounts.values(), Fraction(0))
