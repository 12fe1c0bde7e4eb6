"""Who gains and who loses between two versions: by party, by article and period, and beside the articles."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec.structs import replace

from contractlang.report.document import Block, Facts, Heading, Table
from contractlang.report.shares import euro, most_of
from contractlang.report.words import Words

if TYPE_CHECKING:
    from contractlang.compare.bridge import Bridge

MOST = 8  # parties, or places of one party, that are shown; the others stand together
MOST_OF_EACH = 2  # places of each of several parties
Moved = tuple[tuple[str, ...], Fraction, Fraction]
"""What people call it, and its amount in the old and in the new version."""


def gains(bridged: Bridge, words: Words) -> list[Block]:
    """The parties from the largest gain to the largest loss, each with the articles and periods that differ most."""
    zero = Fraction(0)
    by_party: dict[str | None, list[Moved]] = {}
    for at in sorted({*bridged.before, *bridged.after}, key=str):
        article, party, period = at
        name = (article, words.code("period", period))
        by_party.setdefault(party, []).append((name, bridged.before.get(at, zero), bridged.after.get(at, zero)))
    if set(by_party) <= {None}:
        places = by_party.get(None, [])
        listed = _rows(places, MOST, words)
        return (
            [Heading(words("gains.where"), 3), _table(("article", "period"), listed, places, words)] if listed else []
        )
    own = {party or "–": places for party, places in by_party.items()}
    parties: list[Moved] = [((name,), *_sums(places)) for name, places in own.items()]
    rows: list[tuple[str, ...]] = []
    for one in _shown(parties, MOST):
        party = one[0][0]
        rows.append((party, "", "", *_amounts(one[1], one[2], words)))
        rows += [("", *row) for row in _rows(own[party], MOST_OF_EACH, words, with_same=False)]
    rows += [(row[0], "", "", *row[1:]) for row in _others(parties, MOST, words)]
    if not rows:
        return []
    table = _table(("party", "article", "period"), rows, parties, words)
    return [Heading(words("gains"), 3), _counted(parties, words), table]


def apart(bridged: Bridge, words: Words) -> list[Block]:
    """What no article earns and yet moves: shares of what is distributed, and cash."""
    before, after = bridged.apart.before, bridged.apart.after
    moved: list[Moved] = []
    for at in sorted({*before, *after}, key=str):
        kind, article, to = at
        name = (words(f"apart.{kind}"), article, to or words("reserve" if kind == "share" else "total"))
        moved.append((name, before.get(at, Fraction(0)), after.get(at, Fraction(0))))
    if all(old == new for _, old, new in moved):
        return []
    rows = _rows(moved, MOST, words)
    table = _table(("title", "article", "to"), rows, moved, words)
    return [Heading(words("apart"), 3), replace(table, total=None)]  # shares and cash are no sum of anything


def _counted(moved: Sequence[Moved], words: Words) -> Facts:
    """How many gain and how many lose, with the euros."""
    changes = [new - old for _, old, new in moved]
    sides = (("up", [one for one in changes if one > 0]), ("down", [one for one in changes if one < 0]))
    told = [
        words(f"gains.{way}", n=str(len(some)), amount=euro(abs(sum(some, Fraction(0))), words)) for way, some in sides
    ]
    return Facts(((words("gains.parties"), "; ".join(told)),))


def _shown(moved: Sequence[Moved], most: int) -> list[Moved]:
    """The largest differences, from gain to loss."""
    differing = _differing(moved)
    return sorted(differing[: most_of(differing, most)], key=lambda one: (one[1] - one[2], one[0]))


def _differing(moved: Sequence[Moved]) -> list[Moved]:
    return sorted((one for one in moved if one[1] != one[2]), key=lambda one: (-abs(one[2] - one[1]), one[0]))


def _rows(moved: Sequence[Moved], most: int, words: Words, with_same: bool = True) -> list[tuple[str, ...]]:
    """What differs, the largest first; beyond those the others together."""
    rows = [(*name, *_amounts(old, new, words)) for name, old, new in _shown(moved, most)]
    blank = ("",) * (len(moved[0][0]) - 1) if moved else ()
    rows += [(name, *blank, *rest) for name, *rest in _others(moved, most, words, with_same)] if rows else []
    return rows


def _others(moved: Sequence[Moved], most: int, words: Words, with_same: bool = True) -> list[tuple[str, ...]]:
    """Those that differ less than what is shown, and those that do not differ, each together."""
    differing = _differing(moved)
    left = differing[most_of(differing, most) :]
    same = [one for one in moved if one[1] == one[2]] if with_same else []
    groups = (("gains.others", left), ("gains.same", same))
    return [(words(key, n=str(len(some))), *_amounts(*_sums(some), words)) for key, some in groups if some]


def _table(keys: Sequence[str], rows: Sequence[tuple[str, ...]], moved: Sequence[Moved], words: Words) -> Table:
    total = (words("total"), *("" for _ in keys[1:]), *_amounts(*_sums(moved), words))
    headers = tuple(words(key) for key in (*keys, "gains.old", "gains.new", "bridge.difference"))
    return Table(headers, (*(False for _ in keys), True, True, True), tuple(rows), total)


def _sums(moved: Sequence[Moved]) -> tuple[Fraction, Fraction]:
    return sum((one[1] for one in moved), Fraction(0)), sum((one[2] for one in moved), Fraction(0))


def _amounts(old: Fraction, new: Fraction, words: Words) -> tuple[str, str, str]:
    return euro(old, words), euro(new, words), euro(new - old, words)
