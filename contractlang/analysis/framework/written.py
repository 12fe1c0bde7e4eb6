"""A contract written out in full: one text that says all that it and its frameworks say, as if it had been written so."""

from __future__ import annotations

from collections.abc import Iterator

from contractlang.analysis.framework.heads import sentence
from contractlang.base.source import Source
from contractlang.syntax.tree import Document, Line


def written_out(document: Document) -> str:
    """The text of a whole tree, without `use` and without what it says of its place beside a framework.

    Comments stay where they are: in their own files.
    """
    source = document.source
    return "\n\n".join("\n".join(_block(block, source)) for block in document.blocks) + "\n"


def _block(block: Line, source: Source) -> Iterator[str]:
    yield from _sentence(block, source, "")
    yield from (f"  > {text}".rstrip() for text in block.prose)
    yield from _below(block, source, "  ")


def _below(line: Line, source: Source, indent: str) -> Iterator[str]:
    yield from (f"{indent}| {' | '.join(cell.text for cell in row.cells)} |" for row in line.rows)
    for inner in line.lines:
        if inner.rule != "use":
            yield from _sentence(inner, source, indent)
            yield from _below(inner, source, f"{indent}  ")


def _sentence(line: Line, source: Source, indent: str) -> Iterator[str]:
    for number, text in enumerate(sentence(line, source)):
        yield f"{indent if not number else f'{indent}    '}{text}"
