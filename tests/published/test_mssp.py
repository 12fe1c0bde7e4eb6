"""Medicare shared savings: every organisation and year settles to the amount that the payer published."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.published.programmes import needs_data, number, one_contract, published, settled

FILE = "mssp_settlements.csv"

# The six rows that are marked as exceptions. Five have published amounts that the published inputs do not explain; the savings rate
# of the sixth lies within the rounding of the printed minimum, and it settles as published because the contract does not round.
SETTLES = ("2021", "A2833")
REVENUE_CAP = "the loss is capped by the revenue of the participants, which the payer does not publish"
EXCEPTIONS = {
    ("2021", "A1515"): REVENUE_CAP,
    ("2021", "A2820"): REVENUE_CAP,
    ("2021", "A4627"): REVENUE_CAP,
    ("2022", "A1070"): REVENUE_CAP,
    ("2022", "A1080"): "left the programme within the year, and is not eligible for a payment",
}


def test_dutch_and_english_are_one_contract() -> None:
    one_contract("mssp")


class TestPublished:
    pytestmark = needs_data

    @pytest.mark.parametrize("engine", ["duckdb", "oracle"])
    def test_every_organisation_and_year(self, engine: str, tmp_path: Path) -> None:
        """Within the tolerance of the row: $ 1 for printed amounts in dollars, more in 2020, where quality is printed in four decimals."""
        rows = published(FILE)
        settled("mssp", FILE, engine, lines=tmp_path / "lines.csv")
        with (tmp_path / "lines.csv").open(encoding="utf-8", newline="") as lines:
            amounts = {int(line["row"]): number(line["payable"]) for line in csv.DictReader(lines)}
        assert len(rows) == len(amounts) == 2783
        off = {}
        for place, row in enumerate(rows, 1):
            found, expected = amounts[place], number(row["published_earned_savings_loss"])
            tolerance = number(row["tolerance_usd"])
            assert expected is not None
            assert tolerance is not None
            if found is None or abs(found - expected) > tolerance:
                off[row["performance_year"], row["aco_id"]] = (found, expected)
        assert off.keys() == EXCEPTIONS.keys(), off
        known = {(row["performance_year"], row["aco_id"]) for row in rows if row["known_exception"]}
        assert known == EXCEPTIONS.keys() | {SETTLES}
