"""The mapping file: which heading is which column, and which codes of the file are which codes of the contract.

[care]
client_id = "BSN pseudonym"
[care.values.level]
"HBO" = "hbo"
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any as Anything

from msgspec import Struct, field

from contractlang.data.faults import FileFault, shown
from contractlang.model.tables import Table

VALUES = "values"


class Mapped(Struct, frozen=True):
    """Of one table: headings by column, and new texts by column and text."""

    headings: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read_mapping(path: Path, tables: tuple[Table, ...], faults: list[FileFault]) -> dict[str, Mapped]:
    """The mapping by table; what is wrong in it is added to `faults`."""
    origin = shown(path, 200)
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        faults.append(
            FileFault("ZC730", {"file": origin, "fault": shown(getattr(fault, "strerror", None) or fault, 160)})
        )
        return {}
    known = {name: table for table in tables for name in (*table.aliases, table.name)}
    found: dict[str, Mapped] = {}
    for name, entries in read.items():
        if name not in known:
            arguments = {"file": origin, "name": shown(name), "known": ", ".join(table.name for table in tables)}
            faults.append(FileFault("ZC731", arguments))
        elif not isinstance(entries, dict):
            faults.append(FileFault("ZC732", {"file": origin, "name": shown(name)}))
        else:
            found[known[name].name] = _table(entries, known[name], origin, faults)
    return found


def _table(entries: Mapping[str, Anything], table: Table, origin: str, faults: list[FileFault]) -> Mapped:
    values = entries.get(VALUES)
    renamed = values if isinstance(values, dict) else {}
    plain = {name: text for name, text in entries.items() if not (name == VALUES and renamed)}
    names = {column.name for column in table.columns}
    for name in dict.fromkeys([*plain, *renamed]):
        if name not in names:
            arguments = {"file": origin, "table": table.name, "column": shown(name), "known": ", ".join(sorted(names))}
            faults.append(FileFault("ZC733", arguments))
    wrong = [name for name, text in plain.items() if not isinstance(text, str)]
    wrong += [name for name, one in renamed.items() if not _texts(one)]
    faults += [FileFault("ZC732", {"file": origin, "name": shown(f"{table.name}.{name}")}) for name in wrong]
    return Mapped(
        {name: text for name, text in plain.items() if name in names and name not in wrong},
        {name: one for name, one in renamed.items() if name in names and name not in wrong},
    )


def _texts(one: Anything) -> bool:
    return isinstance(one, dict) and all(isinstance(text, str) for text in one.values())
