"""One delimited file or Parquet file: encoding, delimiter, header. What is not plain UTF-8 is converted to a copy."""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from contractlang.data.faults import Refusal
from contractlang.data.prepared import Dialect

DELIMITERS = (",", ";", "\t", "|")
HEAD = 65536
LONGEST_LINE = 16 * 1024 * 1024
UNPACKED_AT_MOST = 200  # times the size of a gzip file; more is an accident or an attack
MAGIC = {
    b"PK\x03\x04": "xlsx/zip",
    b"%PDF": "pdf",
    b"\xd0\xcf\x11\xe0": "xls/doc",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "rar",
    b"\x89PNG": "png",
    b"SQLite format 3": "sqlite",
}
csv.field_size_limit(LONGEST_LINE)


def sha256(path: Path) -> str:
    """The hash of the file as the user gave it."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def readable(path: Path, origin: str) -> None:
    """Refuse what is no file that can be read."""
    try:
        if path.is_dir():
            raise Refusal("ZC702", file=origin)
        with path.open("rb"):
            pass
    except (FileNotFoundError, NotADirectoryError):
        raise Refusal("ZC701", file=origin) from None
    except (OSError, ValueError) as fault:
        raise Refusal("ZC703", file=origin, fault=str(fault)) from None


def is_parquet(path: Path) -> bool:
    """Whether the file says that it is Parquet."""
    with path.open("rb") as file:
        return file.read(4) == b"PAR1" or path.suffix.lower() == ".parquet"


def parquet_header(path: Path, origin: str) -> tuple[str, ...]:
    """The columns of a Parquet file."""
    import duckdb

    try:
        with duckdb.connect() as connection:
            found = connection.execute("SELECT * FROM read_parquet(?) LIMIT 0", [str(path)])
            return tuple(str(column[0]) for column in found.description or ())
    except duckdb.Error as fault:
        raise Refusal("ZC706", file=origin, fault=str(fault).splitlines()[0][:200]) from None


@contextmanager
def opened(path: Path, origin: str) -> Iterator[BinaryIO]:
    """The bytes of a file, unpacked when it is gzip."""
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        if not packed:
            yield raw
            return
        try:
            with gzip.open(raw) as file:
                yield file  # type: ignore[misc]
        except (OSError, EOFError) as fault:
            raise Refusal("ZC705", file=origin, fault=str(fault)) from None


def plain(path: Path, origin: str) -> tuple[Path, Dialect, tuple[str, ...], bool]:
    """A file that both engines can read: path (a copy when it had to be converted), dialect, header, whether it is a copy.

    Raises Refusal for everything that is no delimited text.
    """
    head, packed = _head(path, origin)
    _refuse_binary(head, origin)
    encoding = _encoding(head)
    tail_clean = encoding == "utf-8" and not head.startswith(codecs.BOM_UTF8) and b"\r" not in head.replace(b"\r\n", b"")
    mixed = b"\r\n" in head and b"\n" in head.replace(b"\r\n", b"")
    copy = path
    if not tail_clean or mixed or not _decodes(path, origin):
        copy = _converted(path, origin, encoding)
    text = _start(copy, origin)
    delimiter = _delimiter(text, origin)
    header = tuple(next(csv.reader(io.StringIO(text), delimiter=delimiter), []))
    if not header or not any(cell.strip() for cell in header):
        raise Refusal("ZC707", file=origin)
    packed = packed and copy is path
    return copy, Dialect(delimiter, "utf-8", packed), tuple(cell.strip() for cell in header), copy is not path


def _head(path: Path, origin: str) -> tuple[bytes, bool]:
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
    with opened(path, origin) as file:
        head = file.read(HEAD)
    if not head.strip():
        raise Refusal("ZC707", file=origin)
    return head, packed


def _refuse_binary(head: bytes, origin: str) -> None:
    for magic, kind in MAGIC.items():
        if head.startswith(magic):
            raise Refusal("ZC704", file=origin, kind=kind)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return
    if b"\0" in head:
        raise Refusal("ZC708", file=origin, row=str(head[: head.index(b"\0")].count(b"\n") + 1))


def _encoding(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _decodes(path: Path, origin: str) -> bool:
    """Whether the whole file is UTF-8 with lines of reasonable length."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    packed_size, size, last = max(1, path.stat().st_size), 0, 0
    with opened(path, origin) as file:
        try:
            while block := file.read(1 << 22):
                if not block.isascii() or decoder.getstate()[0]:
                    decoder.decode(block)
                if b"\0" in block:
                    raise Refusal("ZC708", file=origin, row="?")
                last = len(block) - block.rfind(b"\n") if b"\n" in block else last + len(block)
                size += len(block)
                if last > LONGEST_LINE:
                    raise Refusal("ZC709", file=origin, most=str(LONGEST_LINE))
                if size > UNPACKED_AT_MOST * packed_size + LONGEST_LINE:
                    raise Refusal("ZC710", file=origin, most=str(UNPACKED_AT_MOST))
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
        except (OSError, EOFError) as fault:
            raise Refusal("ZC705", file=origin, fault=str(fault)) from None
    return True


_QUOTED_COMMA = re.compile(rb'"-?[0-9][0-9.]*,[0-9]+"')


def quotes_a_decimal_comma(path: Path, origin: str) -> bool:
    """Whether a comma-separated file holds a decimal comma anywhere: it can only do so in quotes."""
    with opened(path, origin) as file:
        while block := file.read(1 << 22):
            if b'"' in block and _QUOTED_COMMA.search(block):
                return True
    return False


def _converted(path: Path, origin: str, encoding: str) -> Path:
    """A copy in UTF-8 with line feeds."""
    if encoding == "utf-8":
        encoding = "utf-8-sig" if _decodes(path, origin) else "cp1252"
    handle, name = tempfile.mkstemp(suffix=".csv", prefix="contractlang-")
    try:
        with opened(path, origin) as source, os.fdopen(handle, "w", encoding="utf-8", newline="") as target:
            reader = io.TextIOWrapper(source, encoding=encoding, errors="strict", newline="")  # type: ignore[arg-type]
            held = ""
            while block := reader.read(1 << 20):
                block = held + block
                held = "\r" if block.endswith("\r") else ""
                target.write((block[:-1] if held else block).replace("\r\n", "\n").replace("\r", "\n"))
            target.write("\n" if held else "")
            reader.detach()
    except UnicodeError as fault:
        Path(name).unlink(missing_ok=True)
        raise Refusal("ZC711", file=origin, fault=str(fault)[:120]) from None
    return Path(name)


def _start(path: Path, origin: str) -> str:
    with opened(path, origin) as file:
        return codecs.getincrementaldecoder("utf-8")().decode(file.read(HEAD * 4))


def _delimiter(text: str, origin: str) -> str:
    """The delimiter of the header: the one that stands there most, outside quotes."""
    outside = "".join(text.split('"')[::2]) if '"' in text[: text.find("\n") if "\n" in text else len(text)] else text
    line = outside.split("\n", 1)[0]
    counts = {mark: line.count(mark) for mark in DELIMITERS}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] else ","
