"""Contracts by sector and by mechanism: no findings, worked examples that hold by both engines, one meaning in two languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from contractlang.analysis.check import Checked, check
from contractlang.api import make_engine
from contractlang.data.prepare import bound_files
from contractlang.format.meaning import same_meaning
from contractlang.settling.example import run_example

ROOT = Path(__file__).parents[2] / "contracts"
LIBRARY = sorted((ROOT / "library").rglob("*.zc"))
MECHANISMS = sorted(path for path in (ROOT / "mechanisms").glob("*.zc") if path.name[0] in "BDEFGHIJX")


def _dutch(path: Path) -> Path:
    return path.with_name(path.name.replace(".en.", ".nl."))


PAIRS = [path for path in (*LIBRARY, *MECHANISMS) if path.name.endswith(".en.zc") and _dutch(path).exists()]


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _checked(path: Path) -> Checked:
    return check(path.read_text(encoding="utf-8"), path.name, str(path.parent))


@pytest.mark.parametrize("path", LIBRARY, ids=_name)
def test_no_findings(path: Path) -> None:
    assert [(one.code, one.place.line) for one in _checked(path).findings] == []


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
@pytest.mark.parametrize("path", [*LIBRARY, *MECHANISMS], ids=_name)
def test_worked_examples_hold(path: Path, engine: str) -> None:
    contract = _checked(path).contract
    assert contract is not None
    assert contract.examples
    for example in contract.examples:
        for outcome in run_example(
            contract, example, lambda c, d, a: make_engine(engine, c, d, a), bound_files(contract)
        ):
            wanted = outcome.expectation
            assert outcome.found == wanted.value, (
                f"line {wanted.place.line}: {wanted.value} wanted, {outcome.found} found"
            )


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
def test_a_reserve_is_divided_after_it_is_made_wherever_that_is_written(engine: str) -> None:
    """Article 4 divides what article 3 put aside; above it, it must divide the same."""
    path = ROOT / "library" / "network" / "cashier_with_several_payers.en.zc"
    before, third, fourth, rest = re.split(r"^(?=article [345] )", path.read_text(encoding="utf-8"), flags=re.M)
    contract = check(before + fourth + third + rest, path.name, str(path.parent)).contract
    assert contract is not None
    assert [head.article for head in contract.heads if head.article in "34"] == ["3", "4"]
    for example in contract.examples:
        for outcome in run_example(
            contract, example, lambda c, d, a: make_engine(engine, c, d, a), bound_files(contract)
        ):
            assert outcome.found == outcome.expectation.value


@pytest.mark.parametrize("path", PAIRS, ids=_name)
def test_one_meaning_in_two_languages(path: Path) -> None:
    english, dutch = _checked(path).contract, _checked(_dutch(path)).contract
    assert english is not None
    assert dutch is not None
    assert same_meaning(english, dutch) == ""
