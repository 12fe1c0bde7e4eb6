"""Nursing facilities: achievement, improvement and score of every facility, as the payer published them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from contractlang.base.exact import Mode, Rounding, round_to
from tests.published.programmes import figures, needs_data, number, one_contract, published, settled

FILE = "snfvbp_fy2025.csv"
PRINTED = Rounding(Mode.HALF_AWAY, Fraction(1, 10**5))


def test_dutch_and_english_are_one_contract() -> None:
    one_contract("snf_vbp")


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
class TestPublished:
    pytestmark = needs_data

    def test_scores_of_every_facility(self, engine: str) -> None:
        """The payer prints five decimals; the contract does not round."""
        found = figures(settled("snf_vbp", FILE, engine), "scores")
        columns = ("published_achievement", "published_improvement", "published_score")
        expected = {(row["ccn"],): tuple(number(row[column]) for column in columns) for row in published(FILE)}
        assert len(expected) == 6312
        assert {key: tuple(map(printed, scores)) for key, scores in found.items()} == expected


def printed(score: Fraction | None) -> Fraction | None:
    return None if score is None else round_to(score, PRINTED)
