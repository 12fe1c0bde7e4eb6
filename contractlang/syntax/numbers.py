"""Numbers and dates as written in a contract, in the notation of its language, exactly or not at all."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

_PLAIN = {
    "en": re.compile(r"(?:[1-9]\d{0,2}(?:,\d{3})+|0|[1-9]\d*)(?:\.\d+)?"),
    "nl": re.compile(r"(?:[1-9]\d{0,2}(?:\.\d{3})+|0|[1-9]\d*)(?:,(?:\d+|-))?"),
}
# one group of three behind one mark, such as 1.250 in an English text: thousands elsewhere, decimals here
_TWO_READINGS = {"en": re.compile(r"[1-9]\d{0,2}\.\d{3}"), "nl": re.compile(r"[1-9]\d{0,2},\d{3}")}


MOST_DIGITS = 30


class NotANumber(Exception):
    """The text is not a number in this language: a code, and arguments for its message."""

    def __init__(self, code: str, **arguments: str) -> None:
        super().__init__(code)
        self.code = code
        self.arguments = arguments


def read_number(text: str, language: str) -> Fraction:
    """The exact value of a written number, sign in front.

    Raises NotANumber: ZC111 when Dutch and English read it differently, ZC112 when it is no number in this language,
    ZC115 when it has more digits than any contract means.
    """
    digits = text.replace("\u2212", "-")
    sign = -1 if digits.startswith("-") else 1
    digits = digits.lstrip("+-").strip()
    if sum(map(str.isdigit, digits)) > MOST_DIGITS:
        raise NotANumber("ZC115", text=digits[:12] + "…", most=str(MOST_DIGITS))
    if _TWO_READINGS[language].fullmatch(digits):
        other = "," if language == "en" else "."
        mark = "." if language == "en" else ","
        raise NotANumber("ZC111", text=digits, decimals=digits + "0", thousands=digits.replace(mark, other))
    if not _PLAIN[language].fullmatch(digits):
        raise NotANumber("ZC112", text=digits)
    group, point = (",", ".") if language == "en" else (".", ",")
    return sign * Fraction(digits.replace(group, "").replace(point, ".").replace(".-", ""))


def write_number(value: Fraction, language: str, decimals: int | None = None, grouped: bool = True) -> str:
    """A terminating decimal in the notation of a language; as many decimals as it needs when `decimals` is None.

    Raises ValueError when the value has more decimals than asked for, or does not terminate.
    """
    places = 0
    while value * 10**places != int(value * 10**places):
        places += 1
        if places > 60:
            raise ValueError(f"{value} has no finite decimal notation")
    if decimals is not None and places > decimals:
        raise ValueError(f"{value} has more than {decimals} decimals")
    places = places if decimals is None else decimals
    scaled = abs(int(value * 10**places))
    whole, rest = divmod(scaled, 10**places)
    group, point = (",", ".") if language == "en" else (".", ",")
    text = f"{whole:,}".replace(",", group) if grouped else str(whole)
    if places:
        text += point + str(rest).rjust(places, "0")
    if places == 3 and whole and whole < 1000:
        text += "0"  # never a text that the other language reads as thousands
    return ("-" if value < 0 else "") + text


def read_date(text: str) -> date:
    """An ISO date. Raises NotANumber ZC113 when there is no such day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotANumber("ZC113", text=text) from None
