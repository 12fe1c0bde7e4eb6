"""The rows of prepared data as texts, whatever they are kept in, and rows written as prepared data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby

from msgspec.structs import replace

from contractlang.data.parquet import parquet_texts, parquet_types
from contractlang.data.prepare import cleanup
from contractlang.data.prepared import Dialect, Prepared
from contractlang.data.quotes import records
from contractlang.data.rewrite import written


def rows_of(data: Prepared) -> Iterator[tuple[Prepared, Sequence[str]]]:
    """The rows in the order of the files, each with the file in which it stands. Raises Refusal when one cannot be read."""
    for part in data.files:
        for row in _rows_of(part):
            yield part, row


def _rows_of(data: Prepared) -> Iterator[Sequence[str]]:
    if data.path is None:
        yield from data.rows
    elif data.parquet:
        yield from parquet_texts(data.path, parquet_types(data.path, data.origin), data.origin)
    else:
        yield from records(data.path, data.dialect, data.origin)


def with_rows(data: Prepared, rows: Iterable[tuple[Prepared, Sequence[str]]]) -> Prepared:
    """The same table with other rows, each as it is written in its file; in temporary files when it stood in files."""
    if not data.parts:
        return _with_rows(data, (row for _, row in rows))
    made: list[Prepared] = []
    try:
        for _, group in groupby(rows, lambda one: id(one[0])):
            whole = iter(group)
            part, first = next(whole)
            made.append(_with_rows(part, chain([first], (row for _, row in whole))))
    except BaseException:
        cleanup({str(number): part for number, part in enumerate(made)})
        raise
    return replace(data, parts=tuple(made) or tuple(_with_rows(part, ()) for part in data.parts[:1]))


def _with_rows(data: Prepared, rows: Iterable[Sequence[str]]) -> Prepared:
    if data.path is None:
        return replace(data, rows=tuple(tuple(row) for row in rows))
    path = written(data.header, rows, ",")
    return replace(data, path=path, parquet=False, dialect=Dialect(), rows=(), sha256="", temporary=True)


def cell(row: Sequence[str], at: int | None) -> str:
    """A cell, empty where the row is too short or has no such column."""
    return row[at] if at is not None and at < len(row) else ""
