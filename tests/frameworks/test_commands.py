"""Every command on a contract that stands under a framework."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contractlang.api import ContractError, check, load, settle
from contractlang.cli.main import contractlang
from contractlang.format.meaning import same_model
from contractlang.statement.model import read_statement

FOLDER = Path(__file__).parents[2] / "contracts" / "frameworks" / "youth_care"
CARE = """line_id,client_id,product,care_date,minutes,received_on,crisis
R1,A,45A55,2026-05-04,240,2026-05-31,no
R2,A,45A04,2026-06-01,60,2026-06-30,no
R3,B,45A55,2026-06-02,60,2026-06-30,yes
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path in FOLDER.glob("*.zc"):
        shutil.copy(path, tmp_path)
    (tmp_path / "care.csv").write_text(CARE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(contractlang, list(arguments))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_statement_names_the_framework_and_its_hash(folder: Path) -> None:
    hashed, own = digest(folder / "framework.en.zc"), digest(folder / "west.en.zc")
    text = run("settle", "west.en.zc", "care.csv").output
    assert "Framework          framework.en.zc: Framework youth care Delfland, version 2026.1" in text
    assert f"Framework hash     {hashed}" in text
    assert f"Contract hash      {own}" in text
    markdown = run("settle", "west.en.zc", "care.csv", "--format", "md").output
    assert hashed in markdown
    assert "framework.en.zc" in markdown
    statement = read_statement(run("settle", "west.en.zc", "care.csv", "--format", "json").output)
    assert statement.schema_version == "1.2"
    assert [(one.file, one.name, one.version, one.sha256) for one in statement.contract.frameworks] == [
        ("framework.en.zc", "Framework youth care Delfland", "2026.1", hashed)
    ]
    assert statement.contract.sha256 == own
    assert "Raamovereenkomst" in run("settle", "west.nl.zc", "care.csv").output


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
def test_settled_as_if_written_out_in_full(folder: Path, engine: str) -> None:
    """€ 472.80 + € 27.20 up to the ceiling, crisis care € 118.20 beside it, 1.5 % of € 618.20, € 1,250.00 once."""
    assert run("fmt", "west.en.zc", "--full", "--out", "whole.zc").exit_code == 0
    one, two = (settle(name, "care.csv", engine=engine) for name in ("west.en.zc", "whole.zc"))
    assert one.total == "1877.47"
    assert (one.posts, one.ceilings, one.articles) == (two.posts, two.ceilings, two.articles)
    assert two.contract.frameworks == ()
    assert same_model(load("west.en.zc"), load("whole.zc"))


def test_examples_of_both_files_run(folder: Path) -> None:
    done = run("test", "west.en.zc")
    assert done.exit_code == 0
    assert "framework.en.zc:56: ok: An hour of guidance" in done.output
    path = folder / "west.en.zc"
    path.write_text(
        path.read_text(encoding="utf-8").replace("expect article 1 = € 69.00", "expect article 1 = € 70.00")
    )
    done = run("test", "west.en.zc")
    assert done.exit_code == 1
    assert "framework.en.zc:56: FAILED: An hour of guidance" in done.output
    assert "    west.en.zc:31: article 1: expected € 70.00, found € 69.00" in done.output


def test_a_framework_is_not_settled(folder: Path) -> None:
    done = run("settle", "framework.en.zc", "care.csv")
    assert done.exit_code == 1
    assert "framework.en.zc:37: Left open: an amount." in done.output


def test_holes_that_the_contract_leaves_are_told_with_their_place(folder: Path) -> None:
    path = folder / "west.en.zc"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("    delivery  goes on\n", "").replace('  provider  "Home Care West"\n', ""))
    shown = run("check", "west.en.zc", "--output-format", "concise")
    assert shown.exit_code == 0
    assert "framework.en.zc:4:13: left open[ZC300]: Left open: provider." in shown.output
    assert "framework.en.zc:47:17: left open[ZC300]: Left open: delivery." in shown.output
    assert "west.en.zc: 0 errors, 0 warnings, 2 left open" in shown.output
    for command in (
        ("settle", "west.en.zc", "care.csv"),
        ("test", "west.en.zc"),
        ("simulate", "west.en.zc", "care.csv", "--set", "x = 1"),
    ):
        done = run(*command)
        assert done.exit_code == 1
        assert "leaves open" in done.output
    told = json.loads(run("check", "west.en.zc", "--output-format", "json").output)
    assert {(one["file"], one["line"]) for one in told} == {("framework.en.zc", 4), ("framework.en.zc", 47)}
    assert "::notice file=framework.en.zc,line=4" in run("check", "west.en.zc", "--output-format", "github").output
    with pytest.raises(ContractError, match="leaves amounts or labels open"):
        settle("west.en.zc", "care.csv")


