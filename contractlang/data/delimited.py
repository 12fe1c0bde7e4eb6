"""One delimited file: its encoding, delimiter and header. What is not plain UTF-8 is converted to a copy."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from contractlang.data.convert import converted, single_encoding, wide_encoding
from contractlang.data.evidence import Look, delimited_source, look, look_large
from contractlang.data.faults import Refusal
from contractlang.data.files import is_gzip, opened, refuse_other_kinds
from contractlang.data.headings import fold
from contractlang.data.prepared import Dialect
from contractlang.data.quotes import LARGE, check_quotes, records
from contractlang.data.survey import LONGEST_LINE, Survey, survey
from contractlang.model.tables import Column, Kind

DELIMITERS = (",", ";", "\t", "|")
START = 1 << 20
SMALL = 1 << 20  # below this every cell is looked at in any case


class Delimited(Struct, frozen=True):
    """A file that both engines can read; `temporary` when it is a converted copy."""

    path: Path
    origin: str
    dialect: Dialect
    header: tuple[str, ...]
    survey: Survey
    temporary: bool

    def look(self, columns: Sequence[tuple[Column, int]]) -> Look:
        """What the cells speak for. Raises Refusal ZC738 when no row has as many cells as the header.

        A comma-separated file holds no decimal comma outside quotes, so that a sample of all its parts tells whether
        any doubt is left; whatever is in doubt is looked at whole.
        """
        width = len(self.header)
        if self.survey.size >= SMALL and self.dialect.delimiter == "," and not self.survey.quoted_comma:
            seen = look(columns, self._sampled(), width)
            if not _doubt(columns, seen):
                return seen
        found = None
        if self.survey.size >= LARGE:
            found = look_large(columns, delimited_source(self.path, self.dialect, width))
        if found is None or not found.rows:
            found = look(columns, records(self.path, self.dialect, self.origin), width)
        if found.rows and found.ragged == found.rows:
            raise Refusal("ZC738", file=self.origin, cells=str(width), rows=str(found.rows))
        return found

    def _sampled(self) -> Iterator[Sequence[str]]:
        for sample in self.survey.samples:
            text = sample.decode("utf-8", errors="replace").replace("\r\n", "\n")
            yield from (row for row in csv.reader(io.StringIO(text), delimiter=self.dialect.delimiter) if row)


def _doubt(columns: Sequence[tuple[Column, int]], seen: Look) -> bool:
    """Whether the sample leaves open how dates are written, or whether rows fit the header."""
    dates = [seen.notes[column.name] for column, _ in columns if column.kind is Kind.DATE and column.used]
    return seen.ragged == seen.rows or any(not note["iso"] or sum(note.count.values()) > note["iso"] for note in dates)


def read_delimited(path: Path, origin: str, known: set[str]) -> Delimited:
    """Look a file through, convert it when needed. `known` are the headings of the contract, by which to tell the delimiter.

    Raises Refusal for everything that is no delimited text; a copy made by then is removed.
    """
    with opened(path, origin) as file:
        head = file.read(START)
    refuse_other_kinds(head, origin)
    current, hint = path, None
    try:
        if wide := wide_encoding(head):
            current, hint = converted(path, origin, wide)
        seen = survey(current, origin)
        if current is path and (encoding := _to_convert(path, origin, seen)):
            current, hint = converted(path, origin, encoding)
            seen = _after(current, seen)
        return _opened(path, current, origin, known, seen, hint)
    except BaseException:
        if current is not path:
            current.unlink(missing_ok=True)
        raise


def _opened(path: Path, current: Path, origin: str, known: set[str], seen: Survey, hint: str | None) -> Delimited:
    with opened(current, origin) as file:
        head = file.read(START)
        head += b"" if b"\n" in head else file.readline(LONGEST_LINE)  # a header that is longer is still read whole
        start = codecs.getincrementaldecoder("utf-8")().decode(head)
    if not start.strip():
        raise Refusal("ZC707", file=origin)
    delimiter, header = _header(start, known, hint)
    if not any(cell.strip() for cell in header):
        raise Refusal("ZC707", file=origin)
    dialect = Dialect(delimiter, "utf-8", current is path and is_gzip(path))
    if seen.quotes:
        check_quotes(current, dialect, origin, seen.size)
    return Delimited(current, origin, dialect, tuple(cell.strip() for cell in header), seen, current is not path)


def _to_convert(path: Path, origin: str, seen: Survey) -> str | None:
    """The encoding from which the file must be converted; None when it can be read as it is."""
    if not seen.utf8:
        return single_encoding(path, origin)
    start = seen.head[:16].lower()
    odd = start.startswith((codecs.BOM_UTF8, b"\n", b"\r", b"sep="))
    return "utf-8" if odd or seen.mixed else None


def _after(copy: Path, seen: Survey) -> Survey:
    """The survey of a copy: its samples are in UTF-8 now."""
    found = survey(copy, str(copy))
    found.quoted_comma = found.quoted_comma or seen.quoted_comma
    return found


def _header(start: str, known: set[str], hint: str | None) -> tuple[str, list[str]]:
    """The delimiter under which most headings of the contract appear, then the one that makes most cells."""
    best: tuple[tuple[int, int], str, list[str]] | None = None
    first, newline, _ = start.partition("\n")
    if '"' not in first:
        start = first + newline  # else a heading may go on over the end of the line
    for delimiter in (hint,) if hint else DELIMITERS:
        header = next(csv.reader(io.StringIO(start), delimiter=delimiter), [])
        rank = (sum(fold(cell) in known for cell in header), len(header))
        if best is None or rank > best[0]:
            best = (rank, delimiter, header)
    assert best is not None
    return best[1], best[2]
