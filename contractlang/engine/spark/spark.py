"""The engine on Spark: the plans of the fast engine over a database of Spark."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast

import duckdb

from contractlang.data.prepared import Prepared
from contractlang.engine.duck import results
from contractlang.engine.duck.duck import Duck
from contractlang.engine.spark.database import Database
from contractlang.engine.spark.load import SparkLoader
from contractlang.engine.spark.session import session
from contractlang.model.contract import Contract


def counted(mark: str, rows: str) -> tuple[str, str]:
    """A mark, and a query for those that occur twice: rows are counted in parts, and nothing is put in one order."""
    return mark, f"SELECT {mark} AS mark FROM {rows} GROUP BY mark HAVING count(*) > 1"


class Spark(Duck):
    """Settles on Spark, on this computer or a cluster; see `contractlang.engine.protocol.Engine`. Call `close` when done."""

    name = "spark"

    def __init__(self, contract: Contract, data: Mapping[str, Prepared], as_of: date | None) -> None:
        self.database = Database(session())
        connection = cast(duckdb.DuckDBPyConnection, self.database)
        super().__init__(contract, data, as_of, connection, SparkLoader(self.database))
        self.acceptor.marked = counted
        # its tables have a column for the place of a row, which tables put together would not share
        self.ledger.apart = False
        self.ledger.cursor = lambda: cast(duckdb.DuckDBPyConnection, self.database.cursor())

    def at(self, as_of: date) -> Spark:
        """The same contract and data as of another day."""
        return Spark(self.contract, self.acceptor.data, as_of)

    def write_lines(self, path: str) -> None:
        """Every row with its outcome, by the writer of the fast engine."""
        found = self.database.query(results.every_line(self.ledger))
        with duckdb.connect() as connection:
            connection.register("found", found)
            results.copy(connection, "SELECT * FROM found", path)
