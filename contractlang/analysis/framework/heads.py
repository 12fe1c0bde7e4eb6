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


def written(line: Line, source: Source) -> Iterator[tuple[int, str]]:
    """The physical lines of a sentence, each with its number: it goes on after a comma."""
    number = line.place.line
    body = without_comment(source.lines[number - 1].strip(" \t\u00a0"))
    yield number, body
    last = max((word.place.line for word in line.node.words()), default=number) if line.node else number
    while body.endswith(",") and number < len(source.lines) and (number < last or line.node is not None):
        number += 1
        more = without_comment(source.lines[number - 1].strip(" \t\u00a0"))
        if more:
            body = more
            yield number, body


def words_of(line: Line, source: Source) -> str:
    """A sentence as it is written, on one line, without what it says of its place beside a framework."""
    marks = line.node.standing.place if line.node and line.node.standing else None
    said = []
    for number, body in written(line, source):
        if marks is not None and marks.line == number:
            lead = len(source.lines[number - 1]) - len(source.lines[number - 1].lstrip(" \t\u00a0"))
            body = (body[: marks.column - 1 - lead] + body[marks.end - 1 - lead :]).rstrip()
        said.append(body)
    return " ".join(text for text in said if text)


def said(source: Source, place: Place) -> str:
    """The line of a place, for a message: short, without spaces around it."""
    text = without_comment(source.excerpt(place).strip(" \t\u00a0"))
    return text if len(text) <= 120 else text[:119] + "…"
