"""What both sides of a merge come to: lines that agree, lines that do not, and in words where they do not."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import TypeVar

from msgspec import Struct, field

Name = TypeVar("Name", bound=Hashable)


class Clash(Struct, frozen=True):
    """The same thing changed differently: where it stands, and what each side says. Empty texts: neither says anything."""

    where: tuple[str, ...]
    one: str
    other: str


class Pair(Struct):
    """The merged lines as the one side and as the other side would have them; the same where nothing clashes."""

    ours: list[str] = field(default_factory=list)
    theirs: list[str] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)

    def both(self, lines: Iterable[str]) -> Pair:
        """Add lines on which the sides agree."""
        lines = list(lines)
        self.ours += lines
        self.theirs += lines
        return self

    def add(self, other: Pair) -> Pair:
        """Add what another stretch came to."""
        self.ours += other.ours
        self.theirs += other.theirs
        self.clashes += other.clashes
        return self


def chosen(base: object, one: object, other: object) -> int | None:
    """Which side holds: 0 the one, 1 the other; None when both changed it, differently."""
    if one == other or other == base:
        return 0
    return 1 if one == base else None


def in_one_order(
    base: Sequence[Name], one: Sequence[Name], other: Sequence[Name], kept: Collection[Name]
) -> list[Name] | None:
    """The kept names in the order of the side that moved them, new ones behind what they stand behind.

    None when both sides moved what there was, differently.
    """
    moved = [_moved(base, side) for side in (one, other)]
    if all(moved) and [x for x in one if x in other] != [x for x in other if x in one]:
        return None
    first, second = (other, one) if moved[1] and not moved[0] else (one, other)
    made = [name for name in first if name in kept]
    for at, name in enumerate(second):
        if name in kept and name not in made:
            before = next((earlier for earlier in reversed(second[:at]) if earlier in made), None)
            place = 0 if before is None else made.index(before) + 1
            while place < len(made) and made[place] not in second and made[place] not in base:
                place += 1  # behind what the first side added there
            made.insert(place, name)
    return made


def anchor(side: Sequence[Name], name: Name, base: Collection[Name]) -> Name | None:
    """What was there already right before a new name; None at the start."""
    return next((earlier for earlier in reversed(side[: side.index(name)]) if earlier in base), None)


def _moved(base: Sequence[Name], side: Sequence[Name]) -> bool:
    return [name for name in side if name in base] != [name for name in base if name in side]
