"""The worked examples over each real engine, from cell texts to statement: engines must agree to the last figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from importlib import import_module

import pytest
from msgspec.structs import replace

from contractlang.data.prepared import Prepared
from contractlang.engine.protocol import Engine
from contractlang.model.contract import Contract
from contractlang.model.expression import LookUp
from contractlang.model.heads import Changed
from contractlang.model.lists import ListRow, Lookup, Step
from contractlang.settling.settle import settle
from contractlang.statement.model import Statement
from tests.settle.fake import Fake
from tests.settle.models import (
    ABOVE,
    PRODUCTION,
    ROWS,
    SUB_CEILING,
    YEAR,
    average_norm,
    by_category,
    contract,
    limit,
    nested_ceilings,
    number,
    pay,
)

Row = Mapping[str, object]
ENGINES = {
    "fake": None,
    "oracle": ("contractlang.engine.oracle", "Oracle"),
    "duck": ("contractlang.engine.duck", "Duck"),
}
AS_OF = date(2026, 12, 31)


def prepared(model: Contract, rows: dict[str, list[Row]]) -> dict[str, Prepared]:
    """Rows as the texts that a file would hold."""
    found: dict[str, Prepared] = {}
    for table in model.tables:
        names = tuple(column.name for column in table.columns)
        found[table.name] = Prepared(
            table.name,
            "example",
            header=names,
            positions={name: index for index, name in enumerate(names)},
            rows=tuple(tuple(_cell(row[name]) for name in names) for row in rows[table.name]),
            decimal={column.name: "." for column in table.columns if column.kind.value == "number"},
            dates={column.name: "iso" for column in table.columns if column.kind.value == "date"},
        )
    return found


def _cell(value: object) -> str:
    if isinstance(value, Fraction):
        cents = value * 100
        assert cents.denominator == 1
        return f"{cents.numerator // 100}.{cents.numerator % 100:02d}"
    return value.isoformat() if isinstance(value, date) else str(value)


Settles = Callable[[Contract, dict[str, list[Row]]], Statement]


@pytest.fixture(params=list(ENGINES))
def settles(request: pytest.FixtureRequest) -> Settles:
    where = ENGINES[request.param]

    def run(model: Contract, rows: dict[str, list[Row]]) -> Statement:
        data = prepared(model, rows)
        if where is None:
            engine: Engine = Fake(model, rows)  # type: ignore[arg-type]
        else:
            engine = getattr(import_module(where[0]), where[1])(model, data, AS_OF)
        return settle(model, engine, data, AS_OF)

    if where is not None and not hasattr(pytest.importorskip(where[0]), where[1]):
        pytest.skip(f"this checkout has no engine {where[1]}")
    return run


def test_nested_ceilings(settles: Settles) -> None:
    found = settles(nested_ceilings(), {"production": list(ROWS)})
    assert found.articles == {"3": "1065000.00", "4": "-15000.00", "5": "-8910.00"}
    assert found.total == "1041090.00"
    assert found.rows.partly == 1
    assert [(one.scope["category"], one.reached_on) for one in found.ceilings if one.article == "4"][2] == (
        "C",
        date(2026, 5, 1),
    )


@pytest.mark.parametrize(
    ("order", "paid"), [(("A", "C"), ("640000.00", "155000.00")), (("C", "A"), ("630000.00", "165000.00"))]
)
def test_who_gets_the_room(settles: Settles, order: tuple[str, ...], paid: tuple[str, str]) -> None:
    model = contract((pay(), by_category(order)), (PRODUCTION,), lookups=(SUB_CEILING,))
    found = settles(model, {"production": list(ROWS)})
    assert found.total == "1050000.00"
    by_name = {one.scope["category"]: one.paid for one in found.ceilings}
    assert (by_name["A"], by_name["C"]) == paid


def test_an_average_norm(settles: Settles) -> None:
    rows: list[Row] = [
        {"line_id": f"R{n}-{m}", "client_id": str(n), "care_date": date(2026, m, 1),
         "hours": Fraction(13 if n else 79)} for n in range(330) for m in range(1, 13)
    ]  # fmt: skip
    found = settles(average_norm(), {"care": rows})
    assert found.articles == {"4": "3235114.08", "5": "-171559.08"}


@pytest.mark.parametrize(("changed", "total"), [(Changed.REPLACES, "360000.00"), (Changed.BY_DAYS, "315081.97")])
def test_a_ceiling_that_changes(settles: Settles, changed: Changed, total: str) -> None:
    versions = (
        ListRow((), date(2024, 1, 1), date(2024, 9, 30), Fraction(300000)),
        ListRow((), date(2024, 10, 1), None, Fraction(360000)),
    )
    capped = limit("4", LookUp("yearly", (), None), YEAR, changed=changed)
    model = contract((pay(), capped), (PRODUCTION,), 2024, lookups=(Lookup("yearly", (), versions, tariff=False),))
    assert settles(model, {"production": [{**ROWS[0], "care_date": date(2024, 5, 1)}]}).total == total


def test_marginal_rates(settles: Settles) -> None:
    slices = (
        Step(Fraction(0), Fraction("0.05"), Fraction("0.7")),
        Step(Fraction("0.05"), Fraction("0.1"), Fraction("0.4")),
        Step(Fraction("0.1"), None, Fraction(0)),
    )
    capped = limit("4", number(2000000), YEAR, above=ABOVE.name)
    model = contract((pay(), capped), (PRODUCTION,), scales=(replace(ABOVE, steps=slices),))
    found = settles(model, {"production": [{**ROWS[0], "amount": Fraction(2236480)}]})
    assert (found.total, found.amounts.cut) == ("2110000.00", "126480.00")
