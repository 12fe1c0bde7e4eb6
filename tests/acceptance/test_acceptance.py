"""The acceptance scenarios: outcomes that two independent programs computed from the same files."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from contractlang.analysis.check import check
from contractlang.api import make_engine
from contractlang.data.prepare import cleanup, prepare
from contractlang.model.contract import Contract
from contractlang.settling.settle import settle
from contractlang.statement.figures import money
from contractlang.statement.model import Statement

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "acceptance"
FOLDERS = {path.name[:3]: path.name for path in sorted(SHARED.glob("S*-*"))}
DONE = [name for name in FOLDERS if (HERE / name).exists()]
AS_OF = {"S09": date(2025, 9, 10), "S11": date(2026, 5, 15)}
LARGE = {"S06", "S08"}  # the oracle goes over 170,000 rows one by one: once in the normal run
CASES = [
    pytest.param(s, language, engine, marks=[pytest.mark.slow] if s in LARGE and (language, engine) == ("en", "oracle") else [])
    for s in DONE for language in ("nl", "en") for engine in ("duckdb", "oracle")
]  # fmt: skip

IN_STEPS = {"S02"}  # its articles 4a to 4d are steps of one distribution

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.exists(), reason="the acceptance scenarios in ../shared are absent"),
]


@cache
def contract_of(scenario: str, language: str, *changes: tuple[str, str]) -> Contract:
    text = (HERE / scenario / f"{language}.zc").read_text(encoding="utf-8")
    if changes:
        text = re.sub(r",\n +", ", ", re.sub(r"(?<=\S) {2,}", " ", text))
    for old, new in changes:
        assert text.count(old) == 1, f"the mutation does not apply: {old!r}"
        text = text.replace(old, new)
    checked = check(text, f"{scenario}/{language}.zc", str(HERE / scenario))
    assert checked.contract is not None, checked.findings
    return checked.contract


@cache
def run(
    contract: Contract, scenario: str, engine: str, as_of: date | None = None
) -> tuple[Statement, list[tuple[object, ...]]]:
    """The statement, and the lines of the care data: row, key, claimed, priced, payable, reason. The oracle takes its time."""
    as_of = as_of or AS_OF.get(scenario)
    prepared = prepare(contract, SHARED / FOLDERS[scenario])
    made = make_engine(engine, contract, prepared, as_of)
    try:
        statement = settle(contract, made, prepared, as_of)
        lines = [
            (line.row, line.key, line.submitted, line.priced, line.payable, line.reason or "")
            for line in (*made.lines(), *made.counted())
            if line.table in ("care", "zorg")
        ]
        return statement, lines
    finally:
        made.close()
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
    if "total_entitlement" in want:
        assert statement.total == want["total_entitlement"]
    if scenario not in IN_STEPS:
        articles: dict[str, int] = {}
        for post in want.get("articles", []):
            articles[post["article"]] = articles.get(post["article"], 0) + cents(post["amount"])
        assert {number: cents(str(amount)) for number, amount in statement.articles.items()} == articles
    counts = want["lines"]
    assert len(lines) == counts["rows"]
    rejected = [(row, key, submitted, reason) for row, key, submitted, _, _, reason in lines if reason]
    told = zip(want["rejected_rows"], rejected, strict=True)
    assert rejected == [
        (r["row"], r["line_id"], cents(r["submitted"]) if "submitted" in r else found[2], r["reason"])
        for r, found in told
    ]
    if "submitted" in counts:
        assert sum(int(str(line[2])) for line in lines) == cents(counts["submitted"])
        assert sum(int(str(line[2])) for line in lines if line[5]) == cents(counts["rejected"])
        assert sum(int(str(line[3])) for line in lines) == cents(counts["accepted_priced"])
    if "paid" in counts:
        assert statement.amounts.paid == counts["paid"]
        assert cents(statement.amounts.cut) + cents(statement.amounts.absorbed) == cents(counts["cut"])


@pytest.mark.parametrize(("scenario", "language", "engine"), CASES)
def test_every_line_equals_the_published_line(scenario: str, language: str, engine: str) -> None:
    path = SHARED / FOLDERS[scenario] / "expected_lines.csv"
    if not path.exists():
        pytest.skip("the scenario publishes no lines")
    _, lines = run(contract_of(scenario, language), scenario, engine)
    with path.open(encoding="utf-8", newline="") as file:
        records = list(csv.DictReader(file))
    want = [
        (int(r["row"]), r["line_id"], cents(r["submitted"]), cents(r["priced"]), r["rejected_reason"]) for r in records
    ]
    assert [(*line[:4], line[5]) for line in lines] == want
    # an empty cell: nothing is paid or cut per line there, only at the level of the contract
    told = [(line[4], cents(r["payable"])) for line, r in zip(lines, records, strict=True) if r["payable"]]
    assert [payable or 0 for payable, _ in told] == [payable for _, payable in told]


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


def _shares(statement: Statement, article: str) -> dict[str, str]:
    """What a distribution gives each name, the reserve under its own."""
    found: dict[str, int] = {}
    for one in statement.shares:
        if one.article == article:
            name = one.to or "RESERVE"
            found[name] = found.get(name, 0) + cents(one.amount)
    return {name: money(amount) for name, amount in found.items()}


LANGUAGES_AND_ENGINES = [(language, engine) for language in ("nl", "en") for engine in ("duckdb", "oracle")]


@pytest.mark.parametrize(("language", "engine"), LANGUAGES_AND_ENGINES)
def test_s01_instalments_penalties_and_balance(language: str, engine: str) -> None:
    want = expected("S01")
    statement, _ = run(contract_of("S01", language), "S01", engine)
    assert statement.due == want["balance"]
    assert statement.cash[0].amount == "-" + want["advances"]
    parts = [post for post in statement.posts if post.article == "4"]
    days = [step.figures["day"] for post in parts for step in post.derivation if step.key == "instalment"]
    assert [(day, post.amount) for day, post in zip(days, parts, strict=True)] == [
        (one["date"], one["amount"]) for one in want["instalments"]
    ]
    (penalties,) = statement.ceilings
    assert (penalties.counted, penalties.amount) == (want["penalty"]["uncapped"], want["penalty"]["cap"])
    clients = next(one for one in statement.reports if len(one.rows) == 1)
    assert clients.rows[0].figures[0].value == str(want["unique_clients"])
    scores = next(one for one in statement.reports if len(one.rows) == 4)
    shown = [Fraction(str(row.figures[i].value)) for row in scores.rows for i in (0, 1)]
    assert shown == [Fraction(one["score"]) for one in want["kpi"]]


@pytest.mark.parametrize(("language", "engine"), LANGUAGES_AND_ENGINES)
def test_s02_distribution_and_reserve(language: str, engine: str) -> None:
    want = expected("S02")
    statement, _ = run(contract_of("S02", language), "S02", engine)
    assert _shares(statement, "4") == {name: parts["total"] for name, parts in want["distribution"].items()}
    assert _shares(statement, "5") == want["reserve_returned"]
    steps: dict[int, int] = {}
    for one in statement.shares:
        if one.article == "4":
            steps[one.step] = steps.get(one.step, 0) + cents(one.amount)
    assert [money(amount) for amount in steps.values()] == [post["amount"] for post in want["articles"]]
    by_name = {(one.to, one.step): one.amount for one in statement.shares if one.article == "4"}
    for name, parts in want["distribution"].items():
        if "mdo" in parts:
            assert (by_name[name, 2], by_name[name, 4]) == (parts["mdo"], parts["remainder"])


@pytest.mark.parametrize(("language", "engine"), LANGUAGES_AND_ENGINES)
def test_s10_and_s11_what_is_due(language: str, engine: str) -> None:
    assert run(contract_of("S10", language), "S10", engine)[0].due == expected("S10")["settlement"]
    assert run(contract_of("S11", language), "S11", engine)[0].due == expected("S11")["balance"]


@pytest.mark.parametrize(("language", "engine"), LANGUAGES_AND_ENGINES)
def test_s12_distribution(language: str, engine: str) -> None:
    statement, _ = run(contract_of("S12", language), "S12", engine)
    assert _shares(statement, "7") == expected("S12")["distribution"]


@pytest.mark.parametrize(("language", "engine"), LANGUAGES_AND_ENGINES)
def test_s07_distribution_and_shadow_price(language: str, engine: str) -> None:
    want = expected("S07")
    statement, _ = run(contract_of("S07", language), "S07", engine)
    assert _shares(statement, "6") == want["distribution"]
    assert statement.amounts.absorbed == want["absorbed_shadow_value"]


def _figures(statement: Statement, report: int) -> dict[str, list[str | None]]:
    """The figures of a report by the values of its keys."""
    rows = statement.reports[report].rows
    return {"|".join(row.keys.values()): [one.value for one in row.figures] for row in rows}


def _euros(text: str | None) -> Fraction:
    return Fraction(str(text))


@pytest.mark.parametrize(("language", "engine"), LANGUAGES_AND_ENGINES)
def test_s09_monitoring(language: str, engine: str) -> None:
    want = expected("S09")["monitoring"]
    statement, _ = run(contract_of("S09", language), "S09", engine)
    assert statement.total == "0.00"
    by_kind = _figures(statement, 0)
    zin, pgb = ([_euros(value) for value in by_kind[f"{kind}|2025"]] for kind in ("ZIN", "PGB"))
    percent = Fraction(want["utilisation_pct"]["ZIN"]) / 100
    assert zin[1:3] == [Fraction(want["approved"]["ZIN"]), percent]
    assert zin[3:] == [
        Fraction(want["ultimate_zin"]), Fraction(want["ibnr_zin"]),
        Fraction(want["utilisation_incl_ibnr_zin_pct"]) / 100, Fraction(want["prognosis"]["ZIN"]),
    ]  # fmt: skip
    assert (pgb[1], pgb[2], pgb[6]) == (
        Fraction(want["approved"]["PGB"]), Fraction(want["utilisation_pct"]["PGB"]) / 100, Fraction(want["prognosis"]["PGB"]),
    )  # fmt: skip
    months = _figures(statement, 1)
    for month, approved in want["approved_zin_per_month"].items():
        assert [_euros(v) for v in months[f"ZIN|{month}|2025"]] == [
            Fraction(approved), Fraction(want["ultimate_zin_per_month"][month]),
        ]  # fmt: skip
    (together,) = _figures(statement, 2).values()
    assert [_euros(v) for v in together] == [
        Fraction(want["budget_total"]), Fraction(want["approved"]["total"]), Fraction(want["utilisation_pct"]["total"]) / 100,
        Fraction(want["prognosis"]["total"]), Fraction(want["gap"]), Fraction(want["gap_pct"]) / 100,
    ]  # fmt: skip
    second = want["second_as_of"]
    assert [_euros(v) for v in _figures(statement, 3)["ZIN|2025"]] == [
        Fraction(second["approved_zin"]), Fraction(second["utilisation_zin_pct"]) / 100,
    ]  # fmt: skip
    proposed = expected("S09")["reallocation"]
    (room,) = _figures(statement, 4).values()
    assert [_euros(v) for v in room] == [
        Fraction(proposed[k]) for k in ("freed", "available", "demand", "factor", "total")
    ]
    agreements = {keys.split("|")[0]: _euros(values[-1]) for keys, values in _figures(statement, 5).items()}
    assert agreements == {name: Fraction(amount) for name, amount in proposed["agreements"].items()}


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


def _on_top(language: str, scenario: str) -> dict[int, list[tuple[str, str]]]:
    """The mutations of the scenarios whose amounts stand on top of others, in the words of the language."""
    nl = language == "nl"
    return {
        "S01": {
            0: [
                ("volgens staffel cliëntenband" if nl else "by scale client_band",
                 "min 400\n    niets tenzij cliënten onder 360 of cliënten boven 440\n    maal € 3.125,00 per stuk" if nl else
                 "minus 400\n    nothing unless clients below 360 or clients above 440\n    times € 3,125.00 each"),
            ],
            1: [("looptijd 2024-01-01 t/m", "looptijd 2024-03-15 t/m") if nl else
                ("term 2024-01-01 through", "term 2024-03-15 through")],
        },
        "S02": {0: [("4,0 % van het geheel", "4,0 % van wat over is") if nl else ("4.0 % of the whole", "4.0 % of what is left")]},
        "S05": {
            0: [("corrigeer artikel 4 na artikel 5", "corrigeer artikel 4 vóór artikel 5") if nl else
                ("adjust article 4 after article 5", "adjust article 4 before article 5")],
            1: [("weggelaten, de andere wegingen vullen aan", "telt als 0") if nl else
                ("left out, the other weights fill up", "counts as 0")],
            2: [("gebeurd_op vóór 2025-03-01", "gebeurd_op vóór 2025-02-14") if nl else
                ("happened_on before 2025-03-01", "happened_on before 2025-02-14")],
        },
        "S06": {
            0: [(" ten hoogste eigen_grens\n", "\n") if nl else (" at most own_limit\n", "\n")],
            1: [("niets tenzij besparing ten minste drempel\n", "niets tenzij besparing ten minste drempel\n  min drempel\n") if nl else
                ("nothing unless saving at least threshold\n", "nothing unless saving at least threshold\n  minus threshold\n")],
        },
        "S07": {0: [('"OUT_OF_NETWORK" wanneer', '# wanneer')]} if nl else {0: [('"OUT_OF_NETWORK" when', "# when")]},
        "S10": {
            0: [("index_2025 optellend", "index_2025 samengesteld") if nl else ("index_2025 additive", "index_2025 compounded")],
            1: [("verlaag artikel 2\n", "verlaag artikel 2 en artikel 3 en artikel 4\n") if nl else
                ("reduce article 2\n", "reduce article 2 and article 3 and article 4\n")],
        },
        "S11": {
            0: [("begrens artikel 3 na artikel 4", "begrens artikel 3 vóór artikel 4") if nl else
                ("limit article 3 after article 4", "limit article 3 before article 4")],
            1: [("op ten hoogste € 2.900.000,00", "op ten hoogste € 2.600.000,00") if nl else
                ("to at most € 2,900,000.00", "to at most € 2,600,000.00")],
            2: [],
        },
        "S12": {0: [(" neem som van gedeclareerd_bedrag van zorg\n", " neem som van gedeclareerd_bedrag van zorg\n  plus artikel 4\n") if nl
                    else (" take sum of submitted_amount of care\n", " take sum of submitted_amount of care\n  plus article 4\n")]},
    }.get(scenario, {})  # fmt: skip


MUTATIONS |= {
    (scenario, language, number): changes
    for scenario in DONE
    for language in ("nl", "en")
    for number, changes in _on_top(language, scenario).items()
}
MUTATED_AS_OF = {("S11", 1): date(2026, 7, 2), ("S11", 2): date(2026, 7, 2)}


def test_every_published_mutation_is_made() -> None:
    published = {
        (scenario, language, number)
        for scenario in FOLDERS
        for language in ("en", "nl")
        for number, _ in enumerate(expected(scenario).get("mutations", []))  # type: ignore[arg-type]
    }
    assert set(MUTATIONS) == published


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
@pytest.mark.parametrize(("scenario", "language", "number"), sorted(MUTATIONS))
def test_mutations_give_their_outcome(scenario: str, language: str, number: int, engine: str) -> None:
    if scenario in LARGE and engine == "oracle":
        pytest.skip("large for the oracle; the unchanged contract is compared with it")
    want = expected(scenario)["mutations"][number]
    contract = contract_of(scenario, language, *MUTATIONS[scenario, language, number])
    statement, _ = run(contract, scenario, engine, MUTATED_AS_OF.get((scenario, number)))
    if "total_entitlement" in want:
        assert statement.total == want["total_entitlement"]
    if "balance" in want:
        assert statement.due == want["balance"]
    for article, name in (("4", "fixed_amount"), ("5", "correction"), ("6", "supplement")):
        if name in want:
            assert statement.articles[article] == want[name]
    shares = _shares(statement, "4")
    assert {name: shares[name] for name in want.get("distribution", {})} == want.get("distribution", {})
    for period, amount in want.get("per_period", {}).items():
        assert {total.period: total.amount for total in statement.parties}[period] == amount
