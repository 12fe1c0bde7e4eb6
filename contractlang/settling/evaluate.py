"""The value of an expression or a condition for one group, exactly.

Missing is None and spreads through arithmetic; a comparison with it does not hold. What `Define.missing` says is
applied where a define is used: `zero` makes 0, `left_out` leaves it missing, `error` stops the settlement (ZC812),
unless the text itself tests for emptiness or a define around it says what missing means.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from operator import ge, gt, le, lt
from typing import Any as Anything

from msgspec import Struct
from msgspec.structs import replace

from contractlang.base.calendar import Every, completed
from contractlang.base.exact import round_to
from contractlang.base.exponential import exponential
from contractlang.engine.protocol import DataFault, Engine, Group, KeyPart
from contractlang.model.contract import Contract, Define
from contractlang.model.expression import (
    All,
    AllMissing,
    Any,
    Arithmetic,
    ArticleAmount,
    AsOf,
    Choice,
    Compare,
    Condition,
    Day,
    DefineSum,
    DefineValue,
    Elapsed,
    Empty,
    Exponential,
    Expression,
    Holds,
    Key,
    KeyValue,
    LookUp,
    Measure,
    Measuring,
    Not,
    Number,
    OneOf,
    Operation,
    PartOfPeriod,
    Relation,
    ReserveOf,
    Rounded,
    Scaled,
    StartsWith,
    Text,
    Weighed,
    Within,
)
from contractlang.model.heads import Changed, PartYear
from contractlang.settling.asked import Asked
from contractlang.settling.booked import article_amount
from contractlang.settling.groups import define_points
from contractlang.settling.part import share
from contractlang.settling.point import Absent, Point, scope_text
from contractlang.settling.scale import put_through
from contractlang.settling.versions import Window, in_period, on_day
from contractlang.settling.weigh import weigh

Value = KeyPart
NOTHING = Fraction(0)
RELATIONS: dict[Relation, Callable[[Anything, Anything], bool]] = {
    Relation.BELOW: lt,
    Relation.AT_MOST: le,
    Relation.ABOVE: gt,
    Relation.AT_LEAST: ge,
}


class Manner(Struct, frozen=True):
    """How an expression is evaluated: what a ceiling says of changes in its period, and whether missing may pass."""

    changed: Changed | None = None
    part_year: PartYear = PartYear.FULL
    tolerant: bool = False


STRICT = Manner()
TOLERANT = Manner(tolerant=True)


class Evaluator(Asked):
    """Evaluates expressions and conditions for the groups of one settlement."""

    def __init__(self, contract: Contract, engine: Engine, as_of: date | None) -> None:
        super().__init__(contract, engine, as_of)
        self._defines: dict[tuple[str, Group, Manner], Fraction | None] = {}
        self._parts: dict[tuple[str, tuple[Key, ...]], dict[Group, list[Point]]] = {}

    def settled(self) -> None:
        """A head has been settled: amounts, and figures and groups that rest on them, must be asked anew."""
        super().settled()
        self._defines.clear()
        self._parts.clear()

    # --- values ----------------------------------------------------------------------------------------------------

    def number(self, expression: Expression, point: Point, manner: Manner = STRICT) -> Fraction | None:
        """The number that an expression is for a group; None is missing. Raises DataFault, ValueError."""
        value = self.value(expression, point, manner)
        if value is None or isinstance(value, Fraction):
            return value
        raise ValueError(f"{type(expression).__name__} is not a number")

    def value(self, expression: Expression, point: Point, manner: Manner = STRICT) -> Value:
        """The value of an expression for a group: a number, text or day; None is missing."""
        match expression:
            case Number(value) | Text(value) | Day(value):
                return value
            case AsOf():
                if self.as_of is None:
                    raise DataFault("ZC813")
                return self.as_of
            case KeyValue(name):
                return self._key(point, name)
            case LookUp():
                return self._look_up(expression, point, manner)
            case Scaled(of, name):
                inner = self.number(of, point, manner)
                return None if inner is None else put_through(self.contract.scale(name), inner)
            case Rounded(of, rounding):
                inner = self.number(of, point, manner)
                return None if inner is None else round_to(inner, rounding)
            case Arithmetic():
                return self._arithmetic(expression, point, manner)
            case Choice(branches, otherwise):
                for condition, chosen in branches:
                    if self.holds(condition, point, manner):
                        return self.value(chosen, point, manner)
                return None if otherwise is None else self.value(otherwise, point, manner)
            case Exponential(of, rounding):
                inner = self.number(of, point, manner)
                return None if inner is None else exponential(inner, rounding)
            case ReserveOf(article):
                return self.reserve(article, point)
            case PartOfPeriod(by):
                term = self.contract.term
                return share(point.period(term), point.window(term), PartYear(by))
            case Weighed():
                return self._weighed(expression, point, manner)
            case _:
                return self._figure(expression, point, manner)

    def _weighed(self, asked: Weighed, point: Point, manner: Manner) -> Fraction | None:
        tolerant = replace(manner, tolerant=True)
        figures = [(self.number(part, point, tolerant), weight) for part, weight in asked.parts]
        value = weigh(figures, asked.missing, asked.all_missing)
        if value is None and AllMissing.EMPTY is not asked.all_missing and not manner.tolerant:
            names = ", ".join(part.define for part, _ in asked.parts if isinstance(part, DefineValue))
            raise DataFault("ZC812", figure=names, scope=scope_text(point))
        return value

    def _figure(self, expression: Expression, point: Point, manner: Manner) -> Fraction | None:
        match expression:
            case Measure():
                return self._measured(expression, point)
            case DefineValue(name):
                return self.define(self.contract.define(name), point, manner)
            case DefineSum(name):
                return self._sum(self.contract.define(name), point, manner)
            case ArticleAmount(article):
                return self._article(article, expression, point, manner)
            case Elapsed():
                return self._elapsed(expression, point, manner)
            case _:
                raise ValueError(f"{type(expression).__name__} has no value for a group")

    def _elapsed(self, ask: Elapsed, point: Point, manner: Manner) -> Fraction | None:
        """Time between two days that no row tells: days written in the contract, the as-of day."""
        since, on = self.value(ask.since, point, manner), self.value(ask.on, point, manner)
        if not isinstance(since, date) or not isinstance(on, date):
            return None
        if not ask.calendar:
            return Fraction(completed(since, on, ask.every))
        years = on.year - since.year
        return Fraction(years if ask.every is Every.YEAR else years * 12 + on.month - since.month)

    def _arithmetic(self, step: Arithmetic, point: Point, manner: Manner) -> Fraction | None:
        left = self.number(step.left, point, manner)
        right = self.number(step.right, point, manner)
        if left is None or right is None:
            return left if step.unbounded and step.operation in (Operation.LEAST, Operation.GREATEST) else None
        match step.operation:
            case Operation.ADD:
                return left + right
            case Operation.SUBTRACT:
                return left - right
            case Operation.MULTIPLY:
                return left * right
            case Operation.DIVIDE:
                return left / right if right else None
            case Operation.LEAST:
                return min(left, right)
            case Operation.GREATEST:
                return max(left, right)

    def _look_up(self, ask: LookUp, point: Point, manner: Manner) -> Fraction | None:
        keys = [self.value(key, point, manner) for key in ask.keys]
        versions = self.versions(ask.lookup).of(keys)
        if ask.on is not None:
            day = self.value(ask.on, point, manner)
            return on_day(versions, day) if isinstance(day, date) else None
        term = self.contract.term
        period = point.period(term)
        return in_period(ask.lookup, versions, Window(period, period.overlap(term), manner.changed, manner.part_year))

    def _measured(self, measure: Measure, point: Point) -> Fraction | None:
        group = self._projected(measure.selection.table, measure.keys, point).group
        figures = self.measure(measure)
        if self.contract.table(measure.selection.table).party is None:
            group = (None, *group[1:])  # facts that tell no party hold for every party
        return figures.get(group, None if measure.measuring in (Measuring.SUM, Measuring.FIRST) else NOTHING)

    # --- defines ---------------------------------------------------------------------------------------------------

    def define(self, define: Define, point: Point, manner: Manner = STRICT) -> Fraction | None:
        """The value of a define for the group at hand, after what it says about missing. Raises DataFault."""
        if define.value is None:
            raise ValueError(f"{define.name} is a condition")
        own = self._own(define, point)
        if define.missing != "error":
            manner = replace(manner, tolerant=True)
        asked = (define.name, own.group, manner)
        if asked not in self._defines:
            self._defines[asked] = self.number(define.value, own, manner)
        value = self._defines[asked]
        if value is None and define.missing == "zero":
            return NOTHING
        if value is None and not manner.tolerant:
            raise DataFault("ZC812", figure=define.name, scope=scope_text(own))
        return value

    def _sum(self, define: Define, point: Point, manner: Manner) -> Fraction | None:
        """The sum over the groups of a define that are part of the group at hand; missing when there are none.

        A missing value makes the sum missing, unless the define leaves missing values out.
        """
        values = [self.define(define, one, manner) for one in self._parts_of(define, point)]
        if define.missing == "left_out":
            values = [value for value in values if value is not None]
        if not values:
            return NOTHING if define.missing == "zero" else None
        known = [value for value in values if value is not None]
        return sum(known, NOTHING) if len(known) == len(values) else None

    def _parts_of(self, define: Define, point: Point) -> list[Point]:
        """The groups of a define that are part of the group at hand, by the keys that both tell."""
        like = Point(None, define.keys, ("",) * len(define.keys))
        common = [key for key in define.keys if point.tells(key)]
        common += [key for key in point.keys if key not in common and like.tells(key)]
        asked = (define.name, tuple(common))
        if asked not in self._parts:
            index: dict[Group, list[Point]] = {}
            for one in define_points(self, define):
                index.setdefault(one.project(asked[1], self.contract.term).group, []).append(one)
            self._parts[asked] = index
        return self._parts[asked].get(point.project(asked[1], self.contract.term).group, [])

    # --- conditions ------------------------------------------------------------------------------------------------

    def holds(self, condition: Condition, point: Point, manner: Manner = STRICT) -> bool:
        """Whether a condition is true for a group. Raises ValueError for a condition on rows."""
        match condition:
            case Not(of):
                return not self.holds(of, point, manner)
            case All(parts):
                return all(self.holds(part, point, manner) for part in parts)
            case Any(parts):
                return any(self.holds(part, point, manner) for part in parts)
            case Holds(name):
                define = self.contract.define(name)
                if define.condition is None:
                    raise ValueError(f"{name} is not a condition")
                return self.holds(define.condition, self._own(define, point), manner)
            case Empty(of):
                return self.value(of, point, replace(manner, tolerant=True)) is None
            case _:
                return self._compared(condition, point, manner)

    def _compared(self, condition: Condition, point: Point, manner: Manner) -> bool:
        match condition:
            case Compare(left, relation, right):
                one, other = self.value(left, point, manner), self.value(right, point, manner)
                if one is None or other is None:
                    return False
                return one == other if relation is Relation.EQUAL else RELATIONS[relation](one, other)
            case OneOf(of, values):
                return self.value(of, point, manner) in values
            case StartsWith(of, prefix):
                value = self.value(of, point, manner)
                return isinstance(value, str) and value.startswith(prefix)
            case Within(of, first, last):
                day = self.value(of, point, manner)
                return isinstance(day, date) and first <= day <= last
            case _:
                raise ValueError(f"{type(condition).__name__} is a condition on rows")

    # --- keys ------------------------------------------------------------------------------------------------------

    def _own(self, define: Define, point: Point) -> Point:
        """The group of a define for the group at hand; a condition without keys is judged for the group itself."""
        return self._projected(define.name, define.keys, point) if define.keys or define.value is not None else point

    def _projected(self, figure: str, keys: tuple[Key, ...], point: Point) -> Point:
        try:
            return point.project(keys, self.contract.term)
        except Absent as absent:
            raise DataFault("ZC821", figure=figure, key=absent.name) from absent

    def _key(self, point: Point, name: str) -> KeyPart:
        try:
            return point.value(name)
        except Absent as absent:
            raise DataFault("ZC821", figure=name, key=name) from absent

    def _article(self, article: str, ask: ArticleAmount, point: Point, manner: Manner) -> Fraction | None:
        try:
            return Fraction(article_amount(self, ask, point), 100)
        except Absent as absent:
            if manner.tolerant:  # a report per category has no figure for an amount that is only known per year
                return None
            raise DataFault("ZC821", figure=article, key=absent.name) from absent
