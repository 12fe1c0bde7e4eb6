"""A statement as text, Markdown, JSON and CSV, in Dutch and English."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from fractions import Fraction
from io import StringIO
from pathlib import Path
from string import Formatter

import pytest
from msgspec.structs import replace

from contractlang.model.contract import Default, Parties
from contractlang.model.expression import ArticleAmount
from contractlang.model.heads import Manual, Report, Show
from contractlang.model.tables import Kind
from contractlang.report.numbers import money, number, percent, shown
from contractlang.report.render import render
from contractlang.report.words import WORDS
from contractlang.report.write import write_atomically
from contractlang.settling.settle import settle
from contractlang.statement.model import SharePart, Statement, read_statement
from tests.settle.fake import Fake
from tests.settle.models import (
    CATEGORY,
    PRODUCTION,
    ROWS,
    YEAR,
    average_norm,
    column,
    contract,
    limit,
    nested_ceilings,
    pay,
)
from tests.settle.models import number as number_of


@pytest.fixture(scope="module")
def statement() -> Statement:
    report = Report("use", "Use of the ceilings", (CATEGORY,), None, (Show("Priced", ArticleAmount("3", ())),))
    model = nested_ceilings()
    model = replace(
        model,
        reports=(report,),
        heads=(*model.heads, Manual("9a", "9", "hardship")),
        defaults=(Default("article 4", "late rows reopen the period"),),
    )
    return settle(model, Fake(model, {"production": ROWS}), {}, date(2026, 12, 31))


def amounts_in(lines: list[str]) -> list[int]:
    found = [re.findall(r"€ (-?[\d.]+,\d\d)", line) for line in lines]
    return [int(re.sub(r"[.,]", "", one[-1])) for one in found if one]


def test_the_text_is_a_dutch_statement_of_a_hundred_columns(statement: Statement) -> None:
    text = render(statement, "text", "nl")
    assert text.startswith("AFREKENING\n")
    assert max(len(line) for line in text.splitlines()) <= 100
    for part in ("Delta Health Insurance", "01-01-2026 t/m 31-12-2026", "€ 1.041.090,00", "01-03-2026", "109,68 %"):
        assert part in text


def test_the_printed_articles_sum_to_the_printed_total(statement: Statement) -> None:
    text = render(statement, "text", "nl")
    section = text.split("Samenvatting\n")[1].split("\n\n")[0].splitlines()
    *addends, total = amounts_in(section)
    assert total == 104109000
    assert sum(addends) == total


def test_what_nobody_receives_is_told_with_what_is_divided(statement: Statement) -> None:
    """It is no part of the total: see tests/models/left_over.zc."""
    nobody = {"party": None, "scope": {}, "step": 2, "to": None, "left": True}
    left = tuple(SharePart(article="7", head="7a", amount=amount, **nobody) for amount in ("728.66", "0.34"))  # type: ignore[arg-type]
    (told,) = [one for one in render(replace(statement, shares=left), "text", "nl").splitlines() if "€ 728,66" in one]
    assert "blijft bij de financier" in told
    assert "blijft bij de financier" not in render(statement, "text", "nl")


def test_the_printed_periods_sum_to_the_printed_total(statement: Statement) -> None:
    section = render(statement, "text", "nl").split("Per periode\n")[1].split("\n\n")[0].splitlines()
    *addends, total = amounts_in(section)
    assert len(addends) == 3
    assert sum(addends) == total == 104109000


def test_the_flow_of_claims_sums_in_rows_and_euros(statement: Statement) -> None:
    section = render(statement, "text", "nl").split("Wat er van de declaraties werd\n")[1].split("\n\n")[0].splitlines()
    *addends, total = amounts_in(section)
    assert sum(addends) == total == 106500000


def test_english_numbers_and_words(statement: Statement) -> None:
    text = render(statement, "text", "en")
    assert text.startswith("SETTLEMENT STATEMENT\n")
    assert "€ 1,041,090.00" in text
    assert "€ -15,000.00" in text
    assert "2026-01-01 through 2026-12-31" in text
    assert "Art. 5 (5a) limits article 3" in text
    assert "late rows reopen the period" in text


def test_every_word_is_there_in_both_languages_with_the_same_fields() -> None:
    for key, (english, dutch) in WORDS.items():
        fields = [{field for _, field, _, _ in Formatter().parse(text) if field} for text in (english, dutch)]
        assert fields[0] == fields[1], key
        assert bool(english) == bool(dutch), key


def test_no_key_of_the_word_table_is_printed_as_it_is(statement: Statement) -> None:
    text = render(statement, "text", "nl")
    assert not re.findall(r"\b(?:law|step|figure|does|reason|every)\.\w+", text)


def test_markdown_keeps_text_of_the_data_from_becoming_markup(statement: Statement) -> None:
    title = replace(statement.titles[0], title="a | b *c* <script>")
    text = render(replace(statement, titles=(title, *statement.titles[1:])), "markdown", "en")
    assert "| 3 | a \\| b \\*c\\* \\<script\\> | € 1,065,000.00 |" in text


def test_json_is_the_whole_statement(statement: Statement) -> None:
    text = render(statement, "json", "nl")
    assert read_statement(text) == statement
    assert json.loads(text)["articles"]["4"] == "-15000.00"
    assert json.loads(text)["articles"]["9"] is None


def test_csv_holds_the_posts_and_sums_to_the_total(statement: Statement) -> None:
    header, *rows = csv.reader(StringIO(render(statement, "csv", "nl")))
    assert header[:5] == ["Art.", "Onderdeel", "Partij", "Periode", "Bedrag"]
    assert sum(Fraction(row[4]) for row in rows if row[4]) == Fraction(statement.total)
    assert [row for row in rows if row[0] == "9"] == [["9", "9a", "", "2026-12", "", "", "", "", "hardship"]]


def test_an_unknown_format_is_refused(statement: Statement) -> None:
    with pytest.raises(ValueError, match="pdf"):
        render(statement, "pdf", "nl")


def test_the_derivation_of_a_norm_reads_as_steps() -> None:
    row = {
        "line_id": "R1",
        "client_id": "A",
        "care_date": date(2026, 1, 10),
        "hours": Fraction(20),
    }
    model = average_norm()
    text = render(settle(model, Fake(model, {"care": [row]}), {}, None), "text", "en")
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert "Art. 5 (5a), 2026-12: € -464.18" in lines
    start = lines.index("Art. 5 (5a), 2026-12: € -464.18")
    steps = lines[start + 4 : start + 14]
    assert "excess_hours: minus allowed_hours, 12.5 7.5" in steps
    assert "times 61.89 464.175" in steps
    assert "rounded 464.18" in steps


@pytest.mark.parametrize(
    ("value", "unit", "is_percent", "text"),
    [
        ("47/57", "", True, "≈ 82,46 %"),
        ("0.35", "", True, "35 %"),
        ("1234567.8", "€", False, "€ 1.234.567,80"),
        ("11/12", "", False, "≈ 0,916667"),
        ("12.5", "uur", False, "12,5 uur"),
        (None, "€", False, "–"),
    ],
)
def test_figures_of_reports(value: str | None, unit: str, is_percent: bool, text: str) -> None:
    assert shown(value, unit, is_percent, "nl") == text


def test_numbers() -> None:
    assert (money("1250.00", "nl"), money("1250.00", "en")) == ("€ 1.250,00", "€ 1,250.00")
    assert (money("-880.12", "nl"), money(None, "nl")) == ("€ -880,12", "–")
    assert percent("106.67", "nl") == "106,67 %"
    assert number(Fraction(-1, 3), "en") == "≈ -0.333333"


def test_writing_replaces_the_whole_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "statement.txt"
    path.write_text("old")
    path.chmod(0o640)
    write_atomically(path, "€ 1\n")
    assert path.read_bytes() == "€ 1\n".encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert [one.name for one in tmp_path.iterdir()] == ["statement.txt"]


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "statement.txt"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(path, "\ud800")
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["statement.txt"]


def test_what_does_not_fit_is_one_line_with_its_sum() -> None:
    providers = [f"P{index:03d}" for index in range(80)]
    own = replace(PRODUCTION, columns=(*PRODUCTION.columns, column("provider", Kind.TEXT, "party")), party="provider")
    parties = Parties("Delta Health Insurance", None, "production", "provider")
    model = contract((pay(), limit("4", number_of(90), YEAR)), (own,), parties=parties)
    rows = [{**ROWS[0], "amount": Fraction(100 + index), "provider": name} for index, name in enumerate(providers)]
    text = render(settle(model, Fake(model, {"production": rows}), {}, None), "text", "nl")
    assert "80 aanbieders, elk afzonderlijk afgerekend" in text
    section = text.split("Per partij en periode\n")[1].split("\n\n")[0].splitlines()
    assert any(line.startswith("20 andere") for line in section)
    *addends, total = amounts_in(section)
    assert len(addends) == 61
    assert sum(addends) == total == 80 * 9000


def test_a_report_with_many_figures_has_a_line_for_each() -> None:
    shows = tuple(Show(f"Figure {index}", ArticleAmount("3", ())) for index in range(6))
    model = replace(nested_ceilings(), reports=(Report("use", "Use", (CATEGORY,), None, shows),))
    text = render(settle(model, Fake(model, {"production": ROWS}), {}, None), "text", "en")
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert "B Figure 5 € 255,000.00" in lines
