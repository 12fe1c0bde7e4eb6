"""Text to sentences with their place in the block structure, before anything is read.

A block starts at column 0. What is indented below it are its sentences; what is indented deeper belongs to the sentence
above. A line that ends in a comma goes on on the next line. Rows (`|`) and prose (`>`) belong to what they stand under.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from msgspec import Struct, field

from contractlang.base.diagnostics import Diagnostic
from contractlang.base.source import Place
from contractlang.syntax.tree import Cell, Row

LONGEST_LINE = 20_000
_COMMENT = re.compile(r'"[^"]*"|`[^`]*`|(#)')
_CELL = re.compile(r'(?:"[^"|]*"|`[^`]*`|[^|"`]|["`])*')


class Sentence(Struct, frozen=True):
    """The text of one sentence and where its pieces stand: (offset in the text, line, column)."""

    text: str
    pieces: tuple[tuple[int, int, int], ...]

    def place(self, start: int, end: int) -> Place:
        """The place of a stretch of the text; a stretch never spans two physical lines."""
        offset, line, column = [piece for piece in self.pieces if piece[0] <= start][-1]
        return Place(line, column + start - offset, max(column + end - offset, column + start - offset + 1))

    @property
    def whole(self) -> Place:
        """The place of the whole sentence, as far as it stands on its first line."""
        length = self.pieces[1][0] - 1 if len(self.pieces) > 1 else len(self.text)
        return self.place(0, max(1, length))


class Item(Struct):
    """A sentence with its indented sentences, rows and prose (built up while splitting)."""

    sentence: Sentence
    items: list[Item] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    indent: int = 0


def physical_lines(text: str) -> tuple[str, ...]:
    """The lines of a text: byte order mark, carriage returns and composed characters normalised."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return tuple(unicodedata.normalize("NFC", text).split("\n"))


def split(lines: tuple[str, ...]) -> tuple[list[Item], list[Diagnostic]]:
    """Blocks with their sentences, and what is wrong with the layout. Never raises."""
    return _Splitter(lines).run()


class _Splitter:
    def __init__(self, lines: tuple[str, ...]) -> None:
        self.lines = lines
        self.blocks: list[Item] = []
        self.faults: list[Diagnostic] = []
        self.first = self.second = 0  # indentation of the sentences of this block, and of those below a sentence
        self.tabs = False

    def run(self) -> tuple[list[Item], list[Diagnostic]]:
        for number, indent, body, column in self._bodies():
            if body.startswith("|"):
                self._row(number, body, column)
            elif body.startswith(">"):
                self._prose(number, body, column)
            else:
                self._sentence(number, indent, body, column)
        return self.blocks, self.faults

    def _bodies(self) -> Iterator[tuple[int, int, str, int]]:
        for number, line in enumerate(self.lines, 1):
            if len(line) > LONGEST_LINE:
                self.faults.append(Diagnostic("ZC105", Place(number, 1, 80), {"most": str(LONGEST_LINE)}))
                continue
            lead = line[: len(line) - len(line.lstrip(" \t\u00a0"))]
            if "\t" in lead and not self.tabs:
                self.tabs = True
                self.faults.append(Diagnostic("ZC102", Place(number, 1, len(lead) + 1)))
            body = without_comment(line.strip(" \t\u00a0"))
            if body:
                yield number, len(lead.replace("\t", "  ")), body, len(lead) + 1

    def _sentence(self, number: int, indent: int, body: str, column: int) -> None:
        if self.blocks and (last := self._continued()) is not None:
            offset = len(last.sentence.text) + 1
            pieces = (*last.sentence.pieces, (offset, number, column))
            last.sentence = Sentence(f"{last.sentence.text} {body}", pieces)
            return
        item = Item(Sentence(body, ((0, number, column),)), indent=indent)
        if indent == 0:
            self.blocks.append(item)
            self.first = self.second = 0
        elif not self.blocks:  # the reader says whether it is an indented head or a line without a block
            self.blocks.append(item)
        else:
            self._place_below(item, number, column)

    def _place_below(self, item: Item, number: int, column: int) -> None:
        block, indent = self.blocks[-1], item.indent
        self.first = self.first or indent
        deeper = bool(block.items) and abs(indent - self.first) > abs(indent - (self.second or self.first + 2))
        if deeper:
            self.second = self.second or indent
        wanted = self.second if deeper else self.first
        if indent != wanted:
            found = {"expected": str(wanted), "found": str(indent)}
            self.faults.append(Diagnostic("ZC103", Place(number, 1, max(2, column)), found, (" " * wanted,)))
        (block.items[-1].items if deeper else block.items).append(item)

    def _continued(self) -> Item | None:
        last = self._last()
        return last if last.sentence.text.endswith(",") and not last.rows else None

    def _last(self) -> Item:
        item = self.blocks[-1]
        while item.items:
            item = item.items[-1]
        return item

    def _row(self, number: int, body: str, column: int) -> None:
        if not self.blocks:
            self.faults.append(Diagnostic("ZC104", Place(number, column, column + len(body))))
            return
        if not body.endswith("|") or len(body) < 2:
            self.faults.append(Diagnostic("ZC106", Place(number, column, column + len(body)), {}, (body + " |",)))
            body += " |"
        self._last().rows.append(Row(tuple(_cells(body, number, column)), Place(number, column, column + len(body))))

    def _prose(self, number: int, body: str, column: int) -> None:
        if not self.blocks:
            self.faults.append(Diagnostic("ZC104", Place(number, column, column + len(body))))
            return
        self.blocks[-1].prose.append(body[1:].strip())


def without_comment(body: str) -> str:
    """The line without a trailing comment; `#` inside quotes is text. Prose and rows keep theirs outside quotes too."""
    if body.startswith(">"):
        return body
    for found in _COMMENT.finditer(body):
        if found[1]:
            return body[: found.start()].rstrip()
    return body


def _cells(body: str, number: int, column: int) -> Iterator[Cell]:
    position = 1
    while position < len(body):
        found = _CELL.match(body, position)
        end = found.end() if found else position
        text = body[position:end]
        lead = len(text) - len(text.lstrip())
        start = column + position + (lead if text.strip() else 0)
        yield Cell(text.strip(), Place(number, start, max(start + 1, column + position + len(text.rstrip()))))
        position = end + 1
