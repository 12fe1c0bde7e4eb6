"""Changes in the words of the contract as lines of text, for reviews: a cell or label a line, from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from contractlang.report.words import Words

if TYPE_CHECKING:
    from contractlang.compare.differences import Difference, Told

ARROW = " → "


def told_lines(changes: Iterable[Told], words: Words, indent: str = "  ") -> Iterator[str]:
    """Every block that differs, with its differences below it."""
    for one in changes:
        said = [] if one.what == "changed" else [words(f"change.{one.what}")]
        said += [words(f"standing.{one.standing}")] if one.standing else []
        kind = f": {', '.join(said)}" if said else ""
        name = f"{words('block.file').lower()} {one.name.removeprefix('file ')}" if one.kind == "file" else one.name
        yield f"{indent}{name}{kind}"
        for found in one.differences:
            yield f"{indent}{indent}{difference(found)}"


def difference(found: Difference) -> str:
    """One difference: `row mbo, from 2026-07-01: € 51.20 → € 52.45`; `+` and `-` for what came and went."""
    where = f"{', '.join(found.where)}: " if found.where else ""
    if found.old and found.new:
        return f"{where}{found.old}{ARROW}{found.new}"
    return f"+ {where}{found.new}" if found.new else f"- {where}{found.old}"
