"""A table of several files in the database: their rows one behind the other, each read as its own file is written.

What is kept in a cache is taken from there, and what is to be kept is written there first: rows as read, and with those that
cannot be read their texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from msgspec import Struct
from msgspec.structs import replace

from contractlang.base.progress import READING, enter
from contractlang.data.cache import Kept
from contractlang.data.evidence import literal
from contractlang.data.files import for_engines
from contractlang.data.prepared import Prepared
from contractlang.engine.protocol import DataFault
from contractlang.model.tables import Kind

if TYPE_CHECKING:
    from contractlang.engine.duck.load import Loaded, Loader


class Part(Struct, frozen=True):
    """A file as SQL: its rows as text, and the test whether a row has as many cells as the header (None: all do).

    Or, when it stands in a cache, its rows as they were read.
    """

    prepared: Prepared
    source: str
    fit: str | None = None
    kept: bool = False


def load_parts(loader: Loader, made: Loaded, prepared: Prepared) -> Loaded:
    """The rows of all files in `made.relation`. Raises DataFault ZC802 for a file that is no delimited text."""
    sizes = [one.path.stat().st_size for one in prepared.files if one.path and not (one.kept and one.kept.path)]
    name = f"{prepared.table} ({len(prepared.parts)})" if prepared.parts else Path(prepared.origin).name
    enter(READING, name, sum(sizes), "bytes")
    parts = [_part(loader, made, one) for one in prepared.files]
    try:
        found = _united(loader, made, parts)
    except duckdb.InvalidInputException:
        checked = [_checked(loader, part) for part in parts]  # it does not say in which file
        try:
            found = _united(loader, made, checked)
        except duckdb.InvalidInputException as fault:
            raise _fault(prepared, fault) from fault
    return found if prepared.parts else replace(found, sizes=())


def _part(loader: Loader, made: Loaded, prepared: Prepared) -> Part:
    if prepared.kept is not None:
        path = prepared.kept.path or _stored(loader, made, prepared, prepared.kept)
        if path is not None:
            safe, _ = for_engines(path, packed=False)  # a link stands in the workplace, and goes with it
            return Part(prepared, f"read_parquet({literal(str(safe))}, file_row_number = true)", kept=True)
    return Part(prepared, *loader.source(prepared))


def _stored(loader: Loader, made: Loaded, prepared: Prepared, kept: Kept) -> Path | None:
    """The rows of a file, written to the cache; None when their numbers are too long for the usual size."""
    part = Part(prepared, *loader.source(prepared))

    def write(path: Path) -> None:
        cells = loader.selected(made.read, made.columns, prepared, part.source, part.fit, wide=False)
        loader.connection.execute(f"COPY ({cells.kept}) TO {literal(str(path))} (FORMAT parquet, COMPRESSION zstd)")

    try:
        try:
            return kept.store(write)
        except duckdb.InvalidInputException:
            part = _checked(loader, part)
            return kept.store(write)
    except (duckdb.ConversionException, duckdb.OutOfRangeException):
        return None
    except duckdb.InvalidInputException as fault:
        raise _fault(prepared, fault) from fault


def _united(loader: Loader, made: Loaded, parts: Sequence[Part]) -> Loaded:
    """All rows in one pass; numbers that are too long for the usual size make the columns of all files wide."""
    try:
        return _created(loader, made, parts)
    except (duckdb.ConversionException, duckdb.OutOfRangeException):
        return _created(loader, replace(made, wide=True), parts)


def _created(loader: Loader, made: Loaded, parts: Sequence[Part]) -> Loaded:
    cells = [_selected(loader, made, part) for part in parts]
    rows = " UNION ALL ".join(f"SELECT *, {at} AS part FROM ({typed})" for at, (typed, _) in enumerate(cells))
    loader.connection.execute(f"DROP TABLE IF EXISTS {made.relation}")
    loader.connection.execute(f"CREATE TABLE {made.relation} AS {rows}")
    counted = loader.connection.execute(f"SELECT part, count(*) FROM {made.relation} GROUP BY part").fetchall()
    sizes = tuple(dict(counted).get(at, 0) for at in range(len(parts)))
    before = accumulate(sizes, initial=0)
    texts = " UNION ALL ".join(
        f"SELECT n + {rows_before} AS n, {at} AS part, ragged, texts FROM ({one})"
        for at, ((_, one), rows_before) in enumerate(zip(cells, before, strict=False))
    )
    return replace(made, texts=texts, sizes=sizes)


def _selected(loader: Loader, made: Loaded, part: Part) -> tuple[str, str]:
    """The rows of a file and the texts of its cells, as queries."""
    if not part.kept:
        found = loader.selected(made.read, made.columns, part.prepared, part.source, part.fit, made.wide)
        return found.typed, found.texts
    names = [(made.columns[column.name], made.wide and column.kind is Kind.NUMBER) for column in made.read]
    cells = ", ".join(f"CAST({name} AS HUGEINT) AS {name}" if wide else name for name, wide in names) or "nothing"
    return (
        f"SELECT {cells}, bad FROM {part.source}",
        f"SELECT file_row_number + 1 AS n, ragged, texts FROM {part.source} WHERE bad",
    )


def _checked(loader: Loader, part: Part) -> Part:
    """A file that the database reads, or a copy that it reads."""
    if part.fit is not None or part.kept:
        return part
    columns = ", ".join(f"f{at}" for at in range(len(part.prepared.header)))
    try:
        loader.connection.execute(f"SELECT bit_xor(hash({columns})) FROM {part.source}").fetchall()
    except duckdb.InvalidInputException as fault:
        if part.prepared.path is None or part.prepared.parquet:
            raise _fault(part.prepared, fault) from fault
        return Part(part.prepared, *loader.repaired(part.prepared))
    return part


def _fault(prepared: Prepared, fault: duckdb.Error) -> DataFault:
    return DataFault("ZC802", file=prepared.origin, line="?", fault=str(fault).splitlines()[0])
