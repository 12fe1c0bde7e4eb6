"""Tokens as canonical text, in the language of the contract or in the other one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from contractlang.format.tokens import Said, Spoken
from contractlang.syntax.words import cell_words, wording

_NUMBER = re.compile(r"^(?P<sign>€?\s*[-\u2212+]?\s*)(?P<digits>\d[\d.,]*)(?P<rest>\s*%?)$")
_AMOUNT = re.compile(r"[-\u2212+]?\d+(?:[.,]\d+)*")
_QUOTED = re.compile(r'"[^"]*"|`[^`]*`')
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_SWAP = str.maketrans(".,", ",.")
SIGNS = {"_COMMA": ",", "_SLASH": "/", "_EQUALS": "="}


class Writing:
    """How tokens are written: from one language to another, with the names that a contract declares for both."""

    def __init__(self, source: str, target: str, names: Mapping[str, str]) -> None:
        self.source = source
        self.target = target
        self.names = names if source != target else {}
        self._cells = _cell_pattern(source)

    def token(self, token: Spoken) -> str:
        """One token."""
        if token.terminal in SIGNS:
            return SIGNS[token.terminal]
        if token.terminal.startswith("_"):
            return wording(token.terminal, self.target)
        if token.terminal == "HOLE":
            return "..."
        if token.terminal == "NAME":
            return self.name(token.text)
        if token.terminal in ("NUMBER", "MONEY", "PERCENT"):
            return self.number(token.text)
        if token.terminal == "PERIOD" and self.source != self.target:
            return token.text.replace("K", "Q") if self.target == "en" else token.text.replace("Q", "K")
        return token.text

    def name(self, text: str) -> str:
        """A name, with its backquotes when it had them."""
        bare = text.strip("`")
        found = self.names.get(bare, bare)
        return f"`{found}`" if text.startswith("`") else found

    def number(self, text: str) -> str:
        """A number, amount or percentage, its spaces as they are usual."""
        found = _NUMBER.match(text)
        if not found:
            return text
        sign = found["sign"].replace(" ", "").replace("\u00a0", "").replace("\u2212", "-")
        digits = found["digits"].translate(_SWAP) if self.source != self.target else found["digits"]
        money, minus = sign.startswith("€"), "-" if "-" in sign else ""
        return f"{'€ ' if money else ''}{minus}{digits}{' %' if found['rest'].strip() else ''}"

    def sentence(self, tokens: Iterable[Spoken]) -> str:
        """Tokens as a sentence: one space between words, none before a comma."""
        text = ""
        for token in tokens:
            written = self.token(token)
            text += written if not text or written == "," else f" {written}"
        return text

    def cell(self, text: str) -> str:
        """A cell of a table: its words and figures; codes and names as they are."""
        if text in self.names or text.strip("`") in self.names:
            return self.name(text)
        if self.source == self.target:
            return self.number(text) if _NUMBER.match(text) else text
        if _DATE.fullmatch(text) or _QUOTED.fullmatch(text):
            return text
        if _NUMBER.match(text):
            return self.number(text)
        kept: list[str] = []

        def keep(found: re.Match[str]) -> str:
            kept.append(found[0])
            return f"\x00{len(kept) - 1}\x00"

        bare = _DATE.sub(keep, _QUOTED.sub(keep, text))
        rest = re.sub(r"\x00\d+\x00", "", _AMOUNT.sub("", self._cells.sub("", bare)))
        if re.search(r"\w", rest):
            return text  # a text of somebody, not words of the language
        bare = self._cells.sub(lambda found: self._word(found[0]), bare)
        bare = re.sub(r"(?<!\x00)" + _AMOUNT.pattern + r"(?!\x00)(?!\w)", lambda found: found[0].translate(_SWAP), bare)
        return re.sub(r"\x00(\d+)\x00", lambda found: kept[int(found[1])], bare)

    def _word(self, text: str) -> str:
        for name, words in cell_words(self.source).items():
            if text in words:  # synonyms stand in the same order in both languages: nothing is lost on the way back
                there = cell_words(self.target)[name]
                return there[min(words.index(text), len(there) - 1)]
        return text


def _cell_pattern(language: str) -> re.Pattern[str]:
    words = sorted({word for words in cell_words(language).values() for word in words}, key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, words)) + r")(?![\w-])")


def declared(said: Iterable[Said]) -> dict[str, str]:
    """The names of the other language that a contract declares (`care_date / zorgdatum`), where they are unambiguous."""
    found: dict[str, str] = {}
    clashing: set[str] = set()
    for one in said:
        tokens = one.tokens
        for first, slash, second in zip(tokens, tokens[1:], tokens[2:], strict=False):
            if (first.terminal, slash.terminal, second.terminal) == ("NAME", "_SLASH", "NAME"):
                own, other = first.text.strip("`"), second.text.strip("`")
                clashing |= {own} if found.get(own, other) != other else set()
                found[own] = other
    return {own: other for own, other in found.items() if own not in clashing}


def swapped(tokens: tuple[Spoken, ...]) -> tuple[Spoken, ...]:
    """`a / b` as `b / a`: the name of the language of the file stands first."""
    found = list(tokens)
    for i in range(len(found) - 2):
        if [one.terminal for one in found[i : i + 3]] == ["NAME", "_SLASH", "NAME"]:
            first, second = found[i], found[i + 2]
            found[i], found[i + 2] = Spoken("ALIAS", second.text), Spoken("ALIAS", first.text)
            break
    return tuple(found)
