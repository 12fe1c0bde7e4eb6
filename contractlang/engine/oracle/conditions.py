"""Conditions on a row. What is empty or missing makes a comparison not hold, whichever way it is asked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from contractlang.engine.oracle.row import Row, Value, text_of
from contractlang.model.expression import (
    All,
    Any,
    Compare,
    Condition,
    Empty,
    Listed,
    Matched,
    Not,
    OneOf,
    Present,
    Relation,
    Repeated,
    StartsWith,
    Unknown,
    Unpaired,
    Within,
    Yes,
)

if TYPE_CHECKING:
    from contractlang.engine.oracle.interpret import Interpreter


def holds(of: Interpreter, condition: Condition, row: Row) -> bool:
    """Whether a condition is true for a row. Raises ValueError for a condition on figures of a group."""
    match condition:
        case Not(part):
            return not of.holds(part, row)
        case All(parts):
            return all(of.holds(part, row) for part in parts)
        case Any(parts):
            return any(of.holds(part, row) for part in parts)
        case Compare(left, relation, right):
            return _compared(of.value(left, row), relation, of.value(right, row))
        case Empty(value):
            return of.value(value, row) is None
        case Within(value, first, last):
            day = of.day(value, row)
            return day is not None and first <= day <= last
        case _:
            return _about_cells(of, condition, row)


def _about_cells(of: Interpreter, condition: Condition, row: Row) -> bool:
    match condition:
        case OneOf(value, values):
            text = of.value(value, row)
            return text is not None and text_of(text) in values
        case StartsWith(value, prefix):
            text = of.value(value, row)
            return text is not None and text_of(text).startswith(prefix)
        case Yes(column):
            return row.cell(column) is True
        case Unknown(column):
            text = row.cell(column)
            return text is not None and text_of(text) not in row.table.column(column).codes
        case Repeated():
            return condition in row.repeated
        case Unpaired():
            return row.unpaired
        case Listed(value, table, column):
            wanted = of.value(value, row)
            return wanted is not None and bool(of.rows_with(table, column, wanted))
        case Present(value, table, column, on):
            wanted, day = of.value(value, row), of.day(on, row)
            if wanted is None or day is None:
                return False
            return any(_present(other, day) for other in of.rows_with(table, column, wanted))
        case Matched(_, pairs, on, days):
            told = tuple(of.value(one, row) for one, _ in pairs)
            day = None if on is None else of.day(on, row)
            if None in told or (on is not None and day is None):
                return False
            found = of.matching(condition, told)
            if days is not None and day is not None:
                return any(_within(other, day, days) for other in found)
            return any(day is None or _present(other, day) for other in found)
        case _:
            raise ValueError(f"{type(condition).__name__} is no condition on a row")


def _within(row: Row, day: date, days: tuple[int, int, str]) -> bool:
    """Whether a day lies within a number of days after the date in a column of a row."""
    first, last, column = days
    since = row.cell(column)
    return isinstance(since, date) and first <= (day - since).days <= last


def _present(row: Row, day: date) -> bool:
    """Whether the span of a row holds a day; an empty first or last day is open, no span is always."""
    if row.table.present is None:
        return True
    first, last = row.cell(row.table.present[0]), row.cell(row.table.present[1])
    begun = not isinstance(first, date) or first <= day
    return begun and (not isinstance(last, date) or day <= last)


def _compared(left: Value, relation: Relation, right: Value) -> bool:
    if left is None or right is None:
        return False
    if relation is Relation.EQUAL:
        return left == right
    match left, right:
        case (str(), str()) | (date(), date()):
            pass
        case (str() | date(), _) | (_, str() | date()):
            raise ValueError(f"{left} and {right} cannot be compared")
    match relation:
        case Relation.BELOW:
            return left < right  # type: ignore[operator]
        case Relation.AT_MOST:
            return left <= right  # type: ignore[operator]
        case Relation.ABOVE:
            return left > right  # type: ignore[operator]
        case Relation.AT_LEAST:
            return left >= right  # type: ignore[operator]
