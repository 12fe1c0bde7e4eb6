"""pandas frames and plain rows as cell texts; binary floating point numbers are refused, for they do not hold cents."""

from __future__ import annotations

import numbers
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any as Anything

from contractlang.data.faults import Refusal, shown
from contractlang.model.tables import Column, Table

MOST_PLACES = 18


def header_of(value: Anything, table: Table) -> tuple[str, ...]:
    """The headings of a frame, of rows as mappings (all their keys), or of rows as sequences (the contract's columns).

    Raises Refusal ZC719 for anything else.
    """
    if _is_frame(value):
        return tuple(str(name) for name in value.columns)
    if not isinstance(value, Sequence) or isinstance(value, str | bytes):
        raise Refusal("ZC719", table=table.name, found=type(value).__name__)
    if value and all(isinstance(row, Mapping) for row in value):
        return tuple(dict.fromkeys(str(key) for row in value for key in row))
    if all(isinstance(row, Sequence) and not isinstance(row, str | bytes) for row in value):
        return tuple(column.name for column in table.columns)
    raise Refusal("ZC719", table=table.name, found=", ".join(sorted({type(row).__name__ for row in value})[:3]))


def rows_of(
    value: Anything, header: Sequence[str], columns: Mapping[int, Column], table: Table
) -> tuple[tuple[tuple[str, ...], ...], set[int]]:
    """Cell texts of the wanted columns (others are left empty), and the columns that hold exact numbers instead of texts.

    Raises Refusal ZC718 for a wanted column of floats, ZC743 for a cell that is no single value.
    """
    cells = _of_frame(value, header, columns) if _is_frame(value) else _of_rows(value, header)
    exact: set[int] = set()
    made = []
    for row in cells:
        texts = []
        for index, cell in enumerate(row):
            column = columns.get(index)
            if isinstance(cell, Decimal | Fraction) and column is not None:
                exact.add(index)
            texts.append("" if column is None else text(cell, column, table))
        made.append(tuple(texts))
    return tuple(made), exact


def _is_frame(value: Anything) -> bool:
    return hasattr(value, "columns") and hasattr(value, "itertuples")


def _of_frame(frame: Anything, header: Sequence[str], columns: Mapping[int, Column]) -> Sequence[Sequence[Anything]]:
    blank = [None] * len(frame)
    made = []
    for index in range(len(header)):
        series = frame.iloc[:, index]
        if index not in columns:
            made.append(blank)
        else:
            made.append([None if gone else cell for cell, gone in zip(series, series.isna(), strict=True)])
    return list(zip(*made, strict=True))


def _of_rows(rows: Sequence[Anything], header: Sequence[str]) -> Sequence[Sequence[Anything]]:
    if rows and all(isinstance(row, Mapping) for row in rows):
        named = [{str(key): cell for key, cell in row.items()} for row in rows]
        return [[row.get(name) for name in header] for row in named]
    return rows


def text(cell: Anything, column: Column, table: Table) -> str:
    """The text of one cell; nothing for None, NaN and NaT."""
    if cell is None or type(cell).__name__ in ("NAType", "NaTType"):
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool) or type(cell).__name__ == "bool":
        return "yes" if cell else "no"
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, Fraction):
        return _decimal(cell)
    if isinstance(cell, numbers.Integral):
        return str(int(cell))
    if isinstance(cell, numbers.Real):
        if cell != cell:
            return ""
        raise Refusal("ZC718", table=table.name, column=column.name, sample=shown(cell, 30))
    if isinstance(cell, datetime):
        # a day with a time is not cut to the day: the row will be unreadable, and say so
        return cell.date().isoformat() if cell.time() == time() and cell.tzinfo is None else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    raise Refusal("ZC743", table=table.name, column=column.name, found=type(cell).__name__)


def _decimal(value: Fraction) -> str:
    """A fraction as a decimal number, as a fraction when it has none."""
    for places in range(MOST_PLACES + 1):
        scaled = value * 10**places
        if scaled.denominator == 1:
            return format(Decimal(scaled.numerator).scaleb(-places), "f")
    return str(value)
