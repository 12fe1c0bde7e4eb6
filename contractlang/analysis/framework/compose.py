"""A contract and its frameworks as one tree: what is filled, what stands in place of what, what is new.

From here on nothing knows that there were several files: blocks keep the order of the framework, lines keep the place at
which they were written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import TypeVar

from msgspec import Struct, field
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
from contractlang.analysis.framework.filling import Fault, Filling
from contractlang.analysis.framework.heads import key_columns, key_of, said, words_of
from contractlang.analysis.framework.places import moved
from contractlang.analysis.vocabulary import label_text
from contractlang.base.diagnostics import Diagnostic
from contractlang.base.source import NOWHERE, File, Place, Source
from contractlang.model.contract import Example, Expectation, Framework, Hole, Term
from contractlang.syntax.tree import Document, Line

Key = tuple[str, str]
Stands = TypeVar("Stands", Hole, Example)


class Composed(Struct):
    """The whole contract. `whole` is False when a framework cannot be had: nothing more can be said of the contract."""

    document: Document
    faults: list[Diagnostic]
    frameworks: tuple[Framework, ...] = ()
    terms: tuple[Term, ...] = ()
    whole: bool = True

    def placed(self, part: Stands) -> Stands:
        """A hole or an example with its place as its own file counts it, and the file when that is a framework."""
        name, place = self.document.source.located(part.place)
        files = [file.name for file in self.document.source.files]
        if name not in files:
            return part
        part = replace(part, place=place, framework=self.frameworks[files.index(name)].file)
        if isinstance(part, Example):
            expected = tuple(self._expected(one) for one in part.expected)
            part = replace(part, expected=expected)
        return part

    def _expected(self, one: Expectation) -> Expectation:
        return replace(one, place=self.document.source.located(one.place)[1])


def compose(document: Document, faults: list[Diagnostic], folder: str, given: Mapping[str, str]) -> Composed:
    """Put a contract on the frameworks that it uses. A contract without framework comes out as it went in.

    `given` are texts that stand for files of these names.
    """
    use = used(document)
    if use is None:
        return Composed(document, [*faults, *_nothing_to_replace(document)])
    chain = _Chain(document, folder, given)
    chain.read(use)
    source = chain.source()
    every = [*faults, *chain.faults]
    unread = {fault.place.line for fault in every}
    if chain.broken:
        return Composed(replace(document, source=source), every, chain.frameworks(), (), False)
    layers = [document, *(one.document for one in chain.found)]
    every += _nothing_to_replace(layers[-1])
    blocks, terms = layers[-1].blocks, tuple[Term, ...]()
    for layer in reversed(layers[:-1]):
        laid = _Laying(source, chain.files())
        blocks = laid.blocks(blocks, layer.blocks)
        every += [fault for fault in laid.faults if fault.place.line not in unread]  # one finding for such a line
        terms = tuple(laid.terms)
    return Composed(Document(source, blocks), every, chain.frameworks(), terms)


def _nothing_to_replace(document: Document) -> Iterator[Diagnostic]:
    """Marks in a file that stands under no framework."""
    heads = [line for block in document.blocks if block.rule == "contract" for line in block.lines]
    for line in (*document.blocks, *heads):
        if line.replaces is not None:
            yield Diagnostic("ZC164", line.replaces.place)


class _Chain:
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


class _Laying(Struct):
    """One contract laid on the blocks of its framework."""

    source: Source
    files: dict[str, str]
    faults: list[Diagnostic] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)

    def blocks(self, theirs: Sequence[Line], ours: Sequence[Line]) -> tuple[Line, ...]:
        """All blocks: the head of the contract, those of the framework in their order, then what is new."""
        head = next((block for block in ours if block.rule == "contract" and block.node), None)
        frame = next((block for block in theirs if block.rule == "contract" and block.node), None)
        made = [self._head(frame, head)] if head is not None else []
        rest = [block for block in ours if block is not head]
        return (*made, *self._laid([block for block in theirs if block.rule != "contract"], rest))

    def _head(self, theirs: Line | None, ours: Line) -> Line:
        """The contract block: title and version are its own; every line counts by itself."""
        uses = [line for line in ours.lines if line.rule == "use"]
        lines = [line for line in ours.lines if line.rule != "use"]
        inherited = [line for line in theirs.lines if line.rule != "use"] if theirs else []
        return replace(ours, lines=(*uses, *self._laid(inherited, lines, "contract")))

    def _laid(self, theirs: Sequence[Line], ours: Sequence[Line], inside: str = "") -> tuple[Line, ...]:
        made, places = list(theirs), dict[Key, int]()
        for at, line in enumerate(theirs):
            if line.node is not None:
                places.setdefault(key_of(line, inside), at)
        new, known = list[Line](), list(places)
        for line in ours:
            if line.node is None:
                new.append(line)
                continue
            key = key_of(line, inside)
            if key in places:
                at = places.pop(key)
                made[at] = self._met(theirs[at], line, key)
            else:
                self._new(line, key, [one for one in known if inside or one[0] == line.rule])
                new.append(line)
        return (*made, *new)

    def _new(self, line: Line, key: Key, known: Iterable[Key]) -> None:
        if line.replaces is None:
            self._term("added", line, key, None)
            return
        names = [label_text(name, self.source.language) if kind == "contract" else name for kind, name in known]
        close = get_close_matches(key[1], names, 1, 0.5)
        arguments = {"what": self._called(line, key), "known": ", ".join(names) or "–"}
        self.faults.append(Diagnostic("ZC163", line.replaces.place, arguments, tuple(close)))

    def _met(self, theirs: Line, ours: Line, key: Key) -> Line:
        if ours.replaces is not None:
            if theirs.firm:
                self._fault("ZC165", ours.replaces.place, theirs.place, what=self._called(ours, key))
                return theirs
            self._term("replaced", ours, key, theirs)
            return ours
        filling = Filling(key_columns(theirs))
        made = filling.block(theirs, ours)
        for fault in filling.faults:
            self._misfit(fault)
        self._term("filled" if filling.filled else "repeated", ours, key, theirs)
        return made

    def _misfit(self, fault: Fault) -> None:
        theirs = fault.theirs
        says = said(self.source, theirs) if theirs is not None else ""
        self._fault(fault.code, fault.ours, theirs or fault.block, says=says)

    def _fault(self, code: str, ours: Place, theirs: Place, **arguments: str) -> None:
        told = {"line": self.source.called(theirs.line, ours), **arguments}
        self.faults.append(Diagnostic(code, ours, told))

    def _called(self, line: Line, key: Key) -> str:
        return label_text(key[1], self.source.language) if key[0] == "contract" else words_of(line, self.source)

    def _term(self, how: str, line: Line, key: Key, theirs: Line | None) -> None:
        name, place = self.source.located(theirs.place) if theirs else ("", NOWHERE)
        text = words_of(line, self.source)
        mine = self.source.located(line.place)[1]
        self.terms.append(Term(key[0], key[1], how, text, self.files.get(name, ""), mine, place))
