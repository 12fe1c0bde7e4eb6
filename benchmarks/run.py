"""The benchmark: one contract by contractlang, by an expert in SQL, in pandas, by a rule engine, and a bare scan of the file.

    python -m benchmarks.run --sizes 1000,10000,100000,1000000,10000000 --runs 5
    python -m benchmarks.run --contract layers

The data generator and the references stand in ../shared/bench. Machines are noisy: whole processes take turns, and ratios
of medians count. Before anything is timed, rows per reason and both sums of who counts exactly must be equal.
`--contract layers` measures a contract with tiers and nested ceilings (layers.zc) against the scan.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.engines import EXPERT, OURS, PANDAS, SCAN, Engine, differing, engines, off, outcome, settling, why_not
from benchmarks.measure import HERE, PARTS, RESULTS, care, in_turn, keep, medians

SIZES = "1000,10000,100000,1000000,10000000"
LARGE, LARGE_RUNS = 10_000_000, 3  # from here on fewer runs
SLOW, SLOW_RUNS = 1_000_000, 1  # of who may be slow, from here on

Record = dict[str, object]


def agree(some: list[Engine], out: Path) -> dict[str, int]:
    """Ends the program when who counts exactly says something else than the expert; else how many cents others are off."""
    found = {engine.name: outcome(engine, out) for engine in some}
    expected, far = found[EXPERT], {}
    assert expected is not None
    for name, one in found.items():
        if one is not None:
            if fault := differing(expected, one, name != PANDAS):
                sys.exit(f"{name} differs from the expert: {fault}")
            if cents := off(expected, one):
                far[name] = cents
    print(f"  equal: priced {expected.priced}, payable {expected.payable}, {sum(expected.reasons.values()):,} rows")
    return far


def run_once(lines: int, runs: int, data: Path, out: Path) -> list[Record]:
    """The records of one size."""
    every = engines(data, out)
    absent = {engine.name: why for engine in every if (why := why_not(engine, lines))}
    some = [engine for engine in every if engine.name not in absent]
    far = agree(some, out)
    often = {engine.name: min(runs, SLOW_RUNS) if engine.most and lines >= SLOW else runs for engine in some}
    records = medians(lines, in_turn({engine.name: engine.command for engine in some}, often))
    for record in records:
        if cents := far.get(str(record["engine"])):
            record["cents_off"] = cents
    records += [{"lines": lines, "engine": name, "absent": why} for name, why in absent.items()]
    places = [engine.name for engine in every]
    return sorted(records, key=lambda record: places.index(str(record["engine"])))


def run_layers(lines: int, runs: int, data: Path, out: Path) -> list[Record]:
    """The records of one size under the contract with tiers and nested ceilings."""
    scan = next(engine for engine in engines(data, out) if engine.name == SCAN)
    commands = {SCAN: scan.command, OURS: settling(HERE / "layers.zc", data, out)}
    return medians(lines, in_turn(commands, dict.fromkeys(commands, runs)))


def show(records: list[Record]) -> None:
    """One size, as it is found."""
    scan = next(record for record in records if record["engine"] == SCAN)
    for record in records:
        if "absent" in record:
            print(f"  {record['engine']:14} {record['absent']}")
            continue
        wall, processor, memory = (float(str(record[part])) for part in PARTS)
        ratio = wall / float(str(scan["wall"]))
        print(
            f"  {record['engine']:14} {wall:8.2f} s {ratio:7.2f} x scan {processor:8.2f} s of processor {memory:8,.0f} MB"
        )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", default=SIZES, help="numbers of lines; 100000000 takes 11 GB and 10 minutes more")
    options.add_argument("--runs", type=int, default=5, help=f"of sizes below {LARGE:,}; of those {LARGE_RUNS} at most")
    options.add_argument("--contract", choices=("ceiling", "layers"), default="ceiling")
    options.add_argument("--data", type=Path, help="a folder with a folder of lines for each size")
    options.add_argument("--results", type=Path, default=RESULTS)
    given = options.parse_args()
    measure = run_once if given.contract == "ceiling" else run_layers
    records: list[Record] = []
    with tempfile.TemporaryDirectory() as folder:
        for lines in map(int, given.sizes.split(",")):
            runs = given.runs if lines < LARGE else min(given.runs, LARGE_RUNS)
            data = care(lines, given.data)
            print(f"{lines:,} lines, {runs} runs, medians of whole processes", flush=True)
            found = measure(lines, runs, data, Path(folder) / "statement.json")
            show(found)
            records += found
    keep(given.contract, records, given.results)


if __name__ == "__main__":
    main()
