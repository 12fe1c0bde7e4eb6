"""Data into tables of the database: typed cells, row number, and the texts of rows that cannot be read."""

from __future__ import annotations

import csv
import gzip
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, TextIO

import duckdb
from msgspec import Struct

from contractlang.base.progress import READING, enter
from contractlang.base.workplace import scratch
from contractlang.data.database import part_of_file
from contractlang.data.prepared import Dialect, Prepared
from contractlang.engine.duck import cells
from contractlang.engine.duck.parts import load_parts
from contractlang.engine.protocol import DataFault
from contractlang.model.tables import Column, EmptyMeans, Kind, Table

# What stands for no cell. With the empty text in its place, the reader of the database forgives an empty cell more than the
# header has; this one is a blank cell, too, wherever it stands.
NO_TEXT = "\x1f\x1f"

LONGEST = 2_000_000  # bytes of a line, the database's own; a file with a longer one is read the slow way


class Loaded(Struct, frozen=True):
    """A table in the database: name of the relation, SQL name of every column that was read."""

    relation: str
    columns: dict[str, str]
    read: tuple[Column, ...]
    wide: bool
    texts: str = ""  # a query over the files: n, part, ragged and the texts of the cells read; empty without a file
    sizes: tuple[int, ...] = ()  # rows of each file, when the table has several and they are numbered as those are


class Selected(Struct, frozen=True):
    """Queries over a source: the rows with their cells read and whether they can be, and the texts of those cells."""

    typed: str
    texts: str
    kept: str  # the same in one: for each row that cannot be read whether it is ragged, and its texts


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def needed(table: Table) -> tuple[Column, ...]:
    """The columns that some clause reads, the key and the claimed amount."""
    return tuple(c for c in table.columns if c.used or c.name in (table.key, table.submitted))


