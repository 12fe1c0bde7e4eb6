"""A line that cannot be read: what is wrong with it and what to write instead, tried on the real parse table."""

from __future__ import annotations

from difflib import get_close_matches

from contractlang.base.diagnostics import Diagnostic
from contractlang.syntax.grammar import parse_line, table
from contractlang.syntax.lex import LineLexer, Stuck
from contractlang.syntax.split import Sentence
from contractlang.syntax.words import spellings, wording


def explain(stuck: Stuck, sentence: Sentence, start: str, language: str) -> Diagnostic:
    """The diagnostic for a sentence on which the parser stuck, with texts that would read."""
    expected = sorted(wording(terminal, language) for terminal in stuck.expected)
    arguments = {**stuck.arguments, "expected": ", ".join(expected[:12]) + (" …" if len(expected) > 12 else "")}
    return Diagnostic(stuck.code, stuck.place, arguments, tuple(_typos(stuck, sentence, start, language)))


def _typos(stuck: Stuck, sentence: Sentence, start: str, language: str) -> list[str]:
    """Phrases that look like what stands here and with which the whole line reads."""
    piece = [p for p in sentence.pieces if p[1] == stuck.place.line][-1]
    position = piece[0] + stuck.place.column - piece[2]
    rest = sentence.text[position:]
    known = [text for terminal in stuck.expected for text in spellings(language).get(terminal, ())]
    good = []
    for phrase in known:
        words = rest.split()[: len(phrase.split())]
        if get_close_matches(" ".join(words).lower(), [phrase.lower()], 1, 0.72):
            changed = sentence.text[:position] + phrase + rest[len(" ".join(words)) :]
            if _reads(changed, start, language):
                good.append(phrase)
    return good[:3]


def _reads(text: str, start: str, language: str) -> bool:
    lexer = LineLexer(Sentence(text, ((0, 1, 1),)), language, table())
    try:
        parse_line(lexer, start)
    except Stuck:
        return False
    return True
