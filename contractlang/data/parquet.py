"""Parquet files: their columns, and whether the types of those that are read are exact."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any as Anything

from contractlang.data.evidence import SOME, literal
from contractlang.data.faults import FileFault, Refusal, shown
from contractlang.model.tables import Column, Kind

WHOLE = r"U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?"
FITTING = {
    Kind.TEXT: re.compile(rf"VARCHAR|ENUM.*|UUID|BOOLEAN|DATE|{WHOLE}|DECIMAL.*"),
    Kind.DATE: re.compile(r"VARCHAR|DATE"),
    Kind.NUMBER: re.compile(rf"VARCHAR|{WHOLE}|DECIMAL.*"),
    Kind.TRUTH: re.compile(rf"VARCHAR|BOOLEAN|{WHOLE}"),
}
FLOATS = ("DOUBLE", "FLOAT", "REAL")


def _asked(sql: str, origin: str) -> list[tuple[Anything, ...]]:
    """The rows of a query. Raises Refusal ZC706 when the file is no Parquet, or damaged."""
    return [row for rows in _parts(sql, origin) for row in rows]


def _parts(sql: str, origin: str) -> Iterator[list[tuple[Anything, ...]]]:
    """The rows of a query, some at a time. Raises Refusal ZC706."""
    import duckdb  # heavy, and only for Parquet

    from contractlang.data.database import connect

    try:
        with connect() as connection:
            cursor = connection.execute(sql)
            while rows := cursor.fetchmany(SOME):
                yield rows
    except duckdb.Error:
        raise Refusal("ZC706", file=origin) from None


def parquet_types(path: Path, origin: str) -> dict[str, str]:
    """The type of every column, in order."""
    found = _asked(f"DESCRIBE SELECT * FROM read_parquet({literal(str(path))})", origin)
    return {str(name): str(kind) for name, kind, *_ in found}


def parquet_texts(path: Path, types: Mapping[str, str], origin: str) -> Iterator[tuple[str, ...]]:
    """All cells as texts."""
    for rows in _parts(f"SELECT * FROM {parquet_source(path, types)}", origin):
        yield from (tuple("" if cell is None else cell for cell in row) for row in rows)


def type_faults(columns: Mapping[str, Column], types: Mapping[str, str], origin: str) -> list[FileFault]:
    """Columns (by heading) whose type does not hold what the contract asks: floats are not exact."""
    made = []
    for heading, column in columns.items():
        kind = types[heading]
        arguments = {"file": origin, "column": shown(heading), "found": shown(kind, 40)}
        if kind in FLOATS:
            made.append(FileFault("ZC725", arguments))
        elif not FITTING[column.kind].fullmatch(kind):
            made.append(FileFault("ZC726", arguments))
    return made


def parquet_source(path: Path, types: Mapping[str, str]) -> str:
    """The file as SQL, all cells text in columns x0, x1 ..."""
    picks = ", ".join(
        f'CAST("{name.replace(chr(34), chr(34) * 2)}" AS VARCHAR) AS x{i}' for i, name in enumerate(types)
    )
    return f"(SELECT {picks} FROM read_parquet({literal(str(path))}))"
