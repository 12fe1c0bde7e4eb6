"""A contract text as parts that keep every line as it was written: blocks, sentences, labels, rows, prose, comments.

A part knows what tells it from those beside it: an article its number, a label its words, a row its keys. Two or three
versions of a text can be laid beside each other by that, whatever their layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

Key = tuple[str, ...]
PROSE, COMMENT = "prose", "comment"
_QUOTED_OR_SPACE = re.compile(r'"[^"]*"|`[^`]*`|\s+')


class Row(Struct, frozen=True):
    """A row of a table: its cells, and its lines with the comments above it."""

    cells: tuple[str, ...]
    lead: tuple[str, ...]
    line: str
    comment: str = ""


class Part(Struct, frozen=True):
    """A sentence with what stands below it. `key` is None where order is all that tells it from others."""

    rule: str
    key: Key | None
    label: str
    said: str  # without comment, one space between words outside quotes
    lead: tuple[str, ...]  # empty lines and comments above it, as written
    lines: tuple[str, ...]  # as written
    comment: str
    keys: int  # how many columns of its table are keys
    rows: tuple[Row, ...]
    parts: tuple[Part, ...]

    @property
    def rest(self) -> str:
        """What it says behind its label."""
        return self.said.removeprefix(self.label).strip()

    def text(self) -> Iterator[str]:
        """Every line as written."""
        yield from self.lead
        yield from self.lines
        for row in self.rows:
            yield from (*row.lead, row.line)
        for part in self.parts:
            yield from part.text()


class Text(Struct, frozen=True):
    """A contract as its blocks; `tail` are the lines below the last one."""

    language: str
    blocks: tuple[Part, ...]
    tail: tuple[str, ...]


class NoParts(Exception):
    """The text cannot be read, or not every line of it has a place."""


def one_space(text: str) -> str:
    """A text with one space between its words; what stands between quotes is somebody's, and stays as it is."""
    return _QUOTED_OR_SPACE.sub(lambda found: " " if found[0].isspace() else found[0], text).strip()
