"""Contracts settled together give the statements that each gives alone over its own rows, and no row is lost or paid twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any as Anything

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec import to_builtins
from msgspec.structs import replace

from contractlang.analysis.check import check
from contractlang.api import make_router, settle_prepared
from contractlang.engine.protocol import DataFault
from contractlang.engine.routing import Stray
from contractlang.model.contract import Contract
from contractlang.settling import together
from contractlang.settling.together import Asked, Entry, Took, settle_together
from contractlang.statement.model import Statement
from contractlang.statement.together import Index
from tests.differential.cut import Tables, prepared
from tests.differential.families import families
from tests.differential.folders import Folder, folders
from tests.differential.rows import HEAD, Row

PHASES = (Phase.explicit, Phase.generate)  # a folder that fails is told as it is: to make it smaller takes minutes


def care(rows: Iterable[Row]) -> Tables:
    return {"care": (HEAD, tuple(rows))}


def contracts(folder: Folder) -> list[Contract]:
    found = []
    for one in folder.contracts:
        checked = check(one.text)
        assert checked.contract is not None, [(f.code, f.place.line, dict(f.arguments)) for f in checked.errors]
        found.append(checked.contract)
    return found


def settled(folder: Folder, engine: str) -> tuple[Index, dict[int, Statement], list[tuple[Stray, tuple[str, ...]]]]:
    statements: dict[int, Statement] = {}
    strays: list[tuple[Stray, tuple[str, ...]]] = []

    def took(entry: Entry, statement: Statement) -> str:
        statements[int(entry.file)] = statement
        return f"{entry.file}.txt"

    entries = [Entry(str(number), contract) for number, contract in enumerate(contracts(folder))]
    before = together.prepare
    together.prepare = lambda contract, *_: prepared(contract, care(folder.rows))  # type: ignore[assignment]
    try:
        index = settle_together(
            entries, {}, make_router(engine), Asked(engine=engine), Took(took, lambda *one: strays.append(one))
        )
    finally:
        together.prepare = before
    return index, statements, strays


def plain(statement: Statement) -> dict[str, Anything]:
    return {name: one for name, one in to_builtins(statement).items() if name != "engine"}


def alone(folder: Folder, number: int, contract: Contract, engine: str) -> dict[str, Anything] | str:
    """The contract over its rows only; cells that could not be used are told by their row in the file."""
    own = folder.own(number)
    data = prepared(contract, care(folder.rows[place] for place in own))
    try:
        statement = settle_prepared(contract, data, engine=engine)
    except DataFault as fault:
        return f"[{fault.code}]"
    cells = tuple(replace(cell, row=own[cell.row - 1] + 1) for cell in statement.bad_cells)
    return plain(replace(statement, bad_cells=cells))


def hold(folder: Folder) -> None:
    made = {engine: settled(folder, engine) for engine in ("duckdb", "oracle")}
    index, statements, strays = made["duckdb"]
    naive = made["oracle"]
    assert strays == naive[2]
    assert replace(index, engine="") == replace(naive[0], engine="")
    for number, contract in enumerate(contracts(folder)):
        solo = alone(folder, number, contract, "oracle")
        for engine, (_, found, _) in made.items():
            if isinstance(solo, str):
                assert number not in found, engine
                assert index.contracts[number].messages[0].startswith(solo)
            else:
                assert plain(found[number]) == solo, (engine, number)
    counted(folder, index, statements, strays)


def counted(
    folder: Folder, index: Index, statements: dict[int, Statement], strays: list[tuple[Stray, tuple[str, ...]]]
) -> None:
    """Every row is on one statement or among the strays, once."""
    if not index.files:
        return
    (file,) = index.files
    assert file.rows == len(folder.rows) == file.routed + file.unmatched + file.several
    paid = Counter({number: statement.data[0].rows for number, statement in statements.items()})
    assert file.routed == paid.total()
    rows = [stray.row for stray, _ in strays]
    assert len(rows) == len(set(rows)) == file.unmatched + file.several
    for number in statements:
        assert not {place + 1 for place in folder.own(number)} & set(rows)


@given(folders())
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), phases=PHASES)
def test_together_as_alone(folder: Folder) -> None:
    hold(folder)


@given(families())
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), phases=PHASES)
def test_a_family_as_alone(folder: Folder) -> None:
    hold(folder)


@pytest.mark.slow
@given(st.one_of(folders(), families()))
@settings(max_examples=1500, deadline=None, suppress_health_check=list(HealthCheck))
def test_together_as_alone_on_many(folder: Folder) -> None:
    hold(folder)
