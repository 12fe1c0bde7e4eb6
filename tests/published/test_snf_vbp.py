"""Nursing facilities: achievement, improvement and score of every facility, as the payer published them."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest

from contractlang.base.exact import Mode, Rounding, round_to
from contractlang.statement.model import Statement
from tests.published.programmes import figures, needs_data, number, one_contract, published, settled

FILE = "snfvbp_fy2025.csv"
NINE_DECIMALS = Fraction(1, 10**9)
PRINTED = Rounding(Mode.HALF_AWAY, Fraction(1, 10**5))


def test_dutch_and_english_are_one_contract() -> None:
    one_contract("snf_vbp")


@cache
def statement(engine: str) -> Statement:
    return settled("snf_vbp", FILE, engine)


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
class TestPublished:
    pytestmark = needs_data

    def test_scores_of_every_facility(self, engine: str) -> None:
        """The payer prints five decimals; the contract does not round."""
        found = figures(statement(engine), "scores")
        columns = ("published_achievement", "published_improvement", "published_score")
        expected = {(row["ccn"],): tuple(number(row[column]) for column in columns) for row in published(FILE)}
        assert len(expected) == 6312
        assert {key: tuple(map(printed, row[:3])) for key, row in found.items()} == expected

    def test_multiplier_of_every_facility(self, engine: str) -> None:
        """From the unrounded score to what every payment is multiplied by."""
        found = figures(statement(engine), "scores")
        rows = published(FILE)
        assert len(rows) == len(found) == 6312
        for row in rows:
            multiplier, expected = found[row["ccn"],][3], number(row["published_multiplier"])
            assert multiplier is not None
            assert expected is not None
            assert abs(multiplier - expected) <= NINE_DECIMALS, row


def printed(score: Fraction | None) -> Fraction | None:
    return None if score is None else round_to(score, PRINTED)
