"""Merging two versions of a part: its comments, its sentence, its table, and the parts below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contractlang.compare.parts import Part
from contractlang.git.merging.lineup import Id, Rivals, Sides, comments, meaning
from contractlang.git.merging.sides import Clash, Pair, chosen, in_one_order
from contractlang.git.merging.tables import merge_rows
from contractlang.report.words import Words
from contractlang.syntax.split import without_comment

Where = tuple[str, ...]


def merge_part(base: Part, one: Part, other: Part, where: Where, words: Words) -> Pair:
    """A part that stands in all three versions; `where` is what people call the place in which it stands."""
    texts = [tuple(part.text()) for part in (base, one, other)]
    side = chosen(*texts)
    if side is not None:
        return Pair().both(texts[1 + side])
    inside = (*where, one.label) if one.label else where
    found = _lead(base, one, other, inside, words).add(_sentence(base, one, other, where))
    found.add(merge_rows(base, one, other, inside, words))
    several = sum(bool(part.parts or part.rows) for part in base.parts) > 1
    for pair in merge_parts(base.parts, one.parts, other.parts, inside, words, several):
        found.add(pair)
    return found


def merge_parts(
    base: Sequence[Part], one: Sequence[Part], other: Sequence[Part], where: Where, words: Words, several: bool = False
) -> Iterator[Pair]:
    """The parts beside each other, each as what it comes to, in one order. `several`: name the sentence they stand under."""
    sides = Sides(base, one, other)
    order = in_one_order(sides.ids[0], sides.ids[1], sides.ids[2], sides.kept())
    if order is None:
        told = words("merge.order")
        yield Pair([*_lines(one)], [*_lines(other)], [Clash(where, told, told)])
        return
    rivals = sides.rivals()
    for name in order:
        base_part, one_part, other_part = sides.at(name)
        if name in rivals:
            yield from _rivalling(sides, name, rivals[name], where)
        elif base_part and one_part and other_part:
            deeper = bool(several and base_part.parts and not base_part.label)
            yield merge_part(base_part, one_part, other_part, (*where, base_part.said) if deeper else where, words)
        elif base_part:
            yield _removed(base_part, one_part, other_part, where, words)
        elif one_part and other_part:
            yield _both_new(one_part, other_part, where, words)
        else:
            yield Pair().both((one_part or other_part).text())  # type: ignore[union-attr]


def _rivalling(sides: Sides, name: Id, made: Rivals, where: Where) -> Iterator[Pair]:
    """The additions of both sides: one instead of the other, or each side with its own first. Told once."""
    if name != made.one[0]:
        return
    ours = [sides.known[1][x] for x in made.one]
    theirs = [sides.known[2][x] for x in made.other]
    clash = Clash(where, "; ".join(part.said for part in ours), "; ".join(part.said for part in theirs))
    behind = ([], []) if made.instead else (list(_lines(theirs)), list(_lines(ours)))
    yield Pair([*_lines(ours), *behind[0]], [*_lines(theirs), *behind[1]], [clash])


def _lead(base: Part, one: Part, other: Part, where: Where, words: Words) -> Pair:
    """The comments above a part."""
    said = [comments(part.lead) for part in (base, one, other)]
    side = chosen(*said)
    if side is None:
        clash = Clash((*where, words("merge.comment")), " ".join(said[1]), " ".join(said[2]))
        return Pair(list(one.lead), list(other.lead), [clash])
    same = said[1] == said[2]
    return Pair().both(other.lead if side == 1 or (same and one.lead == base.lead) else one.lead)


def _sentence(base: Part, one: Part, other: Part, where: Where) -> Pair:
    side = chosen((base.said, base.comment), (one.said, one.comment), (other.said, other.comment))
    if side is not None:
        same = (one.said, one.comment) == (other.said, other.comment)
        return Pair().both(other.lines if side == 1 or (same and one.lines == base.lines) else one.lines)
    said = chosen(base.said, one.said, other.said)
    comment = chosen(base.comment, one.comment, other.comment)
    if said is not None and comment is not None and len(one.lines) == len(other.lines) == 1:
        line = without_comment((one, other)[said].lines[0].rstrip())
        note = (one, other)[comment].comment
        return Pair().both([f"{line}  {note}" if note else line])
    place = (*where, one.label) if one.label and one.label == other.label else where
    texts = (one.rest, other.rest) if place != where else (one.said, other.said)
    if one.said == other.said:
        texts = one.comment, other.comment
    return Pair(list(one.lines), list(other.lines), [Clash(place, *texts)])


def _removed(base: Part, one: Part | None, other: Part | None, where: Where, words: Words) -> Pair:
    """One side removed what the other changed."""
    left = one or other
    assert left is not None
    place = (*where, base.label) if base.label else where
    told = (left.rest if base.label else left.said) if left.said != base.said else words("merge.changed")
    if one:
        return Pair(list(one.text()), [], [Clash(place, told, words("merge.removed"))])
    return Pair([], list(left.text()), [Clash(place, words("merge.removed"), told)])


def _both_new(one: Part, other: Part, where: Where, words: Words) -> Pair:
    """Both sides added a part of the same name."""
    if meaning(one) == meaning(other):
        return Pair().both(one.text())
    place = (*where, one.label) if one.label else where
    told = (one.rest, other.rest) if one.rest != other.rest else (words("merge.added"), words("merge.added"))
    return Pair(list(one.text()), list(other.text()), [Clash(place, *told)])


def _lines(parts: Sequence[Part]) -> Iterator[str]:
    for part in parts:
        yield from part.text()
