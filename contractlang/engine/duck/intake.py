"""What happened to the rows of a table on the way in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any as Anything

from msgspec.structs import replace

from contractlang.engine.duck import cells
from contractlang.engine.duck.accept import ELSEWHERE, Accepted, Acceptor
from contractlang.engine.duck.load import quoted
from contractlang.engine.duck.results import submitted_cents
from contractlang.engine.protocol import BadCell, Intake, Refused
from contractlang.model.tables import (
    CLOSED,
    CREDIT_WITHOUT_DEBIT,
    EMPTY,
    NOT_YET_RECEIVED,
    OTHER_PROVIDER,
    OUTSIDE_TERM,
    OVERLAP,
    UNKNOWN,
    UNREADABLE,
    Column,
    EmptyMeans,
    Kind,
    Table,
)  # fmt: skip

MOST_BAD_CELLS = 100


def intake(acceptor: Acceptor, table: Table) -> Intake:
    """Rows by reason, and the first cells that could not be used."""
    accepted = acceptor.accepted(table.name)
    rows = acceptor.connection.execute(
        f"SELECT reason, count(*), sum({_own_claim(table, accepted)}) FROM {accepted.relation} w GROUP BY reason"
    ).fetchall()
    bad = _bad_cells(acceptor, accepted, _unusable_rows(accepted)) if _BAD & {reason for reason, _, _ in rows} else ()
    return replace(_intake(table, rows, bad), files=accepted.loaded.sizes)


def intake_by_party(acceptor: Acceptor, table: Table, parties: Sequence[str]) -> dict[str, Intake]:
    """The same for each of the parties that a table tells, of the rows that are looked at."""
    accepted = acceptor.accepted(table.name)
    assert table.party is not None
    party = f"w.{accepted.columns[table.party]}"
    rows = acceptor.connection.execute(
        f"SELECT {party}, reason, count(*), sum({_own_claim(table, accepted)}) FROM {accepted.relation} w "
        f"WHERE reason IS DISTINCT FROM {quoted(ELSEWHERE)} GROUP BY ALL HAVING count(*) > 0"
    ).fetchall()
    found: dict[str, list[tuple[Anything, ...]]] = {name: [] for name in parties}
    for name, *counts in rows:
        found[name].append(tuple(counts))
    some = f"bad_{accepted.relation}"
    if _BAD & {reason for _, reason, _, _ in rows}:
        acceptor.connection.execute(
            f"CREATE TABLE {some} AS SELECT w.n, w.reason, {party} AS party, r.* FROM {accepted.relation} w "
            f"JOIN {accepted.loaded.relation} r ON r.rowid + 1 = w.n WHERE w.reason IN ({_listed(_BAD)})"
        )
    made = {}
    for name, counts in found.items():
        bad: tuple[BadCell, ...] = ()
        if _BAD & {reason for reason, *_ in counts}:
            bad = _bad_cells(acceptor, accepted, f"SELECT * FROM {some} WHERE party = {quoted(name)}")
        made[name] = replace(_intake(table, counts, bad), files=accepted.loaded.sizes)
    return made


_BAD = {UNREADABLE, EMPTY, UNKNOWN}


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(quoted, sorted(names)))


def _own_claim(table: Table, accepted: Accepted) -> str:
    if table.submitted is None:
        return "CAST(NULL AS BIGINT)"
    own = "w.submitted" if accepted.credited else f"w.{accepted.columns[table.submitted]}"
    return submitted_cents(table.column(table.submitted).decimals, own)


def _intake(table: Table, rows: Sequence[Sequence[Anything]], bad: tuple[BadCell, ...]) -> Intake:
    own_reasons = [rule.reason for rule in table.rejects]
    order = [
        OTHER_PROVIDER,
        NOT_YET_RECEIVED,
        OVERLAP,
        UNREADABLE,
        *own_reasons,
        EMPTY,
        UNKNOWN,
        OUTSIDE_TERM,
        CLOSED,
        CREDIT_WITHOUT_DEBIT,
    ]
    refused = [
        Refused(reason, number, _claimed(table, total), reason == NOT_YET_RECEIVED)
        for reason, number, total in rows
        if reason
    ]
    refused.sort(key=lambda one: order.index(one.reason))
    return Intake(
        table.name,
        sum(number for _, number, _ in rows),
        sum(number for reason, number, _ in rows if reason is None),
        tuple(refused),
        bad,
        None if table.submitted is None else sum(int(total or 0) for _, _, total in rows),
    )


def _claimed(table: Table, total: Anything) -> int | None:
    return None if table.submitted is None else int(total or 0)


def _unusable_rows(accepted: Accepted) -> str:
    """The rows with cells that cannot be used, as read, with their number and reason."""
    return (
        f"SELECT w.n, w.reason, r.* FROM (SELECT n, reason FROM {accepted.relation} WHERE reason IN ({_listed(_BAD)}) "
        f"ORDER BY n LIMIT {MOST_BAD_CELLS}) w JOIN {accepted.loaded.relation} r ON r.rowid + 1 = w.n"
    )


def _bad_cells(acceptor: Acceptor, accepted: Accepted, unusable: str) -> tuple[BadCell, ...]:
    read = accepted.loaded.read
    columns = ", ".join(accepted.columns[column.name] for column in read) or "0"
    rows = acceptor.connection.execute(
        f"SELECT n, reason, {columns} FROM ({unusable}) ORDER BY n LIMIT {MOST_BAD_CELLS}"
    ).fetchall()
    found: list[BadCell] = []
    texts = _texts(acceptor, accepted, [row[0] for row in rows if row[1] == UNREADABLE])
    for n, reason, *values in rows:
        if reason == UNREADABLE:
            found += _unreadable(acceptor, accepted, n, *texts[n])
            continue
        for column, value in zip(read, values, strict=True):
            expected = _unusable(column, value, reason)
            if expected is not None:
                found.append(BadCell(n, column.name, "" if value is None else str(value), expected))
    return tuple(found[:MOST_BAD_CELLS])


def _texts(acceptor: Acceptor, accepted: Accepted, numbers: list[int]) -> dict[int, tuple[int, bool, list[str]]]:
    """The file of these rows, whether they have too few or too many cells, and the texts: the files are read once more."""
    if not numbers:
        return {}
    listed = ", ".join(map(str, numbers))
    found = f"SELECT n, part, ragged, texts FROM ({accepted.loaded.texts}) WHERE n IN ({listed})"
    rows = acceptor.connection.execute(found).fetchall()
    return {n: (part, bool(ragged), texts) for n, part, ragged, texts in rows}


def _unusable(column: Column, value: Anything, reason: str) -> str | None:
    if not column.used:
        return None
    if reason == EMPTY:
        return "a value" if column.empty is EmptyMeans.MISSING and value is None else None
    return ", ".join(column.codes) if column.codes and value is not None and value not in column.codes else None


def _unreadable(
    acceptor: Acceptor, accepted: Accepted, n: int, part: int, ragged: bool, texts: list[str]
) -> list[BadCell]:
    whole = acceptor.data.get(accepted.table.name)
    prepared = whole.files[part] if whole else None
    width = len(prepared.header) if prepared else 0
    checked = [c for c in accepted.loaded.read if c.kind is not Kind.TEXT]
    everything = len(texts) != len(checked)
    found = []
    for column, text in zip(accepted.loaded.read if everything else checked, texts, strict=True):
        decimal = prepared.decimal.get(column.name, ".") if prepared else "."
        dates = prepared.dates.get(column.name, "iso") if prepared else "iso"
        if ragged:
            found.append(BadCell(n, column.name, text if text.strip() else "", f"{width} cells in the row"))
        elif column.kind is not Kind.TEXT and text.strip() and not _readable(acceptor, text, column, decimal, dates):
            found.append(BadCell(n, column.name, text, cells.expected(column, dates)))
    return found


def _readable(acceptor: Acceptor, text: str, column: Column, decimal: str, dates: str) -> bool:
    found = acceptor.connection.execute(
        f"SELECT coalesce({cells.fits('t', column, decimal, dates)}, false) FROM (SELECT ? AS t)", [text]
    ).fetchone()
    return bool(found and found[0])
