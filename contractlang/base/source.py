"""Where something was written: the text of a contract, of the frameworks that it uses, and places in them."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace


class Place(Struct, frozen=True):
    """A stretch of one physical line: line and columns from 1, `end` is the column after the last character."""

    line: int
    column: int
    end: int


NOWHERE = Place(0, 0, 0)


class File(Struct, frozen=True):
    """A file whose lines follow those of the contract: what messages call it, and how many lines stand before it."""

    name: str
    before: int


class Source(Struct, frozen=True):
    """The text of a contract, as read: name for messages, language `nl` or `en`, physical lines.

    The lines of the frameworks that it uses follow its own (`files`), so that one number means one line of one file.
    """

    name: str
    language: str
    lines: tuple[str, ...]
    files: tuple[File, ...] = ()

    def texts(self) -> dict[str, str]:
        """The text of every file that follows that of the contract, by its name."""
        ends = [*(file.before for file in self.files[1:]), len(self.lines)]
        return {
            file.name: "\n".join(self.lines[file.before : end]) for file, end in zip(self.files, ends, strict=False)
        }

    def excerpt(self, place: Place) -> str:
        """The physical line of a place, empty when there is none."""
        return self.lines[place.line - 1] if 0 < place.line <= len(self.lines) else ""

    def file(self, place: Place) -> File:
        """The file in which a place stands."""
        return next((file for file in reversed(self.files) if file.before < place.line), File(self.name, 0))

    def located(self, place: Place) -> tuple[str, Place]:
        """The name of the file in which a place stands, and the place as that file counts its lines."""
        file = self.file(place)
        return file.name, replace(place, line=place.line - file.before) if file.before else place

    def called(self, line: int, seen_from: Place) -> str:
        """The number of a line as a message at a place calls it: with its file when that is another one."""
        name, place = self.located(Place(line, 1, 1))
        return str(place.line) if name == self.file(seen_from).name else f"{name}:{place.line}"
