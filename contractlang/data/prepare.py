"""From what the user gives to data that both engines read: files, folders, frames and rows."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any as Anything

from contractlang.data import files
from contractlang.data.evidence import Evidence, look, records, settle_decimal
from contractlang.data.faults import DataError, FileFault, Refusal
from contractlang.data.frames import rows_of
from contractlang.data.prepared import Dialect, Prepared
from contractlang.model.contract import Contract
from contractlang.model.tables import Column, Kind, Table

ENDINGS = (".csv", ".csv.gz", ".tsv", ".txt", ".parquet", ".CSV", ".tsv.gz")
SNIFF = 1 << 16


@dataclass(slots=True)
class _Reading:
    contract: Contract
    mapping: Mapping[str, Mapping[str, str]]
    decimal: str | None
    faults: list[FileFault]

    def note(self, code: str, **arguments: str) -> None:
        self.faults.append(FileFault(code, arguments))


def prepare(
    contract: Contract, data: object, mapping: Path | None = None, decimal: str | None = None
) -> dict[str, Prepared]:
    """The data of every table of a contract.

    `data` is a path to a file (the contract's first table) or to a folder (files named after the tables), a pandas frame or
    rows (the first table), or a mapping from table name to any of these, where the key "" is the former. Tables with a
    file beside the contract need nothing. `decimal` is "comma", "point" or None (detected). Raises DataError with all faults.
    """
    reading = _Reading(contract, {}, decimal, [])
    if mapping is not None:
        reading.mapping = _read_mapping(reading, mapping)
    given = _assigned(reading, data)
    found: dict[str, Prepared] = {}
    for table in contract.tables:
        try:
            found[table.name] = _table(reading, table, given.get(table.name))
        except Refusal as refusal:
            reading.faults.append(refusal.fault)
    if reading.faults:
        cleanup(found)
        raise DataError(tuple(reading.faults))
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


def _read_mapping(reading: _Reading, path: Path) -> Mapping[str, Mapping[str, str]]:
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        reading.note("ZC730", file=str(path), fault=str(fault))
        return {}
    known = {table.name: table for table in reading.contract.tables}
    for name, columns in read.items():
        if name not in known:
            reading.note("ZC731", file=str(path), name=name, known=", ".join(known))
        elif not isinstance(columns, dict):
            reading.note("ZC732", file=str(path), name=name)
        else:
            names = {column.name for column in known[name].columns}
            for column in columns:
                if column not in names:
                    reading.note("ZC733", file=str(path), table=name, column=column, known=", ".join(sorted(names)))
    return {name: columns for name, columns in read.items() if isinstance(columns, dict)}


def _assigned(reading: _Reading, data: object) -> dict[str, Anything]:
    """What is given for each table."""
    tables = reading.contract.tables
    if isinstance(data, Mapping):
        named: dict[str, Anything] = dict(data)
        found = _assigned(reading, named.pop("")) if "" in named else {}
        known = {alias: table.name for table in tables for alias in (table.name, *table.aliases)}
        for name, value in named.items():
            if name not in known:
                close = get_close_matches(name, list(known), 1, 0.6)
                reading.note("ZC712", name=name, known=", ".join(t.name for t in tables), close=close[0] if close else "-")
            else:
                found[known[name]] = value
        return found
    if isinstance(data, str | Path):
        path = Path(data)
        return _in_folder(reading, path) if path.is_dir() else {tables[0].name: path} if tables else {}
    return {tables[0].name: data} if tables else {}


def _in_folder(reading: _Reading, folder: Path) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for table in reading.contract.tables:
        names = [folder / (name + ending) for name in (table.name, *table.aliases) for ending in ENDINGS]
        here = [path for path in names if path.exists()]
        if here:
            found[table.name] = here[0]
            if len({path.resolve() for path in here}) > 1:
                reading.note("ZC713", table=table.name, files=", ".join(path.name for path in here))
    return found


def _table(reading: _Reading, table: Table, value: Anything) -> Prepared:
    if value is None and table.file is not None:
        value = _beside(reading.contract, table.file)
    if value is None:
        if any(column.used for column in table.columns):
            names = ", ".join(name + ".csv" for name in (table.name, *table.aliases))
            raise Refusal("ZC714", table=table.name, files=names)
        return Prepared(table.name, "-", header=tuple(column.name for column in table.columns))
    if isinstance(value, str | Path):
        return _file(reading, table, Path(value))
    return _rows(reading, table, value)


def _beside(contract: Contract, file: str) -> Path:
    """A file beside the contract; it may not lie outside the contract's folder."""
    folder = Path(contract.folder or ".").resolve()
    path = (folder / file).resolve()
    if not path.is_relative_to(folder):
        raise Refusal("ZC715", file=file, folder=str(folder))
    return path


def _file(reading: _Reading, table: Table, path: Path) -> Prepared:
    origin = path.name if len(str(path)) > 60 else str(path)
    files.readable(path, origin)
    if files.is_parquet(path):
        header = files.parquet_header(path, origin)
        positions, ignored = _positions(reading, table, header, origin)
        made = Prepared(table.name, origin, path, True, Dialect(), header, positions, ignored=ignored)
        return replace(made, decimal=_all(table, positions, Kind.NUMBER, "."), dates=_all(table, positions, Kind.DATE, "iso"),
                       sha256=files.sha256(path))  # fmt: skip
    copy, dialect, header, temporary = files.plain(path, origin)
    positions, ignored = _positions(reading, table, header, origin)
    columns = [(column, positions[column.name]) for column in table.columns if column.name in positions]
    notes = look(columns, records(copy, dialect, origin, SNIFF))
    if dialect.delimiter != "," or _needs_all(columns, notes) or files.quotes_a_decimal_comma(copy, origin):
        notes = look(columns, records(copy, dialect, origin))
    decimal, dates = _notation(reading, table, notes, dialect.delimiter, origin)
    return Prepared(table.name, origin, copy, False, dialect, header, positions, (), decimal, dates, ignored,
                    files.sha256(path), temporary)  # fmt: skip


def _all(table: Table, positions: Mapping[str, int], kind: Kind, value: str) -> dict[str, str]:
    return {column.name: value for column in table.columns if column.kind is kind and column.name in positions}


def _needs_all(columns: Sequence[tuple[Column, int]], notes: Mapping[str, Evidence]) -> bool:
    """Whether the first rows leave doubt: a decimal comma, or dates that are not ISO."""
    for column, _ in columns:
        note = notes.get(column.name)
        if note is None:
            continue
        if column.kind is Kind.NUMBER and note.comma:
            return True
        if column.kind is Kind.DATE and any(count for name, count in note.dates.items() if name != "iso"):
            return True
    return False


def _notation(
    reading: _Reading, table: Table, notes: Mapping[str, Evidence], delimiter: str, origin: str
) -> tuple[dict[str, str], dict[str, str]]:
    decimal: dict[str, str] = {}
    dates: dict[str, str] = {}
    alone = delimiter != ";" and not any(note.comma for note in notes.values())
    for column in table.columns:
        note = notes.get(column.name)
        if note is None:
            continue
        if column.kind is Kind.DATE:
            dates[column.name] = note.form()
            continue
        decimal[column.name], fault = settle_decimal(column, note, reading.decimal, alone, origin)
        if fault is not None and column.used:
            reading.faults.append(fault)
    return decimal, dates


def _rows(reading: _Reading, table: Table, value: Anything) -> Prepared:
    """A pandas frame, or rows as mappings or tuples."""
    needed = {heading for column in table.columns if column.used for heading in (column.name, *column.headings)}
    header, rows = rows_of(value, table, needed)
    positions, ignored = _positions(reading, table, header, f"data for {table.name}")
    columns = [(column, positions[column.name]) for column in table.columns if column.name in positions]
    decimal, dates = _notation(reading, table, look(columns, rows), ",", f"data for {table.name}")
    return Prepared(table.name, f"data for {table.name}", None, False, Dialect(), header, positions, tuple(rows), decimal, dates, ignored)


def _positions(reading: _Reading, table: Table, header: tuple[str, ...], origin: str) -> tuple[dict[str, int], tuple[str, ...]]:
    """Which column of the file is which of the contract, by mapping or by name; what is missing is a fault."""
    for heading in sorted({heading for heading in header if heading and header.count(heading) > 1}):
        reading.note("ZC716", file=origin, column=heading)
    folded: dict[str, list[int]] = {}
    for index, heading in enumerate(header):
        folded.setdefault(heading.strip().casefold(), []).append(index)
    positions: dict[str, int] = {}
    mapped = reading.mapping.get(table.name, {})
    for column in table.columns:
        wanted = (str(mapped[column.name]),) if column.name in mapped else column.headings
        index = _find(wanted, header, folded)
        if index is not None:
            positions[column.name] = index
        elif column.used:
            close = get_close_matches(wanted[0], list(header), 1, 0.5)
            reading.note(
                "ZC717", file=origin, table=table.name, column=" / ".join(wanted), type=column.word, headings=", ".join(header[:40]),
                close=close[0] if close else "-",
            )  # fmt: skip
    taken = set(positions.values())
    return positions, tuple(heading for index, heading in enumerate(header) if index not in taken)


def _find(wanted: Sequence[str], header: Sequence[str], folded: Mapping[str, list[int]]) -> int | None:
    for name in wanted:
        if name in header:
            return header.index(name)
    for name in wanted:
        same = folded.get(name.strip().casefold(), [])
        if len(same) == 1:
            return same[0]
    return None
