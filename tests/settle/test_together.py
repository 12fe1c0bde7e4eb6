"""A folder of contracts from the command line: what is written, what is refused, what is told."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contractlang.cli.main import contractlang
from contractlang.report import together

HEAD = """contract "{name}" version "1"
  payer     "Payer"
  provider  {provider}
  term      {term}
  settle    per quarter
  rounded   half away from zero to € 0.01 per row

data care
  line_id      text    key
  provider_id  party
  product      text
  care_date    date    decides year, tariff, period
  amount       euro    submitted
{more}
article 1 "Paid as claimed"
  pay amount of care{where}
"""
ROWS = """line_id,provider_id,product,care_date,amount
R1,P1,night,2026-01-05,10.00
R2,P1,day,2026-01-06,5.00
R3,P1,other,2026-01-07,2.00
R4,P2,day,2026-01-08,7.00
"""


def write(folder: Path, name: str, **settings: str) -> None:
    folder.mkdir(exist_ok=True)
    plain = {"name": name, "provider": f'"{name}" as P1 in provider_id', "term": "2026-01-01 through 2026-12-31",
             "more": "", "where": ""}  # fmt: skip
    (folder / f"{name}.zc").write_text(HEAD.format(**(plain | settings)), encoding="utf-8")


def settle(folder: Path, *options: str, rows: str = ROWS) -> Result:
    (folder / "care.csv").write_text(rows, encoding="utf-8")
    arguments = ["settle", str(folder / "contracts"), str(folder / "care.csv"), "--out", str(folder / "out"), *options]
    return CliRunner().invoke(contractlang, arguments)


def totals(folder: Path) -> dict[str, str | None]:
    index = json.loads((folder / "out" / "index.json").read_text(encoding="utf-8"))
    return {one["file"]: one["total"] for one in index["contracts"]}


def strays(folder: Path) -> list[list[str]]:
    with (folder / "out" / "unmatched.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
def test_clauses_tell_two_contracts_of_one_provider_apart(tmp_path: Path, engine: str) -> None:
    for product in ("night", "day"):
        write(tmp_path / "contracts", product, where=f" where product = {product}")
    done = settle(tmp_path, "--engine", engine)
    assert done.exit_code == 0, done.output
    assert totals(tmp_path) == {"night.zc": "10.00", "day.zc": "5.00"}
    assert strays(tmp_path) == [
        ["care.csv", "3", "not-selected", "2.00", "day.zc; night.zc"],
        ["care.csv", "4", "unknown-provider", "7.00", ""],
    ]


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
def test_a_row_of_two_contracts_is_paid_by_none(tmp_path: Path, engine: str) -> None:
    write(tmp_path / "contracts", "night", where=" where product = night")
    write(tmp_path / "contracts", "every")
    done = settle(tmp_path, "--engine", engine)
    assert done.exit_code == 0, done.output
    assert totals(tmp_path) == {"every.zc": "7.00", "night.zc": "0.00"}
    assert strays(tmp_path)[0] == ["care.csv", "1", "several", "10.00", "every.zc; night.zc"]


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
def test_a_contract_that_stops_on_its_data_leaves_the_others_alone(tmp_path: Path, engine: str) -> None:
    prices = (
        "\ndata prices present from first through last\n  product  text\n  first    date\n  last     date\n  fee      euro\n"
        "\nlist price by product\n  rows  prices\n  take  fee\n"
    )
    write(tmp_path / "contracts", "whole")
    write(tmp_path / "contracts", "torn", provider='"Torn" as P2 in provider_id', more=prices, where="")
    path = tmp_path / "contracts" / "torn.zc"
    path.write_text(path.read_text(encoding="utf-8").replace("pay amount of care", "pay each row of care at price"))
    (tmp_path / "prices.csv").write_text(
        "product,first,last,fee\nday,2026-01-01,2026-12-31,1\nday,2026-06-01,2026-12-31,2\n"
    )
    done = settle(tmp_path, "--engine", engine, "--data", f"prices={tmp_path / 'prices.csv'}")
    index = json.loads((tmp_path / "out" / "index.json").read_text(encoding="utf-8"))
    assert done.exit_code == 1
    outcomes = {one["file"]: one for one in index["contracts"]}
    assert outcomes["torn.zc"]["status"] == "not settled"
    assert outcomes["torn.zc"]["messages"]
    assert "ZC801" in outcomes["torn.zc"]["messages"][0]
    assert (outcomes["whole.zc"]["status"], outcomes["whole.zc"]["total"]) == ("settled", "17.00")
    assert ["care.csv", "4", "not-settled", "7.00", "torn.zc"] in strays(tmp_path)


def test_a_second_run_replaces_all(tmp_path: Path) -> None:
    write(tmp_path / "contracts", "one")
    assert settle(tmp_path, "--format", "json").exit_code == 0
    before = {path.name for path in (tmp_path / "out").iterdir()}
    assert before == {"one.json", "index.json", "index.txt", "unmatched.csv"}
    (tmp_path / "contracts" / "one.zc").rename(tmp_path / "contracts" / "two.zc")
    assert settle(tmp_path, "--format", "md").exit_code == 0
    after = {path.name for path in (tmp_path / "out").iterdir()}
    assert after == {"two.md", "index.json", "index.md", "unmatched.csv"}
    assert not list(tmp_path.glob(".out*"))


def test_a_run_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "contracts", "one")
    assert settle(tmp_path).exit_code == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}

    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(together, "index_text", full)
    assert isinstance(settle(tmp_path, rows=ROWS.replace("10.00", "11.00")).exception, OSError)
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before
    assert not list(tmp_path.glob(".out*"))


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "contracts", "one")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("dear")
    done = settle(tmp_path)
    assert (done.exit_code, "ZC898" in done.output) == (2, True)
    assert (tmp_path / "out" / "letter.txt").exists()


def test_wrong_use_is_told(tmp_path: Path) -> None:
    (tmp_path / "contracts").mkdir()
    assert "ZC897" in settle(tmp_path).output
    write(tmp_path / "contracts", "one")
    assert "ZC896" in settle(tmp_path, "--lines", "lines.csv").output
    bare = CliRunner().invoke(contractlang, ["settle", str(tmp_path / "contracts"), str(tmp_path / "care.csv")])
    assert (bare.exit_code, "ZC895" in bare.output) == (2, True)


def test_names_that_the_folder_needs_itself(tmp_path: Path) -> None:
    write(tmp_path / "contracts", "index")
    assert settle(tmp_path, "--format", "json").exit_code == 0
    assert (tmp_path / "out" / "index_.json").exists()
    assert totals(tmp_path) == {"index.zc": "17.00"}


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
def test_what_is_wrong_for_a_family_is_told_to_each(tmp_path: Path, engine: str) -> None:
    """Contracts that are settled by one engine stop on one list that overlaps; each is told, and the others are settled."""
    prices = (
        "\ndata prices present from first through last\n  product  text\n  first    date\n  last     date\n  fee      euro\n"
        "\nlist price by product\n  rows  prices\n  take  fee\n"
    )
    for code in ("P1", "P2"):
        write(tmp_path / "contracts", code, provider=f'"{code}" as {code} in provider_id', more=prices)
        path = tmp_path / "contracts" / f"{code}.zc"
        text = path.read_text(encoding="utf-8").replace("pay amount of care", "pay each row of care at price")
        path.write_text(text, encoding="utf-8")
    write(tmp_path / "contracts", "P3", provider='"P3" as P3 in provider_id')
    (tmp_path / "prices.csv").write_text(
        "product,first,last,fee\nday,2026-01-01,2026-12-31,1\nday,2026-06-01,2026-12-31,2\n"
    )
    done = settle(tmp_path, "--engine", engine, "--data", f"prices={tmp_path / 'prices.csv'}")
    assert done.exit_code == 1, done.output
    index = json.loads((tmp_path / "out" / "index.json").read_text(encoding="utf-8"))
    said = {one["file"]: " ".join(one["messages"])[:7] for one in index["contracts"]}
    assert said == {"P1.zc": "[ZC801]", "P2.zc": "[ZC801]", "P3.zc": ""}
    assert [row[2] for row in strays(tmp_path)] == ["not-settled"] * 4
    assert (index["files"][0]["rows"], index["files"][0]["routed"]) == (4, 0)


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
def test_a_contract_looks_into_the_rows_of_its_own_provider_only(tmp_path: Path, engine: str) -> None:
    known = (
        "\ndata known\n  provider_id  party\n  product      text\n"
        '\nreject care\n  "UNKNOWN"  when product not in known\n'
    )
    for code in ("P1", "P2"):
        write(tmp_path / "contracts", code, provider=f'"{code}" as {code} in provider_id', more=known)
    (tmp_path / "known.csv").write_text("provider_id,product\nP1,night\nP2,day\nP9,day\n")
    done = settle(tmp_path, "--engine", engine, "--data", f"known={tmp_path / 'known.csv'}")
    assert done.exit_code == 0, done.output
    assert totals(tmp_path) == {"P1.zc": "10.00", "P2.zc": "7.00"}
    assert strays(tmp_path) == [["known.csv", "3", "unknown-provider", "", ""]]
