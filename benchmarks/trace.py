"""Where the time of a settlement goes: seconds per statement of SQL, in the order in which they first stand.

    python -m benchmarks.trace settle benchmarks/layers.zc benchmarks/data/1000000 --format json --out /dev/null

Takes what the command line takes. Statements that differ in numbers and quoted texts only are told as one.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from typing import Any

import duckdb

from contractlang.cli.main import contractlang

LEAST, WIDTH = 0.01, 230
spent: dict[str, list[float]] = {}  # by statement: times, seconds


class Timed:
    """A connection that writes down how long it takes."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def cursor(self) -> Timed:
        return Timed(self.connection.cursor())

    def execute(self, query: str, *values: Any) -> Timed:
        own = spent.setdefault(re.sub(r"'[^']*'|\b\d+\b", "?", query), [0, 0.0])
        own[0] += 1
        self._told(own, lambda: self.connection.execute(query, *values))
        self.own = own
        return self

    def _told(self, own: list[float], work: Callable[[], Any]) -> Any:
        started = time.perf_counter()
        try:
            return work()
        finally:
            own[1] += time.perf_counter() - started

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.connection, name)
        if not name.startswith("fetch"):
            return found
        return lambda *values: self._told(self.own, lambda: found(*values))


def main() -> None:
    original = duckdb.connect
    duckdb.connect = lambda *values, **named: Timed(original(*values, **named))  # type: ignore[assignment]
    started = time.perf_counter()
    try:
        contractlang.main(sys.argv[1:], standalone_mode=False)
    finally:
        whole, known = time.perf_counter() - started, sum(seconds for _, seconds in spent.values())
        for query, (times, seconds) in spent.items():
            if seconds >= LEAST * known:
                print(f"{seconds:7.2f} s {int(times):6} x  {query[:WIDTH]}", file=sys.stderr)
        print(f"{known:7.2f} s in {len(spent)} statements, {whole - known:.2f} s elsewhere", file=sys.stderr)


if __name__ == "__main__":
    main()
