"""What the user gives, assigned to the tables of the contract: files by name in a folder, names with paths, rows."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any as Anything

from msgspec import Struct

from contractlang.base.beside import NotBeside, path_beside, shown
from contractlang.data.faults import FileFault, Refusal
from contractlang.model.contract import Contract
from contractlang.model.tables import Table

ENDINGS = (".csv", ".csv.gz", ".tsv", ".tsv.gz", ".txt", ".txt.gz", ".parquet")
MOST_NAMES = 20
LITTER = (
    "~$",
    "thumbs.db",
    "desktop.ini",
)  # beside hidden files: what programs leave in a folder that people look into


class Several(Struct, frozen=True):
    """The files of one table in the order in which their rows stand, and what they are called together."""

    origin: str
    paths: tuple[Path, ...]


def assigned(tables: tuple[Table, ...], data: object, faults: list[FileFault]) -> dict[str, Anything]:
    """What is given for each table, by its name: rows, a frame, a path, or Several; what fits no table is added to `faults`."""
    if isinstance(data, Mapping):
        return _named(tables, data, faults)
    if data is None or not tables:
        return {}
    folder = folder_of(data)
    if folder is not None:
        return dict(_in_folder(tables, folder, faults))
    return {tables[0].name: _several(tables[0], data, faults)}


def _named(tables: tuple[Table, ...], data: Mapping[Anything, object], faults: list[FileFault]) -> dict[str, Anything]:
    named = {str(name): value for name, value in data.items()}
    found = assigned(tables, named.pop(""), faults) if "" in named else {}
    known = {name: table for table in tables for name in (*table.aliases, table.name)}
    for name, value in named.items():
        if name in known:
            found[known[name].name] = _several(known[name], value, faults)
            continue
        arguments = {"name": shown(name), "known": ", ".join(table.name for table in tables)}
        faults.append(FileFault("ZC712", arguments))
    return found


def _in_folder(tables: tuple[Table, ...], folder: Path, faults: list[FileFault]) -> dict[str, Path | Several]:
    """The file of each table, or the folder with its files, by the name of the table or one of its aliases, in any case."""
    entries = _entries(folder, faults)
    found: dict[str, Path | Several] = {}
    for table in tables:
        own = {name.casefold() for name in (table.name, *table.aliases)}
        names = {name + ending for name in own for ending in ENDINGS}
        here = [path for path in entries if path.name.casefold() in (own if path.is_dir() else names)]
        if len(here) > 1:
            listed = ", ".join(shown(path.name) + ("/" if path.is_dir() else "") for path in here)
            faults.append(FileFault("ZC713", {"table": table.name, "files": listed}))
        if here:
            found[table.name] = _files_of(table, here[0], faults) if here[0].is_dir() else here[0]
    return found


def _several(table: Table, value: Anything, faults: list[FileFault]) -> Anything:
    """A folder with the files of a table, or a list of paths; anything else as it is."""
    if isinstance(value, list | tuple) and value and all(isinstance(one, str | Path) for one in value):
        paths = tuple(Path(one) for one in value)
        seen: set[str] = set()
        for path in paths:
            if (real := os.path.realpath(path)) in seen:
                faults.append(FileFault("ZC751", {"table": table.name, "file": shown(path, 200)}))
            seen.add(real)
        more = f" (+{len(paths) - 1})" if len(paths) > 1 else ""
        return Several(shown(paths[0], 200) + more, paths)
    folder = folder_of(value) if isinstance(value, str | Path) else None
    return value if folder is None else _files_of(table, folder, faults)


def _files_of(table: Table, folder: Path, faults: list[FileFault]) -> Several:
    """Every file in the folder of a table, by name. Whatever cannot be read there is a fault: nothing is left out unseen."""
    found = []
    for path in _entries(folder, faults):
        if path.name.casefold().startswith((".", *LITTER)):
            continue
        if path.is_dir() or not path.name.casefold().endswith(ENDINGS):
            arguments = {"table": table.name, "folder": shown(folder, 200), "name": shown(path.name)}
            faults.append(FileFault("ZC749", {**arguments, "endings": ", ".join(ENDINGS)}))
            continue
        found.append(path)
    if not found:
        faults.append(FileFault("ZC750", {"table": table.name, "folder": shown(folder, 200)}))
    return Several(shown(folder, 200), tuple(sorted(found, key=in_order)))


def in_order(path: Path) -> tuple[Sequence[str | int], str]:
    """By name, numbers in it by their value: month 2 comes before month 10."""
    parts = re.split(r"([0-9]+)", path.name.casefold())
    return [int(part) if at % 2 else part for at, part in enumerate(parts)], path.name


def _entries(folder: Path, faults: list[FileFault]) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as fault:
        faults.append(FileFault("ZC703", {"file": shown(folder, 200), "fault": fault.strerror or type(fault).__name__}))
        return []


def folder_of(data: object) -> Path | None:
    """The folder that was given, if any."""
    data = data.get("") if isinstance(data, Mapping) else data
    if not isinstance(data, str | Path):
        return None
    try:
        return Path(data) if Path(data).is_dir() else None
    except (OSError, ValueError):  # a name that no file can have; reading it says why
        return None


def beside(contract: Contract, file: str) -> Path:
    """A file beside the contract. Raises Refusal ZC715 when it lies outside the contract's folder."""
    try:
        return path_beside(contract.folder, file)
    except NotBeside:
        folder = Path(contract.folder or ".").resolve()
        raise Refusal("ZC715", file=shown(file, 200), folder=shown(folder, 200)) from None
    except (OSError, ValueError):
        raise Refusal("ZC701", file=shown(file)) from None


def absent(table: Table, folder: Path | None) -> Refusal:
    """Nothing was given for a table that a clause needs."""
    files = ", ".join(name + ".csv" for name in (table.name, *table.aliases))
    here = sorted(path.name + ("/" if path.is_dir() else "") for path in folder.iterdir()) if folder else []
    if not here:
        return Refusal("ZC714", table=table.name, files=files)
    more = [f"(+{len(here) - MOST_NAMES})"] if len(here) > MOST_NAMES else []
    listed = ", ".join([*(shown(name, 40) for name in here[:MOST_NAMES]), *more])
    return Refusal("ZC745", table=table.name, files=files, here=listed)
