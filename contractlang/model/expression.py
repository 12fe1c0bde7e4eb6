"""Values and conditions: what a contract computes, for a row or for a group of rows.

All numbers are exact and in canonical units (see `contractlang.base.units`); the analysis has inserted every
conversion, so an interpreter needs no units. A value may be *missing* (an empty cell, a price that is not in the
list): arithmetic with a missing value is missing, a comparison with it does not hold. Missing is never zero.

Each class says in which context it may stand: *row* (evaluated for one row of one table) or *group* (evaluated for
one combination of the keys of a define, a ceiling or an article).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from msgspec import Struct

from contractlang.base.calendar import Every
from contractlang.base.exact import Rounding
from contractlang.base.units import NUMBER, Unit


class Operation(StrEnum):
    """The arithmetic of a step."""

    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"  # by zero: missing
    LEAST = "least"
    GREATEST = "greatest"


class Number(Struct, frozen=True):
    """A number written in the contract. Row and group. The other fields are for those who read it, not for who computes.

    `unit` and `percent` say what it counts; `open`: it is still to be filled in, and the contract is not settled.
    """

    value: Fraction
    unit: Unit = NUMBER
    percent: bool = False
    open: bool = False


class Text(Struct, frozen=True):
    """A text or code written in the contract. Row."""

    value: str


class Day(Struct, frozen=True):
    """A date written in the contract. Row and group."""

    value: date


class AsOf(Struct, frozen=True):
    """The day as of which the contract is settled. Row and group."""


class Cell(Struct, frozen=True):
    """The cell of a column in the row at hand: number, text, date or truth value by the type of the column. Row."""

    column: str


class Role(StrEnum):
    """What a date of a row decides."""

    YEAR = "year"  # the contract year, and with it ceilings and statement years
    TARIFF = "tariff"  # which version of a price list
    PERIOD = "period"  # the settlement period on the statement
    RECEIPT = "receipt"  # when the payer received the row


class DecidingDate(Struct, frozen=True):
    """The date of the row that decides `role` (the table says which column, see `Table.decides`). Row."""

    role: Role


class PeriodOf(Struct, frozen=True):
    """The name of the period in which a date falls (`contractlang.base.calendar.label`). Row."""

    day: Expression
    every: Every


class Elapsed(Struct, frozen=True):
    """Whole days, weeks, months or years since one date on another (`calendar.completed`), signed. Row.

    `calendar`: of MONTH, QUARTER and YEAR: the difference of the calendar periods; day numbers never count.
    """

    since: Expression
    on: Expression
    every: Every
    calendar: bool = False


class Counting(StrEnum):
    """How the periods that a span of days touches are counted."""

    TOUCHED = "touched"  # every period with at least one day in the span, broken or whole
    BY_DAYS = "by_days"  # a broken period counts for its share of days (17/31)
    BROKEN_LAST = "broken_last"  # a broken first period counts 0, a broken last one counts 1 (GI protocol)


class PeriodsIn(Struct, frozen=True):
    """How many periods lie in the days from `first` through `last` (both included). Row."""

    first: Expression
    last: Expression
    every: Every
    counting: Counting


class LookUp(Struct, frozen=True):
    """The value of a list or tariff for keys on a day; missing when there is no row. Row and group.

    `keys` are in the order of `Lookup.keys`. `on` is None for a list without dates.
    In a group, a key is `KeyValue`; `on` is then None and the period of the group decides (see `Limit`).
    """

    lookup: str
    keys: tuple[Expression, ...]
    on: Expression | None


class KeyValue(Struct, frozen=True):
    """The value that the group at hand has for the key of this name. Group."""

    name: str


class Arithmetic(Struct, frozen=True):
    """Two operands. `at most` is LEAST, `at least` is GREATEST. Row and group.

    A missing operand makes the outcome missing, but LEAST and GREATEST pass the other operand when `unbounded` says
    that a missing right operand means "no limit".
    """

    operation: Operation
    left: Expression
    right: Expression
    unbounded: bool = False


class Rounded(Struct, frozen=True):
    """A value after a written rounding. Row and group. `percent`: its step is written as a percentage."""

    value: Expression
    rounding: Rounding
    percent: bool = False


class Choice(Struct, frozen=True):
    """The first value whose condition holds, else `otherwise` (None: missing). Row and group."""

    branches: tuple[tuple[Condition, Expression], ...]
    otherwise: Expression | None


class Scaled(Struct, frozen=True):
    """A value put through a scale (`contractlang.model.lists.Scale`). Row and group."""

    value: Expression
    scale: str


class MissingPart(StrEnum):
    """What a weighted figure does with a part that is missing."""

    FILLS_UP = "fills_up"  # left out; the weights of the others are raised in proportion
    ZERO = "zero"  # counts as nil with its weight
    ERROR = "error"  # the settlement stops


class AllMissing(StrEnum):
    """What a weighted figure is when every part is missing."""

    ZERO = "zero"
    EMPTY = "empty"  # missing
    ERROR = "error"  # the settlement stops


class Weighed(Struct, frozen=True):
    """The sum of figures times their weights; the weights add up to 1. Group."""

    parts: tuple[tuple[Expression, Fraction], ...]
    missing: MissingPart
    all_missing: AllMissing


class ReserveOf(Struct, frozen=True):
    """What the distributions of an article put in reserve, for the group at hand. Group."""

    article: str


class Exponential(Struct, frozen=True):
    """e to the power of a value, to the decimals that the contract states: an exact value is not to be had. Group."""

    value: Expression
    rounding: Rounding


class PartOfPeriod(Struct, frozen=True):
    """Which part of the period of the group lies in the term, `by` days or whole months. Group."""

    by: str


class Measuring(StrEnum):
    """What a measure adds up over the rows of a selection."""

    FIRST = "first"  # the lowest row number
    SUM = "sum"  # of a value; a row whose value is missing makes the sum missing
    ROWS = "rows"  # number of rows, an accepted credit counts -1
    DIFFERENT = "different"  # number of different combinations; those that credits bring to zero rows do not count


class Measure(Struct, frozen=True):
    """A figure over the accepted rows of a selection, for the group at hand. Group.

    `keys` are the row expressions that put a row in a group, by the name of the key of the define, in the order of
    the define; a key that the selection cannot tell (another table) is absent, and the figure is then the same for
    all its values. Groups without rows: SUM is missing, ROWS and DIFFERENT are 0.
    """

    measuring: Measuring
    selection: Selection
    value: Expression | None
    different: tuple[Expression, ...]
    keys: tuple[Key, ...]


class DefineValue(Struct, frozen=True):
    """The value of a define with keys, for the keys of the group at hand. Group."""

    define: str


class DefineSum(Struct, frozen=True):
    """The sum of a define over its keys that the group at hand does not have. Group."""

    define: str


class ArticleAmount(Struct, frozen=True):
    """The amount of an article for the group at hand, with the heads of the articles `after` on top. Group."""

    article: str
    after: tuple[str, ...]
    keys: tuple[Key, ...] = ()


class Key(Struct, frozen=True):
    """One key of a group: its name, and the row expression that yields it (a cell, a period)."""

    name: str
    value: Expression
    every: Every | None = None  # the kind of period when it is one


class Selection(Struct, frozen=True):
    """The accepted rows of a table for which a condition holds."""

    table: str
    where: Condition | None = None


Expression: TypeAlias = (
    Number
    | Text
    | Day
    | AsOf
    | Cell
    | DecidingDate
    | PeriodOf
    | Elapsed
    | PeriodsIn
    | LookUp
    | KeyValue
    | Arithmetic
    | Rounded
    | Choice
    | Scaled
    | Measure
    | DefineValue
    | DefineSum
    | ArticleAmount
    | Weighed
    | PartOfPeriod
    | ReserveOf
    | Exponential
)


class Relation(StrEnum):
    """A comparison of two values of one type."""

    EQUAL = "="
    BELOW = "<"
    AT_MOST = "<="
    ABOVE = ">"
    AT_LEAST = ">="


class Compare(Struct, frozen=True):
    """A comparison; does not hold when a side is missing or empty. Also for dates (BELOW: before, ABOVE: after)."""

    left: Expression
    relation: Relation
    right: Expression


class OneOf(Struct, frozen=True):
    """The text is one of these; does not hold for an empty cell."""

    value: Expression
    values: tuple[str, ...]


class StartsWith(Struct, frozen=True):
    """The text starts with these characters; does not hold for an empty cell."""

    value: Expression
    prefix: str


class Empty(Struct, frozen=True):
    """The value is missing: an empty cell, or a look-up without a row."""

    value: Expression


class Unknown(Struct, frozen=True):
    """The cell is filled with something outside the column's own `one of` (see `Column.codes`)."""

    column: str


