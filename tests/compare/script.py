"""A contract text as sentences whose tokens know where they stand and what else could stand there, to be written anew."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from lark import Token
from msgspec import Struct

from contractlang.format.tokens import Said, sentences
from contractlang.syntax.grammar import parse_line, table
from contractlang.syntax.lex import LineLexer, Stuck, shiftable
from contractlang.syntax.parse import detect_language
from contractlang.syntax.split import Sentence, physical_lines, split
from contractlang.syntax.tree import Row


class Spot(Struct, frozen=True):
    """A token: its terminal, its text, where it stands in the sentence, and what the parser takes there."""

    terminal: str
    text: str
    start: int
    end: int
    takes: frozenset[str]


class _Spotting(LineLexer):
    def __init__(self, text: str, language: str) -> None:
        super().__init__(Sentence(text, ((0, 1, 1),)), language, table())
        self.spots: list[Spot] = []

    def _token(self, terminal: str, value: object, start: int, end: int) -> Token:
        takes = shiftable(self.states, self.state.state_stack)
        self.spots.append(Spot(terminal, self.text[start:end].strip(), start, end, takes))
        return super()._token(terminal, value, start, end)


def spotted(text: str, start: str, language: str) -> tuple[Spot, ...]:
    """The tokens of a sentence; none when it cannot be read there."""
    lexer = _Spotting(text, language)
    try:
        parse_line(lexer, start)
    except Stuck:
        return ()
    return tuple(lexer.spots)


class Script:
    """The lines of a contract and its sentences; every method gives a whole text with one thing changed."""

    def __init__(self, text: str) -> None:
        self.lines = physical_lines(text)
        self.language: str = detect_language(self.lines) or "en"
        items, _ = split(self.lines)
        self.said: tuple[Said, ...] = tuple(sentences(items, self.language))

    @cached_property
    def agreed(self) -> tuple[Said, ...]:
        """The sentences outside the worked examples: those that are agreed."""
        found, example = [], False
        for one in self.said:
            example = one.rule == "example" if one.depth == 0 else example
            if not example:
                found.append(one)
        return tuple(found)

    def spots(self, one: Said) -> tuple[Spot, ...]:
        """The tokens of one of the sentences."""
        return spotted(one.item.sentence.text, one.start, self.language)

    def reads(self, text: str, start: str) -> bool:
        """Whether a sentence can be read there."""
        return bool(spotted(text, start, self.language))

    def last_line(self, one: Said) -> int:
        """The last line that belongs to a sentence: its rows and what is indented below it."""
        last = max([piece[1] for piece in one.item.sentence.pieces] + [row.place.line for row in one.item.rows])
        below = [inner for inner in self.said if inner.line > one.line]
        for inner in below:
            if inner.depth <= one.depth:
                break
            last = max(last, self.last_line(inner))
        return last

    def siblings(self, among: tuple[Said, ...] | None = None) -> Iterator[tuple[Said, Said]]:
        """Sentences that stand next to each other under the same head, and blocks beside each other."""
        last: dict[tuple[int, int], Said] = {}
        for one in self.agreed if among is None else among:
            key = (one.parent, one.depth)
            if key in last:
                yield last[key], one
            last[key] = one

    def with_sentence(self, one: Said, text: str) -> str:
        """Another text for a sentence, on one line; what stands below it stays."""
        lead = " " * one.item.indent
        gone = {piece[1] for piece in one.item.sentence.pieces[1:]}
        made = [
            lead + text if number == one.line else line
            for number, line in enumerate(self.lines, 1)
            if number not in gone
        ]
        return "\n".join(made)

    def without(self, one: Said) -> str:
        """A sentence removed with all that belongs to it."""
        return "\n".join([*self.lines[: one.line - 1], *self.lines[self.last_line(one) :]])

    def swapped(self, one: Said, other: Said) -> str:
        """Two sentences that stand beside each other, each with what belongs to it, in the other order."""
        first, second = self.own_lines(one), self.own_lines(other)
        between = self.lines[self.last_line(one) : other.line - 1]
        rest = self.lines[self.last_line(other) :]
        return "\n".join([*self.lines[: one.line - 1], *second, *between, *first, *rest])

    def own_lines(self, one: Said) -> tuple[str, ...]:
        """The lines of a sentence and of what belongs to it."""
        return self.lines[one.line - 1 : self.last_line(one)]

    def with_behind(self, one: Said, lines: tuple[str, ...]) -> str:
        """More lines behind a sentence and what belongs to it."""
        last = self.last_line(one)
        return "\n".join([*self.lines[:last], *lines, *self.lines[last:]])

    def with_rows(self, one: Said, rows: list[list[str]]) -> str:
        """Another table under a sentence."""
        first, last = one.item.rows[0].place.line, one.item.rows[-1].place.line
        lead = self.lines[first - 1][: one.item.rows[0].place.column - 1]
        made = [f"{lead}| {' | '.join(cells)} |" for cells in rows]
        return "\n".join([*self.lines[: first - 1], *made, *self.lines[last:]])

    @staticmethod
    def cells(rows: list[Row]) -> list[list[str]]:
        """The texts of a table."""
        return [[cell.text for cell in row.cells] for row in rows]


def joined(spots: list[str]) -> str:
    """Words as a sentence; the lexer minds no space before a comma."""
    return " ".join(spots)


def is_word(spot: Spot) -> bool:
    """Whether a token is a phrase of the language."""
    return spot.terminal.startswith("_")


__all__: list[Any] = ["Script", "Spot", "is_word", "joined", "spotted"]
