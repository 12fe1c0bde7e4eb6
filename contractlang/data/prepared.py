"""Data as it is handed to an engine: where the cells of a table are, and how their text is written."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from concurrent.futures import Future
from itertools import accumulate
from pathlib import Path

from msgspec import Struct, field

from contractlang.data.cache import Kept


class Dialect(Struct, frozen=True):
    """How a delimited file is written."""

    delimiter: str = ","
    encoding: str = "utf-8"  # utf-8, utf-8-sig or cp1252
    compressed: bool = False


class Prepared(Struct, frozen=True):
    """The data of one table, ready to be read by either engine.

    A table of several files has them as `parts`, each with its own way of writing, and their rows one behind the other.
    Else exactly one of `path` (CSV text in UTF-8 without BOM, or Parquet) and `rows` (cell texts, one tuple per row, in the
    order of `columns`) is set. `positions` gives for each column of the table its index in the file, absent columns are
    not in it. `decimal` gives for each number column "." or ","; `dates` gives for each date column its strptime-like
    form: "iso" (2024-06-01), "basic" (20240601) or "dutch" (01-06-2024).
    """

    table: str
    origin: str  # what to call it in messages: the path as the user gave it, or "example"
    path: Path | None = None
    parquet: bool = False
    dialect: Dialect = Dialect()
    header: tuple[str, ...] = ()
    positions: dict[str, int] = field(default_factory=dict)
    rows: tuple[tuple[str, ...], ...] = ()
    decimal: dict[str, str] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()  # columns of the file that the contract does not use
    sha256: str | Future[str] = ""  # of the file as given, or the promise of it: another core adds it up meanwhile
    temporary: bool = False  # the path is a converted copy, to be removed after the run
    parts: tuple[Prepared, ...] = ()
    kept: Kept | None = (
        None  # where the fast engine finds the rows as read before, or keeps them; `path` is then the file as given
    )

    @property
    def digest(self) -> str:
        """The hash of the file as the user gave it; empty for data that is no file."""
        return self.sha256 if isinstance(self.sha256, str) else self.sha256.result()

    @property
    def files(self) -> tuple[Prepared, ...]:
        """What is read one behind the other: the parts, or this itself."""
        return self.parts or (self,)


class Places(Struct, frozen=True):
    """Where the rows of a table of several files stand: the names of the files, and the number of the last row of each."""

    names: tuple[str, ...]
    last: tuple[int, ...]

    def find(self, row: int) -> tuple[str, int]:
        """The file of a row of the table, and its number there; 1 is the first data row."""
        at = bisect_left(self.last, row)
        return self.names[at], row - (self.last[at - 1] if at else 0)


def places(prepared: Prepared | None, sizes: Sequence[int]) -> Places | None:
    """Where rows stand, by the number of rows of each file; None for a table that is one file, or was not counted by file."""
    if prepared is None or not prepared.parts or not sizes:
        return None
    return Places(file_names(prepared), tuple(accumulate(sizes)))


def data_name(prepared: Prepared | None) -> str:
    """What the data of a table is called: the file or folder without where it stands, for the statement goes to others."""
    return Path(prepared.origin).name if prepared else ""


def file_names(prepared: Prepared) -> tuple[str, ...]:
    """What the files of a table are called: without their folders, as far as that tells them apart."""
    origins = [Path(one.origin) for one in prepared.files]
    for depth in (1, 2, 3):
        found = ["/".join(origin.parts[-depth:]) for origin in origins]
        if len(set(found)) == len(found):
            return tuple(found)
    return tuple(f"{number}: {origin}" for number, origin in enumerate(origins, start=1))
