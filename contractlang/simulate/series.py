"""What is plotted: on the one axis a value that the scenarios run through, a line for each combination of the others."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from contractlang.report.words import Words
from contractlang.simulate.outcomes import Scenario, Simulation
from contractlang.simulate.values import Figure

MOST_LINES = 10


class Point(Struct, frozen=True):
    """A total in cents with the lowest and the highest of its draws, at a place on the axis that reads as `label`."""

    at: Fraction
    label: str
    scenario: int
    total: int
    lowest: int
    highest: int


class Line(Struct, frozen=True):
    """The points of one combination; `name` is empty when there is only one."""

    name: str
    points: tuple[Point, ...]


class Plotted(Struct, frozen=True):
    """The title of the axis with its unit, and the lines; `joined`: the values between points mean something too."""

    axis: str
    lines: tuple[Line, ...]
    joined: bool


def plotted(made: Simulation, words: Words) -> Plotted:
    """The volume stands on the axis when it varies, else the setting with most figures, else the scenarios one by one."""
    names = [*made.places, *([words("whatif.volume", table=made.volume)] if made.volume else [])]
    columns = [[_figures(scenario)[at] for scenario in made.scenarios] for at in range(len(names))]
    rank = [len({one.value for one in column if one}) if _one_kind(column) else 0 for column in columns]
    best = max(range(len(names)), key=lambda at: (rank[at] > 1, at == len(made.places), rank[at]))
    groups: dict[str, list[Scenario]] = {}
    for scenario in made.scenarios:
        texts = [
            f"{name} {text}"
            for at, (name, text) in enumerate(zip(names, _texts(scenario, words), strict=True))
            if at != best
        ]
        groups.setdefault(", ".join(texts), []).append(scenario)
    if rank[best] < 2 or len(groups) > MOST_LINES:
        points = tuple(_point(one, Fraction(one.number), str(one.number)) for one in made.scenarios)
        return Plotted(words("whatif.scenario"), (Line("", points),), False)
    lines = tuple(Line(name if len(groups) > 1 else "", _sorted(some, best, words)) for name, some in groups.items())
    return Plotted(names[best] + _unit(columns[best]), lines, True)


def _sorted(some: Sequence[Scenario], best: int, words: Words) -> tuple[Point, ...]:
    points = []
    for scenario in some:
        figure = _figures(scenario)[best]
        assert figure is not None
        points.append(_point(scenario, figure.value, _texts(scenario, words)[best]))
    return tuple(sorted(points, key=lambda point: point.at))


def _point(scenario: Scenario, at: Fraction, label: str) -> Point:
    total = scenario.median.amounts.total
    return Point(at, label, scenario.number, total, scenario.lowest, scenario.highest)


def _figures(scenario: Scenario) -> list[Figure | None]:
    figures = [value.figure or value.change for value in scenario.values]
    return [*figures, scenario.volume] if scenario.volume else figures


def _texts(scenario: Scenario, words: Words) -> list[str]:
    volume = [scenario.volume.written(words.language, signed=True)] if scenario.volume else []
    return [*(value.text for value in scenario.values), *volume]


def _one_kind(column: Sequence[Figure | None]) -> bool:
    return all(one is not None for one in column) and len({one.kind for one in column if one}) == 1


def _unit(column: Sequence[Figure | None]) -> str:
    kind = next((one.kind for one in column if one), "")
    return {"MONEY": " (€)", "PERCENT": " (%)"}.get(kind, "")
