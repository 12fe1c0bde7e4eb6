"""The acceptance scenarios: outcomes that two independent programs computed from the same files."""

from __future__ import annotations

import csv
import json
import re
from fractions import Fraction
from pathlib import Path

import pytest

from contractlang.analysis.check import check
from contractlang.api import make_engine
from contractlang.data.prepare import cleanup, prepare
from contractlang.model.contract import Contract
from contractlang.settle.settle import settle
from contractlang.statement.model import Statement

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "acceptance"
FOLDERS = {"S03": "S03-inspanningsgericht-plafond", "S04": "S04-ffs-zbc-fysiotherapie"}
CASES = [(s, language, engine) for s in FOLDERS for language in ("nl", "en") for engine in ("duckdb", "oracle")]

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.exists(), reason="the acceptance scenarios in ../shared are absent"),
]


def contract_of(scenario: str, language: str, *changes: tuple[str, str]) -> Contract:
    text = (HERE / scenario / f"{language}.zc").read_text(encoding="utf-8")
    if changes:
        text = re.sub(r"(?<=\S) {2,}", " ", text)
    for old, new in changes:
        assert text.count(old) == 1, f"the mutation does not apply: {old!r}"
        text = text.replace(old, new)
    checked = check(text, f"{scenario}/{language}.zc", str(HERE / scenario))
    assert checked.contract is not None, checked.findings
    return checked.contract


def run(contract: Contract, scenario: str, engine: str) -> tuple[Statement, list[tuple[object, ...]]]:
    prepared = prepare(contract, SHARED / FOLDERS[scenario])
    made = make_engine(engine, contract, prepared, None)
    try:
        statement = settle(contract, made, prepared, None)
        lines = [
            (line.row, line.key, line.submitted, line.priced, line.payable, line.reason or "") for line in made.lines()
        ]
        return statement, lines
    finally:
        cleanup(prepared)


def expected(scenario: str) -> dict[str, object]:
    return json.loads((SHARED / FOLDERS[scenario] / "expected.json").read_text(encoding="utf-8"))


def cents(text: str) -> int:
    amount = Fraction(text) * 100
    assert amount.denominator == 1
    return amount.numerator


@pytest.mark.parametrize(("scenario", "language", "engine"), CASES)
def test_statement_equals_the_published_outcome(scenario: str, language: str, engine: str) -> None:
    want = expected(scenario)
    statement, lines = run(contract_of(scenario, language), scenario, engine)
    assert statement.total == want["total_entitlement"]
    articles: dict[str, int] = {}
    for post in want["articles"]:
        articles[post["article"]] = articles.get(post["article"], 0) + cents(post["amount"])
    assert {number: cents(str(amount)) for number, amount in statement.articles.items()} == articles
    counts = want["lines"]
    assert statement.rows.submitted == counts["rows"]
    assert statement.rows.rejected == counts["rejected_rows"]
    assert statement.amounts.submitted == counts["submitted"]
    assert statement.amounts.rejected == counts["rejected"]
    assert statement.amounts.priced == counts["accepted_priced"]
    assert statement.amounts.paid == counts["paid"]
    assert statement.amounts.cut == counts["cut"]
    rejected = [(row, key, submitted, reason) for row, key, submitted, _, _, reason in lines if reason]
    assert rejected == [(r["row"], r["line_id"], cents(r["submitted"]), r["reason"]) for r in want["rejected_rows"]]


@pytest.mark.parametrize(("scenario", "language", "engine"), CASES)
def test_every_line_equals_the_published_line(scenario: str, language: str, engine: str) -> None:
    _, lines = run(contract_of(scenario, language), scenario, engine)
    with (SHARED / FOLDERS[scenario] / "expected_lines.csv").open(encoding="utf-8", newline="") as file:
        want = [
            (
                int(r["row"]),
                r["line_id"],
                cents(r["submitted"]),
                cents(r["priced"]),
                cents(r["payable"]),
                r["rejected_reason"],
            )
            for r in csv.DictReader(file)
        ]
    assert lines == want


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_s03_reports_and_ceiling(language: str, engine: str) -> None:
    want = expected("S03")
    statement, _ = run(contract_of("S03", language), "S03", engine)
    weekly, by_level = statement.reports
    found: dict[str, dict[str, str]] = {}
    for row in weekly.rows:
        team, week = row.keys.values()
        found.setdefault(team, {})[week] = str(row.figures[0].value)
    referrers = want["monitoring"]["referrer_report"]
    assert {t: {w: Fraction(v) for w, v in weeks.items()} for t, weeks in found.items()} == {
        team: {week: Fraction(amount) for week, amount in report["weeks"].items()} for team, report in referrers.items()
    }
    groups = {}
    for row in by_level.rows:
        level, urgency = row.keys.values()
        name = level or ("verblijf crisis" if urgency else "verblijf")
        groups[name] = {"priced": Fraction(str(row.figures[0].value)), "payable": Fraction(str(row.figures[1].value))}
    assert groups == {n: {k: Fraction(v) for k, v in group.items()} for n, group in want["per_group"].items()}
    (ceiling,) = statement.ceilings
    assert ceiling.amount == want["ceiling"]["room_at_start"]
    assert ceiling.counted == want["ceiling"]["counted"]
    assert ceiling.paid == want["ceiling"]["used"]


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_s04_per_contract_year(language: str, engine: str) -> None:
    statement, _ = run(contract_of("S04", language), "S04", engine)
    assert {post.period: post.amount for post in statement.posts} == expected("S04")["per_period"]


# one negotiated decision is one line, so a mutation of the contract is a change of a few lines; blanks do not count
MUTATIONS = {
    ("S03", "en", 0): [("last row in part", "last row nothing, later rows that fit are paid")],
    ("S03", "nl", 0): [("laatste rij deels", "laatste rij niets, latere rijen die passen wel")],
    ("S03", "en", 1): [("outside care where urgency = CRISIS", "outside nothing"), ("they count not", "# they count")],
    ("S03", "nl", 1): [("buiten zorg waar spoed = CRISIS", "buiten niets"), ("die tellen niet", "# die tellen")],
    ("S04", "en", 0): [
        ('empty means none decides year, tariff, period when product_code starting with "DBC-"', "empty means none"),
        (
            "received_on date\n",
            'received_on date decides year, tariff, period when product_code starting with "DBC-"\n',
        ),
        ("take submitted_tariff of care", "take contract_price"),
        ("at most contract_price", "# the claimed tariff does not count"),
    ],
    ("S04", "nl", 0): [
        (
            'leeg betekent geen bepaalt jaar, tarief, periode wanneer productcode beginnend met "DBC-"',
            "leeg betekent geen",
        ),
        (
            "received_on datum\n",
            'received_on datum bepaalt jaar, tarief, periode wanneer productcode beginnend met "DBC-"\n',
        ),
        ("neem gedeclareerd_tarief van zorg", "neem contractprijs"),
        ("ten hoogste contractprijs", "# het gedeclareerde tarief telt niet"),
    ],
}


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
@pytest.mark.parametrize(("scenario", "language", "number"), sorted(MUTATIONS))
def test_mutations_give_their_outcome(scenario: str, language: str, number: int, engine: str) -> None:
    want = expected(scenario)["mutations"][number]
    contract = contract_of(scenario, language, *MUTATIONS[scenario, language, number])
    statement, _ = run(contract, scenario, engine)
    if "total_entitlement" in want:
        assert statement.total == want["total_entitlement"]
    for period, amount in want.get("per_period", {}).items():
        assert {total.period: total.amount for total in statement.parties}[period] == amount
