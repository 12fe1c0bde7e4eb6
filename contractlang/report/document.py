"""A statement as a document: headings, facts and tables, before it becomes text or Markdown."""

from __future__ import annotations

from msgspec import Struct


class Heading(Struct, frozen=True):
    """A heading; level 1 is the title of the document."""

    text: str
    level: int = 2


class Facts(Struct, frozen=True):
    """Labels with their values, one a line."""

    facts: tuple[tuple[str, str], ...]


class Table(Struct, frozen=True):
    """Rows of cells. `right` marks the columns that stand to the right; `total` is the last row, ruled off."""

    headers: tuple[str, ...]
    right: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] | None = None


class Numbered(Struct, frozen=True):
    """Sentences in an order that matters."""

    items: tuple[str, ...]


class Listed(Struct, frozen=True):
    """Names, each with the lines that belong to it."""

    items: tuple[tuple[str, tuple[str, ...]], ...]


Block = Heading | Facts | Table | Numbered | Listed
Document = tuple[Block, ...]
