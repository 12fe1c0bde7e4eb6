"""Contracts, tables and data built by hand, tersely: what the tests of both engines are written in.

A table is a line of words: `table("care", "line_id", "care_date date", "hours number.2", "palliative truth")`, a text
when no kind is said, `number.2` has two decimals, `?` after the kind allows an empty cell. Its data is text with one
row a line:

    given(CARE, '''
        line_id | care_date  | hours
        L1      | 2024-03-10 | 2.50
    ''')
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any as Anything

from msgspec.structs import replace

from contractlang.base.calendar import Every, Span
from contractlang.base.exact import Mode, Rounding
from contractlang.data.prepared import Prepared
from contractlang.model.contract import Article, Contract, Parties
from contractlang.model.expression import (
    Arithmetic,
    Cell,
    Compare,
    Condition,
    Day,
    DecidingDate,
    Expression,
    Key,
    LookUp,
    Measure,
    Measuring,
    Number,
    Operation,
    PeriodOf,
    Relation,
    Role,
    Selection,
    Text,
)
from contractlang.model.heads import Filled, Head, Limit, Order, PartYear, Pay
from contractlang.model.lists import ListRow, Lookup, Scale, ScaleKind, Step
from contractlang.model.tables import Column, Credit, Deciding, EmptyMeans, Kind, RejectRule, Table

CENT = Rounding(Mode.HALF_AWAY, Fraction(1, 100))
WHOLE = Rounding(Mode.HALF_AWAY, Fraction(1))
YEAR = Key("year", PeriodOf(DecidingDate(Role.YEAR), Every.YEAR), Every.YEAR)
MONTH = Key("month", PeriodOf(DecidingDate(Role.PERIOD), Every.MONTH), Every.MONTH)
KINDS = {"text": Kind.TEXT, "date": Kind.DATE, "number": Kind.NUMBER, "truth": Kind.TRUTH}


def day(text: str) -> date:
    return date.fromisoformat(text)


def num(value: str | int) -> Number:
    return Number(Fraction(value))


def cell(name: str) -> Cell:
    return Cell(name)


def key(name: str) -> Key:
    """A key that is the cell of the column of that name."""
    return Key(name, Cell(name))


def does(left: Expression, sign: str, right: Expression, **more: Anything) -> Arithmetic:
    """`does(a, "+", b)`; also `least` and `greatest`."""
    return Arithmetic(Operation(sign), left, right, **more)


def when(column: str, sign: str, value: str | int | date) -> Compare:
    """`when("unit", "=", "MIN")`: a text, number or date by the type of the value."""
    right = Text(value) if isinstance(value, str) else num(value) if isinstance(value, int) else Day(value)
    return Compare(Cell(column), Relation(sign), right)


def column(words: str, **more: Anything) -> Column:
    """A column from words: name, kind (text when absent) with decimals after a dot and `?` when it may be empty."""
    name, _, kind = words.partition(" ")
    empty = EmptyMeans.UNKNOWN if kind.endswith("?") else EmptyMeans.MISSING
    kind, _, decimals = kind.rstrip("?").partition(".")
    settings: dict[str, Anything] = {"decimals": int(decimals or 0), "empty": empty} | more
    return Column(name, (name,), KINDS[kind or "text"], kind or "text", **settings)


def decides(**columns: str) -> tuple[Deciding, ...]:
    """`decides(year="care_date", receipt="received_on")`."""
    return tuple(Deciding(Role(role), ((None, Cell(name)),)) for role, name in columns.items())


def table(name: str, *columns: str | Column, **more: Anything) -> Table:
    """A paid table; its care_date, when it has one, decides year, tariff and period, its received_on the receipt."""
    made = tuple(one if isinstance(one, Column) else column(one) for one in columns)
    names = {one.name for one in made}
    roles = dict.fromkeys(("year", "tariff", "period"), "care_date") if "care_date" in names else {}
    if "received_on" in names:
        roles["receipt"] = "received_on"
    settings: dict[str, Anything] = {
        "paid": True,
        "deciding": decides(**roles),
        "key": "line_id" if "line_id" in names else None,
    }
    return Table(name, made, **(settings | more))


def reject(reason: str, condition: Condition) -> RejectRule:
    return RejectRule(reason, condition)


def credits(*matched: str) -> Credit:
    """A credit is a row with C in debit_credit, and names its debit in prev_line_id."""
    return Credit("line_id", "prev_line_id", when("debit_credit", "=", "C"), matched)


def given(table: Table, text: str, **more: Anything) -> Prepared:
    """The rows of a table from text: the first line names the columns, cells are separated by bars."""
    lines = [[part.strip() for part in line.split("|")] for line in text.strip().splitlines()]
    header = tuple(lines[0])
    rows = tuple(tuple(line) for line in lines[1:])
    positions = {name: index for index, name in enumerate(header)}
    return Prepared(table.name, "example", header=header, positions=positions, rows=rows, **more)


def data(*prepared: Prepared) -> Mapping[str, Prepared]:
    return {one.table: one for one in prepared}


def contract(tables: tuple[Table, ...] | Table, *heads: Head, year: int = 2024, **more: Anything) -> Contract:
    """A contract of one year, settled per month."""
    numbers = list(dict.fromkeys(head.article for head in heads))
    made = Contract(
        name="Contract",
        version="1",
        language="en",
        sha256="0" * 64,
        parties=Parties("Payer", "Provider"),
        term=Span(date(year, 1, 1), date(year, 12, 31)),
        settle=Every.MONTH,
        rounding=CENT,
        tables=(tables,) if isinstance(tables, Table) else tables,
        lookups=(),
        scales=(),
        defines=(),
        articles=tuple(Article(number, f"Article {number}") for number in numbers),
        heads=heads,
        reports=(),
        examples=(),
    )
    return replace(made, **more)


def pay(
    article: str, quantity: str | Expression, price: Expression | str | None = None, of: str = "care", **more: Anything
) -> Pay:
    """`pay("3", "hours", "58.93")` pays a column of table care at a price; no price: as it stands."""
    where: Condition | None = more.pop("where", None)
    settings: dict[str, Anything] = {"id": f"{article}a", "rounding": CENT, "quantity_unit": "number"} | more
    return Pay(
        article=article,
        selection=Selection(of, where),
        quantity=Cell(quantity) if isinstance(quantity, str) else quantity,
        price=num(price) if isinstance(price, str) else price,
        **settings,
    )


def by(*columns: str) -> tuple[Order, ...]:
    """An order by columns; "row number" for the number of the row."""
    return tuple(Order(None if name == "row number" else Cell(name)) for name in columns)


def limit(article: str, *base: str, **more: Anything) -> Limit:
    """A ceiling on the base articles, filled in the order of the care date unless something else is said."""
    settings: dict[str, Anything] = {
        "id": f"{article}a",
        "amount": num(0),
        "keys": (),
        "part_year": PartYear.FULL,
        "filled": Filled.IN_ORDER,
        "order": by("care_date"),
    }
    return Limit(article=article, base=base, **(settings | more))


def price_list(name: str, keys: tuple[str, ...], *rows: str) -> Lookup:
    """A list of lines `key, key, first, last, value`; an empty day is open, an empty key an empty cell, `-` nothing."""
    made = []
    for row in rows:
        *cells, first, last, value = (part.strip() for part in row.split(","))
        made.append(
            ListRow(
                tuple(one or None for one in cells),
                day(first) if first else None,
                day(last) if last else None,
                None if value == "-" else Fraction(value),
            )
        )
    return Lookup(name, keys, tuple(made))


def look(name: str, *columns: str, on: Role | None = Role.TARIFF) -> LookUp:
    """The value of a list for cells of the row, on the day that decides a role."""
    return LookUp(name, tuple(Cell(one) for one in columns), None if on is None else DecidingDate(on))


def scale(name: str, kind: ScaleKind, *steps: str, **more: Anything) -> Scale:
    """A scale of lines `low, high, value`; an empty edge is unbounded."""
    made = []
    for step in steps:
        low, high, value = (part.strip() for part in step.split(","))
        made.append(Step(Fraction(low) if low else None, Fraction(high) if high else None, Fraction(value)))
    return Scale(name, kind, tuple(made), **more)


def total_of(column: str, of: str = "care", where: Condition | None = None, keys: tuple[Key, ...] = ()) -> Measure:
    return Measure(Measuring.SUM, Selection(of, where), Cell(column), (), keys)


def rows_of(of: str = "care", where: Condition | None = None, keys: tuple[Key, ...] = ()) -> Measure:
    return Measure(Measuring.ROWS, Selection(of, where), None, (), keys)


def different(*columns: str, of: str = "care", keys: tuple[Key, ...] = ()) -> Measure:
    return Measure(Measuring.DIFFERENT, Selection(of), None, tuple(Cell(one) for one in columns), keys)


def euros(amount: str) -> int:
    """Cents of an amount written in euros."""
    value = Fraction(amount) * 100
    assert value.denominator == 1
    return value.numerator


def each(text: str, **columns: str) -> str:
    """Given text without line_id: numbers its rows L1, L2 and fills columns that are the same for all."""
    header, *lines = [line.strip() for line in text.strip().splitlines()]
    names, values = "".join(f" | {name}" for name in columns), "".join(f" | {value}" for value in columns.values())
    numbered = [f"L{number} | {line}{values}" for number, line in enumerate(lines, start=1)]
    return "\n".join([f"line_id | {header}{names}", *numbered])
