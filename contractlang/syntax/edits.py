"""Single edits with which a faulty line may read: what people get wrong, kind by kind, best first.

Only proposals are made here, from what the parser could take at each place; whoever asks parses the whole line again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from contractlang.syntax.numbers import NotANumber, read_number, write_number
from contractlang.syntax.spelling import allowed, distance
from contractlang.syntax.words import LANGUAGES, spellings

_WORD = re.compile(r"[^\s,|]+")
_NUMBER = re.compile(r"[-\u2212]?\d[\d.,]*")
_DATE = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b")
_SLASHED = re.compile(r"\b(\d{4})[/.](\d{1,2})[/.](\d{1,2})\b")
_SPELLED = re.compile(r"\b(\d{1,2}) ([a-z]+) (\d{4})\b", re.IGNORECASE)
_CURLY = re.compile(r"[“”„«»‟]|(?<!\w)[‘’'‚]|[‘’'](?!\w)")
_EURO_WORD = re.compile(r"(?:EUR|eur|euro|Euro)\s*(?=\d)")
_EURO_BEHIND = re.compile(r"([-\u2212]?\d[\d.,]*)\s*(?:€|EUR|eur|euro)(?!\w)")
_PERCENT_WORD = re.compile(r"([-\u2212]?\d[\d.,]*)\s*(?:percent|procent|pct)(?!\w)")
_COMPARISON = re.compile(r"<=|=<|≤|>=|=>|≥|<|>")
COMPARED = {"<": "_BELOW", ">": "_ABOVE"} | dict.fromkeys(("<=", "=<", "≤"), "_AT_MOST")
COMPARED |= dict.fromkeys((">=", "=>", "≥"), "_AT_LEAST")
_MONTHS = {
    "nl": [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
    "en": [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
}
UNTIL = {
    "nl": ("tot en met", "tot", "tm", "t/m.", "–", "-", "en"),
    "en": ("up to and including", "until", "till", "to", "–", "-"),
}
VERBS = {
    "nl": frozenset(
        [
            "is",
            "zijn",
            "wordt",
            "worden",
            "betaalt",
            "bedraagt",
            "geldt",
            "heeft",
            "moet",
            "mag",
            "zal",
            "kan",
            "blijft",
            "gaat",
            "komt",
            "de",
            "het",
            "een",
            "er",
            "dan",
        ]
    ),
    "en": frozenset(
        [
            "is",
            "are",
            "be",
            "was",
            "will",
            "shall",
            "must",
            "may",
            "can",
            "has",
            "pays",
            "gets",
            "applies",
            "the",
            "a",
            "an",
            "then",
            "that",
        ]
    ),
}


class Edit(Struct, frozen=True):
    """Replace text[start:end] by `new`. `rank` orders the edits of a line, the lowest first."""

    code: str
    start: int
    end: int
    new: str
    rank: tuple[int, ...]
    sure: bool = True  # the line may be read on with this edit
    until: tuple[int, int] | None = None  # where a word stands that leaves open whether the last day counts


class Spot(Struct, frozen=True):
    """A place in a line where a token starts, with what the parser can take there; `back` counts tokens before the stop."""

    start: int
    takes: frozenset[str]
    back: int


Proposer = Callable[[str, Spot, str], Iterator[Edit]]


def typos(text: str, spot: Spot, language: str) -> Iterator[Edit]:
    """Phrases that look like what stands here, of as many words or one more or less."""
    windows = _windows(text, spot.start)
    for terminal in spot.takes:
        for phrase in spellings(language).get(terminal, ()):
            if not phrase[0].isalpha() and phrase[0] != "I":
                continue
            most, count = allowed(phrase), phrase.count(" ") + 1
            for words in (count, count - 1, count + 1):
                if words not in windows:
                    continue
                written, end = windows[words]
                if abs(len(written) - len(phrase)) > most or written == phrase:
                    continue
                far = distance(written.casefold(), phrase.casefold(), most)
                if far == 0:
                    yield Edit("ZC124", spot.start, end, phrase, (0, spot.back, -len(phrase)))
                elif far <= most and far * 3 <= max(3, len(phrase)):
                    rank = (1, far * 2 + spot.back + 3 * (words != count), -len(phrase))
                    yield Edit("ZC122", spot.start, end, phrase, rank)


def _windows(text: str, start: int) -> dict[int, tuple[str, int]]:
    """The first one, two, ... words from here, single-spaced, with where they end."""
    found: dict[int, tuple[str, int]] = {}
    position, words = start, []
    for count in range(1, 16):
        match = re.compile(r"\S+").match(text, position)
        if not match:
            break
        words.append(match[0])
        end = match.end()
        joined = " ".join(words)
        bare = joined.rstrip(",")  # a comma belongs to the phrase only when the phrase has it
        found[count] = (joined, end) if _comma_phrase(bare) else (bare, end - (len(joined) - len(bare)))
        position = end + len(text[end:]) - len(text[end:].lstrip())
    return found


@cache
def _commas() -> tuple[str, ...]:
    return tuple(t for lang in LANGUAGES for texts in spellings(lang).values() for t in texts if "," in t)


def _comma_phrase(bare: str) -> bool:
    return any(phrase.split(",")[0][:4] == bare[:4] and phrase.endswith(",") for phrase in _commas())


@cache
def _foreign(language: str) -> tuple[tuple[str, str], ...]:
    """The phrases of the other language with their terminal, longest first."""
    other = LANGUAGES[1 - LANGUAGES.index(language)]
    found = [(text, terminal) for terminal, texts in spellings(other).items() for text in texts if text[0].isalpha()]
    return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair[0])))


def other_language(text: str, spot: Spot, language: str) -> Iterator[Edit]:
    """A phrase of the other language that the parser would take here."""
    rest = text[spot.start :]
    for phrase, terminal in _foreign(language):
        if terminal in spot.takes and rest.startswith(phrase) and not rest[len(phrase) : len(phrase) + 1].isalnum():
            new = spellings(language)[terminal][0]
            if new != phrase:
                yield Edit("ZC123", spot.start, spot.start + len(phrase), new, (0, spot.back, -len(phrase)))


def dates(text: str, spot: Spot, language: str) -> Iterator[Edit]:
    """Days in Dutch or spelled notation; all of the line at once."""
    if "DATE" in spot.takes:
        changed = _SPELLED.sub(lambda m: _spelled(m, language), text)
        changed = _DATE.sub(lambda m: f"{m[3]}-{int(m[2]):02}-{int(m[1]):02}", changed)
        changed = _SLASHED.sub(lambda m: f"{m[1]}-{int(m[2]):02}-{int(m[3]):02}", changed)
        yield from _changed(text, changed, "ZC129", (0, spot.back))
        through = spellings(language)["_THROUGH"][0]
        for word in UNTIL[language]:  # `01-01-2026 tot 31-12-2026` has two faults, and both are told
            parts = changed.split(f" {word} ")
            if len(parts) == 2 and text.count(f" {word} ") == 1:
                at = text.index(f" {word} ") + 1
                for edit in _changed(text, f" {through} ".join(parts), "ZC129", (1, spot.back)):
                    yield replace(edit, sure=False, until=(at, at + len(word)))


def _spelled(match: re.Match[str], language: str) -> str:
    month = match[2].lower()
    for names in (_MONTHS[language], *_MONTHS.values()):
        if month in names:
            return f"{match[3]}-{names.index(month) + 1:02}-{int(match[1]):02}"
    return match[0]


def until(text: str, spot: Spot, language: str) -> Iterator[Edit]:
    """`tot`, `until`, a dash where the inclusive form belongs."""
    if "_THROUGH" not in spot.takes:
        return
    for word in UNTIL[language]:
        end = spot.start + len(word)
        if text.startswith(word, spot.start) and not text[end : end + 1].isalnum():
            yield Edit("ZC130", spot.start, end, spellings(language)["_THROUGH"][0], (0, spot.back), sure=False)
            return


def quotes(text: str, spot: Spot, language: str) -> Iterator[Edit]:
    """Curly or single quotes, and texts without quotes."""
    yield from _changed(text, _CURLY.sub('"', text), "ZC127", (0, spot.back))
    if text[spot.start : spot.start + 1] in ('"', "`") and "NAME" in spot.takes:
        end = text.find(text[spot.start], spot.start + 1)
        if end > 0:
            name = text[spot.start + 1 : end]
            yield Edit("ZC127", spot.start, end + 1, f"`{name}`", (4, spot.back))
    if "STRING" not in spot.takes or _is_phrase(text, spot, language):
        return
    ends = [found.end() for found in _WORD.finditer(text, spot.start)][:12]
    for index, end in enumerate(reversed(ends)):
        piece = text[spot.start : end]
        if '"' not in piece and "=" not in piece:
            yield Edit("ZC127", spot.start, end, f'"{piece}"', (2, spot.back, index))


def _is_phrase(text: str, spot: Spot, language: str) -> bool:
    """Whether what stands here is a phrase that the parser takes here: the fault is behind it."""
    phrases = (phrase for terminal in spot.takes for phrase in spellings(language).get(terminal, ()))
    return any(re.match(re.escape(phrase) + r"(?!\w)", text[spot.start :]) for phrase in phrases)


def comparisons(text: str, spot: Spot, language: str) -> Iterator[Edit]:
    """A sign of comparison where its words belong."""
    found = _COMPARISON.match(text, spot.start)
    if found and (terminal := COMPARED[found[0]]) in spot.takes:
        before = "" if text[: spot.start].endswith(" ") else " "
        behind = "" if text[found.end() : found.end() + 1] == " " else " "
        new = before + spellings(language)[terminal][0] + behind
        yield Edit("ZC122", spot.start, found.end(), new, (0, spot.back))


def key_of_list(text: str, spot: Spot, language: str) -> Iterator[Edit]:
    """`tariff fee per hour per kind`: a list is looked up `by` its keys; `hour` alone is a unit that lacks its `per`."""
    per, by = (spellings(language)[terminal][0] for terminal in ("_PER", "_BY"))
    if "_BY" not in spot.takes:
        return
    if text.startswith(f"{per} ", spot.start):
        yield Edit("ZC122", spot.start, spot.start + len(per), by, (1, spot.back), sure=False)
    elif word := _WORD.match(text, spot.start):
        unit = f"{per} {word[0]}"
        if any(unit in spellings(language).get(terminal, ()) for terminal in spot.takes):
            yield Edit("ZC125", spot.start, word.end(), unit, (4, spot.back), sure=False)


def each_or_together(text: str, spot: Spot, language: str) -> Iterator[Edit]:
    """`provider one per provider in care` without how they are settled: one of both must be said."""
    if "_COMMA" in spot.takes and spot.start >= len(text.rstrip()):
        for place, terminal in enumerate(("_SEPARATELY", "_TOGETHER")):
            answer = ", " + spellings(language)[terminal][0]
            yield Edit("ZC121", spot.start, spot.start, answer, (0, spot.back, place), sure=False)


def signs(text: str, spot: Spot, language: str) -> Iterator[Edit]:
    """An amount without €, a percentage without %."""
    number = _NUMBER.match(text, spot.start)
    if "MONEY" in spot.takes:
        yield from _changed(text, _EURO_WORD.sub("€ ", text), "ZC128", (0, spot.back))
        yield from _changed(text, _EURO_BEHIND.sub(r"€ \1", text), "ZC128", (0, spot.back))
        if number:
            figure = number[0].rstrip(".,")
            yield Edit("ZC128", spot.start, spot.start + len(figure), f"€ {figure}", (1, spot.back), sure=False)
    if "PERCENT" in spot.takes:
        yield from _changed(text, _PERCENT_WORD.sub(r"\1 %", text), "ZC128", (0, spot.back))
        if number:
            figure = number[0].rstrip(".,")
            yield Edit("ZC128", spot.start, spot.start + len(figure), f"{figure} %", (2, spot.back), sure=False)


def superfluous(text: str, spot: Spot, language: str) -> Iterator[Edit]:
    """A word too many: first of those that make a sentence of a clause."""
    word = _WORD.match(text, spot.start)
    if word is None or spot.back > 1:
        return
    end = word.end() + (1 if text[word.end() : word.end() + 1] == " " else 0)
    verb = word[0] in VERBS[language]
    code, rank = ("ZC131", 1) if verb else ("ZC126", 7)
    yield Edit(code, spot.start, end, "", (rank, spot.back), sure=verb)
    if not verb and text[word.end() :].strip():
        yield Edit("ZC126", spot.start, len(text), "", (8, spot.back), sure=False)


def missing(text: str, spot: Spot, language: str) -> Iterator[Edit]:
    """A word that was left out: before what stands here."""
    if spot.back > 1:
        return
    for terminal in spot.takes:
        for phrase in spellings(language).get(terminal, ())[:1]:
            word = _WORD.match(text, spot.start)
            end = word.end() if word else spot.start
            glue = phrase + " " + text[spot.start : end] if word else " " + phrase
            if phrase in "/=":
                glue = glue if word else " " + phrase
            yield Edit("ZC125", spot.start, end, glue, (6, spot.back, len(phrase)), sure=False)


def numbers(text: str, spot: Spot, language: str) -> Iterator[Edit]:
    """A figure in the notation of the other language."""
    other = LANGUAGES[1 - LANGUAGES.index(language)]
    found = _NUMBER.search(text, spot.start)
    if found is None:
        return
    figure = found[0].rstrip(".,")
    try:
        value: Fraction = read_number(figure, other)
    except NotANumber:
        return
    places = (
        len(figure) - 1 - figure.rfind("." if other == "en" else ",") if re.search(r"[.,]\d{1,2}$", figure) else None
    )
    new = write_number(value, language, places)
    if new != figure:
        yield Edit("ZC112", found.start(), found.start() + len(figure), new, (0, spot.back), sure=False)


def _changed(text: str, changed: str, code: str, rank: tuple[int, ...]) -> Iterator[Edit]:
    """The smallest stretch in which two texts differ, as whole words."""
    if changed == text:
        return
    start = 0
    while start < min(len(text), len(changed)) and text[start] == changed[start]:
        start += 1
    end = 0
    while end < min(len(text), len(changed)) - start and text[-1 - end] == changed[-1 - end]:
        end += 1
    while start and not text[start - 1].isspace():
        start -= 1
    while end and not text[len(text) - end].isspace():
        end -= 1
    yield Edit(code, start, len(text) - end, changed[start : len(changed) - end], rank)


PROPOSERS: tuple[Proposer, ...] = (
    dates, until, quotes, signs, numbers, comparisons, key_of_list, each_or_together, other_language, typos,
    superfluous, missing,
)  # fmt: skip
