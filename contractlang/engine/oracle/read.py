"""From data as it is handed over to rows with cells."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from contractlang.data.prepared import Prepared
from contractlang.engine.oracle.cells import Unreadable, read_cell
from contractlang.engine.oracle.row import Row
from contractlang.engine.protocol import DataFault
from contractlang.model.tables import Table


def read_rows(table: Table, prepared: Prepared | None) -> list[Row]:
    """All rows of a table with their cells read; none when no data was given.

    A row that has another number of cells than the header is unreadable altogether: its cells may stand in the wrong
    place. A wholly empty line is no row. Raises DataFault ZC802 for a file that is no delimited text.
    """
    if prepared is None:
        return []
    found: list[Row] = []
    for part, file in enumerate(prepared.files):
        for record in _records(file):
            found.append(_row(table, file, len(found) + 1, record))
            found[-1].part = part
    return found


def read_texts(prepared: Prepared) -> list[Sequence[str]]:
    """The cells of all rows as they stand in one file."""
    return list(_records(prepared))


def _row(table: Table, prepared: Prepared, number: int, record: Sequence[str]) -> Row:
    row = Row(table, number, {}, {}, {})
    fits = not prepared.header or len(record) == len(prepared.header)
    for column in table.columns:
        position = prepared.positions.get(column.name)
        text = record[position] if position is not None and position < len(record) else ""
        if column.name == table.key:
            row.texts[column.name] = text if text.strip() else ""
        if not (column.used or column.name == table.submitted):
            continue
        row.texts[column.name] = text if text.strip() else ""
        row.cells[column.name] = None
        if not fits:
            row.bad[column.name] = f"{len(prepared.header)} cells in the row"
            continue
        decimal, dates = prepared.decimal.get(column.name, "."), prepared.dates.get(column.name, "iso")
        try:
            row.cells[column.name] = read_cell(text, column, decimal, dates)
        except Unreadable as unreadable:
            row.bad[column.name] = unreadable.expected
    return row


def _records(prepared: Prepared) -> Iterator[Sequence[str]]:
    if prepared.path is None:
        return iter(prepared.rows)
    return _from_parquet(prepared.path) if prepared.parquet else _from_text(prepared, prepared.path)


def _from_text(prepared: Prepared, path: Path) -> Iterator[Sequence[str]]:
    with _opened(prepared, path) as file:
        reader = csv.reader(file, delimiter=prepared.dialect.delimiter, strict=True)
        try:
            next(reader, None)  # the header
            for record in reader:
                if record:
                    yield record
        except (csv.Error, UnicodeDecodeError) as error:
            raise DataFault("ZC802", file=prepared.origin, line=str(reader.line_num), fault=str(error)) from error


def _opened(prepared: Prepared, path: Path) -> TextIO:
    if prepared.dialect.compressed:
        return gzip.open(path, "rt", encoding=prepared.dialect.encoding, newline="")
    return path.open(encoding=prepared.dialect.encoding, newline="")


def _from_parquet(path: Path) -> Iterator[Sequence[str]]:
    import duckdb  # heavy, and only here; reads nothing but texts, so it decides nothing about a value

    with duckdb.connect() as connection:
        found = connection.execute("SELECT COLUMNS(*)::VARCHAR FROM read_parquet(?)", [str(path)])
        for record in found.fetchall():
            yield ["" if cell is None else cell for cell in record]
