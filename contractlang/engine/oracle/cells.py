"""The text of one cell, read strictly: what does not fit is refused and never repaired."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from contractlang.engine.oracle.row import Value
from contractlang.model.tables import Column, EmptyMeans, Kind

MOST_DIGITS = 18
WITH_POINT = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?")
WITH_COMMA = re.compile(r"(-?)([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,([0-9]+))?")
DAYS = {
    "iso": re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"),
    "basic": re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"),
    "dutch": re.compile(r"(?P<day>[0-9]{2})-(?P<month>[0-9]{2})-(?P<year>[0-9]{4})"),
}
TRUTHS = {"yes": True, "ja": True, "j": True, "y": True, "true": True, "1": True}
TRUTHS |= {"no": False, "nee": False, "n": False, "false": False, "0": False}


class Unreadable(Exception):
    """The text of a cell is not what its column holds; `expected` says what that is."""

    def __init__(self, expected: str) -> None:
        super().__init__(expected)
        self.expected = expected


def read_cell(text: str, column: Column, decimal: str, dates: str) -> Value:
    """The value of a cell; None when it is empty (nothing but blanks). Raises Unreadable.

    An empty number that means zero is 0. `decimal` is "." or ",", `dates` "iso", "basic" or "dutch".
    """
    if not text.strip():
        return Fraction(0) if column.empty is EmptyMeans.ZERO and column.kind is Kind.NUMBER else None
    if column.kind is Kind.TEXT:
        return text
    if column.kind is Kind.DATE:
        return _day(text, dates)
    if column.kind is Kind.NUMBER:
        return _number(text, column, decimal)
    if text.lower() not in TRUTHS:
        raise Unreadable("yes or no")
    return TRUTHS[text.lower()]


def _day(text: str, form: str) -> date:
    found = DAYS[form].fullmatch(text)
    if found is None:
        raise Unreadable(f"date ({form})")
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError as error:
        raise Unreadable(f"date ({form})") from error


def _number(text: str, column: Column, decimal: str) -> Fraction:
    found = (WITH_COMMA if decimal == "," else WITH_POINT).fullmatch(text)
    expected = f"number with at most {column.decimals} decimals"
    if found is None:
        raise Unreadable(expected)
    minus, whole, part = found[1], found[2].replace(".", ""), found[3] or ""
    beyond = part[column.decimals :]
    noughts = column.decimals > 0 and len(part) > 3 and not beyond.strip("0")  # 1.000 may be a thousand
    if (beyond and not noughts) or len(whole) + len(part) > MOST_DIGITS:
        raise Unreadable(expected)
    value = Fraction(int(whole + part), 10 ** len(part))
    if column.percent:
        value /= 100
    return -value if minus else value
