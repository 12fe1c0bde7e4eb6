"""The command: forms, files, exit codes, and what it says when something stands in the way."""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contractlang.cli.main import contractlang
from tests.annex.made import ROOT

YOUTH = ROOT / "examples" / "youth_care" / "contract.zc"
SMALL = """contract "Small" version "1"
  payer     "A"
  provider  "B"
  term      2026-01-01 through 2026-12-31
  settle    per month
  rounded   half away from zero to € 0.01 per row

data care
  line_id    text  key
  code       text
  care_date  date  decides year, tariff, period

data prices from "prices.csv"
  code        text
  valid_from  date  decides year
  price       euro

tariff price each by code
  rows  prices
  take  price

article 1 "Care"
  pay each row of care at price

example "One row"
  given care
    | line_id | code | care_date  |
    | R1      | C1   | 2026-02-01 |
  expect total = € 1.50
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(contractlang, ["annex", *map(str, arguments)])


def test_the_language_of_the_file_is_the_default() -> None:
    assert run(YOUTH).output.startswith("# Annex to the contract")
    assert run(YOUTH, "--language", "nl").output.startswith("# Bijlage bij de overeenkomst")
    assert run(YOUTH.with_name("overeenkomst.zc")).output.startswith("# Bijlage bij de overeenkomst")


def test_the_hash_is_that_of_the_statement() -> None:
    said = run(YOUTH).output
    statement = CliRunner().invoke(contractlang, ["settle", str(YOUTH), str(YOUTH.parent)]).output
    (line,) = [line for line in statement.splitlines() if line.startswith("Contract hash")]
    assert line.split()[-1] in said
    assert hashlib.sha256(YOUTH.read_bytes()).hexdigest() in said


@pytest.mark.parametrize(("style", "start"), [("md", b"# Annex"), ("html", b"<!DOCTYPE html>"), ("pdf", b"%PDF-")])
def test_it_is_written_whole(tmp_path: Path, style: str, start: bytes) -> None:
    pytest.importorskip("reportlab")
    out = tmp_path / f"annex.{style}"
    out.write_text("before", encoding="utf-8")
    assert run(YOUTH, "--format", style, "--out", out).exit_code == 0
    first = out.read_bytes()
    assert first.startswith(start)
    assert run(YOUTH, "--format", style, "--out", out).exit_code == 0
    assert out.read_bytes() == first, "the same contract gives the same bytes"
    assert [one.name for one in tmp_path.iterdir()] == [out.name], "nothing is left beside it"


def test_what_stood_there_stays_when_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "annex.md"
    out.write_text("before", encoding="utf-8")

    def broken(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("contractlang.report.write.os.replace", broken)
    assert run(YOUTH, "--out", out).exit_code != 0
    assert out.read_text(encoding="utf-8") == "before"
    assert [one.name for one in tmp_path.iterdir()] == [out.name]


def test_pdf_without_its_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "reportlab.platypus", None)
    for language, words in (("en", "PDF needs an extra library"), ("nl", "extra bibliotheek")):
        done = run(YOUTH, "--format", "pdf", "--out", tmp_path / "a.pdf", "--language", language)
        assert done.exit_code == 2
        assert words in done.output
        assert "pip install contractlang[pdf]" in done.output
    assert not list(tmp_path.iterdir())


def test_wrong_use(tmp_path: Path) -> None:
    assert run(YOUTH, "--format", "pdf").exit_code == 2
    assert "there is no folder" in run(YOUTH, "--out", tmp_path / "nowhere" / "a.md").output
    assert run(tmp_path / "absent.zc").exit_code == 2


def test_an_example_that_fails_is_said(tmp_path: Path) -> None:
    contract = tmp_path / "contract.zc"
    contract.write_text(YOUTH.read_text(encoding="utf-8").replace("expect total = € ", "expect total = € 9"), "utf-8")
    for engine in ("duckdb", "oracle"):
        done = run(contract, "--engine", engine)
        assert done.exit_code == 1
        assert "| NO |" in done.output
        assert "This example does not come out as agreed." in done.output


def test_what_is_left_open(tmp_path: Path) -> None:
    contract = tmp_path / "contract.zc"
    text = YOUTH.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.strip().startswith("last row"))
    contract.write_text(text.replace(line, "    last row    ..."), "utf-8")
    done = run(contract)
    assert done.exit_code == 0
    number = text.splitlines().index(line) + 1
    assert f"What the row with which the room runs out is paid, on line {number} of the contract text." in done.output
    assert "The examples cannot be computed" in done.output
    assert r"What the row with which the room runs out is paid: \[left open\]." in done.output
    assert "The row with which the room runs out is paid up to" not in done.output, "a stand-in is no answer"
    assert "| yes |" not in done.output


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"to at most € [0-9,.]+", "to at most ..."),
        (r"(late row +).+", r"\1..."),
        (r"(freed room +).+", r"\1..."),
        (r"(part year +).+", r"\1..."),
        (r"(delivery +).+", r"\1..."),
        (r"(they count +).+", r"\1..."),
    ],
)
def test_nothing_stands_in_for_what_is_open(tmp_path: Path, old: str, new: str) -> None:
    text = (ROOT / "contracts/library/wijkverpleging/hours_with_norm_and_ceiling.en.zc").read_text(encoding="utf-8")
    contract = tmp_path / "contract.zc"
    without_prose = re.sub(r"^  > .*\n", "", text, flags=re.M)
    contract.write_text(re.sub(old, new, without_prose), encoding="utf-8")
    done = run(contract)
    assert done.exit_code == 0, done.output
    (article,) = re.findall(r"### Article 4.*?\n### ", done.output, re.S)
    assert r"\[left open\]" in article
    assert "€ 0.00" not in article


@pytest.mark.parametrize("rows", [3, 450])
def test_a_file_beside_the_contract_is_laid_in(tmp_path: Path, rows: int) -> None:
    contract, prices = tmp_path / "contract.zc", tmp_path / "prices.csv"
    contract.write_text(SMALL, encoding="utf-8")
    lines = [f"C{number},2026-01-01,{number}.50" for number in range(1, rows + 1)]
    prices.write_text("code,valid_from,price\n" + "\n".join(lines) + "\n", encoding="utf-8")
    done = run(contract)
    assert done.exit_code == 0, done.output
    assert f"{rows} rows; sha256 of the file {hashlib.sha256(prices.read_bytes()).hexdigest()}." in done.output
    assert ("The first 200 of 450 rows are laid in here" in done.output) == (rows == 450)
    laid = [line for line in done.output.splitlines() if line.startswith("| C") and "2026-01-01" in line]
    assert len(laid) == min(rows, 200)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    contract = tmp_path / "contract.zc"
    contract.write_text(SMALL, encoding="utf-8")
    done = run(contract)
    assert done.exit_code == 2
    assert "prices.csv" in done.output
