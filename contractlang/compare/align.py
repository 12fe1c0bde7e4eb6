"""Which part of one version is which part of another: by what it is called, else by where and how it stands."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Sequence

from contractlang.compare.parts import Key, Part

LIKE = 0.6  # sentences without a label that are this much alike are one sentence that was changed


def aligned(base: Sequence[Part], other: Sequence[Part]) -> tuple[int | None, ...]:
    """For each part of `other` the position of the same part in `base`, None for one that is new."""
    known = _single(base) & _single(other)
    by_key = {part.key: at for at, part in enumerate(base) if part.key in known}
    found: list[int | None] = [by_key.get(part.key) if part.key in known else None for part in other]
    left = [at for at, part in enumerate(base) if part.key not in known]
    right = [at for at, part in enumerate(other) if part.key not in known]
    for one, two in _by_order([base[at] for at in left], [other[at] for at in right]):
        found[right[two]] = left[one]
    return tuple(found)


def _single(parts: Sequence[Part]) -> set[Key]:
    counted = Counter(part.key for part in parts if part.key is not None)
    return {key for key, number in counted.items() if number == 1}


def _by_order(base: Sequence[Part], other: Sequence[Part]) -> list[tuple[int, int]]:
    told = difflib.SequenceMatcher(None, [one.said for one in base], [one.said for one in other], autojunk=False)
    found: list[tuple[int, int]] = []
    for what, a, b, c, d in told.get_opcodes():
        if what == "equal":
            found += list(zip(range(a, b), range(c, d), strict=True))
        elif what == "replace":
            found += _changed(base, other, range(a, b), range(c, d))
    return found


def _changed(base: Sequence[Part], other: Sequence[Part], left: range, right: range) -> list[tuple[int, int]]:
    """Pairs of one kind in order: one for one where the numbers are equal, else those that are alike."""
    one_for_one = [base[i].rule for i in left] == [other[j].rule for j in right]
    if one_for_one:
        return list(zip(left, right, strict=True))
    found: list[tuple[int, int]] = []
    start = left.start
    for j in right:
        for i in range(start, left.stop):
            if base[i].rule == other[j].rule and _likeness(base[i].said, other[j].said) >= LIKE:
                found.append((i, j))
                start = i + 1
                break
    return found


def _likeness(one: str, two: str) -> float:
    return difflib.SequenceMatcher(None, one.split(), two.split(), autojunk=False).ratio()
