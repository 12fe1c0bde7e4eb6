"""Start-up: how long small commands take, against an interpreter that imports the same libraries; whole processes in turn.

    python -m benchmarks.start_up --runs 11

Machines are noisy, so that commands take turns and ratios of medians count. Exit code 1 when a target is not met.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
CONTRACT = HERE / "ceiling.zc"
CHECK, SETTLE = "import click, lark", "import duckdb, click, lark"
RATIO, SETTLE_RATIO, SETTLE_EXTRA, LARGE_SECONDS = 2.5, 2.0, 0.1, 3.0
BASE = """contract "Large" version "1"
  payer     "Payer"
  provider  "Provider"
  term      2026-01-01 through 2026-12-31
  settle    per quarter
  rounded   half away from zero to € 0.01 per row

data care
  line_id    text  key
  product    text
  care_date  date     decides year, tariff, period
  minutes    minutes  whole
"""


def large_contract(lines: int) -> str:
    """A price list of half the lines, articles with prose for the other half."""
    text = [BASE, "tariff price per hour by product", "  | product | from 2026-01-01 | from 2026-07-01 |"]
    text += [
        f"  | P{n:06d} | € {40 + n % 60}.{n % 100:02d} | € {41 + n % 60}.{n % 100:02d} |" for n in range(lines // 2)
    ]
    for number in range(1, (lines - len(text) - BASE.count("\n")) // 4):
        text += [
            "", f'article {number} "Care {number}"', f"  > Hours of product {number} are paid at the tariff of the day of care.",
            f'  pay minutes of care where product = "P{number:06d}" at price',
        ]  # fmt: skip
    return "\n".join(text) + "\n"


def small_data(folder: Path, lines: int) -> None:
    """Care at the price list of the benchmark, as its contract asks."""
    drawn = random.Random(1)
    care = ["claim_id,provider_id,product_code,care_date,quantity,level,claim_date"]
    for n in range(lines):
        day = f"{drawn.randrange(1, 13):02d}-{drawn.randrange(1, 29):02d}"
        care.append(f"C{n},A{n % 20},P{n % 50},2024-{day},{drawn.randrange(1, 9)}.250,L{n % 3},2024-12-31")
    prices = ["product_code,level,valid_from,valid_to,tariff"]
    prices += [f"P{p},L{level},2024-01-01,2025-12-31,{10 + p}.37" for p in range(50) for level in range(3)]
    ceilings = ["provider_id,year,amount", *(f"A{n},{year},900.00" for n in range(20) for year in (2024, 2025))]
    for name, rows in (("care", care), ("prices", prices), ("ceilings", ceilings)):
        (folder / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def commands(folder: Path) -> dict[str, list[str]]:
    """Every command that is measured, and the two interpreters that it is measured against."""
    python, program = sys.executable, [sys.executable, "-m", "contractlang.cli.main"]
    small_data(folder, 1_000)
    other, large = folder / "other.zc", folder / "large.zc"
    other.write_text(CONTRACT.read_text(encoding="utf-8").replace("above 365", "above 300"), encoding="utf-8")
    large.write_text(large_contract(20_000), encoding="utf-8")
    return {
        CHECK: [python, "-c", CHECK],
        "check": [*program, "check", str(CONTRACT)],
        "fmt": [*program, "fmt", "--check", str(CONTRACT)],
        "diff": [*program, "diff", str(CONTRACT), str(other)],
        SETTLE: [python, "-c", SETTLE],
        "settle 1,000 lines": [*program, "settle", str(CONTRACT), str(folder)],
        "check 20,000 lines": [*program, "check", str(large)],
    }


def measured(folder: Path, runs: int) -> dict[str, float]:
    """Medians in seconds, each command once in every turn."""
    times: dict[str, list[float]] = {}
    for _ in range(runs):
        for name, command in commands(folder).items():
            started = time.monotonic()
            subprocess.run(command, check=True, capture_output=True)
            times.setdefault(name, []).append(time.monotonic() - started)
    return {name: statistics.median(values) for name, values in times.items()}


def judged(medians: dict[str, float]) -> Iterator[tuple[str, bool]]:
    """A line for each target, and whether it is met."""
    for name in ("check", "fmt", "diff"):
        ratio = medians[name] / medians[CHECK]
        yield f"{name:20} {medians[name] * 1000:6.0f} ms  {ratio:5.2f} x `{CHECK}` (target {RATIO})", ratio <= RATIO
    name, most = "settle 1,000 lines", SETTLE_RATIO * medians[SETTLE] + SETTLE_EXTRA
    told = f"{name:20} {medians[name] * 1000:6.0f} ms  {medians[name] / medians[SETTLE]:5.2f} x `{SETTLE}`"
    yield f"{told} (target {most * 1000:.0f} ms: twice that and 100 ms)", medians[name] <= most
    name = "check 20,000 lines"
    yield f"{name:20} {medians[name] * 1000:6.0f} ms  (target {LARGE_SECONDS:.0f} s)", medians[name] <= LARGE_SECONDS


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=11)
    with tempfile.TemporaryDirectory() as folder:
        found = list(judged(measured(Path(folder), options.parse_args().runs)))
    for text, met in found:
        print(f"{'ok  ' if met else 'MISS'} {text}")
    sys.exit(not all(met for _, met in found))


if __name__ == "__main__":
    main()
