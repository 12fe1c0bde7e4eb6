"""What the user gives, assigned to the tables of the contract: files by name in a folder, names with paths, rows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any as Anything

from contractlang.base.beside import NotBeside, path_beside, shown
from contractlang.data.faults import FileFault, Refusal
from contractlang.model.contract import Contract
from contractlang.model.tables import Table

ENDINGS = (".csv", ".csv.gz", ".tsv", ".tsv.gz", ".txt", ".txt.gz", ".parquet")
MOST_NAMES = 20


def assigned(tables: tuple[Table, ...], data: object, faults: list[FileFault]) -> dict[str, Anything]:
    """What is given for each table, by its name; what fits no table is added to `faults`."""
    if isinstance(data, Mapping):
        return _named(tables, data, faults)
    if data is None or not tables:
        return {}
    folder = folder_of(data)
    if folder is not None:
        return dict(_in_folder(tables, folder, faults))
    return {tables[0].name: data}


def _named(tables: tuple[Table, ...], data: Mapping[Anything, object], faults: list[FileFault]) -> dict[str, Anything]:
    named = {str(name): value for name, value in data.items()}
    found = assigned(tables, named.pop(""), faults) if "" in named else {}
    known = {name: table.name for table in tables for name in (*table.aliases, table.name)}
    for name, value in named.items():
        if name in known:
            found[known[name]] = value
            continue
        arguments = {"name": shown(name), "known": ", ".join(table.name for table in tables)}
        faults.append(FileFault("ZC712", arguments))
    return found


def _in_folder(tables: tuple[Table, ...], folder: Path, faults: list[FileFault]) -> dict[str, Path]:
    """The file of each table, by the name of the table or one of its aliases, in any case."""
    try:
        files = sorted(path for path in folder.iterdir() if not path.is_dir())
    except OSError as fault:
        faults.append(FileFault("ZC703", {"file": shown(folder, 200), "fault": fault.strerror or type(fault).__name__}))
        return {}
    found: dict[str, Path] = {}
    for table in tables:
        names = {(name + ending).casefold() for name in (table.name, *table.aliases) for ending in ENDINGS}
        here = [path for path in files if path.name.casefold() in names]
        if len(here) > 1:
            faults.append(
                FileFault("ZC713", {"table": table.name, "files": ", ".join(shown(path.name) for path in here)})
            )
        if here:
            found[table.name] = here[0]
    return found


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
    here = sorted(path.name for path in folder.iterdir() if not path.is_dir()) if folder else []
    if not here:
        return Refusal("ZC714", table=table.name, files=files)
    more = [f"(+{len(here) - MOST_NAMES})"] if len(here) > MOST_NAMES else []
    listed = ", ".join([*(shown(name, 40) for name in here[:MOST_NAMES]), *more])
    return Refusal("ZC745", table=table.name, files=files, here=listed)
