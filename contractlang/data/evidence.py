"""What the cells of a column speak for: a decimal comma or point, a form of dates. Counted over all rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import islice
from operator import itemgetter
from pathlib import Path

from msgspec import Struct, field

from contractlang.data.prepared import Dialect
from contractlang.model.tables import Column, Kind

# Written so that Python and DuckDB (RE2) read them alike. `either` cells can be read in two ways: 1.234 is one and a
# bit with a decimal point, more than a thousand with a decimal comma.
NUMBERS = {
    "grouped": r"-?(?:[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,})",  # thousands with points
    "comma": r"-?(?:0[0-9]*,[0-9]+|[0-9]{4,},[0-9]+|[0-9]+,(?:[0-9]{1,2}|[0-9]{4,}))",
    "point": r"-?(?:0[0-9]*\.[0-9]+|[0-9]{4,}\.[0-9]+|[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,}))",
    "either_comma": r"-?[1-9][0-9]{0,2},[0-9]{3}",
    "either_point": r"-?[1-9][0-9]{0,2}\.[0-9]{3}",
}
DATES = {
    "iso": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "basic": r"[0-9]{8}",
    "dutch": r"[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}",
    "short": r"[0-9]-[0-9]{1,2}-[0-9]{4}|[0-9]{1,2}-[0-9]-[0-9]{4}",  # dutch without the zeros: 1-6-2024
    "day_first": r"(?:1[3-9]|2[0-9]|3[01])-[01]?[0-9]-[0-9]{4}",
    "month_first": r"[01]?[0-9]-(?:1[3-9]|2[0-9]|3[01])-[0-9]{4}",
    "other": r"[0-9]{1,2}[/. ][0-9]{1,2}[/. ][0-9]{2,4}|[0-9]{4}[/.][0-9]{1,2}[/.][0-9]{1,2}|[0-9]{1,2}-[0-9]{1,2}-[0-9]{2}"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+(?:Z|[+-][0-9:]+)?",
}
SOME = 4096  # rows that are looked at together
PATTERNS = {Kind.NUMBER: NUMBERS, Kind.DATE: DATES}


class Evidence(Struct):
    """How many cells of one column are written in each way, and the first of them by the alphabet."""

    count: dict[str, int] = field(default_factory=dict)
    sample: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, way: str) -> int:
        return self.count.get(way, 0)

    def note(self, way: str, text: str, number: int = 1) -> None:
        """Count cells written in a way, of which `text` is one."""
        self.count[way] = self[way] + number
        self.sample[way] = min(self.sample.get(way, text), text)


class Look(Struct):
    """What was seen: the evidence by column, the rows, and how many had another number of cells than the header."""

    notes: dict[str, Evidence]
    rows: int = 0
    ragged: int = 0


@cache
def _compiled(kind: Kind) -> Mapping[str, re.Pattern[str]]:
    return {way: re.compile(pattern) for way, pattern in PATTERNS.get(kind, {}).items()}


def look(columns: Iterable[tuple[Column, int]], rows: Iterable[Sequence[str]], width: int) -> Look:
    """Look at all cells of the number and date columns; `width` is the number of cells of the header."""
    wanted = [(column, index, Counter[str]()) for column, index in columns if column.kind in PATTERNS]
    found = Look({column.name: Evidence() for column, _, _ in wanted})
    every = iter(rows)
    while part := list(islice(every, SOME)):
        whole = [row for row in part if len(row) == width]  # the cells of the others may stand in the wrong place
        found.rows += len(part)
        found.ragged += len(part) - len(whole)
        for _, index, texts in wanted:
            texts.update(map(itemgetter(index), whole))
    for column, _, texts in wanted:
        _note(column, texts, found.notes[column.name])
    return found


def _note(column: Column, texts: Counter[str], evidence: Evidence) -> None:
    number = column.kind is Kind.NUMBER
    left = [text for text in texts if text and not (number and text.isdigit())]
    for way, pattern in _compiled(column.kind).items():
        found = set(filter(pattern.fullmatch, left))
        if found:
            evidence.note(way, min(found), sum(texts[text] for text in found))
        if found and (number or way == "iso"):  # no other way of writing matches such a text
            left = [text for text in left if text not in found]


def look_large(columns: Iterable[tuple[Column, int]], source: str) -> Look | None:
    """The same by DuckDB, for files of which Python would take seconds; None when it cannot read the source (SQL)."""
    import duckdb

    from contractlang.data.database import connect

    wanted = [(column, index) for column, index in columns if column.kind in PATTERNS]
    asked = [(column.name, index, way, text) for column, index in wanted for way, text in PATTERNS[column.kind].items()]
    sums = [
        f"count(*) FILTER (regexp_full_match(x{index}, '{text}')), min(x{index}) FILTER (regexp_full_match(x{index}, '{text}'))"
        for _, index, _, text in asked
    ]
    try:
        with connect() as connection:
            row = connection.execute(f"SELECT {', '.join(['count(*)', *sums])} FROM {source}").fetchone()
    except duckdb.Error:
        return None
    assert row is not None
    found = Look({column.name: Evidence() for column, _ in wanted}, rows=int(row[0]))
    for place, (name, _, way, _) in enumerate(asked):
        if row[1 + 2 * place]:
            found.notes[name].note(way, str(row[2 + 2 * place]), int(row[1 + 2 * place]))
    return found


def delimited_source(path: Path, dialect: Dialect, width: int) -> str:
    """A delimited file as SQL, all cells text in columns x0, x1 ...; rows that are ragged are left out."""
    names = ", ".join(f"'x{index}': 'VARCHAR'" for index in range(width))
    packed = ", compression='gzip'" if dialect.compressed else ""
    return (
        f"read_csv({literal(str(path))}, header=true, auto_detect=false, delim={literal(dialect.delimiter)}, quote='\"', "
        f"escape='\"', ignore_errors=true, columns={{{names}}}{packed})"
    )


def literal(text: str) -> str:
    """A text in SQL."""
    return "'" + text.replace("'", "''") + "'"
