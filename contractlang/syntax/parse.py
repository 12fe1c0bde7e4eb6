"""Contract text to syntax tree, with every fault of every line at once. Never raises on any text."""

from __future__ import annotations

import gc
import re
from typing import Any

from lark import Token, Tree
from msgspec import Struct, field

from contractlang.base.diagnostics import Diagnostic
from contractlang.base.source import Place, Source
from contractlang.syntax.grammar import parse_line, table
from contractlang.syntax.lex import LineLexer, Stuck
from contractlang.syntax.repair import Repairer
from contractlang.syntax.split import Item, Sentence, physical_lines, split
from contractlang.syntax.tree import Document, Line, Node, Word
from contractlang.syntax.words import spellings, wording

# block rule -> start rule of its sentences
INSIDE = {
    "contract": "in_contract",
    "data": "in_data",
    "reject": "in_reject",
    "define": "in_define",
    "lookup": "in_lookup",
    "index": "in_index",
    "article": "in_article",
    "report": "in_report",
    "example": "in_example",
}
# sentences below which more sentences may be indented -> start rule of those
BELOW = {"in_article": "in_head", "in_report": "in_head", "in_contract": "in_head"}
ROWS_BELOW = {"lookup", "index", "scale", "given"}
MOST_FAULTS = 500
# the words of _CONTRACT in both keyword tables, so that a file in one language does not load the table of the other
HEADS = {"zorgcontract": "nl", "contract": "en"}


def read(text: str, name: str) -> tuple[Document, list[Diagnostic]]:
    """The tree of a contract text and what is wrong with it; `name` is what messages call the file."""
    lines = physical_lines(text)
    language = detect_language(lines)
    source = Source(name, language or "en", lines)
    blocks, faults = split(lines)
    if not language:
        source = Source(name, _likely_language(lines), lines)
    was_enabled = gc.isenabled()
    gc.disable()  # a parse makes many small objects and no cycles: collecting in between costs a quarter of the time
    try:
        reader = _Reader(source, faults)
        document = Document(source, reader.blocks(blocks))
    finally:
        if was_enabled:
            gc.enable()
    if not language:
        faults = _without_head(document, faults)
    return document, sorted(faults[:MOST_FAULTS], key=lambda fault: (fault.place.line, fault.place.column))


def detect_language(lines: tuple[str, ...]) -> str | None:
    """The language of the contract head, None when no line is one."""
    for line in lines:
        word = re.match(r"\w+", line)
        if word and word[0] in HEADS:
            return HEADS[word[0]]
    return None


def _likely_language(lines: tuple[str, ...]) -> str:
    """The language in which most lines at column 0 open a block."""
    openers = (
        "_DATA",
        "_DEFINE",
        "_ARTICLE",
        "_TARIFF",
        "_LIST",
        "_EXAMPLE",
        "_REJECT",
        "_SCALE",
        "_ESTIMATE",
        "_REPORT",
    )
    first = [found[0] for line in lines if (found := re.match(r"\w+", line))]
    count = {lang: sum(first.count(spellings(lang)[one][0]) for one in openers) for lang in ("en", "nl")}
    return "nl" if count["nl"] > count["en"] else "en"


def _without_head(document: Document, faults: list[Diagnostic]) -> list[Diagnostic]:
    """Say once that the head is missing, unless a line was recognised as a mistyped one; lines before it are not asked."""
    if any(block.rule == "contract" for block in document.blocks):
        return faults
    found = next((n for n, line in enumerate(document.source.lines, 1) if line.strip()), 1)
    place = Place(found, 1, max(2, len(document.source.lines[found - 1]) + 1))
    return [Diagnostic("ZC101", place), *(f for f in faults if f.code != "ZC135" and f.place.line != found)]


