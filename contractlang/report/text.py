"""A document as terminal text, at most 100 columns where the figures allow."""

from __future__ import annotations

import textwrap
from itertools import pairwise

from contractlang.report.document import (
    Block,
    Clause,
    Clauses,
    Document,
    Facts,
    Heading,
    Listed,
    Numbered,
    Paragraph,
    Quote,
    Signing,
    Table,
    lettered,
    split_names,
)

COLUMNS = 100
GAP = "  "
NARROWEST = 8
TOGETHER = {"€ ": "€\u00a0", " %": "\u00a0%"}  # an amount and its sign stay on one line


def as_text(document: Document) -> str:
    """The document as lines of text, ending in a newline."""
    lines: list[str] = []
    for before, block in pairwise((None, *document)):
        assert block is not None
        if before is not None and not isinstance(before, Heading):
            lines.append("")
        lines += _block(block)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _block(block: Block) -> list[str]:
    match block:
        case Heading(text, 1):
            return [text, "=" * COLUMNS]
        case Heading(text, 2):
            return [text, "-" * COLUMNS]
        case Heading(text, _):
            return wrap(text, COLUMNS)
        case Facts(facts):
            return _facts(facts)
        case Numbered(items):
            return [line for number, item in enumerate(items, start=1) for line in _item(number, item)]
        case Listed(listed):
            return [line for name, belonging in listed for line in _listed(name, belonging)]
        case Table():
            return _table(block)
        case Paragraph(text):
            return wrap(text, COLUMNS)
        case Quote(text):
            return [f"  | {line}" for line in wrap(text, COLUMNS - 4)]
        case Clauses(items):
            return [line for number, item in enumerate(items, start=1) for line in _clause(number, item)]
        case Signing(parties):
            return [line for party in parties for line in (*_facts(party), "")]


def _clause(number: int, item: Clause) -> list[str]:
    lines = _item(number, item.text)
    for index, step in enumerate(item.steps):
        parts = wrap(step, COLUMNS - 10) or [""]
        lines += [f"     {(f'{lettered(index)}.' if at == 0 else ''):>3}{GAP}{part}" for at, part in enumerate(parts)]
    return lines


def _facts(facts: tuple[tuple[str, str], ...]) -> list[str]:
    width = max((len(label) for label, _ in facts), default=0)
    lines: list[str] = []
    for label, value in facts:
        parts = wrap(value, max(NARROWEST, COLUMNS - width - 2)) or [""]
        lines += [f"{(label if index == 0 else ''):<{width}}{GAP}{part}" for index, part in enumerate(parts)]
    return lines


def _item(number: int, item: str) -> list[str]:
    parts = wrap(item, COLUMNS - 5) or [""]
    return [f"{(f'{number}.' if index == 0 else ''):>3}{GAP}{part}" for index, part in enumerate(parts)]


def _listed(name: str, belonging: tuple[str, ...]) -> list[str]:
    """A name, and its lines a step to the right; what goes on on a next line stands further still."""
    lines = [name]
    for one in belonging:
        first, *rest = wrap(one, COLUMNS - 4) or [""]
        lines += [f"{GAP}{first}", *(f"{GAP}{GAP}{part}" for part in rest)]
    return lines


def _table(table: Table) -> list[str]:
    rows = [table.headers, *table.rows, *([table.total] if table.total else [])]
    widths = _widths(table, rows)
    lines = _row(table.headers, table, widths)
    lines.append(GAP.join("-" * width for width in widths))
    for row in table.rows:
        lines += _row(row, table, widths)
    if table.total:
        lines.append(GAP.join("-" * width for width in widths))
        lines += _row(table.total, table, widths)
    return lines


def _widths(table: Table, rows: list[tuple[str, ...]]) -> list[int]:
    """Every column as wide as its cells; columns of text give way, the widest first, never columns of figures."""
    widths = [max(len(row[index]) for row in rows) for index in range(len(table.headers))]
    for index, right in enumerate(table.right):
        if right:
            words = table.headers[index].split()
            cells = max((len(row[index]) for row in rows[1:]), default=0)
            widths[index] = max(cells, *(len(word) for word in words or [""]))
    room = COLUMNS - len(GAP) * (len(widths) - 1)
    soft = [index for index, right in enumerate(table.right) if not right]
    while sum(widths) > room and soft:
        widest = max(soft, key=lambda index: widths[index])
        if widths[widest] <= NARROWEST:
            break
        widths[widest] -= 1
    return widths


def _row(row: tuple[str, ...], table: Table, widths: list[int]) -> list[str]:
    cells = [wrap(cell, width) or [""] for cell, width in zip(row, widths, strict=True)]
    lines: list[str] = []
    for depth in range(max((len(cell) for cell in cells), default=0)):
        parts = [cell[depth] if depth < len(cell) else "" for cell in cells]
        lines.append(
            GAP.join(
                f"{part:>{width}}" if right else f"{part:<{width}}"
                for part, width, right in zip(parts, widths, table.right, strict=True)
            )
        )
    return lines


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most so many columns, amounts unbroken."""
    text = "".join(f"“{piece}”" if named else piece for piece, named in split_names(text))
    if len(text) <= width and text.isprintable() and text == text.strip():
        return [text] if text else []  # most cells: what goes on one line needs no search for places to break
    for apart, together in TOGETHER.items():
        text = text.replace(apart, together)
    return [line.replace("\u00a0", " ") for line in textwrap.wrap(text, width)]
