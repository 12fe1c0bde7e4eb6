"""Contract text to syntax tree, with every fault of every line at once. Never raises on any text."""

from __future__ import annotations

import gc
import re
from typing import Any

from lark import Token, Tree

from contractlang.base.diagnostics import Diagnostic
from contractlang.base.source import Place, Source
from contractlang.syntax.grammar import parse_line, table
from contractlang.syntax.lex import LineLexer, Stuck
from contractlang.syntax.repair import explain
from contractlang.syntax.split import Item, Sentence, physical_lines, split
from contractlang.syntax.tree import Document, Line, Node, Word
from contractlang.syntax.words import spellings

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
        faults.append(Diagnostic("ZC101", Place(1, 1, 2)))
    was_enabled = gc.isenabled()
    gc.disable()  # a parse makes many small objects and no cycles: collecting in between costs a quarter of the time
    try:
        reader = _Reader(source, faults)
        document = Document(source, tuple(reader.block(item) for item in blocks))
    finally:
        if was_enabled:
            gc.enable()
    return document, sorted(faults[:MOST_FAULTS], key=lambda fault: (fault.place.line, fault.place.column))


def detect_language(lines: tuple[str, ...]) -> str | None:
    """The language of the contract head, None when no line is one."""
    for line in lines:
        word = re.match(r"\w+", line)
        if word and word[0] in HEADS:
            return HEADS[word[0]]
    return None


class _Reader:
    def __init__(self, source: Source, faults: list[Diagnostic]) -> None:
        self.source = source
        self.faults = faults
        self.states = table()
        self.inside = ""

    def block(self, item: Item) -> Line:
        node, stuck = self._attempt(item.sentence, "block_head")
        if stuck is None and node:
            self.inside = INSIDE.get(node.rule, "")
        else:
            node = self._unindented(item, stuck)
        lines = tuple(self.sentence(child, self._kind(node, item)) for child in item.items)
        self._check_rows(item, node.rule if node else "")
        return Line(node, item.sentence.whole, lines, tuple(item.rows), tuple(item.prose))

    def _kind(self, node: Node | None, item: Item) -> str:
        if node:
            return INSIDE.get(node.rule, "")
        guess = self._guess(item.sentence.text)
        return INSIDE.get(guess, "") if guess else self.inside

    def _guess(self, text: str) -> str:
        words = spellings(self.source.language)
        openers = {rule: words.get("_" + rule.upper(), ()) for rule in INSIDE}
        openers["define"] += words["_INDICATOR"] + words["_ESTIMATE"]
        openers["lookup"] = words["_TARIFF"] + words["_LIST"]
        for rule, texts in openers.items():
            if any(re.match(re.escape(word) + r"\b", text) for word in texts):
                return rule
        return ""

    def _unindented(self, item: Item, stuck: Stuck | None) -> Node | None:
        """A sentence at column 0 that is no block head: most likely one that lost its indentation."""
        if self.inside:
            node, fault = self._attempt(item.sentence, self.inside)
            if node and not fault:
                self.faults.append(Diagnostic("ZC107", item.sentence.whole, {}, ("  " + item.sentence.text,)))
                return None
        if stuck:
            self.faults.append(explain(stuck, item.sentence, "block_head", self.source.language))
        return None

    def sentence(self, item: Item, start: str) -> Line:
        node: Node | None = None
        if start:
            node, stuck = self._attempt(item.sentence, start)
            if stuck:
                self.faults.append(explain(stuck, item.sentence, start, self.source.language))
        below = BELOW.get(start, "")
        lines = tuple(self.sentence(child, below) for child in item.items)
        if item.items and not below and start:
            self.faults.append(Diagnostic("ZC108", item.items[0].sentence.whole))
        self._check_rows(item, node.rule if node else "given")
        return Line(node, item.sentence.whole, lines, tuple(item.rows), tuple(item.prose))

    def _check_rows(self, item: Item, rule: str) -> None:
        if item.rows and rule and rule not in ROWS_BELOW:
            self.faults.append(Diagnostic("ZC109", item.rows[0].place))

    def _attempt(self, sentence: Sentence, start: str) -> tuple[Node | None, Stuck | None]:
        lexer = LineLexer(sentence, self.source.language, self.states)
        try:
            return convert(parse_line(lexer, start), sentence.whole), None
        except Stuck as stuck:
            return None, stuck


def convert(tree: Tree[Token], whole: Place) -> Node:
    """A Lark tree as an immutable node; a node's place is that of its words, of the sentence when it has none."""
    parts: list[Node | Word | None] = []
    for child in tree.children:
        part: Any = child
        if isinstance(part, Token):
            place = Place(part.line or 0, part.column or 0, part.end_column or 0)
            parts.append(Word(part.type, str(part), part.value, place))
        else:
            parts.append(convert(part, whole) if isinstance(part, Tree) else None)
    return Node(str(tree.data), tuple(parts), _cover(parts, whole))


def _cover(parts: list[Node | Word | None], whole: Place) -> Place:
    places = [part.place for part in parts if part is not None]
    if not places or places[0].line != places[-1].line:
        return places[0] if places else whole
    return Place(places[0].line, places[0].column, places[-1].end)
