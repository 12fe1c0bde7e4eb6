"""The fast engine and the naive interpreter give the same cents, rows, reasons and ceilings for generated contracts."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec import to_builtins

from contractlang.analysis.check import check
from contractlang.api import make_engine
from contractlang.data.prepared import Prepared
from contractlang.engine.protocol import DataFault
from contractlang.model.contract import Contract
from contractlang.model.tables import Kind
from contractlang.settling.settle import settle
from tests.differential.generate import HEAD, Case, cases
from tests.differential.layers import layered
from tests.differential.models import Models, models
from tests.differential.two_tables import two_tables


def prepared_of(contract: Contract, rows: tuple[tuple[str, ...], ...]) -> Prepared:
    """Generated rows as an engine takes them."""
    (table,) = contract.tables
    return Prepared(
        "care", "generated", header=HEAD, positions={name: index for index, name in enumerate(HEAD)}, rows=rows,
        decimal={c.name: "." for c in table.columns if c.kind is Kind.NUMBER},
        dates={c.name: "iso" for c in table.columns if c.kind is Kind.DATE},
    )  # fmt: skip


def outcome(case: Case, engine: str) -> object:
    checked = check(case.contract)
    assert checked.contract is not None, [(f.code, f.place.line, dict(f.arguments)) for f in checked.errors]
    contract = checked.contract
    prepared = {"care": prepared_of(contract, case.rows)}
    made = make_engine(engine, contract, prepared, None)
    try:
        statement = settle(contract, made, prepared, None)
        shown = {name: one for name, one in to_builtins(statement).items() if name != "engine"}
        return shown, sorted(made.lines(), key=lambda line: (line.table, line.row)), made.digest()
    except DataFault as fault:
        return fault.code
    finally:
        made.close()


def settled(case: Models, engine: str) -> object:
    checked = check(case.contract)
    assert checked.contract is not None, [(f.code, f.place.line, dict(f.arguments)) for f in checked.errors]
    contract, prepared = checked.contract, {}
    for table in contract.tables:
        if table.spread is None:
            header, rows = case.tables[table.name]
            prepared[table.name] = Prepared(
                table.name, "generated", header=header, positions={name: i for i, name in enumerate(header)}, rows=rows,
                decimal={c.name: "." for c in table.columns if c.kind is Kind.NUMBER},
                dates={c.name: "iso" for c in table.columns if c.kind is Kind.DATE},
            )  # fmt: skip
    made = make_engine(engine, contract, prepared, None)
    try:
        statement = settle(contract, made, prepared, None)
        shown = {name: one for name, one in to_builtins(statement).items() if name != "engine"}
        every = [*made.lines(), *made.counted()]
        return shown, sorted(every, key=lambda line: (line.table, line.row)), made.digest()
    except DataFault as fault:
        return f"{fault.code} {fault.arguments}"
    finally:
        made.close()


def agree(case: Case | Models) -> None:
    settling = settled if isinstance(case, Models) else outcome
    naive, fast = settling(case, "oracle"), settling(case, "duckdb")  # type: ignore[arg-type]
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
    paid = outcome(Case(text, case.rows), "oracle")
    for engine in ("oracle", "duckdb"):
        charged = outcome(Case(text.replace("  pay quantity", "  charge quantity"), case.rows), engine)
        if isinstance(paid, str) or isinstance(charged, str):
            assert charged == paid
            continue
        there, here = paid[0]["articles"], charged[0]["articles"]  # type: ignore[index]
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
