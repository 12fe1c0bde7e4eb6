"""The fast engine and the naive interpreter give the same cents, rows, reasons and ceilings for generated contracts."""

from __future__ import annotations

from fractions import Fraction
from typing import Any as Anything

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec import to_builtins

from contractlang.api import make_engine
from contractlang.engine.protocol import DataFault
from contractlang.settling.settle import settle
from tests.differential.cut import contract_of, prepared, tables_of
from tests.differential.generate import Case, cases
from tests.differential.layers import layered
from tests.differential.models import Models, models
from tests.differential.two_tables import two_tables


def settled(case: Case | Models, engine: str) -> Anything:
    contract = contract_of(case.contract)
    data = prepared(contract, tables_of(case))
    made = make_engine(engine, contract, data, None)
    try:
        statement = settle(contract, made, data, None)
        shown = {name: one for name, one in to_builtins(statement).items() if name != "engine"}
        every = [*made.lines(), *made.counted()]
        return shown, sorted(every, key=lambda line: (line.table, line.row)), made.digest()
    except DataFault as fault:
        return f"{fault.code} {fault.arguments}"
    finally:
        made.close()


def agree(case: Case | Models) -> None:
    naive, fast = settled(case, "oracle"), settled(case, "duckdb")
    if isinstance(naive, tuple) and isinstance(fast, tuple):
        assert fast[1] == naive[1]
        for part in naive[0]:
            assert fast[0][part] == naive[0][part], part
    assert fast == naive


@given(cases())
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_engines_agree(case: Case) -> None:
    agree(case)


@given(cases())
@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_what_is_charged_mirrors_what_is_paid(case: Case) -> None:
    """A charge under a ceiling is the payment under that ceiling, the other way; rounding that has a direction aside."""
    text = case.contract.replace("  charge quantity", "  pay quantity")
    text = text.replace("rounded   up to", "rounded   half to even to").replace(
        "rounded   down to", "rounded   half to even to"
    )
    paid = settled(Case(text, case.rows), "oracle")
    for engine in ("oracle", "duckdb"):
        charged = settled(Case(text.replace("  pay quantity", "  charge quantity"), case.rows), engine)
        if isinstance(paid, str) or isinstance(charged, str):
            assert charged == paid
            continue
        there, here = paid[0]["articles"], charged[0]["articles"]
        assert {name: -Fraction(amount) for name, amount in here.items()} == {
            name: Fraction(amount) for name, amount in there.items()
        }


@pytest.mark.slow
@given(cases())
@settings(max_examples=1500, deadline=None, suppress_health_check=list(HealthCheck))
def test_engines_agree_on_many(case: Case) -> None:
    agree(case)


@given(models())
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_engines_agree_on_payment_models(case: Models) -> None:
    agree(case)


@pytest.mark.slow
@given(models())
@settings(max_examples=800, deadline=None, suppress_health_check=list(HealthCheck))
def test_engines_agree_on_many_payment_models(case: Models) -> None:
    agree(case)


@given(two_tables())
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_engines_agree_on_ceilings_over_two_tables(case: Models) -> None:
    agree(case)


@pytest.mark.slow
@given(two_tables())
@settings(max_examples=800, deadline=None, suppress_health_check=list(HealthCheck))
def test_engines_agree_on_many_ceilings_over_two_tables(case: Models) -> None:
    agree(case)


@given(layered())
@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_engines_agree_on_ceilings_within_ceilings(case: Case) -> None:
    agree(case)


@pytest.mark.slow
@given(layered())
@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
def test_engines_agree_on_many_ceilings_within_ceilings(case: Case) -> None:
    agree(case)
