"""Cells rewritten before the engines read them: codes that the mapping renames, days without their zeros."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from contractlang.base.workplace import scratch
from contractlang.data.mapping import Mapped

Change = Callable[[str], str]


def changes(positions: Mapping[str, int], mapped: Mapped, short: Iterable[str]) -> dict[int, Change]:
    """What happens to the cells at which position."""
    made: dict[int, Change] = {}
    for name in short:
        made[positions[name]] = _padded
    for name, texts in mapped.values.items():
        if name in positions and texts:
            made[positions[name]] = _renamed(texts, made.get(positions[name]))
    return made


def changed(rows: Iterable[Sequence[str]], made: Mapping[int, Change]) -> Iterator[tuple[str, ...]]:
    """The rows with their cells changed; a row that is too short stays too short."""
    for row in rows:
        yield tuple(made[index](cell) if index in made else cell for index, cell in enumerate(row))


def written(header: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str) -> Path:
    """Rows as a temporary file."""
    handle, name = tempfile.mkstemp(suffix=".csv", prefix="contractlang-", dir=scratch())
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(rows)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _renamed(texts: Mapping[str, str], before: Change | None) -> Change:
    def change(cell: str) -> str:
        return texts[cell] if cell in texts else before(cell) if before else cell

    return change


def _padded(cell: str) -> str:
    """1-6-2024 as 01-06-2024; anything else as it stands."""
    parts = cell.split("-")
    if [
        len(part) <= most and part.isascii() and part.isdigit() for part, most in zip(parts, (2, 2, 4), strict=False)
    ] != [True] * 3:
        return cell
    return f"{parts[0]:0>2}-{parts[1]:0>2}-{parts[2]}" if len(parts) == 3 else cell
