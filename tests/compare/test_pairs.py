"""The bridge sums to the cent over generated pairs of contracts: by article, party, period and row, with what interacts."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.compare.pairs import altered, fine, held, over, over_example
from tests.compare.settled import LIBRARY, TWINS, source
from tests.differential.generate import Case, cases
from tests.differential.models import Models, models
from tests.differential.rows import HEAD

SOURCES = [one for one in map(source, [*LIBRARY, *TWINS]) if one.contract.examples]
SEEDS = st.integers(0, 10**9)
SOME = settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
MANY = settings(max_examples=180, deadline=None, suppress_health_check=list(HealthCheck))
BRIDGED: list[tuple[str, int, bool]] = []
"""Of every pair that was bridged: the method, the number of effects, and whether anything interacts."""


def bridge_of_library(number: int, seed: int, tmp: Path) -> None:
    """A contract of the library and a version of it with one to seven changes, over the data of one of its examples."""
    one, chance = SOURCES[number], Random(seed)
    new = altered(
        one.text, chance, chance.randint(1, 7), lambda text: fine(text, one.path.name, one.folder) is not None
    )
    assume(new != one.text)
    note(held(one.text, new, one.folder, over_example(chance.choice(one.contract.examples)), tmp))


def bridge_of_generated(case: Case, other: Case, seed: int, tmp: Path) -> None:
    """A generated contract and another one, or a version of it, over the rows of the first."""
    chance = Random(seed)
    new = other.contract
    if seed % 3:
        new = altered(case.contract, chance, chance.randint(1, 6), lambda text: fine(text) is not None)
    assume(new != case.contract)
    note(held(case.contract, new, "", over({"care": (HEAD, case.rows)}), tmp))


def bridge_of_models(case: Models, other: Models, seed: int, tmp: Path) -> None:
    """A generated contract of the payment models and another one, or a version of it, over the rows of the first."""
    chance = Random(seed)
    new = other.contract
    if seed % 3:
        new = altered(case.contract, chance, chance.randint(1, 6), lambda text: fine(text) is not None)
    assume(new != case.contract)
    note(held(case.contract, new, "", over(case.tables), tmp))


def note(made: object) -> None:
    assume(made is not None)
    BRIDGED.append((made.method, len(made.effects), made.interaction != 0))  # type: ignore[attr-defined]


@SOME
@given(st.integers(0, len(SOURCES) - 1), SEEDS)
def test_versions_of_the_library(tmp_path_factory: pytest.TempPathFactory, number: int, seed: int) -> None:
    bridge_of_library(number, seed, tmp_path_factory.mktemp("pair"))


@SOME
@given(cases(), cases(), SEEDS)
def test_generated_contracts(tmp_path_factory: pytest.TempPathFactory, case: Case, other: Case, seed: int) -> None:
    bridge_of_generated(case, other, seed, tmp_path_factory.mktemp("pair"))


@SOME
@given(models(), models(), SEEDS)
def test_generated_models(tmp_path_factory: pytest.TempPathFactory, case: Models, other: Models, seed: int) -> None:
    bridge_of_models(case, other, seed, tmp_path_factory.mktemp("pair"))


@pytest.mark.slow
@MANY
@given(st.integers(0, len(SOURCES) - 1), SEEDS)
def test_many_versions_of_the_library(tmp_path_factory: pytest.TempPathFactory, number: int, seed: int) -> None:
    bridge_of_library(number, seed, tmp_path_factory.mktemp("pair"))


@pytest.mark.slow
@MANY
@given(cases(), cases(), SEEDS)
def test_many_generated_contracts(tmp_path_factory: pytest.TempPathFactory, case: Case, other: Case, seed: int) -> None:
    bridge_of_generated(case, other, seed, tmp_path_factory.mktemp("pair"))


@pytest.mark.slow
@MANY
@given(models(), models(), SEEDS)
def test_many_generated_models(
    tmp_path_factory: pytest.TempPathFactory, case: Models, other: Models, seed: int
) -> None:
    bridge_of_models(case, other, seed, tmp_path_factory.mktemp("pair"))


@pytest.mark.slow
def test_there_were_five_hundred() -> None:
    """Both methods, and pairs in which something interacts, are among them."""
    assert len(BRIDGED) >= 500
    assert {method for method, _, _ in BRIDGED} == {"shapley", "in_order"}
    assert sum(interacts for _, _, interacts in BRIDGED) > 50
