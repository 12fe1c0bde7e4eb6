"""What was expected of a cell (`BadCell.expected`, as both engines write it), in the language of the person."""

from __future__ import annotations

import re

from contractlang.base.diagnostics import word

FORMS = (
    ("ZC780", re.compile(r"number with at most 0 decimals")),
    ("ZC781", re.compile(r"number with at most (?P<decimals>\d+) decimals")),
    ("ZC782", re.compile(r"date \(iso\)")),
    ("ZC783", re.compile(r"date \(basic\)")),
    ("ZC784", re.compile(r"date \(dutch\)")),
    ("ZC785", re.compile(r"yes or no")),
    ("ZC786", re.compile(r"a value")),
    ("ZC787", re.compile(r"(?P<cells>\d+) cells in the row")),
)


def expected_text(expected: str, language: str) -> str:
    """In plain words; anything else is the list of codes that the column knows."""
    for code, form in FORMS:
        if found := form.fullmatch(expected):
            return word(code, "text", language, found.groupdict())
    return word("ZC788", "text", language, {"codes": expected})
