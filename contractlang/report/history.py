"""Estimates of earlier days, kept so that what they missed by can be seen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

from msgspec import Struct

from contractlang.statement.figures import figure
from contractlang.statement.model import Statement


class HistoryFault(Exception):
    """A history that cannot be read; the message says what to do."""


class Kept(Struct, frozen=True):
    """One estimate as it was made: of a contract, as of a day, in a report, for a group."""

    contract: str
    as_of: str
    report: str
    group: str
    title: str
    value: str


class Miss(Struct, frozen=True):
    """An estimate of an earlier day beside that of today; `error` is what was said then minus what is said now."""

    kept: Kept
    now: str
    error: str


def read_history(path: Path) -> tuple[Kept, ...]:
    """The estimates in a file, one JSON object a line; none when there is no file yet. Raises HistoryFault."""
    if not path.exists():
        return ()
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            kept = Kept(**json.loads(line))
            Fraction(kept.value)
            date.fromisoformat(kept.as_of)
        except (ValueError, TypeError) as fault:
            raise HistoryFault(
                f"{path}, line {number}: this is no estimate that monitor kept; name another file"
            ) from fault
        found.append(kept)
    return tuple(found)


def estimates(statement: Statement) -> tuple[Kept, ...]:
    """Every estimate that the reports of a statement show."""
    found = []
    for report in statement.reports:
        day = report.as_of or statement.as_of
        for row in report.rows:
            group = ", ".join([*([row.party] if row.party else []), *row.keys.values()])
            found += [
                Kept(statement.contract.name, str(day), report.name, group, one.title, one.value)
                for one in row.figures
                if one.estimate and one.value is not None
            ]
    return tuple(found)


def compare(earlier: Sequence[Kept], statement: Statement) -> tuple[Miss, ...]:
    """Earlier estimates of this contract beside those of now, by day."""
    now = {(one.report, one.group, one.title): one for one in estimates(statement)}
    found = []
    for one in earlier:
        current = now.get((one.report, one.group, one.title))
        if current is not None and one.contract == current.contract and one.as_of < current.as_of:
            found.append(Miss(one, current.value, figure(Fraction(one.value) - Fraction(current.value))))
    return tuple(sorted(found, key=lambda miss: (miss.kept.report, miss.kept.title, miss.kept.group, miss.kept.as_of)))


def keep(earlier: Sequence[Kept], statement: Statement) -> str:
    """The history with the estimates of now; those of the same day are replaced."""
    made = estimates(statement)
    same = {(one.contract, one.as_of, one.report, one.group, one.title) for one in made}
    kept = [one for one in earlier if (one.contract, one.as_of, one.report, one.group, one.title) not in same]
    rows = sorted((*kept, *made), key=lambda one: (one.contract, one.as_of, one.report, one.group, one.title))
    fields = Kept.__struct_fields__
    return "".join(json.dumps({name: getattr(one, name) for name in fields}, ensure_ascii=False) + "\n" for one in rows)
