"""A text between two versions: the old one with some of the changes made."""

from __future__ import annotations

from collections.abc import Sequence

from contractlang.compare.blocks import Block
from contractlang.compare.changes import Change
from contractlang.compare.numbering import KIND as NUMBERING

RESTING = ("define", "lookup", "scale", "data")  # kinds of blocks that do nothing unless another block rests on them
REPORT = "report"  # pays nothing; yet a cell that only a report reads may not be empty
UNPAID = ("example", NUMBERING)


def mixed(
    old: Sequence[Block], new: Sequence[Block], made: Sequence[Change], resting: bool = True, reports: bool = True
) -> str:
    """The text of the old version with these changes made, without examples, and without reports unless they may stand.

    With `resting`, definitions, lists, scales and data that only one version has stand in it whether or not their change
    is made, so that a change that rests on them can be made without them.
    """
    by_old = {change.before.key: change for change in made if change.before is not None}
    taken = {change.after.key for change in made if change.after is not None}
    after = {block.key for block in new}
    blocks = []
    for block in old:
        change = by_old.get(block.key)
        if change is None:
            blocks.append(block)
        elif change.after is not None:
            blocks.append(change.after)
        if change is not None and resting and block.kind in RESTING and block.key not in after:
            blocks.append(block)
    there = {block.key for block in (*old, *blocks)}
    for block in new:
        if block.key not in there and (block.key in taken or (resting and block.kind in RESTING)):
            blocks.append(block)
    return whole(blocks if reports else [block for block in blocks if block.kind != REPORT])


def whole(blocks: Sequence[Block]) -> str:
    """The text of blocks, without examples and prose."""
    return "\n".join(_without_prose(block.text) for block in blocks if block.kind not in UNPAID)


def _without_prose(text: str) -> str:
    """Prose repeats figures of one version; a mixture has figures of both."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.lstrip().startswith((">", "#")))
