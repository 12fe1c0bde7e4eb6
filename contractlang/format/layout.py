"""Canonical layout: indentation, columns of labels, tables, comments and prose where they stood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct, field

from contractlang.format.tokens import Said, Spoken
from contractlang.format.words import Writing, swapped
from contractlang.syntax.split import physical_lines, without_comment
from contractlang.syntax.tree import Row

WIDEST = 120
HEADS = {"in_article", "in_example"}  # their sentences are read aloud: no columns
LABELLED_IN_EXAMPLE = {"as_of"}
FIGURE = re.compile(r"^[€\-\u2212+]?[€\s\-\u2212+]*\d[\d.,]*\s*%?$")


class Printed(Struct):
    """A sentence as it will stand: its label (padded to those beside it), the rest, and what a comment said."""

    said: Said
    parts: tuple[str, ...]
    comment: str = ""
    widths: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The sentence without indentation, label padded."""
        made = ""
        for part, width in zip(self.parts, [*self.widths, 0], strict=False):
            made += part.ljust(width + 2) if width else part
        return made.rstrip()


def lay_out(text: str, said: Sequence[Said], writing: Writing) -> str:
    """The canonical text of a contract whose sentences are `said`."""
    lines = physical_lines(text)
    printed = _printed(said, writing)
    tables = {line: row for one in said for line, row in _table(one, writing)}
    continued = {piece[1] for one in said for piece in one.item.sentence.pieces[1:]}
    trailing = {number: _comment(line) for number, line in enumerate(lines, 1)}
    out: list[str] = []
    blank = False
    for number, line in enumerate(lines, 1):
        body = line.strip(" \t\u00a0")
        if not body:
            blank = True
            continue
        if number in continued:
            continue
        depth, made = _line(number, body, lines, printed, tables)
        comment = trailing[number] if number in printed else ""
        if depth == 0 and out and not blank and number in printed and not out[-1].startswith("#"):
            blank = True
        if blank and out:
            out.append("")
        blank = False
        out += _wrapped("  " * depth + made, depth)
        if comment:
            out[-1] += f"  {comment}"
    return "\n".join(out) + "\n"


def _line(
    number: int, body: str, lines: Sequence[str], printed: Mapping[int, Printed], tables: Mapping[int, tuple[int, str]]
) -> tuple[int, str]:
    if number in printed:
        return printed[number].said.depth, printed[number].text
    if number in tables:
        return tables[number]
    if body.startswith(">"):
        return 1, f"> {body[1:].strip()}".rstrip()
    return _depth_of_comment(number, lines, printed, tables), f"# {body.lstrip('#').strip()}".rstrip()


def _depth_of_comment(
    number: int, lines: Sequence[str], printed: Mapping[int, Printed], tables: Mapping[int, tuple[int, str]]
) -> int:
    """A comment stands as deep as what follows it."""
    for following in range(number + 1, len(lines) + 1):
        if following in printed:
            return printed[following].said.depth
        if following in tables:
            return tables[following][0]
    return 0


def _comment(line: str) -> str:
    body = line.strip(" \t\u00a0")
    kept = without_comment(body)
    return "" if body.startswith("#") else body[len(kept) :].strip()


def _printed(said: Sequence[Said], writing: Writing) -> dict[int, Printed]:
    found = {one.line: Printed(one, _parts(one, writing)) for one in said}
    families: dict[tuple[int, str], list[Printed]] = {}
    for one in found.values():
        if len(one.parts) > 1:
            kind = one.said.rule if one.said.rule in ("column", "reject_rule") else ""
            families.setdefault((one.said.parent, kind), []).append(one)
    for family in families.values():
        for position in range(max(len(one.parts) for one in family) - 1):
            width = max((len(one.parts[position]) for one in family if len(one.parts) > position + 1), default=0)
            for one in family:
                if len(one.parts) > position + 1:
                    one.widths.append(width)
    return found


def _parts(one: Said, writing: Writing) -> tuple[str, ...]:
    """The columns of a sentence: name, type and attributes of a data column; label and rest of most others."""
    tokens = swapped(one.tokens) if writing.source != writing.target else one.tokens
    if one.depth == 0 or (one.start in HEADS and one.rule not in LABELLED_IN_EXAMPLE):
        return (writing.sentence(tokens),)
    if one.rule == "column":
        return _column(tokens, writing)
    first = 1
    return tuple(part for part in (writing.sentence(tokens[:first]), writing.sentence(tokens[first:])) if part)


ATTRIBUTES = {"_KEY", "_WHOLE", "_EMPTY_MEANS", "_DECIDES", "_HEADING", "_SUBMITTED", "_CREDIT_OF"}


def _column(tokens: tuple[Spoken, ...], writing: Writing) -> tuple[str, ...]:
    name = 3 if len(tokens) > 2 and tokens[1].terminal == "_SLASH" else 1
    cuts = [i for i, token in enumerate(tokens) if i > name and token.terminal in ATTRIBUTES]
    cuts += [
        i
        for i, token in enumerate(tokens)
        if i > name and i + 1 < len(tokens) and tokens[i + 1].terminal == "_DECIMALS"
    ]
    first = min(cuts, default=len(tokens))
    ends = [*sorted(cuts), len(tokens)]
    attributes = "  ".join(writing.sentence(tokens[a:b]) for a, b in pairwise(ends) if a >= first)
    return tuple(
        part for part in (writing.sentence(tokens[:name]), writing.sentence(tokens[name:first]), attributes) if part
    )


def _table(one: Said, writing: Writing) -> Iterator[tuple[int, tuple[int, str]]]:
    rows: list[Row] = one.item.rows
    if not rows:
        return
    cells = [[writing.cell(cell.text) for cell in row.cells] for row in rows]
    width = max(len(row) for row in cells)
    widths = [max(len(row[i]) for row in cells if i < len(row)) for i in range(width)]
    for number, (row, texts) in enumerate(zip(rows, cells, strict=True)):
        shown = [
            text.rjust(widths[i]) if number and FIGURE.match(text) else text.ljust(widths[i])
            for i, text in enumerate(texts)
        ]
        yield row.place.line, (one.depth + 1, f"| {' | '.join(shown)} |")


def _wrapped(line: str, depth: int) -> list[str]:
    """A line that is too long goes on after a comma."""
    if len(line) <= WIDEST or line.lstrip().startswith(("|", ">", "#")):
        return [line]
    found: list[str] = []
    indent = "  " * (depth + 2)
    while len(line) > WIDEST:
        cut = _last_comma(line)
        if cut < 0:
            break
        found.append(line[: cut + 1])
        line = indent + line[cut + 1 :].lstrip()
    return [*found, line]


def _last_comma(line: str) -> int:
    """The last comma outside quotes that leaves a line short enough; -1 when there is none."""
    inside, found = "", -1
    for i, mark in enumerate(line[:WIDEST]):
        if inside:
            inside = "" if mark == inside else inside
        elif mark in '"`':
            inside = mark
        elif mark == "," and line[i + 1 : i + 2] == " " and line[:i].strip():
            found = i
    return found
