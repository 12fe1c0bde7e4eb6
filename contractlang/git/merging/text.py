"""Merging two branches of a contract text, with git's markers around the blocks on which they clash."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from msgspec import Struct

from contractlang.compare.parts import NoParts, Text
from contractlang.compare.reading import parts_of
from contractlang.git.merging.parts import merge_parts
from contractlang.git.merging.sides import Clash, Pair, chosen
from contractlang.report.words import Words

MARKER = 7


class Merged(Struct, frozen=True):
    """The merged text, with markers where the sides clash, and each clash in words."""

    text: str
    language: str
    clashes: tuple[Clash, ...]


def merge_texts(base: str, one: str, other: str, marker: int = MARKER) -> Merged:
    """The changes of both sides since `base`.

    Raises NoParts when a version or the outcome cannot be read, or when the versions are not in one language.
    """
    texts = [parts_of(text) for text in (base, one, other)]
    if len({text.language for text in texts}) != 1:
        raise NoParts
    language = texts[0].language
    words = Words(language)
    before, ours, theirs = texts
    pairs = [*merge_parts(before.blocks, ours.blocks, theirs.blocks, (), words), _tail(texts)]
    clashes = tuple(clash for pair in pairs for clash in pair.clashes)
    for lines in ([line for pair in pairs for line in pair.ours], [line for pair in pairs for line in pair.theirs]):
        parts_of("\n".join(lines), language)
    return Merged("\n".join(line for pair in pairs for line in _marked(pair, marker)), language, clashes)


def _marked(pair: Pair, marker: int) -> list[str]:
    if not pair.clashes:
        return pair.ours
    shared = [one for one, two in takewhile(lambda both: both[0] == both[1], zip(pair.ours, pair.theirs, strict=False))]
    blank = list(takewhile(lambda line: not line.strip(), shared))
    ours, theirs = pair.ours[len(blank) :], pair.theirs[len(blank) :]
    return [*blank, f"{'<' * marker} ours", *ours, "=" * marker, *theirs, f"{'>' * marker} theirs"]


def _tail(texts: Sequence[Text]) -> Pair:
    """The lines below the last block; comments there that both sides changed are all kept."""
    before, ours, theirs = (text.tail for text in texts)
    side = chosen(before, ours, theirs)
    if side is not None:
        return Pair().both((ours, theirs)[side])
    return Pair().both([*ours[:-1], *(line for line in theirs[:-1] if line not in ours and line.strip()), ""])