def test_errors_name_the_file_in_which_they_stand(folder: Path) -> None:
    path = folder / "framework.en.zc"
    path.write_text(
        path.read_text(encoding="utf-8").replace("pay minutes of care at hourly", "pay minutes of care at houry")
    )
    with pytest.raises(ContractError, match=r"first ZC232 at line 33 of .*framework\.en\.zc"):
        load(folder / "west.en.zc")
    done = run("settle", "west.en.zc", "care.csv")
    assert done.exit_code == 1
    assert "framework.en.zc:33:" in done.output
    told = json.loads(run("check", "west.en.zc", "--output-format", "sarif").output)
    places = [one["locations"][0]["physicalLocation"] for one in told["runs"][0]["results"]]
    assert {one["artifactLocation"]["uri"] for one in places} == {"framework.en.zc"}


def test_fmt_writes_the_file_at_hand(folder: Path) -> None:
    path = folder / "west.en.zc"
    tidy = path.read_text(encoding="utf-8")
    path.write_text(tidy.replace('use       "', 'use "').replace("€ 69.00 |", "€69.00|"), encoding="utf-8")
    frame = (folder / "framework.en.zc").read_text(encoding="utf-8")
    assert run("fmt", "west.en.zc").exit_code == 0
    assert path.read_text(encoding="utf-8") == tidy
    assert (folder / "framework.en.zc").read_text(encoding="utf-8") == frame


def test_translated_with_its_framework(folder: Path) -> None:
    """Names that the framework declares for the other language hold in the contract; there and back nothing is lost."""
    there = folder / "there"
    there.mkdir()
    for name in ("framework.en.zc", "west.en.zc"):
        assert run("fmt", name, "--language", "nl", "--out", str(there / name)).exit_code == 0
    dutch = (there / "west.en.zc").read_text(encoding="utf-8")
    assert "tarief uurtarief per uur naar product" in dutch
    assert 'artikel 3 "Administration" in afwijking van de raamovereenkomst' in dutch
    assert run("test", str(there / "west.en.zc")).exit_code == 0
    back = run("fmt", str(there / "west.en.zc"), "--language", "en", "--out", "back.zc")
    assert back.exit_code == 0
    assert (folder / "back.zc").read_text(encoding="utf-8") == (folder / "west.en.zc").read_text(encoding="utf-8")
    alone = run("check", str(there / "west.en.zc"), "--output-format", "concise")
    assert alone.exit_code == 0
    shutil.copy(folder / "framework.en.zc", there)
    refused = run("check", str(there / "west.en.zc"), "--output-format", "concise")
    assert refused.exit_code == 1
    assert "ZC155" in refused.output


def test_diff_of_two_files_and_in_two_languages(folder: Path) -> None:
    assert run("diff", "west.en.zc", "west.nl.zc").output.count("nothing") == 1
    done = run("diff", "framework.en.zc", "west.en.zc")
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert 'article 3 "Administration": in place of the framework' in lines
    assert "contract: in place of the framework (term)" in lines
    assert 'article 4 "Start": added' in lines
    assert 'article 2 "Budget ceiling"' in lines


def test_the_terms_of_the_framework_can_be_varied(folder: Path) -> None:
    """1.5 % is the contract's; who is paid in part is the framework's."""
    done = run(
        "simulate",
        "west.en.zc",
        "care.csv",
        "--set",
        "article 2 last row = nothing, nor any later row",
        "--format",
        "json",
    )
    assert done.exit_code == 0, done.output
    # without the € 27.20: 1.5 % of € 591.00 is € 8.87 (8.865, half away from zero)
    totals = (
        [one["total"] for one in json.loads(done.output)["scenarios"]] if "scenarios" in done.output else done.output
    )
    assert "1849.87" in str(totals)


def test_schema_is_that_of_the_whole_contract(folder: Path) -> None:
    done = run("schema", "west.en.zc", "--format", "csv", "--table", "care")
    assert done.exit_code == 0
    assert "received_on" in done.output


def test_python_says_what_became_of_each_term(folder: Path) -> None:
    found = check(folder / "west.en.zc")
    assert found.contract is not None
    assert found.terms == found.contract.terms
    assert [one.text for one in found.terms if one.how == "replaced"] == [
        "term      2026-04-01 through 2026-12-31",
        'article 3 "Administration"',
    ]


def test_what_may_not_be_replaced_is_a_difference_of_a_framework(folder: Path) -> None:
    text = (folder / "framework.en.zc").read_text(encoding="utf-8")
    (folder / "freer.zc").write_text(
        "\n" + text.replace("reject care not to be replaced", "reject care"), encoding="utf-8"
    )
    done = run("diff", "framework.en.zc", "freer.zc")
    assert "reject care\n  - reject care: not to be replaced\n" in done.output
    assert run("diff", "framework.en.zc", "framework.nl.zc").output.count("nothing") == 1
