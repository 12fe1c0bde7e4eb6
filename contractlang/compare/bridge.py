"""The euro bridge: the difference between two settlements, attributed to the changes that made it.

Up to five changes every combination of them is settled, and each change gets the average of what it adds over all orders
in which the changes could have been made (Shapley): interaction is shared evenly and shown beside what the change does
on its own. Beyond that, or when a combination is no contract, the changes are made one after another in the order of the
contract; the order is then part of the answer. Either way the effects sum exactly to the difference of the totals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import factorial

from msgspec import Struct

from contractlang.compare.behind import Behind
from contractlang.compare.changes import Change
from contractlang.compare.outcome import Amounts, Apart

MOST_SHARED = 5
Made = tuple[Change, ...]
"""The changes that are made in a mixture of both versions, in the order of the contract."""
Settling = Callable[[Made], Amounts]
Looking = Callable[[Mapping[Made, Fraction]], Behind]
"""The rows behind a sum of settlements, each with its weight."""


class NoContract(Exception):
    """A combination of changes that is no contract."""


class Effect(Struct, frozen=True):
    """What a change, or several that cannot be told apart, does: in all, on its own, by place and by row."""

    changes: Made
    total: Fraction
    alone: Fraction | None  # None: on its own it makes no contract
    by_place: Amounts
    behind: Behind | None = None

    @property
    def favours(self) -> str:
        """Who gains: provider, payer, or neither."""
        return "provider" if self.total > 0 else "payer" if self.total < 0 else "neither"

    @property
    def interaction(self) -> Fraction | None:
        """What it does more, or less, because the other changes are made too."""
        return None if self.alone is None else self.total - self.alone


class Bridge(Struct, frozen=True):
    """From the amounts of the old version to those of the new one."""

    before: Amounts
    after: Amounts
    effects: tuple[Effect, ...]
    method: str  # shapley | in_order
    apart: Apart = Apart({}, {})

    @property
    def old(self) -> Fraction:
        """The total of the old version."""
        return _sum(self.before)

    @property
    def new(self) -> Fraction:
        """The total of the new version."""
        return _sum(self.after)

    @property
    def interaction(self) -> Fraction | None:
        """The difference less what the changes do on their own; None when that is not known of each."""
        alone = [effect.alone for effect in self.effects]
        return None if None in alone else self.new - self.old - sum((one or Fraction(0) for one in alone), Fraction(0))


def bridge(made: Sequence[Change], settled: Settling, behind: Looking | None = None) -> Bridge:
    """Attribute the difference to the changes. `settled` settles the old version with some changes made.

    Raises NoContract when the new version, with all of them made, is none.
    """
    game = _Game(tuple(made), settled, behind)
    before, after = game.at(()), game.at(tuple(range(len(made))))
    if len(made) <= MOST_SHARED:
        try:
            return Bridge(before, after, tuple(game.shared()), "shapley")
        except NoContract:
            pass  # one after another there are fewer combinations, and those that are no contract are taken together
    return Bridge(before, after, tuple(game.in_order()), "in_order")


Chosen = tuple[int, ...]


class _Game:
    """Changes, and what comes of making some of them; each combination is settled once."""

    def __init__(self, changes: Made, settled: Settling, behind: Looking | None) -> None:
        self.changes = changes
        self._settled = settled
        self._behind = behind
        self._known: dict[Chosen, Amounts | NoContract] = {}

    def at(self, chosen: Sequence[int]) -> Amounts:
        key = tuple(sorted(chosen))
        if key not in self._known:
            try:
                self._known[key] = self._settled(self._made(key))
            except NoContract as fault:
                self._known[key] = fault
        found = self._known[key]
        if isinstance(found, NoContract):
            raise found
        return found

    def shared(self) -> list[Effect]:
        """Each change with the average of what it adds over all orders."""
        number, found = len(self.changes), []
        for i in range(number):
            others = [j for j in range(number) if j != i]
            weights: dict[Chosen, Fraction] = {}
            for size in range(number):
                weight = Fraction(factorial(size) * factorial(number - size - 1), factorial(number))
                for chosen in combinations(others, size):
                    weights[tuple(sorted((*chosen, i)))] = weight
                    weights[chosen] = -weight
            found.append(self._effect((i,), weights, _sum(self.at((i,))) - _sum(self.at(()))))
        return found

    def in_order(self) -> list[Effect]:
        """One change after another; those between which there is no contract are one effect."""
        found: list[Effect] = []
        done: Chosen = ()
        waiting: Chosen = ()
        for i in range(len(self.changes)):
            waiting += (i,)
            try:
                self.at((*done, *waiting))
            except NoContract:
                if i < len(self.changes) - 1:
                    continue
                raise
            weights = {(*done, *waiting): Fraction(1), done: Fraction(-1)}
            found.append(self._effect(waiting, weights, self._alone(waiting)))
            done, waiting = (*done, *waiting), ()
        return found

    def _alone(self, chosen: Chosen) -> Fraction | None:
        try:
            return _sum(self.at(chosen)) - _sum(self.at(()))
        except NoContract:
            return None

    def _effect(self, chosen: Chosen, weights: Mapping[Chosen, Fraction], alone: Fraction | None) -> Effect:
        share: Amounts = {}
        for key, weight in weights.items():
            for place, amount in self.at(key).items():
                share[place] = share.get(place, Fraction(0)) + weight * amount
        kept = {place: amount for place, amount in share.items() if amount}
        behind = self._behind and self._behind({self._made(key): weight for key, weight in weights.items()})
        return Effect(self._made(chosen), _sum(share), alone, kept, behind)

    def _made(self, chosen: Chosen) -> Made:
        return tuple(self.changes[i] for i in chosen)


def _sum(amounts: Amounts) -> Fraction:
    return sum(amounts.values(), Fraction(0))
