"""Who settles the contract of the benchmark: the command of each, how far it is measured, and what it says came out."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from benchmarks.measure import HERE, ROOT, SHARED

SCAN, EXPERT, PANDAS, RULES, OURS = "scan", "expert SQL", "pandas", "zen-engine", "contractlang"


@dataclass(frozen=True)
class Engine:
    """`most`: the most lines that are measured, of who would take longer than about a minute; None without bound."""

    name: str
    command: tuple[str, ...]
    most: int | None = None
    needs: str = ""  # a package that may be absent


@dataclass(frozen=True)
class Outcome:
    """Rows by reason, and two sums in euros as text."""

    reasons: Mapping[str, int]
    priced: str
    payable: str


def settling(contract: Path, data: Path, out: Path, more: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Our own command, with its statement as JSON."""
    program = (sys.executable, "-m", "contractlang.cli.main", "settle", str(contract), str(data))
    return (*program, "--format", "json", "--out", str(out), *more)


def engines(data: Path, out: Path) -> list[Engine]:
    """Everyone, over the lines in `data`; our statement goes to `out`."""
    python = sys.executable
    return [
        Engine(SCAN, (python, str(SHARED / "reference_scan.py"), str(data))),
        Engine(EXPERT, (python, str(SHARED / "reference_duckdb.py"), str(data))),
        Engine(PANDAS, (python, str(SHARED / "reference_pandas.py"), str(data)), 10_000_000, "pandas"),
        Engine(RULES, (python, "-m", "benchmarks.rules", str(data)), 1_000_000, "zen"),
        Engine(OURS, settling(HERE / "ceiling.zc", data, out)),
    ]


def why_not(engine: Engine, lines: int) -> str | None:
    """Why an engine is not measured on so many lines."""
    if engine.needs and find_spec(engine.needs) is None:
        return "not installed"
    return "takes over a minute" if engine.most is not None and lines > engine.most else None


def outcome(engine: Engine, out: Path) -> Outcome | None:
    """Run an engine once and read what came out; the scan settles nothing."""
    if engine.name == SCAN:
        return None
    said = subprocess.run(engine.command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
    if engine.name == OURS:
        return of_statement(json.loads(out.read_text(encoding="utf-8")))
    if engine.name == PANDAS:
        return of_pandas(said)
    found = json.loads(said)
    return Outcome(found["reasons"], found["priced"], found["payable"])


def of_statement(statement: Mapping[str, object]) -> Outcome:
    """What our statement says, in the words of the others."""
    rows, amounts, rejections = statement["rows"], statement["amounts"], statement["rejections"]
    reasons = {entry["reason"]: entry["rows"] for entry in rejections}  # type: ignore[attr-defined]
    reasons["paid"] = rows["submitted"] - rows["rejected"]  # type: ignore[index]
    return Outcome(reasons, amounts["priced"], str(statement["total"]))  # type: ignore[index]


def of_pandas(said: str) -> Outcome:
    """What the analyst's program prints: a dictionary of NumPy numbers, and two floats."""
    reasons = {name: int(rows) for name, rows in re.findall(r"'([\w-]+)': (?:np\.int64\()?(\d+)", said)}
    priced, payable = said.split("}")[1].split()
    return Outcome(reasons, f"{float(priced):.2f}", f"{float(payable):.2f}")


def differing(expected: Outcome, found: Outcome, exact: bool) -> str | None:
    """What is not the same; sums only of who counts exactly."""
    if dict(expected.reasons) != dict(found.reasons):
        return f"rows per reason: {dict(found.reasons)}, and not {dict(expected.reasons)}"
    if exact and (expected.priced, expected.payable) != (found.priced, found.payable):
        return f"sums: {found.priced} and {found.payable}, and not {expected.priced} and {expected.payable}"
    return None


def off(expected: Outcome, found: Outcome) -> int:
    """By how many cents the sum payable is off."""
    return abs(int(found.payable.replace(".", "")) - int(expected.payable.replace(".", "")))
