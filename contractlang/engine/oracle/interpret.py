"""Values and conditions for one row, as the docstrings of `contractlang.model.expression` say them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

from msgspec import Struct, field

from contractlang.base.calendar import Every, Span, completed, label, periods, span_of
from contractlang.base.exact import round_to
from contractlang.engine.oracle.conditions import holds
from contractlang.engine.oracle.row import Row, Value, text_of
from contractlang.engine.oracle.scales import put_through
from contractlang.engine.protocol import DataFault, Group
from contractlang.model.contract import Contract
from contractlang.model.expression import (
    Arithmetic,
    AsOf,
    Cell,
    Choice,
    Condition,
    Counting,
    Day,
    DecidingDate,
    Elapsed,
    Expression,
    Key,
    LookUp,
    Matched,
    Number,
    Operation,
    PeriodOf,
    PeriodsIn,
    Role,
    Rounded,
    Scaled,
    Selection,
    Text,
)

Find = Callable[[str, Sequence[Value], date | None], Fraction | None]


class Interpreter(Struct):
    """Reads expressions for rows. `accepted` gives the accepted rows of a table, `find` the value of a list."""

    contract: Contract
    as_of: date | None
    accepted: Callable[[str], list[Row]]
    find: Find
    _matching: dict[Matched, dict[tuple[Value, ...], list[Row]]] = field(default_factory=dict)
    _named: dict[tuple[str, str], dict[Value, list[Row]]] = field(default_factory=dict)

    def rows_with(self, table: str, column: str, value: Value) -> list[Row]:
        """The accepted rows of a table that have this value in a column."""
        if (table, column) not in self._named:
            found = self._named[table, column] = {}
            for row in self.accepted(table):
                found.setdefault(row.cell(column), []).append(row)
        return self._named[table, column].get(value, [])

    def matching(self, asked: Matched, values: tuple[Value, ...]) -> list[Row]:
        """The rows of the selection of a match whose cells equal these values."""
        if asked not in self._matching:
            found = self._matching[asked] = {}
            for row in self.selected(asked.selection):
                found.setdefault(tuple(row.cell(column) for _, column in asked.pairs), []).append(row)
        return self._matching[asked].get(values, [])

    def selected(self, selection: Selection) -> list[Row]:
        """The accepted rows of a selection, in the order of the file."""
        return [row for row in self.accepted(selection.table) if self.holds(selection.where, row)]

    def group(self, row: Row, keys: tuple[Key, ...]) -> Group:
        """The group of a row: its party (None unless each is settled separately), then the value of each key."""
        return (self.party(row), *(self.value(key.value, row) for key in keys))

    def party(self, row: Row) -> str | None:
        """The party of a row; None unless the contract settles each party separately."""
        parties = self.contract.parties
        if parties.table is None or not parties.separately or row.table.party is None:
            return None
        party = row.cell(row.table.party)
        return None if party is None else text_of(party)

    def decides(self, row: Row, role: Role) -> date | None:
        """The date that decides a role: the first whose condition holds. A year stands for its first day."""
        for deciding in row.table.deciding:
            if deciding.role is role:
                for condition, day in deciding.dates:
                    if condition is None or self.holds(condition, row):
                        return self.day(day, row)
        return None

    def number(self, expression: Expression, row: Row) -> Fraction | None:
        """The number that an expression is for a row; None is missing. Raises ValueError for another kind of value."""
        value = self.value(expression, row)
        if value is None or isinstance(value, Fraction):
            return value
        raise ValueError(f"{type(expression).__name__} is not a number")

    def day(self, expression: Expression, row: Row) -> date | None:
        """The day that an expression is for a row; a number is a year and stands for its first day."""
        value = self.value(expression, row)
        if isinstance(value, date):
            return value
        if isinstance(value, Fraction) and value.denominator == 1 and 1 <= value <= 9999:
            return date(value.numerator, 1, 1)
        return None

    def value(self, expression: Expression, row: Row) -> Value:
        """The value of an expression for a row; None is missing. Raises ValueError for a figure of a group."""
        match expression:
            case Number(value) | Text(value) | Day(value):
                return value
            case AsOf():
                if self.as_of is None:
                    raise DataFault("ZC813")
                return self.as_of
            case Cell(column):
                return row.cell(column)
            case DecidingDate(role):
                return self.decides(row, role)
            case LookUp(lookup, keys, on):
                day = None if on is None else self.day(on, row)
                if on is not None and day is None:
                    return None
                return self.find(lookup, [self.value(key, row) for key in keys], day)
            case PeriodOf() | Elapsed() | PeriodsIn():
                return self._of_calendar(expression, row)
            case _:
                return self._computed(expression, row)

    def _computed(self, expression: Expression, row: Row) -> Value:
        match expression:
            case Arithmetic():
                return self._arithmetic(expression, row)
            case Rounded(of, rounding):
                inner = self.number(of, row)
                return None if inner is None else round_to(inner, rounding)
            case Scaled(of, name):
                inner = self.number(of, row)
                return None if inner is None else put_through(self.contract.scale(name), inner)
            case Choice(branches, otherwise):
                for condition, chosen in branches:
                    if self.holds(condition, row):
                        return self.value(chosen, row)
                return None if otherwise is None else self.value(otherwise, row)
            case _:
                raise ValueError(f"{type(expression).__name__} has no value for a row")

    def _arithmetic(self, step: Arithmetic, row: Row) -> Fraction | None:
        left, right = self.number(step.left, row), self.number(step.right, row)
        bounds = step.operation in (Operation.LEAST, Operation.GREATEST)
        if right is None and step.unbounded and bounds:
            return left
        if left is None or right is None:
            return None
        match step.operation:
            case Operation.ADD:
                return left + right
            case Operation.SUBTRACT:
                return left - right
            case Operation.MULTIPLY:
                return left * right
            case Operation.DIVIDE:
                return None if right == 0 else left / right
            case Operation.LEAST:
                return min(left, right)
            case Operation.GREATEST:
                return max(left, right)

    def _of_calendar(self, expression: PeriodOf | Elapsed | PeriodsIn, row: Row) -> Value:
        if isinstance(expression, PeriodOf):
            day = self.day(expression.day, row)
            return None if day is None else label(day, expression.every)
        if isinstance(expression, Elapsed):
            since, on = self.day(expression.since, row), self.day(expression.on, row)
            if since is None or on is None:
                return None
            return Fraction(_elapsed(since, on, expression.every, expression.calendar))
        first, last = self.day(expression.first, row), self.day(expression.last, row)
        if first is None or last is None:
            return None
        return _periods_in(Span(first, last), expression.every, expression.counting, self.contract.term)

    def holds(self, condition: Condition | None, row: Row) -> bool:
        """Whether a condition is true for a row; no condition always is."""
        return condition is None or holds(self, condition, row)


def _elapsed(since: date, on: date, every: Every, by_calendar: bool) -> int:
    months = (on.year - since.year) * 12 + on.month - since.month
    if by_calendar and every is Every.MONTH:
        return months
    if by_calendar and every is Every.QUARTER:
        return (on.year - since.year) * 4 + (on.month - 1) // 3 - (since.month - 1) // 3
    if by_calendar and every is Every.YEAR:
        return on.year - since.year
    return completed(since, on, every)


def _periods_in(span: Span, every: Every, counting: Counting, term: Span) -> Fraction:
    """How many periods lie in a span.

    BROKEN_LAST is read as: a period counts when its first day lies in the span. A broken first period then counts 0,
    a broken last one 1, and a span within one period 1 when it starts on the first day of that period, else 0.
    """
    if span.days == 0:
        return Fraction(0)
    touched = [span_of(name, term) for name in periods(span, every)]
    if counting is Counting.TOUCHED:
        return Fraction(len(touched))
    if counting is Counting.BY_DAYS:
        return sum((Fraction(period.overlap(span).days, period.days) for period in touched), Fraction(0))
    return Fraction(sum(1 for period in touched if period.first in span))
