"""The twin contracts mean the same in both languages: equal models, but for the names that the authors chose."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import pytest
from msgspec import Struct

from contractlang.analysis.check import check
from contractlang.base.source import Place
from contractlang.model.contract import Contract

TWINS = Path(__file__).parents[2] / "contracts" / "twins"
MECHANISMS = Path(__file__).parents[2] / "contracts" / "mechanisms"
PAIRS = [(path, TWINS / "nl" / path.name) for path in sorted((TWINS / "en").glob("*.zc"))]
PAIRS += [(path, path.with_name(path.name.replace(".en.", ".nl."))) for path in sorted(MECHANISMS.glob("*.en.zc"))]
OWN_WORDS = (
    ".word",
    ".what",
    ".quantity_unit",
    ".unit",
    ".delivery",
    ".missing",
)  # words of the model, not of an author
NOT_MEANING = {"place", "line", "sha256", "language", "folder", "headings", "defaults", "reopens", "prose"}


def model(path: Path) -> Contract:
    checked = check(path.read_text(encoding="utf-8"), path.name, str(path.parent))
    assert checked.contract is not None, checked.errors
    return checked.contract


def flat(value: object, where: str = "") -> Iterator[tuple[str, object]]:
    """Every leaf with the way to it."""
    if isinstance(value, Place):
        return
    if isinstance(value, Struct):
        yield where, type(value).__name__
        for name in value.__struct_fields__:
            if name not in NOT_MEANING:
                yield from flat(getattr(value, name), f"{where}.{name}")
    elif isinstance(value, tuple):
        yield where, len(value)
        for index, part in enumerate(value):
            yield from flat(part, f"{where}[{index}]")
    else:
        yield where, value


def differences(one: Contract, other: Contract) -> list[str]:
    """Leaves that differ, names apart: a name stands for one name of the other, everywhere, and the reverse."""
    there: dict[str, str] = {}
    back: dict[str, str] = {}
    left, right = list(flat(one)), list(flat(other))
    found = [f"{len(left)} and {len(right)} leaves"] if len(left) != len(right) else []
    for (where, a), (_, b) in zip(left, right, strict=False):
        if where.endswith(OWN_WORDS) and not (where.startswith(".heads") and where.endswith(".what")):
            found += [f"{where}: {a!r} and {b!r}"] if a != b else []
        elif where.endswith(".what") and where.startswith(".heads"):
            continue  # the sentence as written; its words follow
        elif isinstance(a, str) and not isinstance(a, Enum) and isinstance(b, str):
            free = where.endswith((".title", ".name", ".payer", ".provider", ".text"))
            if not free and (there.setdefault(a, b) != b or back.setdefault(b, a) != a):
                found.append(f"{where}: {a!r} is {there[a]!r}, and {b!r} is {back.get(b)!r}")
        elif a != b:
            found.append(f"{where}: {a!r} and {b!r}")
    return found


@pytest.mark.parametrize(("english", "dutch"), PAIRS, ids=lambda path: path.name)
def test_equal_models(english: Path, dutch: Path) -> None:
    assert differences(model(english), model(dutch)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2026-12-31", "2026-12-30"),
        ("€ 1.030.000,00", "€ 1.030.000,01"),
        ("deels", "niets, latere rijen ook niet"),
    ],
)
def test_a_difference_is_found(old: str, new: str) -> None:
    english, dutch = next(pair for pair in PAIRS if pair[0].name == "nested_ceilings.zc")
    text = dutch.read_text(encoding="utf-8")
    assert old in text
    checked = check(text.replace(old, new, 1), "changed.zc")
    assert checked.contract is not None
    assert differences(model(english), checked.contract)
