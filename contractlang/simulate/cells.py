"""The rows of prepared data as texts, whatever they are kept in, and rows written as prepared data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from contractlang.data.parquet import parquet_texts, parquet_types
from contractlang.data.prepared import Dialect, Prepared
from contractlang.data.quotes import records
from contractlang.data.rewrite import written


def rows_of(data: Prepared) -> Iterator[Sequence[str]]:
    """The rows in the order of the file. Raises Refusal when the file can no longer be read."""
    if data.path is None:
        yield from data.rows
    elif data.parquet:
        yield from parquet_texts(data.path, parquet_types(data.path, data.origin), data.origin)
    else:
        yield from records(data.path, data.dialect, data.origin)


def with_rows(data: Prepared, rows: Iterable[Sequence[str]]) -> Prepared:
    """The same table with other rows, in a temporary file when it was one; decimal signs and dates read as before."""
    if data.path is None:
        return replace(data, rows=tuple(tuple(row) for row in rows))
    path = written(data.header, rows, ",")
    return replace(data, path=path, parquet=False, dialect=Dialect(), rows=(), sha256="", temporary=True)


def cell(row: Sequence[str], at: int | None) -> str:
    """A cell, empty where the row is too short or has no such column."""
    return row[at] if at is not None and at < len(row) else ""
