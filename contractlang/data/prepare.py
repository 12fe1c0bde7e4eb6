"""From what the user gives to data that both engines read: files, folders, frames and rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any as Anything

from msgspec import Struct, field
from msgspec.structs import replace

from contractlang.base.progress import LOOKING, enter
from contractlang.data import files, parquet
from contractlang.data.delimited import Delimited, read_delimited
from contractlang.data.evidence import Evidence, look, look_large
from contractlang.data.faults import DataError, FileFault, Refusal, shown
from contractlang.data.frames import header_of, rows_of
from contractlang.data.given import absent, assigned, beside, folder_of
from contractlang.data.headings import fold, names_of, place
from contractlang.data.mapping import Mapped, read_mapping
from contractlang.data.notation import SIGNS, Notation, is_read, notation
from contractlang.data.prepared import Dialect, Prepared
from contractlang.data.quotes import records
from contractlang.data.rewrite import changed, changes, written
from contractlang.model.contract import Contract
from contractlang.model.tables import Column, Kind, Table

NOTHING = Mapped()


class _Reading(Struct):
    contract: Contract
    decimal: str | None
    folder: Path | None
    faults: list[FileFault] = field(default_factory=list)
    mapping: Mapping[str, Mapped] = field(default_factory=dict)

    def place(self, table: Table, header: Sequence[str], origin: str) -> tuple[dict[str, int], tuple[str, ...]]:
        """Positions and ignored headings. Raises Refusal when columns are missing: the cells then tell nothing."""
        mapped = self.mapping.get(table.name, NOTHING).headings
        found = place(table, header, mapped, origin, self.contract.language)
        if found.faults:
            self.faults += found.faults[:-1]
            raise Refusal(found.faults[-1].code, **found.faults[-1].arguments)
        return found.positions, found.ignored

    def notation(self, table: Table, notes: Mapping[str, Evidence], delimiter: str, origin: str) -> Notation:
        """How columns are written; doubts are noted as faults."""
        made = notation(table, notes, self.decimal, delimiter, origin)
        self.faults += made.faults
        return made


def prepare(
    contract: Contract, given: object, mapping: Path | None = None, decimal: str | None = None
) -> dict[str, Prepared]:
    """The data of every table of a contract.

    `given` is a path to a file (the contract's first table) or to a folder (files named after the tables), a pandas frame
    or rows (the first table), or a mapping from table name to any of these, where the key "" is the former. Tables with
    a file beside the contract need nothing. `mapping` is a TOML file (`contractlang.data.mapping`). `decimal` is "comma",
    "point" or None (told by the cells). Raises DataError with all faults of all files.
    A header without rows is data of no rows: in that period there was no care, and the statement says so.
    The outcome may hold temporary files: call `cleanup` when done.
    """
    reading = _Reading(contract, decimal, folder_of(given))
    if decimal is not None and decimal not in SIGNS:
        reading.faults.append(FileFault("ZC744", {"decimal": shown(decimal)}))
        reading.decimal = None
    read = tuple(table for table in contract.tables if not table.made)
    if mapping is not None:
        reading.mapping = read_mapping(Path(mapping), read, reading.faults)
    assignment = assigned(read, given, reading.faults)
    found: dict[str, Prepared] = {}
    try:
        for table in read:
            try:
                found[table.name] = _table(reading, table, assignment.get(table.name))
            except Refusal as refusal:
                reading.faults.append(refusal.fault)
            except OSError as fault:  # a full disk, a share that went away
                name = shown(fault.filename or table.name, 200)
                reading.faults.append(
                    FileFault("ZC703", {"file": name, "fault": fault.strerror or type(fault).__name__})
                )
        if reading.faults:
            raise DataError(tuple(reading.faults), contract.language)
    except BaseException:
        cleanup(found)
        raise
    return found


def bound_files(contract: Contract) -> dict[str, Prepared]:
    """The tables whose file stands beside the contract. Raises DataError."""
    bound = replace(contract, tables=tuple(table for table in contract.tables if table.file))
    return prepare(bound, {})


def cleanup(prepared: Mapping[str, Prepared]) -> None:
    """Remove the copies that were made."""
    for one in prepared.values():
        if one.temporary and one.path is not None:
            one.path.unlink(missing_ok=True)


def _table(reading: _Reading, table: Table, value: Anything) -> Prepared:
    if value is None and table.file is not None:
        value = beside(reading.contract, table.file)
    if value is None:
        if any(column.used for column in table.columns):
            raise absent(table, reading.folder)
        return Prepared(table.name, "-", header=tuple(column.name for column in table.columns))
    if not isinstance(value, str | Path):
        return _rows(reading, table, value)
    path, origin = Path(value), shown(value, 200)
    files.readable(path, origin)
    beside_it = ThreadPoolExecutor(1)  # the hash is another pass over the bytes, on another core
    digest = beside_it.submit(files.sha256, path)
    beside_it.shutdown(wait=False)
    enter(LOOKING, path.name, 0 if files.is_gzip(path) else path.stat().st_size, "bytes", counts=True)
    read = _parquet if files.is_parquet(path) else _delimited
    return replace(read(reading, table, path, origin), sha256=digest)


def _delimited(reading: _Reading, table: Table, path: Path, origin: str) -> Prepared:
    known = {fold(name) for column in table.columns for name in names_of(column)}
    known |= {fold(name) for name in reading.mapping.get(table.name, NOTHING).headings.values()}
    file = read_delimited(path, origin, known)
    keep = None
    try:
        made = _of_delimited(reading, table, file)
        keep = made.path
        return made
    finally:
        if file.temporary and keep != file.path:
            file.path.unlink(missing_ok=True)


def _of_delimited(reading: _Reading, table: Table, file: Delimited) -> Prepared:
    if len(file.header) == 1 and sum(column.used for column in table.columns) > 1:
        raise Refusal("ZC742", file=file.origin, header=shown(file.header[0]))
    positions, ignored = reading.place(table, file.header, file.origin)
    seen = file.look(_placed(table, positions))
    told = reading.notation(table, seen.notes, file.dialect.delimiter, file.origin)
    made = changes(positions, reading.mapping.get(table.name, NOTHING), told.short)
    path, dialect, temporary = file.path, file.dialect, file.temporary
    if made:
        path = written(file.header, changed(records(path, dialect, file.origin), made), dialect.delimiter)
        dialect, temporary = Dialect(dialect.delimiter), True
    elif not temporary:
        path, temporary = files.for_engines(path, dialect.compressed)
    return Prepared(
        table.name, file.origin, path, False, dialect, file.header, positions, (), told.decimal, told.dates, ignored,
        temporary=temporary,
    )  # fmt: skip


def _parquet(reading: _Reading, table: Table, path: Path, origin: str) -> Prepared:
    safe, temporary = files.for_engines(path, packed=False)
    keep = None
    try:
        made = _of_parquet(reading, table, safe, origin, temporary)
        keep = made.path
        return made
    finally:
        if temporary and keep != safe:
            safe.unlink(missing_ok=True)


def _of_parquet(reading: _Reading, table: Table, path: Path, origin: str, temporary: bool) -> Prepared:
    types = parquet.parquet_types(path, origin)
    header = tuple(types)
    positions, ignored = reading.place(table, header, origin)
    wanted = {header[positions[c.name]]: c for c in table.columns if c.name in positions and _needed(table, c)}
    reading.faults += parquet.type_faults(wanted, types, origin)
    texts = [(column, positions[column.name]) for heading, column in wanted.items() if types[heading] == "VARCHAR"]
    seen = look_large(texts, parquet.parquet_source(path, types))
    if seen is None:
        raise Refusal("ZC706", file=origin)
    told = reading.notation(table, seen.notes, ";", origin)
    _fill(table, positions, told)
    changing = changes(positions, reading.mapping.get(table.name, NOTHING), told.short)
    if changing:
        rows = parquet.parquet_texts(path, types, origin)
        copy = written(header, changed(rows, changing), ",")
        return Prepared(table.name, origin, copy, False, Dialect(), header, positions, (), told.decimal, told.dates, ignored,
                        temporary=True)  # fmt: skip
    return Prepared(table.name, origin, path, True, Dialect(), header, positions, (), told.decimal, told.dates, ignored,
                    temporary=temporary)  # fmt: skip


def _rows(reading: _Reading, table: Table, value: Anything) -> Prepared:
    """A pandas frame, or rows as mappings or sequences. No rows at all are taken at their word."""
    origin = f"data[{table.name!r}]"
    header = header_of(value, table)
    positions, ignored = reading.place(table, header, origin)
    wanted = {index: table.column(name) for name, index in positions.items() if _needed(table, table.column(name))}
    rows, exact = rows_of(value, header, wanted, table)
    texts = [(column, index) for index, column in wanted.items() if index not in exact]
    told = reading.notation(table, look(texts, rows, len(header)).notes, ",", origin)
    _fill(table, positions, told)
    made = changes(positions, reading.mapping.get(table.name, NOTHING), told.short)
    rows = tuple(changed(rows, made)) if made else rows
    return Prepared(
        table.name, origin, None, False, Dialect(), header, positions, rows, told.decimal, told.dates, ignored
    )


def _fill(table: Table, positions: Mapping[str, int], told: Notation) -> None:
    """Columns that hold exact numbers and dates instead of texts are written with a point and as ISO."""
    for column in table.columns:
        if column.name in positions and column.kind is Kind.NUMBER:
            told.decimal.setdefault(column.name, ".")
        if column.name in positions and column.kind is Kind.DATE:
            told.dates.setdefault(column.name, "iso")


def _placed(table: Table, positions: Mapping[str, int]) -> list[tuple[Column, int]]:
    return [(column, positions[column.name]) for column in table.columns if column.name in positions]


def _needed(table: Table, column: Column) -> bool:
    return is_read(table, column) or column.name == table.key
