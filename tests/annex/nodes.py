"""One of each node of the model, on a small contract."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from msgspec import Struct

from contractlang.base.calendar import Every, Span
from contractlang.base.exact import CENT, Mode, Rounding
from contractlang.base.units import EURO
from contractlang.model.contract import Article, Contract, Define, Parties
from contractlang.model.expression import (
    All,
    AllMissing,
    Any,
    Arithmetic,
    ArticleAmount,
    AsOf,
    Cell,
    Choice,
    Compare,
    Condition,
    Counting,
    Day,
    DecidingDate,
    DefineSum,
    DefineValue,
    Elapsed,
    Empty,
    Exponential,
    Expression,
    Holds,
    IncludedIn,
    Key,
    KeyValue,
    Listed,
    LookUp,
    Matched,
    Measure,
    Measuring,
    MissingPart,
    Not,
    Number,
    OneOf,
    Operation,
    PartOfPeriod,
    PeriodOf,
    PeriodsIn,
    Present,
    Relation,
    Repeated,
    ReserveOf,
    Role,
    Rounded,
    Scaled,
    Selection,
    StartsWith,
    Text,
    Unknown,
    Unpaired,
    Weighed,
    Within,
    Yes,
)
from contractlang.model.heads import (
    Deduct,
    Distribute,
    Filled,
    Fixed,
    GuaranteeDue,
    Head,
    Limit,
    Manual,
    OnTop,
    OnTopKind,
    Order,
    PartYear,
    Pay,
    Recovery,
    ShareOf,
    ShareStep,
    WhenOwed,
)
from contractlang.model.lists import ListRow, Lookup, Scale, ScaleKind, Step
from contractlang.model.tables import Column, Deciding, Kind, Table

ONE, FIRST, LAST = Fraction(1), date(2026, 1, 1), date(2026, 12, 31)
TO_CENTS = Rounding(Mode.HALF_AWAY, CENT)
CARE = Table(
    "care",
    (
        Column("row", ("row",), Kind.TEXT, "text"),
        Column("code", ("code",), Kind.TEXT, "one of", codes=("A", "B")),
        Column("day", ("day",), Kind.DATE, "date"),
        Column("minutes", ("minutes",), Kind.NUMBER, "minutes"),
        Column("urgent", ("urgent",), Kind.TRUTH, "yes or no"),
    ),
    deciding=tuple(Deciding(role, ((None, Cell("day")),)) for role in (Role.YEAR, Role.TARIFF, Role.PERIOD)),
    present=("day", "day"),
    paid=True,
)
YEAR = Key("year", PeriodOf(Cell("day"), Every.YEAR), Every.YEAR)
AMOUNT = Number(Fraction(100), EURO)
EXPRESSIONS: dict[type[Struct], Expression] = {
    Number: Number(Fraction("2.5")),
    Text: Text("A"),
    Day: Day(FIRST),
    AsOf: AsOf(),
    Cell: Cell("minutes"),
    DecidingDate: DecidingDate(Role.TARIFF),
    PeriodOf: PeriodOf(Cell("day"), Every.MONTH),
    Elapsed: Elapsed(Cell("day"), AsOf(), Every.MONTH),
    PeriodsIn: PeriodsIn(Cell("day"), Day(LAST), Every.WEEK, Counting.TOUCHED),
    LookUp: LookUp("price", (Cell("code"),), DecidingDate(Role.TARIFF)),
    KeyValue: KeyValue("year"),
    Arithmetic: Arithmetic(Operation.ADD, Cell("minutes"), Number(ONE)),
    Rounded: Rounded(Cell("minutes"), TO_CENTS),
    Choice: Choice(((Yes("urgent"), Number(ONE)),), Number(Fraction(2))),
    Scaled: Scaled(Cell("minutes"), "slide"),
    Measure: Measure(Measuring.ROWS, Selection("care"), None, (), (YEAR,)),
    DefineValue: DefineValue("figure"),
    DefineSum: DefineSum("figure"),
    ArticleAmount: ArticleAmount("1", ("2",), (YEAR,)),
    Weighed: Weighed(((DefineValue("figure"), ONE),), MissingPart.ZERO, AllMissing.EMPTY),
    PartOfPeriod: PartOfPeriod("by_days"),
    ReserveOf: ReserveOf("1"),
    Exponential: Exponential(DefineValue("figure"), TO_CENTS),
}
CONDITIONS: dict[type[Struct], Condition] = {
    Compare: Compare(Cell("minutes"), Relation.AT_LEAST, Number(ONE)),
    OneOf: OneOf(Cell("code"), ("A", "B")),
    StartsWith: StartsWith(Cell("code"), "A"),
    Empty: Empty(Cell("code")),
    Unknown: Unknown("code"),
    Listed: Listed(Cell("row"), "care", "row"),
    Present: Present(Cell("row"), "care", "row", Cell("day")),
    Matched: Matched(Selection("care"), ((Cell("row"), "row"),), Cell("day")),
    IncludedIn: IncludedIn(("1",)),
    Within: Within(Cell("day"), FIRST, LAST),
    Yes: Yes("urgent"),
    Repeated: Repeated(("row",), ("day",)),
    Unpaired: Unpaired(),
    Not: Not(Yes("urgent")),
    All: All((Yes("urgent"), Unpaired())),
    Any: Any((Yes("urgent"), Unpaired())),
    Holds: Holds("gate"),
}
DEBT = Recovery(WhenOwed.REPAID)
HEADS: dict[type[Struct], Head] = {
    Pay: Pay("1", "1", Selection("care"), Cell("minutes"), "hour", AMOUNT, TO_CENTS),
    Limit: Limit("2", "2", ("1",), AMOUNT, (YEAR,), PartYear.FULL, Filled.IN_ORDER, (Order(None),)),
    OnTop: OnTop("3", "3", OnTopKind.ADJUST, ("1",), AMOUNT, TO_CENTS, (YEAR,), Holds("gate")),
    Fixed: Fixed("4", "4", AMOUNT, TO_CENTS, (YEAR,)),
    Manual: Manual("5", "5", "something"),
    Distribute: Distribute(
        "6",
        "6",
        ArticleAmount("1", ()),
        (YEAR,),
        (ShareStep(ShareOf.WHOLE, Number(ONE, percent=True), "us"),),
        TO_CENTS,
    ),
    Deduct: Deduct("7", "7", AMOUNT, (YEAR,), DEBT),
    GuaranteeDue: GuaranteeDue("8", "8", AMOUNT, (YEAR,)),
}
CONTRACT = Contract(
    "small", "1", "en", "", Parties("payer", "provider"), Span(FIRST, LAST), Every.YEAR, TO_CENTS, (CARE,),
    (Lookup("price", ("code",), (ListRow(("A",), FIRST, None, ONE),), unit=EURO),),
    (Scale("slide", ScaleKind.STEPWISE, (Step(None, None, ONE),)),),
    (Define("figure", (YEAR,), Number(ONE)), Define("gate", (), None, Yes("urgent"))),
    (Article("1", "one"),), (), (), (),
)  # fmt: skip
