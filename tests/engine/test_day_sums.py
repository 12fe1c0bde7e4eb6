"""Sums per month and day: both engines agree whatever the columns are called and however long a scope is."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from contractlang.api import settle
from contractlang.report.render import render

HEAD = """contract "Days" version "1"
  payer     "Payer"
  provider  one per provider in care, each separately
  term      2025-01-01 through 2026-12-31
  settle    per {settle}
  rounded   half away from zero to € 0.01 per row

data care
  claim      text  key
  care_date  date  decides year, tariff, period
  quantity   number  1 decimal
  x3         text
  x4         text
  x5         text
  x6         text
  x7         text
  x8         text
  x9         text
  provider   party
  code       text

article 1 "Care"
  pay quantity of care at € 3.05 each

article 2 "Ceiling"
  limit article 1 to at most € {amount}
    per         provider
    {keys}
    part year   full amount
    filled by   care_date, then row number
    last row    in part
    late row    reopens the period
    freed room  stays empty
    outside     nothing
    above       nothing
    delivery    goes on
"""
KEYS = {
    "calendar year": "per         calendar year of care_date",
    "month": "per         month of care_date",
    "quarter": "per         quarter of care_date",
    "code": "per         code",
    "term": "per         term",
}


@pytest.mark.parametrize("keys", KEYS)
@pytest.mark.parametrize("period", ["calendar year", "month", "term"])
def test_ceilings_by_day(tmp_path: Path, keys: str, period: str) -> None:
    chance = random.Random(f"{keys} {period}")
    amount = {"month": 40, "quarter": 120, "calendar year": 400, "code": 300, "term": 900}[keys]
    text = HEAD.format(settle=period, amount=f"{amount}.00", keys=KEYS[keys])
    (tmp_path / "contract.zc").write_text(text, encoding="utf-8")
    rows = ["claim,care_date,quantity,x3,x4,x5,x6,x7,x8,x9,provider,code"]
    for number in range(600):
        day = f"{chance.choice((2025, 2026))}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
        rows.append(
            f"C{number},{day},{chance.randrange(0, 30) / 10},,,,,,,,P{chance.randrange(3)},{chance.choice('AB')}"
        )
    (tmp_path / "care.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    made = {}
    for engine in ("duckdb", "oracle"):
        statement = settle(tmp_path / "contract.zc", tmp_path / "care.csv", engine=engine)
        made[engine] = render(statement, "json", "en").replace(f'"{engine}"', '"engine"')
        assert any(one.reached_on for one in statement.ceilings)
    assert made["duckdb"] == made["oracle"]
