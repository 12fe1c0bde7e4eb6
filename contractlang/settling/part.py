"""Periods that lie only partly in the term, and the settlement period in which an amount is posted."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from contractlang.base.calendar import Every, Span, label, periods, span_of
from contractlang.model.heads import Instalments, PartYear


def share(period: Span, window: Span, part_year: PartYear) -> Fraction:
    """Which part of an amount for a whole period holds for its days in the term.

    BY_MONTHS counts whole calendar months in the term; a period that is not made of whole months has the months that
    it touches.
    """
    if part_year is PartYear.FULL or window == period:
        return Fraction(1)
    if part_year is PartYear.BY_DAYS:
        return Fraction(window.days, period.days)
    months = [span_of(name, period) for name in periods(period, Every.MONTH)]
    whole = sum(1 for month in months if window.first <= month.first and month.last <= window.last)
    return Fraction(whole, len(months))


def last_period(window: Span, settle: Every) -> str:
    """The name of the last settlement period of these days."""
    return label(window.last, settle)


def instalment_days(period: Span, window: Span, instalments: Instalments | None) -> tuple[date, ...]:
    """The days on which the parts of a sum fall due; those before the term begins or after it ends have no part.

    Written days hold as written. Else a period falls into equal spans of whole months, each due on the last (or first)
    day of its last (first) month; the last day of the term is due when a span is cut short by it. A period that does
    not fall into that many spans has one instalment, on its last day.
    """
    if instalments is None:
        return (window.last,)
    if instalments.days:
        return tuple(day for day in instalments.days if day in window) or (window.last,)
    months = [span_of(name, period) for name in periods(period, Every.MONTH)]
    if len(months) % instalments.number:
        return (window.last,)
    step = len(months) // instalments.number
    if instalments.first_day:
        spans = [(months[i].first, months[i + step - 1].last) for i in range(0, len(months), step)]
        starts = [max(first, window.first) for first, last in spans if last >= window.first]
        return tuple(day for day in starts if day in window) or (window.first,)
    inside = [day for day in (min(m.last, period.last) for m in months[step - 1 :: step]) if day in window]
    if not inside or inside[-1] < window.last:
        inside.append(window.last)
    return tuple(inside)
