"""Two versions of a contract, each with its text and the files beside it, laid beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from contractlang.analysis.check import Checked, check
from contractlang.analysis.framework.heads import key_of
from contractlang.analysis.framework.written import written_out
from contractlang.analysis.vocabulary import label_text
from contractlang.compare.beside import beside, changed_files
from contractlang.compare.blocks import Block, blocks_in, blocks_of, names_of
from contractlang.compare.changes import Change, changes
from contractlang.compare.numbering import numbered, numbered_anew, numbering
from contractlang.format.alone import format_alone, language_alone
from contractlang.format.format import CannotFormat
from contractlang.format.meaning import same_meaning, same_model
from contractlang.model.contract import Contract

REMEMBERED = 256
Key = tuple[str, str]
"""Kind and name of a block."""
HEAD: Key = ("contract", "")
Replaced = Mapping[Key, tuple[str, ...]]


class Version(Struct, frozen=True):
    """A version: what messages call it, its text, and the folder of the files beside it."""

    name: str
    text: str
    folder: str


class NotComparable(Exception):
    """A version that has errors, or that has no canonical form."""

    def __init__(self, version: Version, fault: CannotFormat) -> None:
        super().__init__(str(fault))
        self.version = version
        self.fault = fault


class Compared(Struct, frozen=True):
    """Two versions beside each other, in the language of the old one."""

    old: tuple[Block, ...]
    new: tuple[Block, ...]
    language: str
    changes: tuple[Change, ...]
    old_files: Mapping[str, Path]
    new_files: Mapping[str, Path]
    name: str


def compare(old: Version, new: Version) -> Compared:
    """What differs in meaning, each version with its frameworks. Raises NotComparable for a version with errors."""
    stood, stands, same_firm = replaced(old), replaced(new), _same_firm(old, new)
    if checked(old).frameworks or checked(new).frameworks:  # else what may be replaced is a difference as well
        old, new, same_firm = in_full(old), in_full(new), True
    one, two = checked(old), checked(new)
    language = one.document.source.language
    names = names_of(old.text, language) if two.document.source.language != language else None
    before, after = _blocks(old, language, None), _blocks(new, language, names)
    first, second = one.contract, two.contract
    assert first is not None
    assert second is not None
    found: tuple[Change, ...] = ()
    if not same_firm or not _same(first, second):
        was, now = before, after
        before, after, told = _with_one_numbering(before, after, language)
        stood, stands = _numbered(stood, was, before), _numbered(stands, now, after)
        differing = (one for one in changes(before, after) if not _named_anew(one))
        found = (*told, *(_stood(one, stood, stands) for one in differing))
    there, here = beside(first), beside(second)
    return Compared(before, after, language, (*found, *changed_files(there, here)), there, here, old.name)


def compare_alone(old: Version, new: Version) -> Compared:
    """What two versions of a file say differently, whatever the framework says that they use. Raises NotComparable."""
    language = language_alone(old.text)
    if language != language_alone(new.text):
        return compare(old, new)
    try:
        before, after = (blocks_in(format_alone(one.text, one.name), language) for one in (old, new))
    except CannotFormat as fault:
        raise NotComparable(new, fault) from fault
    return Compared(before, after, language, changes(before, after), {}, {}, old.name)


@lru_cache(maxsize=REMEMBERED)
def in_full(version: Version) -> Version:
    """A version with what its frameworks say written out in it. Raises NotComparable when it has errors."""
    found = checked(version)
    if found.errors:
        raise NotComparable(version, CannotFormat("the contract has errors", found))
    if not found.frameworks and not _firm(version):
        return version
    return Version(version.name, written_out(found.document), version.folder)


def replaced(version: Version) -> Replaced:
    """The blocks of a version that stand in place of what its framework says; of its head, which lines."""
    language = checked(version).document.source.language
    found: dict[Key, tuple[str, ...]] = {}
    for term in checked(version).terms:
        if term.how == "replaced" and term.kind == "contract":
            found[HEAD] = (*found.get(HEAD, ()), label_text(term.name, language))
        elif term.how == "replaced":
            found[term.kind, term.name] = ()
    return found


def _firm(version: Version) -> tuple[Key, ...]:
    """The blocks and lines of the head that no contract may replace, in their order."""
    blocks = checked(version).document.blocks
    heads = [(line, "contract") for block in blocks if block.rule == "contract" for line in block.lines]
    return tuple(key_of(line, inside) for line, inside in [*((block, "") for block in blocks), *heads] if line.firm)


def _same_firm(old: Version, new: Version) -> bool:
    """Whether the same may not be replaced; by kind where names are those of two languages."""
    there, here = _firm(old), _firm(new)
    if checked(old).document.source.language != checked(new).document.source.language:
        return [kind for kind, _ in there] == [kind for kind, _ in here]
    return there == here


def _stood(change: Change, stood: Replaced, stands: Replaced) -> Change:
    """A change with what it has to do with the framework."""
    for standing, block, blocks in (("replaces", change.after, stands), ("restored", change.before, stood)):
        if block is not None and block.key in blocks:
            lines = [line[2:] for line in change.lines()]
            of = tuple(label for label in blocks[block.key] if any(line.startswith(label) for line in lines))
            if of or block.key != HEAD:
                return replace(change, standing=standing, standing_of=of)
    return change


def _numbered(blocks: Replaced, was: Sequence[Block], now: Sequence[Block]) -> Replaced:
    """The same blocks, after articles got other numbers."""
    return {other.key: blocks[one.key] for one, other in zip(was, now, strict=True) if one.key in blocks}


@lru_cache(maxsize=REMEMBERED)
def checked(version: Version) -> Checked:
    """A version, checked: in a history each is the new one of a step and the old one of the next."""
    return check(version.text, version.name, version.folder)


def _blocks(version: Version, language: str, names: Mapping[str, str] | None) -> tuple[Block, ...]:
    try:
        return _own_blocks(version, language) if names is None else _in_language(version, language, names)
    except CannotFormat as fault:
        raise NotComparable(version, fault) from fault


def _in_language(version: Version, language: str, names: Mapping[str, str] | None) -> tuple[Block, ...]:
    return blocks_of(version.text, version.name, version.folder, language, names)


@lru_cache(maxsize=REMEMBERED)
def _own_blocks(version: Version, language: str) -> tuple[Block, ...]:
    return _in_language(version, language, None)


def _with_one_numbering(
    before: tuple[Block, ...], after: tuple[Block, ...], language: str
) -> tuple[tuple[Block, ...], tuple[Block, ...], tuple[Change, ...]]:
    """Both versions with the numbers of the new one, or of the old one where an article went, and what there is to tell."""
    numbers = numbered_anew(before, after)
    if not numbers:
        return before, after, ()
    back = {new: old for old, new in numbers.items()}
    if (moved := numbered(before, numbers, language)) is not None:
        return moved, after, (numbering(numbers, language),)
    if (moved := numbered(after, back, language)) is not None:
        return before, moved, (numbering(numbers, language),)
    return before, after, ()


def _named_anew(change: Change) -> bool:
    """The title and the number of a version are no part of its meaning, whatever else differs."""
    return change.kind == "contract" and change.what == "renamed"


def _same(one: Contract, two: Contract) -> bool:
    return same_model(one, two) or (one.language != two.language and not same_meaning(one, two))
