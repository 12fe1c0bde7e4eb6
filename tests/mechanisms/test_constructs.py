"""Constructs that the mechanisms asked of the language: what they mean, and what the check refuses in them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from contractlang.analysis.check import Checked, check
from contractlang.engine.oracle import Oracle
from contractlang.settling.example import Outcome, run_example

HEAD = """contract "Home nursing" version "1"
  payer     "Delta"
  provider  "West"
  term      2024-01-01 through 2024-12-31
  settle    per calendar year
  rounded   half away from zero to € 0.01 per row

data care
  line_id    text   key
  care_date  date   decides year, tariff, period
  hours      hours
  amount     euro   submitted

index growth additive
  | series | weight  | forecast | catch-up |
  | labour | 100.0 % |   3.00 % |   1.00 % |
  index rounded  not

define last_year
  take  sum of amount of care

define weeks_gone
  take   last_year
  times  whole weeks since 2024-01-01 on as_of

"""
ARTICLE = """
article 4 "Care"
  pay amount of care

example "One row"
  as of  2024-01-15
  given care
    | line_id | care_date  | hours | amount   |
    | R1      | 2024-03-01 |   1.3 | € 100.00 |
"""


def checked(define: str, expect: str) -> Checked:
    return check(HEAD + define + ARTICLE + expect)


def outcome(define: str, expect: str) -> Outcome:
    found = checked(define, expect)
    assert found.contract is not None, [fault.code for fault in found.errors]
    (one,) = run_example(found.contract, found.contract.examples[0], lambda c, d, a: Oracle(c, d, a), {})
    return one


def codes(define: str, expect: str) -> list[str]:
    return [fault.code for fault in checked(define, expect).errors]


def test_the_name_of_an_index_is_its_percentage() -> None:
    define = "define room\n  take  last_year\n  plus  growth of last_year\n"
    assert outcome(define, "  expect room = € 104.00").holds
    assert outcome("", "  expect growth = 4.0 %").holds


def test_only_a_percentage_is_taken_of_a_figure() -> None:
    assert codes("define room\n  take  last_year of last_year\n", "  expect total = € 100.00") == ["ZC324"]


def test_a_figure_rounds_to_a_quantity_in_its_own_unit() -> None:
    define = "define worked\n  take     sum of hours of care\n  rounded  up to 30 minutes\n"
    assert outcome(define, "  expect worked = 1.5 hours").holds
    assert outcome(define, "  expect worked = 90 minutes").holds


def test_weeks_until_the_as_of_day() -> None:
    assert outcome("", "  expect weeks_gone = € 200.00").holds


def test_what_is_expected_stands_in_the_unit_of_the_figure() -> None:
    define = "define worked\n  take  sum of hours of care\n"
    assert codes(define, "  expect worked = 1.3") == ["ZC608"]
    assert codes(define, "  expect worked = € 1.30") == ["ZC608"]
    assert codes("", "  expect last_year = 100 hours") == ["ZC608"]
    assert codes("", "  expect growth = 4 weeks") == ["ZC608"]


def test_submitted_and_rejected_are_of_the_whole_statement() -> None:
    assert outcome("", "  expect submitted = € 100.00").found == Fraction(100)
    assert outcome("", "  expect rejected = € 0.00").holds
    assert not outcome("", "  expect rejected = € 1.00").holds
    assert codes("", "  expect submitted in 2024 = € 100.00") == ["ZC607"]


def test_an_as_of_day_reaches_the_example() -> None:
    found = checked("", "  expect total = € 100.00").contract
    assert found is not None
    assert found.examples[0].as_of == date(2024, 1, 15)
