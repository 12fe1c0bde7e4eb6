"""A database in memory that keeps to the workplace: how much it may hold, and where the rest goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from contractlang.base.interrupts import program
from contractlang.base.workplace import MB, current

if TYPE_CHECKING:
    import duckdb

NEVER = "1000TB"  # of changes, after which a database walks through its rows to write them down: one in memory has nowhere to
PART = 64 << 20  # bytes of a file that are read at once: half the usual costs a sixth more time
LEAST_PART = 8 << 20  # a line may have two million bytes
PARTS = 8  # of the memory of the database, one for each part of a file


def connect() -> duckdb.DuckDBPyConnection:
    """A new database; rows stay in the order in which they are read."""
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "preserve_insertion_order": True,
        "checkpoint_threshold": NEVER,
    }
    place = current()
    if place is not None:
        config["temp_directory"] = str(place.folder / "spill")
        if place.database is not None:
            config["memory_limit"] = f"{place.database // MB}MB"
    connection = duckdb.connect(config=config)
    connection.execute(
        "SET enable_progress_bar = true"
    )  # it counts how far it is, but must not write between our lines
    connection.execute("SET enable_progress_bar_print = false")
    return connection


def beside(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A second connection to the same data, that looks for tables where the first does, and not where a new one would."""
    (path,) = connection.execute("SELECT current_setting('search_path')").fetchone() or ("",)
    cursor = connection.cursor()
    cursor.execute("SET search_path = '{}'".format(path.replace("'", "''")))
    return cursor


_kept: list[duckdb.DuckDBPyConnection] = []  # what a process that ends does not close any more

_leaving: ContextVar[bool] = ContextVar("leaving", default=False)


@contextmanager
def leaving() -> Iterator[None]:
    """What is settled within is the last that the process does."""
    token = _leaving.set(True)
    try:
        yield
    finally:
        _leaving.reset(token)


def release(connection: duckdb.DuckDBPyConnection, last: bool) -> None:
    """Close a database, but for the last one of a program that ends, as long as it has nothing on the disk.

    The system takes memory back faster than we can give it.
    """
    place = current()
    spills = place is not None and (place.database is not None or (place.folder / "spill").exists())
    if program() and last and _leaving.get() and not spills:
        _kept.append(connection)
    else:
        connection.close()


def share(connections: Sequence[duckdb.DuckDBPyConnection]) -> None:
    """Divide the memory over databases that are open at once."""
    place = current()
    if place is not None and place.database is not None:
        for one in connections:
            one.execute(f"SET memory_limit = '{place.database // MB // len(connections)}MB'")


def part_of_file() -> int:
    """Bytes of a file that are read at once."""
    place = current()
    if place is None or place.database is None:
        return PART
    return max(LEAST_PART, min(PART, place.database // PARTS))
