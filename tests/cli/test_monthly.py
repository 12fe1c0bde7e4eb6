"""Monthly files from the command line: a year that comes in month by month, with and without a cache."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contractlang.cli.main import contractlang
from tests.running.settling import CONTRACT, write_data
from tests.settle.test_together import ROWS
from tests.settle.test_together import write as write_contract


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "contract.zc").write_text(CONTRACT, encoding="utf-8")
    (tmp_path / "data" / "care").mkdir(parents=True)
    return tmp_path


def settle(place: Path, *options: str, data: str = "data") -> Result:
    return CliRunner().invoke(contractlang, ["settle", str(place / "contract.zc"), str(place / data), *options])


def test_a_year_of_monthly_files(place: Path) -> None:
    cached = ("--cache", str(place / "cache"))
    for month in range(1, 13):
        write_data(
            place / "data" / "care" / f"2026-{month}.csv", 60, month
        )  # of any month, and with keys of other files
        names = {name: str(place / name) for name in ("full.json", "full.csv", "kept.json", "kept.csv")}
        full = settle(place, "--format", "json", "--out", names["full.json"], "--lines", names["full.csv"])
        kept = settle(place, "--format", "json", "--out", names["kept.json"], "--lines", names["kept.csv"], *cached)
        assert (full.exit_code, kept.exit_code) == (0, 0), kept.output
        assert full.stderr == ""
        assert f"files read: 1 (2 kB), from the cache: {month - 1} (" in kept.stderr
        for end in ("json", "csv"):
            assert (place / f"full.{end}").read_bytes() == (place / f"kept.{end}").read_bytes()
    said = json.loads((place / "kept.json").read_text(encoding="utf-8"))
    (data,) = said["data"]
    assert [one["file"] for one in data["files"]] == [f"2026-{month}.csv" for month in range(1, 13)]
    assert [one["rows"] for one in data["files"]] == [60] * 12
    with (place / "kept.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [(line["file"], line["row"]) for line in lines][59:61] == [("2026-1.csv", "60"), ("2026-2.csv", "1")]


def test_files_named_one_by_one(place: Path) -> None:
    for month in (1, 2):
        write_data(place / "data" / "care" / f"{month}.csv", 30, month)
    (place / "empty").mkdir()
    named = [f"care={place}/data/care/{month}.csv" for month in (1, 2)]
    by_name = settle(place, "--format", "csv", "--data", named[0], "--data", named[1], data="empty")
    assert by_name.exit_code == 0, by_name.output
    assert by_name.output == settle(place, "--format", "csv").output


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--cache", "{place}/contract.zc"), 2, "ZC947"),
        (("--cache", "{place}/data"), 2, "ZC948"),
        (("--cache", "{place}/cache", "--engine", "oracle"), 2, "ZC949"),
        (("--out", "{place}/data/care/statement.txt"), 2, "every file in that folder is read as data"),
        (("--lines", "{place}/data/care/1.csv"), 2, "every file in that folder"),
    ],
)
def test_what_is_refused(place: Path, options: tuple[str, ...], code: int, said: str) -> None:
    write_data(place / "data" / "care" / "1.csv", 5, 1)
    done = settle(place, *(one.format(place=place) for one in options))
    assert done.exit_code == code
    assert said in done.output
    assert [path.name for path in (place / "data" / "care").iterdir()] == ["1.csv"]


def test_damage_is_told(place: Path) -> None:
    write_data(place / "data" / "care" / "1.csv", 5, 1)
    settle(place, "--cache", str(place / "cache"))
    for path in (place / "cache").glob("*.parquet"):
        path.write_bytes(b"other")
    done = settle(place, "--cache", str(place / "cache"))
    assert done.exit_code == 0
    assert "[ZC953]" in done.stderr


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
def test_many_contracts_over_monthly_files(tmp_path: Path, engine: str) -> None:
    for name, where in (("night", " where product = night"), ("day", " where product = day")):
        write_contract(tmp_path / "contracts", name, where=where)
    header, *rows = ROWS.splitlines()
    rows.append("R5,P1,day,2026-13-45,5.00")
    (tmp_path / "whole").mkdir()
    (tmp_path / "whole" / "care.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    (tmp_path / "cut" / "care").mkdir(parents=True)
    for number, some in enumerate((rows[:3], rows[3:]), start=1):
        (tmp_path / "cut" / "care" / f"{number}.csv").write_text("\n".join([header, *some]) + "\n", encoding="utf-8")
    found = {}
    runs = [("whole", ()), ("cut", ())] + (
        [("cut", ("--cache", str(tmp_path / "cache")))] * 2 if engine == "duckdb" else []
    )
    for data, more in runs:
        out = tmp_path / f"out{len(found)}"
        arguments = ["settle", str(tmp_path / "contracts"), str(tmp_path / data), "--out", str(out), "--engine", engine]
        done = CliRunner().invoke(contractlang, [*arguments, *more])
        assert done.exit_code == 0, done.output
        with (out / "unmatched.csv").open(encoding="utf-8", newline="") as file:
            strays = list(csv.reader(file))[1:]
        totals = [one["total"] for one in json.loads((out / "index.json").read_text(encoding="utf-8"))["contracts"]]
        found[out.name] = (strays, totals)
    whole, *others = found.values()
    places = {str(at): ["1.csv", str(at)] if at <= 3 else ["2.csv", str(at - 3)] for at in range(1, 6)}
    expected = ([[*places[row], *more] for _, row, *more in whole[0]], whole[1])
    assert others == [expected] * len(others)
    assert len(whole[0]) == 3
