"""Hospital-acquired conditions: the score of every hospital and who is paid less, as the payer published them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.published.programmes import figures, needs_data, number, one_contract, published, settled

FILE = "hac_fy2024.csv"
HERE = Path(__file__).parent
FOUR_DECIMALS = Fraction(1, 10**4)  # the payer takes the mean of z-scores before it prints them to four decimals
FLAGS = {"Yes": Fraction(1), "No": Fraction(0), "N/A": None}  # N/A: Maryland, outside the programme


def test_dutch_and_english_are_one_contract() -> None:
    one_contract("hac")


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
class TestPublished:
    pytestmark = needs_data

    def test_score_and_reduction_of_every_hospital(self, engine: str) -> None:
        found = figures(settled("hac", FILE, engine, mapping=HERE / "hac.toml"), "conditions")
        rows = published(FILE)
        assert len(rows) == len(found) == 1896
        compared = 0
        for row in rows:
            score, reduction = found[row["Facility ID"],]
            expected = number(row["Total HAC Score"])
            if expected is None:
                assert (score, reduction) == (None, None)  # without a measure there is no score, and no flag from it
                continue
            assert score is not None, row
            assert abs(score - expected) <= FOUR_DECIMALS, row
            assert reduction == FLAGS[row["Payment Reduction"]], row
            compared += 1
        assert compared == 1808
