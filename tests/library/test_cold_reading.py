"""What a reader of the text alone says is paid comes out of both engines. How the readings were made: docs/cold-reading.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractlang.analysis.check import check
from contractlang.api import make_engine
from contractlang.data.prepare import bound_files
from contractlang.settling.example import run_example

LIBRARY = Path(__file__).parents[2] / "contracts" / "library"
READINGS = sorted((Path(__file__).parent / "cold").glob("*.zc"))


def contract_of(reading: Path) -> Path:
    (found,) = LIBRARY.glob(f"*/{reading.name}")
    return found


def test_every_contract_was_read() -> None:
    contracts = {path.name.split(".")[0] for path in LIBRARY.rglob("*.zc")}
    assert {path.name.split(".")[0] for path in READINGS} == contracts


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
@pytest.mark.parametrize("reading", READINGS, ids=lambda path: path.name)
def test_the_reading_is_what_is_paid(reading: Path, engine: str) -> None:
    """The rows of the reading stand as worked examples behind those of the contract."""
    path = contract_of(reading)
    own = path.read_text(encoding="utf-8")
    checked = check(f"{own}\n{reading.read_text(encoding='utf-8')}", path.name, str(path.parent))
    contract = checked.contract
    assert contract is not None, [(one.code, one.place.line) for one in checked.findings]
    read = [example for example in contract.examples if example.place.line > own.count("\n")]
    assert read
    for example in read:
        for outcome in run_example(
            contract, example, lambda c, d, a: make_engine(engine, c, d, a), bound_files(contract)
        ):
            wanted = outcome.expectation
            assert outcome.holds, f"line {wanted.place.line}: {wanted.value} read, {outcome.found} paid"
