"""What stands between a run and Spark is told by a code, in the language of the contract; no Spark is needed to be told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contractlang.base.diagnostics import word
from contractlang.cli.main import contractlang
from contractlang.engine.spark import session
from tests.spark.test_spark import CONTRACT, HEAD, ROWS

DUTCH = """\
zorgcontract "Uren" versie "1"
  financier  "Gemeente"
  aanbieder  "Thuiszorg"
  looptijd   2026-01-01 t/m 2026-12-31
  afrekening per kwartaal
  afgerond   rekenkundig, half van nul af, op € 0,01 per rij

gegevens zorg
  regel    tekst   sleutel
  datum    datum   bepaalt jaar, tarief, periode
  minuten  minuten  geheel

tarief uurtarief per uur
  | vanaf 2026-01-01 |
  |          € 60,00 |

artikel 1 "Uren"
  betaal minuten van zorg tegen uurtarief
"""


def written(folder: Path, text: str) -> list[str]:
    """A contract and its data as files, and the command that settles them."""
    (folder / "contract.zc").write_text(text, encoding="utf-8")
    data = folder / "care.csv"
    data.write_text(
        "regel,datum,minuten\nR1,2026-01-01,60\n" if text == DUTCH else "\n".join([HEAD, *ROWS, ""]), "utf-8"
    )
    return ["settle", str(folder / "contract.zc"), str(data), "--engine", "spark"]


def settled(folder: Path, text: str, *more: str) -> Result:
    return CliRunner().invoke(contractlang, [*written(folder, text), *more])


@pytest.mark.parametrize("text", [CONTRACT, DUTCH], ids=["en", "nl"])
def test_packages_that_are_not_installed(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "NEEDED", ("pyspark_that_is_nowhere",))
    found = settled(tmp_path, text)
    language = "nl" if text == DUTCH else "en"
    assert found.exit_code == 2
    assert "[ZC960]" in found.output
    assert "pyspark_that_is_nowhere" in found.output
    assert str(word("ZC960", "help", language, {})) in found.output


def test_no_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyspark", reason="not tested on Spark: pyspark not installed")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(session, "active", lambda: None)
    found = settled(tmp_path, CONTRACT)
    assert (found.exit_code, "[ZC961]" in found.output) == (2, True)


def test_a_java_that_does_not_start(tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="not tested on Spark: pyspark not installed")
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'this Java is too old' >&2\nexit 1\n")
    java.chmod(0o755)
    given = [sys.executable, "-m", "contractlang.cli.main", *written(tmp_path, CONTRACT)]
    environment = {**os.environ, "JAVA_HOME": str(tmp_path)}  # a process of its own: Spark may run in this one
    found = subprocess.run(given, env=environment, capture_output=True, text=True, check=False)
    assert (found.returncode, "[ZC962]" in found.stderr, "Traceback" in found.stderr) == (2, True, False), found.stderr


@pytest.mark.parametrize("text", [CONTRACT, DUTCH], ids=["en", "nl"])
def test_a_limit_for_memory(text: str, tmp_path: Path) -> None:
    found = settled(tmp_path, text, "--memory", "600MB")
    assert (found.exit_code, "[ZC964]" in found.output) == (2, True)


def test_a_cache(tmp_path: Path) -> None:
    found = settled(tmp_path, CONTRACT, "--cache", str(tmp_path / "cache"))
    assert (found.exit_code, "[ZC966]" in found.output) == (2, True)


def test_a_folder_of_contracts(tmp_path: Path) -> None:
    (tmp_path / "contracts").mkdir()
    given = ["settle", str(tmp_path / "contracts"), str(tmp_path), "--out", str(tmp_path / "out"), "--engine", "spark"]
    found = CliRunner().invoke(contractlang, given)
    assert (found.exit_code, "[ZC963]" in found.output) == (2, True)
    assert not (tmp_path / "out").exists()
