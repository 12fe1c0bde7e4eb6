"""Which rows count: the steps of `contractlang.model.tables.Table`, in the order in which they stand there.

Rows that do not count stand in a small table of their own, with the number of their reason; all others are accepted.
"""

from __future__ import annotations

from dataclasses import dataclass

from contractlang.engine.duckdb.conditions import unknown
from contractlang.engine.duckdb.expression import Emitter, World
from contractlang.engine.duckdb.load import Loaded
from contractlang.engine.duckdb.session import Session
from contractlang.engine.duckdb.values import parts
from contractlang.model.expression import All, Any, Cell, Condition, Not, Repeated, Role, Unpaired
from contractlang.model.tables import (
    CREDIT_WITHOUT_DEBIT,
    EMPTY,
    NOT_YET_RECEIVED,
    OUTSIDE_TERM,
    UNKNOWN,
    UNREADABLE,
    EmptyMeans,
    Table,
)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A table of which it is known which rows count.

    `relation` has the accepted rows: `rid`, the columns that are read and, when `paired`, `sign` and `debit` (the rid
    of the debit of a paired credit, else NULL). `refused` has `rid` and `reason`, a position in `reasons`.
    """

    loaded: Loaded
    relation: str
    refused: str
    reasons: tuple[str, ...]
    rows: int
    paired: bool

    @property
    def refused_rows(self) -> int:
        """How many rows do not count."""
        return self.loaded.rows - self.rows


def reasons_of(table: Table) -> tuple[str, ...]:
    """All reasons for which a row of the table may not count, in the order in which rows are tested."""
    own = tuple(rule.reason for rule in table.rejects)
    return (NOT_YET_RECEIVED, UNREADABLE, *own, EMPTY, UNKNOWN, OUTSIDE_TERM, CREDIT_WITHOUT_DEBIT)


def has(condition: Condition, kind: type[Condition]) -> list[Condition]:
    """The tests of a kind within a condition."""
    match condition:
        case Not(of):
            return has(of, kind)
        case All(of) | Any(of):
            return [test for part in of for test in has(part, kind)]
        case _:
            return [condition] if isinstance(condition, kind) else []


@dataclass(slots=True)
class Judge:
    """Judges the rows of one table."""

    session: Session
    world: World
    loaded: Loaded

    def judge(self) -> Accepted:
        """Find the rows that do not count, and pair credits with their debits."""
        table, reasons = self.loaded.table, reasons_of(self.loaded.table)
        refused = self.session.fresh("refused")
        of = Emitter(self.world, table)
        tested = self._first_reason(of)
        source = of.source(self._raw())
        self.session.run(
            f"create table {refused} as select * from "
            f"(select r.rid, (case {tested} end)::INTEGER as reason from {source}) where reason is not null"
        )
        pairs = self._pairs(refused) if table.credit is not None else None
        number = self.session.row(f"select count(*) from {refused}")[0]
        relation = self._relation(refused, number, pairs)
        return Accepted(self.loaded, relation, refused, reasons, self.loaded.rows - number, pairs is not None)

    def _raw(self) -> str:
        return f"(select rowid as rid, * from {self.loaded.name})"

    def _first_reason(self, of: Emitter) -> str:
        """The branches that give the number of the first reason for which a row does not count."""
        table = self.loaded.table
        tests: list[tuple[int, str]] = [(1, "r.bad is not null")]
        received = of.decides(Role.RECEIPT)
        if self.world.as_of is not None:
            tests.insert(0, (0, f"{received} > DATE '{self.world.as_of.isoformat()}'"))
        for index, rule in enumerate(table.rejects):
            if not has(rule.when, Unpaired):
                tests.append((2 + index, of.holds(rule.when)))
        after = 2 + len(table.rejects)
        tests += [(after + step, test) for step, test in enumerate(self._incomplete(of)) if test]
        return " ".join(f"when {test} then {number}" for number, test in tests)

    def _incomplete(self, of: Emitter) -> tuple[str, str, str]:
        """The reasons of the language itself: an empty cell, an unknown code, a deciding date outside the term."""
        table = self.loaded.table
        used = [column for column in table.columns if column.used]
        empty = [
            f"{parts(of.value(Cell(column.name)))[0]} is null" for column in used if column.empty is EmptyMeans.MISSING
        ]
        codes = [unknown(of.value(Cell(column.name)), column.codes) for column in used if column.codes]
        days: list[str] = []
        if table.paid:
            term = self.world.contract.term
            decided = dict.fromkeys(deciding.role for deciding in table.deciding if deciding.role is not Role.RECEIPT)
            found = dict.fromkeys(of.decides(role) for role in decided)
            span = f"between DATE '{term.first.isoformat()}' and DATE '{term.last.isoformat()}'"
            days = [f"not coalesce({day} {span}, false)" for day in found]
        return " or ".join(empty), " or ".join(codes), " or ".join(days)

    # --- credits ---------------------------------------------------------------------------------------------------

    def _pairs(self, refused: str) -> str:
        """A table of `rid` and `debit` of the credits with a debit; the others are refused.

        Of credits that ask for the same, the first takes the first debit, the second the next.
        """
        credit = self.loaded.table.credit
        assert credit is not None
        of = Emitter(self.world, self.loaded.table)
        columns = [f"r.{self.loaded.column(name)}" for name in credit.matched]
        key, reference = (f"r.{self.loaded.column(name)}" for name in (credit.key, credit.reference))
        is_credit = of.holds(credit.when)
        matched = "".join(f", {column} as m{index}" for index, column in enumerate(columns))
        same = ", ".join(["name", *(f"m{index}" for index in range(len(columns)))])
        rows, pairs = self.session.fresh("rows"), self.session.fresh("pairs")
        self.session.run(
            f"create table {rows} as select *, row_number() over (partition by credit, {same} order by rid) as turn from ("
            f"select r.rid, {is_credit} as credit, case when {is_credit} then {reference} else {key} end as name{matched} "
            f"from {of.source(self._raw())} where r.rid not in (select rid from {refused}))"
        )
        equal = " and ".join(f"c.m{index} is not distinct from d.m{index}" for index in range(len(columns)))
        self.session.run(
            f"create table {pairs} as select c.rid, d.rid as debit from {rows} c join {rows} d on c.credit and "
            f"not d.credit and c.name = d.name and c.turn = d.turn{' and ' + equal if equal else ''}"
        )
        self._refuse_unpaired(refused, rows, pairs)
        return pairs

    def _refuse_unpaired(self, refused: str, rows: str, pairs: str) -> None:
        """The contract's own rule for a credit without a debit gives the reason, else the language does."""
        table = self.loaded.table
        of = Emitter(self.world, table, unpaired=True)
        tests = [f"when {of.holds(rule.when)} then {2 + index}" for index, rule in enumerate(table.rejects)]
        reason = f"case {' '.join(tests)} else {len(reasons_of(table)) - 1} end" if tests else len(reasons_of(table)) - 1
        source = of.source(self._raw())
        self.session.run(
            f"insert into {refused} select r.rid, {reason} from {source} where r.rid in "
            f"(select rid from {rows} where credit and rid not in (select rid from {pairs}))"
        )

    def _relation(self, refused: str, number: int, pairs: str | None) -> str:
        """The accepted rows. A paired credit reads every column but key and reference from its debit."""
        loaded, name = self.loaded, self.session.fresh("accepted")
        columns = [loaded.column(column.name) for column in loaded.read]
        listed = "".join(f", r.{column}" for column in columns)
        out = f" anti join {refused} x on r.rowid = x.rid" if number else ""
        if pairs is None:
            self.session.run(f"create view {name} as select r.rowid as rid{listed} from {loaded.name} r{out}")
            return name
        credit = loaded.table.credit
        assert credit is not None
        own = {loaded.column(credit.key), loaded.column(credit.reference)}
        turned = "".join(f", {'r' if column in own else 'd'}.{column}" for column in columns)
        self.session.run(
            f"create table {name} as select r.rowid as rid, 1 as sign, NULL::BIGINT as debit{listed} from {loaded.name} r"
            f"{out} anti join {pairs} p on r.rowid = p.rid union all "
            f"select p.rid, -1, p.debit{turned} from {pairs} p join {loaded.name} r on r.rowid = p.rid "
            f"join {loaded.name} d on d.rowid = p.debit"
        )
        return name


def make_repeated(session: Session, loaded: Loaded, condition: Repeated, before: str) -> str:
    """A table of the `rid` of rows in whose place another row stands. `before` holds (SQL) for rows not looked at.

    Only rows that have a twin are ever put in order: the twins are found by counting.
    """
    name, twins = session.fresh("repeated"), session.fresh("twins")
    columns = [loaded.column(column) for column in condition.columns]
    listed = ", ".join(columns)
    raw = f"(select rowid as rid, * from {loaded.name})"
    if not condition.keeping:
        session.run(
            f"create table {twins} as select {listed}, min(r.rid) as stands from {raw} r where not ({before}) "
            f"group by {listed} having count(*) > 1"
        )
        same = " and ".join(f"r.{column} is not distinct from w.{column}" for column in columns)
        session.run(
            f"create table {name} as select r.rid from {raw} r join {twins} w on {same} "
            f"where r.rid <> w.stands and not ({before})"
        )
        return name
    order = ", ".join(f"{loaded.column(column)} nulls last" for column in condition.keeping)
    session.run(
        f"create table {name} as select rid from (select r.rid, row_number() over "
        f"(partition by {listed} order by {order}, r.rid) as place from {raw} r where not ({before})) where place > 1"
    )
    return name
