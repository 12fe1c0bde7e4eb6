"""Whether delivery goes on above a ceiling is said on the statement and in the monitor, with what was delivered after it was reached."""

from __future__ import annotations

from datetime import date

import pytest

from contractlang.analysis.check import check
from contractlang.api import settle
from contractlang.format.format import format_text
from contractlang.report.monitoring import monitoring
from contractlang.report.render import render

CONTRACT = """contract "Hospital" version "1"
  payer     "Insurer"
  provider  "Hospital"
  term      2024-01-01 through 2024-12-31
  settle    per month
  rounded   half away from zero to € 0.01 per row

data care
  line_id    text  key
  care_date  date  decides year, tariff, period
  patient    one of new, running, urgent
  amount     euro

article 1 "Care"
  pay amount of care

article 2 "Ceiling"
  limit article 1 to at most € 2,000.00
    per         calendar year of care_date
    part year   full amount
    filled by   care_date, then row number
    last row    {last}
    late row    reopens the period
    freed room  stays empty
    outside     care where patient = urgent
    they count  not
    above       nothing
    delivery    {delivery}
"""
# R2 uses up the room with 100 to spare; on the same day R3 comes after it. Later: R4 and R5 within, R6 and R7 outside.
ROWS = [
    {"line_id": name, "care_date": day, "patient": patient, "amount": amount}
    for name, day, patient, amount in (
        ("R1", "2024-06-30", "new", "1400.00"),
        ("R2", "2024-10-14", "running", "700.00"),
        ("R3", "2024-10-14", "new", "10.00"),
        ("R4", "2024-11-15", "running", "96.48"),
        ("R5", "2024-12-10", "new", "60.00"),
        ("R6", "2024-11-20", "urgent", "80.00"),
        ("R7", "2024-12-31", "urgent", "5.00"),
        ("R8", "2024-01-05", "urgent", "7.00"),
    )
]


def _contract(delivery: str, language: str, last: str = "in part") -> str:
    text = CONTRACT.format(delivery=delivery, last=last)
    return text if language == "en" else format_text(text, "contract.zc", "", language)


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize(
    ("delivery", "duty"),
    [("goes on", ("duty to deliver", "doorleverplicht")), ("may stop", ("no duty to deliver", "geen doorleverplicht"))],
)
def test_what_was_delivered_after_the_ceiling_is_printed(
    delivery: str, duty: tuple[str, str], language: str, engine: str
) -> None:
    contract = check(_contract(delivery, language)).contract
    assert contract is not None
    statement = settle(contract, ROWS, engine=engine)
    (ceiling,) = statement.ceilings
    assert ceiling.reached_on == date(2024, 10, 14)
    assert (ceiling.counted, ceiling.paid, ceiling.cut) == ("2266.48", "2000.00", "266.48")
    assert (ceiling.delivered_after, ceiling.outside_after) == ("156.48", "85.00")
    decimal = "156.48" if language == "en" else "156,48"
    for shown in (render(statement, "markdown", language), monitoring(statement, (), "markdown", language)):
        (line,) = [one for one in shown.splitlines() if decimal in one]
        assert duty[language == "nl"] in line
        assert ("85.00" if language == "en" else "85,00") in line


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
def test_the_day_on_which_it_is_reached_follows_from_the_rows_that_are_paid(engine: str) -> None:
    """R2 does not fit and R3 does; the room is reached with R2 all the same."""
    contract = check(_contract("may stop", "en", "nothing, later rows that fit are paid")).contract
    assert contract is not None
    (ceiling,) = settle(contract, ROWS, engine=engine).ceilings
    assert (ceiling.reached_on, ceiling.paid) == (date(2024, 10, 14), "1566.48")
    assert (ceiling.delivered_after, ceiling.outside_after) == ("156.48", "85.00")


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
def test_nothing_is_said_of_a_ceiling_that_is_not_reached(engine: str) -> None:
    contract = check(_contract("may stop", "en")).contract
    assert contract is not None
    statement = settle(contract, ROWS[:1], engine=engine)
    assert statement.ceilings[0].delivered_after is None
    shown = render(statement, "text", "en")
    assert "Delivered after" not in shown
    assert "delivery may stop" in shown
