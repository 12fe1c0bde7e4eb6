"""Single changes of a contract text, made where the parser says what stands there and what else could stand there.

Every sentence outside the worked examples is changed in every way below. What cannot be read is not made; what the check
refuses is for the caller to drop.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random

from msgspec import Struct

from contractlang.format.tokens import Said
from contractlang.syntax.words import cell_words, wording
from tests.compare.script import Script, Spot, is_word, joined

FIGURES = {"NUMBER", "MONEY", "PERCENT"}
MOST_NAMES = 5  # other names that are tried where a name stands
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
DIGIT = re.compile(r"\d")
NOTHING_PAID = {"report", "show", "as_of", "as_of_statement"}


class Mutant(Struct, frozen=True):
    """What was done, at which line, what stood and stands there, and the whole text."""

    kind: str
    line: int
    old: str
    new: str
    text: str


def mutants(text: str) -> Iterator[Mutant]:
    """Every mutant of a contract text that can be read sentence by sentence, no text twice."""
    script, seen = Script(text), {text}
    for make in MAKERS:
        for mutant in make(script):
            if mutant.text not in seen:
                seen.add(mutant.text)
                yield mutant


def sampled(text: str, number: int, seed: int) -> list[Mutant]:
    """Some of the mutants: every kind in turn, so that the rare ones are there too."""
    kinds: dict[str, list[Mutant]] = {}
    for mutant in mutants(text):
        kinds.setdefault(mutant.kind, []).append(mutant)
    chance = Random(seed)
    for found in kinds.values():
        chance.shuffle(found)
    taken: list[Mutant] = []
    while len(taken) < number and any(kinds.values()):
        taken += [found.pop() for found in kinds.values() if found]
    return taken[:number]


# ---------------------------------------------------------------- within a sentence


def _replaced(kind: str, script: Script, one: Said, at: int, spots: tuple[Spot, ...], new: str) -> Iterator[Mutant]:
    words = [spot.text for spot in spots]
    text = joined([*words[:at], new, *words[at + 1 :]])
    if script.reads(text, one.start):
        yield Mutant(kind, one.line, one.item.sentence.text, text, script.with_sentence(one, text))


def figures(script: Script) -> Iterator[Mutant]:
    """Every number, amount and percentage, in its last and in its first digit."""
    for one, spots in _sentences(script):
        for at, spot in enumerate(spots):
            if spot.terminal in FIGURES and not _numbers_an_article(spots, at):
                for new in _other_figures(spot.text):
                    yield from _replaced("figure", script, one, at, spots, new)


def days(script: Script) -> Iterator[Mutant]:
    """Every date a day, a month and a year later, and a day earlier."""
    for one, spots in _sentences(script):
        for at, spot in enumerate(spots):
            if spot.terminal == "DATE":
                for new in _other_days(spot.text):
                    yield from _replaced("date", script, one, at, spots, new)


def words(script: Script) -> Iterator[Mutant]:
    """Every phrase replaced by each other one that the grammar takes there: answers, comparisons, verbs, units, periods."""
    for one, spots in _sentences(script):
        for at, spot in enumerate(spots):
            if is_word(spot) and not (one.depth == 0 and at == 0):
                for terminal in sorted(spot.takes - {spot.terminal, "_SLASH"}):
                    if terminal.startswith("_"):
                        new = wording(terminal, script.language)
                        yield from _replaced("word", script, one, at, spots, new)


def names(script: Script) -> Iterator[Mutant]:
    """Names replaced by other names of the contract, articles by other articles."""
    every = sorted({spot.text for _, spots in _sentences(script) for spot in spots if spot.terminal == "NAME"})
    articles = [spots[1].text for one, spots in _sentences(script) if one.rule == "article"]
    for one, spots in _sentences(script):
        for at, spot in enumerate(spots):
            if spot.terminal == "NAME":
                chosen = Random(f"{one.line}.{at}").sample(every, min(MOST_NAMES, len(every)))
                for new in chosen:
                    yield from _replaced("name", script, one, at, spots, new)
            elif spot.terminal == "NUMBER" and _numbers_an_article(spots, at):
                for new in articles:
                    yield from _replaced("article", script, one, at, spots, new)


def texts(script: Script) -> Iterator[Mutant]:
    """Texts between quotes: reasons, codes, targets, titles; another letter, and one space more."""
    for one, spots in _sentences(script):
        for at, spot in enumerate(spots):
            if spot.terminal == "STRING" and len(spot.text) > 2:
                yield from _replaced("text", script, one, at, spots, f'{spot.text[:-1]}Z"')
                if " " in spot.text:
                    yield from _replaced("text", script, one, at, spots, spot.text.replace(" ", "  ", 1))


def holes(script: Script) -> Iterator[Mutant]:
    """What can be left open is left open."""
    for one, spots in _sentences(script):
        for at, spot in enumerate(spots):
            if "HOLE" in spot.takes and spot.terminal != "HOLE":
                yield from _replaced("hole", script, one, at, spots, "...")


def left_out(script: Script) -> Iterator[Mutant]:
    """One to three tokens left out anywhere, and all from a token on: members of lists, guards, units, attributes."""
    for one, spots in _sentences(script):
        said = [spot.text for spot in spots]
        for start in range(1, len(said)):
            for end in {start + 1, start + 2, start + 3, len(said)}:
                text = joined(said[:start] + said[end:])
                if end <= len(said) and script.reads(text, one.start):
                    yield Mutant("left out", one.line, joined(said), text, script.with_sentence(one, text))


def turned(script: Script) -> Iterator[Mutant]:
    """What stands on both sides of a comma, of `and`, of a sign, in the other order."""
    for one, spots in _sentences(script):
        said = [spot.text for spot in spots]
        for at in range(1, len(said) - 1):
            if is_word(spots[at]) and spots[at - 1].terminal == spots[at + 1].terminal:
                made = [*said[: at - 1], said[at + 1], said[at], said[at - 1], *said[at + 2 :]]
                if script.reads(joined(made), one.start):
                    yield Mutant(
                        "turned", one.line, joined(said), joined(made), script.with_sentence(one, joined(made))
                    )


def inserted(script: Script) -> Iterator[Mutant]:
    """A phrase more, wherever the grammar takes one; and the conditions of the contract behind sentences without one."""
    conditions = _conditions(script)
    for one, spots in _sentences(script):
        said = [spot.text for spot in spots]
        for at in range(1, len(said)):
            for terminal in sorted(spots[at].takes):
                if terminal.startswith("_"):
                    text = joined([*said[:at], wording(terminal, script.language), *said[at:]])
                    if script.reads(text, one.start):
                        yield Mutant("inserted", one.line, joined(said), text, script.with_sentence(one, text))
        for condition in conditions:
            for opener in ("_WHEN", "_UNLESS", "_WHERE"):
                text = joined([*said, wording(opener, script.language), condition])
                if script.reads(text, one.start):
                    yield Mutant("condition", one.line, joined(said), text, script.with_sentence(one, text))


# ---------------------------------------------------------------- sentences and blocks


def removed(script: Script) -> Iterator[Mutant]:
    """A sentence or a block less."""
    for one in script.agreed:
        if one.rule != "contract":
            kind = "block removed" if one.depth == 0 else "sentence removed"
            yield Mutant(kind, one.line, one.item.sentence.text, "", script.without(one))


def swapped(script: Script) -> Iterator[Mutant]:
    """Two sentences, or two blocks, that stand beside each other in the other order."""
    for one, other in script.siblings():
        if one.rule != "contract":
            kind = "blocks swapped" if one.depth == 0 else "sentences swapped"
            both = f"{one.item.sentence.text} / {other.item.sentence.text}"
            yield Mutant(kind, one.line, both, both, script.swapped(one, other))


def added(script: Script) -> Iterator[Mutant]:
    """A step more behind every step, a sentence of another block more, an article twice."""
    for one in script.agreed:
        if one.start in ("in_define", "in_head", "in_lookup"):
            for step in _steps(script.language):
                if script.reads(step, one.start):
                    lines = (" " * one.item.indent + step,)
                    yield Mutant("step added", one.line, "", step, script.with_behind(one, lines))
        for other in _others_like(script, one):
            shift = one.item.indent - other.item.indent
            lines = tuple(" " * max(0, shift) + line for line in script.own_lines(other)) if shift >= 0 else ()
            if lines:
                text = other.item.sentence.text
                yield Mutant("sentence added", one.line, "", text, script.with_behind(one, lines))
        if one.rule == "article":
            head, *rest = script.own_lines(one)
            lines = ("", DIGIT.sub("9", head, count=1).replace("9", "97", 1), *rest)
            yield Mutant("article added", one.line, "", lines[1], script.with_behind(one, lines))


# ---------------------------------------------------------------- tables


def cells(script: Script) -> Iterator[Mutant]:
    """Every cell: its figures and days, its words, and the cell below it in its place."""
    for one in script.agreed:
        rows = script.cells(one.item.rows)
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                below = rows[i + 1][j] if i and i + 1 < len(rows) and j < len(rows[i + 1]) else None
                for new in _other_cells(cell, script.language, below):
                    made = [list(other) for other in rows]
                    made[i][j] = new
                    yield Mutant("cell", one.item.rows[i].place.line, cell, new, script.with_rows(one, made))


def rows(script: Script) -> Iterator[Mutant]:
    """Rows removed, twice, and in another order; columns removed and in another order."""
    for one in script.agreed:
        table = script.cells(one.item.rows)
        line = one.item.rows[0].place.line if table else 0
        for i in range(1, len(table)):
            said = " | ".join(table[i])
            less, more = [*table[:i], *table[i + 1 :]], [*table[:i], table[i], *table[i:]]
            yield Mutant("row removed", line, said, "", script.with_rows(one, less))
            yield Mutant("row twice", line, "", said, script.with_rows(one, more))
            if i + 1 < len(table):
                other = [*table[:i], table[i + 1], table[i], *table[i + 2 :]]
                yield Mutant("rows swapped", line, said, said, script.with_rows(one, other))
        for j in range(len(table[0]) if table else 0):
            if all(len(row) > j for row in table) and len(table[0]) > 1:
                less = [[*row[:j], *row[j + 1 :]] for row in table]
                yield Mutant("column removed", line, table[0][j], "", script.with_rows(one, less))
                moved = [[*row[:j], *row[j + 1 :], row[j]] for row in table]
                yield Mutant("column moved", line, table[0][j], "", script.with_rows(one, moved))


# ---------------------------------------------------------------- what else could stand there


def _sentences(script: Script) -> Iterator[tuple[Said, tuple[Spot, ...]]]:
    for one in script.agreed:
        yield one, script.spots(one)


def _numbers_an_article(spots: tuple[Spot, ...], at: int) -> bool:
    return at > 0 and spots[at - 1].terminal == "_ARTICLE"


def _other_figures(text: str) -> Iterator[str]:
    places = [found.start() for found in DIGIT.finditer(text)]
    for place in dict.fromkeys((places[-1], places[0])):
        digit = int(text[place])
        yield text[:place] + str(digit + 1 if digit < 9 else 8) + text[place + 1 :]


def _other_days(text: str) -> Iterator[str]:
    day = date.fromisoformat(text)
    for shifted in (timedelta(1), timedelta(-1), timedelta(31), timedelta(366)):
        yield (day + shifted).isoformat()


def _other_cells(cell: str, language: str, below: str | None) -> Iterator[str]:
    bare = DATE.sub("", cell)
    if found := DATE.search(cell):
        for new in _other_days(found[0]):
            yield cell.replace(found[0], new)
    elif DIGIT.search(bare):
        yield from _other_figures(cell)
    if cell and bare.strip() and not DIGIT.search(cell):
        yield f"{cell}Z"
    for name, known in cell_words(language).items():
        for other, others in cell_words(language).items():
            if name != other and known[0] in cell:
                yield cell.replace(known[0], others[0])
    if below is not None and below != cell:
        yield below


def _conditions(script: Script) -> list[str]:
    """Conditions that stand in the contract, and one without a value."""
    found: dict[str, None] = {}
    for _, spots in _sentences(script):
        for at, spot in enumerate(spots[:-1]):
            if spot.terminal in ("_WHEN", "_UNLESS", "_WHERE"):
                found[joined([one.text for one in spots[at + 1 :]])] = None
    return list(found)[:MOST_NAMES]


def _steps(language: str) -> Iterator[str]:
    half, euro = ("50,0 %", "€ 1,00") if language == "nl" else ("50.0 %", "€ 1.00")
    for terminal in ("_TIMES", "_PLUS", "_MINUS", "_DIVIDED_BY", "_AT_MOST", "_AT_LEAST"):
        for operand in (half, euro, "2"):
            yield f"{wording(terminal, language)} {operand}"
    for terminal in ("_DOWN", "_UP"):
        yield joined([wording("_ROUNDED", language), wording(terminal, language), wording("_TO_UNIT", language), euro])


def _others_like(script: Script, one: Said) -> list[Said]:
    """Sentences of other heads that can stand here too."""
    if one.depth == 0:
        return []
    like = [other for other in script.agreed if other.start == one.start and other.parent != one.parent]
    return Random(one.line).sample(like, min(2, len(like)))


MAKERS: tuple[Callable[[Script], Iterator[Mutant]], ...] = (
    figures, days, words, names, texts, holes, left_out, turned, inserted, removed, swapped, added, cells, rows,
)  # fmt: skip
