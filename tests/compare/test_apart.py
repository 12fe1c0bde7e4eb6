"""Amounts that move between names while the total stays: shares of a distribution, and cash."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from contractlang.cli.main import contractlang

OLD = """contract "Network" version "1"
  payer     "Insurer"
  provider  "Group"
  term      2026-01-01 through 2026-12-31
  settle    per calendar year
  rounded   half away from zero to € 0.01 per row

data care
  line_id    text  key
  care_date  date  decides year, tariff, period
  amount     euro

data members valid throughout the term
  member  party  key
  weight  count  whole

data advances
  advance_id  text  key
  paid_on     date  decides year, period
  amount      euro

article 1 "Care"
  pay amount of care

article 2 "Division"
  distribute article 1
    per        calendar year
    first      € 10.00 to "DESK"
    rest       to members in proportion to weight
    short      shared in proportion within the step
    no key     is an error
    rounded    down to € 0.01 per amount
    cents      to the largest remainder, then by row number
    left over  stays with the payer

article 3 "Advances"
  deduct amount of advances
    per        calendar year of paid_on
    when owed  repaid
"""
NEW = OLD.replace("€ 10.00", "€ 30.00").split("article 3")[0]
DATA = {
    "care": "line_id,care_date,amount\nR1,2026-02-01,100.00\n",
    "members": "member,weight\nA,1\nB,3\n",
    "advances": "advance_id,paid_on,amount\nV1,2026-03-01,40.00\n",
}


def compared(tmp_path: Path, *options: str) -> str:
    for name, text in {
        "old.zc": OLD,
        "new.zc": NEW,
        **{f"data/{name}.csv": text for name, text in DATA.items()},
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    files = [str(tmp_path / name) for name in ("old.zc", "new.zc")]
    done = CliRunner().invoke(contractlang, ["diff", *files, "--data", str(tmp_path / "data"), *options])
    assert done.exit_code == 0, done.output
    return done.output


def test_who_gets_what_of_an_amount_that_stays(tmp_path: Path) -> None:
    """Of 100.00, 10.00 goes to the desk and 90.00 by 1 to 3: 22.50 and 67.50; after 30.00 it is 17.50 and 52.50."""
    told = json.loads(compared(tmp_path, "--format", "json"))["bridge"]
    assert (told["old"], told["new"]) == ("100", "100")
    assert [tuple(one.values()) for one in told["apart"]] == [
        ("cash", "3", None, "-40", "0", "40"),
        ("share", "2", "A", "22.5", "17.5", "-5"),
        ("share", "2", "B", "67.5", "52.5", "-15"),
        ("share", "2", "DESK", "10", "30", "20"),
    ]


@pytest.mark.parametrize("style", ["text", "md"])
def test_it_is_shown(tmp_path: Path, style: str) -> None:
    shown = compared(tmp_path, "--format", style)
    assert "Shares and cash" in shown
    rows = [" ".join(line.replace("|", " ").split()) for line in shown.splitlines()]
    assert "share 2 DESK € 10.00 € 30.00 € 20.00" in rows
    assert "share 2 B € 67.50 € 52.50 € -15.00" in rows
    assert "cash 3 Total € -40.00 € 0.00 € 40.00" in rows
