"""What differs within a block, said in the words of the contract: which cell, which label, from what to what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from contractlang.compare.align import aligned
from contractlang.compare.blocks import Block
from contractlang.compare.changes import Change
from contractlang.compare.grid import grid, row_name
from contractlang.compare.numbering import KIND as NUMBERING
from contractlang.compare.parts import COMMENT, PROSE, NoParts, Part, Row
from contractlang.compare.reading import parts_of

ROW = {"en": "row", "nl": "rij"}
ORDER = {"en": "order", "nl": "volgorde"}
# sentences with a name or a label that are told when they change places: the first that holds, or that is paid, counts
IN_ORDER = ("reject_rule", "column", "weigh", "share", "rest")
MOST_ROWS = 20  # of a file beside the contract, and of those that changed places


class Difference(Struct, frozen=True):
    """Where in the block, and what stood and stands there; an empty text where nothing did or does."""

    where: tuple[str, ...]
    old: str
    new: str


class Told(Struct, frozen=True):
    """A block that differs: what it is called (`tariff hourly`), what became of it, and where it differs."""

    kind: str
    name: str
    what: str  # added | removed | renamed | changed
    differences: tuple[Difference, ...]
    standing: str = ""  # replaces: now in place of the framework; restored: no longer
    standing_of: tuple[str, ...] = ()  # the lines of the head of the contract of which this holds


def told(change: Change, language: str) -> Told:
    """A change in the words of the contract, which is written in `language`."""
    return replace(_told(change, language), standing=change.standing, standing_of=change.standing_of)


def _told(change: Change, language: str) -> Told:
    old, new = _part(change.before, language), _part(change.after, language)
    shown = new or old
    name = shown.label if shown else f"{change.kind} {change.name}".strip()
    if change.kind == NUMBERING and change.before and change.after:
        (name, *was), (_, *now) = change.before.sentences, change.after.sentences
        moved = tuple(Difference((), one, other) for one, other in zip(was, now, strict=True))
        return Told(change.kind, name, change.what, moved)
    if change.what == "changed" and old and new:
        return Told(change.kind, name, change.what, tuple(differences(old, new, language)) or tuple(_lines(change)))
    if change.what == "changed" or shown is None:
        return Told(change.kind, name, change.what, tuple(_lines(change)))
    if old and new:
        return Told(change.kind, name, change.what, (Difference((), old.said, new.said),))
    found = tuple(one for one in _whole(shown, old is None) if name not in (one.old, one.new))
    return Told(change.kind, name, change.what, found)


def differences(old: Part, new: Part, language: str) -> Iterator[Difference]:
    """Where two versions of a part differ, prose and comments apart."""
    if old.said != new.said:
        yield (
            Difference((new.label,), old.rest, new.rest)
            if new.label and old.label == new.label
            else Difference((), old.said, new.said)
        )
    yield from _cells(old, new, language)
    places = aligned(old.parts, new.parts)
    alone = sum(bool(part.parts or part.rows) for part in new.parts) == 1
    for part, at in zip(new.parts, places, strict=True):
        if part.rule in (PROSE, COMMENT):
            continue
        if at is None:
            yield from _whole(part, True)
        else:
            inside = (part.label or old.parts[at].said,) if (part.parts or part.rows) and not alone else ()
            for found in differences(old.parts[at], part, language):
                deeper = inside if found.where or found.old != old.parts[at].said else ()
                yield Difference((*deeper, *found.where), found.old, found.new)
    for at, part in enumerate(old.parts):
        if at not in places and part.rule not in (PROSE, COMMENT):
            yield from _whole(part, False)
    yield from _order(_named(old), _named(new), language)


def _named(part: Part) -> list[str]:
    return [one.key[-1] if one.key else one.said for one in part.parts if one.rule in IN_ORDER]


def _order(old: Sequence[str], new: Sequence[str], language: str) -> Iterator[Difference]:
    """What stands in both and in another order: the stretch in which the orders differ."""
    there, here = set(old), set(new)
    before, after = [one for one in old if one in here], [one for one in new if one in there]
    if before != after and sorted(before) == sorted(after):
        differing = [i for i, (one, two) in enumerate(zip(before, after, strict=True)) if one != two]
        stretch = slice(differing[0], differing[-1] + 1)
        yield Difference((ORDER[language],), _listed(before[stretch]), _listed(after[stretch]))


def _listed(names: Sequence[str]) -> str:
    more = [f"… {len(names) - MOST_ROWS}"] if len(names) > MOST_ROWS else []
    return ", ".join([*names[:MOST_ROWS], *more])


def _whole(part: Part, added: bool) -> Iterator[Difference]:
    """A part that came or went, sentence by sentence."""
    if not part.lines or part.rule in (PROSE, COMMENT):
        return
    rows = " ".join(_row(row) for row in part.rows)
    text = f"{part.said} {rows}".strip()
    yield Difference((), "" if added else text, text if added else "")
    for inner in part.parts:
        yield from _whole(inner, added)


def _cells(old: Part, new: Part, language: str) -> Iterator[Difference]:
    one, two = grid(old), grid(new)
    if one is None or two is None or one.heads != two.heads:
        yield from _rows(old, new, language)
        return
    keys = [*two.rows, *(key for key in one.rows if key not in two.rows)]
    columns = [*two.columns, *(name for name in one.columns if name not in two.columns)]
    for key in keys:
        for name in columns:
            before, after = one.cells.get((key, name), ""), two.cells.get((key, name), "")
            if before != after:
                where = (f"{ROW[language]} {row_name(key)}", name) if key else (name,)
                yield Difference(where, before, after)
    yield from _order([row_name(key) for key in one.rows], [row_name(key) for key in two.rows], language)


def _rows(old: Part, new: Part, language: str) -> Iterator[Difference]:
    """Rows that cannot be told apart by a key: those that went and those that came, each as often as it did."""
    before, after = [_row(row) for row in old.rows], [_row(row) for row in new.rows]
    for cells in (Counter(before) - Counter(after)).elements():
        yield Difference((), cells, "")
    for cells in (Counter(after) - Counter(before)).elements():
        yield Difference((), "", cells)
    if Counter(before) == Counter(after):
        yield from _order(before, after, language)


def _row(row: Row) -> str:
    return f"| {' | '.join(row.cells)} |"


def _lines(change: Change) -> Iterator[Difference]:
    lines = change.lines()
    for line in lines[:MOST_ROWS]:
        yield Difference((), line[2:], "") if line.startswith("-") else Difference((), "", line[2:])
    if len(lines) > MOST_ROWS:
        yield Difference((), "", f"… {len(lines) - MOST_ROWS}")


def _part(block: Block | None, language: str) -> Part | None:
    if block is None or block.kind in ("file", NUMBERING):
        return None
    try:
        return parts_of(block.text, language).blocks[0]
    except NoParts:
        return None
