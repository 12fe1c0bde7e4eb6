"""Row expressions and conditions as SQL over one relation. A value that is NULL is missing; a condition never is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import lru_cache

from msgspec import Struct, field
from msgspec.structs import replace

from contractlang.base.calendar import Every
from contractlang.engine.duck import ratio
from contractlang.engine.duck.load import quoted
from contractlang.engine.duck.ratio import Ratio
from contractlang.engine.duck.scales import compare, scaled
from contractlang.engine.protocol import DataFault
from contractlang.model.contract import Contract
from contractlang.model.expression import (
    All,
    Any,
    Arithmetic,
    AsOf,
    Cell,
    Choice,
    Compare,
    Condition,
    Counting,
    Day,
    DecidingDate,
    Elapsed,
    Empty,
    Expression,
    Listed,
    LookUp,
    Matched,
    Not,
    Number,
    OneOf,
    Operation,
    PeriodOf,
    PeriodsIn,
    Present,
    Relation,
    Repeated,
    Role,
    Rounded,
    Scaled,
    StartsWith,
    Text,
    Unknown,
    Unpaired,
    Within,
    Yes,
)  # fmt: skip
from contractlang.model.lists import ListRow, Range
from contractlang.model.tables import DAY, PERIOD, Kind, Table

LONGEST = 2000  # characters of a value that are repeated; what is longer gets a name


class Plain(Struct, frozen=True):
    """A text, day, truth value or period as SQL."""

    kind: str  # text | date | truth | period
    sql: str
    every: Every | None = None


class Joined(Struct, frozen=True):
    """A list as a relation: names of its key columns with their kinds, factor of its values, bound."""

    relation: str
    keys: tuple[tuple[str, Kind, int, bool], ...]  # (column, kind, decimals, whether a cell of it is empty)
    factor: Fraction
    bound: int
    dated: bool


Sql = Ratio | Plain


class Emitter(Struct):
    """Writes SQL over the columns of one table; list joins that it needs are collected in `joins`."""

    contract: Contract
    table: Table
    columns: dict[str, str]
    bounds: dict[str, int]
    as_of: date | None
    listed: Callable[[str, str], str]  # (table, column) -> subquery of the values of accepted rows
    present: Callable[[str, Condition | None], tuple[str, dict[str, str]]]  # relation and columns of accepted rows
    joined: Callable[[str], Joined]
    doubles: Callable[[Repeated], str] = field(default=lambda test: "false")
    unpaired: str = "false"
    alias: str = "w"
    joins: list[str] = field(default_factory=list)
    seen: dict[tuple[object, ...], str] = field(default_factory=dict)

    # ---------------------------------------------------------------- values

    def number(self, expression: Expression) -> Ratio:
        """A numeric expression. Raises ValueError for another kind of value."""
        found = self.value(expression)
        if isinstance(found, Ratio):
            return self._named(found)
        raise ValueError(f"{type(expression).__name__} is not a number")

    def _named(self, value: Ratio) -> Ratio:
        """A long value under a short name: values that use it repeat the name, where they would repeat its text.

        Every step on a value writes its text a few times, so that defines within defines would grow without end.
        The database reads the lateral as one more column, which costs nothing.
        """
        if len(value.sql) + len(value.den or "") <= LONGEST:
            return value
        mark = ("value", value.sql, value.den)
        if mark not in self.seen:
            alias = f"v{len(self.seen)}"
            columns = f"{value.sql} AS {alias}_top, {value.den or 1} AS {alias}_bottom"
            self.joins.append(f"CROSS JOIN LATERAL (SELECT {columns}) {alias}")
            self.seen[mark] = alias
        alias = self.seen[mark]
        return replace(value, sql=f"{alias}.{alias}_top", den=value.den and f"{alias}.{alias}_bottom")

    def value(self, expression: Expression) -> Sql:
        """Any row expression."""
        match expression:
            case Number(value):
                return ratio.constant(value)
            case Text(value):
                return Plain("text", quoted(value))
            case Day(value):
                return Plain("date", f"DATE '{value.isoformat()}'")
            case AsOf():
                if self.as_of is None:
                    raise DataFault("ZC813")
                return Plain("date", f"DATE '{self.as_of.isoformat()}'")
            case Cell(name):
                return self._cell(name)
            case DecidingDate(role):
                return Plain("date", self.decides(role))
            case PeriodOf(day, every):
                return Plain("period", period(self.day(day), every), every)
            case Elapsed():
                return self._elapsed(expression)
            case PeriodsIn():
                return self._periods_in(expression)
            case LookUp():
                return self._look_up(expression)
            case Scaled(of, name):
                return scaled(self.number(of), self.contract.scale(name))
            case Rounded(of, rounding):
                return ratio.rounded(self.number(of), rounding)
            case Choice():
                return self._choice(expression)
            case Arithmetic():
                return self._arithmetic(expression)
        raise ValueError(f"{type(expression).__name__} has no value for a row")

    def _cell(self, name: str) -> Sql:
        column = self.table.column(name)
        sql = f"{self.alias}.{self.columns[name]}"
        if column.kind is Kind.NUMBER:
            factor = Fraction(1, 10**column.decimals * (100 if column.percent else 1))
            return Ratio(sql, factor, self.bounds.get(name, 0))
        return Plain(column.kind.value, sql)

    def _choice(self, choice: Choice) -> Sql:
        branches = [(self.condition(test), self.value(value)) for test, value in choice.branches]
        otherwise = None if choice.otherwise is None else self.value(choice.otherwise)
        numbers = [(test, value) for test, value in branches if isinstance(value, Ratio)]
        if len(numbers) == len(branches) and (otherwise is None or isinstance(otherwise, Ratio)):
            return ratio.chosen(numbers, otherwise)
        cases = " ".join(f"WHEN {test} THEN {value.sql}" for test, value in branches)
        kind = branches[0][1].kind if isinstance(branches[0][1], Plain) else "text"
        return Plain(kind, f"(CASE {cases}{f' ELSE {otherwise.sql}' if otherwise else ''} END)")

    def _arithmetic(self, step: Arithmetic) -> Ratio:
        left, right = self.number(step.left), self.number(step.right)
        match step.operation:
            case Operation.ADD:
                return ratio.added(left, right, "+")
            case Operation.SUBTRACT:
                return ratio.added(left, right, "-")
            case Operation.MULTIPLY:
                return ratio.product(left, right)
            case Operation.DIVIDE:
                return ratio.quotient(left, right)
        return ratio.bounded(left, right, step.operation is Operation.LEAST, step.unbounded)

    def day(self, expression: Expression) -> str:
        """A day; a number is a year and stands for its first day."""
        found = self.value(expression)
        if isinstance(found, Plain):
            return found.sql
        return f"(CASE WHEN {found.sql} BETWEEN 1 AND 9999 THEN make_date(CAST({found.sql} AS BIGINT), 1, 1) END)"

    def decides(self, role: Role) -> str:
        """The date of the row that decides a role; NULL when there is none."""
        for deciding in self.table.deciding:
            if deciding.role is not role:
                continue
            if deciding.dates and deciding.dates[0][0] is None:
                return self.day(deciding.dates[0][1])
            cases = " ".join(
                f"WHEN {'true' if test is None else self.condition(test)} THEN {self.day(day)}"
                for test, day in deciding.dates
            )
            return f"(CASE {cases} END)"
        return "CAST(NULL AS DATE)"

    # ---------------------------------------------------------------- calendar

    def _elapsed(self, elapsed: Elapsed) -> Ratio:
        since, on = self.day(elapsed.since), self.day(elapsed.on)
        index = f"(({_months(on)}) - ({_months(since)}))"
        if elapsed.every is Every.DAY:
            return Ratio(f"({on} - {since})", Fraction(1), 4_000_000)
        if elapsed.every is Every.WEEK:
            days = f"({on} - {since})"
            sql = f"(CASE WHEN {days} >= 0 THEN {days} // 7 ELSE -((6 - {days}) // 7) END)"
            return Ratio(sql, Fraction(1), 4_000_000)
        per = {Every.MONTH: 1, Every.QUARTER: 3}.get(elapsed.every, 12)
        if elapsed.calendar:
            sql = f"({_months(on)} // {per} - {_months(since)} // {per})" if per > 1 else index
        else:
            forward, back = _completed(since, on), _completed(on, since)
            sql = f"(CASE WHEN {on} >= {since} THEN {forward} // {per} ELSE -({back} // {per}) END)"
        return Ratio(f"CAST({sql} AS BIGINT)", Fraction(1), 200_000)

    def _periods_in(self, asked: PeriodsIn) -> Ratio:
        first, last = self.day(asked.first), self.day(asked.last)
        guard = f"CASE WHEN {last} IS NULL OR {first} IS NULL THEN NULL WHEN {last} < {first} THEN 0 ELSE"
        index = f"(({_months(last)}) - ({_months(first)}))"
        if asked.counting is Counting.BY_DAYS and asked.every is Every.MONTH:
            in_first, in_last = f"day(last_day({first}))", f"day(last_day({last}))"
            same = f"(({last} - {first} + 1) * {in_last})"
            other = f"(({in_first} - day({first}) + 1) * {in_last} + ({index} - 1) * {in_first} * {in_last} + day({last}) * {in_first})"
            sql = f"CAST({guard} (CASE WHEN {index} = 0 THEN {same} ELSE {other} END) END AS BIGINT)"
            return Ratio(sql, Fraction(1), 200_000_000, f"CAST(coalesce({in_first} * {in_last}, 1) AS BIGINT)", 961)
        if asked.counting is Counting.BROKEN_LAST and asked.every is Every.MONTH:
            inner = f"{index} + CASE WHEN day({first}) = 1 THEN 1 ELSE 0 END"
        elif asked.counting is not Counting.TOUCHED:
            raise ValueError(f"{asked.counting} of {asked.every} is not counted by rows")
        else:
            inner = {
                Every.DAY: f"{last} - {first} + 1",
                Every.WEEK: f"(date_trunc('week', {last})::DATE - date_trunc('week', {first})::DATE) // 7 + 1",
                Every.MONTH: f"{index} + 1",
                Every.QUARTER: f"{_months(last)} // 3 - {_months(first)} // 3 + 1",
                Every.YEAR: f"year({last}) - year({first}) + 1",
            }.get(asked.every, "1")
        return Ratio(f"CAST({guard} {inner} END AS BIGINT)", Fraction(1), 4_000_000)

    # ---------------------------------------------------------------- lists and scales

    def _look_up(self, look_up: LookUp) -> Ratio:
        lookup = self.contract.lookup(look_up.lookup)
        keys = [self.value(key) for key in look_up.keys]
        day = None if look_up.on is None else self.day(look_up.on)
        if lookup.data is None:
            return self._inline(lookup.rows, keys, day)
        return self._join(look_up.lookup, keys, day)

    def _inline(self, rows: tuple[ListRow, ...], keys: list[Sql], day: str | None) -> Ratio:
        branches: list[tuple[str, Ratio]] = []
        for row in rows:
            tests = [_key_test(key, cell) for key, cell in zip(keys, row.keys, strict=True)]
            if day is not None:
                tests += [f"{day} >= DATE '{row.first}'"] if row.first else []
                tests += [f"{day} <= DATE '{row.last}'"] if row.last else []
                tests.append(f"{day} IS NOT NULL")
            value = Ratio("CAST(NULL AS BIGINT)", Fraction(1), 0) if row.value is None else ratio.constant(row.value)
            branches.append((" AND ".join(tests) or "true", value))
        if not branches:
            return Ratio("CAST(NULL AS BIGINT)", Fraction(1), 0)
        return ratio.chosen(branches, None)

    def _join(self, name: str, keys: list[Sql], day: str | None) -> Ratio:
        found = self.joined(name)
        mark = (name, tuple(key.sql for key in keys), day)
        if mark not in self.seen:
            alias = f"j{len(self.seen)}"
            tests = [
                _join_test(key, f"{alias}.{column}", kind, decimals, empty)
                for key, (column, kind, decimals, empty) in zip(keys, found.keys, strict=True)
            ]
            if day is not None:
                tests.append(f"{day} BETWEEN {alias}.first AND {alias}.last")
            self.joins.append(f"LEFT JOIN {found.relation} {alias} ON {' AND '.join(tests) or 'true'}")
            self.seen[mark] = alias
        return Ratio(f"{self.seen[mark]}.v", found.factor, found.bound)

    # ---------------------------------------------------------------- conditions

    def condition(self, condition: Condition | None) -> str:
        """A condition as SQL that is true or false, never NULL."""
        match condition:
            case None:
                return "true"
            case Not(of):
                return f"NOT ({self.condition(of)})"
            case All(parts):
                return "(" + (" AND ".join(self.condition(part) for part in parts) or "true") + ")"
            case Any(parts):
                return "(" + (" OR ".join(self.condition(part) for part in parts) or "false") + ")"
            case Compare():
                return self._compare(condition)
            case Empty(value):
                return f"({self.value(value).sql} IS NULL)"
            case OneOf(value, values):
                return (
                    f"coalesce({self._text(value)} IN ({', '.join(map(quoted, values))}), false)" if values else "false"
                )
            case StartsWith(value, prefix):
                return f"coalesce(starts_with({self._text(value)}, {quoted(prefix)}), false)"
            case Within(value, first, last):
                return f"coalesce({self.day(value)} BETWEEN DATE '{first}' AND DATE '{last}', false)"
            case Yes(column):
                return f"coalesce({self.alias}.{self.columns[column]}, false)"
            case Unknown(column):
                codes = ", ".join(map(quoted, self.table.column(column).codes))
                return f"coalesce({self.alias}.{self.columns[column]} NOT IN ({codes}), false)"
        return self._elsewhere(condition)

    def _elsewhere(self, condition: Condition) -> str:
        match condition:
            case Repeated():
                return self.doubles(condition)
            case Unpaired():
                return self.unpaired
            case Listed(value, table, column):
                return f"coalesce({self.value(value).sql} IN ({self.listed(table, column)}), false)"
            case Present(value, table, column, on):
                return self._present(self.value(value).sql, table, column, self.day(on))
            case Matched():
                return self._matched(condition)
        raise ValueError(f"{type(condition).__name__} is no condition on a row")

    def _matched(self, asked: Matched) -> str:
        relation, columns = self.present(asked.selection.table, asked.selection.where)
        tests = [f"{self._there(value, columns, column)} = {self.value(value).sql}" for value, column in asked.pairs]
        if asked.on is not None and asked.days is not None:
            first, last, column = asked.days
            tests.append(f"{self.day(asked.on)} - o.{columns[column]} BETWEEN {first} AND {last}")
        elif asked.on is not None:
            tests += self._span(asked.selection.table, columns, self.day(asked.on))
        return f"EXISTS (SELECT 1 FROM {relation} o WHERE o.reason IS NULL AND {' AND '.join(tests) or 'true'})"

    def _there(self, value: Expression, columns: dict[str, str], column: str) -> str:
        """The cell of the other row; a period as this database writes it, by its day."""
        if column == PERIOD and isinstance(value, PeriodOf):
            return period(f"o.{columns[DAY]}", value.every)
        return f"o.{columns[column]}"

    def _span(self, table: str, columns: dict[str, str], day: str) -> list[str]:
        span = self.contract.table(table).present
        if span is None:
            return [f"{day} IS NOT NULL"]
        first, last = (f"o.{columns[column]}" for column in span)
        return [f"{day} IS NOT NULL", f"coalesce({first} <= {day}, true)", f"coalesce({day} <= {last}, true)"]

    def _present(self, value: str, table: str, column: str, day: str) -> str:
        relation, columns = self.present(table, None)
        tests = [f"o.{columns[column]} = {value}", *self._span(table, columns, day)]
        return f"({day} IS NOT NULL AND EXISTS (SELECT 1 FROM {relation} o WHERE o.reason IS NULL AND {' AND '.join(tests)}))"

    def _text(self, expression: Expression) -> str:
        found = self.value(expression)
        return found.sql if isinstance(found, Plain) else f"CAST({found.sql} AS VARCHAR)"

    def _compare(self, test: Compare) -> str:
        left, right = self.value(test.left), self.value(test.right)
        if isinstance(left, Ratio) and isinstance(right, Ratio):
            one, other, _, _ = ratio.crossed(left, right)
            return f"coalesce({one.sql} {test.relation.value} {other.sql}, false)"
        if (
            isinstance(left, Plain)
            and isinstance(right, Plain)
            and (left.kind == right.kind or "period" in (left.kind, right.kind))
        ):
            return f"coalesce({left.sql} {test.relation.value} {right.sql}, false)"
        if test.relation is Relation.EQUAL:
            return "false"
        raise ValueError("values of two kinds cannot be compared")


def _key_test(key: Sql, cell: str | Range | None) -> str:
    if cell is None:
        return f"{key.sql} IS NULL"
    if isinstance(cell, Range):
        if isinstance(key, Plain):
            return "false"
        tests = [compare(key, ">=" if cell.low_included else ">", cell.low)] if cell.low is not None else []
        tests += [compare(key, "<=" if cell.high_included else "<", cell.high)] if cell.high is not None else []
        return " AND ".join(tests) or f"{key.sql} IS NOT NULL"
    if isinstance(key, Ratio):
        try:
            return compare(key, "=", Fraction(cell))
        except ValueError:
            return "false"
    if key.kind == "date":
        return f"coalesce(CAST({key.sql} AS VARCHAR) = {quoted(cell)}, false)"
    if key.kind == "truth":
        return f"coalesce((CASE WHEN {key.sql} THEN 'yes' ELSE 'no' END) = {quoted(cell)} AND {key.sql} IS NOT NULL, false)"
    return f"coalesce({key.sql} = {quoted(cell)}, false)"


def _join_test(key: Sql, column: str, kind: Kind, decimals: int, empty: bool) -> str:
    """A key against a column of a list from data; an empty key finds the empty cell, when there is one."""
    if isinstance(key, Ratio) and kind is Kind.NUMBER:
        one, other, _, _ = ratio.crossed(key, Ratio(column, Fraction(1, 10**decimals), 10**18))
        return f"({one.sql} IS NOT DISTINCT FROM {other.sql})"
    if isinstance(key, Ratio) or kind is Kind.NUMBER:
        number, text = (key.sql, column) if isinstance(key, Ratio) else (column, key.sql)
        factor = key.factor if isinstance(key, Ratio) else Fraction(1, 10**decimals)
        scaled_text = f"CAST(TRY_CAST({text} AS DECIMAL(38,9)) * {10**9} AS HUGEINT)"
        return f"({scaled_text} * {factor.denominator} = CAST({number} AS HUGEINT) * {factor.numerator * 10**9})"
    return f"({key.sql} {'IS NOT DISTINCT FROM' if empty else '='} {column})"


def period(day: str, every: Every) -> str:
    """A period as a number that is cheap to group by; `period_name` turns it back into its name."""
    return {
        Every.YEAR: f"year({day})",
        Every.QUARTER: f"(year({day}) * 10 + quarter({day}))",
        Every.MONTH: f"(year({day}) * 100 + month({day}))",
        Every.WEEK: f"(isoyear({day}) * 100 + weekofyear({day}))",
        Every.DAY: f"(year({day}) * 10000 + month({day}) * 100 + day({day}))",
        Every.TERM: f"(CASE WHEN {day} IS NULL THEN NULL ELSE 0 END)",
    }[every]


@lru_cache(maxsize=10_000)
def period_name(number: int | None, every: Every) -> str | None:
    """The name of a period by the number that `period` gives."""
    if number is None:
        return None
    match every:
        case Every.YEAR:
            return f"{number:04d}"
        case Every.QUARTER:
            return f"{number // 10:04d}-Q{number % 10}"
        case Every.MONTH:
            return f"{number // 100:04d}-{number % 100:02d}"
        case Every.WEEK:
            return f"{number // 100:04d}-W{number % 100:02d}"
        case Every.DAY:
            return f"{number // 10000:04d}-{number // 100 % 100:02d}-{number % 100:02d}"
        case Every.TERM:
            return "term"


def _months(day: str) -> str:
    return f"(year({day}) * 12 + month({day}) - 1)"


def _completed(since: str, on: str) -> str:
    short = f"CASE WHEN day({on}) < least(day({since}), day(last_day({on}))) THEN 1 ELSE 0 END"
    return f"({_months(on)} - {_months(since)} - {short})"
