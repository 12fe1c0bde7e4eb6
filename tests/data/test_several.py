"""One table in several files: which are read, in what order, how each is written, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractlang.analysis.check import check
from contractlang.api import make_engine
from contractlang.data.faults import DataError
from contractlang.data.given import in_order
from contractlang.data.prepare import cleanup, prepare
from contractlang.data.prepared import Prepared, file_names
from tests.data.malformed_contract import CONTRACT

HEADER = "line_id,client_id,care_date,hours,urgent,level\n"
ROW = "L1,C1,2024-03-10,2.50,yes,mbo\n"


def put(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("_csv", ".csv")).write_text(text, encoding="utf-8")
    return folder


def faults(given: object, of: object = CONTRACT) -> list[tuple[str, dict[str, str]]]:
    with pytest.raises(DataError) as caught:
        prepare(of, given)  # type: ignore[arg-type]
    return [(fault.code, dict(fault.arguments)) for fault in caught.value.faults]


def hours(given: object) -> list[object]:
    """What both engines read in the column of hours, by row."""
    prepared = prepare(CONTRACT, given)
    try:
        oracle, duck = (make_engine(name, CONTRACT, prepared, None) for name in ("oracle", "duckdb"))
        assert oracle.intake() == duck.intake()
        assert oracle.digest() == duck.digest()
        duck.close()
        return [str(row.cells["hours"]) for row in oracle._acceptance.rows("care", oracle._rows)]  # type: ignore[attr-defined]
    finally:
        cleanup(prepared)


def test_files_stand_in_the_order_of_their_names(tmp_path: Path) -> None:
    row = "L{0},C1,2024-03-10,{0},yes,mbo\n"
    put(tmp_path / "care", **{f"2024-{month}_csv": HEADER + row.format(month) for month in (10, 2, 1)})
    put(tmp_path / "care", **{".hidden": "x", "~$2024-1.xlsx": "x", "Thumbs.db": "x"})
    assert hours(tmp_path) == ["1", "2", "10"]
    assert hours({"care": tmp_path / "care"}) == ["1", "2", "10"]
    listed = [tmp_path / "care" / f"2024-{month}.csv" for month in (2, 10, 1)]
    assert hours({"care": listed}) == ["2", "10", "1"]  # a list is its own order
    assert hours(listed) == ["2", "10", "1"]
    names = ["b2", "B10", "a", "b1", "2024-02", "2024-1"]
    assert sorted(map(Path, names), key=in_order) == [
        Path(one) for one in ("2024-1", "2024-02", "a", "b1", "b2", "B10")
    ]


def test_every_file_is_written_in_its_own_way(tmp_path: Path) -> None:
    put(
        tmp_path / "care",
        a_csv=HEADER + ROW,
        b_csv="level;line_id;hours;care_date;urgent;client_id\nmbo;L2;1.234,5;1-4-2024;nee;C1\n",
    )
    (tmp_path / "care" / "c.csv").write_bytes((HEADER + ROW.replace("L1", "Lé")).encode("cp1252"))
    assert hours(tmp_path) == ["5/2", "2469/2", "5/2"]


def test_a_doubt_is_settled_by_files_that_are_written_alike(tmp_path: Path) -> None:
    text = """contract "Three decimals" version "1"
  payer     "Payer"
  provider  "Provider"
  term      2024-01-01 through 2024-12-31
  settle    per month
  rounded   half away from zero to € 0.01 per row

data care
  line_id    text    key
  care_date  date    decides year, tariff, period
  amount     number  3 decimals

article 1 "Care"
  pay amount of care at € 1.00 each
"""
    checked = check(text)
    of = checked.contract
    assert of is not None, checked.findings
    put(
        tmp_path / "care",
        a_csv="line_id;care_date;amount\nL1;2024-01-01;1.250\n",
        b_csv="line_id,care_date,amount\nL2,2024-01-01,1.5\n",
    )
    assert [code for code, _ in faults(tmp_path, of)] == ["ZC721"]  # a comma-separated file says nothing of it
    put(tmp_path / "care", c_csv="line_id;care_date;amount\nL3;2024-01-01;2.5\n")
    found = prepare(of, tmp_path)["care"]
    assert [part.decimal["amount"] for part in found.parts] == [".", ".", "."]
    put(tmp_path / "care", c_csv="line_id;care_date;amount\nL3;2024-01-01;2,5\n")
    assert [code for code, _ in faults(tmp_path, of)] == ["ZC720"]  # as in one file: a thousand, or a point by mistake


def test_a_missing_column_is_named_with_its_file(tmp_path: Path) -> None:
    put(tmp_path / "care", a_csv=HEADER + ROW, b_csv=HEADER.replace("hours", "uren") + ROW, c_csv="level\n")
    found = faults(tmp_path)
    assert {(code, Path(more["file"]).name, more.get("name")) for code, more in found} >= {("ZC747", "b.csv", "hours")}
    assert {Path(more["file"]).name for _, more in found} == {"b.csv", "c.csv"}


def test_what_is_refused(tmp_path: Path) -> None:
    care = put(tmp_path / "care", a_csv=HEADER + ROW)
    put(care, **{"b.xlsx": "x"})
    (care / "2023").mkdir()
    assert [(code, more["name"]) for code, more in faults(tmp_path)] == [("ZC749", "2023"), ("ZC749", "b.xlsx")]
    assert [code for code, _ in faults({"care": put(tmp_path / "nothing")})] == ["ZC750"]
    twice = faults({"care": [care / "a.csv", tmp_path / "care" / ".." / "care" / "a.csv"]})
    assert [code for code, _ in twice] == ["ZC751"]
    (care / "b.xlsx").unlink()
    (care / "2023").rmdir()
    put(tmp_path, care_csv=HEADER + ROW)
    ((code, more),) = faults(tmp_path)
    assert (code, more["files"]) == ("ZC713", "care/, care.csv")


def test_files_are_called_so_that_they_can_be_told_apart() -> None:
    parts = tuple(Prepared("care", f"{folder}/care.csv") for folder in ("data/jan", "data/feb"))
    assert file_names(Prepared("care", "x", parts=parts)) == ("jan/care.csv", "feb/care.csv")
    assert file_names(Prepared("care", "x", parts=parts[:1])) == ("care.csv",)
    assert file_names(Prepared("care", "x", parts=(parts[0],) * 2)) == ("1: data/jan/care.csv", "2: data/jan/care.csv")
