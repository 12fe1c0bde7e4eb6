"""Measures, amounts and lines: what is told of a settlement."""

from __future__ import annotations

import csv
import hashlib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

import duckdb
import pytest
from msgspec.structs import replace

from contractlang.base.calendar import Every
from contractlang.engine.oracle import Oracle
from contractlang.engine.protocol import Line, Post, Totals
from contractlang.model.contract import Parties
from contractlang.model.expression import DecidingDate, Key, PeriodOf, Role
from tests.engine.build import (
    MONTH,
    YEAR,
    cell,
    contract,
    credits,
    different,
    given,
    key,
    limit,
    pay,
    reject,
    rows_of,
    table,
    total_of,
    when,
)
from tests.engine.settled import engine, filled

COLUMNS = ("line_id", "prev_line_id text?", "debit_credit", "care_date date", "client text?")
CARE = table(
    "care", *COLUMNS, "amount number.2", "extra number?", credit=credits(),
    submitted="amount", rejects=(reject("NEGATIVE", when("amount", "<", 0)),),
)  # fmt: skip
TEXT = """line_id | prev_line_id | debit_credit | care_date | client | amount | extra
    L1 |    | D | 2024-01-05 | C1 | 10.00 | 1
    L2 |    | D | 2024-01-20 | C2 | 20.00 | 1
    L3 | L2 | C | 2024-02-01 | C2 | 20.00 | 1
    L4 |    | D | 2024-02-01 | C1 | 30.00 |
    L5 |    | D | 2024-02-02 |    | 40.00 | 1
    L6 |    | D | 2024-02-03 | C1 | -1.00 | 1"""


def made() -> Oracle:
    return engine(contract(CARE, pay("3", "amount"), limit("5", "3")), given(CARE, TEXT))


def test_measures() -> None:
    # the credit L3 takes L2 back, in January; L6 does not count
    one = made()
    assert one.measure(total_of("amount", keys=(MONTH,))) == {(None, "2024-01"): 10, (None, "2024-02"): 70}
    assert one.measure(rows_of(keys=(MONTH,))) == {(None, "2024-01"): 1, (None, "2024-02"): 2}
    assert one.measure(rows_of(keys=(key("client"),))) == {(None, "C1"): 2, (None, "C2"): 0, (None, None): 1}
    assert one.measure(rows_of(where=when("client", "=", "C9"))) == {}


def test_a_sum_with_a_missing_value_is_missing() -> None:
    assert made().measure(total_of("extra", keys=(MONTH,))) == {(None, "2024-01"): 1, (None, "2024-02"): None}


def test_different_combinations() -> None:
    # C2 is credited to nothing, the row without client tells none: C1 alone; (C1, January) and (C1, February)
    assert made().measure(different("client")) == {(None,): 1}
    months = replace(different("client"), different=(cell("client"), MONTH.value))
    assert made().measure(months) == {(None,): 2}


def test_measures_per_party() -> None:
    of = replace(CARE, party="client")
    parties = Parties("Payer", None, "care", "client")
    one = engine(contract(of, pay("3", "amount"), parties=parties), given(of, TEXT))
    assert one.measure(rows_of(keys=(YEAR,))) == {("C1", "2024"): 2, ("C2", "2024"): 0, (None, "2024"): 1}
    assert one.posts(pay("3", "amount"))[1] == Post("C1", "2024-01", 1000, Fraction(10), 1)


def test_posts_and_amounts() -> None:
    one = made()
    assert one.posts(pay("3", "amount")) == (
        Post(None, "2024-01", 1000, Fraction(10), 3),
        Post(None, "2024-02", 7000, Fraction(70), 2),
    )
    assert one.amounts(("3",), (), (key("client"),)) == {(None, "C1"): 4000, (None, "C2"): 0, (None, None): 4000}
    assert one.amounts(("9",), (), ()) == {}


