"""Estimates of earlier days, kept so that what they missed by can be seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

from msgspec import Struct
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from contractlang.statement.figures import figure
from contractlang.statement.model import Statement


class HistoryFault(Exception):
    """A history that cannot be read; the message says what to do."""


class Kept(BaseModel):
    """One estimate as it was made: of a contract, as of a day, in a report, for a group."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    contract: str
    as_of: str
    report: str
    group: str
    title: str
    value: str

    @field_validator("as_of")
    @classmethod
    def _is_a_day(cls, text: str) -> str:
        date.fromisoformat(text)
        return text

    @field_validator("value")
    @classmethod
    def _is_a_number(cls, text: str) -> str:
        Fraction(text)
        return text


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
            found.append(Kept.model_validate_json(line))
        except ValidationError as fault:
            first = fault.errors()[0]
            where = f" ({'.'.join(map(str, first['loc']))}: {first['msg']})" if first["loc"] else ""
            raise HistoryFault(
                f"{path}, line {number}: this is no estimate that monitor kept{where}; name another file"
            ) from fault
    return tuple(found)


def estimates(statement: Statement) -> tuple[Kept, ...]:
    """Every estimate that the reports of a statement show."""
    found = []
    for report in statement.reports:
        day = report.as_of or statement.as_of
        for row in report.rows:
            group = ", ".join([*([row.party] if row.party else []), *row.keys.values()])
            found += [
                Kept(
                    contract=statement.contract.name,
                    as_of=str(day),
                    report=report.name,
                    group=group,
                    title=one.title,
                    value=one.value,
                )
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
    return "".join(one.model_dump_json() + "\n" for one in rows)
