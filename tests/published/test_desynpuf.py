"""Real claims settle to the annual amount that the payer published for each beneficiary (MEDREIMB_IP, 2008)."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from contractlang.api import settle

HERE = Path(__file__).parent
PUBLISHED = HERE.parents[2] / "shared" / "published"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not PUBLISHED.exists(), reason="the published settlements in ../shared are absent"),
]


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
def test_annual_amount_of_every_beneficiary(engine: str) -> None:
    statement = settle(HERE / "desynpuf.zc", PUBLISHED / "desynpuf_inpatient_claims.csv", engine=engine)
    (report,) = statement.reports
    settled = {row.keys["beneficiary"]: Fraction(str(row.figures[0].value)) for row in report.rows}
    with (PUBLISHED / "desynpuf_beneficiaries_2008.csv").open(encoding="utf-8", newline="") as file:
        published = {row["DESYNPUF_ID"]: Fraction(row["MEDREIMB_IP"]) for row in csv.DictReader(file)}
    known = {who: amount for who, amount in settled.items() if who in published}
    assert len(published) > 9000
    assert {who: amount for who, amount in published.items() if amount} == {w: a for w, a in known.items() if a}
    assert sum(known.values()) == sum(published.values())
