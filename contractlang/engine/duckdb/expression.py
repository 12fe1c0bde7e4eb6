"""Values of rows as SQL: one emitter for one relation, which also gathers the joins that its expressions need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Protocol

from contractlang.base.calendar import Span
from contractlang.engine.duckdb import conditions, number, periods
from contractlang.engine.duckdb.number import Num
from contractlang.engine.duckdb.session import literal
from contractlang.engine.duckdb.values import Named, Nothing, Truth, Value, When, Words, text
from contractlang.engine.protocol import DataFault
from contractlang.model.contract import Contract
from contractlang.model.expression import (
    All,
    Arithmetic,
    AsOf,
    Cell,
    Choice,
    Compare,
    Condition,
    Day,
    DecidingDate,
    Elapsed,
    Expression,
    LookUp,
    Number,
    Operation,
    PeriodOf,
    PeriodsIn,
    Relation,
    Repeated,
    Role,
    Rounded,
    Scaled,
    Text,
)
from contractlang.model.lists import Scale, ScaleKind, Step
from contractlang.model.tables import Kind, Table


class World(Protocol):
    """What expressions look at beside the row: other tables, lists, and the rows that stand for repeated ones."""

    contract: Contract
    as_of: date | None

    def cell(self, table: Table, column: str, alias: str) -> Value:
        """The cell of a column. Raises ValueError when it is not read."""
        ...

    def accepted(self, table: str) -> str:
        """The relation of the accepted rows of a table, with a column `rid` and the columns that are read."""
        ...

    def presence(self, table: str, column: str) -> tuple[str, Value]:
        """A table of disjoint spans `first` through `last` in which a value `v` is present, and that value."""
        ...

    def repeated(self, table: str, condition: Repeated) -> str:
        """A table of the `rid` of rows in whose place another row stands."""
        ...

    def look_up(self, ask: LookUp, keys: Sequence[Value], on: str | None, alias: str) -> tuple[str | None, Num]:
        """The join (None: without) and the value of a list for keys on a day."""
        ...


@dataclass(slots=True)
class Emitter:
    """Reads expressions for the rows of `table` in the relation `alias`; `joins` must follow it in the query.

    `unpaired` is whether the rows at hand are credits without a debit.
    """

    world: World
    table: Table
    alias: str = "r"
    unpaired: bool = False
    joins: list[str] = field(default_factory=list)
    _known: dict[Expression, Value] = field(default_factory=dict)
    _aliases: int = 0

    def value(self, expression: Expression) -> Value:
        """The value of an expression. Raises ValueError for a figure of a group, DataFault ZC813 without as-of day."""
        if expression not in self._known:
            self._known[expression] = self._value(expression)
        return self._known[expression]

    def number(self, expression: Expression) -> Num:
        """The number that an expression is. Raises ValueError for another kind of value."""
        value = self.value(expression)
        if isinstance(value, Nothing):
            return number.MISSING
        if not isinstance(value, Num):
            raise ValueError(f"{type(expression).__name__} is not a number")
        return value

    def day(self, expression: Expression) -> str:
        """The day that an expression is (SQL); a number is a year and stands for its first day."""
        return _as_day(self.value(expression))

    def decides(self, role: Role) -> str:
        """The day that decides a role (SQL), NULL when none does."""
        whens = ""
        for deciding in self.table.deciding:
            for condition, day in deciding.dates if deciding.role is role else ():
                if condition is None:
                    return f"(case {whens}else {self.day(day)} end)" if whens else self.day(day)
                whens += f"when {self.holds(condition)} then {self.day(day)} "
        return f"(case {whens}end)" if whens else "NULL::DATE"

    def holds(self, condition: Condition | None) -> str:
        """A condition as SQL that is never NULL; no condition always holds."""
        return "true" if condition is None else conditions.emit(self, condition)

    def party(self) -> str:
        """The party as text; NULL unless the contract settles each party separately."""
        parties = self.world.contract.parties
        if parties.table is None or not parties.separately or self.table.party is None:
            return "NULL::VARCHAR"
        return text(self.value(Cell(self.table.party)))

    def join(self, kind: str, relation: str, on: str) -> None:
        """Add a join that neither drops nor multiplies rows."""
        self.joins.append(f"{kind} {relation} on {on}")

    def fresh(self) -> str:
        """An alias for the next join."""
        self._aliases += 1
        return f"{self.alias}_{self._aliases}"

    def source(self, relation: str) -> str:
        """The relation with all joins that its expressions need, for after `from`."""
        return " ".join([f"{relation} {self.alias}", *self.joins])

    def _value(self, expression: Expression) -> Value:
        match expression:
            case Number(value):
                return number.constant(value)
            case Text(value):
                return Words(literal(value))
            case Day(value):
                return When(f"DATE '{value.isoformat()}'")
            case AsOf():
                if self.world.as_of is None:
                    raise DataFault("ZC813")
                return When(f"DATE '{self.world.as_of.isoformat()}'")
            case Cell(column):
                return self.world.cell(self.table, column, self.alias)
            case DecidingDate(role):
                return When(self.decides(role))
            case PeriodOf(day, every):
                return periods.named(self.day(day), every)
            case Elapsed(since, on, every, calendar):
                return periods.elapsed(self.day(since), self.day(on), every, calendar)
            case PeriodsIn(first, last, every, counting):
                return periods.periods_in(self.day(first), self.day(last), every, counting, self._term)
            case _:
                return self._computed(expression)

    @property
    def _term(self) -> Span:
        return self.world.contract.term

    def _computed(self, expression: Expression) -> Value:
        match expression:
            case Arithmetic(operation, left, right, unbounded):
                return number.calculate(operation, self.number(left), self.number(right), unbounded)
            case Rounded(of, rounding):
                return number.rounded(self.number(of), rounding)
            case Scaled(of, name):
                return self.value(on_scale(self.world.contract.scale(name), of))
            case Choice(branches, otherwise):
                whens = [(self.holds(condition), self.value(one)) for condition, one in branches]
                return _chosen(whens, Nothing() if otherwise is None else self.value(otherwise))
            case LookUp(_, keys, on):
                day = None if on is None else self.day(on)
                values = [self.value(key) for key in keys]
                join, value = self.world.look_up(expression, values, day, self.fresh())
                if join is not None:
                    self.joins.append(join)
                return value
            case _:
                raise ValueError(f"{type(expression).__name__} has no value for a row")


def _as_day(value: Value) -> str:
    match value:
        case When(sql):
            return sql
        case Num():
            top, below = number.scaled(value.n, value.bound, value.factor.numerator)[0], value.factor.denominator
            if value.d is not None:
                return "NULL::DATE"
            whole = f"{top} // {below}" if below != 1 else top
            exact = f" and {top} % {below} = 0" if below != 1 else ""
            return f"(case when {whole} between 1 and 9999{exact} then make_date({whole}, 1, 1) end)"
        case _:
            return "NULL::DATE"


def _chosen(branches: Sequence[tuple[str, Value]], otherwise: Value) -> Value:
    if not branches:
        return otherwise
    values = [value for _, value in branches] + [otherwise]
    kinds = {type(value) for value in values} - {Nothing}
    if kinds <= {Num}:
        numbers = [(condition, value if isinstance(value, Num) else number.MISSING) for condition, value in branches]
        return number.chosen(numbers, otherwise if isinstance(otherwise, Num) else number.MISSING)
    written = {When: _sql, Truth: _sql}.get(next(iter(kinds)), text) if len(kinds) == 1 else text
    whens = " ".join(f"when {condition} then {written(value)}" for condition, value in branches)
    sql = f"(case {whens} else {written(otherwise)} end)"
    return When(sql) if kinds == {When} else Truth(sql) if kinds == {Truth} else Words(sql)


def _sql(value: Value) -> str:
    return value.sql if isinstance(value, When | Truth | Words | Named) else "NULL"


def on_scale(scale: Scale, value: Expression) -> Expression:
    """A value put through a scale, as the arithmetic that it stands for."""
    if scale.kind is ScaleKind.EACH_SLICE:
        return _slices(scale, value)
    if scale.kind is ScaleKind.LINEAR:
        return _line(scale, value)
    branches = []
    for step in scale.steps:
        rate: Expression = Number(step.value)
        whole = scale.kind is ScaleKind.WHOLE_VOLUME
        branches.append((_reached(scale, step, value), _times(value, step.value) if whole else rate))
    return Choice(tuple(branches), None)


def _reached(scale: Scale, step: Step, value: Expression) -> Condition:
    low, high = (
        (Relation.AT_LEAST, Relation.BELOW) if scale.lower_included else (Relation.ABOVE, Relation.AT_MOST)
    )
    parts: list[Condition] = [Compare(value, Relation.EQUAL, value)]  # a missing value reaches no step
    if step.low is not None:
        parts.append(Compare(value, low, Number(step.low)))
    if step.high is not None:
        parts.append(Compare(value, high, Number(step.high)))
    return All(tuple(parts))


def _times(value: Expression, rate: Fraction) -> Expression:
    return Arithmetic(Operation.MULTIPLY, value, Number(rate))


def _line(scale: Scale, value: Expression) -> Expression:
    """A straight line between the points, flat outside."""
    points = sorted((step.low, step.value) for step in scale.steps if step.low is not None)
    if not points:
        return Choice((), None)
    (first, flat), (_, last) = points[0], points[-1]
    branches: list[tuple[Condition, Expression]] = [(Compare(value, Relation.AT_MOST, Number(first)), Number(flat))]
    for (left, low), (right, high) in pairwise(points):
        if right == left:
            continue
        along = Arithmetic(Operation.SUBTRACT, value, Number(left))
        between = Arithmetic(Operation.ADD, Number(low), _times(along, (high - low) / (right - left)))
        branches.append((Compare(value, Relation.AT_MOST, Number(right)), between))
    branches.append((Compare(value, Relation.ABOVE, Number(points[-1][0])), Number(last)))
    return Choice(tuple(branches), None)


def _slices(scale: Scale, value: Expression) -> Expression:
    """Each slice at its own rate from the origin on; what lies below the origin counts negative."""
    origin = scale.measured_from or Fraction(0)
    total: Expression = _times(value, Fraction(0))  # zero, but missing when the value is
    for step in scale.steps:
        low, high = step.low, step.high
        for start, end, up in _around(low, high, origin):
            total = Arithmetic(Operation.ADD, total, _times(_part(value, start, end, up), step.value))
    return total


def _around(
    low: Fraction | None, high: Fraction | None, origin: Fraction
) -> list[tuple[Fraction | None, Fraction | None, bool]]:
    """The parts of a slice above (True) and below (False) the origin."""
    parts: list[tuple[Fraction | None, Fraction | None, bool]] = []
    if high is None or high > origin:
        parts.append((origin if low is None else max(low, origin), high, True))
    if low is None or low < origin:
        parts.append((low, origin if high is None else min(high, origin), False))
    return parts


def _part(value: Expression, start: Fraction | None, end: Fraction | None, up: bool) -> Expression:
    """How far a value reaches into a part of a slice: positive above the origin, negative below it."""
    clamped = value
    if start is not None:
        clamped = Arithmetic(Operation.GREATEST, clamped, Number(start))
    if end is not None:
        clamped = Arithmetic(Operation.LEAST, clamped, Number(end))
    edge = start if up else end
    assert edge is not None
    return Arithmetic(Operation.SUBTRACT, clamped, Number(edge))


def number_column(table: Table, column: str, sql: str, bound: int) -> Num:
    """The number in a column that holds whole numbers of its smallest decimal."""
    made = table.column(column)
    return Num(sql, bound, Fraction(1, 10**made.decimals) / (100 if made.percent else 1))


def column_value(table: Table, column: str, sql: str, bound: int) -> Value:
    """The cell of a column as a value."""
    match table.column(column).kind:
        case Kind.TEXT:
            return Words(sql)
        case Kind.DATE:
            return When(sql)
        case Kind.TRUTH:
            return Truth(sql)
        case Kind.NUMBER:
            return number_column(table, column, sql, bound)
