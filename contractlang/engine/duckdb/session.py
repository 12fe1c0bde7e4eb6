"""The embedded database: runs SQL, and says in the engine's own words what cannot be computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import duckdb

from contractlang.engine.protocol import DataFault

Row = tuple[Any, ...]
BATCH = 20_000
TOO_LARGE = (duckdb.OutOfRangeException, duckdb.ConversionException)


class Session:
    """One database in memory, for one settlement."""

    def __init__(self) -> None:
        self._db = duckdb.connect(":memory:")
        self._names = 0

    def close(self) -> None:
        """Free the memory; nothing may be asked afterwards."""
        self._db.close()

    def run(self, sql: str, parameters: Sequence[object] | None = None) -> None:
        """Run a statement. Raises DataFault ZC802 when a number is larger than exact arithmetic here can hold."""
        try:
            self._db.execute(sql, parameters)
        except TOO_LARGE as error:
            raise too_large(str(error).splitlines()[0]) from error

    def rows(self, sql: str, parameters: Sequence[object] | None = None) -> list[Row]:
        """All rows of a query. Raises DataFault ZC802 as `run`."""
        try:
            return self._db.execute(sql, parameters).fetchall()
        except TOO_LARGE as error:
            raise too_large(str(error).splitlines()[0]) from error

    def row(self, sql: str, parameters: Sequence[object] | None = None) -> Row:
        """The only row of a query. Raises DataFault ZC802 as `run`."""
        return self.rows(sql, parameters)[0]

    def stream(self, sql: str) -> Iterator[Row]:
        """The rows of a query in batches, on a connection of its own: other queries may run meanwhile."""
        cursor = self._db.cursor()
        try:
            cursor.execute(sql)
            while batch := cursor.fetchmany(BATCH):
                yield from batch
        finally:
            cursor.close()

    def fresh(self, kind: str) -> str:
        """A name for a table that no other table has."""
        self._names += 1
        return f"{kind}_{self._names}"

    def insert(self, table: str, types: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Add rows to a table in bulk, in order. `types` are the SQL types of its columns."""
        picks = ", ".join(f"unnest(?::{kind}[])" for kind in types)
        for start in range(0, len(rows), BATCH):
            columns = [list(column) for column in zip(*rows[start : start + BATCH], strict=True)]
            self.run(f"insert into {table} select {picks}", columns)


def too_large(what: str) -> DataFault:
    """The fault of a number that is larger than 127 bits of exact arithmetic can hold."""
    return DataFault("ZC802", fault=f"number too large: {what}")


def literal(text: str) -> str:
    """A text as SQL."""
    return "'" + text.replace("'", "''") + "'"
