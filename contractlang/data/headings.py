"""Which column of a file is which column of the contract, by its heading or by a mapping; nothing by its place."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from msgspec import Struct, field

from contractlang.data.faults import FileFault, shown
from contractlang.model.tables import Column, Table
from contractlang.syntax.words import wording

MOST_HEADINGS = 40
TYPES = {
    "text": "_TEXT", "person": "_PERSON", "party": "_PARTY", "one of": "_ONE_OF", "date": "_DATE_T",
    "yes or no": "_YES_OR_NO", "truth": "_YES_OR_NO", "euro": "_EURO", "hours": "_HOURS_T", "minutes": "_MINUTES_T",
    "days": "_DAYS_T", "dayparts": "_DAYPARTS_T", "count": "_COUNT_T", "number": "_NUMBER_T", "percent": "_PERCENT_T",
    "fraction": "_FRACTION_T", "year": "_YEAR_T",
}  # fmt: skip


class Placed(Struct):
    """Positions by the name of the column, headings that no column takes, and what is wrong."""

    positions: dict[str, int] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    faults: list[FileFault] = field(default_factory=list)


def type_words(column: Column, language: str) -> str:
    """The type of a column as the contract writes it; with its codes when it has them."""
    kind = wording(TYPES[column.word], language) if column.word in TYPES else column.word
    return f"{kind}: {', '.join(column.codes)}" if column.codes else kind


def names_of(column: Column) -> tuple[str, ...]:
    """The headings under which a column may stand."""
    return column.headings or (column.name,)


def place(
    table: Table, header: Sequence[str], mapped: Mapping[str, str], origin: str, language: str, needed: bool = True
) -> Placed:
    """Find every column. Missing columns that a clause uses, doubles and doubts are faults."""
    found = Placed()
    for heading in sorted({heading for heading in header if heading.strip() and header.count(heading) > 1}):
        found.faults.append(FileFault("ZC716", {"file": origin, "column": shown(heading)}))
    takers: dict[int, str] = {}
    for column in table.columns:
        wanted = (mapped[column.name],) if column.name in mapped else names_of(column)
        places = _places(wanted, header)
        if len({header[index] for index in places}) > 1:
            both = ", ".join(shown(header[index]) for index in places)
            found.faults.append(FileFault("ZC728", {"file": origin, "column": column.name, "headings": both}))
        elif places and places[0] in takers:
            arguments = {
                "file": origin,
                "heading": shown(header[places[0]]),
                "first": takers[places[0]],
                "second": column.name,
            }
            found.faults.append(FileFault("ZC729", arguments))
        elif places:
            takers[places[0]] = column.name
            found.positions[column.name] = places[0]
        elif column.used and needed:
            found.faults.append(_missing(table, column, wanted, header, origin, language, column.name in mapped))
    found.ignored = tuple(heading for index, heading in enumerate(header) if index not in takers)
    return found


def fold(heading: str) -> str:
    """A heading without case, surrounding space and ways of composing accents."""
    return unicodedata.normalize("NFC", heading).strip().casefold()


def _places(wanted: Sequence[str], header: Sequence[str]) -> list[int]:
    """Where a heading stands exactly; else where it stands but for case and surrounding space."""
    exact = [index for index, heading in enumerate(header) if heading in wanted]
    folded = {fold(name) for name in wanted}
    return exact or [index for index, heading in enumerate(header) if fold(heading) in folded]


def _missing(
    table: Table, column: Column, wanted: Sequence[str], header: Sequence[str], origin: str, language: str, mapped: bool
) -> FileFault:
    by_fold = {fold(heading): heading for heading in header if heading.strip()}
    close = [near for name in wanted for near in get_close_matches(fold(name), list(by_fold), 1, 0.5)]
    more = f" (+{len(header) - MOST_HEADINGS})" if len(header) > MOST_HEADINGS else ""
    arguments = {
        "file": origin, "table": table.name, "name": column.name, "column": " / ".join(shown(name) for name in wanted),
        "type": type_words(column, language), "headings": ", ".join(shown(h, 40) for h in header[:MOST_HEADINGS]) + more,
    }  # fmt: skip
    if mapped:
        return FileFault("ZC734", arguments)
    if not close:
        return FileFault("ZC747", arguments)
    return FileFault("ZC717", {**arguments, "close": shown(by_fold[close[0]])})
