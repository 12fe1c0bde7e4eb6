"""Dated look-up tables (tariff, list) and scales."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from contractlang.base.exact import Rounding
from contractlang.base.units import NUMBER, Unit
from contractlang.model.expression import Expression, Selection


class Range(Struct, frozen=True):
    """A key cell that stands for numbers from `low` through/below `high`; None is unbounded."""

    low: Fraction | None
    high: Fraction | None
    low_included: bool = True
    high_included: bool = True

    def holds(self, value: Fraction) -> bool:
        """Whether the number lies in the range."""
        above = self.low is None or value > self.low or (self.low_included and value == self.low)
        return above and (self.high is None or value < self.high or (self.high_included and value == self.high))


class ListRow(Struct, frozen=True):
    """One value: its keys (text, a range, or None for an empty cell), the days on which it is valid, the value.

    Value None means that nothing is agreed for these keys (a cell with `-`).
    """

    keys: tuple[str | Range | None, ...]
    first: date | None
    last: date | None
    value: Fraction | None
    line: int = 0  # line of the contract, for explanations
    open: bool = False  # still to be filled in


class ListFromData(Struct, frozen=True):
    """The values come from a table: its key columns have the names of the keys; validity from `Table.present`.

    When the table has no `present` columns but a date that decides year or period, a value is valid from that date
    until the day before the next date with the same keys (a `year` column: 1 January through 31 December of it).
    Two values valid on one day for the same keys stop the settlement.
    """

    selection: Selection
    value: Expression


class Lookup(Struct, frozen=True):
    """A tariff or list. Keys by name, in order; inline `rows` or `data`, never both."""

    name: str
    keys: tuple[str, ...]
    rows: tuple[ListRow, ...] = ()
    data: ListFromData | None = None
    tariff: bool = True  # a tariff (a price); False for any other list
    dated: bool = True
    unit: Unit = NUMBER  # of the values, in canonical units; `percent`: they are shares
    percent: bool = False


class ScaleKind(StrEnum):
    """What a scale does between its rows."""

    STEPWISE = "stepwise"  # the value of the step reached
    LINEAR = "linear"  # a straight line between the points, flat outside
    EACH_SLICE = "each_slice"  # marginal: each slice at its own rate
    WHOLE_VOLUME = "whole_volume"  # slab: everything at the rate of the step reached


class Step(Struct, frozen=True):
    """A slice or step from `low` to `high` (None: unbounded) with its rate or value; a point of a line has low = high.

    STEPWISE and WHOLE_VOLUME: the edge belongs to the step above it when `Scale.lower_included`, else to the one below.
    """

    low: Fraction | None
    high: Fraction | None
    value: Fraction
    open: bool = False  # the value is still to be filled in


class Scale(Struct, frozen=True):
    """A piecewise function of a number.

    `measured_from`: of EACH_SLICE: the origin; slices below it count negative. Without it the origin is 0.
    """

    name: str
    kind: ScaleKind
    steps: tuple[Step, ...]
    lower_included: bool = True
    measured_from: Fraction | None = None
    of_base: bool = False  # the edges are shares of a base (of the ceiling), not absolute
    unit: Unit = NUMBER  # of the values; `percent`: they are shares
    percent: bool = False
    edge: Unit = NUMBER  # of the edges; `edge_percent`: they are shares
    edge_percent: bool = False
    headings: tuple[str, ...] = ()  # what the author calls the edges and the values


class IndexKind(StrEnum):
    """How the percentages of one series of an index are taken together."""

    ADDITIVE = "additive"  # their sum
    COMPOUNDED = "compounded"  # (1 + one) x (1 + other) - 1


class Series(Struct, frozen=True):
    """One series of an index: its name, its weight, and its percentages in the order of the headings."""

    name: str
    weight: Fraction
    parts: tuple[Fraction, ...]


class Index(Struct, frozen=True):
    """How an indexed list came to its values. The values stand in the list: this explains them, nothing computes with it.

    `rate` is the outcome after `rounding`; `applies_to` names lists that have indexed values from `first`, each rounded
    by `outcome`; `last_indexed`: on the values that then hold, else on those as agreed.
    """

    name: str
    kind: IndexKind
    headings: tuple[str, ...]
    series: tuple[Series, ...]
    rate: Fraction
    rounding: Rounding | None
    applies_to: tuple[str, ...] = ()
    first: date | None = None
    outcome: Rounding | None = None
    last_indexed: bool = False
    open: bool = False  # a percentage is still to be filled in: the rate stands in for what it will be
