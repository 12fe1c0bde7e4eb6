"""One look at all bytes of a text file: encoding, line ends, quotes, lines that are too long."""

from __future__ import annotations

import codecs
import re
from itertools import chain
from pathlib import Path

from msgspec import Struct, field

from contractlang.base.progress import advance
from contractlang.data.faults import Refusal
from contractlang.data.files import blocks

LONGEST_LINE = 16 << 20  # as many bytes as a cell may have; a line of care data has some hundred
SAMPLE = 2048
QUOTED_COMMA = re.compile(rb'"-?[0-9][0-9.]*,[0-9]+"')


class Survey(Struct):
    """What the bytes say. `samples` are whole lines from the start of every block, for a first look at the cells."""

    head: bytes = b""
    samples: list[bytes] = field(default_factory=list)
    size: int = 0
    utf8: bool = True
    quotes: bool = False
    quoted_comma: bool = False
    carriage: bool = False  # a carriage return, alone or before a line feed
    lone_carriage: bool = False
    lone_feed: bool = False

    @property
    def mixed(self) -> bool:
        """Whether lines end in more than one way, or in one that not every reader takes for an end."""
        return self.lone_carriage or (self.carriage and self.lone_feed)


def survey(path: Path, origin: str) -> Survey:
    """Look at every byte once. Raises Refusal for zero bytes and for lines that are too long."""
    found, decoder, carried, tail, held = Survey(), codecs.getincrementaldecoder("utf-8")(), 0, b"", b""
    for piece in chain(blocks(path, origin), (b"",)):
        last = not piece
        block = held + piece
        held = b""
        if block.endswith(b"\r") and not last:
            block, held = block[:-1], b"\r"
        if not block:
            continue
        found.head = found.head or block
        found.size += len(block)
        advance(len(block))
        _line_ends(found, block)
        if b"\0" in block:
            raise Refusal("ZC708", file=origin, row=str(_line_of(path, origin, b"\0")))
        carried = _lengths(path, origin, block, carried, found)
        if b'"' in block:
            found.quotes = True
            found.quoted_comma = found.quoted_comma or bool(QUOTED_COMMA.search(tail + block))
        tail = block[-64:]
        found.utf8 = found.utf8 and _decodes(decoder, block)
        found.samples.append(_sample(block))
    found.utf8 = found.utf8 and _decodes(decoder, b"", final=True)
    return found


def too_long(origin: str, line: int) -> Refusal:
    """The refusal of a line, or of a cell over several lines, that is longer than any care data."""
    return Refusal("ZC709", file=origin, most=f"{LONGEST_LINE:_}".replace("_", " "), row=str(line))


def _line_ends(found: Survey, block: bytes) -> None:
    if b"\r" not in block:
        found.lone_feed = found.lone_feed or b"\n" in block
        return
    found.carriage = True
    both = block.count(b"\r\n")
    found.lone_carriage = found.lone_carriage or block.count(b"\r") > both
    found.lone_feed = found.lone_feed or block.count(b"\n") > both


def _lengths(path: Path, origin: str, block: bytes, carried: int, found: Survey) -> int:
    """The length of the line that the block leaves open; every line within a block is short enough by itself."""
    end = b"\n" if b"\n" in block else b"\r"
    first = block.find(end)
    longest = carried + (first if first >= 0 else len(block))
    if longest > LONGEST_LINE:
        row = _line_at(path, origin, found.size - len(block) - carried)
        raise too_long(origin, row)
    return len(block) - block.rfind(end) - 1 if first >= 0 else longest


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, final: bool = False) -> bool:
    if block.isascii() and not final and not decoder.getstate()[0]:
        return True
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _sample(block: bytes) -> bytes:
    start = block.find(b"\n") + 1
    return block[start : block.rfind(b"\n", start, start + SAMPLE) + 1]


def _line_of(path: Path, origin: str, mark: bytes) -> int:
    """The number of the line on which a byte first stands."""
    line = 1
    for block in blocks(path, origin):
        at = block.find(mark)
        if at >= 0:
            return line + block[:at].count(b"\n")
        line += block.count(b"\n")
    return line


def _line_at(path: Path, origin: str, offset: int) -> int:
    line = 1
    for block in blocks(path, origin):
        if offset <= len(block):
            return line + block[: max(offset, 0)].count(b"\n")
        line, offset = line + block.count(b"\n"), offset - len(block)
    return line
