"""The euro bridge as a document: the effects, who gains and who loses, where each effect falls, and the rows behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from contractlang.report.document import Block, Facts, Heading, Table
from contractlang.report.gains import apart, gains
from contractlang.report.numbers import count
from contractlang.report.shares import euro, in_cents, most_of
from contractlang.report.words import Words

if TYPE_CHECKING:
    from contractlang.compare.bridge import Bridge, Effect
    from contractlang.compare.changes import Change

MOST_PLACES = 2  # of each effect
Names = Mapping["Change", str]
"""What each change is called in the words of the contract."""


def bridging(bridged: Bridge, names: Names, words: Words) -> list[Block]:
    """What the changes do in euros, on about half a page; all of it stands in the JSON."""
    shown = in_cents([effect.total for effect in bridged.effects])
    found: list[Block] = [Heading(words("bridge"), 1)]
    found += [*_effects(bridged, shown, names, words), *gains(bridged, words), *apart(bridged, words)]
    if len(bridged.effects) > 1:
        found += _places(bridged.effects, shown, names, words)
    found += _rows(bridged.effects, shown, names, words)
    return found


def called(effect: Effect, names: Names) -> str:
    """The changes of an effect, by their names."""
    return ", ".join(names[change] for change in effect.changes)


def _effects(bridged: Bridge, shown: Sequence[int], names: Names, words: Words) -> list[Block]:
    """The effects, each with what it does on its own and in interaction; one change alone has no such thing."""
    old, new = bridged.old, bridged.new
    several = len(bridged.effects) > 1
    rows = [(words("old_total"), euro(old, words), "", "", "")]
    for effect, cents in zip(bridged.effects, shown, strict=True):
        parts = _alone(effect.alone, cents, words)
        rows.append(
            (called(effect, names), euro(Fraction(cents, 100), words), *parts, words(f"favours.{effect.favours}"))
        )
    if several:
        both = (
            (None, None) if bridged.interaction is None else (new - old - bridged.interaction, int((new - old) * 100))
        )
        rows.append((words("bridge.difference"), euro(new - old, words), *_alone(both[0], both[1] or 0, words), ""))
    total = (words("new_total"), euro(new, words), "", "", "")
    headers = tuple(words(key) for key in ("title", "amount", "alone", "interaction", "favours"))
    if not several:
        headers, *rest = (_without_parts(row) for row in (headers, *rows, total))
        return [Table(headers, (False, True, False), tuple(rest[:-1]), rest[-1])]
    method = Facts(((words("method"), words(f"method.{bridged.method}")),))
    return [Table(headers, (False, True, True, True, False), tuple(rows), total), method]


def _without_parts(row: tuple[str, ...]) -> tuple[str, ...]:
    return (*row[:2], row[-1])


def _alone(alone: Fraction | None, cents: int, words: Words) -> tuple[str, str]:
    """What it does on its own, and the rest of what is shown."""
    if alone is None:
        return "–", "–"
    return euro(alone, words), euro(Fraction(cents, 100) - alone, words)


def _places(effects: Sequence[Effect], shown: Sequence[int], names: Names, words: Words) -> list[Block]:
    """Where each effect falls: article, party and period, the largest first."""
    rows = []
    for effect, cents in zip(effects, shown, strict=True):
        every = sorted(effect.by_place.items(), key=lambda one: (-abs(one[1]), one[0][0], one[0][1] or "", one[0][2]))
        most = most_of(every, MOST_PLACES)
        listed, left = every[:most], every[most:]
        said = [(article, party or "–", words.code("period", period)) for (article, party, period), _ in listed]
        values = [amount for _, amount in listed]
        if left:
            said.append(("", words("bridge.places", n=str(len(left))), ""))
            values.append(sum((amount for _, amount in left), Fraction(0)))
        rows += _under(called(effect, names), said, values, cents, words)
    headers = tuple(words(key) for key in ("title", "article", "party", "period", "amount"))
    return _table("bridge.where", headers, (False, False, False, False, True), rows, words)


def _rows(effects: Sequence[Effect], shown: Sequence[int], names: Names, words: Words) -> list[Block]:
    """The rows behind each effect, the largest first; then those that are not shown, and what belongs to no row."""
    rows = []
    for effect, cents in zip(effects, shown, strict=True):
        behind = effect.behind
        if behind is None or not (effect.total or behind.number):
            continue
        said = [
            (one.table, one.file, "–" if one.row is None else str(one.row), one.key or "–", one.party or "–")
            for one in behind.largest
        ]
        values = [one.amount for one in behind.largest]
        left, rest = behind.number - len(values), effect.total - behind.total
        if left:
            said.append((words("bridge.rows", n=count(left, words.language)), "", "", "", ""))
            values.append(behind.total - sum(values, Fraction(0)))
        if rest:
            said.append((words("bridge.no_row"), "", "", "", ""))
            values.append(rest)
        rows += _under(called(effect, names), said, values, cents, words)
    headers = tuple(words(key) for key in ("title", "table", "file", "row", "bridge.key", "party", "amount"))
    right = (False, False, False, True, False, False, True)
    return _table("bridge.behind", headers, right, rows, words)


def _under(
    name: str, said: Sequence[tuple[str, ...]], values: Sequence[Fraction], cents: int, words: Words
) -> list[tuple[str, ...]]:
    """Rows of a table under a name that stands there once; together what is shown of the effect."""
    amounts = in_cents(values, cents)
    return [
        ("" if i else name, *one, euro(Fraction(amount, 100), words))
        for i, (one, amount) in enumerate(zip(said, amounts, strict=True))
    ]


def _table(
    heading: str, headers: tuple[str, ...], right: tuple[bool, ...], rows: Sequence[tuple[str, ...]], words: Words
) -> list[Block]:
    """A table under its heading, without columns in which nothing stands; nothing when there are no rows."""
    kept = [i for i in range(len(headers)) if any(row[i] not in ("", "–") for row in rows)]
    cut = [tuple(row[i] for i in kept) for row in (headers, *rows)]
    return [Heading(words(heading), 3), Table(cut[0], tuple(right[i] for i in kept), tuple(cut[1:]))] if rows else []