class Loader:
    """Loads tables into one connection; temporary files are removed by `close`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.temporary: list[str] = []
        self.number = "row_number() OVER ()"  # the place of a row of a source in its file, from one
        self.also: tuple[str, ...] = ()  # columns of a source that are kept beside its cells

    def close(self) -> None:
        """Remove what was written on the way."""
        for path in self.temporary:
            Path(path).unlink(missing_ok=True)

    def load(self, index: int, table: Table, prepared: Prepared | None) -> Loaded:
        """The rows of a table with their cells read. Raises DataFault ZC802 for a file that is no delimited text."""
        prepared = prepared or Prepared(table.name, "", header=tuple(c.name for c in table.columns))
        relation, read = f"r{index}", needed(table)
        columns = {column.name: f"c{position}" for position, column in enumerate(table.columns)}
        if prepared.parts or prepared.kept:
            return load_parts(self, Loaded(relation, columns, read, False), prepared)
        source, fit = self.source(prepared)
        for wide in (False, True):
            try:
                texts = self._create(relation, table, read, columns, prepared, source, fit, wide)
                return Loaded(relation, columns, read, wide, texts)
            except duckdb.InvalidInputException as fault:
                if fit is not None or prepared.path is None or prepared.parquet:
                    raise DataFault(
                        "ZC802", file=prepared.origin, line="?", fault=str(fault).splitlines()[0]
                    ) from fault
                source, fit = self.repaired(prepared)
                return self._again(relation, table, read, columns, prepared, source, fit)
            except (duckdb.ConversionException, duckdb.OutOfRangeException):
                if wide:
                    raise
        raise AssertionError("unreachable")

    def _again(
        self, relation: str, table: Table, read: tuple[Column, ...], columns: dict[str, str], prepared: Prepared,
        source: str, fit: str | None,
    ) -> Loaded:  # fmt: skip
        try:
            texts = self._create(relation, table, read, columns, prepared, source, fit, False)
            return Loaded(relation, columns, read, False, texts)
        except (duckdb.ConversionException, duckdb.OutOfRangeException):
            texts = self._create(relation, table, read, columns, prepared, source, fit, True)
            return Loaded(relation, columns, read, True, texts)

    def _create(
        self, relation: str, table: Table, read: tuple[Column, ...], columns: dict[str, str], prepared: Prepared,
        source: str, fit: str | None, wide: bool,
    ) -> str:  # fmt: skip
        cells_of = self.selected(read, columns, prepared, source, fit, wide)
        size = prepared.path.stat().st_size if prepared.path is not None else 0
        enter(READING, Path(prepared.origin).name, size, "bytes")
        self.connection.execute(f"DROP TABLE IF EXISTS {relation}")
        self.connection.execute(f"CREATE TABLE {relation} AS {cells_of.typed}")
        return cells_of.texts

    def selected(
        self, read: tuple[Column, ...], columns: dict[str, str], prepared: Prepared, source: str, fit: str | None, wide: bool
    ) -> Selected:  # fmt: skip
        """The rows of a source (SQL) as queries; `fit` tests whether a row has as many cells as the header."""
        names = _file_columns(prepared)
        inner, made, faults, texts, again = [], [], [], [], []
        for column in read:
            name = columns[column.name]
            position = prepared.positions.get(column.name)
            text = f"s.{names[position]}" if position is not None and position < len(names) else "CAST(NULL AS VARCHAR)"
            inner.append(f"{text} AS t_{name}")
            if column.kind is Kind.TEXT:
                cell = cells.text_value(f"t_{name}")
            else:
                decimal, dates = prepared.decimal.get(column.name, "."), prepared.dates.get(column.name, "iso")
                inner.append(f"{cells.value(text, column, decimal, dates, wide)} AS v_{name}")
                # CASE, not AND: the database would match every cell against the pattern of blanks
                unread = f"(CASE WHEN v_{name} IS NULL THEN NOT {cells.blank(f't_{name}')} ELSE false END)"
                faults.append(unread)
                zero = column.kind is Kind.NUMBER and column.empty is EmptyMeans.ZERO
                cell = f"CASE WHEN v_{name} IS NULL AND NOT {unread} THEN 0 ELSE v_{name} END" if zero else f"v_{name}"
            if column.kind is not Kind.TEXT or fit:
                texts.append(f"coalesce({text}, '')")
                again.append(f"coalesce(t_{name}, '')")
            made.append(f"{f'CASE WHEN fit THEN {cell} END' if fit else cell} AS {name}")
        bad = " OR ".join([*faults, *(["NOT fit"] if fit else [])]) or "false"
        inner += [f"{fit or 'true'} AS fit", *(f"s.{name}" for name in self.also)]
        more = "".join(f", {name}" for name in self.also)
        typed = f"{', '.join(made) or '0 AS nothing'}, coalesce({bad}, false) AS bad{more}"
        listed = f"[{', '.join(texts)}]" if texts else "CAST([] AS VARCHAR[])"
        every = f"(SELECT {', '.join(inner)} FROM {source} s)"
        bad_ones = f"[{', '.join(again)}]" if again else "CAST([] AS VARCHAR[])"
        return Selected(
            f"SELECT {typed} FROM {every}",
            f"SELECT {self.number} AS n, 0 AS part, NOT {fit or 'true'} AS ragged, {listed} AS texts FROM {source} s",
            f"SELECT {typed}, NOT fit AS ragged, CASE WHEN coalesce({bad}, false) THEN {bad_ones} END AS texts FROM {every}",
        )

    def source(self, prepared: Prepared) -> tuple[str, str | None]:
        """The rows of a file, or handed over, as SQL: text columns f0, f1 ... and the test for rows that fit, if needed."""
        if prepared.path is None:
            return self._written(prepared, prepared.rows)
        if prepared.parquet:
            names = _file_columns(prepared)
            casts = ", ".join(
                f"CAST({_name(h)} AS VARCHAR) AS {n}" for h, n in zip(prepared.header, names, strict=True)
            )
            return f"(SELECT {casts} FROM read_parquet({quoted(str(prepared.path))}))", None
        return self._csv(prepared, prepared.path, prepared.dialect), None

    def _csv(self, prepared: Prepared, path: Path, dialect: Dialect) -> str:
        names = _file_columns(prepared)
        columns = ", ".join(f"{name}: 'VARCHAR'" for name in names)
        newline = ", new_line='\\r\\n'" if _crlf(path, dialect) else ""
        return (
            f"read_csv({quoted(str(path))}, header=true, auto_detect=false, delim={quoted(dialect.delimiter)}, quote='\"', "
            f"escape='\"', nullstr={quoted(NO_TEXT)}, columns={{{columns}}}{newline}{_in_large_parts(path)}"
            f"{', compression=' + quoted('gzip') if dialect.compressed else ''})"
        )

    def repaired(self, prepared: Prepared) -> tuple[str, str]:
        """Ragged rows, odd quotes and mixed line ends: read by the csv module and written anew, so that no row is lost."""
        assert prepared.path is not None
        with _opened(prepared.path, prepared.dialect) as file:
            reader = csv.reader(file, delimiter=prepared.dialect.delimiter, strict=True)
            try:
                next(reader, None)
                return self._written(prepared, (record for record in reader if record))
            except (csv.Error, UnicodeDecodeError) as fault:
                raise DataFault("ZC802", file=prepared.origin, line=str(reader.line_num), fault=str(fault)) from fault

    def _written(self, prepared: Prepared, rows: Iterable[Sequence[str]]) -> tuple[str, str]:
        """Rows as a file that the database reads, with a column that says whether a row has as many cells as the header."""
        width = len(prepared.header)
        handle, path = tempfile.mkstemp(suffix=".csv", prefix="contractlang-", dir=scratch())
        self.temporary.append(path)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
            writer.writerow(["ok", *(f"f{i}" for i in range(width))])
            longest = 0
            for record in _with_fit(rows, width):
                longest = max(longest, sum(len(cell) + 3 for cell in record))
                writer.writerow(record)
        room = f", max_line_size={8 * longest}" if longest > 200_000 else ""
        columns = ", ".join(f"{name}: 'VARCHAR'" for name in ("ok", *_file_columns(prepared)))
        source = (
            f"read_csv({quoted(path)}, header=true, auto_detect=false, delim=',', quote='\"', escape='\"', "
            f"columns={{{columns}}}{room})"
        )
        return source, "(s.ok = '1')"


def _with_fit(rows: Iterable[Sequence[str]], width: int) -> Iterator[list[str]]:
    for row in rows:
        cut = [str(cell) for cell in row[:width]]
        yield ["1" if len(row) == width else "0", *cut, *[""] * (width - len(cut))]


def _file_columns(prepared: Prepared) -> list[str]:
    return [f"f{position}" for position in range(len(prepared.header))]


def _name(heading: str) -> str:
    return '"' + heading.replace('"', '""') + '"'


def _opened(path: Path, dialect: Dialect) -> TextIO:
    if dialect.compressed:
        return gzip.open(path, "rt", encoding=dialect.encoding, newline="")
    return path.open(encoding=dialect.encoding, newline="")


def _in_large_parts(path: Path) -> str:
    part = part_of_file()
    return f", buffer_size={part}, max_line_size={LONGEST}" if path.stat().st_size > part else ""


def _bytes(path: Path, dialect: Dialect) -> BinaryIO:
    return gzip.open(path, "rb") if dialect.compressed else path.open("rb")  # type: ignore[return-value]


def _crlf(path: Path, dialect: Dialect) -> bool:
    with _bytes(path, dialect) as file:
        return b"\r\n" in file.read(65536)
