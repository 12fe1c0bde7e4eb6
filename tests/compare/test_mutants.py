"""Every single change that moves a settlement is reported, and said in words; what changes no meaning is not reported."""

from __future__ import annotations

import pytest

from tests.compare.mutants import sampled
from tests.compare.settled import LIBRARY, TWINS, source
from tests.compare.verdict import Verdict, verdict

SOURCES = [source(path) for path in (*LIBRARY, *TWINS)]
NAMES = [f"{one.path.parent.name}/{one.path.name}" for one in SOURCES]
FEW, MANY = 3, 100


def tried(number: int, many: int, seed: int) -> list[Verdict]:
    one = SOURCES[number]
    return [verdict(one, mutant) for mutant in sampled(one.text, many, seed)]


def faults(found: list[Verdict]) -> list[str]:
    wrong = [(one.fault, one.mutant) for one in found if one.fault]
    return [f"{fault}: {made.kind}, line {made.line}, {made.old} -> {made.new}" for fault, made in wrong]


def test_single_changes_of_some_contracts() -> None:
    """Some changes of each contract that is not long, another kind for each."""
    short = [number for number, one in enumerate(SOURCES) if len(one.text) < 4_500]
    found = [one for number in short for one in tried(number, FEW, number)]
    assert faults(found) == []
    assert sum(one.passes for one in found) > 25
    assert sum(one.changes for one in found) > 5


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(SOURCES)), ids=NAMES)
def test_single_changes(number: int) -> None:
    found = tried(number, MANY, 1)
    assert faults(found) == []
    assert sum(one.passes for one in found) > 25
    assert sum(one.changes for one in found) > (5 if SOURCES[number].contract.examples else -1)
