"""The places of a contract that a setting can change, each under the words by which people name it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import product

from msgspec import Struct
from msgspec.structs import replace

from contractlang.compare.called import key_columns
from contractlang.format.tokens import Said, sentences
from contractlang.simulate.regions import Token, region
from contractlang.syntax.split import physical_lines, split

LINE = {"en": "line", "nl": "regel"}
BLOCKS = {"article", "lookup", "scale", "index", "define", "contract"}
_APART = re.compile(r'["`,/|]')


class Spot(Struct, frozen=True):
    """A place that a setting can change.

    `called` names it and no other place; `addresses` are all texts that may mean it, as `same` compares
    them. `owner` is the block, `row` tells the cells of one row from others (empty: no cell of a table).
    """

    called: str
    owner: str
    addresses: frozenset[str]
    tokens: tuple[Token, ...]
    row: str = ""
    column: str = ""
    dated: bool = False  # a cell that is one of several in time: without a date all of its row are meant
    share: bool = False  # a cell of the columns that a percentage for the whole table changes

    @property
    def line(self) -> int:
        """The line on which it stands."""
        return self.tokens[0].place.line

    @property
    def text(self) -> str:
        """What stands there."""
        return said(token.text for token in self.tokens)


def said(words: Iterable[str]) -> str:
    """Words as a sentence."""
    return " ".join(words).replace(" ,", ",")


def same(text: str) -> str:
    """A name of a place as it is compared: without quotes, signs between keys, case and spare spaces."""
    return " ".join(_APART.sub(" ", text).split()).casefold()


def spots_of(text: str, language: str) -> tuple[Spot, ...]:
    """Every place of a contract without errors, in the order of the text."""
    items, _ = split(physical_lines(text))
    every = tuple(sentences(items, language))
    heads: dict[int, Said] = {}
    found: list[Spot] = []
    for one in every:
        heads[one.line] = one
        block = one
        while block.depth:
            block = heads[block.parent]
        if block.rule in BLOCKS:
            found += _of_sentence(one, block, heads, language)
    return _told_apart(found, language)


def _of_sentence(one: Said, block: Said, heads: dict[int, Said], language: str) -> Iterator[Spot]:
    owners = _owners(block)
    if one.depth == 0:
        yield from _cells(one, owners)
        return
    above = heads[one.parent]
    if one.depth == 2 and above.rule == "for_every_limit":
        owners = (above.item.sentence.text,)
    roles, tokens = region(one, language)
    if tokens:
        names = tuple(f"{owner} {role}" for owner, role in product(owners, roles))
        yield Spot(names[0], owners[0], frozenset(map(same, names)), tokens)


def _owners(block: Said) -> tuple[str, ...]:
    """What a block is called: its kind and its name, in either language that it declares."""
    kind = block.tokens[0].text
    if block.rule == "contract":
        return (kind,)
    names = [block.tokens[1]]
    if len(block.tokens) > 3 and block.tokens[2].terminal == "_SLASH":
        names.append(block.tokens[3])
    return tuple(f"{kind} {name.text.strip('`')}" for name in names)


def _cells(one: Said, owners: tuple[str, ...]) -> Iterator[Spot]:
    """The cells of a table that are no keys."""
    if len(one.item.rows) < 2:
        return
    header, *body = one.item.rows
    keys, dated = key_columns(one), one.rule == "lookup"
    for row in body:
        key = " ".join(cell.text for cell in row.cells[:keys])
        for column, cell in zip(header.cells[keys:], row.cells[keys:], strict=False):
            words = product(owners, {key, ""}, {column.text, ""})
            names = frozenset(same(" ".join(part)) for part in words)
            called = " ".join(f"{owners[0]} {key} {column.text}".split())
            token = Token("CELL", cell.text, cell.place)
            yield Spot(called, owners[0], names, (token,), key or "-", column.text, dated, one.rule != "index")


def _told_apart(spots: Iterable[Spot], language: str) -> tuple[Spot, ...]:
    """Places of the same name get their line behind it; with its line every place can be meant."""
    spots = tuple(spots)
    often = Counter(same(spot.called) for spot in spots)
    made = []
    for spot in spots:
        word = f"{LINE[language]} {spot.line}"
        called = f"{spot.called}, {word}" if often[same(spot.called)] > 1 else spot.called
        lines = {f"{address} {word}" for address in spot.addresses}
        made.append(replace(spot, called=called, addresses=spot.addresses | lines))
    return tuple(made)
