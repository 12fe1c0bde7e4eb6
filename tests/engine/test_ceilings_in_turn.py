"""Prices by volume under ceilings that follow each other: what one cut is known to the next, whichever way rows are kept."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from contractlang.api import settle
from contractlang.report.render import render

HEAD = """contract "In turn" version "1"
  payer     "Payer"
  provider  one per provider in care, each separately
  term      2025-01-01 through 2026-12-31
  settle    per month
  rounded   half away from zero to € 0.01 per row

data care
  claim      text  key
  care_date  date  decides year, tariff, period
  quantity   number  1 decimal
  provider   party
  code       one of A, B, C
  kind       one of x, y

scale slices each slice
  | quantity   | price  |
  | up to 10.0 | € 3.05 |
  | beyond     | € 2.15 |

scale steps whole volume
  | quantity   | price  |
  | up to 40.0 | € 3.33 |
  | beyond     | € 2.22 |

article 1 "By the row"
  pay quantity of care where code = A at € 3.05 each

article 2 "By slices"
  pay quantity of care where {second} by scale slices
    per        provider
    per        calendar year of care_date
    filled by  care_date, then row number

article 3 "By the volume"
  pay quantity of care where {third} by scale steps
    per        provider
    per        quarter of care_date
    filled by  row number
"""
CEILING = """
article {number} "Ceiling"
  limit {base} to at most € {amount}.00
    per         provider
    per         {period} of care_date
    part year   full amount
    filled by   care_date, then {then}
    last row    in part
    late row    reopens the period
    freed room  stays empty
    outside     nothing
    above       nothing
"""
SELECTED = {
    "apart": ("code = B", "code = C"),
    "one within the rows of article 1": ("code = A", "code = C"),
    "in common": ("code = B", "kind = x"),
}
BASES = {  # each with the euros of a year
    "one, then all": (("article 2", 84), ("article 1 and article 2 and article 3 after article 4", 240)),
    "two, then all, then one": (
        ("article 1 and article 2", 216),
        ("article 1 and article 2 and article 3 after article 4", 204),
        ("article 1 after article 5", 84),
    ),
    "all, then some": (
        ("article 1 and article 2 and article 3", 264),
        ("article 2 and article 3 after article 4", 72),
    ),
}
PARTS = {"calendar year": 1, "quarter": 4, "month": 12}


def written(place: Path, selected: str, bases: str, periods: tuple[str, ...], below: bool) -> None:
    chance = random.Random(f"{selected} {bases} {periods}")
    text = HEAD.format(second=SELECTED[selected][0], third=SELECTED[selected][1])
    for number, (base, room) in enumerate(BASES[bases], start=4):
        period, then = periods[number % len(periods)], chance.choice(["row number", "claim as text"])
        text += CEILING.format(number=number, base=base, amount=room // PARTS[period], period=period, then=then)
    (place / "contract.zc").write_text(text, encoding="utf-8")
    rows = ["claim,care_date,quantity,provider,code,kind"]
    for number in range(700):
        day = f"{chance.choice((2025, 2026))}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
        quantity = (
            "" if number % 50 == 7 else f"{'-' if below and number % 90 == 1 else ''}{chance.randrange(0, 30) / 10}"
        )
        rows.append(f"C{number},{day},{quantity},P{chance.randrange(3)},{chance.choice('ABC')},{chance.choice('xy')}")
    (place / "care.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


@pytest.mark.parametrize("below", [False, True], ids=["from nil up", "some below nil"])
@pytest.mark.parametrize("periods", [("calendar year",), ("quarter",), ("calendar year", "month")], ids=" and ".join)
@pytest.mark.parametrize("bases", BASES)
@pytest.mark.parametrize("selected", SELECTED)
def test_both_engines_agree(tmp_path: Path, selected: str, bases: str, periods: tuple[str, ...], below: bool) -> None:
    written(tmp_path, selected, bases, periods, below)
    made = {}
    for engine in ("duckdb", "oracle"):
        statement = settle(tmp_path / "contract.zc", tmp_path / "care.csv", engine=engine)
        made[engine] = render(statement, "json", "en").replace(f'"{engine}"', '"engine"')
        assert {one.article for one in statement.ceilings if one.rows_cut} >= {"4", "5"}
    assert made["duckdb"] == made["oracle"]
