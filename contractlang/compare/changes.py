"""What differs between two versions of a contract, block by block, in the words of the contract."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from contractlang.compare.blocks import Block

LIKE = 0.8  # articles that are this much alike are the same article under another number
MOST_ROWS = 2000  # beyond that two files are compared as sets of lines


class Change(Struct, frozen=True):
    """One block that differs. `before` and `after` are None when it was added or removed."""

    kind: str
    name: str
    title: str
    before: Block | None
    after: Block | None
    standing: str = ""  # replaces: now in place of the framework; restored: no longer
    standing_of: tuple[str, ...] = ()  # the lines of the head of the contract of which this holds

    @property
    def what(self) -> str:
        """added, removed, renamed (only its name or number) or changed."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        called = self.kind == "contract" or (self.before.key, self.before.title) != (self.after.key, self.after.title)
        if self.kind != "file" and called and self.before.sentences[1:] == self.after.sentences[1:]:
            return "renamed"
        return "changed"

    def lines(self) -> tuple[str, ...]:
        """The sentences that went (`- `) and came (`+ `)."""
        old = () if self.before is None else self.before.sentences
        new = () if self.after is None else self.after.sentences
        if len(old) + len(new) > MOST_ROWS:
            went, came = Counter(old) - Counter(new), Counter(new) - Counter(old)
            return (*(f"- {line}" for line in went.elements()), *(f"+ {line}" for line in came.elements()))
        told = difflib.ndiff(old, new)
        return tuple(line for line in told if line.startswith(("- ", "+ ")))


def changes(old: Sequence[Block], new: Sequence[Block]) -> tuple[Change, ...]:
    """The blocks that differ, in the order of the new version, those that went after what stood before them."""
    before, after = {one.key: one for one in old}, {one.key: one for one in new}
    renamed = _renamed([one for one in old if one.key not in after], [one for one in new if one.key not in before])
    found: list[Change] = []
    for block in new:
        earlier = before.get(block.key) or renamed.get(block.key)
        if earlier is None or earlier.sentences != block.sentences:
            found.append(Change(block.kind, block.name, block.title, earlier, block))
    gone = {one.key for one in renamed.values()}
    for block in old:
        if block.key not in after and block.key not in gone:
            found.append(Change(block.kind, block.name, block.title, block, None))
    return tuple(found)


def _renamed(gone: Sequence[Block], came: Sequence[Block]) -> dict[tuple[str, str], Block]:
    """New blocks that are an old one under another name or number, the most alike first."""
    pairs = [
        (difflib.SequenceMatcher(None, one.sentences[1:], other.sentences[1:]).ratio(), one, other)
        for one in came
        for other in gone
        if one.kind == other.kind
    ]
    found: dict[tuple[str, str], Block] = {}
    used: set[tuple[str, str]] = set()
    for likeness, one, other in sorted(pairs, key=lambda pair: -pair[0]):
        if likeness >= LIKE and one.key not in found and other.key not in used:
            found[one.key] = other
            used.add(other.key)
    return found
