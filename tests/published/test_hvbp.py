"""Hospital value-based purchasing: points, domain scores and totals of every hospital, as the payer published them."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest

from tests.published.programmes import Figures, figures, needs_data, number, one_contract, published, settled

SCORES = "hvbp_fy2024_tps.csv"
MEASURES = "hvbp_fy2024_measures.csv"
TWELVE_DECIMALS = Fraction(2, 10**12)  # the payer prints scores to twelve decimals
DOMAINS = ("Clinical Outcomes", "Person And Community", "Safety", "Efficiency")  # in the order of the report


@pytest.mark.parametrize("name", ["hvbp_points", "hvbp_total"])
def test_dutch_and_english_are_one_contract(name: str) -> None:
    one_contract(name)


@cache
def settled_points(engine: str) -> dict[str, Figures]:
    statement = settled("hvbp_points", MEASURES, engine)
    return {name: figures(statement, name) for name in ("points", "survey", "scores")}


@pytest.mark.parametrize("engine", ["duckdb", pytest.param("oracle", marks=pytest.mark.slow)])
class TestPoints:
    """The oracle takes a minute over 36,360 rows."""

    pytestmark = needs_data

    def test_points_of_every_measure(self, engine: str) -> None:
        found = settled_points(engine)["points"]
        columns = ("published_achievement_points", "published_improvement_points", "published_measure_score")
        expected = {
            (row["facility_id"], row["measure"]): tuple(number(row[column]) for column in columns)
            for row in published(MEASURES)
            if row["achievement_threshold"]
        }
        assert len(expected) == 31815
        assert {key: found[key] for key in expected} == expected

    def test_points_of_the_patient_survey(self, engine: str) -> None:
        found = settled_points(engine)["survey"]
        rows = {
            (row["facility_id"], row["measure"]): number(row["published_measure_score"]) for row in published(MEASURES)
        }
        expected = {
            (hospital,): (rows[hospital, "HCAHPS-BASE"], rows[hospital, "HCAHPS-CONSISTENCY"]) for hospital, _ in rows
        }
        assert len(expected) == 1515
        assert found == expected

    def test_domain_scores_and_total(self, engine: str) -> None:
        found = settled_points(engine)["scores"]
        rows = published(SCORES)
        assert len(rows) == len(found) == 1515
        for row in rows:
            unweighted = [
                head for domain in DOMAINS for head in row if head.startswith("Unweighted") and domain in head
            ]
            for head, score in zip([*unweighted, "Total Performance Score"], found[row["facility_id"],], strict=True):
                assert near(score, number(row[head])), (row["facility_id"], head)


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
@pytest.mark.parametrize(("file", "hospitals"), [(SCORES, 1515), ("hvbp_fy2021_tps.csv", 2676)])
class TestTotal:
    pytestmark = needs_data

    def test_total_from_the_printed_domain_scores(self, engine: str, file: str, hospitals: int) -> None:
        found = figures(settled("hvbp_total", file, engine), "total_scores")
        rows = published(file)
        assert len(rows) == hospitals
        for row in rows:
            (total,) = found.get((row["facility_id"],), (None,))
            assert near(total, number(row["Total Performance Score"])), row["facility_id"]


def near(found: Fraction | None, expected: Fraction | None) -> bool:
    if found is None or expected is None:
        return found is expected
    return abs(found - expected) <= TWELVE_DECIMALS
