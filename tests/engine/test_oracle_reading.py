"""Cells and files: what is read, and what is refused."""

from __future__ import annotations

import gzip
from datetime import date
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest
from msgspec.structs import replace

from contractlang.data.prepared import Dialect, Prepared
from contractlang.engine.oracle import Oracle
from contractlang.engine.oracle.cells import Unreadable, read_cell
from contractlang.engine.protocol import BadCell, DataFault
from contractlang.model.tables import EmptyMeans
from tests.engine.build import column, contract, data, given, pay, table
from tests.engine.settled import engine, payable


@pytest.mark.parametrize(
    ("words", "text", "value"),
    [
        ("code", " 007 ", " 007 "),
        ("code", "  ", None),
        ("units number", "12", Fraction(12)),
        ("units number", "-12", Fraction(-12)),
        ("units number.2", "0012.50", Fraction(25, 2)),
        ("units number.2", "", None),
        ("units number", "9" * 18, Fraction(10**18 - 1)),
        ("day date", "2024-02-29", date(2024, 2, 29)),
        ("flag truth", "JA", True),
        ("flag truth", "y", True),
        ("flag truth", "1", True),
        ("flag truth", "True", True),
        ("flag truth", "nee", False),
        ("flag truth", "N", False),
        ("flag truth", "0", False),
    ],
)
def test_cells(words: str, text: str, value: object) -> None:
    assert read_cell(text, column(words), ".", "iso") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.250,50", Fraction("1250.5")),
        ("1250,5", Fraction("1250.5")),
        ("1.250", Fraction(1250)),
        ("-3,10", Fraction("-3.1")),
    ],
)
def test_decimal_comma(text: str, value: Fraction) -> None:
    assert read_cell(text, column("units number.2"), ",", "iso") == value


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("units number.2", text)
        for text in ("1.005", "1e2", "+1", "1,50", ".5", "5.", " 5", "5 ", "--5", "1.250.000", "٣", "nan", "1_0", "€ 5")
    ]
    + [
        ("units number.2", "9" * 17 + ".99"),
        ("units number", "0" * 19),
        ("units number", "1.0"),
        ("day date", "2024-2-9"),
        ("day date", "2023-02-29"),
        ("day date", "2024-01-01 00:00:00"),
        ("day date", "20240101"),
        ("flag truth", "x"),
        ("flag truth", " ja"),
    ],
)
def test_unreadable_cells(words: str, text: str) -> None:
    with pytest.raises(Unreadable):
        read_cell(text, column(words), ".", "iso")


@pytest.mark.parametrize("text", ["1.25", "12.34,5", "1.2500", "1250.000", ".250", "1,2.3"])
def test_unreadable_with_decimal_comma(text: str) -> None:
    with pytest.raises(Unreadable):
        read_cell(text, column("units number.2"), ",", "iso")


def test_forms_of_dates() -> None:
    assert read_cell("20240601", column("day date"), ".", "basic") == date(2024, 6, 1)
    assert read_cell("01-06-2024", column("day date"), ".", "dutch") == date(2024, 6, 1)
    with pytest.raises(Unreadable):
        read_cell("2024-06-01", column("day date"), ".", "dutch")


def test_percent_and_empty_means_zero() -> None:
    assert read_cell("4.74", column("rate number.2", percent=True), ".", "iso") == Fraction("0.0474")
    assert read_cell(" ", column("rate number.2", empty=EmptyMeans.ZERO), ".", "iso") == 0


CARE = table("care", "line_id", "care_date date", "note text?", "amount number.2")
CSV = (
    'line_id;note;care_date;amount;extra\nL1;"two\nlines; ""quoted""";2024-01-01;12,50;x\n\nL2;;2024-01-02;1.000,00;x\n'
)
FILE = Prepared(
    "care",
    "care.csv",
    dialect=Dialect(";"),
    header=("line_id", "note", "care_date", "amount", "extra"),
    positions={"line_id": 0, "note": 1, "care_date": 2, "amount": 3},
    decimal={"amount": ","},
)


@pytest.mark.parametrize(
    "dialect", [Dialect(";"), Dialect(";", "cp1252"), Dialect(";", "utf-8-sig"), Dialect(";", compressed=True)]
)
def test_delimited_text(tmp_path: Path, dialect: Dialect) -> None:
    path = tmp_path / "care.csv"
    content = CSV.encode(dialect.encoding)
    path.write_bytes(gzip.compress(content) if dialect.compressed else content)
    made = engine(contract(CARE, pay("3", "amount")), replace(FILE, path=path, dialect=dialect))
    assert payable(made) == {"L1": "12.50", "L2": "1000.00"}
    assert [line.row for line in made.lines()] == [1, 2]


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "care.parquet"
    duckdb.sql(
        "SELECT 'L1' AS line_id, DATE '2024-01-01' AS care_date, 12.50::DECIMAL(9,2) AS amount "
        "UNION ALL SELECT 'L2', NULL, 1.00"
    ).write_parquet(str(path))
    names = ("line_id", "care_date", "amount")
    prepared = Prepared(
        "care", "care.parquet", path, True, header=names, positions={name: i for i, name in enumerate(names)}
    )
    made = engine(contract(CARE, pay("3", "amount")), prepared)
    assert payable(made) == {"L1": "12.50", "L2": "0.00"}
    assert [line.reason for line in made.lines()] == [None, "empty"]


def test_a_row_with_another_number_of_cells_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "care.csv"
    path.write_text("line_id;note;care_date;amount;extra\nL1;;2024-01-01;12,50\nL2;;2024-01-01;12,50;x;y\n")
    made = Oracle(contract(CARE, pay("3", "amount")), data(replace(FILE, path=path)), None)
    assert made.intake()[0].refused[0].rows == 2
    assert made.intake()[0].bad_cells[0] == BadCell(1, "line_id", "L1", "5 cells in the row")


@pytest.mark.parametrize(
    "content", [b'a;b;c;d;e\nL1;"x;2024-01-01;1,00;x\n', b"a;b;c;d;e\nL1;\xff;2024-01-01;1,00;x\n"]
)
def test_a_file_that_is_no_delimited_text(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "care.csv"
    path.write_bytes(content)
    with pytest.raises(DataFault) as fault:
        Oracle(contract(CARE, pay("3", "amount")), data(replace(FILE, path=path)), None).intake()
    assert fault.value.code == "ZC802"


def test_no_data_is_no_rows() -> None:
    made = Oracle(contract(CARE, pay("3", "amount")), {}, None)
    assert (made.intake()[0].rows, list(made.lines()), made.totals()[0].rows) == (0, [], 0)


def test_unused_columns_are_not_read() -> None:
    of = table("care", "line_id", "care_date date", "amount number.2", column("junk number", used=False))
    made = engine(contract(of, pay("3", "amount")), given(of, "line_id|care_date|amount|junk\nL1|2024-01-01|5|?"))
    assert payable(made) == {"L1": "5.00"}
