"""An engine for one of many contracts: in a schema of its own, over the rows that are its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from itertools import count

import duckdb
from msgspec import Struct
from msgspec.structs import replace

from contractlang.data.prepared import Prepared
from contractlang.engine.duck.duck import Duck
from contractlang.engine.duck.load import Loaded, Loader
from contractlang.engine.routing import Member
from contractlang.model.tables import Table

NUMBERS = count()


class Part(Struct, frozen=True):
    """A table as it was read for all contracts; `own` is what follows FROM for the rows of one, None for the whole table."""

    loaded: Loaded
    own: str | None
    texts_of: Callable[[Loaded], str]  # the relation with the texts of rows that cannot be read


class Shared(Struct, frozen=True):
    """The database that contracts share, and where one of them finds its tables."""

    connection: duckdb.DuckDBPyConnection
    parts: Mapping[str, Part]


class Slices(Loader):
    """Loads nothing anew: takes the rows of one contract from tables that were read for all."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, parts: Mapping[str, Part]) -> None:
        super().__init__(connection)
        self.parts = parts

    def load(self, index: int, table: Table, prepared: Prepared | None) -> Loaded:
        """The rows of the contract, numbered from one as if they were the file; of other tables all rows."""
        part = self.parts[table.name]
        whole = part.loaded
        if part.own is None:
            return replace(whole, texts=self._texts(part, whole.relation, ""))
        columns = "".join(f"{whole.columns[column.name]}, " for column in whole.read) or "0 AS nothing, "
        self.connection.execute(f"CREATE TABLE r{index} AS SELECT {columns}bad FROM {part.own} ORDER BY n")
        numbered = f"SELECT n, row_number() OVER (ORDER BY n) AS row FROM {part.own}"
        return Loaded(f"r{index}", whole.columns, whole.read, whole.wide, self._texts(part, f"r{index}", numbered))

    def _texts(self, part: Part, relation: str, numbered: str) -> str:
        """The texts of rows that cannot be read, when there are such rows; `numbered` tells how they are numbered here."""
        if not self.connection.execute(f"SELECT 1 FROM {relation} WHERE bad LIMIT 1").fetchone():
            return ""
        texts = part.texts_of(part.loaded)
        if not numbered:
            return f"SELECT * FROM {texts}"
        return f"SELECT s.row AS n, t.part, t.ragged, t.texts FROM ({numbered}) s JOIN {texts} t ON t.n = s.n"


class Slice(Duck):
    """The fast engine over the rows of one contract; `close` leaves the shared tables as they are."""

    def __init__(self, shared: Shared, member: Member, as_of: date | None) -> None:
        self.shared, self.member, self.schema = shared, member, f"own{next(NUMBERS)}"
        connection = shared.connection.cursor()
        connection.execute(f"CREATE SCHEMA {self.schema}; SET search_path = '{self.schema},main'")
        super().__init__(member.contract, member.data, as_of, connection, Slices(connection, shared.parts))

    def at(self, as_of: date) -> Slice:
        """The same contract and rows as of another day."""
        return Slice(self.shared, self.member, as_of)

    def close(self) -> None:
        """Drop what was made for this contract."""
        with suppress(
            duckdb.Error
        ):  # a plan that failed may have left its transaction open; the schema goes with the rest
            self.connection.execute(f"DROP SCHEMA {self.schema} CASCADE")
        self.connection.close()
