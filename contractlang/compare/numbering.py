"""Articles that carry another number in the new version: one is inserted, and all below it move up.

They are the same articles. One version is read with the numbers of the other, so that what is told, and what is
attributed in euros, is what changed besides.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from contractlang.compare.blocks import Block
from contractlang.compare.changes import LIKE, Change

KIND = "numbering"
NUMBERED = {"en": "numbers of articles", "nl": "nummers van artikelen"}
WORD = {"en": "article", "nl": "artikel"}
Numbers = Mapping[str, str]
"""Old number to new number, for articles that moved."""


def numbered_anew(old: Sequence[Block], new: Sequence[Block]) -> Numbers:
    """The articles whose number differs: those with the same title, else those that are alike."""
    left = {one.name: one for one in old if one.kind == "article"}
    right = {one.name: one for one in new if one.kind == "article"}
    for number in left.keys() & right.keys():
        if _same(left[number], right[number]):
            del left[number], right[number]
    found = _by_title(left, right)
    gone = [one for number, one in left.items() if number not in found]
    came = [one for number, one in right.items() if number not in found.values()]
    likeness = {(one.name, other.name): _likeness(one, other) for one in gone for other in came}
    for (number, other), alike in sorted(likeness.items(), key=lambda pair: (-pair[1], pair[0])):
        if alike >= LIKE and number not in found and other not in found.values():
            found[number] = other
    return {number: other for number, other in found.items() if number != other}


def numbered(blocks: Sequence[Block], numbers: Numbers, language: str) -> tuple[Block, ...] | None:
    """The blocks with other numbers for articles; None when two articles would have the same number."""
    names = Counter(numbers.get(one.name, one.name) for one in blocks if one.kind == "article")
    if any(times > 1 for times in names.values()):
        return None
    said = re.compile(rf'("[^"]*"|`[^`]*`)|\b({WORD[language]}) ([^\s,]+)')

    def written(line: str) -> str:
        if line.lstrip().startswith((">", "#", "|")):
            return line
        return said.sub(lambda at: at[0] if at[1] else f"{at[2]} {numbers.get(at[3], at[3])}", line)

    return tuple(
        replace(
            one,
            name=numbers.get(one.name, one.name) if one.kind == "article" else one.name,
            text="".join(map(written, one.text.splitlines(keepends=True))),
            sentences=tuple(map(written, one.sentences)),
        )
        for one in blocks
    )


def numbering(numbers: Numbers, language: str) -> Change:
    """What there is to tell of it: which article carries which number now."""
    word = WORD[language]
    old, new = ((NUMBERED[language], *(f"{word} {one}" for one in side)) for side in (numbers, numbers.values()))
    before, after = (Block(KIND, "", "", "\n".join(side) + "\n", side) for side in (old, new))
    return Change(KIND, "", "", before, after)


def _same(one: Block, other: Block) -> bool:
    return one.title == other.title or _likeness(one, other) >= LIKE


def _likeness(one: Block, other: Block) -> float:
    return difflib.SequenceMatcher(None, one.sentences[1:], other.sentences[1:]).ratio()


def _by_title(left: Mapping[str, Block], right: Mapping[str, Block]) -> dict[str, str]:
    """Articles with one title that no other article on either side has."""
    once = Counter(one.title for one in left.values()), Counter(one.title for one in right.values())
    there = {one.title: number for number, one in right.items()}
    return {
        number: there[one.title]
        for number, one in left.items()
        if one.title and once[0][one.title] == once[1][one.title] == 1
    }
