"""What the check accepts as an amount of a head, settling can look up: the keys are told by the head."""

from __future__ import annotations

from fractions import Fraction

import pytest

from contractlang.analysis.check import Checked, check
from contractlang.api import make_engine
from contractlang.settling.example import run_example

CONTRACT = """contract "Each its own ceiling" version "1"
  payer     "P"
  provider  one per provider in care, each separately
  term      2026-01-01 through {last}
  settle    per month
  rounded   half away from zero to € 0.01 per row

data care
  provider   party
  year       number  whole
  care_date  date    decides year, tariff, period
  hours      hours

tariff fee per hour
  | from 2026-01-01 |
  | € 60.00         |

list ceiling by provider
  | provider | from 2026-01-01 |
  | P1       | € 100.00        |
  | P2       | € 50.00         |

define turnover
  take  sum of hours of care
  times  € 1.00 per hour
  per   calendar year of care_date

article 1 "Hours"
  pay hours of care at fee

article 2 "A ceiling for each provider"
  limit article 1 to at most {amount}
    {per}per         calendar year of care_date
    part year   full amount
    filled by   row number
    last row    in part
    late row    reopens the period
    freed room  stays empty
    outside     nothing
    above       nothing

example "Two providers"
  given care
    | provider | year | care_date  | hours |
    | P1       | 2026 | 2026-02-01 | 3     |
    | P2       | 2026 | 2026-03-01 | 1     |
  expect total = € 150.00
"""
PER_PROVIDER = "per         provider\n    "


def _checked(per: str = "", amount: str = "ceiling", last: str = "2026-12-31") -> Checked:
    return check(CONTRACT.format(per=per, amount=amount, last=last))


@pytest.mark.parametrize("amount", ["ceiling", "2.0 % of ceiling"])
def test_a_list_by_party_is_refused_where_the_limit_does_not_name_the_party(amount: str) -> None:
    checked = _checked(amount=amount)
    (fault,) = checked.errors
    line = checked.document.source.lines[fault.place.line - 1]
    assert (fault.code, line[fault.place.column - 1 : fault.place.end - 1]) == ("ZC238", "ceiling")
    assert fault.arguments["key"] == "provider"  # the remedy: Add "per provider"


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
def test_with_the_party_among_its_keys_the_limit_settles(engine: str) -> None:
    """3 h x 60 = 180 is limited to 100; 1 h x 60 = 60 is limited to 50."""
    contract = _checked(PER_PROVIDER).contract
    assert contract is not None
    outcomes = run_example(contract, contract.examples[0], lambda c, d, a: make_engine(engine, c, d, a), {})
    assert [outcome.found for outcome in outcomes] == [Fraction(150)]


def test_a_column_that_is_called_year_is_not_the_calendar_year_of_a_define() -> None:
    text = CONTRACT.replace("per         calendar year of care_date", "per         year", 1)
    checked = check(text.format(per=PER_PROVIDER, amount="turnover", last="2027-12-31"))
    assert [fault.code for fault in checked.errors] == ["ZC235"]
