"""What a simulation settles: every contract at every volume, with every seed; bounded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any as Anything

from msgspec import Struct

from contractlang.simulate.faults import SimulationFault
from contractlang.simulate.settings import Setting
from contractlang.simulate.values import Figure
from contractlang.simulate.variants import Source, Variant, variants_of
from contractlang.simulate.volume import Volume

MOST_SCENARIOS = 200
MOST_SETTLEMENTS = 2000


class Asked(Struct, frozen=True):
    """The data to settle over, and how; `seed` and `samples` are of the draws of clients."""

    data: Anything
    as_of: date | None = None
    engine: str = "duckdb"
    mapping: Path | None = None
    decimal: str | None = None
    seed: int = 1
    samples: int = 1


class Point(Struct, frozen=True):
    """A volume and the seeds with which it is drawn; None without a draw."""

    volume: Figure | None
    seeds: tuple[int | None, ...]


class Plan(Struct, frozen=True):
    """Everything that is to be settled."""

    source: Source
    settings: tuple[Setting, ...]
    variants: tuple[Variant, ...]
    volume: Volume | None
    points: tuple[Point, ...]
    asked: Asked

    @property
    def settlements(self) -> int:
        """How many settlements that takes, the contract as it stands included."""
        return 1 + len(self.variants) * sum(len(point.seeds) for point in self.points)

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seeds that are drawn with; none when nothing is drawn."""
        return next(
            (tuple(s for s in one.seeds if s is not None) for one in self.points if one.seeds[0] is not None), ()
        )


def planned(source: Source, settings: Sequence[Setting], volume: Volume | None, asked: Asked) -> Plan:
    """What is to be settled. Raises SimulationFault: what `variants_of` raises, and ZC925 when it is too much."""
    variants = variants_of(source, settings)
    seeds = tuple(range(asked.seed, asked.seed + asked.samples))
    points = [Point(value, seeds if value.value else (None,)) for value in volume.values] if volume else []
    plan = Plan(source, tuple(settings), variants, volume, tuple(points) or (Point(None, (None,)),), asked)
    for number, most in ((len(variants) * len(plan.points), MOST_SCENARIOS), (plan.settlements, MOST_SETTLEMENTS)):
        if number > most:
            raise SimulationFault("ZC925", number=str(number), most=str(most))
    return plan
