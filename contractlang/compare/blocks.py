"""A contract as its blocks in canonical text, so that two versions can be laid beside each other whatever their layout."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from contractlang.analysis.check import check
from contractlang.compare.parts import one_space
from contractlang.format.format import format_text
from contractlang.format.tokens import Said, Stuck, sentences
from contractlang.format.words import declared
from contractlang.syntax.split import physical_lines, split, without_comment


class Block(Struct, frozen=True):
    """A block: what kind it is, what it is called, its text, and its sentences without comments and prose."""

    kind: str
    name: str
    title: str
    text: str
    sentences: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str]:
        """What tells a block from others: an article by its number, anything else by its name."""
        return self.kind, self.name


def blocks_of(
    text: str, name: str, folder: str, language: str, names: Mapping[str, str] | None = None
) -> tuple[Block, ...]:
    """The blocks of a contract in the given language. Raises CannotFormat for a contract with errors."""
    return blocks_in(format_text(text, name, folder, language, names), language)


def blocks_in(made: str, language: str) -> tuple[Block, ...]:
    """The blocks of a canonical text."""
    lines = physical_lines(made)
    items, _ = split(lines)
    heads = [said for said in sentences(items, language) if said.depth == 0]
    starts = [_first_line(lines, said.line) for said in heads]
    found = []
    for said, start, end in zip(heads, starts, [*starts[1:], len(lines) + 1], strict=True):
        body = lines[start - 1 : end - 1]
        kind, title = _named(said)
        found.append(Block(kind, title[0], title[1], "\n".join(body).rstrip() + "\n", _bare(body)))
    return tuple(found)


def names_of(text: str, language: str) -> dict[str, str]:
    """The names that a contract declares for the other language, from that language to its own."""
    items, _ = split(physical_lines(text))
    try:
        return {other: own for own, other in declared(tuple(sentences(items, language))).items()}
    except Stuck:
        return {}


def language_of(text: str, name: str, folder: str) -> str:
    """The language of a contract."""
    return check(text, name, folder).document.source.language


def _first_line(lines: tuple[str, ...], head: int) -> int:
    """A block begins with the comments right above its head."""
    start = head
    while start > 1 and lines[start - 2].startswith("#"):
        start -= 1
    return start


def _named(said: Said) -> tuple[str, tuple[str, str]]:
    names = [token.text for token in said.tokens if token.terminal in ("NAME", "NUMBER", "STRING", "ALIAS")]
    name = names[0] if names else ""
    if said.rule == "contract":
        return "contract", ("", "")
    title = names[1].strip('"') if len(names) > 1 and names[1].startswith('"') else ""
    return said.rule, (name.strip('`"'), title)


def _bare(lines: tuple[str, ...]) -> tuple[str, ...]:
    found: list[str] = []
    for line in lines:
        body = without_comment(line.strip())
        if body and not body.startswith((">", "#")):
            if body.startswith("|"):  # spaces around a cell are layout, those within it belong to a code
                found.append("|".join(f" {cell.strip()} " for cell in body.split("|")).strip())
            elif found and found[-1].endswith(","):
                found[-1] += " " + one_space(body)
            else:
                found.append(one_space(body))
    return tuple(found)
