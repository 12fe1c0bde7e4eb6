"""Two versions of a contract, each with its text and the files beside it, laid beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from contractlang.analysis.check import Checked, check
from contractlang.compare.beside import beside, changed_files
from contractlang.compare.blocks import Block, blocks_of, names_of
from contractlang.compare.changes import Change, changes
from contractlang.compare.numbering import numbered, numbered_anew, numbering
from contractlang.format.format import CannotFormat
from contractlang.format.meaning import same_meaning, same_model
from contractlang.model.contract import Contract

REMEMBERED = 256


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
    """What differs in meaning. Raises NotComparable for a version with errors."""
    one, two = checked(old), checked(new)
    language = one.document.source.language
    names = names_of(old.text, language) if two.document.source.language != language else None
    before, after = _blocks(old, language, None), _blocks(new, language, names)
    first, second = one.contract, two.contract
    assert first is not None
    assert second is not None
    found: tuple[Change, ...] = ()
    if not _same(first, second):
        before, after, told = _with_one_numbering(before, after, language)
        found = (*told, *(one for one in changes(before, after) if not _named_anew(one)))
    there, here = beside(first), beside(second)
    return Compared(before, after, language, (*found, *changed_files(there, here)), there, here, old.name)


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
