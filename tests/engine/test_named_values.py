"""A value that is long in SQL gets a name there; with or without names the outcome is the same, and the text stays short."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractlang.analysis.check import check
from contractlang.api import make_engine
from contractlang.data.prepare import bound_files
from contractlang.engine.duck import emit
from contractlang.settling.example import run_example

CONTRACTS = Path(__file__).parents[2] / "contracts"
PATHS = [
    *sorted((CONTRACTS / "library").rglob("*.en.zc")),
    *(CONTRACTS / "published" / f"{name}.en.zc" for name in ("mssp", "hvbp_points", "snf_vbp", "hac")),
]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_worked_examples_hold_when_every_value_has_a_name(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(emit, "LONGEST", 8)
    contract = check(path.read_text(encoding="utf-8"), path.name, str(path.parent)).contract
    assert contract is not None
    for example in contract.examples:
        for outcome in run_example(
            contract, example, lambda c, d, a: make_engine("duckdb", c, d, a), bound_files(contract)
        ):
            assert outcome.holds, (outcome.expectation, outcome.found)


CHAIN = """contract "Defines within defines" version "1"
  payer     "P"
  provider  "Q"
  term      2026-01-01 through 2026-12-31
  settle    per calendar year
  rounded   half away from zero to € 0.01 per row

data care
  line_id    text  key
  care_date  date  decides year, tariff, period
  amount     euro

define step_0
  take  amount of care

{steps}
article 1 "Amount"
  pay each row of care at step_10

example "One row"
  given care
    | line_id | care_date  | amount   |
    | R1      | 2026-03-01 | € 100.00 |
  expect article 1 = € 90.00
"""
STEP = """define step_{n}
  take      step_{before} of care
  minus     € 1.00
  at least  € 0.00
  at most   step_{before}
"""


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
def test_ten_defines_within_each_other_are_settled(engine: str) -> None:
    """Every step uses the one before it twice: without names the text would grow fourfold ten times."""
    steps = "\n".join(STEP.format(n=n, before=n - 1) for n in range(1, 11))
    contract = check(CHAIN.format(steps=steps), "chain.zc", ".").contract
    assert contract is not None
    (example,) = contract.examples
    for outcome in run_example(contract, example, lambda c, d, a: make_engine(engine, c, d, a), {}):
        assert outcome.holds, outcome.found
