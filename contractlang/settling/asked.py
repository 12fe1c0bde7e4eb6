"""What the engine has told so far: measures, amounts and lists, each asked once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from contractlang.engine.protocol import Engine, Group
from contractlang.model.contract import Contract
from contractlang.model.expression import Key, Measure, Measuring, Selection
from contractlang.settling.versions import Versions

if TYPE_CHECKING:
    from contractlang.settling.booked import Booked, Reserved
    from contractlang.settling.point import Point


class Asked:
    """The contract, the engine, what is booked beside the rows, and the answers of the engine so far."""

    def __init__(self, contract: Contract, engine: Engine, as_of: date | None) -> None:
        self.contract = contract
        self.engine = engine
        self.as_of = as_of
        self.booked: list[Booked] = []
        self.reserved: list[Reserved] = []
        self._measures: dict[Measure, Mapping[Group, Fraction | None]] = {}
        self._lists: dict[str, Versions] = {}
        self._amounts: dict[tuple[tuple[str, ...], tuple[str, ...], tuple[Key, ...]], Mapping[Group, int]] = {}
        self._parties: tuple[str | None, ...] | None = None

    def measure(self, measure: Measure) -> Mapping[Group, Fraction | None]:
        """The figure for every group with rows, asked once. Sound because accepted rows do not change in a run."""
        if measure not in self._measures:
            self._measures[measure] = self.engine.measure(measure)
        return self._measures[measure]

    def amounts(self, articles: tuple[str, ...], after: tuple[str, ...], keys: tuple[Key, ...]) -> Mapping[Group, int]:
        """Cents of rows per group (see `Engine.amounts`), asked once until a head changes what rows are paid."""
        asked = (articles, after, keys)
        if asked not in self._amounts:
            self._amounts[asked] = self.engine.amounts(*asked)
        return self._amounts[asked]

    def settled(self) -> None:
        """A head has been settled: amounts must be asked anew."""
        self._amounts.clear()

    def parties(self) -> tuple[str | None, ...]:
        """Every party that is settled on its own, in order; one None when the contract has one provider."""
        if self._parties is None:
            parties = self.contract.parties
            if parties.table is None or not parties.separately:
                self._parties = (None,)
            else:
                rows = Measure(Measuring.ROWS, Selection(parties.table), None, (), ())
                self._parties = tuple(sorted({str(group[0]) for group in self.measure(rows) if group[0] is not None}))
        return self._parties

    def reserve(self, article: str, point: Point) -> Fraction:
        """What the distributions of an article put aside for a group."""
        term = self.contract.term
        inside = (one for one in self.reserved if one.article == article and one.point.within(point, term))
        return Fraction(sum(one.amount for one in inside), 100)

    def versions(self, lookup: str) -> Versions:
        """The versions of a list by its keys."""
        if lookup not in self._lists:
            self._lists[lookup] = Versions(self.contract.lookup(lookup), self.engine)
        return self._lists[lookup]