def test_posts_of_rows_without_a_date_fall_in_the_last_period() -> None:
    of = table("care", "line_id", "amount number")
    head = pay("3", "amount")
    assert engine(contract(of, head), given(of, "line_id|amount\nL1|5")).posts(head)[0].period == "2024-12"
    whole = Key("term", PeriodOf(DecidingDate(Role.PERIOD), Every.TERM), Every.TERM)
    assert engine(contract(CARE, head), given(CARE, TEXT)).amounts(("3",), (), (whole,)) == {(None, "term"): 8000}


def ended() -> Oracle:
    one = made()
    filled(one, limit("5", "3"), "45.00")
    return one


# ordered by date: L1 10, L2 20 (L3 takes back what L2 was paid), L4 15 of 30, L5 0
LINES = [
    Line("care", 1, "L1", None, 1000, 1000, 1000, "paid", None, ("3",)),
    Line("care", 2, "L2", None, 2000, 2000, 2000, "paid", None, ("3",)),
    Line("care", 3, "L3", None, 2000, -2000, -2000, "paid", None, ("3",)),
    Line("care", 4, "L4", None, 3000, 3000, 1500, "partly", None, ("3",)),
    Line("care", 5, "L5", None, 4000, 4000, 0, "cut", None, ("3",)),
    Line("care", 6, "L6", None, -100, 0, 0, "rejected", "NEGATIVE", ()),
]


def test_lines_and_totals() -> None:
    assert list(ended().lines()) == LINES
    assert ended().totals() == (
        Totals(
            table="care", rows=6, rows_paid=3, rows_partly=1, rows_cut=1, rows_rejected=1, rows_pending=0,
            submitted=11900, submitted_rejected=-100, submitted_pending=0, priced=8000, paid=2500,
        ),
    )  # fmt: skip


def test_digest() -> None:
    text = (
        "care|1|1000|1000|paid|\ncare|2|2000|2000|paid|\ncare|3|-2000|-2000|paid|\n"
        "care|4|3000|1500|partly|\ncare|5|4000|0|cut|\ncare|6|0|0|rejected|NEGATIVE"
    )
    assert ended().digest() == hashlib.sha256(text.encode()).hexdigest()
    assert made().digest() != ended().digest()


def test_lines_as_csv(tmp_path: Path) -> None:
    path = tmp_path / "lines.csv"
    ended().write_lines(str(path))
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    columns = ["table", "row", "key", "party", "submitted", "priced", "payable", "status", "reason", "articles", "file"]
    assert rows[0] == columns
    assert rows[4] == ["care", "4", "L4", "", "30.00", "30.00", "15.00", "partly", "", "3", "example"]
    assert rows[6] == ["care", "6", "L6", "", "-1.00", "0.00", "0.00", "rejected", "NEGATIVE", "", "example"]


def test_lines_as_parquet(tmp_path: Path) -> None:
    path = tmp_path / "it's lines.parquet"
    ended().write_lines(str(path))
    rows = duckdb.read_parquet(str(path)).fetchall()
    assert len(rows) == 6
    assert rows[3] == (
        "care",
        4,
        "L4",
        None,
        Decimal("30.00"),
        Decimal("30.00"),
        Decimal("15.00"),
        "partly",
        None,
        "3",
        "example",
    )
    assert duckdb.read_parquet(str(path)).types[5] == "DECIMAL(38,2)"


def test_no_lines_as_parquet(tmp_path: Path) -> None:
    path = tmp_path / "none.parquet"
    Oracle(contract(CARE, pay("3", "amount")), {}, None).write_lines(str(path))
    assert duckdb.read_parquet(str(path)).fetchall() == []


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_file_changes_no_cent(seed: int) -> None:
    header, *lines = TEXT.splitlines()
    Random(seed).shuffle(lines)
    one = engine(contract(CARE, pay("3", "amount"), limit("5", "3")), given(CARE, "\n".join([header, *lines])))
    filled(one, limit("5", "3"), "45.00")
    assert {line.key: line.payable for line in one.lines()} == {line.key: line.payable for line in LINES}
    assert one.intake()[0].refused == ended().intake()[0].refused
