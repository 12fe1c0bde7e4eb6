"""Contracts of every kind on Spark: worked examples, and the acceptance scenarios with their own data."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from contractlang.analysis.check import check
from contractlang.api import make_engine
from contractlang.data.prepare import bound_files, cleanup
from contractlang.engine.protocol import DataFault
from contractlang.settling.example import run_example
from tests.spark.alike import assert_alike

pytestmark = pytest.mark.spark

ROOT = Path(__file__).parents[2]
MODELS = sorted(path for path in (ROOT / "tests" / "models").glob("*.zc") if not path.stem.endswith("_nl"))
MECHANISMS = sorted((ROOT / "contracts" / "mechanisms").glob("*.en.zc"))
SAMPLE = {"attribution", "A5_volume_tiers.each_slice.en"}
SHARED = ROOT.parent / "shared" / "acceptance"
SCENARIOS = {path.name[:3]: path for path in sorted(SHARED.glob("S*-*"))}
AS_OF = {"S09": date(2025, 9, 10), "S11": date(2026, 5, 15)}
SMALL = {"S03"}


def _marked(path: Path) -> Any:
    return pytest.param(path, id=path.stem, marks=[] if path.stem in SAMPLE else [pytest.mark.slow])


@pytest.mark.parametrize("path", [_marked(path) for path in (*MODELS, *MECHANISMS)])
def test_worked_examples_come_out_as_on_the_fast_engine(path: Path, spark: Any) -> None:
    contract = check(path.read_text(encoding="utf-8"), path.name, str(path.parent)).contract
    assert contract is not None
    files = bound_files(contract)
    try:
        for example in contract.examples:
            found = [_outcome(contract, example, files, engine) for engine in ("duckdb", "spark")]
            assert found[0] == found[1], example.title
    finally:
        cleanup(files)


def _outcome(contract: Any, example: Any, files: Any, engine: str) -> Any:
    try:
        return run_example(contract, example, lambda c, d, a: make_engine(engine, c, d, a), files)
    except DataFault as fault:
        return fault.code, fault.arguments


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the acceptance scenarios in ../shared are absent")
@pytest.mark.parametrize(
    "scenario", [pytest.param(s, marks=[] if s in SMALL else [pytest.mark.slow]) for s in SCENARIOS]
)
def test_acceptance_scenarios(scenario: str, spark: Any) -> None:
    contract = ROOT / "tests" / "acceptance" / scenario / "en.zc"
    assert_alike(contract, SCENARIOS[scenario], AS_OF.get(scenario))
