"""Which rows count: the steps of `contractlang.model.tables.Table` as one pass over a loaded table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import duckdb
from msgspec import Struct
from msgspec.structs import replace

from contractlang.base.progress import JUDGING, enter
from contractlang.data.prepared import Prepared
from contractlang.engine.duck import lists
from contractlang.engine.duck.attribute import attribute
from contractlang.engine.duck.emit import Emitter, Joined
from contractlang.engine.duck.load import Loaded, Loader, quoted
from contractlang.engine.duck.prune import read_later
from contractlang.engine.duck.spread import spread
from contractlang.engine.duck.widen import replacing
from contractlang.model.contract import Contract
from contractlang.model.expression import All, Any, Condition, Not, Repeated, Role, Unpaired
from contractlang.model.tables import (
    CLOSED,
    CREDIT_WITHOUT_DEBIT,
    EMPTY,
    NOT_YET_RECEIVED,
    OTHER_PROVIDER,
    OUTSIDE_TERM,
    OVERLAP,
    UNKNOWN,
    UNREADABLE,
    EmptyMeans,
    Kind,
    Table,
)  # fmt: skip

ELSEWHERE = ".elsewhere"  # reason of rows that contracts settled together have no part in; never shown


class Accepted(Struct, frozen=True):
    """A table after acceptance: relation with n, the columns, reason, and for credits debit and sign."""

    table: Table
    relation: str
    columns: dict[str, str]
    bounds: dict[str, int]
    loaded: Loaded
    credited: bool

    @property
    def sign(self) -> str:
        """-1 for a paired credit, as SQL."""
        return "w.sign" if self.credited else "1"


class Acceptor:
    """Loads and judges tables when they are first asked for, as tests may look into other tables."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        contract: Contract,
        data: Mapping[str, Prepared],
        as_of: date | None,
    ) -> None:
        self.connection = connection
        self.contract = contract
        self.data = data
        self.as_of = as_of
        self.loader = Loader(connection)
        self.done: dict[str, Accepted] = {}
        self.busy: set[str] = set()
        self.joined: dict[str, Joined] = {}
        self.marked = self._in_order  # what a database is quickest at
        self.elsewhere: Callable[[Table, Loaded], str] = lambda table, loaded: (
            ""
        )  # a test of rows that are not looked at
        self.amounts: Callable[[Accepted, Emitter], tuple[list[str], list[str]]] = lambda accepted, emitter: ([], [])

    def accepted(self, name: str) -> Accepted:
        """A table after acceptance."""
        if name not in self.done:
            if name in self.busy:
                raise ValueError(f"which rows of {name} count depends on which rows of {name} count")
            self.busy.add(name)
            self.done[name] = self._judge(self.contract.table(name))
        return self.done[name]

    def emitter(self, table: Table, columns: dict[str, str], bounds: dict[str, int]) -> Emitter:
        """An emitter over the columns of a table."""
        return Emitter(self.contract, table, columns, bounds, self.as_of, self._listed, self._present, self._joined)

    def over(self, accepted: Accepted) -> Emitter:
        """An emitter over the accepted rows of a table (alias w)."""
        return self.emitter(accepted.table, accepted.columns, accepted.bounds)

    def _listed(self, table: str, column: str) -> str:
        other = self.accepted(table)
        cell = other.columns[column]
        return f"SELECT DISTINCT {cell} FROM {other.relation} WHERE reason IS NULL AND {cell} IS NOT NULL"

    def _present(self, table: str, where: Condition | None) -> tuple[str, dict[str, str]]:
        other = self.accepted(table)
        if where is None:
            return other.relation, other.columns
        emitter = self.over(other)
        test = emitter.condition(where)
        return f"(SELECT w.* FROM {other.relation} w {' '.join(emitter.joins)} WHERE {test})", other.columns

    def _joined(self, name: str) -> Joined:
        if name not in self.joined:
            self.joined[name] = lists.build(self, name, len(self.joined))
        return self.joined[name]

    def _judge(self, table: Table) -> Accepted:
        index = [one.name for one in self.contract.tables].index(table.name)
        loaded = self._loaded(table, index)
        counted = self.connection.execute(f"SELECT count(*) FROM {loaded.relation}").fetchone()
        rows = counted[0] if counted else 0
        enter(JUDGING, table.name, rows)
        bounds = self._bounds(table, loaded)
        emitter = self.emitter(table, loaded.columns, bounds)
        emitter.doubles = lambda test: self._doubles(test, loaded, index)
        reason = self._reason(table, loaded, emitter)
        enter(JUDGING, table.name, rows)  # again, for tests may have looked into other tables
        relation = f"w{index}"
        columns = ", ".join(f"w.{loaded.columns[column.name]}" for column in loaded.read) or "w.nothing"
        judged = (
            f"SELECT w.rowid + 1 AS n, {columns}, {reason} AS reason FROM {loaded.relation} w {' '.join(emitter.joins)}"
        )
        found = Accepted(table, relation, loaded.columns, bounds, loaded, False)
        if table.credit is None:
            self._keep(found, judged)
            return found
        self.connection.execute(f"CREATE TABLE {relation} AS {judged}")
        return self._pair(found, index)

    def _loaded(self, table: Table, index: int) -> Loaded:
        if table.spread is not None:
            return spread(self, table, index)
        if table.attribution is not None:
            return attribute(self, table, table.attribution, index)
        return self.loader.load(index, table, self.data.get(table.name))

    def _keep(self, found: Accepted, judged: str) -> None:
        """Store the judged rows, those of a paid table with what its articles pay for them: one pass over the data."""
        emitter = self.over(found)
        made, then = self.amounts(found, emitter)
        kept = ["w.*"]
        if made and not found.credited:
            later = read_later(self.contract, found.table)
            kept = ["w.n", *(f"w.{found.columns[c.name]}" for c in found.loaded.read if c.name in later), "w.reason"]
        rows = f"SELECT {', '.join([*kept, *made])} FROM ({judged}) w {' '.join(emitter.joins)}"
        self.connection.execute(f"CREATE TABLE {found.relation} AS {replacing(then, rows)}")

    def _bounds(self, table: Table, loaded: Loaded) -> dict[str, int]:
        numbers = [column for column in loaded.read if column.kind is Kind.NUMBER]
        if not numbers:
            return {}
        parts = ", ".join(f"max({loaded.columns[c.name]}), min({loaded.columns[c.name]})" for c in numbers)
        found = self.connection.execute(f"SELECT {parts} FROM {loaded.relation}").fetchone() or ()
        pairs = zip(found[::2], found[1::2], strict=True)
        return {c.name: max(abs(top or 0), abs(low or 0)) for c, (top, low) in zip(numbers, pairs, strict=True)}

    def _reason(self, table: Table, loaded: Loaded, emitter: Emitter) -> str:
        cases: list[tuple[str, str]] = []
        if elsewhere := self.elsewhere(table, loaded):
            cases.append((elsewhere, ELSEWHERE))
        if table.own is not None:
            whose, code = f"w.{loaded.columns[table.own[0]]}", quoted(table.own[1])
            cases.append((f"coalesce({whose} <> {code}, false)", OTHER_PROVIDER))
        if self.as_of is not None and any(deciding.role is Role.RECEIPT for deciding in table.deciding):
            received = emitter.decides(Role.RECEIPT)
            cases.append((f"coalesce({received} > DATE '{self.as_of}', false)", NOT_YET_RECEIVED))
        if table.spread is not None:
            cases.append(("w.twice", OVERLAP))
        cases.append(("w.bad", UNREADABLE))
        if table.own is not None:
            cases.append((f"{whose} IS NULL", OTHER_PROVIDER))
        for rule in table.rejects:
            if not tests_in(rule.when, Unpaired):
                cases.append((emitter.condition(rule.when), rule.reason))
        used = [column for column in table.columns if column.used]
        missing = [f"w.{loaded.columns[c.name]} IS NULL" for c in used if c.empty is EmptyMeans.MISSING]
        if missing:
            cases.append((" OR ".join(missing), EMPTY))
        for column in used:
            if column.codes:
                codes = ", ".join(map(quoted, column.codes))
                cases.append((f"coalesce(w.{loaded.columns[column.name]} NOT IN ({codes}), false)", UNKNOWN))
        if table.paid:
            term = self.contract.term
            for role in sorted({deciding.role for deciding in table.deciding} - {Role.RECEIPT}):
                inside = f"coalesce({emitter.decides(role)} BETWEEN DATE '{term.first}' AND DATE '{term.last}', false)"
                cases.append((f"NOT {inside}", OUTSIDE_TERM))
        cases += [(test, CLOSED) for test in self._closed(table, emitter)]
        every = ", ".join(map(quoted, dict.fromkeys(reason for _, reason in cases)))
        kind = f"ENUM({every})"  # a byte for each row in the place of a text
        tests = [f"WHEN {test} THEN CAST({quoted(reason)} AS {kind})" for test, reason in dict.fromkeys(cases)]
        return f"CASE {' '.join(tests)} END"

    def _closed(self, table: Table, emitter: Emitter) -> list[str]:
        """Whether a row was received after the look-back of the contract closed the period of its care."""
        lookback = self.contract.lookback
        if lookback is None or not {Role.PERIOD, Role.RECEIPT} <= {deciding.role for deciding in table.deciding}:
            return []
        period, received = emitter.decides(Role.PERIOD), emitter.decides(Role.RECEIPT)
        if lookback.quarters is None:
            return [f"coalesce({period} IS NOT NULL AND {received} > DATE '{lookback.through}', false)"]
        months = 3 * (lookback.quarters + 1)
        return [f"coalesce({received} >= date_trunc('quarter', {period}) + INTERVAL {months} MONTH, false)"]

    def _doubles(self, test: Repeated, loaded: Loaded, index: int) -> str:
        """Rows that another row with equal cells stands for: only rows whose mark occurs twice are ever compared."""
        number = len([name for name in self.done if name]) * 100 + index
        name = f"d{number}_{abs(hash(test)) % 10**9}"
        columns = [loaded.columns[column] for column in test.columns]
        same = " AND ".join(f"w.{c} IS NOT DISTINCT FROM g.{c}" for c in columns)
        readable = self._readable(index, loaded)
        rows = f"{loaded.relation} w WHERE {readable}"
        mark, twice = self.marked(f"hash({', '.join(f'w.{c}' for c in columns)})", rows)
        wanted = dict.fromkeys([*columns, *(loaded.columns[c] for c in test.keeping)])
        alike = f"SELECT w.rowid AS n, {', '.join(f'w.{c}' for c in wanted)} FROM {rows} AND {mark} IN ({twice})"
        groups = f"(SELECT {', '.join(columns)}, min(n) AS keep FROM alike GROUP BY ALL HAVING count(*) > 1) g"
        if not test.keeping:
            select = f"SELECT w.n FROM alike w JOIN {groups} ON {same} WHERE w.n <> g.keep"
        else:
            order = ", ".join(f"w.{loaded.columns[c]} NULLS LAST" for c in test.keeping)
            parts = ", ".join(f"w.{c}" for c in columns)
            ranked = (
                f"SELECT w.n, row_number() OVER (PARTITION BY {parts} ORDER BY {order}, w.n) AS rank "
                f"FROM alike w JOIN {groups} ON {same}"
            )
            select = f"SELECT n FROM ({ranked}) WHERE rank > 1"
        self.connection.execute(f"CREATE OR REPLACE TABLE {name} AS WITH alike AS MATERIALIZED ({alike}) {select}")
        self.connection.execute("DROP TABLE IF EXISTS marks")
        return f"(w.rowid IN (SELECT n FROM {name}))"

    def _in_order(self, mark: str, rows: str) -> tuple[str, str]:
        """A mark, and a query for those that occur twice: in order they stand together, which takes half of counting them."""
        mark = f"CAST({mark} >> 32 AS UINTEGER)"
        self.connection.execute(f"CREATE OR REPLACE TABLE marks AS SELECT {mark} AS mark FROM {rows} ORDER BY mark")
        return mark, "SELECT mark FROM (SELECT mark, lag(mark) OVER () AS before FROM marks) WHERE mark = before"

    def _readable(self, index: int, loaded: Loaded) -> str:
        """Rows that take part in tests of the file: readable, and received by the as-of day."""
        table = self.contract.tables[index]
        tests = ["NOT w.bad"]
        if elsewhere := self.elsewhere(table, loaded):
            tests.append(f"NOT {elsewhere}")
        if self.as_of is not None and any(deciding.role is Role.RECEIPT for deciding in table.deciding):
            columns = {column.name: f"c{position}" for position, column in enumerate(table.columns)}
            received = self.emitter(table, columns, {}).decides(Role.RECEIPT)
            tests.append(f"NOT coalesce({received} > DATE '{self.as_of}', false)")
        if table.own is not None:
            place = [column.name for column in table.columns].index(table.own[0])
            tests.append(f"coalesce(w.c{place} = {quoted(table.own[1])}, false)")
        return " AND ".join(tests)

    # ---------------------------------------------------------------- credits

    def _pair(self, found: Accepted, index: int) -> Accepted:
        """Credits take the place of their debits: the k-th credit of equal cells pairs with the k-th such debit."""
        credit = found.table.credit
        assert credit is not None
        emitter = self.over(found)
        is_credit = emitter.condition(credit.when)
        matched = [found.columns[name] for name in credit.matched]
        parts = "".join(f", w.{column}" for column in matched)
        key, reference = found.columns[credit.key], found.columns[credit.reference]
        rank = "row_number() OVER (PARTITION BY w.{0}{1} ORDER BY w.n) AS k"
        side = "SELECT w.n, w.{0} AS id{1}, " + rank + f" FROM {found.relation} w WHERE w.reason IS NULL AND {{2}}"
        credits = side.format(reference, parts, is_credit)
        debits = side.format(key, parts, f"NOT {is_credit}")
        equal = "".join(f" AND c.{column} IS NOT DISTINCT FROM d.{column}" for column in matched)
        self.connection.execute(
            f"CREATE TABLE p{index} AS SELECT c.n, d.n AS debit FROM ({credits}) c "
            f"LEFT JOIN ({debits}) d ON c.id = d.id AND c.k = d.k{equal}"
        )
        return self._replaced(found, index)

    def _replaced(self, found: Accepted, index: int) -> Accepted:
        table, credit = found.table, found.table.credit
        assert credit is not None
        emitter = self.over(found)
        emitter.unpaired = "true"
        rules = [f"WHEN {emitter.condition(rule.when)} THEN {quoted(rule.reason)}" for rule in table.rejects]
        unpaired = (
            f"CASE {' '.join(rules)} ELSE {quoted(CREDIT_WITHOUT_DEBIT)} END" if rules else quoted(CREDIT_WITHOUT_DEBIT)
        )
        own = {found.columns[credit.key], found.columns[credit.reference]}
        cells = []
        for column in found.loaded.read:
            name = found.columns[column.name]
            cells.append(
                f"w.{name}" if name in own else f"CASE WHEN p.debit IS NULL THEN w.{name} ELSE d.{name} END AS {name}"
            )
        submitted = f", w.{found.columns[table.submitted]} AS submitted" if table.submitted else ""
        replaced = replace(found, relation=f"x{index}", credited=True)
        judged = (
            f"SELECT w.n, {', '.join(cells)}{submitted}, "
            f"CASE WHEN p.n IS NOT NULL AND p.debit IS NULL THEN {unpaired} ELSE w.reason END AS reason, p.debit, "
            f"CASE WHEN p.debit IS NULL THEN 1 ELSE -1 END AS sign FROM {found.relation} w {' '.join(emitter.joins)} "
            f"LEFT JOIN p{index} p ON p.n = w.n LEFT JOIN {found.relation} d ON d.n = p.debit ORDER BY w.n"
        )
        self._keep(replaced, judged)
        return replaced


def tests_in(condition: Condition, kind: type[Condition]) -> list[Condition]:
    """The tests of a kind within a condition."""
    match condition:
        case Not(of):
            return tests_in(of, kind)
        case All(parts) | Any(parts):
            return [test for part in parts for test in tests_in(part, kind)]
    return [condition] if isinstance(condition, kind) else []
