"""The engine on Spark gives what the fast engine gives, to the byte, however the file is written and cut."""

from __future__ import annotations

import gzip
import random
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.spark.alike import assert_alike, outcome

pytestmark = pytest.mark.spark

CONTRACT = """\
contract "Hours under a ceiling" version "2026.1"
  payer     "Municipality of Delft"
  provider  one per provider_id in care, each separately
  term      2026-01-01 through 2026-12-31
  settle    per quarter
  rounded   half away from zero to € 0.01 per row

data care
  line_id      text    key
  provider_id  party
  client_id    person
  level        one of mbo, hbo
  care_date    date    decides year, tariff, period
  minutes      minutes  whole
  crisis       yes or no
  claimed      euro    submitted

reject care
  "DUPLICATE"     when repeated line_id keeping the first in the file
  "OUTSIDE-TERM"  when care_date outside term

tariff hourly per hour by level
  | level | from 2026-01-01 | from 2026-07-01 |
  | mbo   |         € 51.20 |         € 52.45 |
  | hbo   |         € 74.90 |         € 76.70 |

article 1 "Time spent"
  pay minutes of care at hourly

article 2 "Ceiling"
  limit article 1 to at most € 2,000.00
    per         provider_id
    per         calendar year of care_date
    part year   full amount
    filled by   care_date, then row number
    last row    in part
    late row    reopens the period
    freed room  stays empty
    outside     care where crisis
    they count  not
    above       nothing
"""
HEAD = "line_id,provider_id,client_id,level,care_date,minutes,crisis,claimed"
ROWS = [
    "R1,P1,A,hbo,2026-02-03,300,no,374.50",
    "R2,P1,A,mbo,2026-07-01,60,no,52.45",
    "R3,P2,B,mbo,2026-07-02,60,yes,52.45",
    "R3,P2,B,mbo,2026-07-02,60,yes,52.45",
    "R4,P2,B,mbo,2026-02-30,60,yes,52.45",
    "R5,P2,B,mbo,2026-2-3,60,yes,52.45",
    "R6,P2,B,mbo,2026-12-31T,60,yes,52.45",
    "R7,P2,B,hbo,2026-08-01,1e2,no,52.45",
    "R8,P2,B,hbo,2026-08-01,60.5,no,52.45",
    "R9,P2,B,hbo,2026-08-01,,no,52.455",
    "R10,P2,B,other,2026-08-01,60,maybe,52.45",
    " R11 ,P2,B, ,2026-08-01,60,J,-52.45",
    "R12,P1,Ça é,hbo,2026-08-01,000060,ja,52.4",
    "R13,P1,\x1f\x1f,hbo,2025-08-01,60,\x0b,52.45",
    "R14,P1,A,hbo,2026-03-03,3000,no,99999999999999999.99",
]


def made(folder: Path, text: str | bytes, name: str = "care.csv") -> Path:
    contract = folder / "contract.zc"
    contract.write_text(CONTRACT, encoding="utf-8")
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return contract


def test_statement_lines_and_digest_are_those_of_the_fast_engine(spark: Any, tmp_path: Path) -> None:
    contract = made(tmp_path, "\n".join([HEAD, *ROWS]) + "\n")
    _, statement, lines, _, written = assert_alike(contract, tmp_path / "care.csv", lines=tmp_path / "lines.csv")
    assert {one["reason"]: one["rows"] for one in statement["rejections"]}["DUPLICATE"] == 1
    assert len(lines) == len(ROWS)
    assert written.startswith(b"table,row,key,party,")


QUOTED = "\n".join([HEAD, *ROWS, 'R20,P1,"A, or ""B""\nwho knows",hbo,2026-03-04,60,no,74.90', ""])
SHORT = "\r\n".join([HEAD, *ROWS, "R20,P1,A,hbo,2026-03-04,60", "R21,P1,A,hbo,2026-03-04,60,no,74.90,more", "", ""])
ODD = {
    "quoted cells and line ends within them": QUOTED.encode(),
    "rows of another width, blank lines, CRLF": SHORT.encode(),
    "packed": gzip.compress("\n".join([HEAD, *ROWS, ""]).encode()),
    "of Windows, semicolons": "\r\n".join([HEAD, *ROWS, ""]).replace(",", ";").replace("\x0b", "").encode("cp1252"),
    "no rows": (HEAD + "\n").encode(),
    "pipes, and no line end at the last row": "\n".join([HEAD, *ROWS]).replace(",", "|").encode(),
}


