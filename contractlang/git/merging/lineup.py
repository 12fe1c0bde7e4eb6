"""The parts of three versions laid beside each other: which is which, which stay, and which cannot both stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from contractlang.compare.align import aligned
from contractlang.compare.parts import COMMENT, Part
from contractlang.git.merging.sides import anchor

Id = tuple[str, int]


class Rivals(Struct, frozen=True):
    """New parts of the one and of the other side; `instead`: in the place of the same parts, which both removed."""

    one: tuple[Id, ...]
    other: tuple[Id, ...]
    instead: bool


class Sides:
    """The parts of three versions under one name each: its place in the base, or a number when it is new."""

    def __init__(self, base: Sequence[Part], one: Sequence[Part], other: Sequence[Part]) -> None:
        self.known: list[dict[Id, Part]] = [{("base", at): part for at, part in enumerate(base)}, {}, {}]
        for side, parts in ((1, one), (2, other)):
            for at, (part, place) in enumerate(zip(parts, aligned(base, parts), strict=True)):
                name = ("base", place) if place is not None else self._new(side, at, part)
                self.known[side][name] = part
        self.ids = tuple(list(known) for known in self.known)

    def _new(self, side: int, at: int, part: Part) -> Id:
        """A new part of the other side that the one side added too has the same name."""
        for name, there in self.known[1].items() if side == 2 else ():
            same = (part.key, "" if part.key else part.said) == (there.key, "" if there.key else there.said)
            if name[0] == "new1" and name not in self.known[2] and same:
                return name
        return f"new{side}", at

    def at(self, name: Id) -> tuple[Part | None, Part | None, Part | None]:
        """The part of that name in the three versions."""
        base, one, other = (known.get(name) for known in self.known)
        return base, one, other

    def kept(self) -> set[Id]:
        """The names that stay: on both sides, new on one, or removed by one and changed by the other."""
        found = set()
        for name in (*self.known[1], *self.known[2]):
            base, one, other = self.at(name)
            left = one or other
            if base is None or (one and other) or (left and meaning(left) != meaning(base)):
                found.add(name)
        return found

    def rivals(self) -> dict[Id, Rivals]:
        """New parts of both sides that cannot both stand as they are, by the name of each of them."""
        found: dict[Id, Rivals] = {}
        new = [
            [name for name in self.ids[side] if name not in self.known[3 - side] and name[0] != "base"]
            for side in (1, 2)
        ]
        for made in (*self._instead(new), *self._at_one_place(new)):
            if not {*made.one, *made.other} & found.keys():
                found.update(dict.fromkeys((*made.one, *made.other), made))
        return found

    def _instead(self, new: Sequence[Sequence[Id]]) -> Iterator[Rivals]:
        """Both sides have something else in the place of what both removed."""
        gone = {
            part.rule for name, part in self.known[0].items() if name not in self.known[1] and name not in self.known[2]
        }
        for rule in sorted(gone):
            one, other = ([name for name in new[at] if self.known[1 + at][name].rule == rule] for at in (0, 1))
            if one and other:
                yield Rivals(tuple(one), tuple(other), True)

    def _at_one_place(self, new: Sequence[Sequence[Id]]) -> Iterator[Rivals]:
        """Sentences whose order matters, of both sides at one place: which comes first was not agreed."""
        places: list[dict[Id | None, list[Id]]] = [{}, {}]
        for at in (0, 1):
            for name in new[at]:
                if _orderly(self.known[1 + at][name]):
                    places[at].setdefault(anchor(self.ids[1 + at], name, self.known[0]), []).append(name)
        for place in places[0].keys() & places[1].keys():
            yield Rivals(tuple(places[0][place]), tuple(places[1][place]), False)


def _orderly(part: Part) -> bool:
    """Whether the order among its neighbours is meaning: steps, heads, reasons for rejection, lines of prose."""
    return (part.key is None and part.rule != COMMENT) or part.rule == "reject_rule"


def meaning(part: Part) -> tuple[object, ...]:
    """Everything that a part says, comments too, whatever its layout."""
    rows = tuple((row.cells, row.comment, comments(row.lead)) for row in part.rows)
    return part.said, part.comment, comments(part.lead), rows, tuple(meaning(inner) for inner in part.parts)


def comments(lead: Sequence[str]) -> tuple[str, ...]:
    """The comments among the lines above a part, whatever their layout."""
    return tuple(line.strip() for line in lead if line.strip())
