"""Contracts built by hand, and the rows of their worked examples."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any as Anything

from msgspec.structs import replace

from contractlang.base.calendar import Every, Span
from contractlang.base.exact import Mode, Rounding
from contractlang.model.contract import Article, Contract, Define, Parties
from contractlang.model.expression import (
    Arithmetic,
    Cell,
    DecidingDate,
    DefineValue,
    Expression,
    Key,
    KeyValue,
    LookUp,
    Measure,
    Measuring,
    Number,
    Operation,
    PeriodOf,
    Role,
    Selection,
)
from contractlang.model.heads import Filled, Head, Limit, OnTop, OnTopKind, Order, PartYear, Pay, Transfer
from contractlang.model.lists import ListRow, Lookup, Scale, ScaleKind, Step
from contractlang.model.tables import Column, Deciding, Kind, Table

CENT = Rounding(Mode.HALF_AWAY, Fraction(1, 100))
YEAR = Key("year", PeriodOf(DecidingDate(Role.YEAR), Every.YEAR), Every.YEAR)
MONTH = Key("month", PeriodOf(DecidingDate(Role.PERIOD), Every.MONTH), Every.MONTH)
CATEGORY = Key("category", Cell("category"))


def number(value: str | int) -> Number:
    return Number(Fraction(value))


def step(operation: Operation, left: Expression, right: Expression, **more: bool) -> Arithmetic:
    return Arithmetic(operation, left, right, **more)


def column(name: str, kind: Kind, word: str, **more: Anything) -> Column:
    return Column(name, (name,), kind, word, **more)


def table(name: str, *columns: Column, **more: Anything) -> Table:
    """A table whose care_date decides everything."""
    decides = tuple(Deciding(role, ((None, Cell("care_date")),)) for role in (Role.YEAR, Role.TARIFF, Role.PERIOD))
    own = (column("line_id", Kind.TEXT, "text"), column("care_date", Kind.DATE, "date"), *columns)
    return Table(name, own, deciding=decides, paid=True, **more)


def contract(heads: tuple[Head, ...], tables: tuple[Table, ...], year: int = 2026, **more: Anything) -> Contract:
    numbers = list(dict.fromkeys(head.article for head in heads))
    base = Contract(
        name="Hospital: ceilings within a ceiling",
        version=f"{year}.1",
        language="en",
        sha256="0" * 64,
        parties=Parties("Delta Health Insurance", "Hospital Zuid"),
        term=Span(date(year, 1, 1), date(year, 12, 31)),
        settle=Every.MONTH,
        rounding=CENT,
        tables=tables,
        lookups=(),
        scales=(),
        defines=(),
        articles=tuple(Article(number, f"Title of {number}") for number in numbers),
        heads=heads,
        reports=(),
        examples=(),
    )
    return replace(base, **more)


def pay(article: str = "3", name: str = "production", **more: Anything) -> Pay:
    """Pays the amounts of a table as they are."""
    return Pay(f"{article}a", article, Selection(name), Cell("amount"), "euro", None, CENT, **more)


def limit(article: str, amount: Expression, *keys: Key, base: tuple[str, ...] = ("3",), **more: Anything) -> Limit:
    order = (Order(Cell("care_date")), Order(Cell("line_id")))
    settings: dict[str, Anything] = {"part_year": PartYear.FULL, "filled": Filled.IN_ORDER, "order": order}
    if more.get("filled") not in (None, Filled.IN_ORDER):
        settings.pop("order")
    return Limit(f"{article}a", article, base, amount, keys, **(settings | more))


PRODUCTION = table(
    "production",
    column("category", Kind.TEXT, "text", codes=("A", "B", "C")),
    column("amount", Kind.NUMBER, "euro", decimals=2),
)
ROWS = [
    {"line_id": "R1", "category": "A", "care_date": date(2026, 3, 1), "amount": Fraction(640000)},
    {"line_id": "R2", "category": "B", "care_date": date(2026, 4, 1), "amount": Fraction(255000)},
    {"line_id": "R3", "category": "C", "care_date": date(2026, 5, 1), "amount": Fraction(170000)},
]
SUB_CEILING = Lookup(
    "sub_ceiling",
    ("category",),
    tuple(
        ListRow((name,), date(2026, 1, 1), None, Fraction(amount))
        for name, amount in (("A", 600000), ("B", 300000), ("C", 150000))
    ),
    tariff=False,
)
ABOVE = Scale(
    "above_ceiling",
    ScaleKind.EACH_SLICE,
    (
        Step(Fraction(0), Fraction("0.01"), Fraction("0.7")),
        Step(Fraction("0.01"), Fraction("0.03"), Fraction("0.4")),
        Step(Fraction("0.03"), None, Fraction(0)),
    ),
    of_base=True,
)


def by_category(order: tuple[str, ...] = ("A", "B", "C"), receives: str = "0.1") -> Limit:
    moves = Transfer("category", order, None, number(receives))
    amount = LookUp("sub_ceiling", (KeyValue("category"),), None)
    return limit("4", amount, CATEGORY, YEAR, transfer=moves)


def nested_ceilings(order: tuple[str, ...] = ("A", "B", "C")) -> Contract:
    """Article 4 a ceiling for each category with transfer, article 5 a ceiling over everything with a scale above."""
    whole = limit("5", number(1030000), YEAR, above="above_ceiling")
    heads = (pay(), by_category(order), whole)
    return contract(heads, (PRODUCTION,), lookups=(SUB_CEILING,), scales=(ABOVE,))


NURSING = table(
    "care",
    column("client_id", Kind.TEXT, "person"),
    column("hours", Kind.NUMBER, "hours", decimals=2),
)


def average_norm() -> Contract:
    """Hours at 61.89; what is above 12.5 hours for each client in each month with care is taken back."""
    hours = Measure(Measuring.SUM, Selection("care"), Cell("hours"), (), (YEAR,))
    months = Measure(Measuring.DIFFERENT, Selection("care"), None, (Cell("client_id"), MONTH.value), (YEAR,))
    allowed = Define("allowed_hours", (YEAR,), step(Operation.MULTIPLY, months, number("12.5")))
    excess = Define(
        "excess_hours",
        (YEAR,),
        step(Operation.GREATEST, step(Operation.SUBTRACT, hours, DefineValue("allowed_hours")), number(0)),
    )
    amount = step(Operation.MULTIPLY, DefineValue("excess_hours"), number("61.89"))
    heads = (
        Pay("4a", "4", Selection("care"), Cell("hours"), "hour", number("61.89"), CENT),
        OnTop("5a", "5", OnTopKind.REDUCE, ("4",), amount, CENT, (YEAR,)),
    )
    return contract(heads, (NURSING,), defines=(allowed, excess))
