"""A document as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

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

ROOM = 40  # dots to write on
SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "\\|*_`<>[]#"})


def as_markdown(document: Document) -> str:
    """The document as Markdown with pipe tables."""
    return "\n\n".join(_block(block) for block in document) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * level} {safe(text)}"
        case Facts(facts):
            return "\n".join(f"- {safe(label)}: {safe(value)}" for label, value in facts)
        case Numbered(items):
            return "\n".join(f"{number}. {safe(item)}" for number, item in enumerate(items, start=1))
        case Listed(listed):
            return "\n".join(
                line for name, lines in listed for line in (f"- {safe(name)}", *(f"  - {safe(one)}" for one in lines))
            )
        case Table():
            return _table(block)
        case Paragraph(text):
            return _opening(safe(text))
        case Quote(text):
            return f"> {_opening(safe(text))}"
        case Clauses(items):
            return "\n".join(line for number, item in enumerate(items, start=1) for line in _clause(number, item))
        case Signing(parties):
            return "\n\n".join("\n".join(_signing(party)) for party in parties)


def _clause(number: int, item: Clause) -> Iterator[str]:
    """Steps are indented lines that carry their letter: Markdown itself knows no lettered lists."""
    yield f"{number}. {safe(item.text)}"
    yield from (f"    - {lettered(index)}. {safe(step)}" for index, step in enumerate(item.steps))


def _signing(lines: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for label, value in lines:
        yield f"- {safe(label)}: {safe(value) if value else '.' * ROOM}"


def _opening(text: str) -> str:
    """A paragraph that starts as a list or a rule would become one."""
    return re.sub(
        r"^([-+=~]|\d+(?=[.)]))", lambda found: f"{found[0]}\\" if found[0][0].isdigit() else f"\\{found[0]}", text
    )


def _table(table: Table) -> str:
    rule = tuple("---:" if right else "---" for right in table.right)
    lines = [_row(tuple(map(safe, table.headers))), _row(rule)]
    lines += [_row(tuple(map(safe, row))) for row in table.rows]
    if table.total:
        lines.append(_row(tuple(f"**{safe(cell)}**" if cell else "" for cell in table.total)))
    return "\n".join(lines)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def safe(text: str) -> str:
    """Text of the contract and the data must not become markup."""
    pieces = (_code(piece) if named else piece.translate(SPECIAL) for piece, named in split_names(text))
    return " ".join("".join(pieces).split())


def _code(name: str) -> str:
    """A name in code marks, longer ones than it holds itself; a bar would end the cell of a table."""
    ticks = "`" * (max((len(run) for run in re.findall("`+", name)), default=0) + 1)
    pad = " " if name.startswith("`") or name.endswith("`") else ""
    return f"{ticks}{pad}{name.replace('|', chr(92) + '|')}{pad}{ticks}"
