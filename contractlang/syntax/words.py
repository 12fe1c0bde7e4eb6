"""The words of each language: which phrases there are, and which terminal of the grammar each stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from contractlang.base.resources import table

LANGUAGES = ("nl", "en")


class Phrase(Struct, frozen=True):
    """One wording of a terminal; `pattern` finds it at a place in a line, words separated by any spaces."""

    terminal: str
    text: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """Made when the first word of the phrase is met: a contract uses a few dozen of some three hundred phrases."""
        return _pattern(self.text)


@cache
def _pattern(text: str) -> re.Pattern[str]:
    body = r"[ \u00a0]+".join(re.escape(word) for word in text.split())
    # a phrase ends where a word ends: `per` does not start `per_client` or `per-client`
    return re.compile(body + (r"(?!\w|-\w)" if re.match(r"\w", text[-1]) else ""))


@cache
def spellings(language: str) -> Mapping[str, tuple[str, ...]]:
    """Terminal to its wordings, the canonical one first."""
    words = table(f"keywords.{language}.toml")
    return {
        "_" + name: (text,) if isinstance(text, str) else tuple(text) for name, text in words.items() if name != "cells"
    }


@cache
def cell_words(language: str) -> Mapping[str, tuple[str, ...]]:
    """The words that may stand inside table cells."""
    words = table(f"keywords.{language}.toml")["cells"]
    return {name: (text,) if isinstance(text, str) else tuple(text) for name, text in words.items()}


@cache
def phrases(language: str) -> Mapping[str, tuple[Phrase, ...]]:
    """First word to the phrases that start with it, longest first."""
    by_word: dict[str, list[Phrase]] = {}
    for terminal, texts in spellings(language).items():
        for text in texts:
            first = re.match(r"[\w/-]+", text)
            by_word.setdefault(first[0] if first else text[0], []).append(Phrase(terminal, text))
    return {first: tuple(sorted(found, key=lambda p: -len(p.text))) for first, found in by_word.items()}


def wording(terminal: str, language: str) -> str:
    """The canonical words of a terminal; for a literal such as NAME a description in that language."""
    literal = _LITERALS.get(terminal)
    return literal[LANGUAGES.index(language)] if literal else spellings(language)[terminal][0]


_LITERALS = {
    "NAME": ("een naam", "a name"),
    "STRING": ('een tekst tussen "…"', 'a text in "…"'),
    "NUMBER": ("een getal", "a number"),
    "MONEY": ("een bedrag (€ …)", "an amount (€ …)"),
    "PERCENT": ("een percentage (… %)", "a percentage (… %)"),
    "DATE": ("een datum (2026-01-31)", "a date (2026-01-31)"),
    "PERIOD": ("een periode (2026-06)", "a period (2026-06)"),
    "HOLE": ("…", "…"),
    "_COMMA": (",", ","),
    "_SLASH": ("/", "/"),
    "_EQUALS": ("=", "="),
    "$END": ("het einde van de regel", "the end of the line"),
}
