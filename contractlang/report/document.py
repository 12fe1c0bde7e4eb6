"""A report as a document: headings, facts, tables and clauses, before it becomes text, Markdown, HTML or PDF."""

from __future__ import annotations

import re

from msgspec import Struct

_OPEN, _CLOSE = "\ue000", "\ue001"  # of private use: no contract writes them, and they go where one does
_NAMES = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")


def as_name(text: str) -> str:
    """A name of the contract (a column, a list, a code), marked so that it shows as one."""
    return f"{_OPEN}{text.replace(_OPEN, '').replace(_CLOSE, '')}{_CLOSE}"


def split_names(text: str) -> list[tuple[str, bool]]:
    """The pieces of a text, each with whether it is a name."""
    pieces = [(piece, bool(index % 2)) for index, piece in enumerate(_NAMES.split(text))]
    return [(piece.replace(_OPEN, "").replace(_CLOSE, ""), named) for piece, named in pieces if piece]


def lettered(index: int) -> str:
    """The letter of a step: a, b, ... z, aa, ab."""
    first, last = divmod(index, 26)
    return (lettered(first - 1) if first else "") + chr(ord("a") + last)


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


class Paragraph(Struct, frozen=True):
    """One or more sentences."""

    text: str


class Quote(Struct, frozen=True):
    """Words of somebody else, quoted as they are."""

    text: str


class Clause(Struct, frozen=True):
    """A sentence, with the steps of it in their order."""

    text: str
    steps: tuple[str, ...] = ()


class Clauses(Struct, frozen=True):
    """Numbered sentences; their steps are lettered."""

    items: tuple[Clause, ...]


class Signing(Struct, frozen=True):
    """Room to sign: for each party its lines, each a label with what is filled in already."""

    parties: tuple[tuple[tuple[str, str], ...], ...]


class Listed(Struct, frozen=True):
    """Names, each with the lines that belong to it."""

    items: tuple[tuple[str, tuple[str, ...]], ...]


Block = Heading | Facts | Table | Numbered | Listed | Paragraph | Quote | Clauses | Signing
Document = tuple[Block, ...]
