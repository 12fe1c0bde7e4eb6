"""From text to parts: every physical line gets its place, or the text has no parts."""

from __future__ import annotations

from msgspec import Struct, field

from contractlang.compare.called import key_columns, key_of, label_of
from contractlang.compare.parts import COMMENT, PROSE, NoParts, Part, Row, Text, one_space
from contractlang.format.tokens import Said, Stuck, sentences
from contractlang.syntax.parse import detect_language
from contractlang.syntax.split import physical_lines, split, without_comment


def parts_of(text: str, language: str | None = None) -> Text:
    """The parts of a text (in the language of its head when none is given). Raises NoParts."""
    lines = tuple(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    language = language or detect_language(lines)
    items, faults = split(physical_lines(text))
    if language is None or faults:
        raise NoParts
    try:
        made = _Builder(lines, tuple(sentences(items, language))).run(language)
    except (Stuck, KeyError, IndexError) as fault:
        raise NoParts from fault
    if (*(line for block in made.blocks for line in block.text()), *made.tail) != lines:
        raise NoParts
    return made


class _Open(Struct):
    """A part while it is being made."""

    said: Said | None
    lead: list[str]
    lines: list[str]
    rule: str = ""
    rows: list[Row] = field(default_factory=list)
    parts: list[_Open] = field(default_factory=list)

    def closed(self) -> Part:
        """The finished part."""
        parts = tuple(part.closed() for part in self.parts)
        comments = [line.strip()[len(without_comment(line.strip())) :].strip() for line in self.lines]
        comment = " ".join(one for one in comments if one)
        if self.said is None:
            said = " ".join(" ".join(self.lines).split())
            return Part(self.rule, None, "", said, tuple(self.lead), tuple(self.lines), "", 0, (), parts)
        text = one_space(self.said.item.sentence.text)
        return Part(
            self.said.rule, key_of(self.said), label_of(self.said), text, tuple(self.lead), tuple(self.lines), comment,
            key_columns(self.said), tuple(self.rows), parts,
        )  # fmt: skip


class _Builder:
    def __init__(self, lines: tuple[str, ...], said: tuple[Said, ...]) -> None:
        self.lines = lines
        self.first = {one.line: one for one in said}
        self.more = {piece[1] for one in said for piece in one.item.sentence.pieces[1:]}
        self.rows = {row.place.line: (one.line, row) for one in said for row in one.item.rows}
        self.blocks: list[_Open] = []
        self.open: dict[int, _Open] = {}  # by the line on which a sentence starts
        self.last = 0
        self.pending: list[str] = []

    def run(self, language: str) -> Text:
        for number, line in enumerate(self.lines, 1):
            body = line.strip(" \t\u00a0")
            if number in self.first:
                self._sentence(number, line)
            elif number in self.more:
                self.open[self.last].lines += [*self._taken(), line]
            elif number in self.rows:
                self._row(number, line, body)
            elif body.startswith(">"):
                self._beside(number).append(_Open(None, self._taken(), [line], PROSE))
            else:
                self.pending.append(line)
        tail = self._left_behind(at_end=True)
        return Text(language, tuple(block.closed() for block in self.blocks), tuple(tail))

    def _sentence(self, number: int, line: str) -> None:
        said = self.first[number]
        lead = self._left_behind() if said.depth == 0 else self._taken()
        made = _Open(said, lead, [line])
        (self.blocks if said.depth == 0 else self.open[said.parent].parts).append(made)
        self.open[number] = made
        self.last = number

    def _row(self, number: int, line: str, body: str) -> None:
        owner, row = self.rows[number]
        comment = body[len(without_comment(body)) :].strip()
        rows = self.open[owner].rows
        cells = tuple(cell.text if rows else one_space(cell.text) for cell in row.cells)  # a code keeps its spaces
        rows.append(Row(cells, tuple(self._taken()), line, comment))

    def _beside(self, number: int) -> list[_Open]:
        """The parts among which prose stands: those of the head whose labels go on below it, else of the block."""
        following = next((one for line, one in sorted(self.first.items()) if line > number), None)
        if following is not None and following.depth == 2:
            return self.open[following.parent].parts
        return self.blocks[-1].parts

    def _taken(self) -> list[str]:
        taken, self.pending = self.pending, []
        return taken

    def _left_behind(self, at_end: bool = False) -> list[str]:
        """What belongs to the next block: the comments right above its head, and the empty lines above those."""
        cut = len(self.pending)
        while not at_end and cut and self.pending[cut - 1].startswith("#"):
            cut -= 1
        while cut and not self.pending[cut - 1].strip():
            cut -= 1
        left, lead = self.pending[:cut], self.pending[cut:]
        self.pending = []
        if left and not self.blocks:
            return [*left, *lead]
        if left:
            self.blocks[-1].parts.append(_Open(None, [], left, COMMENT))
        return lead
