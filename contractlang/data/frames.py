"""pandas frames and plain rows as cell texts; binary floating point numbers are refused, for they do not hold cents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any as Anything

from contractlang.data.faults import Refusal
from contractlang.model.tables import Table


def rows_of(value: Anything, table: Table, needed: set[str]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Header and cell texts. Raises Refusal ZC718 for a column of floats that is needed, ZC719 for something else."""
    if hasattr(value, "columns") and hasattr(value, "itertuples"):
        return _frame(value, table, needed)
    if not isinstance(value, Sequence) or isinstance(value, str | bytes):
        raise Refusal("ZC719", table=table.name, found=type(value).__name__)
    if all(isinstance(row, Mapping) for row in value):
        header = tuple(dict.fromkeys(str(key) for row in value for key in row))
        return header, [tuple(text(row.get(name), name, table) for name in header) for row in value]
    if all(isinstance(row, Sequence) and not isinstance(row, str) for row in value):
        header = tuple(column.name for column in table.columns)
        return header, [tuple(text(cell, "", table) for cell in row) for row in value]
    raise Refusal("ZC719", table=table.name, found="rows of several kinds")


def _frame(frame: Anything, table: Table, needed: set[str]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    header = tuple(str(name) for name in frame.columns)
    columns: list[list[str]] = []
    for position, name in enumerate(header):
        series = frame.iloc[:, position]
        if name not in needed:
            columns.append([""] * len(frame))
            continue
        if str(series.dtype).startswith(("float", "Float")) and not bool(series.isna().all()):
            raise Refusal("ZC718", table=table.name, column=name)
        empty = series.isna()
        columns.append(["" if gone else text(cell, name, table) for cell, gone in zip(series, empty, strict=True)])
    return header, list(zip(*columns, strict=True)) if columns else []


def text(cell: Anything, column: str, table: Table) -> str:
    """The text of one cell."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        if cell != cell:
            return ""
        raise Refusal("ZC718", table=table.name, column=column)
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, Fraction):
        return str(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
