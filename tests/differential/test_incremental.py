"""A run with a cache says what a full run says, while files arrive month by month, change, disappear and come back."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any as Anything

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from contractlang.api import make_engine
from contractlang.base.workplace import workplace
from contractlang.data.cache import Cache
from contractlang.data.prepare import cleanup, prepare
from contractlang.engine.protocol import DataFault
from contractlang.model.contract import Contract
from contractlang.settling.settle import settle
from contractlang.statement.model import statement_text
from tests.differential.cut import Rows, Style, contract_of, settled, styles, write
from tests.differential.generate import Case, cases
from tests.differential.models import Models
from tests.differential.rows import HEAD, care_rows, generators
from tests.differential.two_tables import two_tables

PHASES = (Phase.explicit, Phase.generate)  # a failure is told as it is: to make it smaller takes minutes


def run(contract: Contract, folder: Path, cache: Cache | None) -> Anything:
    """The statement byte for byte and the hash over all lines; or the code of a fault."""
    with workplace():
        if cache is None:
            return _run(contract, folder, None)
        with cache.opened():
            return _run(contract, folder, cache)


def _run(contract: Contract, folder: Path, cache: Cache | None) -> Anything:
    prepared = prepare(contract, folder, cache=cache)
    made = make_engine("duckdb", contract, prepared, None)
    try:
        return statement_text(settle(contract, made, prepared, None)), list(made.lines()), made.digest()
    except DataFault as fault:
        return fault.code
    finally:
        made.close()
        cleanup(prepared)


@st.composite
def arrivals(draw: st.DrawFn, credits: bool) -> list[tuple[str, tuple[Rows, Style] | None]]:
    """What happens to the folder, one by one: a file comes, is delivered anew with other rows, or is taken away (None).

    Rows are of any month whatever the file, and name rows of other files: late rows, doubles, credits into earlier months.
    """
    pool, drawn = draw(care_rows(credits)), draw(generators())
    months = draw(st.integers(2, 4))

    def content(month: int) -> tuple[Rows, Style]:
        return [
            row for place, row in enumerate(pool) if place % months == month % months or drawn.random() < 0.05
        ], draw(styles())

    happened: list[tuple[str, tuple[Rows, Style] | None]] = []
    for month in range(1, months + 1):
        happened.append((f"2026-{month}", content(month)))
        if draw(st.integers(0, 3)) == 0:
            old = draw(st.integers(1, month))
            again = content(draw(st.sampled_from([old, month + 1]))) if draw(st.booleans()) else None
            happened.append((f"2026-{old}", again))
    return happened


def happen(folder: Path, name: str, content: tuple[Rows, Style] | None, header: Sequence[str] = HEAD) -> None:
    for path in folder.glob(f"{name}.*"):
        path.unlink()
    if content is not None:
        write(folder, name, header, *content)


@given(cases(), st.data())
@settings(max_examples=15, deadline=None, derandomize=True, phases=PHASES, suppress_health_check=list(HealthCheck))
def test_month_by_month(case: Case, data: st.DataObject) -> None:
    arrive(case, data)


@pytest.mark.slow
@given(cases(), st.data())
@settings(max_examples=400, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck))
def test_month_by_month_many(case: Case, data: st.DataObject) -> None:
    arrive(case, data)


def arrive(case: Case, data: st.DataObject) -> None:
    contract = contract_of(case.contract)
    with TemporaryDirectory() as name:
        folder, cache = Path(name) / "data", Path(name) / "cache"
        (folder / "care").mkdir(parents=True)
        for file, content in data.draw(arrivals("credit of" in case.contract)):
            happen(folder / "care", file, content)
            if not any((folder / "care").iterdir()):
                continue
            kept = Cache(cache)
            assert run(contract, folder, kept) == run(contract, folder, None)
            assert len(kept.read) <= (content is not None)
            again = Cache(cache)
            assert run(contract, folder, again) == run(contract, folder, None)
            assert not again.read
            assert not again.damaged
        if any((folder / "care").iterdir()):
            assert settled(contract, {"": folder}, "oracle") == settled(contract, {"": folder}, "duckdb")


@given(two_tables(), cases(), st.data())
@settings(max_examples=8, deadline=None, derandomize=True, phases=PHASES, suppress_health_check=list(HealthCheck))
def test_one_cache_for_contracts_that_change(case: Models, other: Case, data: st.DataObject) -> None:
    """Two contracts with different columns under equal names of tables share a cache, in turn, over changing tables."""
    first, second = contract_of(case.contract), contract_of(other.contract)
    with TemporaryDirectory() as name:
        base, cache = Path(name), Path(name) / "cache"
        for table, (header, rows) in case.tables.items():
            half = len(rows) // 2
            (base / "first" / table).mkdir(parents=True)
            write(base / "first" / table, "a", header, rows[:half], data.draw(styles()))
            write(base / "first" / table, "b", header, rows[half:], data.draw(styles()))
        (base / "second").mkdir()
        write(base / "second", "care", HEAD, other.rows, data.draw(styles()))
        for contract, folder in ((first, "first"), (second, "second"), (first, "first")):
            assert run(contract, base / folder, Cache(cache)) == run(contract, base / folder, None)
        shutil.rmtree(base / "first" / "aids")
        header, rows = case.tables["aids"]
        write(base / "first", "aids", header, rows[:3], Style())
        assert run(first, base / "first", Cache(cache)) == run(first, base / "first", None)
