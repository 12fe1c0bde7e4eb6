"""Files as bytes: what can be read at all, what is no delimited text, the hash, the blocks of a file unpacked."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import stat
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import BinaryIO, cast
from uuid import uuid4

from contractlang.base.workplace import scratch
from contractlang.data.faults import Refusal, shown

BLOCK = 1 << 20
UNPACKED_AT_MOST = 200  # times the size of a gzip file; more is an accident or an attack
UNPACKED_FREE = 16 * BLOCK
GZIP = b"\x1f\x8b"
PARQUET = b"PAR1"
KINDS = {
    b"PK\x03\x04": "Excel/zip",
    b"%PDF": "PDF",
    b"\xd0\xcf\x11\xe0": "Excel/Word (.xls, .doc)",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "rar",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"{\\rtf": "RTF",
    b"SQLite format 3": "SQLite",
    GZIP: "gzip in gzip",
    PARQUET: "Parquet in gzip",
}
MARKUP = {b"<!doctype html": "HTML", b"<html": "HTML", b"<?xml": "XML", b'{"': "JSON", b'[{"': "JSON", b"{\n": "JSON"}
NOT_FOR_ENGINES = frozenset("*?[]{}~=")


def sha256(path: Path) -> str:
    """The hash of the file as the user gave it."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def readable(path: Path, origin: str) -> None:
    """Refuse what is no file that can be read: absent, a folder, a pipe, without permission, a name over two lines."""
    if not str(path).isprintable():
        raise Refusal("ZC740", file=origin)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise Refusal("ZC702", file=origin)
        if not stat.S_ISREG(mode):
            raise Refusal("ZC739", file=origin)
        with path.open("rb"):
            pass
    except (FileNotFoundError, NotADirectoryError):
        close = _nearest(path)
        raise (Refusal("ZC746", file=origin, close=close) if close else Refusal("ZC701", file=origin)) from None
    except (OSError, ValueError) as fault:
        raise Refusal("ZC703", file=origin, fault=getattr(fault, "strerror", "") or type(fault).__name__) from None


def _nearest(path: Path) -> str:
    """The file in the same folder whose name is most like this one, or an empty text."""
    try:
        names = [entry.name for entry in os.scandir(path.parent)]
    except OSError:
        return ""
    close = get_close_matches(path.name, names, 1, 0.6)
    return shown(path.parent / close[0]) if close else ""


def is_parquet(path: Path) -> bool:
    """Whether the file says that it is Parquet, by its first bytes or its name."""
    with path.open("rb") as file:
        return file.read(4) == PARQUET or path.suffix.lower() == ".parquet"


def is_gzip(path: Path) -> bool:
    """Whether the file is packed, by its first bytes; names tell nothing."""
    with path.open("rb") as file:
        return file.read(2) == GZIP


@contextmanager
def opened(path: Path, origin: str) -> Iterator[BinaryIO]:
    """The bytes of a file, unpacked when it is gzip. A fault of reading becomes a Refusal."""
    try:
        if is_gzip(path):
            with gzip.open(path) as file:
                yield cast(BinaryIO, file)
        else:
            with path.open("rb") as raw:
                yield raw
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise Refusal("ZC705", file=origin) from None
    except OSError as fault:
        raise Refusal("ZC703", file=origin, fault=fault.strerror or type(fault).__name__) from None


def blocks(path: Path, origin: str) -> Iterator[bytes]:
    """The file in blocks, unpacked. Raises Refusal ZC710 when a packed file grows beyond reason."""
    most = UNPACKED_AT_MOST * path.stat().st_size + UNPACKED_FREE
    size, packed = 0, is_gzip(path)
    with opened(path, origin) as file:
        while block := file.read(BLOCK):
            size += len(block)
            if packed and size > most:
                raise Refusal("ZC710", file=origin, most=str(UNPACKED_AT_MOST))
            yield block


def refuse_other_kinds(head: bytes, origin: str) -> None:
    """Refuse what is no text with cells: spreadsheets, archives, pictures, web pages."""
    if not head.strip(b" \t\r\n\xef\xbb\xbf"):
        raise Refusal("ZC707", file=origin)
    kinds = [kind for magic, kind in KINDS.items() if head.startswith(magic)]
    start = head[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    kinds += [kind for mark, kind in MARKUP.items() if start.startswith(mark)]
    if kinds:
        raise Refusal("ZC704", file=origin, kind=kinds[0])


def for_engines(path: Path, packed: bool) -> tuple[Path, bool]:
    """A path that a database takes literally, and whether it is a link of ours that must be removed.

    DuckDB takes `care[1].csv` as a pattern and would read `care1.csv`, adds a column for a folder `year=2024`, and
    unpacks by the ending of the name.
    """
    misleading = path.suffix.lower() in (".gz", ".zst") and not packed
    if not misleading and not NOT_FOR_ENGINES & set(str(path)):
        return path, False
    ending = ".parquet" if is_parquet(path) else ".csv"
    link = Path(scratch() or tempfile.gettempdir()) / f"contractlang-{uuid4().hex}{ending}"
    try:
        link.symlink_to(path.resolve())
    except (OSError, NotImplementedError):
        shutil.copyfile(path, link)
    return link, True
