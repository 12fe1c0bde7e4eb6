"""The keys of a group as the rows of a table tell them.

Keys of a define, of an amount on top and of a report are names with what was written after them (a column, a kind of
period); which rows they sort is known only where they meet a table.
"""

from __future__ import annotations

from contractlang.base.calendar import Every
from contractlang.model.contract import Contract
from contractlang.model.expression import Cell, DecidingDate, Expression, Key, PeriodOf, Role
from contractlang.model.heads import Limit, Pay
from contractlang.model.tables import Kind, Table


def row_keys(contract: Contract, keys: tuple[Key, ...], article: str) -> tuple[Key, ...]:
    """The keys with an expression over the rows that an article pays or limits, without those that they cannot tell.

    Rows of several tables tell a key when each of the tables does, in the same way.
    """
    tables = tables_of(contract, article)
    if not tables:
        return ()
    found = ((key, _of_row(key, tables)) for key in keys)
    return tuple(Key(key.name, value, key.every) for key, value in found if value is not None)


def tables_of(contract: Contract, article: str) -> tuple[Table, ...]:
    """The tables whose rows an article pays, or limits; none when rows have nothing to do with it."""
    heads = [head for head in contract.heads if head.article == article]
    names = [head.selection.table for head in heads if isinstance(head, Pay) and head.earns]
    if not names:
        bases = [base for head in heads if isinstance(head, Limit) for base in head.base if base != article]
        names = [table.name for base in bases for table in tables_of(contract, base)]  # not of a limit within itself
    return tuple(contract.table(name) for name in dict.fromkeys(names))


def _of_row(key: Key, tables: tuple[Table, ...]) -> Expression | None:
    columns = [{column.name: column for column in table.columns} for table in tables]
    value = key.value.day if isinstance(key.value, PeriodOf) else key.value
    if key.every is None:
        if all(key.name in one for one in columns):
            return Cell(key.name)
        return value if isinstance(value, Cell) and all(value.column in one for one in columns) else None
    if isinstance(value, Cell) and all(value.column in one and one[value.column].kind is Kind.DATE for one in columns):
        return PeriodOf(value, key.every)
    if isinstance(value, DecidingDate):
        return PeriodOf(value, key.every)
    decided = [{deciding.role for deciding in table.deciding} for table in tables]
    order = (Role.YEAR, Role.PERIOD) if key.every is Every.YEAR else (Role.PERIOD, Role.YEAR)
    role = next((role for role in order if all(role in roles for roles in decided)), None)
    return None if role is None else PeriodOf(DecidingDate(role), key.every)
