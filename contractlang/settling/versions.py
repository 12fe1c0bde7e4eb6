"""The value of a dated list for a group: which versions are valid in its period, and which of them counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from msgspec import Struct

from contractlang.base.calendar import Span
from contractlang.engine.protocol import DataFault, Engine, KeyPart
from contractlang.model.heads import Changed, PartYear
from contractlang.model.lists import Lookup, Range
from contractlang.settling.point import text

Version = tuple[date | None, date | None, Fraction | None]  # first day, last day, value
Cells = Sequence[str | Range | KeyPart]


class Window(Struct, frozen=True):
    """What a list is asked for: the whole period, its days in the term, and what a ceiling says of changes in it."""

    period: Span
    window: Span
    changed: Changed | None = None
    part_year: PartYear = PartYear.FULL


class Versions:
    """The versions of a list by its keys, read once: a list from data can have a row for every person."""

    def __init__(self, lookup: Lookup, engine: Engine) -> None:
        self._plain: dict[tuple[str | None, ...], list[Version]] = {}
        self._ranged: list[tuple[Cells, Version]] = []
        if lookup.data is not None:
            for keys, versions in engine.values(lookup.name).items():
                for version in versions:
                    self._add(keys, version)
        for row in lookup.rows:
            self._add(row.keys, (row.first, row.last, row.value))

    def _add(self, cells: Cells, version: Version) -> None:
        if any(isinstance(cell, Range) for cell in cells):
            self._ranged.append((cells, version))
        else:
            self._plain.setdefault(_plain(cells), []).append(version)

    def of(self, keys: Sequence[KeyPart]) -> list[Version]:
        """All versions for these keys, by first day; empty when the list has no row for them."""
        found = list(self._plain.get(_plain(keys), ()))
        found += [version for cells, version in self._ranged if _same(cells, keys)]
        return sorted(found, key=lambda version: version[0] or date.min)


def on_day(versions: Sequence[Version], day: date) -> Fraction | None:
    """The value valid on a day; missing when there is none."""
    for first, last, value in versions:
        if (first is None or first <= day) and (last is None or day <= last):
            return value
    return None


def in_period(name: str, versions: Sequence[Version], asked: Window) -> Fraction | None:
    """The value for a period.

    One version valid in the period counts as it is, and so do several with one value. Several with different values:
    the last, or each for its days, as the ceiling says; DataFault ZC811 when it does not say.
    """
    valid = [
        version
        for version in versions
        if (version[0] is None or version[0] <= asked.window.last)
        and (version[1] is None or version[1] >= asked.window.first)
    ]
    if not valid:
        return None
    if len({value for _, _, value in valid}) == 1 or asked.changed is Changed.REPLACES:
        return valid[-1][2]
    if asked.changed is None:
        raise DataFault("ZC811", list=name, first=str(asked.window.first), last=str(asked.window.last))
    return _by_days(valid, asked)


def _by_days(valid: Sequence[Version], asked: Window) -> Fraction | None:
    """Each version for its days: from its first day until the next version, the first one from the start.

    The days are those of the whole period. When the ceiling is itself taken in part for a broken period, the days in
    the term: both shares together then give each version its days of the whole period.
    """
    days = asked.period if asked.part_year is PartYear.FULL else asked.window
    total = Fraction(0)
    for index, (first, _, value) in enumerate(valid):
        if value is None:
            return None
        start = days.first if index == 0 or first is None else first
        following = valid[index + 1][0] if index + 1 < len(valid) else None
        end = days.last if following is None else following - timedelta(days=1)
        total += value * Fraction(Span(start, end).overlap(days).days, days.days)
    return total


def _plain(cells: Cells) -> tuple[str | None, ...]:
    return tuple(None if cell is None or isinstance(cell, Range) else text(cell) for cell in cells)


def _same(cells: Cells, keys: Sequence[KeyPart]) -> bool:
    return len(cells) == len(keys) and all(_one(cell, key) for cell, key in zip(cells, keys, strict=True))


def _one(cell: str | Range | KeyPart, key: KeyPart) -> bool:
    if isinstance(cell, Range):
        return isinstance(key, Fraction) and cell.holds(key)
    return _plain((cell,)) == _plain((key,))
