"""It does not matter how the rows of a table are cut over files: either engine settles them as if they stood in one."""

from __future__ import annotations

import csv
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from contractlang.api import settle as settle_files
from tests.differential.cut import Style, contract_of, cuts, settled, tables_of, write, write_table
from tests.differential.generate import Case, cases
from tests.differential.models import Models, models
from tests.differential.rows import HEAD
from tests.differential.two_tables import two_tables

PHASES = (Phase.explicit, Phase.generate)  # a failure is told as it is: to make it smaller takes minutes


def hold(case: Case | Models, data: st.DataObject) -> None:
    contract = contract_of(case.contract)
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "one").mkdir()
        for table, (header, rows) in tables_of(case).items():
            write(folder / "one", table, header, rows, Style())
            write_table(folder / "cut" / table, header, data.draw(cuts(rows)))
        whole = settled(contract, {"": folder / "one"}, "oracle")
        for engine in ("oracle", "duckdb"):
            assert settled(contract, {"": folder / "cut"}, engine) == whole, engine


@given(cases(), st.data())
@settings(max_examples=15, deadline=None, derandomize=True, phases=PHASES, suppress_health_check=list(HealthCheck))
def test_one_table(case: Case, data: st.DataObject) -> None:
    hold(case, data)


@given(two_tables(), st.data())
@settings(max_examples=6, deadline=None, derandomize=True, phases=PHASES, suppress_health_check=list(HealthCheck))
def test_two_tables(case: Models, data: st.DataObject) -> None:
    hold(case, data)


@given(models(), st.data())
@settings(max_examples=6, deadline=None, derandomize=True, phases=PHASES, suppress_health_check=list(HealthCheck))
def test_payment_models(case: Models, data: st.DataObject) -> None:
    hold(case, data)


@pytest.mark.slow
@given(st.one_of(cases(), two_tables(), models()), st.data())
@settings(max_examples=600, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck))
def test_many(case: Case | Models, data: st.DataObject) -> None:
    hold(case, data)


@given(cases(), st.data())
@settings(max_examples=6, deadline=None, derandomize=True, phases=PHASES, suppress_health_check=list(HealthCheck))
def test_lines_name_the_file_and_the_row_in_it(case: Case, data: st.DataObject) -> None:
    contract = contract_of(case.contract)
    with TemporaryDirectory() as name:
        folder = Path(name)
        files = data.draw(cuts(case.rows))
        write_table(folder / "care", HEAD, files)
        found = []
        for engine in ("oracle", "duckdb"):
            settle_files(contract, {"care": folder / "care"}, engine=engine, lines=folder / "lines.csv")
            with (folder / "lines.csv").open(encoding="utf-8", newline="") as file:
                found.append(list(csv.DictReader(file)))
        assert found[0] == found[1]
        expected = [
            (f"2026-{number}{style.end}", str(at), row[0])
            for number, (rows, style) in enumerate(files, start=1)
            for at, row in enumerate(rows, start=1)
        ]
        assert [(line["file"], line["row"], line["key"]) for line in found[0]] == expected
