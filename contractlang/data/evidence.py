"""How numbers and dates of a file are written, by column over all its rows, never by its first rows alone."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from contractlang.data.faults import FileFault
from contractlang.data.files import opened
from contractlang.data.prepared import Dialect
from contractlang.model.tables import Column, Kind

COMMA = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+),\d+|-?\d{1,3}(?:\.\d{3}){2,}")
POINT = re.compile(r"-?\d+\.\d+")
THOUSANDS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
FORMS = {"iso": re.compile(r"\d{4}-\d{2}-\d{2}"), "basic": re.compile(r"\d{8}"), "dutch": re.compile(r"\d{2}-\d{2}-\d{4}")}


class Evidence:
    """What the cells of one column speak for."""

    def __init__(self) -> None:
        self.comma = self.point = self.either = 0
        self.dates = dict.fromkeys(FORMS, 0)
        self.sample = ""

    def number(self, text: str) -> None:
        """Look at a number cell."""
        if COMMA.fullmatch(text):
            self.comma += 1
            self.sample = self.sample or text
        elif THOUSANDS.fullmatch(text):
            self.either += 1
            self.sample = self.sample or text
        elif POINT.fullmatch(text):
            self.point += 1

    def date(self, text: str) -> None:
        """Look at a date cell."""
        for name, form in FORMS.items():
            if form.fullmatch(text):
                self.dates[name] += 1

    def form(self) -> str:
        """The form in which most dates are written."""
        return max(self.dates, key=lambda name: self.dates[name]) if any(self.dates.values()) else "iso"


def look(columns: Iterable[tuple[Column, int]], rows: Iterable[Sequence[str]]) -> dict[str, Evidence]:
    """The evidence of all rows for number and date columns."""
    wanted = [(c, i) for c, i in columns if c.kind in (Kind.NUMBER, Kind.DATE)]
    found = {column.name: Evidence() for column, _ in wanted}
    for row in rows:
        for column, index in wanted:
            text = row[index].strip() if index < len(row) else ""
            if text:
                note = found[column.name]
                (note.number if column.kind is Kind.NUMBER else note.date)(text)
    return found


def records(path: Path, dialect: Dialect, origin: str, most_bytes: int | None = None) -> Iterator[Sequence[str]]:
    """The rows of a file behind its header; a quote that is never closed ends them."""
    import io

    with opened(path, origin) as file:
        data = io.BytesIO(file.read(most_bytes)) if most_bytes else file
        reader = csv.reader(io.TextIOWrapper(data, encoding="utf-8", errors="replace", newline=""), delimiter=dialect.delimiter)
        try:
            next(reader, None)
            yield from reader
        except csv.Error:
            return


def settle_decimal(
    column: Column, note: Evidence, declared: str | None, alone: bool, origin: str
) -> tuple[str, FileFault | None]:
    """The decimal sign of a column, and a fault when its cells can be read in two ways.

    `alone` is False when other columns of the file have shown a decimal comma, or the file is separated by semicolons.
    """
    if declared is not None:
        return ("," if declared == "comma" else "."), None
    if note.comma and note.point:
        return ".", FileFault("ZC720", {"file": origin, "column": column.name, "sample": note.sample})
    if note.comma:
        return ",", None
    if note.either and not note.point and not alone:
        sample = note.sample
        return ".", FileFault("ZC721", {"file": origin, "column": column.name, "sample": sample, "thousands": sample.replace(".", "")})
    return ".", None
