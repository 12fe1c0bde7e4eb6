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
    """The keys with an expression over the rows that an article pays or limits, without those that they cannot tell."""
    table = table_of(contract, article)
    if table is None:
        return ()
    found = ((key, _of_row(key, table)) for key in keys)
    return tuple(Key(key.name, value, key.every) for key, value in found if value is not None)


def table_of(contract: Contract, article: str) -> Table | None:
    """The table whose rows an article pays, or limits; None when rows have nothing to do with it."""
    for head in contract.heads:
        if head.article == article and isinstance(head, Pay) and head.earns:
            return contract.table(head.selection.table)
    for head in contract.heads:
        if head.article == article and isinstance(head, Limit):
            others = (base for base in head.base if base != article)  # a limit within its own article
            return next((found for base in others if (found := table_of(contract, base)) is not None), None)
    return None


def _of_row(key: Key, table: Table) -> Expression | None:
    columns = {column.name: column for column in table.columns}
    value = key.value.day if isinstance(key.value, PeriodOf) else key.value
    if key.every is None:
        if key.name in columns:
            return Cell(key.name)
        return value if isinstance(value, Cell) and value.column in columns else None
    if isinstance(value, Cell) and value.column in columns and columns[value.column].kind is Kind.DATE:
        return PeriodOf(value, key.every)
    if isinstance(value, DecidingDate):
        return PeriodOf(value, key.every)
    decided = {deciding.role for deciding in table.deciding}
    order = (Role.YEAR, Role.PERIOD) if key.every is Every.YEAR else (Role.PERIOD, Role.YEAR)
    role = next((role for role in order if role in decided), None)
    return None if role is None else PeriodOf(DecidingDate(role), key.every)
