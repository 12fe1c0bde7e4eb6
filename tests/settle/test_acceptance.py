"""Acceptance scenarios settled from a contract built by hand: the layers above the rows, apart from the language."""

from __future__ import annotations

import csv
import json
from datetime import date
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any as Anything

import pytest
from msgspec.structs import asdict

from contractlang.base.calendar import Every, Span
from contractlang.data.prepared import Prepared
from contractlang.model.contract import Contract
from contractlang.model.expression import (
    ArticleAmount,
    Cell,
    Compare,
    DecidingDate,
    Empty,
    Expression,
    Key,
    LookUp,
    Not,
    Operation,
    PeriodOf,
    Relation,
    Repeated,
    Role,
    Selection,
    Text,
    Unknown,
    Unpaired,
    Within,
)
from contractlang.model.heads import FreedRoom, LastRow, Order, Outside, Pay, Report, Show
from contractlang.model.lists import ListRow, Lookup
from contractlang.model.tables import Credit, Deciding, EmptyMeans, Kind, RejectRule, Table
from contractlang.report.render import render
from contractlang.settling.settle import settle
from tests.settle.models import CENT, column, contract, limit, number, step

FOLDER = Path(__file__).parents[3] / "shared" / "acceptance" / "S03-inspanningsgericht-plafond"
ENGINES = {"oracle": ("contractlang.engine.oracle", "Oracle"), "duck": ("contractlang.engine.duck", "Duck")}
UNKNOWN = EmptyMeans.UNKNOWN
WEEK = Key("week", PeriodOf(Cell("care_from"), Every.WEEK), Every.WEEK)
TEAM = Key("team_id", Cell("team_id"))
pytestmark = pytest.mark.shared


def is_(name: str, value: str) -> Compare:
    return Compare(Cell(name), Relation.EQUAL, Text(value))


def care() -> Table:
    text = ["line_id", "provider_id", "unit"]
    levels, products = ("mbo", "hbo", "wo", "wo+"), ("JH-UUR", "JH-VBL")
    columns = (
        *(column(name, Kind.TEXT, "text") for name in text),
        *(column(name, Kind.TEXT, "text", empty=UNKNOWN) for name in ("prev_line_id", "debit_credit", "client_id")),
        *(column(name, Kind.TEXT, "text", empty=UNKNOWN) for name in ("team_id", "urgency")),
        column("professional_level", Kind.TEXT, "text", empty=UNKNOWN, codes=levels),
        column("product_code", Kind.TEXT, "text", codes=products),
        column("care_from", Kind.DATE, "date"),
        column("received_on", Kind.DATE, "date"),
        column("quantity", Kind.NUMBER, "number", decimals=2),
        column("submitted_amount", Kind.NUMBER, "euro", decimals=2),
    )
    june = Within(Cell("care_from"), date(2024, 6, 1), date(2024, 6, 30))
    rules = {
        "DUPLICATE_LINE_ID": Repeated(("line_id",), ()),
        "MISSING_CLIENT": Empty(Cell("client_id")),
        "UNKNOWN_PRODUCT": Unknown("product_code"),
        "UNKNOWN_LEVEL": Unknown("professional_level"),
        "NONPOSITIVE_QUANTITY": Compare(Cell("quantity"), Relation.AT_MOST, number(0)),
        "OUTSIDE_TERM": Not(june),
        "LATE_CLAIM": Not(Within(Cell("received_on"), date(2024, 1, 1), date(2024, 8, 31))),
        "CREDIT_WITHOUT_DEBIT": Unpaired(),
    }
    matched = ("client_id", "product_code", "quantity", "provider_id")
    return Table(
        "care",
        columns,
        tuple(RejectRule(reason, when) for reason, when in rules.items()),
        tuple(Deciding(role, ((None, Cell("care_from")),)) for role in (Role.YEAR, Role.TARIFF, Role.PERIOD)),
        credit=Credit("line_id", "prev_line_id", is_("debit_credit", "C"), matched),
        submitted="submitted_amount",
        paid=True,
    )


