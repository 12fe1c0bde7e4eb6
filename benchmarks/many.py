"""Many contracts against one over the same lines: whole processes in turn, wall time and processor time.

    python benchmarks/many.py --lines 1000000 --contracts 500 --runs 3

One contract with a ceiling per provider, and as many contracts of one provider each, with the same price list and their
own ceiling. Before anything is timed their totals must be equal, to the cent. The data generator stands in ../shared/bench.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
GENERATE = HERE.parents[1] / "shared" / "bench" / "generate.py"


def one_contract() -> str:
    """The contract with a ceiling per provider; a claim is double when its provider sent it twice."""
    text = (HERE / "ceiling.zc").read_text(encoding="utf-8")
    return text.replace("when repeated claim_id keeping", "when repeated claim_id, provider_id keeping")


def own_contract(provider: str, amount: str) -> str:
    """The contract of one provider with its ceiling, which is the same in every year."""
    text = one_contract()
    start, rest = text.split("data ceilings\n")
    text = start + rest[rest.index("reject care") :]
    start, rest = text.split("list ceiling by provider_id\n")
    text = start + rest[rest.index("article 1") :]
    euros, cents = amount.split(".")
    return (
        text.replace(
            "one per provider_id in care, each separately", f'"Provider {provider}" as {provider} in provider_id'
        )
        .replace("at most ceiling\n", f"at most € {int(euros):,}.{cents}\n")
        .replace("    per         provider_id\n", "")
        .replace("Benchmark: one tariff, one ceiling for each provider and year", f"Care by {provider}")
    )


def write(data: Path, number: int) -> tuple[Path, Path]:
    """One contract, and a folder of contracts; with fewer contracts than providers, rows stay unmatched."""
    one, many = data / "one.zc", data / f"contracts{number}"
    one.write_text(one_contract(), encoding="utf-8")
    many.mkdir(exist_ok=True)
    with (data / "ceilings.csv").open(encoding="utf-8", newline="") as file:
        amounts = {row["provider_id"]: row["amount"] for row in csv.DictReader(file)}
    for provider, amount in sorted(amounts.items())[:number]:
        (many / f"{provider}.zc").write_text(own_contract(provider, amount), encoding="utf-8")
    return one, many


def timed(command: list[str]) -> tuple[float, float]:
    """Seconds on the clock and of the processor."""
    before, started = os.times(), time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    after, wall = os.times(), time.monotonic() - started
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, spent


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--lines", type=int, default=1_000_000)
    options.add_argument("--contracts", type=int, default=500)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--data", type=Path)
    given = options.parse_args()
    data = (given.data or HERE / "data" / str(given.lines)).resolve()
    if not (data / "care.csv").exists():
        subprocess.run([sys.executable, str(GENERATE), str(given.lines), str(data)], check=True)
    one, many = write(data, given.contracts)
    settle = [sys.executable, "-m", "contractlang.cli.main", "settle"]
    commands = {
        "one contract": [*settle, str(one), str(data), "--format", "json", "--out", str(data / "one.json")],
        f"{given.contracts} contracts": [*settle, str(many), str(data), "--out", str(data / "statements")],
    }
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(given.runs):
        for name, command in commands.items():
            times[name].append(timed(command))
    totals = [
        json.loads((data / name).read_text(encoding="utf-8"))["total"] for name in ("one.json", "statements/index.json")
    ]
    if given.contracts >= 500 and totals[0] != totals[1]:
        sys.exit(f"totals differ: {totals[0]} and {totals[1]}")
    print(f"{given.lines:,} lines, {given.runs} runs, medians of whole processes; totals {totals[0]} and {totals[1]}")
    medians = {name: [statistics.median(part) for part in zip(*found, strict=True)] for name, found in times.items()}
    first = medians["one contract"]
    for name, (wall, spent) in medians.items():
        print(
            f"  {name:15} {wall:7.2f} s ({wall / first[0]:5.2f} x)   processor {spent:7.2f} s ({spent / first[1]:5.2f} x)"
        )


if __name__ == "__main__":
    main()
