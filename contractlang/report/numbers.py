"""How numbers and days are written for people: € 1.250,00 in Dutch, € 1,250.00 in English."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from contractlang.base.exact import Mode, Rounding, round_to
from contractlang.statement.figures import figure

LONGEST = 6  # decimals shown of a figure that is not money


def money(amount: str | None, language: str) -> str:
    """Euros with two decimals and separators; a dash for an amount that is not known."""
    return "–" if amount is None else f"€ {_separated(amount, language)}"


def count(number: int, language: str) -> str:
    """A number of rows with separators."""
    return _separated(str(number), language)


def percent(value: str | None, language: str) -> str:
    """A percentage that is already times one hundred."""
    return "–" if value is None else f"{_separated(value, language)} %"


def shown(value: str | None, unit: str, is_percent: bool, language: str) -> str:
    """A figure of a report in its unit; what is rounded for display and does not end is marked with ≈."""
    if value is None:
        return "–"
    try:
        exact = Fraction(value)
    except ValueError:
        return value
    if is_percent:
        return f"{number(exact * 100, language, 2)} %"
    if unit == "€":
        return f"€ {number(exact, language, 2, fixed=True)}"
    return f"{number(exact, language)}{f' {unit}' if unit else ''}"


def number(exact: Fraction, language: str, decimals: int = LONGEST, fixed: bool = False) -> str:
    """A number with at most so many decimals (`fixed`: exactly so many); ≈ when more would follow."""
    rounded = round_to(exact, Rounding(Mode.HALF_AWAY, Fraction(1, 10**decimals)))
    text = figure(rounded)
    if fixed:
        whole, _, rest = text.partition(".")
        text = f"{whole}.{rest:0<{decimals}}"
    return f"{'' if rounded == exact else '≈ '}{_separated(text, language)}"


def exact(value: Fraction, language: str, decimals: int = 0) -> str:
    """A number as it is, with at least so many decimals; a ratio `1/3` when it does not end."""
    text = figure(value)
    if "/" in text:
        over, under = text.split("/")
        return f"{_separated(over, language)}/{_separated(under, language)}"
    whole, _, rest = text.partition(".")
    return _separated(f"{whole}.{rest:0<{decimals}}" if decimals or rest else whole, language)


def day(value: date | None, language: str) -> str:
    """A day: 01-06-2024 in Dutch, 2024-06-01 in English; a dash when there is none."""
    if value is None:
        return "–"
    return value.strftime("%d-%m-%Y") if language == "nl" else value.isoformat()


def _separated(text: str, language: str) -> str:
    sign = "-" if text.startswith("-") else ""
    whole, _, decimals = text.lstrip("-").partition(".")
    groups = f"{int(whole):,}"
    if language == "nl":
        groups = groups.replace(",", ".")
    point = "," if language == "nl" else "."
    return f"{sign}{groups}{point + decimals if decimals else ''}"
