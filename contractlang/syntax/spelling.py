"""How far one text is from another, as typing errors count."""

from __future__ import annotations


def distance(one: str, two: str, most: int) -> int:
    """Letters inserted, deleted, replaced, or swapped with their neighbour; `most + 1` when there are more than `most`."""
    if one == two:
        return 0
    if abs(len(one) - len(two)) > most:
        return most + 1
    start = 0
    while start < min(len(one), len(two)) and one[start] == two[start]:
        start += 1
    end = 0
    while end < min(len(one), len(two)) - start and one[-1 - end] == two[-1 - end]:
        end += 1
    return _table(one[start : len(one) - end], two[start : len(two) - end], most)


def _table(one: str, two: str, most: int) -> int:
    if not one or not two:
        return min(max(len(one), len(two)), most + 1)
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, letter in enumerate(one, 1):
        last, row, older = row, [i], before
        for j, other in enumerate(two, 1):
            cost = min(row[-1] + 1, last[j] + 1, last[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == two[j - 2] and one[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before = last
    return min(row[-1], most + 1)


def allowed(text: str) -> int:
    """How many typing errors a text of this length may hold and still be recognised."""
    return 1 if len(text) < 6 else 2 if len(text) < 13 else 3
