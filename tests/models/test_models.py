"""Every clause of the payment models, in a small contract with a worked example, by both engines."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractlang.analysis.check import check
from contractlang.api import make_engine
from contractlang.settling.example import run_example

HERE = Path(__file__).parent
CONTRACTS = sorted(HERE.glob("*.zc"))


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.stem)
def test_examples_hold(path: Path, engine: str) -> None:
    checked = check(path.read_text(encoding="utf-8"), path.name, str(HERE))
    assert checked.contract is not None, [(one.code, one.place.line, one.arguments) for one in checked.errors]
    assert checked.contract.examples
    for example in checked.contract.examples:
        for outcome in run_example(checked.contract, example, lambda c, d, a: make_engine(engine, c, d, a), {}):
            wanted = outcome.expectation
            assert outcome.found == wanted.value, (
                f"line {wanted.place.line}: {wanted.value} wanted, {outcome.found} found"
            )
