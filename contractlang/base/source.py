"""Where something was written: the text of a contract and places in it."""

from __future__ import annotations

from msgspec import Struct


class Place(Struct, frozen=True):
    """A stretch of one physical line: line and columns from 1, `end` is the column after the last character."""

    line: int
    column: int
    end: int


NOWHERE = Place(0, 0, 0)


class Source(Struct, frozen=True):
    """The text of a contract, as read: name for messages, language `nl` or `en`, physical lines."""

    name: str
    language: str
    lines: tuple[str, ...]

    def excerpt(self, place: Place) -> str:
        """The physical line of a place, empty when there is none."""
        return self.lines[place.line - 1] if 0 < place.line <= len(self.lines) else ""
