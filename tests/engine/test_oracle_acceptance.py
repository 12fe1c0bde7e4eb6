"""Two acceptance scenarios with ceilings, their models built by hand: every row to the cent."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from contractlang.base.calendar import Every, Span
from contractlang.data.prepared import Prepared
from contractlang.engine.oracle import Oracle
from contractlang.model.expression import (
    All,
    Cell,
    Choice,
    DecidingDate,
    Empty,
    Key,
    Listed,
    Not,
    PeriodOf,
    Repeated,
    Role,
    Selection,
    Unknown,
    Unpaired,
    Within,
)
from contractlang.model.heads import FreedRoom, Limit
from contractlang.model.lists import ListFromData, Lookup
from contractlang.model.tables import Column, EmptyMeans, RejectRule, Table
from tests.engine.build import (
    by,
    cell,
    column,
    contract,
    credits,
    decides,
    does,
    key,
    limit,
    look,
    num,
    pay,
    table,
    when,
)
from tests.engine.settled import engine, filled

ACCEPTANCE = Path(__file__).resolve().parents[3] / "shared" / "acceptance"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not ACCEPTANCE.is_dir(), reason="../shared/acceptance is not beside this checkout"),
]


def file_of(of: Table, folder: Path) -> Prepared:
    path = folder / f"{of.name}.csv"
    header = tuple(path.read_text(encoding="utf-8").split("\n", 1)[0].strip().split(","))
    positions = {one.name: header.index(one.name) for one in of.columns}
    return Prepared(of.name, path.name, path, header=header, positions=positions)


def care_of(
    codes: tuple[str, ...], term: Span, latest: date, *more: Column, extra: tuple[RejectRule, ...] = ()
) -> Table:
    """The table of claims that both scenarios share, with the line checks of their annex."""
    rules = (
        RejectRule("DUPLICATE_LINE_ID", Repeated(("line_id",), ())),
        RejectRule("MISSING_CLIENT", Empty(cell("client_id"))),
        RejectRule("UNKNOWN_PRODUCT", Unknown("product_code")),
        *extra,
        RejectRule("NONPOSITIVE_QUANTITY", when("quantity", "<=", 0)),
        RejectRule("OUTSIDE_TERM", Not(Within(cell("care_from"), term.first, term.last))),
        RejectRule("LATE_CLAIM", when("received_on", ">", latest)),
        RejectRule("CREDIT_WITHOUT_DEBIT", Unpaired()),
    )
    return table(
        "care", "line_id", "prev_line_id text?", "debit_credit", "provider_id", "client_id",
        column("product_code", codes=codes), "care_from date", "quantity number.2", "unit",
        "submitted_amount number.2", "received_on date", *more,
        rejects=rules, submitted="submitted_amount",
        deciding=decides(**dict.fromkeys(("year", "tariff", "period"), "care_from")),
        credit=credits("client_id", "product_code", "quantity", "provider_id"),
    )  # fmt: skip


def check_lines(made: Oracle, folder: Path) -> None:
    """Every line and every total against what was computed elsewhere."""
    with (folder / "expected_lines.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    found = list(made.lines())
    assert len(found) == len(expected)
    for line, row in zip(found, expected, strict=True):
        told = (line.row, line.key, line.submitted, line.priced, line.payable, line.reason or "")
        amounts = [round_trip(row[name]) for name in ("submitted", "priced", "payable")]
        assert told == (int(row["row"]), row["line_id"], *amounts, row["rejected_reason"])
    lines = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["lines"]
    total = made.totals()[0]
    assert (total.rows, total.rows_rejected, total.rows_pending) == (lines["rows"], lines["rejected_rows"], 0)
    told = (total.submitted, total.submitted_rejected, total.priced, total.paid)
    assert told == tuple(round_trip(lines[name]) for name in ("submitted", "rejected", "accepted_priced", "paid"))


def round_trip(amount: str) -> int:
    """Cents of an amount written with exactly two places."""
    assert amount[-3] == "."
    return int(amount.replace(".", ""))


def ceiling(**more: object) -> Limit:
    return limit("9", "7", order=by("care_from", "line_id"), freed_room=FreedRoom.LATER_ROWS, **more)


def test_s03_effort_based_care_under_a_ceiling() -> None:
    folder = ACCEPTANCE / "S03-inspanningsgericht-plafond"
    june = Span(date(2024, 6, 1), date(2024, 6, 30))
    level = Column("level", ("level",), column("level").kind, "text", empty=EmptyMeans.UNKNOWN)
    tariffs = table("tariffs", "product_code", level, "unit", "tariff number.2", "valid_from date", "valid_to date",
                    paid=False, present=("valid_from", "valid_to"))  # fmt: skip
    known = Listed(cell("professional_level"), "tariffs", "level")
    unknown_level = RejectRule("UNKNOWN_LEVEL", All((Not(Empty(cell("professional_level"))), Not(known))))
    columns = (column("professional_level text?"), column("team_id"), column("urgency text?"))
    care = care_of(("JH-UUR", "JH-VBL"), june, date(2024, 8, 31), *columns, extra=(unknown_level,))
    fee = Lookup("fee", ("product_code", "level"), data=ListFromData(Selection("tariffs"), Cell("tariff")))
    hours = Choice(((when("unit", "=", "MIN"), does(cell("quantity"), "/", num(60))),), cell("quantity"))
    head = pay("7", hours, look("fee", "product_code", "professional_level"))
    hard = ceiling(outside=when("urgency", "=", "CRISIS"))
    made = engine(
        contract((care, tariffs), head, hard, lookups=(fee,), term=june),
        file_of(care, folder),
        file_of(tariffs, folder),
    )
    scope = made.scopes(hard)[(None,)]
    assert (scope.counted, scope.outside) == (1488012, 365330)
    assert filled(made, hard, "14000.00")[(None,)].paid == 1400000
    check_lines(made, folder)
    week = Key("week", PeriodOf(DecidingDate(Role.PERIOD), Every.WEEK), Every.WEEK)
    report = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["monitoring"]["referrer_report"]
    expected = {
        (None, team, name): round_trip(amount)
        for team, told in report.items()
        for name, amount in told["weeks"].items()
    }
    assert made.amounts(("7",), (), (key("team_id"), week)) == expected


def test_s05_mental_health_under_a_ceiling() -> None:
    folder = ACCEPTANCE / "S05-p4p-ggz-plafond"
    year = Span(date(2024, 1, 1), date(2024, 12, 31))
    care = care_of(("ZPM-CONS", "ZPM-DIAG", "ZPM-VBL"), year, date(2025, 3, 31))
    prices = (("ZPM-CONS", "131.48"), ("ZPM-DIAG", "98.62"))
    fee = Choice(tuple((when("product_code", "=", code), num(amount)) for code, amount in prices), num("402.15"))
    hard = ceiling()
    made = engine(contract(care, pay("7", "quantity", fee), hard), file_of(care, folder))
    assert filled(made, hard, "1025000.00")[(None,)].cut == 1762428
    check_lines(made, folder)
    shuffled = replace(hard, order=by("line_id"))
    again = engine(contract(care, pay("7", "quantity", fee), shuffled), file_of(care, folder))
    filled(again, shuffled, "1025000.00")
    assert (again.totals()[0].paid, again.digest() == made.digest()) == (102500000, False)
