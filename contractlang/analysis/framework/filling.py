"""Filling what a framework leaves open: the contract says the same sentence again, with something where `...` stands.

Every sentence and row of the contract's block must be one of the framework's, word for word where that is not open. What
the contract does not repeat stays as the framework says it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from contractlang.base.source import NOWHERE, Place
from contractlang.syntax.tree import Cell, Line, Node, Row, Word

SAME = {
    "provider_each": "provider",
    "provider_as": "provider",
    "reopens_through": "reopens",
}  # sentences that answer one question


class Fault(Struct, frozen=True):
    """What does not fit: its code, where the contract says it, and what the framework says there (None: nothing)."""

    code: str
    ours: Place
    theirs: Place | None
    block: Place = NOWHERE  # of the framework
    other: Place = NOWHERE  # a second one in the framework that may be meant


class Filling(Struct):
    """What came of a block: its faults, and whether anything open was filled. `keys`: how many columns of its table are keys."""

    keys: int = 1
    faults: list[Fault] = field(default_factory=list)
    filled: bool = False

    def block(self, theirs: Line, ours: Line) -> Line:
        """A block, whose head must be that of the framework; with faults the block of the framework."""
        if not fits(theirs, ours):
            self.faults.append(Fault("ZC160", ours.place, theirs.place))
        made = self.line(theirs, ours)
        self.faults = [replace(fault, block=theirs.place) for fault in self.faults]
        return made

    def line(self, theirs: Line, ours: Line) -> Line:
        """The sentence of the framework with what the contract fills, in it and below it."""
        node, place = theirs.node, theirs.place
        if theirs.node is not None and ours.node is not None and has_hole(theirs.node) and fits(theirs, ours):
            node, place = replace(ours.node, standing=theirs.node.standing), ours.place
            self.filled |= not has_hole(ours.node)
        lines = self._lines(theirs.lines, ours.lines)
        prose = (*theirs.prose, *(text for text in ours.prose if text not in theirs.prose))
        return Line(node, place, lines, self._rows(theirs.rows, ours.rows), prose)

    def _lines(self, theirs: tuple[Line, ...], ours: tuple[Line, ...]) -> tuple[Line, ...]:
        found = list(theirs)
        left = [at for at, line in enumerate(theirs) if line.node is not None]
        for line in ours:
            if line.node is None:
                continue  # it could not be read, which is said
            at = self._meant(theirs, left, line)
            if at is None:
                same = next((i for i in left if label(theirs[i]) == label(line)), None)
                self.faults.append(
                    Fault("ZC161", line.place, None) if same is None else Fault("ZC160", line.place, theirs[same].place)
                )
            else:
                found[at] = self.line(theirs[at], line)
            left = [i for i in left if i != at]
        return tuple(found)

    def _meant(self, theirs: Sequence[Line], left: Sequence[int], line: Line) -> int | None:
        """Which sentence of the framework is filled; sentences that say the same below them are filled in their order."""
        fitting = [at for at in left if fits(theirs[at], line)]
        if len(fitting) < 2:
            return fitting[0] if fitting else None
        closed = [at for at in fitting if (node := theirs[at].node) and not has_hole(node)]  # said again
        whole = [at for at in closed or fitting if self._fits_below(theirs[at], line)] or fitting
        if any(not alike(theirs[at], theirs[whole[0]]) for at in whole):
            self.faults.append(Fault("ZC162", line.place, theirs[whole[0]].place, other=theirs[whole[1]].place))
        return whole[0]

    def _fits_below(self, theirs: Line, ours: Line) -> bool:
        tried = Filling(self.keys)
        tried.line(theirs, ours)
        return not tried.faults

    def _rows(self, theirs: tuple[Row, ...], ours: tuple[Row, ...]) -> tuple[Row, ...]:
        if not ours:
            return theirs
        if not theirs or _texts(theirs[0]) != _texts(ours[0]):  # the headings
            heading = theirs[0].place if theirs else None
            self.faults.append(Fault("ZC160" if theirs else "ZC161", ours[0].place, heading))
            return theirs
        table = _Table(theirs[1:], self.keys)
        for row in ours[1:]:
            at, code = table.take(row)
            if code:
                self.faults.append(Fault(code, row.place, None if at is None else theirs[1 + at].place))
        self.filled |= table.filled
        return (theirs[0], *table.rows())


class _Table:
    """The rows of a framework while those of the contract are laid on them. `keys`: how many columns are keys."""

    def __init__(self, theirs: Sequence[Row], keys: int) -> None:
        self.theirs = theirs
        self.keys = keys
        self.made: dict[int, list[Row]] = {}
        self.filled = False
        self.by_key: dict[tuple[str, ...], list[int]] = {}
        for at, row in enumerate(theirs):
            self.by_key.setdefault(self._key(row), []).append(at)
        self.open = [at for at, row in enumerate(theirs) if keys and all(cell.open for cell in row.cells[:keys])]

    def _key(self, row: Row) -> tuple[str, ...]:
        return tuple(_text(cell) for cell in row.cells[: self.keys])

    def take(self, row: Row) -> tuple[int | None, str]:
        """Lay a row on the one that it fills or repeats; where it does not fit, the row that it contradicts, and a code."""
        named = self.by_key.get(self._key(row), [])
        for at in named:
            if at not in self.made and _row_fits(self.theirs[at], row):
                return self._lay(at, row), ""
        if named:
            return named[0], "ZC160"
        for at in self.open:
            if _row_fits(self.theirs[at], row):
                return self._lay(at, row), ""
        return None, "ZC161"

    def _lay(self, at: int, row: Row) -> int:
        theirs = self.theirs[at]
        pairs = list(zip(theirs.cells, row.cells, strict=True))
        self.filled |= any(one.open and not two.open for one, two in pairs)
        cells = tuple(two if one.open else one for one, two in pairs)
        moved = any(one.open for one, _ in pairs)
        self.made.setdefault(at, []).append(Row(cells, row.place if moved else theirs.place))
        return at

    def rows(self) -> Iterator[Row]:
        """The rows that came of it, in the order of the framework."""
        for at, row in enumerate(self.theirs):
            yield from self.made.get(at, [row])


def label(line: Line) -> str:
    """The question that a sentence answers."""
    return SAME.get(line.rule, line.rule)


def fits(theirs: Line, ours: Line) -> bool:
    """Whether a sentence is one of the framework's, word for word where that is not open."""
    one, two = theirs.node, ours.node
    if one is None or two is None or label(theirs) != label(ours):
        return False
    if one.rule != two.rule:
        return _only_hole(one)
    return len(one.parts) == len(two.parts) and all(map(_fits, one.parts, two.parts))


