"""All tables and lists of a contract: each is read and judged when it is first asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from contractlang.data.prepared import Prepared
from contractlang.engine.duckdb.accept import Accepted, Judge, make_repeated
from contractlang.engine.duckdb.expression import Emitter, column_value
from contractlang.engine.duckdb.lists import Lists
from contractlang.engine.duckdb.load import Loaded, load
from contractlang.engine.duckdb.number import Num
from contractlang.engine.duckdb.session import Session
from contractlang.engine.duckdb.values import Value
from contractlang.model.contract import Contract
from contractlang.model.expression import LookUp, Repeated, Role
from contractlang.model.tables import Table


class Everything:
    """The tables of a contract in one session; what expressions may look at."""

    def __init__(self, session: Session, contract: Contract, data: Mapping[str, Prepared], as_of: date | None) -> None:
        self.session = session
        self.contract = contract
        self.as_of = as_of
        self.lists = Lists(contract, session, self)
        self._data = data
        self._loaded: dict[str, Loaded] = {}
        self._judged: dict[str, Accepted] = {}
        self._busy: set[str] = set()
        self._presence: dict[tuple[str, str], tuple[str, Value]] = {}
        self._repeated: dict[tuple[str, Repeated], str] = {}

    def loaded(self, table: str) -> Loaded:
        """A table with its cells read."""
        if table not in self._loaded:
            self._loaded[table] = load(self.session, self.contract.table(table), self._data.get(table))
        return self._loaded[table]

    def judged(self, table: str) -> Accepted:
        """A table with its rows judged. Raises ValueError when that depends on itself."""
        if table not in self._judged:
            if table in self._busy:
                raise ValueError(f"which rows of {table} count depends on which rows of {table} count")
            self._busy.add(table)
            self._judged[table] = Judge(self.session, self, self.loaded(table)).judge()
        return self._judged[table]

    def accepted(self, table: str) -> str:
        """The relation of the accepted rows of a table."""
        return self.judged(table).relation

    def cell(self, table: Table, column: str, alias: str) -> Value:
        """The cell of a column, under an alias of the table or of its accepted rows."""
        loaded = self.loaded(table.name)
        return column_value(table, column, f"{alias}.{loaded.column(column)}", loaded.bounds.get(column, 0))

    def presence(self, table: str, column: str) -> tuple[str, Value]:
        """Disjoint spans in which the values of a column are present."""
        if (table, column) not in self._presence:
            self._presence[table, column] = self.lists.presence(self.contract.table(table), column)
        return self._presence[table, column]

    def repeated(self, table: str, condition: Repeated) -> str:
        """The rows of a table in whose place another row stands; rows not readable or not received do not take part."""
        if (table, condition) not in self._repeated:
            loaded = self.loaded(table)
            before = "r.bad is not null"
            if self.as_of is not None:
                received = Emitter(self, loaded.table).decides(Role.RECEIPT)
                before += f" or coalesce({received} > DATE '{self.as_of.isoformat()}', false)"
            self._repeated[table, condition] = make_repeated(self.session, loaded, condition, before)
        return self._repeated[table, condition]

    def look_up(self, ask: LookUp, keys: Sequence[Value], on: str | None, alias: str) -> tuple[str | None, Num]:
        """The join and the value of a list."""
        return self.lists.look_up(ask, keys, on, alias)
