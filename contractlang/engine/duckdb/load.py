"""From data as it is handed over to a table of typed cells, one row for each row of the file, in its order.

A table `raw` has a column `c0`, `c1` ... for each column of the table that is read, by its position in the contract:
text, day, truth, or a whole number of the smallest decimal. `bad` is NULL for a readable row, else the texts of its
unreadable cells by position in `read`. The row number is the row id, counted from 0.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from threading import Thread
from typing import TextIO

import duckdb

from contractlang.data.prepared import Prepared
from contractlang.engine.duckdb import cells
from contractlang.engine.duckdb.passed import Passed, look_through
from contractlang.engine.duckdb.session import BATCH, Session, literal
from contractlang.engine.protocol import DataFault
from contractlang.model.tables import Column, Kind, Table

BUFFER = 16_000_000  # bytes that one thread of the reader works on; its own choice is half as fast


@dataclass(frozen=True, slots=True)
class Loaded:
    """A table with its cells read. `bounds` are the largest absolute values of the number columns, by name.

    `verbatim` are the columns whose own text is kept beside the value, as `t0`, `t1` ...: what people call a row.
    """

    table: Table
    prepared: Prepared | None
    name: str
    rows: int
    read: tuple[Column, ...]
    bounds: dict[str, int]
    verbatim: frozenset[str]

    def column(self, name: str) -> str:
        """The SQL name of a column. Raises ValueError for a column that is not read."""
        for index, column in enumerate(self.table.columns):
            if column.name == name and column in self.read:
                return f"c{index}"
        raise ValueError(f"table {self.table.name} has no column {name} that is read")

    def text(self, name: str, alias: str) -> str:
        """The text of a column as it stands in the file (SQL), NULL when blank."""
        index = next(i for i, column in enumerate(self.table.columns) if column.name == name)
        return f"{alias}.t{index}" if name in self.verbatim else f"{alias}.c{index}"

    def dates(self, column: Column) -> str:
        """How the file writes dates."""
        return self.prepared.dates.get(column.name, "iso") if self.prepared else "iso"


def load(session: Session, table: Table, prepared: Prepared | None) -> Loaded:
    """Read the columns of a table that the contract needs. Without data the table has no rows.

    A row with another number of cells than the header is unreadable altogether: its cells may stand in the wrong place.
    Raises DataFault ZC802 for a file that is no delimited text, or that holds a number of more than 63 bits.
    """
    read = tuple(column for column in table.columns if column.used or column.name == table.submitted)
    name = session.fresh("raw")
    verbatim = frozenset(
        column.name
        for column in table.columns
        if (column.name == table.key and (column.kind is not Kind.TEXT or column not in read))
        or (column in read and column.codes and column.kind is not Kind.TEXT)
    )
    shell = Loaded(table, prepared, name, 0, read, {}, verbatim)
    _Loading(session, shell).into(name)
    numbers = [column for column in read if column.kind is Kind.NUMBER]
    largest = "".join(f", coalesce(max(abs({shell.column(column.name)})), 0)" for column in numbers)
    rows, *most = session.row(f"select count(*){largest} from {name}")
    bounds = {column.name: int(one) for column, one in zip(numbers, most, strict=True)}
    return Loaded(table, prepared, name, rows, read, bounds, verbatim)


@dataclass(frozen=True, slots=True)
class _Loading:
    session: Session
    shell: Loaded

    def into(self, name: str) -> None:
        """Create the table."""
        prepared = self.shell.prepared
        if prepared is None:
            self._staged(name, (), len(self.shell.table.columns))
        elif prepared.path is None:
            self._staged(name, prepared.rows, len(prepared.header) or _widest(prepared))
        elif prepared.parquet:
            self._parquet(name, prepared, prepared.path)
        elif not self._delimited(name, prepared, prepared.path):
            self._staged(name, _records(prepared, prepared.path), len(prepared.header))

    def _create(self, name: str, source: str, fits: str = "") -> None:
        self.session.run(f"create table {name} as select {self._selected(fits)} from {source}")

    def _delimited(self, name: str, prepared: Prepared, path: Path) -> bool:
        """Let the database read the file; False when it holds something on which its reader is not strict or stops."""
        if len(prepared.header) < 2 or prepared.dialect.encoding == "cp1252":
            return False
        found: list[Passed] = []
        watcher = Thread(target=lambda: found.append(look_through(path, prepared.dialect)))
        watcher.start()
        try:
            source = _reader(path, prepared)
            self._create(name, source)
        except (duckdb.InvalidInputException, duckdb.IOException):
            return False
        finally:
            watcher.join()
        if found and not found[0].quoted_after_blanks:
            ends = found[0].empty_ends
            last = f"x{len(prepared.header) - 1}"
            if not ends or ends == self.session.row(f"select count(*) from {source} where {last} is null")[0]:
                return True
        self.session.run(f"drop table {name}")
        return False

    def _parquet(self, name: str, prepared: Prepared, path: Path) -> None:
        names = ", ".join(f"x{index}" for index in range(len(prepared.header)))
        picks = ", ".join(f"x{index}::VARCHAR as x{index}" for index in sorted(set(prepared.positions.values())))
        source = f"read_parquet({literal(str(path))}) as p({names})"
        self._create(name, f"(select {picks or '1 as x'} from {source})")

    def _staged(self, name: str, records: Sequence[Sequence[str]] | Iterator[Sequence[str]], width: int) -> None:
        """Rows that are not read by the database: through a table of texts, with whether each row fits the header."""
        stage = self.session.fresh("stage")
        columns = "".join(f"x{index} VARCHAR, " for index in range(width))
        self.session.run(f"create table {stage} ({columns}fits BOOLEAN)")
        types, strict = ["VARCHAR"] * width + ["BOOLEAN"], self.shell.prepared is not None and bool(
            self.shell.prepared.header)
        rows = iter(records)
        while batch := list(islice(rows, BATCH)):
            padded = [(*row[:width], *[None] * (width - len(row)), not strict or len(row) == width) for row in batch]
            self.session.insert(stage, types, padded)
        self._create(name, stage, "fits")
        self.session.run(f"drop table {stage}")

    def _selected(self, fits: str) -> str:
        """The columns of the table: values, texts that are kept, and what is unreadable."""
        shell, made, bad, texts = self.shell, [], [], []
        for index, column in enumerate(shell.table.columns):
            text = self._text(column)
            if column.name in shell.verbatim:
                made.append(f"{cells.filled(text)} as t{index}")
            if column not in shell.read:
                continue
            decimal = shell.prepared.decimal.get(column.name, ".") if shell.prepared else "."
            value = cells.read(text, column, decimal, shell.dates(column))
            made.append(f"{f'case when fits then {value} end' if fits else value} as c{index}")
            unread = "false" if column.kind is Kind.TEXT else f"({value} is null and not {cells.blank(text)})"
            bad.append(unread)
            texts.append((text, unread))
        listed = ", ".join(f"case when {unread} then {text} end" for text, unread in texts)
        whole = ", ".join(f"case when {cells.blank(text)} then '' else {text} end" for text, _ in texts)
        ragged = f"when not fits then [{whole}]::VARCHAR[] " if fits else ""
        unreadable = " or ".join(one for one in bad if one != "false") or "false"
        made.append(f"(case {ragged}when {unreadable} then [{listed}]::VARCHAR[] end) as bad")
        made.append(f"{'not fits' if fits else 'false'} as ragged")
        return ", ".join(made)

    def _text(self, column: Column) -> str:
        position = self.shell.prepared.positions.get(column.name) if self.shell.prepared else None
        return "NULL::VARCHAR" if position is None else f"x{position}"


def _reader(path: Path, prepared: Prepared) -> str:
    """The file as a table of texts. Nothing is guessed: not the form, not the types."""
    columns = ", ".join(f"x{index}: 'VARCHAR'" for index in range(len(prepared.header)))
    packed = ", compression = 'gzip'" if prepared.dialect.compressed else ""
    return (
        f"read_csv({literal(str(path))}, header = true, auto_detect = false, buffer_size = {BUFFER}, quote = '\"', "
        f"escape = '\"', allow_quoted_nulls = false, delim = {literal(prepared.dialect.delimiter)}{packed}, "
        f"columns = {{{columns}}})"
    )


def _widest(prepared: Prepared) -> int:
    return max((len(row) for row in prepared.rows), default=1)


def _records(prepared: Prepared, path: Path) -> Iterator[Sequence[str]]:
    """The rows of a delimited file one by one; a wholly empty line is no row."""
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
