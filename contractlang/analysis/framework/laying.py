"""One contract laid on the blocks of its framework."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from contractlang.analysis.framework.filling import Fault, Filling
from contractlang.analysis.framework.heads import key_columns, key_of, said, words_of
from contractlang.analysis.vocabulary import label_text
from contractlang.base.diagnostics import Diagnostic
from contractlang.base.source import NOWHERE, Place, Source
from contractlang.model.contract import Term
from contractlang.syntax.tree import Line

Key = tuple[str, str]
NAMED = {"data", "define", "index", "lookup", "report", "scale"}  # kinds of blocks whose names are known to each other


class Laying(Struct):
    """What comes of it: the blocks, what is wrong with them, and what became of each."""

    source: Source
    files: Mapping[str, str]
    faults: list[Diagnostic] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)

    def blocks(self, theirs: Sequence[Line], ours: Sequence[Line]) -> tuple[Line, ...]:
        """All blocks: the head of the contract, those of the framework in their order, then what is new."""
        head = next((block for block in ours if block.rule == "contract" and block.node), None)
        frame = next((block for block in theirs if block.rule == "contract" and block.node), None)
        first = next((block for block in ours if block.node), None)
        if head is not None and first is not head:
            self.faults.append(Diagnostic("ZC203", head.place))
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
            elif not self._taken(line, key, theirs):
                self._new(line, key, [one for one in known if inside or one[0] == line.rule])
                new.append(line)
        return (*made, *new)

    def _taken(self, line: Line, key: Key, theirs: Sequence[Line]) -> bool:
        """Whether the framework has something else of that name: then what is new has no place."""
        clash = next((one for one in theirs if one.node and key[0] in NAMED and _same_name(one, key)), None)
        if clash is not None:
            self._fault("ZC201", line.place, clash.place, name=key[1])
        return clash is not None

    def _new(self, line: Line, key: Key, known: Iterable[Key]) -> None:
        if line.replaces is None:
            self._term("added", line, key, None)
            return
        names = [label_text(name, self.source.language) if kind == "contract" else name for kind, name in known]
        arguments = {"what": self._called(line, key), "known": ", ".join(names) or "–"}
        self.faults.append(Diagnostic("ZC163", line.replaces.place, arguments))

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
        arguments = {"says": said(self.source, theirs)} if theirs is not None else {}
        if fault.other is not NOWHERE:
            arguments["other"] = self.source.called(fault.other.line, fault.ours)
        self._fault(fault.code, fault.ours, theirs or fault.block, **arguments)

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


def _same_name(line: Line, key: Key) -> bool:
    kind, name = key_of(line)
    return kind in NAMED and kind != key[0] and name == key[1]
