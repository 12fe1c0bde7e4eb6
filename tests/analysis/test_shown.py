"""What a report shows, and what a head is tested by, is one figure: what every row has is refused, however it is wrapped."""

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


def test_a_test_of_rows_is_no_test_of_a_head() -> None:
    guarded = CONTRACT.replace("SHOWN", "article 1").replace(
        "at € 2.00 per hour\n\nreport",
        "at € 2.00 per hour\n  limit article 1 to at most € 5.00 unless repeated line_id keeping the first by care_date\n"
        "    per        calendar year\n    part year  full amount\n    filled by  the amount as a whole\n    above      nothing\n\nreport",
    )
    assert [one.code for one in check(guarded).errors] == ["ZC329"]
