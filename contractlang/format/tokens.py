"""The tokens of every sentence of a contract, with the place at which it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lark import Token
from msgspec import Struct

from contractlang.syntax.grammar import parse_line, table
from contractlang.syntax.lex import LineLexer, Stuck
from contractlang.syntax.parse import BELOW, INSIDE
from contractlang.syntax.split import Item, Sentence


class Spoken(Struct, frozen=True):
    """A token: its terminal and its text as written."""

    terminal: str
    text: str


class Said(Struct, frozen=True):
    """A sentence that can be read: its tokens, rule, depth (0 is a block head) and the start rule that reads it."""

    item: Item
    rule: str
    start: str
    depth: int
    tokens: tuple[Spoken, ...]
    parent: int  # line of the sentence above it; 0 for a block head

    @property
    def line(self) -> int:
        """The first physical line."""
        return self.item.sentence.pieces[0][1]


class _Recording(LineLexer):
    def __init__(self, sentence: Sentence, language: str, states: Any) -> None:
        super().__init__(sentence, language, states)
        self.taken: list[Spoken] = []

    def _token(self, terminal: str, value: object, start: int, end: int) -> Token:
        self.taken.append(Spoken(terminal, self.text[start:end].strip()))
        return super()._token(terminal, value, start, end)


def read_tokens(sentence: Sentence, start: str, language: str) -> tuple[str, tuple[Spoken, ...]]:
    """The rule and the tokens of a sentence. Raises Stuck."""
    lexer = _Recording(sentence, language, table())
    tree = parse_line(lexer, start)
    return str(tree.data), tuple(lexer.taken)


def sentences(blocks: list[Item], language: str) -> Iterator[Said]:
    """Every sentence of a contract without faults, block by block. Raises Stuck for one that cannot be read."""
    for block in blocks:
        rule, tokens = read_tokens(block.sentence, "block_head", language)
        head = Said(block, rule, "block_head", 0, tokens, 0)
        yield head
        yield from _below(block, INSIDE.get(rule, ""), language, head)


def _below(item: Item, start: str, language: str, above: Said) -> Iterator[Said]:
    for inner in item.items:
        rule, tokens = read_tokens(inner.sentence, start, language)
        said = Said(inner, rule, start, above.depth + 1, tokens, above.line)
        yield said
        if inner.items:
            yield from _below(inner, BELOW.get(start, ""), language, said)


__all__ = ["Said", "Spoken", "Stuck", "read_tokens", "sentences"]
