"""Whole processes, measured one by one: seconds on the clock, seconds of the processors, most memory; and data to measure on.

What measures stays small: a child is forked from it, and the memory of a child is never told as less than its parent's.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SHARED = ROOT.parent / "shared" / "bench"
RESULTS = HERE / "results.json"
PARTS = ("wall", "processor", "memory")
Times = dict[str, list[tuple[float, float, float]]]  # by engine: a run as (wall s, processor s, MB)


def measured(command: Sequence[str]) -> tuple[float, float, float]:
    """Run a command to its end: (wall seconds, processor seconds of user and system, MB of memory at its highest)."""
    with tempfile.TemporaryFile() as said:
        started = time.monotonic()
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said, cwd=ROOT)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.monotonic() - started
        child.returncode = os.waitstatus_to_exitcode(status)  # it is waited for already
        if child.returncode:
            said.seek(0)
            sys.exit(f"{' '.join(command)} ended with {child.returncode}:\n{said.read().decode(errors='replace')}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def in_turn(commands: Mapping[str, Sequence[str]], runs: Mapping[str, int]) -> Times:
    """Every command as often as `runs` says, one after the other in every round, so that a busy minute is shared by all."""
    times: Times = {name: [] for name in commands}
    for turn in range(max(runs.values())):
        for name, command in commands.items():
            if turn < runs[name]:
                times[name].append(measured(command))
    return times


def medians(lines: int, times: Times) -> list[dict[str, object]]:
    """One record for each engine, as the results are kept."""
    found: list[dict[str, object]] = []
    for engine, runs in times.items():
        middle = [round(statistics.median(part), 3) for part in zip(*runs, strict=True)]
        found.append({"lines": lines, "engine": engine, "runs": len(runs), **dict(zip(PARTS, middle, strict=True))})
    return found


def care(lines: int, folder: Path | None = None) -> Path:
    """The folder with so many lines of care, its price list and ceilings; made when absent."""
    if not SHARED.exists():
        sys.exit("the generator and the reference queries in ../shared/bench are absent; the benchmark needs them")
    data = (folder or HERE / "data").resolve() / str(lines)
    if not (data / "care.csv").exists():
        subprocess.run([sys.executable, str(SHARED / "generate.py"), str(lines), str(data)], check=True)
    return data


def machine() -> dict[str, object]:
    """What the times depend on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "cores": os.cpu_count(), "memory_gb": round(memory / 2**30), "python": platform.python_version(), "duckdb": version("duckdb")
    }  # fmt: skip


def keep(part: str, records: Sequence[Mapping[str, object]], path: Path = RESULTS) -> None:
    """Write one part of the results anew; the others stay."""
    found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    found |= {"machine": machine(), part: list(records)}
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
