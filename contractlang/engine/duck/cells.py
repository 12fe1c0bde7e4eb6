"""SQL that reads the text of one cell strictly: NULL when it is empty or does not fit, and a test for the latter.

CSV readers round `1.0055` to the declared decimals without a word, so text is matched before it is cast.
"""

from __future__ import annotations

from contractlang.model.tables import Column, Kind

MOST_DIGITS = 18
FEWEST_DIGITS = 4  # behind the sign, from which on noughts can be no thousands
SQL_TYPES = {Kind.TEXT: "VARCHAR", Kind.DATE: "DATE", Kind.NUMBER: "BIGINT", Kind.TRUTH: "BOOLEAN"}
TRUE, FALSE = "('yes','ja','j','y','true','1')", "('no','nee','n','false','0')"
BLANK = r"'[\s\x{b}\x{1c}-\x{1f}\x{85}\p{Z}]*'"
PARTS = {
    "basic": "{0}[1:4] || '-' || {0}[5:6] || '-' || {0}[7:8]",
    "dutch": "{0}[7:10] || '-' || {0}[4:5] || '-' || {0}[1:2]",
}
LENGTHS = {"basic": 8, "dutch": 10}
VISIBLE = "({0} >= '!' AND {0} < chr(127))"  # starts with a visible character of ASCII, as nearly every cell does


def blank(text: str) -> str:
    """Whether a text is nothing but blanks; the first character settles almost every case."""
    return f"({text} IS NULL OR (NOT coalesce({VISIBLE.format(text)}, false) AND regexp_full_match({text}, {BLANK})))"


def number_pattern(column: Column, decimal: str) -> str:
    """What a number may look like: an optional minus, digits, at most the declared decimals; noughts behind them say nothing.

    Three digits are no decimals with noughts where fewer are declared: `1.000` may be a thousand.
    """
    d = column.decimals
    part = f"([{decimal}]([0-9]{{1,{d}}}|[0-9]{{{d}}}0{{{max(1, FEWEST_DIGITS - d)},}}))?" if d else ""
    whole = r"([0-9]{1,3}(\.[0-9]{3})+|[0-9]+)" if decimal == "," else "[0-9]+"
    return f"-?{whole}{part}"


def fits(text: str, column: Column, decimal: str, dates: str) -> str:
    """Whether a text that is not blank is what the column holds."""
    if column.kind is Kind.NUMBER:
        digits = f"length(translate({text}, '-.,', '')) <= {MOST_DIGITS}"
        return f"(regexp_full_match({text}, '{number_pattern(column, decimal)}') AND {digits})"
    if column.kind is Kind.DATE:
        return f"coalesce({_day(text, dates)} IS NOT NULL, false)"
    if column.kind is Kind.TRUTH:
        return f"(lower({text}) IN {TRUE} OR lower({text}) IN {FALSE})"
    return "true"


def _day(text: str, dates: str) -> str:
    """A date, by writing it again: only a text that comes out the same is one."""
    if dates == "iso":
        # of ten bytes the database writes only a day of the years 1 to 9999, so whatever else the cast forgives is gone
        day = f"TRY_CAST({text} AS DATE)"
        return f"CASE WHEN CAST({day} AS VARCHAR) = {text} AND strlen({text}) = 10 THEN {day} END"
    parts = PARTS[dates].format(text)
    again = {
        "basic": "replace(CAST({0} AS VARCHAR), '-', '')",
        "dutch": "strftime({0}, '%d-%m-%Y')",
    }[dates].format(f"TRY_CAST({parts} AS DATE)")
    inside = f"TRY_CAST({parts} AS DATE) BETWEEN DATE '0001-01-01' AND DATE '9999-12-31'"
    return f"CASE WHEN length({text}) = {LENGTHS[dates]} AND {inside} AND {again} = {text} THEN TRY_CAST({parts} AS DATE) END"


def value(text: str, column: Column, decimal: str, dates: str, wide: bool) -> str:
    """The value of a text, NULL when it does not fit: numbers as integers scaled by the declared decimals."""
    if column.kind is Kind.NUMBER:
        plain = f"replace(replace({text}, '.', ''), ',', '.')" if decimal == "," else text
        kind, size = ("HUGEINT", 38) if wide else ("BIGINT", 18)
        tried = f"TRY_CAST({plain} AS DECIMAL({size},{column.decimals}))"
        whole = f"CAST({tried} * {10**column.decimals} AS {kind})"
        usual = "" if wide or decimal == "," else f"WHEN CAST({tried} AS VARCHAR) = {text} THEN {whole} "
        # a text that comes out as it went in has the declared decimals: no pattern needs to be matched against it
        scaled = f"CAST(CAST({plain} AS DECIMAL({size},{column.decimals})) * {10**column.decimals} AS {kind})"
        return f"CASE {usual}WHEN {fits(text, column, decimal, dates)} THEN {scaled} END"
    if column.kind is Kind.DATE:
        return _day(text, dates)
    yes, no = f"lower({text}) IN {TRUE}", f"lower({text}) IN {FALSE}"
    return f"CASE WHEN {yes} THEN true WHEN {no} THEN false END"


def text_value(text: str) -> str:
    """A text verbatim, NULL when it is blank; the first character settles almost every cell."""
    return f"CASE WHEN {VISIBLE.format(text)} THEN {text} WHEN NOT {blank(text)} THEN {text} END"


def expected(column: Column, dates: str) -> str:
    """What was expected of a cell, in the words of both engines."""
    if column.kind is Kind.NUMBER:
        return f"number with at most {column.decimals} decimals"
    return f"date ({dates})" if column.kind is Kind.DATE else "yes or no"
