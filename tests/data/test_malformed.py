"""Every file of `malformed/` ends as `expected.json` says: refused as a whole with a code, or row by row on both engines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from contractlang.api import make_engine
from contractlang.base.diagnostics import word
from contractlang.data.cellwords import expected_text
from contractlang.data.faults import DataError
from contractlang.data.prepare import cleanup, prepare
from contractlang.engine.protocol import Intake
from tests.data.malformed_contract import CONTRACT

FOLDER = Path(__file__).parent / "malformed"
EXPECTED: dict[str, Any] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
FILES = sorted(name for name, what in EXPECTED.items() if "codes" in what)
ROWS = sorted(name for name, what in EXPECTED.items() if "bad" in what)


def intake(name: str, engine: str) -> Intake:
    prepared = prepare(CONTRACT, FOLDER / name, decimal=EXPECTED[name].get("decimal"))
    made = make_engine(engine, CONTRACT, prepared, None)
    try:
        (found,) = made.intake()
        return found
    finally:
        getattr(made, "close", lambda: None)()
        cleanup(prepared)


def test_every_sample_is_expected() -> None:
    names = {path.name for path in FOLDER.iterdir()} - {"contract.zc", "expected.json", ".gitattributes"}
    assert names == set(EXPECTED)
    assert len(names) >= 100


@pytest.mark.parametrize("name", FILES)
def test_file_is_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    what = EXPECTED[name]
    with pytest.raises(DataError) as caught:
        prepare(CONTRACT, FOLDER / name, decimal=what.get("decimal"))
    faults = caught.value.faults
    assert [fault.code for fault in faults] == what["codes"]
    for key, value in what.get("arguments", {}).items():
        assert faults[0].arguments[key] == value
    for fault in faults:
        assert name in fault.arguments["file"]
        for language in ("en", "nl"):
            for part in ("title", "text", "help"):
                assert word(fault.code, part, language, dict.fromkeys(fault.arguments, "")).count("{") == 0
                assert word(fault.code, part, language, fault.arguments)
    assert not list(tmp_path.iterdir()), "a copy was left behind"


BOTH = [pytest.param(name, engine) for name in ROWS for engine in ("oracle", "duckdb")]


@pytest.mark.parametrize(("name", "engine"), BOTH)
def test_rows_are_refused(name: str, engine: str) -> None:
    what, found = EXPECTED[name], intake(name, engine)
    assert found.rows == what["rows"]
    assert [(one.reason, one.rows) for one in found.refused] == [(what["reason"], what["refused"])]
    assert found.accepted == what["rows"] - what["refused"]
    assert [[one.row, one.column, one.text, one.expected] for one in found.bad_cells] == what["bad"]
    for one in found.bad_cells:
        english, dutch = (expected_text(one.expected, language) for language in ("en", "nl"))
        assert english
        assert dutch
        assert "{" not in english + dutch
