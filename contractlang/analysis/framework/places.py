"""A tree read from one file, with its places and files as they are seen from the contract that uses it."""

from __future__ import annotations

from msgspec.structs import replace

from contractlang.base.source import Place
from contractlang.syntax.tree import Cell, Document, Line, Node, Row, Word


def moved(document: Document, lines: int, folder: str) -> Document:
    """The tree with its lines numbered on behind `lines` others, its files looked for in `folder`."""
    return Document(document.source, tuple(_line(block, lines, folder) for block in document.blocks))


def _line(line: Line, lines: int, folder: str) -> Line:
    node = _node(line.node, lines) if line.node else None
    if node is not None and node.rule == "data" and node.has(1) and folder != ".":
        file = node.word(1)
        named = replace(file, value=f"{folder}/{file.string}")
        node = replace(node, parts=tuple(named if part is file else part for part in node.parts))
    below = tuple(_line(inner, lines, folder) for inner in line.lines)
    rows = tuple(_row(row, lines) for row in line.rows)
    return Line(node, _place(line.place, lines), below, rows, line.prose)


def _node(node: Node, lines: int) -> Node:
    parts = tuple(_part(part, lines) for part in node.parts)
    standing = _node(node.standing, lines) if node.standing else None
    return Node(node.rule, parts, _place(node.place, lines), standing)


def _part(part: Node | Word | None, lines: int) -> Node | Word | None:
    if isinstance(part, Word):
        return Word(part.terminal, part.text, part.value, _place(part.place, lines))
    return _node(part, lines) if part else None


def _row(row: Row, lines: int) -> Row:
    return Row(tuple(Cell(cell.text, _place(cell.place, lines)) for cell in row.cells), _place(row.place, lines))


def _place(place: Place, lines: int) -> Place:
    return Place(place.line + lines, place.column, place.end)
