"""Calendar periods and elapsed time in SQL, as `contractlang.base.calendar` defines them."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from contractlang.base.calendar import Every, Span
from contractlang.engine.duckdb.number import Num
from contractlang.engine.duckdb.values import Named
from contractlang.model.expression import Counting

MOST = 4_000_000  # days, and so periods, between any two days of the calendar (years 1 through 9999)
LENGTHS = {
    Every.DAY: (1,),
    Every.WEEK: (7,),
    Every.MONTH: (28, 29, 30, 31),
    Every.QUARTER: (90, 91, 92),
    Every.YEAR: (365, 366),
}


def named(day: str, every: Every) -> Named:
    """The period in which a day falls."""
    match every:
        case Every.YEAR:
            return Named(f"year({day})", every)
        case Every.QUARTER:
            return Named(f"(year({day}) * 10 + quarter({day}))", every)
        case Every.MONTH:
            return Named(f"(year({day}) * 100 + month({day}))", every)
        case Every.WEEK:
            return Named(f"(isoyear({day}) * 100 + weekofyear({day}))", every)
        case Every.DAY:
            return Named(day, every)
        case Every.TERM:
            return Named(f"(case when {day} is not null then 0::BIGINT end)", every)


def day_number(day: str) -> str:
    """Days since a Monday long ago, never negative."""
    return f"(({day}) - DATE '0001-01-01')"


def month_number(day: str) -> str:
    """Months since the year 0."""
    return f"(year({day}) * 12 + month({day}) - 1)"


def index(day: str, every: Every) -> str:
    """The number of the period in which a day falls, counted on: the next period has the next number."""
    match every:
        case Every.DAY:
            return day_number(day)
        case Every.WEEK:
            return f"({day_number(day)} // 7)"
        case Every.MONTH:
            return month_number(day)
        case Every.QUARTER:
            return f"({month_number(day)} // 3)"
        case Every.YEAR:
            return f"year({day})"
        case Every.TERM:
            return f"(case when {day} is not null then 0::BIGINT end)"


def elapsed(since: str, on: str, every: Every, calendar: bool) -> Num:
    """Whole periods since one day on another, negative when `on` is earlier; see `contractlang.base.calendar.completed`."""
    if calendar and every in (Every.MONTH, Every.QUARTER, Every.YEAR):
        return Num(f"({index(on, every)} - {index(since, every)})", MOST)
    days = f"(({on}) - ({since}))"
    if every is Every.DAY:
        return Num(days, MOST)
    if every is Every.WEEK:  # a whole number of weeks downwards, also before the first day
        return Num(f"(({days} - (({days} % 7) + 7) % 7) // 7)", MOST)
    per = {Every.MONTH: 1, Every.QUARTER: 3}.get(every, 12)
    return Num(f"(case when {on} >= {since} then {_complete(since, on, per)} else -{_complete(on, since, per)} end)", MOST)


def _complete(since: str, on: str, per: int) -> str:
    """Complete months or years between two days in order: complete on the same day number, or the last of the month."""
    short = f"day({on}) < least(day({since}), day(last_day({on})))"
    months = f"({month_number(on)} - {month_number(since)} - case when {short} then 1 else 0 end)"
    return months if per == 1 else f"({months} // {per})"


def periods_in(first: str, last: str, every: Every, counting: Counting, term: Span) -> Num:
    """How many periods lie in the days from `first` through `last`; a span that ends before it starts has none."""
    if counting is Counting.TOUCHED:
        count = Num(f"({index(last, every)} - {index(first, every)} + 1)", MOST)
    elif counting is Counting.BROKEN_LAST:
        # a period counts when its first day lies in the span: a broken first one is 0, a broken last one is 1
        count = Num(_begun(first, last, every, term), MOST)
    else:
        count = _by_days(first, last, every, term)
    zero = f"(case when {first} <= {last} then {count.n} when {first} > {last} then 0::BIGINT end)"
    return Num(zero, count.bound, count.factor)


def _start(day: str, every: Every, term: Span) -> str:
    if every is Every.TERM:
        return f"DATE '{term.first.isoformat()}'"
    return f"({day})" if every is Every.DAY else f"date_trunc('{every.value}', {day})::DATE"


def _end(day: str, every: Every, term: Span) -> str:
    if every is Every.TERM:
        return f"DATE '{term.last.isoformat()}'"
    if every is Every.DAY:
        return f"({day})"
    step = {Every.WEEK: "7 days", Every.MONTH: "1 month", Every.QUARTER: "3 months"}.get(every, "1 year")
    return f"((date_trunc('{every.value}', {day}) + INTERVAL '{step}')::DATE - 1)"


def _begun(first: str, last: str, every: Every, term: Span) -> str:
    if every is Every.TERM:
        start = _start(first, every, term)
        return f"(case when {start} between {first} and {last} then 1::BIGINT else 0::BIGINT end)"
    whole = f"case when {_start(first, every, term)} = {first} then 1 else 0 end"
    return f"({index(last, every)} - {index(first, every)} + {whole})"


def _by_days(first: str, last: str, every: Every, term: Span) -> Num:
    """Whole periods, and the broken first and last one for their share of days, over a multiple of all lengths."""
    over = lcm(*LENGTHS.get(every, (term.days,)))
    start, end = _start(first, every, term), _end(first, every, term)
    final_start, final_end = _start(last, every, term), _end(last, every, term)

    def share(begin: str, finish: str, low: str, high: str) -> str:
        """Days from begin through finish in the period from low through high, over `over`."""
        days = f"greatest(0, least({finish}, {high}) - greatest({begin}, {low}) + 1)"
        return f"({days} * ({over} // (({high}) - ({low}) + 1)))"

    one = share(first, last, start, end)
    between = f"({index(last, every)} - {index(first, every)} - 1)"
    many = f"({one} + {between} * {over} + {share(first, last, final_start, final_end)})"
    sql = f"(case when {index(first, every)} = {index(last, every)} then {one} else {many} end)"
    return Num(sql, MOST * over, Fraction(1, over))
