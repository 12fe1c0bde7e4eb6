"""Cells of tables: amounts, percentages, dates, key values and ranges, in the notation of the file's language."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from contractlang.analysis.draft import Draft
from contractlang.base.units import EURO, NUMBER, Unit
from contractlang.model.lists import Range
from contractlang.syntax.numbers import NotANumber, read_date, read_number
from contractlang.syntax.tree import Cell
from contractlang.syntax.words import cell_words

_VALUE = re.compile(r"(€)?[ \u00a0]*([-\u2212+]?[ \u00a0]?\d[\d.,]*(?:,-)?)[ \u00a0]*(%)?")


def read_value(draft: Draft, cell: Cell) -> tuple[Fraction, Unit, bool] | None:
    """An amount, number or percentage: value, unit, whether it is a percentage. None, with a fault, when it is none."""
    found = _VALUE.fullmatch(cell.text)
    if not found or (found[1] and found[3]):
        draft.fault("ZC501", cell.place, text=cell.text)
        return None
    try:
        value = read_number(found[2].replace(" ", "").replace("\u00a0", ""), draft.source.language)
    except NotANumber as fault:
        draft.fault(fault.code, cell.place, **fault.arguments)
        return None
    if found[3]:
        return value / 100, NUMBER, True
    return value, EURO if found[1] else NUMBER, False


def read_from(draft: Draft, cell: Cell) -> date | None:
    """The date of a column heading `from 2026-01-01`."""
    word = "|".join(map(re.escape, cell_words(draft.source.language)["from"]))
    found = re.fullmatch(rf"(?:{word})\s+(\S+)", cell.text)
    if not found:
        draft.fault("ZC502", cell.place, text=cell.text)
        return None
    try:
        return read_date(found[1])
    except NotANumber:
        draft.fault("ZC113", cell.place, text=found[1])
        return None


def read_key_cell(draft: Draft, cell: Cell) -> str | Range | None:
    """A key: a code, the empty cell, or a range of numbers (`0 through 64`, `85 and over`, `below 360`)."""
    words, text = cell_words(draft.source.language), cell.text
    if text in words["empty"]:
        return None
    if len(text) > 1 and text[0] == text[-1] and text[0] in '"`':
        return text[1:-1]
    number = r"([\d.,]+)"

    def match(pattern: str) -> re.Match[str] | None:
        return re.fullmatch(pattern, text)

    def read(part: str) -> Fraction:
        return read_number(part, draft.source.language)

    def either(name: str) -> str:
        return "(?:" + "|".join(map(re.escape, words[name])) + ")"

    try:
        if found := match(rf"{number}\s+{either('through')}\s+{number}"):
            return Range(read(found[1]), read(found[2]))
        if found := match(rf"{number}\s+{either('and_over')}"):
            return Range(read(found[1]), None)
        if found := match(rf"{either('below')}\s+{number}"):
            return Range(None, read(found[1]), high_included=False)
        if found := match(rf"{either('above')}\s+{number}"):
            return Range(read(found[1]), None, low_included=False)
    except NotANumber as fault:
        draft.fault(fault.code, cell.place, **fault.arguments)
        return Range(None, None)
    return text
