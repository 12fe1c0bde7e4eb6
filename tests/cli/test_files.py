"""Files that are written never take the place of what is read; numbers with noughts behind them, and with a stray sign."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from contractlang import load, settle
from contractlang.cli.main import contractlang
from contractlang.data.faults import DataError

CONTRACT = """contract "Hours" version "1"
  payer     "Delta"
  provider  "West"
  term      2026-01-01 through 2026-12-31
  settle    per calendar year
  rounded   half away from zero to € 0.01 per row

data care
  line_id    text   key
  care_date  date   decides year, tariff, period
  hours      hours  3 decimals

tariff fee per hour
  | from 2026-01-01 |
  |         € 80.00 |

article 1 "Hours"
  pay hours of care at fee
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "contract.zc").write_text(CONTRACT, encoding="utf-8")
    (tmp_path / "care.csv").write_text("line_id,care_date,hours\nR1,2026-02-03,1.5\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "options",
    [
        ("--out", "care.csv"), ("--out", "contract.zc"), ("--lines", "care.csv"), ("--out", "./care.csv"),
        ("--out", "a.csv", "--lines", "a.csv"), ("--data", "care=care.csv"),
    ],
)  # fmt: skip
def test_what_is_read_is_not_overwritten(folder: Path, options: tuple[str, ...]) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    found = CliRunner().invoke(contractlang, ["settle", "contract.zc", "care.csv", *options])
    assert found.exit_code == 2
    assert options[1].split("=")[-1].removeprefix("./") in found.output
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_statement_may_stand_beside_the_data(folder: Path) -> None:
    for _ in range(2):
        assert CliRunner().invoke(contractlang, ["settle", "contract.zc", ".", "--out", "statement.txt"]).exit_code == 0
    assert CliRunner().invoke(contractlang, ["settle", "contract.zc", ".", "--out", "care.csv"]).exit_code == 2


def test_a_link_stays_a_link(folder: Path) -> None:
    (folder / "link.txt").symlink_to("real.txt")
    assert CliRunner().invoke(contractlang, ["settle", "contract.zc", "care.csv", "--out", "link.txt"]).exit_code == 0
    assert (folder / "link.txt").is_symlink()
    assert "€ 120.00" in (folder / "real.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("option", ["--out", "--lines"])
def test_a_folder_that_is_not_there_is_named(folder: Path, option: str) -> None:
    found = CliRunner().invoke(contractlang, ["settle", "contract.zc", "care.csv", option, "nope/x.csv"])
    assert isinstance(found.exception, OSError)  # told by `main` with the name of the file
    assert found.exception.filename == os.path.join("nope", "x.csv")


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
@pytest.mark.parametrize(
    ("text", "total"), [("1.7500", "140.00"), ("1.750000", "140.00"), ("1.7501", "0.00"), ("-1.2500", "-100.00")]
)
def test_noughts_behind_a_number_say_nothing(folder: Path, engine: str, text: str, total: str) -> None:
    (folder / "care.csv").write_text(f"line_id,care_date,hours\nR1,2026-02-03,{text}\n", encoding="utf-8")
    assert settle(load("contract.zc"), "care.csv", engine=engine).total == total


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
def test_a_column_of_parquet_with_four_decimals(folder: Path, engine: str) -> None:
    duckdb.execute(
        "COPY (SELECT 'R1' AS line_id, DATE '2026-02-03' AS care_date, 2.25::DECIMAL(19,4) AS hours) TO 'care.parquet'"
    )
    assert settle(load("contract.zc"), "care.parquet", engine=engine).total == "180.00"


def test_a_point_among_commas_is_asked_about(folder: Path) -> None:
    """1.750 is seventeen hundred fifty hours or one and three quarters: where no cell has thousands, nobody can tell."""
    (folder / "care.csv").write_text(
        "line_id;care_date;hours\nR1;2026-02-03;2,25\nR2;2026-02-03;1.750\n", encoding="utf-8"
    )
    with pytest.raises(DataError) as stopped:
        settle(load("contract.zc"), "care.csv")
    assert [fault.code for fault in stopped.value.faults] == ["ZC720"]
    assert settle(load("contract.zc"), "care.csv", decimal="comma").total == "140180.00"
    (folder / "care.csv").write_text(
        "line_id;care_date;hours\nR1;2026-02-03;1.002,25\nR2;2026-02-03;1.750\n", encoding="utf-8"
    )
    assert settle(load("contract.zc"), "care.csv").total == "220180.00"


def test_rows_that_cannot_be_read_are_told_beside_the_statement(folder: Path) -> None:
    (folder / "care.csv").write_text("line_id,care_date,hours\nR1,2026-02-30,1\nR2,2026-02-03,1\n", encoding="utf-8")
    found = CliRunner().invoke(contractlang, ["settle", "contract.zc", "care.csv", "--out", "out.txt"])
    assert found.exit_code == 0
    assert "[ZC892] 1 of the 2 rows of care cannot be read" in found.stderr
    assert found.stdout == ""
