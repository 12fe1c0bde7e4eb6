"""A line that cannot be read: what is wrong with it and what to write instead, tried on the real parse table.

Every suggestion is one edit after which the whole line reads. The work is bounded by counting attempts, not by a clock,
so that the same text always gets the same suggestions.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from lark import Token
from msgspec import Struct, field

from contractlang.base.diagnostics import Diagnostic
from contractlang.base.source import Place
from contractlang.syntax.edits import PROPOSERS, Edit, Spot
from contractlang.syntax.grammar import parse_line, table
from contractlang.syntax.lex import LineLexer, Stuck, shiftable
from contractlang.syntax.split import Sentence
from contractlang.syntax.words import LANGUAGES, spellings, wording

ATTEMPTS_IN_ALL, ATTEMPTS_PER_LINE, SPOTS = 9_000, 160, 6
KEEPS_ITS_CODE = frozenset({"ZC111", "ZC113", "ZC114", "ZC115"})


class Repaired(Struct):
    """What is said of a line, and the text with which reading goes on (None: the line is left out)."""

    diagnostic: Diagnostic
    text: str | None = None
    also: tuple[Diagnostic, ...] = ()  # further faults of the same line


class Repairer(Struct):
    """Repairs the lines of one document within one budget."""

    language: str
    left: int = ATTEMPTS_IN_ALL
    known: dict[tuple[str, str], list[Edit]] = field(default_factory=dict)

    def explain(self, stuck: Stuck, sentence: Sentence, start: str) -> Repaired:
        """The one diagnostic for a sentence on which the parser stuck."""
        if self._mixed(stuck):
            return Repaired(Diagnostic("ZC326", stuck.place, stuck.arguments))
        asked = (start, sentence.text)
        if asked not in self.known:
            self.known[asked] = self._edits(stuck, sentence, start)
        edits = [edit for edit in self.known[asked] if not _guessed(edit, stuck, len(self.known[asked]))]
        if edits and edits[0].code == "ZC123" and self._reads_in_other_language(sentence, start):
            whole = self._translated(sentence, start, {**stuck.arguments, **self._expected(stuck)})
            return Repaired(whole, whole.fixes[0] if whole.fixes else None)
        return (
            self._repaired(edits, stuck, sentence.text, sentence) if edits else self._unrepaired(stuck, sentence, start)
        )

    def _repaired(self, edits: list[Edit], stuck: Stuck, text: str, sentence: Sentence) -> Repaired:
        best = edits[0]
        code = stuck.code if stuck.code in KEEPS_ITS_CODE else best.code
        place = stuck.place if code == "ZC111" else sentence.place(best.start, max(best.end, best.start + 1))
        found = text[best.start : best.end].strip() or text[best.start :].split(" ")[0]
        arguments = {**stuck.arguments, "found": found, "fix": best.new.strip(), **self._expected(stuck)}
        if code == "ZC125":
            arguments = self._insertion(best, arguments)
        if best.until:
            return self._both(best, best.until, place, arguments, sentence)
        same = (edit.new for edit in edits if (edit.start, edit.end) == (best.start, best.end))
        same = (new for new in same if new or not best.new)  # leaving out is no alternative to writing
        repaired = text[: best.start] + best.new + text[best.end :] if best.sure else None
        return Repaired(Diagnostic(code, place, arguments, tuple(dict.fromkeys(same))[:3]), repaired)

    def _both(
        self, edit: Edit, until: tuple[int, int], place: Place, arguments: dict[str, str], sentence: Sentence
    ) -> Repaired:
        """Days in another notation, and a word between them that leaves open whether the last day counts."""
        word, through = sentence.text[slice(*until)], spellings(self.language)["_THROUGH"][0]
        days = edit.new.replace(through, word)
        second = Diagnostic("ZC130", sentence.place(*until), {**arguments, "found": word, "fix": through}, (through,))
        return Repaired(Diagnostic("ZC129", place, {**arguments, "fix": days}, (days,)), None, (second,))

    def _mixed(self, stuck: Stuck) -> bool:
        """Whether the line stops at `and` where only `or` can follow, or the reverse."""
        pairs = (("_AND", "_OR"), ("_OR", "_AND"))
        found = stuck.arguments.get("found")
        return any(found == wording(one, self.language) and two in stuck.expected for one, two in pairs)

    def _insertion(self, best: Edit, arguments: dict[str, str]) -> dict[str, str]:
        inserted = best.new.removesuffix(arguments["found"]).strip() if arguments["found"] else best.new.strip()
        return {
            **arguments,
            "fix": inserted or best.new.strip(),
            "found": arguments["found"] or wording("$END", self.language),
        }

    def _unrepaired(self, stuck: Stuck, sentence: Sentence, start: str) -> Repaired:
        arguments = {**stuck.arguments, **self._expected(stuck)}
        if stuck.code == "ZC111":
            fixes = (stuck.arguments["thousands"], stuck.arguments["decimals"])
            return Repaired(Diagnostic(stuck.code, stuck.place, arguments, fixes))
        if self._reads_in_other_language(sentence, start):
            return Repaired(self._translated(sentence, start, arguments))
        if stuck.code == "ZC120" and start == "block_head" and sentence.place(0, 1).column == stuck.place.column:
            return Repaired(Diagnostic("ZC132", stuck.place, arguments))
        return Repaired(Diagnostic(stuck.code, stuck.place, arguments))

    def _expected(self, stuck: Stuck) -> dict[str, str]:
        worded = {wording(terminal, self.language) for terminal in stuck.expected}
        expected = sorted(f'"{text}"' if "," in text else text for text in worded)  # else one would look like two
        return {"expected": ", ".join(expected[:16]) + (" …" if len(expected) > 16 else "")}

    # --- the edits ------------------------------------------------------------------------------------------------

    def _edits(self, stuck: Stuck, sentence: Sentence, start: str) -> list[Edit]:
        """Edits after which the whole line reads, best first."""
        proposals: dict[tuple[int, int, str], Edit] = {}
        if self.left <= 0:
            return []
        for spot in self._spots(stuck, sentence, start):
            for propose in PROPOSERS:
                for edit in propose(sentence.text, spot, self.language):
                    key = (edit.start, edit.end, edit.new)
                    if key not in proposals or edit.rank < proposals[key].rank:
                        proposals[key] = edit
        good: list[Edit] = []
        tried = 0
        for edit in sorted(proposals.values(), key=lambda e: (e.rank, e.start, e.new)):
            if tried >= ATTEMPTS_PER_LINE or self.left <= 0 or (good and edit.rank[0] > good[0].rank[0] + 1):
                break
            tried, self.left = tried + 1, self.left - 1
            if self._reads(sentence.text[: edit.start] + edit.new + sentence.text[edit.end :], start):
                good.append(edit)
                if len(good) >= 3:
                    break
        return good

    def _spots(self, stuck: Stuck, sentence: Sentence, start: str) -> Iterator[Spot]:
        """The places of the tokens that were read and where reading stopped, the last first."""
        tracer = _Tracer(sentence, self.language, table())
        with suppress(Stuck):
            parse_line(tracer, start)
        states = table()
        for back, (position, stack) in enumerate(reversed(tracer.trace[-SPOTS:])):
            takes = shiftable(states, stack)
            yield Spot(position, takes, back)

    def _reads(self, text: str, start: str) -> bool:
        try:
            parse_line(LineLexer(Sentence(text, ((0, 1, 1),)), self.language, table()), start)
        except Stuck:
            return False
        return True

    # --- a line wholly in the other language ----------------------------------------------------------------------

    def _reads_in_other_language(self, sentence: Sentence, start: str) -> bool:
        if self.left <= 0:
            return False
        self.left -= 1
        return Repairer(self._other)._reads(sentence.text, start)

    @property
    def _other(self) -> str:
        return LANGUAGES[1 - LANGUAGES.index(self.language)]

    def _translated(self, sentence: Sentence, start: str, arguments: dict[str, str]) -> Diagnostic:
        """The whole line in this language, phrase by phrase."""
        tracer = _Tracer(sentence, self._other, table())
        parse_line(tracer, start)
        text, first = sentence.text, ""
        for token in reversed(tracer.tokens):
            if token.type in spellings(self.language) and token.start_pos is not None and str(token)[0].isalpha():
                new = spellings(self.language)[token.type][0]
                end = token.start_pos + len(str(token))
                first = str(token) if new != str(token) else first
                text = text[: token.start_pos] + new + text[end:]
        fixes = (text,) if self._reads(text, start) else ()
        return Diagnostic("ZC123", sentence.whole, {**arguments, "found": first or sentence.text, "fix": text}, fixes)


def _guessed(edit: Edit, stuck: Stuck, edits: int) -> bool:
    """Whether an edit would choose for the author: which answer is meant, or which half of a line to leave out."""
    if stuck.code in ("ZC111", "ZC112", "ZC113", "ZC115"):
        return edit.code in ("ZC125", "ZC126", "ZC131")
    return stuck.code == "ZC121" and (edit.code == "ZC126" or (edit.code == "ZC125" and edits > 1))


class _Tracer(LineLexer):
    """Notes at every token where it starts and what the parser has on its stack; the last is where reading stopped."""

    def __init__(self, sentence: Sentence, language: str, states: Any) -> None:
        super().__init__(sentence, language, states)
        self.trace: list[tuple[int, list[int]]] = []
        self.tokens: list[Token] = []

    def lex(self, parser_state: Any) -> Iterator[Token]:
        """The tokens, noted on the way."""
        inner = super().lex(parser_state)
        while True:
            stack = list(parser_state.state_stack)
            rest = self.text[self.position :]
            start = self.position + len(rest) - len(rest.lstrip(" \u00a0\u202f"))
            self.trace.append((start, stack))
            token = next(inner, None)
            if token is None:
                return
            self.tokens.append(token)
            yield token
