"""Two versions of a contract, each with its text and the files beside it: what differs, and what that does in euros."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from contractlang.analysis.check import Checked, check
from contractlang.analysis.framework.heads import key_of
from contractlang.analysis.framework.written import written_out
from contractlang.compare.beside import KIND, beside, changed_files, laid_out
from contractlang.compare.blocks import Block, blocks_in, blocks_of, names_of
from contractlang.compare.bridge import UNPAID, Amounts, Bridge, NoContract, amounts_of, bridge, mixed, whole
from contractlang.compare.changes import Change, changes
from contractlang.data.faults import DataError
from contractlang.engine.protocol import BrokenLaw, DataFault
from contractlang.format.alone import format_alone, language_alone
from contractlang.format.format import CannotFormat
from contractlang.format.meaning import same_meaning, same_model
from contractlang.model.contract import Contract
from contractlang.statement.model import Statement

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
    """What differs in meaning, each version with its frameworks. Raises NotComparable for a version with errors."""
    stood, stands = replaced(old), replaced(new)
    same_firm = _same_firm(old, new)
    if checked(old).frameworks or checked(new).frameworks:  # else what may be replaced is a difference as well
        old, new, same_firm = in_full(old), in_full(new), True
    one, two = checked(old), checked(new)
    language = one.document.source.language
    names = names_of(old.text, language) if two.document.source.language != language else None
    before, after = _blocks(old, language, None), _blocks(new, language, names)
    first, second = one.contract, two.contract
    assert first is not None
    assert second is not None
    found = () if same_firm and _same(first, second) else changes(before, after)
    found = tuple(replace(change, standing=_standing(change, stood, stands)) for change in found)
    there, here = beside(first), beside(second)
    return Compared(before, after, language, (*found, *changed_files(there, here)), there, here, old.name)


def bridged(compared: Compared, settled: Callable[[Contract], Statement]) -> Bridge:
    """The difference in euros, attributed to the changes. `settled` settles one contract.

    Raises NoContract when a version cannot be settled, and what `settled` raises for one of the versions; a mixture of
    both that the data do not fit is no contract.
    """
    differing = {change.name for change in compared.changes if change.kind == KIND}
    effective = [change for change in compared.changes if change.kind not in UNPAID]

    def amounts(made: Sequence[Change]) -> Amounts:
        with tempfile.TemporaryDirectory(prefix="contractlang-") as folder:
            taken = {change.name for change in made if change.kind == KIND}
            laid_out(Path(folder), compared.old_files, compared.new_files, differing, taken)
            for text in _texts(compared, made, len(effective)):
                contract = check(text, compared.name, folder).contract
                if contract is None or contract.holes:
                    continue
                try:
                    return amounts_of(settled(contract))
                except (DataError, DataFault, BrokenLaw):
                    if len(made) in (0, len(effective)):
                        raise
            raise NoContract

    return bridge(effective, amounts)


def _texts(compared: Compared, made: Sequence[Change], number: int) -> tuple[str, ...]:
    """A mixture, as it may be written; the old and the new version themselves are no mixtures."""
    if len(made) in (0, number):
        return (whole(compared.new if made else compared.old),)
    done = [change for change in made if change.kind != KIND]
    return tuple(mixed(compared.old, compared.new, done, resting) for resting in (True, False))


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


def replaced(version: Version) -> frozenset[tuple[str, str]]:
    """The blocks of a version, by kind and name, that stand in place of what its framework says."""
    terms = (term for term in checked(version).terms if term.how == "replaced")
    return frozenset((term.kind, "" if term.kind == "contract" else term.name) for term in terms)


def _firm(version: Version) -> tuple[tuple[str, str], ...]:
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


def _standing(change: Change, stood: Collection[tuple[str, str]], stands: Collection[tuple[str, str]]) -> str:
    if change.after is not None and change.after.key in stands:
        return "replaces"
    return "restored" if change.before is not None and change.before.key in stood else ""


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


def _same(one: Contract, two: Contract) -> bool:
    return same_model(one, two) or (one.language != two.language and not same_meaning(one, two))
