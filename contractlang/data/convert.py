"""A copy in UTF-8 with line feeds of a file that is written otherwise, so that both engines read the same text."""

from __future__ import annotations

import codecs
import os
import re
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from contractlang.base.workplace import scratch
from contractlang.data.faults import Refusal
from contractlang.data.files import blocks

MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
HINT = re.compile(r"sep=(.)\n", re.IGNORECASE)
MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
HIGH = re.compile(rb"[\x80-\xff]")


def wide_encoding(head: bytes) -> str | None:
    """UTF-16 or UTF-32, by its mark or, for UTF-16, by the zero byte in every other place; None for anything else."""
    for mark, name in MARKS.items():
        if head.startswith(mark):
            return name
    start = head[:4000]
    pairs = max(1, len(start) // 2)
    for odd, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if start[odd::2].count(0) > 0.8 * pairs and start[1 - odd :: 2].count(0) == 0:
            return name
    return None


def single_encoding(path: Path, origin: str) -> str:
    """Windows-1252 for a file that is not UTF-8. Raises Refusal ZC724 when it holds UTF-8 and something else."""
    proper = odd = 0
    for block in blocks(path, origin):
        found = MULTIBYTE.findall(block)
        proper += len(found)
        odd += len(HIGH.findall(block)) - sum(map(len, found))
    if proper and proper >= odd:
        raise Refusal("ZC724", file=origin, row=str(_first_fault(path, origin)))
    return "cp1252"


def converted(path: Path, origin: str, encoding: str) -> tuple[Path, str | None]:
    """The copy, and the delimiter when the first line is the hint `sep=;` of a spreadsheet (the copy is without it).

    Blank lines before the header are left out as well. Raises Refusal ZC711 for bytes that the encoding does not have.
    """
    handle, name = tempfile.mkstemp(suffix=".csv", prefix="contractlang-", dir=scratch())
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as target:
            texts = _texts(path, origin, encoding)
            start = ""
            while not start.strip("\n") or len(start) < 16:
                more = next(texts, None)
                if more is None:
                    break
                start = (start + more).lstrip("\ufeff").lstrip("\n")
            hint = HINT.match(start)
            target.write(start[hint.end() :].lstrip("\n") if hint else start)
            target.writelines(texts)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name), hint[1] if hint else None


def _texts(path: Path, origin: str, encoding: str) -> Iterator[str]:
    """The text with line feeds, block by block."""
    decoder = codecs.getincrementaldecoder(encoding)()
    held, line = "", 1
    for block in chain(blocks(path, origin), (b"",)):
        try:
            text = held + decoder.decode(block, final=not block)
        except UnicodeError as fault:
            start = getattr(fault, "start", 0)
            raise Refusal("ZC711", file=origin, row=str(line + block[:start].count(b"\n"))) from None
        held = "\r" if block and text.endswith("\r") else ""
        text = (text[:-1] if held else text).replace("\r\n", "\n").replace("\r", "\n")
        line += text.count("\n")
        yield text


def _first_fault(path: Path, origin: str) -> int:
    """The line with the first byte that is not UTF-8."""
    decoder, line = codecs.getincrementaldecoder("utf-8")(), 1
    for block in chain(blocks(path, origin), (b"",)):
        try:
            decoder.decode(block, final=not block)
        except UnicodeDecodeError as fault:
            return line + fault.object[: fault.start].count(b"\n")
        line += block.count(b"\n")
    return line
