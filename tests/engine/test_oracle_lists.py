"""Tariffs and lists, in the contract and from data."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from msgspec.structs import replace

from contractlang.base.calendar import Span
from contractlang.engine.oracle import Oracle
from contractlang.engine.protocol import DataFault
from contractlang.model.expression import Cell, Role, Selection
from contractlang.model.lists import ListFromData, ListRow, Lookup, Range
from contractlang.model.tables import EmptyMeans
from tests.engine.build import (
    column,
    contract,
    data,
    day,
    decides,
    given,
    look,
    num,
    pay,
    price_list,
    table,
    when,
)
from tests.engine.settled import engine

CARE = table("care", "line_id", "opened date", "closed date", "level text?", "units number.1")
BY_OPENING = decides(year="opened", tariff="opened", period="closed")
CARE = replace(CARE, deciding=BY_OPENING)
HEADER = "line_id | opened | closed | level | units"


def priced(lookup: Lookup, text: str, *columns: str, on: Role | None = Role.TARIFF, others=()) -> list[int | None]:  # type: ignore[no-untyped-def]
    head = pay("3", num(1), look(lookup.name, *columns, on=on))
    tables = (CARE, *(one for one, _ in others))
    made = engine(
        contract(tables, head, lookups=(lookup,), year=2024), given(CARE, text), *(given(*one) for one in others)
    )
    return [line.priced if line.articles else None for line in made.lines()]


A2 = price_list("fee", ("level",), "DBC,2024-01-01,2024-12-31,1240.00", "DBC,2025-01-01,2025-12-31,1302.50")


@pytest.mark.parametrize(("tariff", "amount"), [("opened", 124000), ("closed", 130250)])
def test_a2_the_day_of_the_tariff(tariff: str, amount: int) -> None:
    # opened 2024-11-20: 1240.00; closed 2025-02-18: 1302.50
    of = replace(CARE, deciding=decides(tariff=tariff))
    term = Span(day("2024-01-01"), day("2025-12-31"))
    made = engine(
        contract(of, pay("3", num(1), look("fee", "level")), lookups=(A2,), term=term),
        given(of, f"{HEADER}\nL1|2024-11-20|2025-02-18|DBC|1"),
    )
    assert next(made.lines()).priced == amount


def test_validity_is_inclusive_and_open() -> None:
    fee = price_list("fee", ("level",), "A,2024-02-01,2024-02-29,1", "A,2024-03-01,,2", "B,,2024-02-01,3", "C,,,-")
    text = f"""{HEADER}
        L1 | 2024-01-31 | 2024-12-31 | A | 1
        L2 | 2024-02-01 | 2024-12-31 | A | 1
        L3 | 2024-02-29 | 2024-12-31 | A | 1
        L4 | 2024-03-01 | 2024-12-31 | A | 1
        L5 | 2024-12-31 | 2024-12-31 | A | 1
        L6 | 2024-02-01 | 2024-12-31 | B | 1
        L7 | 2024-02-02 | 2024-12-31 | B | 1
        L8 | 2024-02-02 | 2024-12-31 | C | 1
        L9 | 2024-02-02 | 2024-12-31 |   | 1"""
    assert priced(fee, text, "level") == [None, 100, 100, 200, 200, 300, None, None, None]


def test_ranges_numbers_and_empty_keys() -> None:
    rows = (
        ListRow((Range(None, Fraction(2), high_included=False), None), None, None, Fraction(1)),
        ListRow((Range(Fraction(2), Fraction(4)), None), None, None, Fraction(2)),
        ListRow(("4.50", "x"), None, None, Fraction(3)),
        ListRow((Range(Fraction(4), None, low_included=False), None), None, None, Fraction(4)),
    )
    text = f"{HEADER}\n" + "\n".join(
        f"L|2024-02-01|2024-02-01|{level}|{units}"
        for units, level in (("1.9", ""), ("2", ""), ("4.0", ""), ("4.5", "x"), ("4.5", ""), ("2", "x"))
    )
    assert priced(Lookup("fee", ("units", "level"), rows), text, "units", "level", on=None) == [
        100,
        200,
        200,
        300,
        400,
        None,
    ]


FEE_COLUMNS = ("level", "code text?", "from_day date", "to_day date?", "fee number.2?")
FEES = table("fees", *FEE_COLUMNS, paid=False, present=("from_day", "to_day"))
FROM_DATA = Lookup("fee", ("level",), data=ListFromData(Selection("fees", when("code", "=", "X")), Cell("fee")))
TEXT = f"{HEADER}\nL1|2024-01-31|2024-12-31|A|1\nL2|2024-02-01|2024-12-31|A|1\nL3|2024-12-01|2024-12-31|B|1"
FEE_HEADER = "level | code | from_day | to_day | fee"


def test_a_list_from_data() -> None:
    fees = f"{FEE_HEADER}\nA|X|2024-02-01||2\nA|X|2024-01-01|2024-01-31|1\nA|Y|2024-01-01||9\nB|X|2024-01-01||"
    assert priced(FROM_DATA, TEXT, "level", others=((FEES, fees),)) == [100, 200, None]
    made = engine(contract((CARE, FEES), lookups=(FROM_DATA,)), given(FEES, fees))
    assert made.values("fee") == {
        ("A",): ((date(2024, 1, 1), date(2024, 1, 31), Fraction(1)), (date(2024, 2, 1), None, Fraction(2))),
        ("B",): ((date(2024, 1, 1), None, None),),
    }


@pytest.mark.parametrize(
    ("rows", "on"),
    [
        ("A|X|2024-01-01|2024-02-01|1\nA|X|2024-02-01||2", "2024-02-01"),
        ("A|X|2024-03-01||2\nA|X|2024-01-01||1", "2024-03-01"),
        ("A|X|2024-01-01|2024-12-31|1\nA|X|2024-06-01|2024-06-01|1", "2024-06-01"),
        ("A|X|2024-01-01|2024-12-31|1\nA|X|2024-02-01|2024-02-02|1\nA|X|2024-03-01||1", "2024-02-01"),
    ],
)
def test_two_values_on_one_day_stop_the_settlement(rows: str, on: str) -> None:
    made = Oracle(contract((CARE, FEES), lookups=(FROM_DATA,)), data(given(FEES, f"{FEE_HEADER}\n{rows}")), None)
    with pytest.raises(DataFault) as fault:
        made.intake()
    assert (fault.value.code, fault.value.arguments) == ("ZC801", {"list": "fee", "key": "A", "day": on})


def test_validity_until_the_next_date() -> None:
    of = table("fees", "level", "since date", "fee number", paid=False, deciding=decides(year="since"))
    lookup = Lookup("fee", ("level",), data=ListFromData(Selection("fees"), Cell("fee")))
    rows = "level|since|fee\nA|2024-02-01|2\nB|2024-01-15|5\nA|2024-01-01|1"
    made = engine(contract((CARE, of), lookups=(lookup,)), given(of, rows))
    assert made.values("fee")["A",] == (
        (date(2024, 1, 1), date(2024, 1, 31), Fraction(1)),
        (date(2024, 2, 1), None, Fraction(2)),
    )
    assert made.values("fee")["B",] == ((date(2024, 1, 15), None, Fraction(5)),)
    again = Oracle(contract((CARE, of), lookups=(lookup,)), data(given(of, rows + "\nA|2024-02-01|3")), None)
    with pytest.raises(DataFault) as fault:
        again.intake()
    assert fault.value.arguments["day"] == "2024-02-01"


def test_a_year_is_valid_from_january_through_december() -> None:
    of = table("fees", "level", "year number", "fee number", paid=False, deciding=decides(year="year"))
    lookup = Lookup("fee", ("level",), data=ListFromData(Selection("fees"), Cell("fee")))
    made = engine(contract((CARE, of), lookups=(lookup,)), given(of, "level|year|fee\nA|2024|1\nA|2026|3"))
    assert made.values("fee")["A",] == (
        (day("2024-01-01"), day("2024-12-31"), Fraction(1)),
        (day("2026-01-01"), day("2026-12-31"), Fraction(3)),
    )


def test_a_list_without_dates() -> None:
    of = table("fees", "level", column("fee number", empty=EmptyMeans.NO_LIMIT), paid=False, deciding=())
    lookup = Lookup("fee", ("level",), data=ListFromData(Selection("fees"), Cell("fee")))
    assert priced(lookup, TEXT, "level", on=None, others=((of, "level|fee\nA|7\nB|"),)) == [700, 700, None]
    twice = Oracle(contract((CARE, of), lookups=(lookup,)), data(given(of, "level|fee\nA|7\nA|7")), None)
    with pytest.raises(DataFault, match="ZC801"):
        twice.intake()


def test_a_list_in_the_contract_has_no_values_from_data() -> None:
    with pytest.raises(ValueError, match="in the contract"):
        engine(contract(CARE, lookups=(A2,))).values("fee")
