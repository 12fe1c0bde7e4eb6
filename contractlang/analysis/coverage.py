"""What lists and orders leave out: values that rows can have and that nothing is agreed for."""

from __future__ import annotations

from collections.abc import Iterable

from contractlang.analysis.draft import Draft, LookupInfo
from contractlang.base.calendar import Every
from contractlang.base.source import Place
from contractlang.model.expression import Expression, Key, LookUp
from contractlang.model.lists import Lookup, Range
from contractlang.syntax.tree import Line, Word


def codes_of(draft: Draft, column: str) -> tuple[str, ...]:
    """The codes that columns of this name can hold; none when one of them can hold anything."""
    found: dict[str, None] = {}
    for table in draft.tables.values():
        for one in table.columns:
            if one.name == column:
                if not one.codes:
                    return ()
                found.update(dict.fromkeys(one.codes))
    return tuple(found)


def check_list(draft: Draft, block: Line, info: LookupInfo) -> None:
    """A row for a code that cannot occur is a fault; a code without a row, and a first day after the term's, a warning."""
    lookup = info.lookup
    if lookup.data is not None or not lookup.rows:
        return
    for index, key in enumerate(lookup.keys):
        codes = codes_of(draft, key)
        if not codes:
            continue
        places = {row.place.line: row.cells[index].place for row in block.rows if index < len(row.cells)}
        written = {row.keys[index]: places.get(row.line, block.place) for row in lookup.rows}
        if any(value is None or isinstance(value, Range) for value in written):
            continue
        for value, place in written.items():
            if value not in codes:
                text = str(value)
                draft.unknown("ZC241", Word("NAME", text, text, place), codes, column=key)
        there = [row.cells[index] for row in block.rows[1:] if index < len(row.cells)]  # a value may still be open
        lacking = [code for code in codes if not any(cell.open or cell.text == code for cell in there)]
        if lacking:
            draft.warn("ZC519", info.place, name=lookup.name, missing=", ".join(lacking), column=key)
    first = min((row.first for row in lookup.rows if row.first is not None), default=None)
    if first is not None and draft.term is not None and first > draft.term.first:
        term = draft.term
        draft.warn("ZC270", info.place, name=lookup.name, day=term.first, first=term.first, last=term.last)


def check_order(draft: Draft, column: str, words: Iterable[Word], place: Place) -> None:
    """An order names every value once: one that is left out would silently never receive room."""
    seen: list[str] = []
    for word in words:
        text = word.string if word.terminal in ("NAME", "STRING") else word.text
        if text in seen:
            draft.fault("ZC457", word, name=text)
        seen.append(text)
    codes = codes_of(draft, column)
    lacking = [code for code in codes if code not in seen]
    for text in seen:
        if codes and text not in codes:
            draft.unknown("ZC241", Word("NAME", text, text, place), codes, column=column)
    if lacking and all(text in codes for text in seen):
        draft.fault("ZC456", place, column=column, missing=", ".join(lacking), known=", ".join(codes))


def changes_within(draft: Draft, amount: Expression, keys: tuple[Key, ...]) -> bool:
    """Whether an amount from a list has a new value on a day inside one period of these keys."""
    if not isinstance(amount, LookUp) or draft.term is None:
        return False
    lookup: Lookup = draft.lookups[amount.lookup].lookup
    every = next((key.every for key in keys if key.every), Every.TERM)
    days = {row.first for row in lookup.rows if row.first is not None}
    for day in days:
        if not draft.term.first < day <= draft.term.last:
            continue
        starts = {
            Every.TERM: False, Every.YEAR: (day.month, day.day) == (1, 1), Every.MONTH: day.day == 1,
            Every.QUARTER: day.day == 1 and day.month % 3 == 1, Every.WEEK: day.isoweekday() == 1, Every.DAY: True,
        }  # fmt: skip
        if not starts[every]:
            return True
    return False
