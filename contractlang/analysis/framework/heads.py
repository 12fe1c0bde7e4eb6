"""What tells one block from another, and how messages and signed papers call it."""

from __future__ import annotations

from collections.abc import Iterator

from contractlang.analysis.framework.filling import label
from contractlang.base.source import Place, Source
from contractlang.syntax.split import without_comment
from contractlang.syntax.tree import Line


def key_of(line: Line, inside: str = "") -> tuple[str, str]:
    """The kind and name of a block (an article by its number); inside the head of a contract the question that is answered."""
    assert line.node is not None
    if inside:
        return inside, label(line)
    named = (word for word in line.node.words() if word.terminal in ("NAME", "NUMBER", "STRING"))
    word = next(named, None)
    text = "" if word is None or line.rule == "contract" else word.text if word.terminal == "NUMBER" else word.string
    return line.rule, text


def key_columns(line: Line) -> int:
    """How many columns of the table of a block are keys."""
    if line.node is None or line.rule != "lookup":
        return 1
    return len(list(line.node.node(3).words())) if line.node.has(3) else 0


def sentence(line: Line, source: Source) -> Iterator[str]:
    """The physical lines of a sentence, which goes on after a comma, as the contract says it: without what it says of its
    place beside a framework, its files as they are seen from the contract.
    """
    number = line.place.line
    while number <= len(source.lines):
        text = source.lines[number - 1].strip(" \t\u00a0")
        shift = source.lines[number - 1].index(text) if text else 0
        body = "" if text.startswith(">") else without_comment(text)
        if body.startswith("|"):
            return
        more = body.endswith(",") or not body
        for start, end, instead in sorted(_instead(line, number), reverse=True):
            body = body[: start - 1 - shift] + instead + body[end - 1 - shift :]
        if body.strip():
            yield body.strip()
        if not more:
            return
        number += 1


def _instead(line: Line, number: int) -> Iterator[tuple[int, int, str]]:
    """Stretches of a physical line that the whole contract says otherwise."""
    assert line.node is not None
    if line.node.standing is not None and line.node.standing.place.line == number:
        yield line.node.standing.place.column, line.node.standing.place.end, ""
    if line.node.rule == "data" and line.node.has(1):
        file = line.node.word(1)
        if file.place.line == number:
            yield file.place.column, file.place.end, f'"{file.string}"'


def words_of(line: Line, source: Source) -> str:
    """A sentence on one line."""
    return " ".join(sentence(line, source))


def said(source: Source, place: Place) -> str:
    """The line of a place, for a message: short, without layout."""
    text = " ".join(without_comment(source.excerpt(place).strip(" \t\u00a0")).split())
    return text if len(text) <= 120 else text[:119] + "…"
