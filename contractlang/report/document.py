"""A statement as a document: headings, facts and tables, before it becomes text or Markdown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title of the document."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values, one a line."""

    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells. `right` marks the columns that stand to the right; `total` is the last row, ruled off."""

    headers: tuple[str, ...]
    right: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Numbered:
    """Sentences in an order that matters."""

    items: tuple[str, ...]


Block = Heading | Facts | Table | Numbered
Document = tuple[Block, ...]
