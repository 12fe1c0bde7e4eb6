"""The syntax tree: what was written, with places. Rule names are those of `grammar/contract.lark`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from msgspec import Struct

from contractlang.base.source import NOWHERE, Place, Source

_OPEN = re.compile(r"(?:€[ \u00a0]*)?(?:\.\.\.|…)(?:[ \u00a0]*%)?")


class Word(Struct, frozen=True):
    """One token: a literal with its value, or a phrase where the grammar leaves a choice."""

    terminal: str
    text: str
    value: Fraction | date | str
    place: Place

    @property
    def number(self) -> Fraction:
        """The value of a NUMBER, MONEY or PERCENT (a percentage as a share: 5 % is 1/20)."""
        assert isinstance(self.value, Fraction)
        return self.value

    @property
    def day(self) -> date:
        """The value of a DATE."""
        assert isinstance(self.value, date)
        return self.value

    @property
    def string(self) -> str:
        """The characters of a NAME or STRING, without quotes; the terminal name of a phrase."""
        return str(self.value)


class Node(Struct, frozen=True):
    """A rule with its parts; an absent optional part is None.

    `standing` is what a sentence says of its place beside a framework (it replaces, it may not be replaced): no part of
    its meaning.
    """

    rule: str
    parts: tuple[Node | Word | None, ...]
    place: Place
    standing: Node | None = None

    def node(self, index: int) -> Node:
        """A part that the grammar guarantees to be a node."""
        part = self.parts[index]
        assert isinstance(part, Node)
        return part

    def word(self, index: int) -> Word:
        """A part that the grammar guarantees to be a word; a node that only wraps a word counts as that word."""
        part = self.parts[index]
        while isinstance(part, Node) and len(part.parts) == 1:
            part = part.parts[0]
        assert isinstance(part, Word)
        return part

    def has(self, index: int) -> bool:
        """Whether an optional part was written."""
        return index < len(self.parts) and self.parts[index] is not None

    def nodes(self) -> Iterator[Node]:
        """The parts that are nodes."""
        return (part for part in self.parts if isinstance(part, Node))

    def words(self) -> Iterator[Word]:
        """All words below, in order."""
        for part in self.parts:
            if isinstance(part, Word):
                yield part
            elif part is not None:
                yield from part.words()


class Cell(Struct, frozen=True):
    """A cell of a table row, trimmed."""

    text: str
    place: Place

    @property
    def open(self) -> bool:
        """Whether the cell is left open: `...`, as an amount `€ ...`, as a percentage `... %`."""
        return bool(_OPEN.fullmatch(self.text))


class Row(Struct, frozen=True):
    """A table row."""

    cells: tuple[Cell, ...]
    place: Place


class Line(Struct, frozen=True):
    """A sentence with what is indented below it. `node` is None when the sentence could not be read."""

    node: Node | None
    place: Place
    lines: tuple[Line, ...] = ()
    rows: tuple[Row, ...] = ()
    prose: tuple[str, ...] = ()

    @property
    def rule(self) -> str:
        """The rule of the sentence, empty when it could not be read."""
        return self.node.rule if self.node else ""

    @property
    def replaces(self) -> Node | Word | None:
        """The words by which it stands in place of what the framework says, None without them."""
        return self.node.standing.parts[0] if self.node and self.node.standing else None

    @property
    def firm(self) -> bool:
        """Whether it says that no contract may replace it."""
        return bool(self.node and self.node.standing and self.node.standing.parts[1])


class Document(Struct, frozen=True):
    """A contract file as written: all blocks in order, the contract head among them."""

    source: Source
    blocks: tuple[Line, ...]


NOTHING = Node("nothing", (), NOWHERE)
