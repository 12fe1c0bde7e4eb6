"""What the reader of the database passes without a word, looked for in the bytes of a file."""

from __future__ import annotations

import gzip
import mmap
import re
from dataclasses import dataclass
from pathlib import Path

from contractlang.data.prepared import Dialect

CHUNK = 1 << 24


@dataclass(frozen=True, slots=True)
class Passed:
    """`empty_ends`: rows that end in a delimiter; each has an empty last cell, or an empty cell too many.

    `quoted_after_blanks`: a quote after blanks may open a cell, of which the reader would strip the blanks.
    """

    empty_ends: int
    quoted_after_blanks: bool


def look_through(path: Path, dialect: Dialect) -> Passed:
    """Look through a file. Runs beside the reader, so that it costs no time of its own."""
    delimiter = dialect.delimiter.encode()
    if dialect.compressed:
        with gzip.open(path, "rb") as packed:
            return _look(packed.read(), delimiter)
    if path.stat().st_size == 0:
        return Passed(0, False)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return _look(data, delimiter)


def _look(data: bytes | mmap.mmap, delimiter: bytes) -> Passed:
    ends = [delimiter + b"\n"] + ([delimiter + b"\r"] if data.find(b"\r") >= 0 else [])
    count = sum(_count(data, end) for end in ends if data.find(end) >= 0) + (data[-len(delimiter) :] == delimiter)
    blanks = re.compile(b"(?:" + re.escape(delimiter) + b'|[\r\n])[ \t]+"')
    return Passed(count, data.find(b'"') >= 0 and blanks.search(data) is not None)


def _count(data: bytes | mmap.mmap, wanted: bytes) -> int:
    found, overlap = 0, len(wanted) - 1
    for start in range(0, len(data), CHUNK):
        found += data[start : start + CHUNK + overlap].count(wanted)
    return found
