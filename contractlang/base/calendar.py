"""Periods and days: every span of days is inclusive at both ends."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct


class Every(StrEnum):
    """A kind of calendar period."""

    DAY = "day"
    WEEK = "week"  # ISO week, Monday through Sunday
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    TERM = "term"  # the whole term of the contract


FINENESS = tuple(Every)  # from the finest


def finer(one: Every, other: Every) -> bool:
    """Whether a period of one kind lies in one of the other, by its first day; a kind is as fine as itself."""
    return FINENESS.index(one) <= FINENESS.index(other)


class Span(Struct, frozen=True, order=True):
    """Days from `first` through `last`, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Number of days, never negative."""
        return max(0, (self.last - self.first).days + 1)

    def overlap(self, other: Span) -> Span:
        """The days in both; `days` is 0 when there are none."""
        return Span(max(self.first, other.first), min(self.last, other.last))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def label(day: date, every: Every) -> str:
    """The name of the period in which `day` falls: 2024, 2024-Q2, 2024-06, 2024-W23, 2024-06-03 or term."""
    if every is Every.YEAR:
        return f"{day.year:04d}"
    if every is Every.QUARTER:
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    if every is Every.MONTH:
        return f"{day.year:04d}-{day.month:02d}"
    if every is Every.WEEK:
        iso = day.isocalendar()
        return f"{iso.year:04d}-W{iso.week:02d}"
    return day.isoformat() if every is Every.DAY else "term"


def span_of(name: str, term: Span) -> Span:
    """The days of a period by the name that `label` gave it; `term` for the name "term"."""
    return term if name == "term" else _span_of(name)


@lru_cache(maxsize=100_000)  # a settlement asks for the same few years and quarters at every group
def _span_of(name: str) -> Span:
    if "W" in name:
        monday = date.fromisocalendar(int(name[:4]), int(name[6:]), 1)
        return Span(monday, monday + timedelta(days=6))
    year = int(name[:4])
    if len(name) == 4:
        return Span(date(year, 1, 1), date(year, 12, 31))
    if "Q" in name:
        month = 3 * int(name[6:]) - 2
        return Span(date(year, month, 1), date(year, month + 2, monthrange(year, month + 2)[1]))
    if len(name) == 7:
        month = int(name[5:])
        return Span(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    day = date.fromisoformat(name)
    return Span(day, day)


class LookBack(Struct, frozen=True):
    """How far back a settlement goes: so many quarters after that of the care, or through a day. Source: contract header."""

    quarters: int | None = None
    through: date | None = None

    def closes(self, day: date) -> date:
        """The last day on which care of that day may be received."""
        if self.through is not None:
            return self.through
        assert self.quarters is not None
        index = day.year * 4 + (day.month - 1) // 3 + self.quarters + 1  # the quarter after the last one that is open
        return date(index // 4, index % 4 * 3 + 1, 1) - timedelta(days=1)


def periods(span: Span, every: Every) -> tuple[str, ...]:
    """The names of all periods that share a day with `span`, in order."""
    if every is Every.TERM:
        return ("term",)
    names: list[str] = []
    day = span.first
    while day <= span.last:
        name = label(day, every)
        names.append(name)
        day = span_of(name, span).last + timedelta(days=1)
    return tuple(names)


def completed(since: date, on: date, every: Every) -> int:
    """Whole days, weeks, months or years since `since` on day `on`; negative when `on` is earlier.

    A month or year is complete on the same day number; on the last day of a shorter month when that number is missing.
    """
    if every is Every.DAY:
        return (on - since).days
    if every is Every.WEEK:
        return (on - since).days // 7
    if on < since:
        return -completed(on, since, every)
    months = (on.year - since.year) * 12 + on.month - since.month
    if on.day < min(since.day, monthrange(on.year, on.month)[1]):
        months -= 1
    return months if every is Every.MONTH else months // (12 if every is Every.YEAR else 3)
