"""The text of cells read strictly, in SQL: what does not fit is refused and never repaired.

The readers of the database itself are not strict (a cell 1.0055 read with two decimals becomes 1.01 without a word), so
files are read as text and every cell is tried here. The usual way of writing is recognised by writing the value back;
only what differs from that is looked at with a pattern.
"""

from __future__ import annotations

from contractlang.engine.duckdb.session import literal
from contractlang.model.tables import Column, EmptyMeans, Kind

MOST_DIGITS = 18
BLANKS = "[\\x09-\\x0d\\x1c-\\x20\\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}]*"
YES = ("yes", "ja", "j", "y", "true", "1")
NO = ("no", "nee", "n", "false", "0")
TYPES = {Kind.TEXT: "VARCHAR", Kind.DATE: "DATE", Kind.NUMBER: "BIGINT", Kind.TRUTH: "BOOLEAN"}


def blank(text: str) -> str:
    """Whether a text (SQL) is empty: nothing but blanks. True for NULL."""
    visible = f"{text} >= '!' and {text} < '~'"
    return f"(case when {text} is null then true when {visible} then false else {full_match(text, BLANKS)} end)"


def full_match(text: str, pattern: str) -> str:
    """Whether a pattern fits the whole text."""
    return f"regexp_full_match({text}, {literal(pattern)})"


def filled(text: str) -> str:
    """The text verbatim, NULL when it is nothing but blanks."""
    visible = f"{text} >= '!' and {text} < '~'"
    return f"(case when {visible} then {text} when not {full_match(text, BLANKS)} then {text} end)"


def read(text: str, column: Column, decimal: str, dates: str) -> str:
    """The value of a cell: VARCHAR, DATE, BOOLEAN, or BIGINT times 10^decimals. NULL when empty or unreadable."""
    match column.kind:
        case Kind.TEXT:
            return filled(text)
        case Kind.DATE:
            return _day(text, dates)
        case Kind.TRUTH:
            yes, no = (", ".join(literal(word) for word in words) for words in (YES, NO))
            return f"(case when lower({text}) in ({yes}) then true when lower({text}) in ({no}) then false end)"
        case Kind.NUMBER:
            value = _number(text, column.decimals, decimal)
            if column.empty is EmptyMeans.ZERO:
                return f"(case when {blank(text)} then 0::BIGINT else {value} end)"
            return value


def expected(column: Column, dates: str) -> str:
    """What is asked of a cell of the column, for people."""
    match column.kind:
        case Kind.DATE:
            return f"date ({dates})"
        case Kind.TRUTH:
            return "yes or no"
        case Kind.NUMBER:
            return f"number with at most {column.decimals} decimals"
        case Kind.TEXT:
            return "text"


def _day(text: str, form: str) -> str:
    """A real date in exactly this form. A date is written back as ISO, so only the form itself is equal to that."""
    if form == "iso":
        iso, fits = text, ""
    elif form == "basic":
        iso, fits = f"({text}[1:4] || '-' || {text}[5:6] || '-' || {text}[7:8])", f"length({text}) = 8 and "
    else:
        iso = f"({text}[7:10] || '-' || {text}[4:5] || '-' || {text}[1:2])"
        fits = f"length({text}) = 10 and {text}[3:3] = '-' and {text}[6:6] = '-' and "
    return f"(case when {fits}length({iso}) = 10 and try_cast({iso} as DATE)::VARCHAR = {iso} then try_cast({iso} as DATE) end)"


def _number(text: str, decimals: int, decimal: str) -> str:
    """A number as a whole number of its smallest decimal. One that is too large then stops the settlement (ZC802)."""
    if decimal == ",":
        fraction = "(,[0-9]+)?" if decimals else ""
        pattern = f"-?([0-9]{{1,3}}(\\.[0-9]{{3}})+|[0-9]+){fraction}"
        plain, usual = f"replace(replace({text}, '.', ''), ',', '.')", f"replace({text}, ',', '.')"
        excluded = f"not contains({text}, '.') and "
    else:
        pattern = "-?[0-9]+(\\.[0-9]+)?" if decimals else "-?[0-9]+"
        plain, usual, excluded = text, text, ""
    places = f"(case when contains({plain}, '.') then length({plain}) - strpos({plain}, '.') else 0 end)"
    digits = f"replace({plain}, '.', '')"
    few = f"{places} <= {decimals} and length(replace({digits}, '-', '')) <= {MOST_DIGITS}"
    whole = f"({digits} || repeat('0', {decimals} - {places}))::BIGINT"
    return f"(case {_usual(usual, excluded, decimals)} when {full_match(text, pattern)} and {few} then {whole} end)"


def _usual(text: str, excluded: str, decimals: int) -> str:
    """The quick way for a number written with exactly the declared decimals: written back, it is the same text.

    The width leaves room to multiply by the power of ten within 18 digits; larger numbers take the other way.
    """
    width = MOST_DIGITS - 1 - decimals
    if width <= decimals:
        return "when false then 0::BIGINT"
    cast = f"try_cast({text} as DECIMAL({width}, {decimals}))"
    return f"when {excluded}{cast}::VARCHAR = {text} then ({cast} * {10**decimals})::BIGINT"
