"""Every figure of the mechanism catalogue stands in a contract that proves it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from contractlang.analysis.check import check
from contractlang.base.exact import Mode, Rounding, round_to
from contractlang.cli.test import describe
from contractlang.data.prepared import Prepared
from contractlang.model.contract import Contract, Example
from contractlang.model.tables import Kind
from contractlang.settling.example import Outcome, run_example
from contractlang.settling.settle import settle

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "contracts" / "mechanisms"
CATALOGUE = ROOT.parent / "shared" / "design" / "mechanisms.json"
PARTS = [
    tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "manifest").glob("*.toml"))
]
MANIFEST: dict[str, Any] = {
    "ids": [one for part in PARTS for one in part["ids"]],
    **{
        name: {key: entry for part in PARTS for key, entry in part.get(name, {}).items()}
        for name in ("figures", "without_figures", "not_in_a_contract")
    },
}
# mechanisms that a contract named after another one shows: a minimum saving and the choice from which euro it counts
SHOWN_ELSEWHERE = {"F3": "F2"}
LAST = {"A": 8, "B": 7, "C": 12, "D": 4, "E": 9, "F": 8, "G": 6, "H": 3, "I": 4, "J": 7, "K": 12, "X": 16}
CONTRACTS = sorted({path.name.removesuffix(".en.zc") for path in FOLDER.glob("*.en.zc")})
ENGINES = {"oracle": ("contractlang.engine.oracle", "Oracle"), "duckdb": ("contractlang.engine.duck", "Duck")}


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    module, name = ENGINES[request.param]
    if not find_spec(module) or not hasattr(import_module(module), name):
        pytest.skip(f"the engine {request.param} is not there")
    return str(request.param)


@cache
def contract(name: str, language: str) -> Contract:
    path = FOLDER / f"{name}.{language}.zc"
    checked = check(path.read_text(encoding="utf-8"), path.name, str(FOLDER))
    assert checked.contract is not None, [
        (found.code, found.place.line, dict(found.arguments)) for found in checked.errors
    ]
    assert not checked.findings, [(found.code, found.place.line) for found in checked.findings]
    return checked.contract


def make(engine: str, *arguments: Any) -> Any:
    module, name = ENGINES[engine]
    return getattr(import_module(module), name)(*arguments)


@cache
def outcomes(name: str, language: str, engine: str) -> dict[str, tuple[Outcome, ...]]:
    """The outcomes of all examples of a contract, by title."""
    text = contract(name, language)
    assert text.examples, f"{name}.{language} has no worked example"
    return {
        example.title: run_example(text, example, lambda c, d, a: make(engine, c, d, a), {})
        for example in text.examples
    }


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("name", CONTRACTS)
def test_worked_examples_hold(name: str, language: str, engine: str) -> None:
    for title, found in outcomes(name, language, engine).items():
        for outcome in found:
            said = describe(contract(name, language), outcome.expectation)
            assert outcome.holds, f"{title}: {said}: {outcome.expectation.value}, found {outcome.found}"


@pytest.mark.parametrize("name", CONTRACTS)
def test_dutch_and_english_have_one_outcome(name: str, engine: str) -> None:
    english, dutch = outcomes(name, "en", engine).values(), outcomes(name, "nl", engine).values()
    assert [list(map(figures, found)) for found in english] == [list(map(figures, found)) for found in dutch]
    one, other = contract(name, "en"), contract(name, "nl")
    assert [type(head) for head in one.heads] == [type(head) for head in other.heads]
    assert [len(article.prose) > 0 for article in one.articles] == [len(a.prose) > 0 for a in other.articles]
    assert (one.term, one.settle, one.rounding, one.version) == (
        other.term,
        other.settle,
        other.rounding,
        other.version,
    )


def figures(outcome: Outcome) -> tuple[object, ...]:
    """What does not depend on the language: reasons of rejection are words, so only whether there is one."""
    found = outcome.found if isinstance(outcome.found, Fraction) else outcome.found is None
    return outcome.expectation.what, outcome.expectation.period, outcome.expectation.percent, found


def test_every_contract_stands_in_both_languages() -> None:
    assert CONTRACTS
    assert {path.name for path in FOLDER.iterdir()} == {
        f"{name}.{lang}.zc" for name in CONTRACTS for lang in ("en", "nl")
    }


@pytest.mark.parametrize("figure", MANIFEST["figures"])
def test_figure(figure: str, engine: str) -> None:
    entry = MANIFEST["figures"][figure]
    text = contract(entry["contract"], "en")
    found = [
        outcome.found
        for outcome in outcomes(entry["contract"], "en", engine)[entry["example"]]
        if describe(text, outcome.expectation) == entry["expect"]
    ]
    percent = [
        expected.percent
        for example in text.examples
        for expected in example.expected
        if example.title == entry["example"] and describe(text, expected) == entry["expect"]
    ]
    assert len(found) == 1, f"{entry['expect']} stands {len(found)} times in {entry['example']}"
    value = found[0]
    assert isinstance(value, Fraction)
    value *= 100 if percent[0] and "share" not in entry else 1
    value = -value if entry.get("negative") else value
    if entry.get("printed"):
        value = round_to(value, Rounding(Mode.HALF_AWAY, Fraction(1, 10 ** decimals(entry["value"]))))
    assert value == Fraction(entry["value"])


def decimals(text: str) -> int:
    return len(text.partition(".")[2])


def test_differences_of_figures() -> None:
    """A figure that is only the difference of two others needs no contract of its own."""
    entries = [entry for entry in MANIFEST["not_in_a_contract"].values() if "of" in entry]
    assert entries
    for entry in entries:
        one, other = (Fraction(MANIFEST["figures"][name]["value"]) for name in entry["of"])
        assert (one - other) * entry["times"] == Fraction(entry["value"])


@pytest.mark.parametrize("mechanism", MANIFEST["ids"])
def test_every_mechanism_has_a_contract(mechanism: str) -> None:
    entries = MANIFEST["figures"].items()
    named = {entry["contract"] for figure, entry in entries if figure.split(".")[0] == mechanism}
    named |= set(MANIFEST["without_figures"].get(mechanism, ()))
    assert named
    assert named <= set(CONTRACTS)
    prefix = SHOWN_ELSEWHERE.get(mechanism, mechanism)
    assert any(name.startswith(f"{prefix}_") for name in named), f"no contract of {mechanism} itself"


def test_no_mechanism_of_the_field_is_without_a_contract() -> None:
    every = [f"{section}{number}" for section, last in LAST.items() for number in range(1, last + 1)]
    assert sorted(MANIFEST["ids"]) == sorted(every)


def test_reasons_are_given() -> None:
    assert all(len(entry["reason"]) > 10 for entry in MANIFEST["not_in_a_contract"].values())


@pytest.mark.shared
@pytest.mark.skipif(not CATALOGUE.exists(), reason="the mechanism catalogue (../shared/design) is not there")
def test_no_figure_of_the_catalogue_is_forgotten() -> None:
    catalogue = dict(flat(json.loads(CATALOGUE.read_text(encoding="utf-8"))))
    wanted = {name: value for name, value in catalogue.items() if name.split(".")[0] in MANIFEST["ids"]}
    held = {name: entry["value"] for name, entry in (MANIFEST["figures"] | MANIFEST["not_in_a_contract"]).items()}
    assert held == wanted


def flat(tree: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in tree.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, str(value)


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("name", MANIFEST["without_figures"]["C2"])
def test_statement_tells_when_the_ceiling_was_reached(name: str, language: str, engine: str) -> None:
    """Without the duty to go on delivering (doorleverplicht) the parties must know the day."""
    text = contract(name, language)
    data = {table.name: given(text, text.examples[0], table.name) for table in text.tables}
    statement = settle(text, make(engine, text, data, None), data, None)
    (ceiling,) = statement.ceilings
    assert str(ceiling.reached_on) == "2024-10-14"
    assert (ceiling.paid, ceiling.cut) == ("2000000.00", "236480.00")


def given(text: Contract, example: Example, table: str) -> Prepared:
    rows = next(one for one in example.given if one.table == table)
    kinds = {column.name: column.kind for column in text.table(table).columns}
    return Prepared(
        table,
        "example",
        header=rows.columns,
        positions={name: index for index, name in enumerate(rows.columns)},
        rows=rows.rows,
        decimal={name: "." for name in rows.columns if kinds[name] is Kind.NUMBER},
        dates={name: "iso" for name in rows.columns if kinds[name] is Kind.DATE},
    )
