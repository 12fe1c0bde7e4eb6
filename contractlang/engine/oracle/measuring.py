"""Figures over rows: what is summed or counted per group."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from contractlang.engine.oracle.interpret import Interpreter
from contractlang.engine.oracle.ledger import Ledger
from contractlang.engine.oracle.row import Row, Value
from contractlang.engine.protocol import Group
from contractlang.model.expression import Expression, Key, Measure, Measuring


def measure(asked: Measure, of: Interpreter) -> Mapping[Group, Fraction | None]:
    """The figure of every group that has rows; an accepted credit counts against its debit."""
    groups: dict[Group, list[Row]] = {}
    for row in of.selected(asked.selection):
        groups.setdefault(of.group(row, asked.keys), []).append(row)
    found: dict[Group, Fraction | None] = {}
    for group, rows in groups.items():
        if asked.measuring is Measuring.ROWS:
            found[group] = Fraction(sum(row.sign for row in rows))
        elif asked.measuring is Measuring.FIRST:
            found[group] = Fraction(min(row.number for row in rows))
        elif asked.measuring is Measuring.DIFFERENT:
            found[group] = Fraction(_different(asked.different, rows, of))
        else:
            assert asked.value is not None
            found[group] = _sum(asked.value, rows, of)
    return found


def _sum(value: Expression, rows: list[Row], of: Interpreter) -> Fraction | None:
    """Debits minus credits; missing when the value of any row is."""
    total = Fraction(0)
    for row in rows:
        one = of.number(value, row)
        if one is None:
            return None
        total += row.sign * one
    return total


def _different(parts: tuple[Expression, ...], rows: list[Row], of: Interpreter) -> int:
    """How many combinations have rows left after credits. A row with an empty part tells no combination."""
    rows_left: dict[tuple[Value, ...], int] = {}
    for row in rows:
        combination = tuple(of.value(part, row) for part in parts)
        if None not in combination:
            rows_left[combination] = rows_left.get(combination, 0) + row.sign
    return sum(1 for number in rows_left.values() if number > 0)


def amounts(
    ledger: Ledger, articles: tuple[str, ...], after: tuple[str, ...], keys: tuple[Key, ...], of: Interpreter
) -> Mapping[Group, int]:
    """Cents that the rows of these articles get after these limits (none: as priced), per group."""
    found: dict[Group, int] = {}
    for one in ledger.of_articles(articles):
        for row in one.amounts:
            group = of.group(row, keys)
            found[group] = found.get(group, 0) + ledger.left(one.pay, row, after)
    return found
