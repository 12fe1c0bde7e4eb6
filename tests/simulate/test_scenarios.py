"""Scenarios worked by hand, and what must hold of every simulation."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractlang.api import settle
from contractlang.simulate.faults import SimulationFault
from tests.simulate.worked import AS_IT_STANDS, CARE, CONTRACT, MEMBERS, simulated, source_of, written


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return written(tmp_path, care=CARE, members=MEMBERS)


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
def test_worked_by_hand(data: Path, engine: str) -> None:
    """Ceiling 900.00 or 1,200.00; tariffs of 51.50 and 57.22 (57.2165) instead of 50.00 and 55.55."""
    made = simulated(
        CONTRACT, data, "article 2 ceiling = € 900.00, € 1,200.00", "tariff hourly + 0 %, + 3 %", engine=engine
    )
    assert (made.base.total, made.base.articles) == (105500, AS_IT_STANDS)
    assert [one.median.amounts.articles for one in made.scenarios] == [
        {"1": 105550, "2": -15550, "3": 2250, "4": 3000},
        {"1": 108720, "2": -18720, "3": 2250, "4": 3000},
        {"1": 105550, "2": 0, "3": 2639, "4": 3000},  # 26.3875
        {"1": 108720, "2": 0, "3": 2718, "4": 3000},
    ]
    assert [one.median.amounts.total for one in made.scenarios] == [95250, 95250, 111189, 114438]


def test_nothing_changed_is_the_contract_as_it_stands(data: Path) -> None:
    made = simulated(
        CONTRACT, data, "article 2 ceiling = € 1,000.00", "tariff hourly + 0 %", vary="volume of care 0 %", samples=3
    )
    (scenario,) = made.scenarios
    assert scenario.median.amounts == made.base
    assert (len(scenario.runs), scenario.runs[0].seed, made.seeds) == (1, None, ())
    assert settle(source_of(CONTRACT).contract, data).total == "1055.00"


def test_more_and_fewer_clients_worked_by_hand(data: Path) -> None:
    """Without A: 222.20 + 5.56 + 20.00; without B: 833.30 + 20.83 + 20.00; both twice: 1,000.00 + 25.00 + 50.00."""
    made = simulated(CONTRACT, data, vary="volume of care -100 %, -50 %, +100 %", samples=12)
    none, half, twice = made.scenarios
    assert {run.amounts.total for run in half.runs} == {24776, 87413} == {half.lowest, half.highest}
    assert {run.amounts.total for run in twice.runs} == {107500}
    assert {run.amounts.total for run in none.runs} == {1000}
    assert all(run.amounts.articles["1"] == 2 * 105550 for run in twice.runs)
    assert half.runs[0].drawn is not None
    assert (half.runs[0].drawn.units, half.runs[0].drawn.drawn) == (2, 1)


def test_the_median_was_settled(data: Path) -> None:
    made = simulated(CONTRACT, data, vary="volume of care -50 %", samples=5)
    (half,) = made.scenarios
    totals = sorted(run.amounts.total for run in half.runs)
    assert half.median.amounts.total == totals[2]
    assert half.median in half.runs


def test_the_same_seed_draws_the_same(data: Path) -> None:
    one, two = (simulated(CONTRACT, data, vary="volume of care -50 %, +50 %", seed=7, samples=4) for _ in range(2))
    assert one == two
    later = simulated(CONTRACT, data, vary="volume of care -50 %, +50 %", seed=8, samples=4)
    assert [run.amounts for run in one.scenarios[0].runs[1:]] == [run.amounts for run in later.scenarios[0].runs[:3]]


def test_a_scenario_that_cannot_be_settled_is_named(data: Path) -> None:
    """The list has room for A and none for B, and nothing says that B then has no ceiling."""
    rooms = "list room by client_id\n  | client_id | from 2026-01-01 |\n  | A         |          € 5.00 |\n\n"
    text = CONTRACT.replace('article 1 "Hours"', rooms + 'article 1 "Hours"', 1)
    text = text.replace("    part year   full", "    per         client_id\n    part year   full", 1)
    with pytest.raises(SimulationFault) as found:
        simulated(text, data, "article 2 ceiling = € 900.00; room")
    assert found.value.code == "ZC929"
    assert found.value.arguments["scenario"] == "article 2 ceiling: room"
    assert found.value.arguments["fault"].startswith("ZC810 ")
