"""Whether two models mean the same, names and places apart."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from msgspec import Struct

from contractlang.base.source import Place
from contractlang.model.contract import Contract

# what a reader sees and a settlement does not depend on
NOT_MEANING = frozenset(
    {"place", "line", "sha256", "language", "folder", "defaults", "prose", "framework", "frameworks", "terms"}
)
NAMED_IN_DATA = frozenset({"headings", "aliases"})  # under which names the data hold it: another for each language
OF_THE_MODEL = (".word", ".quantity_unit", ".missing", ".delivery")  # words of the language, not of an author
SHOWN = (".title", ".name", ".payer", ".provider", ".text", ".what", ".words", ".unit")


def flat(value: object, where: str = "", apart: frozenset[str] = NOT_MEANING) -> Iterator[tuple[str, object]]:
    """Every leaf with the way to it; what has a name in `apart` is left out."""
    if isinstance(value, Place):
        return
    if isinstance(value, Struct):
        yield where, type(value).__name__
        for name in value.__struct_fields__:
            if name not in apart:
                yield from flat(getattr(value, name), f"{where}.{name}", apart)
    elif isinstance(value, tuple):
        yield where, len(value)
        for index, part in enumerate(value):
            yield from flat(part, f"{where}[{index}]", apart)
    else:
        yield where, value


def same_meaning(one: Contract, other: Contract) -> str:
    """An empty text when both mean the same; else where they first differ. A name stands for one name, everywhere."""
    there: dict[str, str] = {}
    back: dict[str, str] = {}
    apart = NOT_MEANING | NAMED_IN_DATA
    left, right = list(flat(one, apart=apart)), list(flat(other, apart=apart))
    if len(left) != len(right):
        return f"{len(left)} and {len(right)} parts"
    for (where, a), (_, b) in zip(left, right, strict=True):
        if isinstance(a, str) and isinstance(b, str) and not isinstance(a, Enum):
            if ".words" in where or where.endswith(SHOWN):
                continue
            if where.endswith(OF_THE_MODEL):
                if a != b:
                    return f"{where}: {a!r} and {b!r}"
                continue
            if there.setdefault(a, b) != b or back.setdefault(b, a) != a:
                return f"{where}: {a!r} and {b!r}"
        elif a != b:
            return f"{where}: {a!r} and {b!r}"
    return ""


def same_model(one: Contract, other: Contract) -> bool:
    """Whether two versions are the same contract in the same words: names count, those in the data and what people read too.

    What the contract is called, its title and the number of its version, is no part of it.
    """
    left, right = (
        [
            (where, value)
            for where, value in flat(contract)
            if where != ".name" and not where.startswith((".version", ".articles", ".examples"))
        ]
        for contract in (one, other)
    )
    return left == right
