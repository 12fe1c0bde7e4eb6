"""What a report shows is one figure: a value that every row has is refused, however it is wrapped."""

from __future__ import annotations

import pytest

from contractlang.analysis.check import check

CONTRACT = """contract "Hours" version "1"
  payer     "Delta"
  provider  "West"
  term      2026-01-01 through 2026-12-31
  settle    per calendar year
  rounded   half away from zero to € 0.01 per row

data care
  line_id    text   key
  care_date  date   decides year, tariff, period
  hours      hours

define worth
  take   hours of care
  times  € 2.00 per hour

define all_worth
  take  sum of worth of care

article 1 "Hours"
  pay hours of care at € 2.00 per hour

report figures "Figures"
  as of  the statement
  show   SHOWN as "value"
"""


@pytest.mark.parametrize("shown", ["worth", "least of worth", "greatest of worth"])
def test_a_value_per_row_is_no_figure(shown: str) -> None:
    assert [one.code for one in check(CONTRACT.replace("SHOWN", shown)).errors] == ["ZC314"]


@pytest.mark.parametrize("shown", ["all_worth", "sum of worth of care", "greatest of all_worth", "article 1"])
def test_a_figure_is_shown(shown: str) -> None:
    assert [one.code for one in check(CONTRACT.replace("SHOWN", shown)).errors] == []