SAMPLE = {"quoted cells and line ends within them", "rows of another width, blank lines, CRLF"}


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=[] if kind in SAMPLE else [pytest.mark.slow]) for kind in ODD]
)
def test_files_are_read_as_the_fast_engine_reads_them(kind: str, spark: Any, tmp_path: Path) -> None:
    contract = made(tmp_path, ODD[kind])
    assert_alike(contract, tmp_path / "care.csv")


@pytest.mark.parametrize("typed", [pytest.param(False, marks=[pytest.mark.slow]), True])
def test_parquet(typed: bool, spark: Any, tmp_path: Path) -> None:
    contract = made(tmp_path, "\n".join([HEAD, *ROWS[:4], ""]), "source.csv")
    kinds = "care_date: 'DATE', minutes: 'INTEGER', crisis: 'BOOLEAN', claimed: 'DECIMAL(9,2)'" if typed else ""
    reader = f"read_csv('{tmp_path / 'source.csv'}', {f'types={{{kinds}}}' if typed else 'all_varchar=true'})"
    duckdb.sql(f"COPY (SELECT * FROM {reader}) TO '{tmp_path / 'care.parquet'}' (FORMAT parquet)")
    files = []
    for engine in ("duckdb", "spark"):
        lines = tmp_path / f"{engine}.parquet"
        files.append((*outcome(contract, tmp_path / "care.parquet", engine, lines=lines)[:4], written(lines)))
    assert files[0] == files[1]


def written(lines: Path) -> tuple[Any, Any]:
    """Columns with their types, and rows: how a Parquet file is packed is for its writer."""
    return duckdb.sql(f"DESCRIBE FROM '{lines}'").fetchall(), duckdb.sql(f"FROM '{lines}'").fetchall()


def test_row_order_parts_and_threads_do_not_matter(spark: Any, tmp_path: Path) -> None:
    """The file is cut into many parts; shuffled, the amounts stay and the digest is that of the fast engine over the same file."""
    dice = random.Random(7)
    rows = [
        f"R{i},P{dice.randrange(9)},C{dice.randrange(99)},{dice.choice(['mbo', 'hbo'])},2026-{dice.randrange(1, 13):02d}-"
        f"{dice.randrange(1, 29):02d},{dice.randrange(1, 400)},{dice.choice(['yes', 'no'])},{dice.randrange(1, 999)}.50"
        for i in range(3000)
    ]
    spark.conf.set("spark.sql.files.maxPartitionBytes", "20000")
    before = spark.conf.get("spark.sql.shuffle.partitions")
    try:
        contract = made(tmp_path, "\n".join([HEAD, *rows, ""]))
        first = assert_alike(contract, tmp_path / "care.csv")
        again = outcome(contract, tmp_path / "care.csv", "spark")
        assert again == first
        spark.conf.set("spark.sql.shuffle.partitions", "5")
        dice.shuffle(rows)
        made(tmp_path, "\n".join([HEAD, *rows, ""]))
        shuffled = assert_alike(contract, tmp_path / "care.csv")
        paid = [
            [(one["party"], one["counted"], one["paid"], one["reached_on"]) for one in x[1]["ceilings"]]
            for x in (first, shuffled)
        ]
        assert paid[0] == paid[1]
        assert shuffled[1]["total"] == first[1]["total"]
    finally:
        spark.conf.unset("spark.sql.files.maxPartitionBytes")
        spark.conf.set("spark.sql.shuffle.partitions", before)


def test_several_files_are_one_table(spark: Any, tmp_path: Path) -> None:
    """The second has its columns in another order, quotes, and numbers that make both wide; the rows that cannot be read name their file."""
    contract = made(tmp_path, "\n".join([HEAD, *ROWS, ""]), "a.csv")
    names = HEAD.split(",")
    turned = [",".join(f'"{cell}"' for cell in reversed(row.split(","))) for row in ROWS]
    (tmp_path / "b.csv").write_text("\n".join([",".join(reversed(names)), *turned, ""]), encoding="utf-8")
    outcomes = assert_alike(contract, {"care": [tmp_path / "a.csv", tmp_path / "b.csv"]}, lines=tmp_path / "lines.csv")
    assert len(outcomes[2]) == 2 * len(ROWS)
    assert b",b.csv\n" in outcomes[4].replace(b"\r", b"")
