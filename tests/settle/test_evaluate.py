"""Expressions and conditions for a group: missing values, lists, dates, keys that line up."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from msgspec.structs import replace

from contractlang.base.calendar import Every
from contractlang.engine.protocol import DataFault
from contractlang.model.contract import Define
from contractlang.model.expression import (
    All,
    Any,
    AsOf,
    Cell,
    Choice,
    Compare,
    Condition,
    Day,
    DefineSum,
    DefineValue,
    Empty,
    Expression,
    Holds,
    Key,
    KeyValue,
    LookUp,
    Measure,
    Measuring,
    Not,
    OneOf,
    Operation,
    Relation,
    Rounded,
    Selection,
    StartsWith,
    Text,
    Within,
)
from contractlang.model.lists import ListFromData, ListRow, Lookup, Range
from contractlang.settling.evaluate import Evaluator
from contractlang.settling.groups import define_points, points
from contractlang.settling.point import Point
from tests.settle.fake import Fake
from tests.settle.models import (
    CATEGORY,
    CENT,
    MONTH,
    PRODUCTION,
    ROWS,
    SUB_CEILING,
    YEAR,
    contract,
    number,
    pay,
    step,
)

AGES = Lookup(
    "ages",
    ("age",),
    (
        ListRow((Range(None, Fraction(64)),), None, None, Fraction("15.63")),
        ListRow((Range(Fraction(65), Fraction(74)),), None, None, Fraction("18.34")),
    ),
    dated=False,
)
NOTHING_AGREED = Lookup("dashes", ("category",), (ListRow(("A",), None, None, None),), dated=False)
FROM_DATA = Lookup("from_data", ("category",), data=ListFromData(Selection("production"), Cell("amount")))
SUM = Measure(Measuring.SUM, Selection("production"), Cell("amount"), (), (CATEGORY, YEAR))
DEFINES = (
    Define("spent", (CATEGORY, YEAR), SUM),
    Define("left_out", (CATEGORY, YEAR), SUM, missing="left_out"),
    Define("busy", (), None, Compare(DefineValue("spent"), Relation.ABOVE, number(200000))),
    Define("ceiling", (CATEGORY,), LookUp("sub_ceiling", (KeyValue("category"),), None)),
)
POINT = Point(None, (CATEGORY, YEAR), ("A", "2026"))
MISSING = LookUp("sub_ceiling", (Text("X"),), None)


@pytest.fixture
def evaluator() -> Evaluator:
    model = contract((pay(),), (PRODUCTION,), lookups=(AGES, NOTHING_AGREED, FROM_DATA, SUB_CEILING), defines=DEFINES)
    values = {"from_data": {("A",): ((date(2026, 1, 1), date(2026, 12, 31), Fraction(7)),)}}
    return Evaluator(model, Fake(model, {"production": ROWS}, lists=values), date(2026, 8, 31))


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (step(Operation.ADD, number(2), number(3)), Fraction(5)),
        (step(Operation.DIVIDE, number(47), number(57)), Fraction(47, 57)),
        (step(Operation.DIVIDE, number(1), number(0)), None),
        (step(Operation.ADD, number(2), MISSING), None),
        (step(Operation.LEAST, number(2), MISSING), None),
        (step(Operation.LEAST, number(2), MISSING, unbounded=True), Fraction(2)),
        (step(Operation.LEAST, MISSING, number(2), unbounded=True), None),
        (step(Operation.GREATEST, number(2), number(3)), Fraction(3)),
        (Rounded(step(Operation.DIVIDE, number("0.05"), number(10)), CENT), Fraction("0.01")),
        (Choice(((Empty(MISSING), number(1)),), None), Fraction(1)),
        (Choice(((Not(Empty(MISSING)), number(1)),), None), None),
        (AsOf(), date(2026, 8, 31)),
        (Day(date(2026, 1, 1)), date(2026, 1, 1)),
        (KeyValue("category"), "A"),
        (LookUp("ages", (number(70),), None), Fraction("18.34")),
        (LookUp("ages", (number(64),), None), Fraction("15.63")),
        (LookUp("ages", (number("64.5"),), None), None),
        (LookUp("sub_ceiling", (Text("B"),), None), Fraction(300000)),
        (LookUp("sub_ceiling", (Text("B"),), Day(date(2025, 12, 31))), None),
        (LookUp("dashes", (KeyValue("category"),), None), None),
        (LookUp("from_data", (KeyValue("category"),), None), Fraction(7)),
        (SUM, Fraction(640000)),
        (replace(SUM, keys=(YEAR,)), Fraction(1065000)),
        (
            replace(SUM, keys=(CATEGORY, replace(MONTH, name="year", every=Every.YEAR, value=YEAR.value))),
            Fraction(640000),
        ),
        (DefineValue("spent"), Fraction(640000)),
        (DefineValue("ceiling"), Fraction(600000)),
    ],
)
def test_values(evaluator: Evaluator, expression: Expression, value: object) -> None:
    assert evaluator.value(expression, POINT) == value


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (Compare(number(2), Relation.AT_MOST, number(2)), True),
        (Compare(number(2), Relation.BELOW, number(2)), False),
        (Compare(MISSING, Relation.EQUAL, MISSING), False),
        (Compare(AsOf(), Relation.ABOVE, Day(date(2026, 7, 1))), True),
        (OneOf(KeyValue("category"), ("A", "B")), True),
        (StartsWith(KeyValue("category"), "B"), False),
        (Within(AsOf(), date(2026, 1, 1), date(2026, 8, 31)), True),
        (All((Empty(MISSING), Not(Empty(MISSING)))), False),
        (Any((Empty(MISSING), Not(Empty(MISSING)))), True),
        (Holds("busy"), True),
    ],
)
def test_conditions(evaluator: Evaluator, condition: Condition, holds: bool) -> None:
    assert evaluator.holds(condition, POINT) is holds


def test_missing_follows_the_define(evaluator: Evaluator) -> None:
    nobody = Point(None, (CATEGORY, YEAR), ("X", "2026"))
    with pytest.raises(DataFault, match="ZC812"):
        evaluator.value(DefineValue("spent"), nobody)
    assert evaluator.value(DefineValue("left_out"), nobody) is None
    assert evaluator.holds(Empty(DefineValue("spent")), nobody)


def test_a_sum_over_the_keys_that_the_group_does_not_have(evaluator: Evaluator) -> None:
    assert evaluator.value(DefineSum("spent"), Point(None, (YEAR,), ("2026",))) == 1065000
    assert evaluator.value(DefineSum("spent"), Point(None, (CATEGORY,), ("B",))) == 255000
    assert evaluator.value(DefineSum("spent"), Point(None, (), ())) == 1065000
    assert evaluator.value(DefineSum("spent"), Point(None, (YEAR,), ("2025",))) is None


def test_a_key_that_the_group_does_not_tell_stops(evaluator: Evaluator) -> None:
    with pytest.raises(DataFault) as stopped:
        evaluator.value(DefineValue("spent"), Point(None, (YEAR,), ("2026",)))
    assert stopped.value.arguments == {"figure": "spent", "key": "category"}


def test_a_figure_for_a_year_holds_in_each_of_its_months(evaluator: Evaluator) -> None:
    assert evaluator.value(SUM, Point(None, (CATEGORY, MONTH), ("A", "2026-11"))) == 640000


def test_no_as_of_day_stops_what_asks_for_it(evaluator: Evaluator) -> None:
    evaluator.as_of = None
    with pytest.raises(DataFault, match="ZC813"):
        evaluator.value(AsOf(), POINT)


def test_the_groups_of_a_define_are_those_of_its_measures_else_of_its_lists(evaluator: Evaluator) -> None:
    spent = define_points(evaluator, evaluator.contract.define("spent"))
    assert [point.values for point in spent] == [("A", "2026"), ("B", "2026"), ("C", "2026")]
    ceiling = define_points(evaluator, evaluator.contract.define("ceiling"))
    assert [point.values for point in ceiling] == [("A",), ("B",), ("C",)]


def test_a_period_that_no_source_tells_takes_every_period_of_the_term(evaluator: Evaluator) -> None:
    quarter = Key("quarter", Text(""), Every.QUARTER)
    found = points(evaluator, [number(1)], (quarter,))
    assert [point.values[0] for point in found] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
