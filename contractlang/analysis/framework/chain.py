"""The frameworks of a contract, one above the other, each read and checked for what makes it unfit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from msgspec.structs import replace

from contractlang.analysis.framework.files import (
    MOST_LEVELS,
    Read,
    Refused,
    file_of,
    read_framework,
    read_text,
    used,
    word_of,
)
from contractlang.analysis.framework.places import moved
from contractlang.base.diagnostics import Diagnostic
from contractlang.base.source import File, Source
from contractlang.model.contract import Framework
from contractlang.syntax.tree import Document, Line


class Chain:
    """The frameworks of a contract, their lines numbered on behind its own."""

    def __init__(self, document: Document, folder: str, given: Mapping[str, str]) -> None:
        self.document = document
        self.folder = folder
        self.given = given
        self.found: list[Read] = []
        self.faults: list[Diagnostic] = []
        self.broken = False

    def read(self, use: Line | None) -> None:
        """Read on until a framework uses none; what stands in the way is a fault at the line that asks for it."""
        document, says = self.document, ""
        while use is not None and use.node is not None:
            try:
                one = self._next(use, says)
            except Refused as refused:
                fault = Diagnostic(refused.code, word_of(use).place, refused.arguments, refused.fixes)
                self.faults.append(fault)
                self.broken = True
                return
            lines = sum(len(read.document.source.lines) for read in self.found) + len(self.document.source.lines)
            document = moved(one.document, lines, PurePosixPath(one.file).parent.as_posix())
            self.found.append(replace(one, document=document))
            self.faults += self._amiss(one, use, lines)
            if self.broken:
                return
            use, says = used(document), one.file

    def _next(self, use: Line, says: str) -> Read:
        file = file_of(use, says)
        name = self.document.source.name
        files = [read.file for read in self.found]
        if file in files or self._is_contract(file):
            raise Refused("ZC156", chain=" → ".join([PurePosixPath(name).name, *files, file]))
        if len(files) == MOST_LEVELS:
            raise Refused("ZC157", most=str(MOST_LEVELS))
        if file in self.given:
            return read_text(self.given[file], file, name)
        return read_framework(use, file, self.folder, name)

    def _is_contract(self, file: str) -> bool:
        return PurePosixPath(file) == PurePosixPath(PurePosixPath(self.document.source.name.replace("\\", "/")).name)

    def _amiss(self, one: Read, use: Line, lines: int) -> Iterator[Diagnostic]:
        """What is wrong with a framework: another language, no contract, lines that cannot be read, another version."""
        assert use.node is not None
        own, theirs = self.document.source.language, one.document.source.language
        if one.head is not None and theirs != own:
            self.broken = True
            yield Diagnostic("ZC155", word_of(use).place, {"file": one.file})
            return
        for found in one.faults:
            yield replace(found, place=replace(found.place, line=found.place.line + lines))
        if one.head is None or one.head.node is None:
            self.broken = True
            return
        is_now = one.head.node.word(1).string
        if use.node.has(1) and (named := use.node.word(1)).string != is_now:
            arguments = {"file": one.file, "version": is_now, "named": named.string}
            yield Diagnostic("ZC158", named.place, arguments, (f'"{is_now}"',))

    def files(self) -> dict[str, str]:
        """What messages call a framework, to its file as seen from the contract."""
        return {read.document.source.name: read.file for read in self.found}

    def frameworks(self) -> tuple[Framework, ...]:
        """What the statement says of them."""
        made = []
        for one in self.found:
            head = one.head.node if one.head else None
            name, version = (head.word(0).string, head.word(1).string) if head else ("", "")
            made.append(Framework(one.file, name, version, one.sha256))
        return tuple(made)

    def source(self) -> Source:
        """The lines of all files."""
        source = self.document.source
        lines, files = list(source.lines), list[File]()
        for read in self.found:
            files.append(File(read.document.source.name, len(lines)))
            lines += read.document.source.lines
        return Source(source.name, source.language, tuple(lines), tuple(files))
