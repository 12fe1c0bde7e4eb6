"""A simulation for programs: JSON with every draw, CSV with a row for each scenario; amounts with a decimal point."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import Any

from contractlang.simulate.outcomes import Amounts, Run, Scenario, Simulation, favours
from contractlang.statement.figures import figure, money


def as_json(made: Simulation) -> str:
    """The whole simulation."""
    return json.dumps(_simulation(made), ensure_ascii=False, indent=2) + "\n"


def _simulation(made: Simulation) -> dict[str, Any]:
    return {
        "contract": {"name": made.name, "version": made.version},
        "settings": list(made.places),
        "volume": made.volume,
        "clients": made.clients,
        "seeds": list(made.seeds),
        "titles": dict(made.titles),
        "as_it_stands": _amounts(made.base),
        "scenarios": [_scenario(scenario, made) for scenario in made.scenarios],
    }


def _scenario(scenario: Scenario, made: Simulation) -> dict[str, Any]:
    median = scenario.median
    difference = median.amounts.total - made.base.total
    return {
        "scenario": scenario.number,
        "values": {place: value.text for place, value in zip(made.places, scenario.values, strict=True)},
        "changes": [
            {"place": one.called, "was": one.old, "becomes": one.new} for several in scenario.made for one in several
        ],
        "volume_percent": figure(scenario.volume.value) if scenario.volume else None,
        **_amounts(median.amounts),
        "lowest": money(scenario.lowest),
        "highest": money(scenario.highest),
        "difference": money(difference),
        "favours": favours(difference),
        "median_seed": median.seed,
        "draws": [_run(run) for run in scenario.runs if run.drawn is not None],
    }


def _run(run: Run) -> dict[str, Any]:
    assert run.drawn is not None
    drawn = {"clients": run.drawn.units, "drawn": run.drawn.drawn, "rows": dict(run.drawn.rows)}
    return {"seed": run.seed, **drawn, **_amounts(run.amounts)}


def _amounts(amounts: Amounts) -> dict[str, Any]:
    return {
        "total": money(amounts.total),
        "articles": {name: None if amount is None else money(amount) for name, amount in amounts.articles.items()},
        "parties": {name: money(amount) for name, amount in amounts.parties.items()},
    }


def as_csv(made: Simulation, by_party: bool) -> str:
    """A row for each scenario, the contract as it stands first (0); `by_party` adds rows for each party below it."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    own = ["scenario", *made.places, "volume_percent", "party", "total", "lowest", "highest", "difference", "favours"]
    writer.writerow([*own, *(f"article {name}" for name in made.titles)])
    for scenario in (None, *made.scenarios):
        amounts = scenario.median.amounts if scenario else made.base
        values = [value.text for value in scenario.values] if scenario else [""] * len(made.places)
        volume = figure(scenario.volume.value) if scenario and scenario.volume else ""
        start = [str(scenario.number if scenario else 0), *values, volume]
        extremes = [money(scenario.lowest), money(scenario.highest)] if scenario else ["", ""]
        articles = [_cell(amounts.articles.get(name)) for name in made.titles]
        writer.writerow(
            [*start, "", money(amounts.total), *extremes, *_gain(amounts.total - made.base.total), *articles]
        )
        for party in sorted({*amounts.parties, *made.base.parties}) if by_party else ():
            amount = amounts.parties.get(party, 0)
            gain = _gain(amount - made.base.parties.get(party, 0))
            writer.writerow([*start, party, money(amount), "", "", *gain, *([""] * len(made.titles))])
    return out.getvalue()


def _gain(difference: int) -> tuple[str, str]:
    return money(difference), favours(difference)


def _cell(amount: int | None) -> str:
    return "" if amount is None else money(amount)
