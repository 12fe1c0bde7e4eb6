"""Periods that lie only partly in the term, and the settlement period in which an amount is posted."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from contractlang.base.calendar import Every, Span, label, periods, span_of
from contractlang.model.heads import PartYear


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


def instalment_days(period: Span, window: Span, instalments: int) -> tuple[date, ...]:
    """The last days of the equal parts, in whole months, of a period that lie in the term; the last day is always one.

    A period that does not fall into that many parts of whole months has one instalment, on its last day.
    """
    months = [span_of(name, period).last for name in periods(period, Every.MONTH)]
    if instalments <= 1 or len(months) % instalments:
        return (window.last,)
    step = len(months) // instalments
    days = [min(day, period.last) for day in months[step - 1 :: step]]
    inside = [day for day in days if day in window]
    if not inside or inside[-1] < window.last:
        inside.append(window.last)
    return tuple(inside)