def alike(one: Line, other: Line) -> bool:
    """Whether two sentences and what stands below them say the same."""
    below = len(one.lines) == len(other.lines) and all(map(alike, one.lines, other.lines))
    rows = [_texts(row) for row in one.rows] == [_texts(row) for row in other.rows]
    return below and rows and one.rule == other.rule and _bare(one.node) == _bare(other.node)


def _bare(part: Node | Word | None) -> object:
    if isinstance(part, Word):
        return part.terminal, part.value
    return part and (part.rule, [_bare(inner) for inner in part.parts])


def _fits(theirs: Node | Word | None, ours: Node | Word | None) -> bool:
    if _only_hole(theirs):
        return ours is not None
    if isinstance(theirs, Node) and isinstance(ours, Node):
        if (
            theirs.rule == ours.rule == "alias" and ours.parts[1] is None
        ):  # its name in the other language need not be said
            return _fits(theirs.parts[0], ours.parts[0])
        same = theirs.rule == ours.rule and len(theirs.parts) == len(ours.parts)
        return same and all(map(_fits, theirs.parts, ours.parts))
    if isinstance(theirs, Word) and isinstance(ours, Word):
        return (theirs.terminal, theirs.value) == (ours.terminal, ours.value)
    return theirs is None and ours is None


def _only_hole(part: Node | Word | None) -> bool:
    """Whether a part is open and says nothing else."""
    if isinstance(part, Word):
        return part.terminal == "HOLE"
    said = [inner for inner in part.parts if inner is not None] if part else []
    return len(said) == 1 and _only_hole(said[0])


def has_hole(node: Node) -> bool:
    """Whether a sentence leaves something open."""
    return any(word.terminal == "HOLE" for word in node.words())


def _row_fits(theirs: Row, ours: Row) -> bool:
    pairs = zip(theirs.cells, ours.cells, strict=False)
    return len(theirs.cells) == len(ours.cells) and all(_same_cell(one, two) for one, two in pairs)


def _same_cell(theirs: Cell, ours: Cell) -> bool:
    if not theirs.open or ours.open:
        return _text(theirs) == _text(ours) or (theirs.open and ours.open)
    said = theirs.text.replace("…", "...").partition(
        "..."
    )  # what stands around the dots is said: an amount, a percentage
    return ours.text.startswith(said[0].strip()) and ours.text.endswith(said[2].strip())


def _texts(row: Row) -> list[str]:
    return [_text(cell) for cell in row.cells]


def _text(cell: Cell) -> str:
    return " ".join(cell.text.split())
