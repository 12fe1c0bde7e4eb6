"""The benchmark: one contract by contractlang, by an expert in SQL, and a bare scan, whole processes in turn.

    python benchmarks/run.py --lines 1000000 --runs 5

The data generator and the reference queries stand in ../shared/bench. Machines are noisy: runs alternate, and ratios of
medians count. Before anything is timed, rows per reason and both sums must be equal.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared" / "bench"


def commands(data: Path) -> dict[str, list[str]]:
    python = sys.executable
    return {
        "scan": [python, str(SHARED / "reference_scan.py"), str(data)],
        "expert SQL": [python, str(SHARED / "reference_duckdb.py"), str(data)],
        "contractlang": [
            str(Path(python).parent / "contractlang"), "settle", str(HERE / "ceiling.zc"), str(data), "--format", "json",
            "--out", str(data / "statement.json"),
        ],
    }  # fmt: skip


def timed(command: list[str]) -> float:
    started = time.monotonic()
    subprocess.run(command, check=True, capture_output=True, cwd=SHARED)
    return time.monotonic() - started


def agree(data: Path) -> None:
    """The same rows per reason and the same sums, or there is nothing to compare."""
    every = commands(data)
    expert = json.loads(subprocess.run(every["expert SQL"], check=True, capture_output=True, cwd=SHARED).stdout)
    subprocess.run(every["contractlang"], check=True, capture_output=True)
    ours = json.loads((data / "statement.json").read_text(encoding="utf-8"))
    reasons = {entry["reason"]: entry["rows"] for entry in ours["rejections"]}
    reasons["paid"] = ours["rows"]["submitted"] - ours["rows"]["rejected"]
    if reasons != expert["reasons"]:
        sys.exit(f"rows per reason differ: {reasons} and {expert['reasons']}")
    if (ours["amounts"]["priced"], ours["total"]) != (expert["priced"], expert["payable"]):
        sys.exit(
            f"sums differ: {ours['amounts']['priced']}, {ours['total']} and {expert['priced']}, {expert['payable']}"
        )
    print(f"equal: priced {expert['priced']}, payable {expert['payable']}, rows per reason {reasons}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--lines", type=int, default=1_000_000)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--data", type=Path)
    given = options.parse_args()
    if not SHARED.exists():
        sys.exit("the reference queries in ../shared/bench are absent; the benchmark needs them")
    data = (given.data or HERE / "data" / str(given.lines)).resolve()
    if not (data / "care.csv").exists():
        subprocess.run([sys.executable, str(SHARED / "generate.py"), str(given.lines), str(data)], check=True)
    agree(data)
    times: dict[str, list[float]] = {name: [] for name in commands(data)}
    for _ in range(given.runs):
        for name, command in commands(data).items():
            times[name].append(timed(command))
    medians = {name: statistics.median(values) for name, values in times.items()}
    print(f"{given.lines:,} lines, {given.runs} runs, medians of whole processes")
    for name, median in medians.items():
        print(
            f"  {name:14} {median:7.2f} s   {median / medians['expert SQL']:5.2f} x expert SQL   {median / medians['scan']:5.2f} x scan"
        )
    print(f"  peak memory of the largest child: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
