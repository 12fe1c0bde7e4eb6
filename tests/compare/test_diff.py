"""Versions beside each other: differences of meaning only, and effects that sum exactly to the difference."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

from click.testing import CliRunner

from contractlang.cli.main import contractlang
from contractlang.compare.blocks import blocks_of
from contractlang.compare.changes import changes

OLD = """contract "Hours" version "1"
  payer     "Delta"
  provider  "West"
  term      2026-01-01 through 2026-12-31
  settle    per calendar year
  rounded   half away from zero to € 0.01 per row

data care
  line_id    text   key
  kind       one of A, B
  care_date  date   decides year, tariff, period
  hours      hours

tariff fee per hour by kind
  | kind | from 2026-01-01 |
  | A    |        € 100.00 |
  | B    |        € 200.00 |

article 1 "Hours"
  > The payer pays hours at the fee.
  pay hours of care at fee

article 2 "Ceiling"
  limit article 1 to at most € 900.00
    per         calendar year of care_date
    part year   full amount
    filled by   care_date, then row number
    last row    in part
    late row    reopens the period
    freed room  stays empty
    outside     nothing
    above       nothing
"""
CARE = """line_id,kind,care_date,hours
R1,A,2026-01-05,5
R2,B,2026-02-05,2
R3,A,2026-03-05,3
"""


def compare(tmp_path: Path, new: str, *options: str) -> tuple[int, str]:
    (tmp_path / "old.zc").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.zc").write_text(new, encoding="utf-8")
    (tmp_path / "care.csv").write_text(CARE, encoding="utf-8")
    arguments = ["diff", str(tmp_path / "old.zc"), str(tmp_path / "new.zc"), *options]
    done = CliRunner().invoke(contractlang, [one.replace("CARE", str(tmp_path / "care.csv")) for one in arguments])
    return done.exit_code, done.output


def found(old: str, new: str) -> list[tuple[str, str, str]]:
    made = changes(blocks_of(old, "old.zc", "", "en"), blocks_of(new, "new.zc", "", "en"))
    return [(one.kind, one.name, one.what) for one in made]


def test_layout_comments_and_prose_are_no_difference(tmp_path: Path) -> None:
    other = OLD.replace("  pay hours", "  # as agreed\n  pay   hours").replace("The payer pays", "Delta pays")
    assert compare(tmp_path, other) == (0, "What differs in meaning  nothing\n")


def test_a_new_version_number_alone_is_no_difference(tmp_path: Path) -> None:
    assert compare(tmp_path, OLD.replace('version "1"', 'version "2"'))[0] == 0


def test_what_changed_is_told_in_the_words_of_the_contract(tmp_path: Path) -> None:
    code, output = compare(tmp_path, OLD.replace("€ 100.00", "€ 110.00"))
    assert code == 0
    assert output.splitlines()[2:] == ["tariff fee", "  row A, from 2026-01-01: € 100.00 → € 110.00"]


def test_an_article_under_another_number_is_the_same_article() -> None:
    other = OLD.replace("article 2 ", "article 7 ")
    assert found(OLD, other) == [("article", "7", "renamed")]


BONUS = 'article 2 "Bonus"\n  pay € 10.00\n    per          calendar year\n    part year    full amount\n    instalments  none\n\n'


def test_an_article_that_is_inserted_moves_the_others_up(tmp_path: Path) -> None:
    """What moved is the same article: only what is new, and what changed besides, does something in euros."""
    new = OLD.replace("article 2 ", BONUS + "article 3 ").replace("€ 900.00", "€ 1,000.00")
    _, output = compare(tmp_path, new)
    assert output.splitlines()[2:7] == [
        "numbers of articles",
        "  article 2 → 3",
        'article 2 "Bonus": added',
        "  + pay € 10.00",
        "  + per calendar year",
    ]
    assert 'article 3 "Ceiling"\n  limit article 1 to at most € 900.00 → € 1,000.00\n' in output
    told = json.loads(compare(tmp_path, new, "--data", "CARE", "--format", "json")[1])["bridge"]
    assert [(one["changes"], one["total"], one["places"][0]["article"]) for one in told["effects"]] == [
        (["article 2"], "10", "2"),
        (["article 3"], "100", "3"),
    ]


def test_an_article_that_goes_moves_the_others_down(tmp_path: Path) -> None:
    (tmp_path / "old.zc").write_text(OLD.replace("article 2 ", BONUS + "article 3 "), encoding="utf-8")
    (tmp_path / "new.zc").write_text(OLD, encoding="utf-8")
    (tmp_path / "care.csv").write_text(CARE, encoding="utf-8")
    files = [str(tmp_path / name) for name in ("old.zc", "new.zc")]
    done = CliRunner().invoke(contractlang, ["diff", *files, "--data", str(tmp_path / "care.csv"), "--format", "json"])
    told = json.loads(done.output)
    assert [(one["block"], one["what"]) for one in told["changes"]] == [
        ("numbers of articles", "changed"),
        ('article 2 "Bonus"', "removed"),
    ]
    assert [one["total"] for one in told["bridge"]["effects"]] == ["-10"]


def test_articles_that_change_numbers_with_each_other_or_places_are_the_same_articles(tmp_path: Path) -> None:
    other = OLD.replace("article 1", "article 9").replace("article 2", "article 1").replace("article 9", "article 2")
    assert compare(tmp_path, other)[1].splitlines()[2:] == [
        "numbers of articles",
        "  article 1 → 2",
        "  article 2 → 1",
    ]
    head, ceiling = OLD.split("article 2")
    before, hours = head.split("article 1")
    assert compare(tmp_path, f"{before}article 2{ceiling}\narticle 1{hours}")[1] == "What differs in meaning  nothing\n"


def test_what_a_column_is_called_in_the_data_is_a_difference(tmp_path: Path) -> None:
    """Another column of the file would be read."""
    output = compare(tmp_path, OLD.replace("  hours      hours\n", '  hours      hours  heading "hours_paid"\n'))[1]
    assert output.splitlines()[2:] == ["data care", '  hours: hours → hours heading "hours_paid"']


def test_added_and_removed_articles() -> None:
    bonus = '\narticle 3 "Bonus"\n  pay € 10.00\n    per          calendar year\n    part year    full amount\n'
    assert found(OLD, OLD + bonus) == [("article", "3", "added")]
    assert found(OLD + bonus, OLD) == [("article", "3", "removed")]


def test_the_effects_sum_to_the_difference(tmp_path: Path) -> None:
    new = OLD.replace("€ 100.00", "€ 110.00").replace("€ 900.00", "€ 1,300.00")
    code, output = compare(tmp_path, new, "--data", "CARE", "--format", "json")
    assert code == 0
    told = json.loads(output)["bridge"]
    assert (told["old"], told["new"], told["method"]) == ("900", "1280", "shapley")
    effects = {one["changes"][0]: one for one in told["effects"]}
    # the fee alone changes nothing below the old ceiling; with room it is worth 80: half of that is its share
    assert effects["lookup fee"]["alone"] == "0"
    assert effects["lookup fee"]["total"] == "40"
    assert effects["article 2"]["alone"] == "300"
    assert effects["article 2"]["total"] == "340"
    assert {one["favours"] for one in told["effects"]} == {"provider"}
    places = [place for one in told["effects"] for place in one["places"]]
    assert sum(Fraction(place["amount"]) for place in places) == 380


def test_a_report_that_makes_empty_cells_count_has_its_effect(tmp_path: Path) -> None:
    """Only a report reads the client; R2 has none and is then rejected: 500.00 and 300.00 instead of 500.00 and 400.00."""
    column = OLD.replace("  hours      hours\n", "  hours      hours\n  client     text\n")
    report = '\nreport by_client "Clients"\n  as of  the statement\n  per    client\n  show   number of rows of care\n'
    (tmp_path / "old.zc").write_text(column, encoding="utf-8")
    (tmp_path / "care.csv").write_text(
        "line_id,kind,care_date,hours,client\nR1,A,2026-01-05,5,X\nR2,B,2026-02-05,2,\nR3,A,2026-03-05,3,Y\n",
        encoding="utf-8",
    )

    def effects(new: str) -> list[tuple[list[str], str]]:
        (tmp_path / "new.zc").write_text(new, encoding="utf-8")
        files = [str(tmp_path / name) for name in ("old.zc", "new.zc")]
        done = CliRunner().invoke(
            contractlang, ["diff", *files, "--data", str(tmp_path / "care.csv"), "--format", "json"]
        )
        return [(one["changes"], one["total"]) for one in json.loads(done.output)["bridge"]["effects"]]

    assert effects(column + report) == [(["report by_client"], "-100")]
    harmless = report.replace("  per    client\n", "")
    assert effects(column.replace("€ 900.00", "€ 1,000.00") + harmless) == [(["article 2"], "100")]


def test_the_bridge_as_text(tmp_path: Path) -> None:
    new = OLD.replace("€ 100.00", "€ 110.00").replace("€ 900.00", "€ 1,300.00")
    _, output = compare(tmp_path, new, "--data", "CARE")
    assert "Old version" in output
    assert "€ 340.00" in output
    assert "Shapley" in output


def test_a_contract_with_errors_is_shown(tmp_path: Path) -> None:
    code, output = compare(tmp_path, OLD.replace("hours of care", "hours of cure"))
    assert code == 2
    assert "ZC242" in output