class Listed(Struct, frozen=True):
    """The value occurs in a column of another table (any row of that table that is itself usable)."""

    value: Expression
    table: str
    column: str


class Present(Struct, frozen=True):
    """The value is in `table.column` in a row whose `Table.present` span holds the day; never for an empty value."""

    value: Expression
    table: str
    column: str
    on: Expression


class Matched(Struct, frozen=True):
    """Some row of a selection agrees: in every pair, the value of this row equals the cell of that one. Row.

    With `on`, that row must also be present on the day (`Table.present`), or with `days` the day must be at least the
    first and at most the last number of days after the date in its column. An empty value agrees with nothing.
    """

    selection: Selection
    pairs: tuple[tuple[Expression, str], ...]
    on: Expression | None = None
    days: tuple[int, int, str] | None = None


class IncludedIn(Struct, frozen=True):
    """The row is part of what an article pays as a whole. The analysis puts the condition of `includes` in its place."""

    articles: tuple[str, ...]


class Within(Struct, frozen=True):
    """The date lies from `first` through `last`, both included (the term of the contract)."""

    value: Expression
    first: date
    last: date


class Yes(Struct, frozen=True):
    """The cell of a yes-or-no column is yes."""

    column: str


class Repeated(Struct, frozen=True):
    """Another row of the same file with equal cells in `columns` stands, so this one does not. Only in rejects.

    The row that stands is the first by the cells in `keeping` (dates and numbers by value, text by code point), ties by
    row number; with no `keeping` the first in the file. All rows of the file take part, rejected or not.
    """

    columns: tuple[str, ...]
    keeping: tuple[str, ...]


class Unpaired(Struct, frozen=True):
    """The row is a credit for which `Table.credit` finds no accepted debit. Only in rejects, and last."""


class Not(Struct, frozen=True):
    """The condition does not hold."""

    of: Condition


class All(Struct, frozen=True):
    """All hold."""

    of: tuple[Condition, ...]


class Any(Struct, frozen=True):
    """At least one holds."""

    of: tuple[Condition, ...]


class Holds(Struct, frozen=True):
    """A named condition over figures (`holds when`) is true. Group."""

    define: str


Condition: TypeAlias = (
    Compare
    | OneOf
    | StartsWith
    | Empty
    | Unknown
    | Listed
    | Present
    | Matched
    | IncludedIn
    | Within
    | Yes
    | Repeated
    | Unpaired
    | Not
    | All
    | Any
    | Holds
)