def scenario(**ceiling: Anything) -> Contract:
    hourly = Lookup(
        "hourly",
        ("professional_level",),
        tuple(
            ListRow((level,), date(2024, 1, 1), date(2024, 12, 31), Fraction(price))
            for level, price in (("mbo", "48.60"), ("hbo", "71.25"), ("wo", "96.40"), ("wo+", "128.75"))
        ),
    )
    hours: Expression = step(Operation.DIVIDE, Cell("quantity"), number(60))
    price = LookUp("hourly", (Cell("professional_level"),), DecidingDate(Role.TARIFF))
    order = (Order(Cell("care_from")), Order(Cell("line_id")))
    settings: dict[str, Anything] = {"order": order, "freed_room": FreedRoom.LATER_ROWS}
    heads = (
        Pay("7a", "7", Selection("care", is_("unit", "MIN")), hours, "hour", price, CENT),
        Pay("7b", "7", Selection("care", is_("unit", "DAY")), Cell("quantity"), "day", number("214.90"), CENT),
        limit("9", number("14000.00"), base=("7",), **(settings | {"outside": is_("urgency", "CRISIS")} | ceiling)),
    )
    shows = (Show("Kosten", ArticleAmount("7", ())),)
    report = Report("referrers", "Weekrapport per wijkteam", (TEAM, WEEK), Every.WEEK, shows)
    return contract(
        heads,
        (care(),),
        2024,
        language="nl",
        term=Span(date(2024, 6, 1), date(2024, 6, 30)),
        lookups=(hourly,),
        reports=(report,),
    )


def read(table: Table, path: Path) -> Prepared:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    own = {one.name for one in table.columns}
    return Prepared(
        table.name,
        path.name,
        header=tuple(header),
        positions={name: index for index, name in enumerate(header) if name in own},
        rows=tuple(map(tuple, rows)),
        decimal={one.name: "." for one in table.columns if one.kind is Kind.NUMBER},
        dates={one.name: "iso" for one in table.columns if one.kind is Kind.DATE},
        ignored=tuple(name for name in header if name not in own),
    )


@pytest.fixture(params=list(ENGINES))
def engine(request: pytest.FixtureRequest) -> Anything:
    module, name = ENGINES[request.param]
    if not hasattr(pytest.importorskip(module), name):
        pytest.skip(f"this checkout has no engine {name}")
    if not FOLDER.exists():
        pytest.skip("the acceptance scenarios are not beside this checkout")
    return getattr(import_module(module), name)


def run(engine: Anything, model: Contract) -> Anything:
    data = {"care": read(model.tables[0], FOLDER / "care.csv")}
    as_of = date(2024, 12, 31)
    return settle(model, engine(model, data, as_of), data, as_of)


def test_effort_based_care_under_a_ceiling(engine: Anything) -> None:
    expected = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
    found = run(engine, scenario())
    lines = expected["lines"]
    assert found.total == expected["total_entitlement"]
    assert found.articles == {one["article"]: one["amount"] for one in expected["articles"]}
    assert {
        name: one for name, one in asdict(found.amounts).items() if name in {"submitted", "rejected", "paid", "cut"}
    } == {name: lines[name] for name in ("submitted", "rejected", "paid", "cut")}
    assert found.amounts.priced == lines["accepted_priced"]
    assert (found.rows.submitted, found.rows.rejected) == (lines["rows"], lines["rejected_rows"])
    assert {one.reason: one.amount for one in found.rejections} == {
        one["reason"]: one["submitted"] for one in expected["rejected_rows"]
    }
    (ceiling,) = found.ceilings
    assert (ceiling.counted, ceiling.paid) == (expected["ceiling"]["counted"], expected["ceiling"]["used"])
    weeks = {(row.keys["team_id"], row.keys["week"]): Fraction(row.figures[0].value) for row in found.reports[0].rows}
    assert {key: value for key, value in weeks.items() if value} == {
        (team, week): Fraction(amount)
        for team, report in expected["monitoring"]["referrer_report"].items()
        for week, amount in report["weeks"].items()
    }
    assert "€ 17.653,30" in render(found, "text", "nl")


@pytest.mark.parametrize(
    ("change", "total"),
    [
        ({"last_row": LastRow.ONLY_IF_IT_FITS}, "17630.91"),
        ({"outside": None, "outside_counts": Outside.NOT_COUNTED}, "14000.00"),
    ],
)
def test_one_change_to_the_ceiling(engine: Anything, change: dict[str, Anything], total: str) -> None:
    assert run(engine, scenario(**change)).total == total
