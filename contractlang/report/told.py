"""Changes in the words of the contract as lines of text, for reviews: a cell or label a line, from what to what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from contractlang.report.words import Words

if TYPE_CHECKING:
    from contractlang.compare.differences import Difference, Told

ARROW = " → "
_WORD = re.compile(r'€ \S+|"[^"]*"\S*|`[^`]*`\S*|\S+')  # an amount is one word, and so is what stands between quotes


def told_lines(changes: Iterable[Told], words: Words, indent: str = "  ") -> Iterator[str]:
    """Every block that differs, with its differences below it."""
    for one in changes:
        said = [] if one.what == "changed" else [words(f"change.{one.what}")]
        of = f" ({', '.join(one.standing_of)})" if one.standing_of else ""
        said += [words(f"standing.{one.standing}") + of] if one.standing else []
        kind = f": {', '.join(said)}" if said else ""
        yield f"{indent}{name_of(one, words)}{kind}"
        for found in one.differences:
            yield f"{indent}{indent}{difference(found)}"


def name_of(one: Told, words: Words) -> str:
    """A block as people call it: `tariff hourly`, `article 2 "Ceiling"`, `file prices.csv`."""
    return f"{words('block.file').lower()} {one.name.removeprefix('file ')}" if one.kind == "file" else one.name


def difference(found: Difference) -> str:
    """One difference: `row mbo, from 2026-07-01: € 51.20 → € 52.45`; `+` and `-` for what came and went.

    Words with which both begin are said once: `limit article 1 to at most € 400.00 → € 500.00`.
    """
    where = f"{', '.join(found.where)}: " if found.where else ""
    if found.old and found.new:
        return f"{where}{found.old}{ARROW}{_rest(found.old, found.new)}"
    return f"+ {where}{found.new}" if found.new else f"- {where}{found.old}"


def _rest(old: str, new: str) -> str:
    """What is new, without the words with which both begin."""
    before, after = (_WORD.findall(text) for text in (old, new))
    same = next((i for i, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), 0)
    return " ".join(after[same:])


def as_json(one: Told) -> list[dict[str, Any]]:
    """The differences of a block for programs."""
    return [{"where": list(found.where), "old": found.old, "new": found.new} for found in one.differences]
