"""Canonical text of a file by itself: where its framework is not at hand, as for git, only the file can be compared."""

from __future__ import annotations

from contractlang.format.format import CannotFormat, laid_out
from contractlang.format.words import Writing
from contractlang.syntax.parse import read
from contractlang.syntax.tree import Document, Line, Node, Word


def language_alone(text: str) -> str:
    """The language of a contract text."""
    return read(text, "")[0].source.language


def uses_framework(text: str) -> bool:
    """Whether a contract text stands under a framework."""
    document, _ = read(text, "")
    return any(line.rule == "use" for block in document.blocks for line in block.lines)


def format_alone(text: str, name: str) -> str:
    """The canonical text of a file in its own language. Raises CannotFormat when it cannot be read, or would say
    something else.
    """
    document, faults = read(text, name)
    if faults:
        raise CannotFormat(f"line {faults[0].place.line} cannot be read ({faults[0].code})")
    made = laid_out(text, document.source.language)
    again, faults = read(made, name)
    if faults or _said(document) != _said(again):
        raise CannotFormat("the formatted text would say something else")
    return made


def _said(document: Document) -> object:
    """What a tree says, places and layout apart."""
    writing = Writing(document.source.language, document.source.language, {})
    return [_line(block, writing) for block in document.blocks]


def _line(line: Line, writing: Writing) -> object:
    rows = [[writing.cell(cell.text) for cell in row.cells] for row in line.rows]
    return _part(line.node), rows, line.prose, [_line(inner, writing) for inner in line.lines]


def _part(part: Node | Word | None) -> object:
    if isinstance(part, Word):
        return part.terminal, part.value
    return part and (part.rule, [_part(inner) for inner in part.parts], _part(part.standing))
