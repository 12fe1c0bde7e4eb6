"""The benchmark data as it comes in: twelve files by the day of claiming, settled each time with all files and with a cache.

    python benchmarks/monthly.py DATA FOLDER --runs 5 [--dutch]

DATA is a folder of benchmarks/run.py; FOLDER gets the files. Runs alternate, whole processes; before anything is timed the
statements of a full run and of a run with a cache must be the same byte for byte.
"""

from __future__ import annotations

import argparse
import filecmp
import resource
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import duckdb

HERE = Path(__file__).resolve().parent
FILES = 12


DUTCH = (
    "SELECT * REPLACE (replace(quantity, '.', ',') AS quantity, strftime(CAST(care_date AS DATE), '%d-%m-%Y') AS care_date, "
    "strftime(CAST(claim_date AS DATE), '%d-%m-%Y') AS claim_date) FROM"
)


def cut(source: Path, folder: Path, dutch: bool) -> None:
    """Twelve files of equally many lines, by claim date; care of months before comes late, as it does.

    `dutch`: semicolons, decimal commas and 31-12-2024, as spreadsheets here write them.
    """
    care = folder / "care"
    care.mkdir(parents=True, exist_ok=True)
    for name in ("prices.csv", "ceilings.csv"):
        shutil.copyfile(source / name, folder / name)
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE care AS SELECT *, ntile(?) OVER (ORDER BY claim_date, claim_id) AS file "
            "FROM read_csv(?, all_varchar=true, header=true)", [FILES, str(source / "care.csv")],
        )  # fmt: skip
        for number in range(1, FILES + 1):
            select = f"SELECT * EXCLUDE (file) FROM care WHERE file = {number} ORDER BY claim_id"
            form = "HEADER, DELIMITER ';'" if dutch else "HEADER"
            connection.execute(
                f"COPY ({f'{DUTCH} ({select})' if dutch else select}) TO '{care}/{number:02}.csv' ({form})"
            )


def settle(folder: Path, out: Path, *options: str) -> tuple[float, float]:
    """Seconds on the clock and of the processor."""
    command = [sys.executable, "-m", "contractlang.cli.main", "settle", str(HERE / "ceiling.zc"), str(folder)]
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run([*command, "--format", "json", "--out", str(out), *options], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - started, spent


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("data", type=Path)
    options.add_argument("folder", type=Path)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--dutch", action="store_true")
    given = options.parse_args()
    folder, eleven, cache = given.folder / "data", given.folder / "before", given.folder / "cache"
    shutil.rmtree(cache, ignore_errors=True)
    if not folder.exists():
        cut(given.data, folder, given.dutch)
    shutil.rmtree(eleven, ignore_errors=True)
    shutil.copytree(folder, eleven)
    (eleven / "care" / f"{FILES}.csv").unlink()
    full, kept = given.folder / "full.json", given.folder / "kept.json"
    first = settle(eleven, kept, "--cache", str(cache))
    print(f"eleven files, into an empty cache   {first[0]:.2f} s, processor {first[1]:.2f} s")
    times: dict[str, list[tuple[float, float]]] = {}
    for _ in range(given.runs):
        shutil.rmtree(given.folder / "again", ignore_errors=True)
        shutil.copytree(cache, given.folder / "again")
        again = ("--cache", str(given.folder / "again"))
        times.setdefault("all twelve files", []).append(settle(folder, full))
        times.setdefault("the twelfth, the others from the cache", []).append(settle(folder, kept, *again))
        if not filecmp.cmp(full, kept, shallow=False):
            sys.exit("the statements differ")
        times.setdefault("nothing new, all from the cache", []).append(settle(folder, kept, *again))
    size = sum(path.stat().st_size for path in cache.iterdir() if path.is_file())
    print(f"statements equal; the cache of eleven files has {size / 1e6:.1f} MB; medians of {given.runs} runs")
    for name, every in times.items():
        clock, spent = (statistics.median(one[at] for one in every) for at in (0, 1))
        print(f"  {name:40} {clock:6.2f} s, processor {spent:6.2f} s")


if __name__ == "__main__":
    main()
