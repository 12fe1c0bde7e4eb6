"""Data as it is handed to an engine: where the cells of a table are, and how their text is written."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

from msgspec import Struct, field


class Dialect(Struct, frozen=True):
    """How a delimited file is written."""

    delimiter: str = ","
    encoding: str = "utf-8"  # utf-8, utf-8-sig or cp1252
    compressed: bool = False


class Prepared(Struct, frozen=True):
    """The data of one table, ready to be read by either engine.

    Exactly one of `path` (CSV text in UTF-8 without BOM, or Parquet) and `rows` (cell texts, one tuple per row, in the
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

    @property
    def digest(self) -> str:
        """The hash of the file as the user gave it; empty for data that is no file."""
        return self.sha256 if isinstance(self.sha256, str) else self.sha256.result()
