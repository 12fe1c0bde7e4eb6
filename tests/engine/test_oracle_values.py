"""Values and conditions for one row, each with its figure worked out by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from contractlang.base.calendar import Every
from contractlang.base.exact import Mode, Rounding
from contractlang.engine.oracle import Oracle
from contractlang.engine.oracle.row import Row, Value
from contractlang.engine.protocol import DataFault
from contractlang.model.expression import (
    All,
    Any,
    AsOf,
    Choice,
    Condition,
    Counting,
    Day,
    DecidingDate,
    Elapsed,
    Empty,
    Expression,
    Holds,
    Key,
    KeyValue,
    Not,
    OneOf,
    PeriodOf,
    PeriodsIn,
    Relation,
    Role,
    Rounded,
    Scaled,
    StartsWith,
    Text,
    Within,
    Yes,
)
from contractlang.model.expression import Compare as Comparison
from contractlang.model.lists import ScaleKind
from tests.engine.build import cell, contract, data, decides, does, given, num, scale, table, when

OF = table(
    "care", "line_id", "first date?", "last date?", "code text?", "a number.2?", "b number.2?", "year number?",
    "ok truth?", deciding=decides(year="year", period="first"), paid=False,
)  # fmt: skip
TEXT = """line_id | first | last | code | a | b | year | ok
    L1 | 2024-01-15 | 2024-04-09 | GGZ-1 | 7.50 | 2 | 2024 | ja
    L2 |            | 2024-04-09 |       |      | 0 | 20245 | nee"""
SCALES = (
    scale("line", ScaleKind.LINEAR, "0,0,10", "10,10,30"),
    scale("steps", ScaleKind.STEPWISE, ",5,1", "5,10,2"),
    scale("slices", ScaleKind.EACH_SLICE, "0,5,2", "5,,3"),
    scale("from", ScaleKind.EACH_SLICE, ",,2", measured_from=Fraction(10)),
    scale("whole", ScaleKind.WHOLE_VOLUME, "0,5,2", "5,,3"),
)


def row_of(number: int, as_of: date | None = None) -> tuple[Oracle, Row]:
    made = Oracle(contract(OF, scales=SCALES), data(given(OF, TEXT)), as_of)
    return made, made._accepted("care")[number - 1]


def value(expression: Expression, number: int = 1, as_of: date | None = None) -> Value:
    made, row = row_of(number, as_of)
    return made._rows.value(expression, row)


def holds(condition: Condition, number: int = 1) -> bool:
    made, row = row_of(number)
    return made._rows.holds(condition, row)


A, B = cell("a"), cell("b")


@pytest.mark.parametrize(
    ("sign", "outcome"),
    [("+", "9.5"), ("-", "5.5"), ("*", "15"), ("/", "3.75"), ("least", "2"), ("greatest", "7.5")],
)
def test_arithmetic(sign: str, outcome: str) -> None:
    assert value(does(A, sign, B)) == Fraction(outcome)
    assert value(does(A, sign, B), 2) is None  # a is missing
    assert value(does(B, sign, A), 2) is None


def test_missing_as_no_limit_and_division_by_zero() -> None:
    assert value(does(B, "least", A, unbounded=True), 2) == 0
    assert value(does(B, "greatest", A, unbounded=True), 2) == 0
    assert value(does(A, "least", B, unbounded=True), 2) is None  # only a missing right side is "no limit"
    assert value(does(B, "+", A, unbounded=True), 2) is None
    assert value(does(num(1), "/", B), 2) is None


def test_rounded_and_chosen() -> None:
    assert value(Rounded(A, Rounding(Mode.HALF_EVEN, Fraction(1)))) == 8
    assert value(Rounded(A, Rounding(Mode.DOWN, Fraction(1))), 2) is None
    choice = Choice(((when("a", ">", 100), num(1)), (when("b", "=", 2), num(2))), num(3))
    assert (value(choice), value(choice, 2)) == (2, 3)
    assert value(Choice(((when("a", ">", 100), num(1)),), None)) is None


@pytest.mark.parametrize(
    ("name", "at", "outcome"),
    [
        ("line", 5, 20), ("line", -5, 10), ("line", 15, 30), ("line", 10, 30),
        ("steps", -1, 1), ("steps", 5, 2), ("steps", 10, None),
        ("slices", 7, 16), ("slices", -2, 0), ("from", 12, 4), ("from", 7, -6),
        ("whole", 4, 8), ("whole", 6, 18), ("whole", -1, None),
    ],
)  # fmt: skip
def test_scales(name: str, at: int, outcome: int | None) -> None:
    # slices at 7: 5 x 2 + 2 x 3; from 10: 12 is 2 x 2 above it, 7 is 3 x 2 below it; whole 6: 6 x 3
    assert value(Scaled(num(at), name)) == outcome


def test_scaled_missing_is_missing() -> None:
    assert value(Scaled(A, "line"), 2) is None


@pytest.mark.parametrize(
    ("every", "calendar", "outcome"),
    [
        # 15 January to 9 April 2024: 85 days, 12 whole weeks, 2 whole months (15 March; 15 April is later)
        (Every.DAY, False, 85), (Every.WEEK, False, 12), (Every.MONTH, False, 2), (Every.QUARTER, False, 0),
        (Every.YEAR, False, 0), (Every.MONTH, True, 3), (Every.QUARTER, True, 1), (Every.YEAR, True, 0),
    ],
)  # fmt: skip
def test_elapsed(every: Every, calendar: bool, outcome: int) -> None:
    assert value(Elapsed(cell("first"), cell("last"), every, calendar)) == outcome
    assert value(Elapsed(cell("first"), cell("last"), every, calendar), 2) is None


def test_elapsed_is_signed() -> None:
    assert value(Elapsed(cell("last"), cell("first"), Every.MONTH)) == -2
    assert value(Elapsed(cell("last"), Day(date(2023, 12, 1)), Every.YEAR, True)) == -1


@pytest.mark.parametrize(
    ("first", "last", "counting", "outcome"),
    [
        # K6: 15 January through 9 April: touches 4 months; the GI protocol counts February, March and April
        ("2024-01-15", "2024-04-09", Counting.TOUCHED, Fraction(4)),
        ("2024-01-15", "2024-04-09", Counting.BROKEN_LAST, Fraction(3)),
        ("2024-01-15", "2024-04-09", Counting.BY_DAYS, Fraction(17, 31) + 2 + Fraction(9, 30)),
        ("2024-01-01", "2024-01-09", Counting.BROKEN_LAST, Fraction(1)),
        ("2024-01-02", "2024-01-09", Counting.BROKEN_LAST, Fraction(0)),
        ("2024-01-02", "2024-01-31", Counting.BROKEN_LAST, Fraction(0)),
        ("2024-02-01", "2024-01-01", Counting.TOUCHED, Fraction(0)),
    ],
)
def test_periods_in(first: str, last: str, counting: Counting, outcome: Fraction) -> None:
    days = Day(date.fromisoformat(first)), Day(date.fromisoformat(last))
    assert value(PeriodsIn(*days, Every.MONTH, counting)) == outcome


def test_k6_by_days_is_worth_what_the_catalogue_says() -> None:
    # 2026: 1480.00 x (17/31 + 1 + 1 + 9/30) = 4215.61; by the protocol 3 x 1480.00 = 4440.00
    days = Day(date(2026, 1, 15)), Day(date(2026, 4, 9))
    month = num("1480")
    cent = Rounding(Mode.HALF_AWAY, Fraction(1, 100))
    by_days = Rounded(does(month, "*", PeriodsIn(*days, Every.MONTH, Counting.BY_DAYS)), cent)
    assert value(by_days) == Fraction("4215.61")
    assert value(does(month, "*", PeriodsIn(*days, Every.MONTH, Counting.BROKEN_LAST))) == 4440


def test_periods_in_without_a_day_are_missing() -> None:
    assert value(PeriodsIn(cell("first"), cell("last"), Every.MONTH, Counting.TOUCHED), 2) is None


def test_periods_and_dates() -> None:
    assert value(PeriodOf(cell("first"), Every.QUARTER)) == "2024-Q1"
    assert value(PeriodOf(cell("first"), Every.QUARTER), 2) is None
    assert value(PeriodOf(cell("year"), Every.YEAR)) == "2024"
    assert value(DecidingDate(Role.YEAR)) == date(2024, 1, 1)
    assert value(DecidingDate(Role.YEAR), 2) is None  # 20245 is no year
    assert value(DecidingDate(Role.RECEIPT)) is None  # nothing decides it
    assert value(AsOf(), as_of=date(2024, 5, 5)) == date(2024, 5, 5)
    with pytest.raises(DataFault, match="ZC813"):
        value(AsOf())


@pytest.mark.parametrize(("relation", "outcome"), list(zip(Relation, (False, False, False, True, True), strict=True)))
def test_comparisons(relation: Relation, outcome: bool) -> None:
    assert holds(Comparison(A, relation, B)) is outcome  # 7.5 and 2
    assert holds(Comparison(A, relation, A)) is (relation in (Relation.EQUAL, Relation.AT_MOST, Relation.AT_LEAST))
    assert not holds(Comparison(A, relation, B), 2)
    assert not holds(Comparison(B, relation, A), 2)
    assert holds(Comparison(cell("last"), relation, cell("first"))) is outcome
    assert holds(Comparison(Text("b"), relation, Text("B"))) is outcome


@pytest.mark.parametrize(
    ("condition", "first", "second"),
    [
        (OneOf(cell("code"), ("GGZ-1", "X")), True, False),
        (OneOf(cell("code"), ("ggz-1",)), False, False),
        (StartsWith(cell("code"), "GGZ"), True, False),
        (StartsWith(cell("code"), ""), True, False),
        (Empty(cell("code")), False, True),
        (Yes("ok"), True, False),
        (Within(cell("first"), date(2024, 1, 15), date(2024, 1, 15)), True, False),
        (Within(cell("first"), date(2024, 1, 16), date(2024, 1, 31)), False, False),
        (Not(Empty(cell("code"))), True, False),
        (All((Yes("ok"), Empty(cell("code")))), False, False),
        (Any((Yes("ok"), Empty(cell("code")))), True, True),
        (All(()), True, True),
        (Any(()), False, False),
    ],
)
def test_conditions(condition: Condition, first: bool, second: bool) -> None:
    assert (holds(condition), holds(condition, 2)) == (first, second)


def test_figures_of_groups_have_no_value_for_a_row() -> None:
    with pytest.raises(ValueError, match="KeyValue"):
        value(KeyValue("year"))
    with pytest.raises(ValueError, match="Holds"):
        holds(Holds("bonus"))
    with pytest.raises(ValueError, match="not a number"):
        value(does(cell("code"), "+", B))
    with pytest.raises(ValueError, match="compared"):
        holds(Comparison(cell("code"), Relation.ABOVE, B))
    with pytest.raises(ValueError, match="no column"):
        value(cell("nothing"))


def test_the_group_of_a_row() -> None:
    made, row = row_of(2)
    assert made._rows.group(row, (Key("code", cell("code")), Key("b", B))) == (None, None, 0)
