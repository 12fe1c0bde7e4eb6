"""Period keys of rows by the date that decides them."""

from __future__ import annotations

from contractlang.base.calendar import Every
from contractlang.model.expression import DecidingDate, Key, PeriodOf, Role


def row_period(every: Every) -> Key:
    """The key that puts a row in its period: by the date that decides the year, or the settlement period."""
    role = Role.YEAR if every is Every.YEAR else Role.PERIOD
    return Key(every.value, PeriodOf(DecidingDate(role), every), every)
