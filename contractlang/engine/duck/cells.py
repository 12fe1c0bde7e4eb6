"""SQL that reads the text of one cell strictly: NULL when it is empty or does not fit, and a test for the latter.

CSV readers round `1.0055` to the declared decimals without a word, so text is matched before it is cast.
"""

from __future__ import annotations

from contractlang.model.tables import Column, EmptyMeans, Kind

MOST_DIGITS = 18
SQL_TYPES = {Kind.TEXT: "VARCHAR", Kind.DATE: "DATE", Kind.NUMBER: "BIGINT", Kind.TRUTH: "BOOLEAN"}
TRUE, FALSE = "('yes','ja','j','y','true','1')", "('no','nee','n','false','0')"
BLANK = r"'[\s\x{b}\x{1c}-\x{1f}\x{85}\p{Z}]*'"
DAYS = {
    "iso": ("[0-9]{4}-[0-9]{2}-[0-9]{2}", "TRY_CAST({0} AS DATE)"),
    "basic": ("[0-9]{8}", "TRY_CAST({0}[1:4] || '-' || {0}[5:6] || '-' || {0}[7:8] AS DATE)"),
    "dutch": ("[0-9]{2}-[0-9]{2}-[0-9]{4}", "TRY_CAST({0}[7:10] || '-' || {0}[4:5] || '-' || {0}[1:2] AS DATE)"),
}


def blank(text: str) -> str:
    """Whether a text is nothing but blanks; the first character settles almost every case."""
    return f"({text} IS NULL OR (NOT coalesce(ascii({text}) BETWEEN 33 AND 126, false) AND regexp_full_match({text}, {BLANK})))"


def number_pattern(column: Column, decimal: str) -> str:
    """What a number may look like: an optional minus, digits, at most the declared decimals."""
    part = f"([{decimal}][0-9]{{1,{column.decimals}}})?" if column.decimals else ""
    whole = r"([0-9]{1,3}(\.[0-9]{3})+|[0-9]+)" if decimal == "," else "[0-9]+"
    return f"-?{whole}{part}"


def fits(text: str, column: Column, decimal: str, dates: str) -> str:
    """Whether a text that is not blank is what the column holds."""
    if column.kind is Kind.NUMBER:
        digits = f"length(translate({text}, '-.,', '')) <= {MOST_DIGITS}"
        return f"(regexp_full_match({text}, '{number_pattern(column, decimal)}') AND {digits})"
    if column.kind is Kind.DATE:
        pattern, cast = DAYS[dates]
        return f"(regexp_full_match({text}, '{pattern}') AND coalesce({cast.format(text)} >= DATE '0001-01-01', false))"
    if column.kind is Kind.TRUTH:
        return f"(lower({text}) IN {TRUE} OR lower({text}) IN {FALSE})"
    return "true"


def value(text: str, column: Column, decimal: str, dates: str, wide: bool) -> str:
    """The value of a text that fits: numbers as integers scaled by the declared decimals."""
    if column.kind is Kind.NUMBER:
        plain = f"replace(replace({text}, '.', ''), ',', '.')" if decimal == "," else text
        kind, size = ("HUGEINT", 38) if wide else ("BIGINT", 18)
        scaled = f"CAST({plain} AS DECIMAL({size},{column.decimals}))"
        return f"CAST({scaled} * {10**column.decimals} AS {kind})" if column.decimals else f"CAST({plain} AS {kind})"
    if column.kind is Kind.DATE:
        return DAYS[dates][1].format(text)
    if column.kind is Kind.TRUTH:
        return f"(lower({text}) IN {TRUE})"
    return text


def expected(column: Column, dates: str) -> str:
    """What was expected of a cell, in the words of both engines."""
    if column.kind is Kind.NUMBER:
        return f"number with at most {column.decimals} decimals"
    return f"date ({dates})" if column.kind is Kind.DATE else "yes or no"


def read(text: str, column: Column, decimal: str, dates: str, wide: bool) -> str:
    """The cell as a value; NULL when empty (0 when empty means zero) or unreadable."""
    if column.kind is Kind.TEXT:
        return f"CASE WHEN NOT {blank(text)} THEN {text} END"
    empty = "0" if column.kind is Kind.NUMBER and column.empty is EmptyMeans.ZERO else "NULL"
    return (
        f"CASE WHEN {fits(text, column, decimal, dates)} THEN {value(text, column, decimal, dates, wide)} "
        f"WHEN {blank(text)} THEN {empty} END"
    )


def bad(text: str, column: Column, decimal: str, dates: str) -> str:
    """Whether the cell is filled with something that does not fit."""
    return f"NOT coalesce({fits(text, column, decimal, dates)}, false) AND NOT {blank(text)}"