class _Reader:
    def __init__(self, source: Source, faults: list[Diagnostic]) -> None:
        self.source = source
        self.faults = faults
        self.states = table()
        self.repairer = Repairer(source.language)
        self.built: list[_Open] = []

    def blocks(self, items: list[Item]) -> tuple[Line, ...]:
        """All blocks; a sentence that lost its indentation goes back to the block above."""
        for item in items:
            node, stuck = self._attempt(item.sentence, "block_head")
            if stuck and self._unindented(item):
                continue
            rule = node.rule if node else ""
            if stuck:
                node, rule = self._faulty_head(item, stuck)
            elif item.indent:
                found = {"expected": "0", "found": str(item.indent)}
                self.faults.append(Diagnostic("ZC103", item.sentence.whole, found))
            block = _Open(item, node, INSIDE.get(rule, ""))
            self.built.append(block)
            self._inside(block, item.items, block.inside)
            self._check_rows(item, rule)
        return tuple(block.line() for block in self.built)

    def _faulty_head(self, item: Item, stuck: Stuck) -> tuple[Node | None, str]:
        """A block head that cannot be read: with a sure repair as if repaired, else as the block that it looks like."""
        if item.indent:
            expected = ", ".join(sorted({wording(one, self.source.language) for one in stuck.expected}))
            self.faults.append(Diagnostic("ZC135", item.sentence.whole, {"expected": expected}))
            return None, ""
        node = self._explained(stuck, item.sentence, "block_head")
        return node, node.rule if node else self._guess(item.sentence.text)

    def _guess(self, text: str) -> str:
        words = spellings(self.source.language)
        openers = {rule: words.get("_" + rule.upper(), ()) for rule in INSIDE}
        openers["define"] += words["_INDICATOR"] + words["_ESTIMATE"]
        openers["lookup"] = words["_TARIFF"] + words["_LIST"]
        for rule, texts in openers.items():
            if any(re.match(re.escape(word) + r"\b", text) for word in texts):
                return rule
        return ""

    def _unindented(self, item: Item) -> bool:
        """Whether a sentence at column 0 is one of the block above; then it is read there."""
        block = self.built[-1] if self.built else None
        if block is None or not block.inside or item.indent:
            return False
        for start in (block.inside, BELOW.get(block.inside, "")):
            node, stuck = self._attempt(item.sentence, start) if start else (None, None)
            if node is None or stuck is not None:
                continue
            level = 1 if start == block.inside else 2
            fix = "  " * level + item.sentence.text
            self.faults.append(Diagnostic("ZC107", item.sentence.whole, {}, (fix,)))
            self._check_rows(item, node.rule)
            parts = block.parts[-1].parts if level == 2 and block.parts else block.parts
            parts.append(_Open(item, node, start))
            self._inside(block, item.items, block.inside, level == 2)
            return True
        return False

    def _inside(self, block: _Open, items: list[Item], start: str, labels: bool = False) -> None:
        """The sentences of a block, each read where it stands, else one level deeper or higher if it fits there.

        `labels`: they stand under a label that lost its indentation, so that labels are where they belong.
        """
        below = BELOW.get(start, "")
        for item in items:
            node, stuck = self._attempt(item.sentence, start) if start else (None, None)
            if stuck and below and block.parts:
                deeper, unfit = self._attempt(item.sentence, below)
                if unfit and _later(unfit, stuck):  # a label that has a fault of its own, level with its head
                    deeper = self._explained(unfit, item.sentence, below)
                    head = block.parts[-1]
                    self._append(head, item, deeper, below)
                    self._deeper(block, head, item.items, start, below)
                    continue
                if deeper and not unfit:
                    if not labels:
                        self.faults.append(Diagnostic("ZC133", item.sentence.whole, {}, ("  " + item.sentence.text,)))
                    head = block.parts[-1]
                    self._append(head, item, deeper, below)
                    self._deeper(block, head, item.items, start, below)
                    continue
            if stuck:
                node = self._explained(stuck, item.sentence, start)
            part = self._append(block, item, node, start)
            self._deeper(block, part, item.items, start, below)

    def _deeper(self, block: _Open, part: _Open, items: list[Item], start: str, below: str) -> None:
        if items and not below:
            if start:
                self.faults.append(Diagnostic("ZC108", items[0].sentence.whole))
            self._inside(block, items, start)
            return
        for item in items:
            node, stuck = self._attempt(item.sentence, below)
            if stuck:
                higher, unfit = self._attempt(item.sentence, start)
                if higher and not unfit:
                    self.faults.append(Diagnostic("ZC134", item.sentence.whole))
                    part = self._append(block, item, higher, start)
                    continue
                node = self._explained(stuck, item.sentence, below)
            self._append(part, item, node, below)

    def _append(self, parent: _Open, item: Item, node: Node | None, start: str) -> _Open:
        part = _Open(item, node, start)
        parent.parts.append(part)
        self._check_rows(item, node.rule if node else "given")
        return part

    def _explained(self, stuck: Stuck, sentence: Sentence, start: str) -> Node | None:
        """Note what is wrong with a sentence; what it reads as when the repair leaves no doubt."""
        repaired = self.repairer.explain(stuck, sentence, start)
        self.faults += (repaired.diagnostic, *repaired.also)
        if repaired.text is None or len(sentence.pieces) > 1:
            return None
        return self._attempt(Sentence(repaired.text, sentence.pieces), start)[0]

    def _check_rows(self, item: Item, rule: str) -> None:
        if item.rows and rule and rule not in ROWS_BELOW:
            self.faults.append(Diagnostic("ZC109", item.rows[0].place))

    def _attempt(self, sentence: Sentence, start: str) -> tuple[Node | None, Stuck | None]:
        lexer = LineLexer(sentence, self.source.language, self.states)
        try:
            return convert(parse_line(lexer, start), sentence.whole), None
        except Stuck as stuck:
            return None, stuck


def _later(one: Stuck, two: Stuck) -> bool:
    """Whether reading got further in one way than in another."""
    return (one.place.line, one.place.column) > (two.place.line, two.place.column)


class _Open(Struct):
    """A sentence while what belongs to it is being read; `inside` is the start rule of what stands below it."""

    item: Item
    node: Node | None
    inside: str
    parts: list[_Open] = field(default_factory=list)

    def line(self) -> Line:
        """The finished line."""
        parts = tuple(part.line() for part in self.parts)
        return Line(self.node, self.item.sentence.whole, parts, tuple(self.item.rows), tuple(self.item.prose))


def convert(tree: Tree[Token], whole: Place) -> Node:
    """A Lark tree as an immutable node; a node's place is that of its words, of the sentence when it has none."""
    parts: list[Node | Word | None] = []
    standing: Node | None = None
    for child in tree.children:
        part: Any = child
        if isinstance(part, Token):
            place = Place(part.line or 0, part.column or 0, part.end_column or 0)
            parts.append(Word(part.type, str(part), part.value, place))
        elif isinstance(part, Tree) and part.data == "standing":
            marks = convert(part, whole)
            standing = marks if any(marks.parts) else None
        else:
            parts.append(convert(part, whole) if isinstance(part, Tree) else None)
    return Node(str(tree.data), tuple(parts), _cover(parts, whole), standing)


def _cover(parts: list[Node | Word | None], whole: Place) -> Place:
    places = [part.place for part in parts if part is not None]
    if not places or places[0].line != places[-1].line:
        return places[0] if places else whole
    return Place(places[0].line, places[0].column, places[-1].end)
