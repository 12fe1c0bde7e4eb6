"""A document as Markdown."""

from __future__ import annotations

from contractlang.report.document import Block, Document, Facts, Heading, Listed, Numbered, Table

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
    return " ".join(text.translate(SPECIAL).split())
