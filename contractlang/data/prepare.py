"""From what the user gives to data that both engines read: files, folders, frames and rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any as Anything

from msgspec.structs import replace

from contractlang.data.cache import Cache
from contractlang.data.evidence import look
from contractlang.data.faults import DataError, FileFault, Refusal, shown
from contractlang.data.frames import header_of, rows_of
from contractlang.data.given import Several, absent, assigned, beside, folder_of
from contractlang.data.mapping import read_mapping
from contractlang.data.notation import SIGNS
from contractlang.data.prepared import Dialect, Prepared
from contractlang.data.reading import Reading
from contractlang.data.rewrite import changed, changes
from contractlang.data.sources import Source, fill, look_at, needed, placed, prepared, together
from contractlang.model.contract import Contract
from contractlang.model.tables import Table


def prepare(
    contract: Contract, given: object, mapping: Path | None = None, decimal: str | None = None, cache: Cache | None = None
) -> dict[str, Prepared]:  # fmt: skip
    """The data of every table of a contract.

    `given` is a path to a file (the contract's first table) or to a folder (files named after the tables), a pandas frame
    or rows (the first table), or a mapping from table name to any of these, where the key "" is the former. A table may have
    several files: a folder called after it, or a list of paths; they are read in the order of their names, or of the list,
    as if they were one. Tables with a file beside the contract need nothing.
    `mapping` is a TOML file (`contractlang.data.mapping`). `decimal` is "comma", "point" or None (told by the cells).
    `cache` holds what was read of files before; only the fast engine can read what is prepared with one.
    Raises DataError with all faults of all files.
    A header without rows is data of no rows: in that period there was no care, and the statement says so.
    The outcome may hold temporary files: call `cleanup` when done.
    """
    reading = Reading(contract, decimal, folder_of(given), cache=cache)
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
            except (Refusal, OSError) as fault:
                reading.faults.append(_fault(fault, table.name))
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
    for whole in prepared.values():
        for one in whole.files:
            if one.temporary and one.path is not None:
                one.path.unlink(missing_ok=True)


def _fault(fault: Refusal | OSError, name: str) -> FileFault:
    """What is wrong with a file; a full disk, or a share that went away, is a fault as well."""
    if isinstance(fault, Refusal):
        return fault.fault
    arguments = {"file": shown(fault.filename or name, 200), "fault": fault.strerror or type(fault).__name__}
    return FileFault("ZC703", arguments)


def _table(reading: Reading, table: Table, value: Anything) -> Prepared:
    if value is None and table.file is not None:
        value = beside(reading.contract, table.file)
    if value is None:
        if any(column.used for column in table.columns):
            raise absent(table, reading.folder)
        return Prepared(table.name, "-", header=tuple(column.name for column in table.columns))
    if isinstance(value, Several):
        return _one_table(table, value.origin, _files(reading, table, value.paths))
    if isinstance(value, str | Path):
        (found,) = _files(reading, table, (value,))
        return found
    return _rows(reading, table, value)


def _files(reading: Reading, table: Table, paths: Sequence[str | Path]) -> tuple[Prepared, ...]:
    """The files of a table: all are looked at before it is said how each is written. Raises the last of several faults."""
    sources: list[Source] = []
    made: dict[str, Prepared] = {}
    last: Refusal | OSError | None = None
    try:
        for path in paths:
            try:
                sources.append(look_at(reading, table, path))
            except (Refusal, OSError) as fault:
                reading.faults += [] if last is None else [_fault(last, str(path))]
                last = fault
        if last is not None:
            raise last
        every = together(sources)
        for number, source in enumerate(sources):
            made[str(number)] = prepared(reading, table, source, every[source.seen.manner])
    except BaseException:
        cleanup(made)
        for source in sources[len(made) :]:
            source.forget()
        raise
    return tuple(made.values())


def _one_table(table: Table, origin: str, parts: tuple[Prepared, ...]) -> Prepared:
    """Files as one table: what all of them say alike is said of the table."""
    names = tuple(column.name for column in table.columns if any(column.name in part.positions for part in parts))
    first = parts[0] if parts else Prepared(table.name, origin)
    return Prepared(
        table.name, origin, header=names, positions={name: at for at, name in enumerate(names)}, parts=parts,
        decimal=first.decimal if all(part.decimal == first.decimal for part in parts) else {},
        dates=first.dates if all(part.dates == first.dates for part in parts) else {},
        ignored=first.ignored if all(part.ignored == first.ignored for part in parts) else (),
    )  # fmt: skip


def _rows(reading: Reading, table: Table, value: Anything) -> Prepared:
    """A pandas frame, or rows as mappings or sequences. No rows at all are taken at their word."""
    origin = f"data[{table.name!r}]"
    header = header_of(value, table)
    positions, ignored = placed(reading, table, header, origin, text=False)
    wanted = {index: table.column(name) for name, index in positions.items() if needed(table, table.column(name))}
    rows, exact = rows_of(value, header, wanted, table)
    texts = [(column, index) for index, column in wanted.items() if index not in exact]
    told = reading.notation(table, look(texts, rows, len(header)).notes, ",", origin)
    fill(table, positions, told)
    made = changes(positions, reading.mapped(table), told.short)
    rows = tuple(changed(rows, made)) if made else rows
    return Prepared(
        table.name, origin, None, False, Dialect(), header, positions, rows, told.decimal, told.dates, ignored
    )
