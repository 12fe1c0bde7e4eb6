"""What the scenarios come to, in whole cents; a median or an extreme is always one that a settlement gave."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from contractlang.simulate.editing import Made
from contractlang.simulate.settings import Value
from contractlang.simulate.values import Figure
from contractlang.statement.figures import cents_of
from contractlang.statement.model import Statement


class Amounts(Struct, frozen=True):
    """What one settlement comes to: in all, by article (None: people decide it) and by party."""

    total: int
    articles: Mapping[str, int | None]
    parties: Mapping[str, int]


class Drawn(Struct, frozen=True):
    """What a draw of clients did: how many there are, how many were drawn, and the rows of each table that came or went."""

    units: int
    drawn: int
    rows: Mapping[str, int]


class Run(Struct, frozen=True):
    """One settlement of a scenario; without a draw there is no seed."""

    seed: int | None
    amounts: Amounts
    drawn: Drawn | None = None


class Scenario(Struct, frozen=True):
    """One combination of values: what each setting became, the volume, what was changed, and its settlements."""

    number: int
    values: tuple[Value, ...]
    volume: Figure | None
    made: tuple[tuple[Made, ...], ...]
    runs: tuple[Run, ...]

    @property
    def median(self) -> Run:
        """The run in the middle by total; the lower of two in the middle, of equal totals the first."""
        return sorted(self.runs, key=lambda run: run.amounts.total)[(len(self.runs) - 1) // 2]

    @property
    def lowest(self) -> int:
        """The lowest total."""
        return min(run.amounts.total for run in self.runs)

    @property
    def highest(self) -> int:
        """The highest total."""
        return max(run.amounts.total for run in self.runs)


class Simulation(Struct, frozen=True):
    """The contract as it stands and its scenarios. `places` names the settings; `volume` what is drawn, and from what."""

    name: str
    version: str
    language: str
    titles: Mapping[str, str]
    base: Amounts
    places: tuple[str, ...]
    volume: str | None
    clients: str | None
    seeds: tuple[int, ...]
    scenarios: tuple[Scenario, ...]


def amounts_of(statement: Statement) -> Amounts:
    """The amounts of a statement."""
    articles = {name: None if amount is None else cents_of(amount) for name, amount in statement.articles.items()}
    parties = {one.party: cents_of(one.amount) for one in statement.parties if one.party and one.period is None}
    return Amounts(cents_of(statement.total), articles, parties)


def favours(difference: int) -> str:
    """Who gains by a difference of the total: provider, payer, or neither."""
    return "provider" if difference > 0 else "payer" if difference < 0 else "neither"
