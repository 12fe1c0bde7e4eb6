"""A realistic amendment (index, ceilings, a threshold) by hand-worked figures, on a page.

The hours of East, West and North, paid 2 % on top when enough care plans are in time (90 %, 82 % and 70 % of them):

    R1 East   100 h nurse, February        6,000.00
    R2 East    50 h specialist, August     4,160.00 at 4 %, 4,200.00 at 5 %
    R3 West   120 h nurse, March           7,200.00
    R4 West    10 h nurse, September         624.00 at 4 %,   630.00 at 5 %
    R5 North   40 h specialist, April      3,200.00
    R6 North   20 h nurse, October         1,248.00 at 4 %, 1,260.00 at 5 %

Agreed: East 10,160.00, of which 9,000.00 is paid, and 180.00; West 7,824.00 and 156.48; North 4,448.00: 21,608.48.
Proposed: East 10,200.00, of which 10,000.00 is paid, and 200.00; West 7,830.00, of which 7,000.00 is paid, and nothing on
top, for 82 % is below 85 %; North 4,460.00: 21,660.00.

What each version between them comes to (I: index, C: ceilings, K: threshold):

            none        I         C         IC        K         IK        CK        ICK
    East   9,180.00  9,180.00 10,200.00 10,200.00  9,180.00  9,180.00 10,200.00 10,200.00
    West   7,980.48  7,986.60  7,140.00  7,140.00  7,824.00  7,830.00  7,000.00  7,000.00
    North  4,448.00  4,460.00  4,448.00  4,460.00  4,448.00  4,460.00  4,448.00  4,460.00

A change first of three counts for a third, second after either other for a sixth each, last for a third:

    I  North 12.00; West 6.12 / 3 + (0.00 + 6.00) / 6 + 0.00 / 3 = 3.04                            15.04
    C  East 1,020.00; West -840.48 / 3 + (-846.60 - 824.00) / 6 - 830.00 / 3 = -835.26            184.74
    K  West -156.48 / 3 + (-156.60 - 140.00) / 6 - 140.00 / 3                                    -148.26
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from contractlang.cli.main import contractlang

FOLDER = Path(__file__).parent / "amendment"
PAGE = 66  # lines
WIDE = 100  # columns


def review(language: str, *options: str) -> str:
    old, new = (str(FOLDER / f"{name}.{language}.zc") for name in ("agreed", "proposed"))
    done = CliRunner().invoke(contractlang, ["diff", old, new, "--data", str(FOLDER / "data"), *options])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(review("en", "--format", "json"))
    return found


def test_what_each_change_does(told: dict[str, Any]) -> None:
    bridge = told["bridge"]
    assert (bridge["old"], bridge["new"], bridge["method"]) == ("21608.48", "21660", "shapley")
    assert [(one["changes"], one["total"], one["alone"], one["interaction"], one["favours"]) for one in bridge["effects"]] == [
        (["index wages"], "15.04", "18.12", "-3.08", "provider"),
        (["lookup ceiling"], "184.74", "179.52", "5.22", "provider"),
        (["article 3"], "-148.26", "-156.48", "8.22", "payer"),
    ]  # fmt: skip
    assert bridge["interaction"] == "10.36"  # 51.52 - 41.16


def test_who_gains_and_who_loses(told: dict[str, Any]) -> None:
    assert [tuple(one.values()) for one in told["bridge"]["parties"]] == [
        ("East", "9180", "10200", "1020"),
        ("North", "4448", "4460", "12"),
        ("West", "7980.48", "7000", "-980.48"),
    ]
    places = {(one["article"], one["party"], one["period"]): one for one in told["bridge"]["places"]}
    moved = {place: one["difference"] for place, one in places.items() if one["difference"] != "0"}
    assert moved == {
        ("1", "East", "2026-Q3"): "40", ("2", "East", "2026-Q3"): "960", ("3", "East", "2026-Q4"): "20",
        ("1", "North", "2026-Q4"): "12",
        ("1", "West", "2026-Q3"): "6", ("2", "West", "2026-Q1"): "-200", ("2", "West", "2026-Q3"): "-630",
        ("3", "West", "2026-Q4"): "-156.48",
    }  # fmt: skip


def test_the_rows_behind_each_effect(told: dict[str, Any]) -> None:
    """R4 gains by the index only below the old ceiling: 6 / 3 + 6 / 6; it loses 624, 630, 624 and 630 to the new one."""
    index, ceiling, threshold = (one["rows"] for one in told["bridge"]["effects"])
    assert [(one["key"], one["row"], one["party"], one["amount"]) for one in index["largest"]] == [
        ("R6", 6, "North", "12"),
        ("R4", 4, "West", "3"),
    ]
    assert (index["number"], index["total"], index["of_no_row"]) == (2, "15", "0.04")
    assert [(one["key"], one["amount"]) for one in ceiling["largest"]] == [("R2", "1000"), ("R4", "-627"), ("R3", "-200")]  # fmt: skip
    assert (ceiling["total"], ceiling["of_no_row"]) == ("173", "11.74")
    assert (threshold["largest"], threshold["number"], threshold["of_no_row"]) == ([], 0, "-148.26")


def test_rows_can_be_left_out_and_be_fewer() -> None:
    none = json.loads(review("en", "--format", "json", "--rows", "0"))["bridge"]
    assert all("rows" not in effect for effect in none["effects"])
    one = json.loads(review("en", "--format", "json", "--rows", "1"))["bridge"]["effects"][1]["rows"]
    assert ([row["key"] for row in one["largest"]], one["number"], one["total"]) == (["R2"], 3, "173")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_review_is_under_a_page(language: str) -> None:
    shown = review(language)
    assert len(shown.splitlines()) < PAGE
    assert max(map(len, shown.splitlines())) <= WIDE
    assert shown == (FOLDER / f"review.{language}.txt").read_text(encoding="utf-8")


def test_the_review_as_a_comment() -> None:
    shown = review("en", "--format", "md").splitlines()
    for line in (
        "- list ceiling",
        "  - row East, from 2026-01-01: € 9,000.00 → € 10,000.00",
        "| list ceiling | € 184.74 | € 179.52 | € 5.22 | provider |",
        "| West |  |  | € 7,980.48 | € 7,000.00 | € -980.48 |",
        "|  | care | 4 | R4 | West | € 3.00 |",
        '| article 3 "Care plans in time" | not tied to a row |  |  |  | € -148.26 |',
    ):
        assert line in shown
