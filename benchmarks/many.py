"""Many contracts against one over the same lines: whole processes in turn, wall time and processor time.

    python -m benchmarks.many --lines 10000000 --contracts 500 --runs 1

One contract with a ceiling per provider, and as many contracts of one provider each, with the same price list and their
own ceiling. Before anything is timed their totals must be equal, to the cent. The data generator stands in ../shared/bench.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.engines import settling
from benchmarks.measure import HERE, RESULTS, care, in_turn, keep, medians
from benchmarks.tables import many as many_table

ONE = "one contract"


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


def write(data: Path, number: int, own: Path) -> tuple[Path, Path]:
    """One contract, and a folder of contracts; with fewer contracts than providers, rows stay unmatched."""
    one, many = own / "one.zc", own / f"contracts{number}"
    one.write_text(one_contract(), encoding="utf-8")
    many.mkdir(exist_ok=True)
    with (data / "ceilings.csv").open(encoding="utf-8", newline="") as file:
        amounts = {row["provider_id"]: row["amount"] for row in csv.DictReader(file)}
    for provider, amount in sorted(amounts.items())[:number]:
        (many / f"{provider}.zc").write_text(own_contract(provider, amount), encoding="utf-8")
    return one, many


def commands(data: Path, number: int, own: Path) -> dict[str, Sequence[str]]:
    """One contract, and so many; contracts and statements go to a folder of our own."""
    one, many = write(data, number, own)
    settle = (sys.executable, "-m", "contractlang.cli.main", "settle")
    return {
        ONE: settling(one, data, own / "one.json"),
        f"{number} contracts": (*settle, str(many), str(data), "--out", str(own / "statements")),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--lines", type=int, default=1_000_000)
    options.add_argument("--contracts", type=int, default=500)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--data", type=Path, help="a folder with a folder of lines for each size")
    options.add_argument("--results", type=Path, default=RESULTS)
    given = options.parse_args()
    data = care(given.lines, given.data)
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder)
        every = commands(data, given.contracts, own)
        times = in_turn(every, dict.fromkeys(every, given.runs))
        totals = [
            json.loads((own / name).read_text(encoding="utf-8"))["total"]
            for name in ("one.json", "statements/index.json")
        ]
    if given.contracts >= 500 and totals[0] != totals[1]:
        sys.exit(f"totals differ: {totals[0]} and {totals[1]}")
    records = medians(given.lines, times)
    print(f"{given.lines:,} lines, {given.runs} runs, medians of whole processes; totals {totals[0]} and {totals[1]}")
    print(many_table(records))
    keep("many", records, given.results)


if __name__ == "__main__":
    main()
