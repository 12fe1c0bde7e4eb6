"""A mutant tried: whether the check takes it, whether it changes a settlement, and whether the comparison says so."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from contractlang.analysis.check import check
from contractlang.compare.differences import told
from contractlang.compare.versions import NotComparable, Version, compare
from contractlang.format.meaning import same_model
from contractlang.model.contract import Contract
from tests.compare.mutants import Mutant
from tests.compare.settled import Source, paid

BLOCKS_SWAPPED = "blocks swapped"  # the order of blocks is layout: it may show in the model, and must pay the same


class Verdict(Struct, frozen=True):
    """What became of a mutant; `fault` is what the comparison does wrong, empty when nothing."""

    mutant: Mutant
    passes: bool
    changes: bool = False
    reported: bool = False
    fault: str = ""


def verdict(one: Source, mutant: Mutant) -> Verdict:
    """Settle the data of the examples under both versions, and hold the outcome against the comparison."""
    contract = checked(one, mutant.text)
    if contract is None:
        return Verdict(mutant, False)
    changes = money(one, contract) != before(one)
    try:
        found = compare(Version("old", one.text, one.folder), Version("new", mutant.text, one.folder))
    except NotComparable as fault:
        return Verdict(mutant, True, changes, False, f"not comparable: {fault}")
    said = [told(change, found.language) for change in found.changes]
    empty = [change.name for change in found.changes if not change.lines()]
    empty += [one.name for one in said if not one.differences]
    fault = ""
    if changes and not found.changes:
        fault = "money differs, nothing reported"
    elif not found.changes and mutant.kind != BLOCKS_SWAPPED and not same_model(one.contract, contract):
        fault = "the model differs, nothing reported"
    elif empty:
        fault = f"reported without a word: {', '.join(empty)}"
    return Verdict(mutant, True, changes, bool(found.changes), fault)


def checked(one: Source, text: str) -> Contract | None:
    """The contract when the check takes it."""
    return check(text, one.path.name, one.folder).contract


def money(one: Source, contract: Contract) -> tuple[object, ...]:
    """What a version comes to over the data of each example of the first version."""
    return tuple(paid(contract, example) for example in one.contract.examples)


@lru_cache(maxsize=8)
def _before(path: str, text: str, folder: str) -> tuple[object, ...]:
    contract = check(text, path, folder).contract
    assert contract is not None
    return tuple(paid(contract, example) for example in contract.examples)


def before(one: Source) -> tuple[object, ...]:
    """What the first version comes to, worked out once."""
    return _before(one.path.name, one.text, one.folder)
