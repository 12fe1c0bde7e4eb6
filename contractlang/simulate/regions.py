"""What a sentence of a contract is asked by and what it answers: the label or head, and the stretch that a value replaces."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from contractlang.base.source import Place
from contractlang.format.tokens import Said
from contractlang.syntax.words import wording

# what people call the figure of a head, beside its own verb: English, Dutch
ROLES: dict[str, dict[str, tuple[str, ...]]] = {
    "limit": {"en": ("ceiling",), "nl": ("plafond",)},
    "guarantee": {"en": ("floor",), "nl": ("ondergrens", "bodem")},
    "guarantee_due": {"en": ("floor",), "nl": ("ondergrens", "bodem")},
    "price": {"en": ("price",), "nl": ("prijs",)},
    "amount": {"en": ("amount",), "nl": ("bedrag",)},
}
GUARDS = {"_WHEN", "_UNLESS"}


class Token(Struct, frozen=True):
    """A word or figure of the text, and where it stands."""

    terminal: str
    text: str
    place: Place


def region(one: Said, language: str) -> tuple[tuple[str, ...], tuple[Token, ...]]:
    """What a sentence is asked by, and the words that answer: those behind the label, up to its condition."""
    tokens = placed(one)
    first, start = tokens[0], 1
    roles: tuple[str, ...] = (first.text, wording(first.terminal, language))
    ends = [i for i, token in enumerate(tokens) if token.terminal in GUARDS]
    if one.rule == "weigh":
        roles, start = (f"{first.text} {tokens[1].text}",), 2
    elif one.start == "in_article":
        kind, start = _figure_of_head(one.rule, tokens)
        if not kind:
            return roles, ()
        roles = (*ROLES[kind][language], *roles)
    return tuple(dict.fromkeys(roles)), tokens[start : min([end for end in ends if end > start], default=len(tokens))]


def _figure_of_head(rule: str, tokens: Sequence[Token]) -> tuple[str, int]:
    """What the figure of a head is called, and the token with which it starts; an empty name when it has none."""
    at = {token.terminal: i + 1 for i, token in enumerate(tokens)}
    if rule == "limit":
        return rule, at["_TO_AT_MOST"]
    if rule in ("guarantee", "guarantee_due"):
        return rule, at["_AT_LEAST"]
    if rule in ("pay", "charge", "deduct") and "_AT" in at:
        return "price", at["_AT"]
    return ("amount", 1) if rule in ("pay", "charge", "deduct", "distribute") else ("", 0)


def placed(one: Said) -> tuple[Token, ...]:
    """The tokens of a sentence with their places."""
    found, at = [], 0
    sentence = one.item.sentence
    for token in one.tokens:
        at = sentence.text.index(token.text, at)
        found.append(Token(token.terminal, token.text, sentence.place(at, at + len(token.text))))
        at += len(token.text)
    return tuple(found)
