"""Dated look-up tables (tariff, list) and scales."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

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
