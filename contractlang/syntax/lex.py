"""One line to tokens: the longest phrase that the parser can take here, else a literal or a name.

Which words are keywords depends on the state of the parser, so a column may be called `provider` or `hours`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lark import Token

from contractlang.base.source import Place
from contractlang.syntax.numbers import NotANumber, read_date, read_number
from contractlang.syntax.split import Sentence
from contractlang.syntax.words import phrases

_SPACE = re.compile(r"[ \u00a0\u202f]+")
_STRING = re.compile(r'"([^"]*)"')
_QUOTED = re.compile(r"`([^`]+)`")
# the letter that makes a name of digits is the first one: else a long number would be tried at every place
_NAME = re.compile(r"[^\W\d]\w*(?:-\w+)*|\d[\d_]*[^\W\d_]\w*(?:-\w+)*|\d+(?:-[\d_]*[^\W\d_]\w*)+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?!\w)")
_PERIOD = re.compile(r"\d{4}-(?:[QK][1-4]|W\d{2}|\d{2})(?![\w-])")
_NUMBER = re.compile(r"[-\u2212+]?[ \u00a0]?\d+(?:[.,]\d+)*(?:,-)?")
_MONEY = re.compile(r"€[ \u00a0]*([-\u2212+]?[ \u00a0]?\d+(?:[.,]\d+)*(?:,-)?)")
_PERCENT = re.compile(r"([-\u2212+]?\d+(?:[.,]\d+)*)[ \u00a0]*%")
_FIRST_WORD = re.compile(r"[\w/-]+")
_SIGNS = {",": "_COMMA", "/": "_SLASH", "=": "_EQUALS"}


class Stuck(Exception):
    """The line cannot be read on from here: the code of the fault, its place, what could have stood here."""

    def __init__(self, code: str, place: Place, expected: frozenset[str] = frozenset(), **arguments: str) -> None:
        super().__init__(code)
        self.code = code
        self.place = place
        self.expected = expected
        self.arguments = arguments


def can_shift(states: Any, stack: list[int], terminal: str) -> bool:
    """Whether the parser, after the reductions that this terminal brings, can take it."""
    stack = list(stack)
    while True:
        action = states[stack[-1]].get(terminal)
        if action is None:  # only where a whole sentence stands does the end of the line need no action of its own
            return terminal == "$END" and len(stack) == 2 and not states[stack[-1]]
        kind, target = action
        if kind.name == "Shift":
            return True
        if target.expansion:
            del stack[-len(target.expansion) :]
        stack.append(states[stack[-1]][target.origin.name][1])


def shiftable(states: Any, stack: list[int]) -> frozenset[str]:
    """All terminals that can be taken here."""
    return frozenset(name for name in states[stack[-1]] if not name.islower() and can_shift(states, stack, name))


class LineLexer:
    """Feeds the parser with the tokens of one line; `lex` is what Lark's parser calls."""

    def __init__(self, sentence: Sentence, language: str, states: Any) -> None:
        self.sentence = sentence
        self.text = sentence.text
        self.language = language
        self.states = states
        self.position = 0
        self.state: Any = None

    def place(self, start: int, end: int) -> Place:
        """The place of a stretch of the line."""
        return self.sentence.place(start, end)

    def lex(self, parser_state: Any) -> Iterator[Token]:
        """Tokens until the end of the line. Raises Stuck at the first one that the parser cannot take."""
        self.state = parser_state
        while True:
            space = _SPACE.match(self.text, self.position)
            start = space.end() if space else self.position
            if start >= len(self.text):
                break
            self.position = start
            token = self._phrase(start) or self._literal(start)
            yield token
        if not can_shift(self.states, parser_state.state_stack, "$END"):
            place = self.place(len(self.text.rstrip()), len(self.text.rstrip()) + 1)
            raise Stuck("ZC121", place, shiftable(self.states, parser_state.state_stack))

    def _take(self, terminal: str) -> bool:
        return can_shift(self.states, self.state.state_stack, terminal)

    def _token(self, terminal: str, value: object, start: int, end: int) -> Token:
        self.position = end
        place = self.place(start, end)
        token = Token(terminal, self.text[start:end], start, place.line, place.column, place.line, place.end, end)
        token.value = value
        return token

    def _phrase(self, start: int) -> Token | None:
        first = _FIRST_WORD.match(self.text, start)
        for phrase in phrases(self.language).get(first[0] if first else self.text[start], ()):
            found = phrase.pattern.match(self.text, start)
            if found and self._take(phrase.terminal):
                return self._token(phrase.terminal, phrase.terminal, start, found.end())
        sign = _SIGNS.get(self.text[start])
        return self._token(sign, sign, start, start + 1) if sign and self._take(sign) else None

    def _literal(self, start: int) -> Token:
        for terminal, value, end in self._readings(start):
            if self._take(terminal):
                return self._token(terminal, value, start, end)
        word = _FIRST_WORD.match(self.text, start)
        end = word.end() if word else start + 1
        for pattern in (_STRING, _MONEY, _PERCENT, _DATE, _NUMBER):
            longer = pattern.match(self.text, start)
            end = max(end, longer.end() if longer else 0)
        expected = shiftable(self.states, self.state.state_stack)
        if self.text[start] in '"`' and self.text.find(self.text[start], start + 1) < 0:
            raise Stuck("ZC114", self.place(start, len(self.text)), expected, quote=self.text[start])
        raise Stuck("ZC120", self.place(start, end), expected, found=self.text[start:end])

    def _readings(self, start: int) -> Iterator[tuple[str, object, int]]:
        text, mark = self.text, self.text[start]
        if mark == '"' and (found := _STRING.match(text, start)):
            yield "STRING", found[1], found.end()
        elif mark == "`" and (found := _QUOTED.match(text, start)):
            yield "NAME", found[1], found.end()
        elif mark == "€" and (found := _MONEY.match(text, start)):
            yield "MONEY", self._number(found[1], start, found.end()), found.end()
        elif text.startswith(("...", "…"), start):
            yield "HOLE", "...", start + (3 if mark == "." else 1)
        elif mark.isdigit() or mark in "-\u2212+":
            yield from self._digits(start)
        elif found := _NAME.match(text, start):
            yield "NAME", found[0], found.end()

    def _digits(self, start: int) -> Iterator[tuple[str, object, int]]:
        if found := _DATE.match(self.text, start):
            yield "DATE", self._date(found[0], start, found.end()), found.end()
        elif found := _PERIOD.match(self.text, start):
            yield "PERIOD", found[0].replace("K", "Q"), found.end()
        elif found := _NAME.match(self.text, start):
            yield "NAME", found[0], found.end()
        elif found := _PERCENT.match(self.text, start):
            yield "PERCENT", self._number(found[1], start, found.end()) / 100, found.end()
        elif found := _NUMBER.match(self.text, start):
            yield "NUMBER", self._number(found[0], start, found.end()), found.end()

    def _number(self, text: str, start: int, end: int) -> Any:
        try:
            return read_number(text.replace(" ", "").replace("\u00a0", ""), self.language)
        except NotANumber as fault:
            raise Stuck(fault.code, self.place(start, end), frozenset(), **fault.arguments) from None

    def _date(self, text: str, start: int, end: int) -> object:
        try:
            return read_date(text)
        except NotANumber as fault:
            raise Stuck(fault.code, self.place(start, end), frozenset(), **fault.arguments) from None
