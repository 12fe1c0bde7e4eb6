"""What happened to the rows of a table on the way in."""

from __future__ import annotations

from typing import Any as Anything

from contractlang.engine.duck import cells
from contractlang.engine.duck.accept import Accepted, Acceptor
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
    claimed = "CAST(NULL AS BIGINT)"
    if table.submitted is not None:
        own = "submitted" if accepted.credited else accepted.columns[table.submitted]
        claimed = submitted_cents(table.column(table.submitted).decimals, own)
    rows = acceptor.connection.execute(
        f"SELECT reason, count(*), sum({claimed}) FROM {accepted.relation} GROUP BY reason"
    ).fetchall()
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
        _bad_cells(acceptor, accepted) if {UNREADABLE, EMPTY, UNKNOWN} & {reason for reason, _, _ in rows} else (),
        None if table.submitted is None else sum(int(total or 0) for _, _, total in rows),
    )


def _claimed(table: Table, total: Anything) -> int | None:
    return None if table.submitted is None else int(total or 0)


def _bad_cells(acceptor: Acceptor, accepted: Accepted) -> tuple[BadCell, ...]:
    read = accepted.loaded.read
    columns = ", ".join(f"r.{accepted.columns[column.name]}" for column in read) or "0"
    rows = acceptor.connection.execute(
        f"SELECT w.n, w.reason, {columns} FROM (SELECT n, reason FROM {accepted.relation} WHERE reason IN "
        f"('{UNREADABLE}', '{EMPTY}', '{UNKNOWN}') ORDER BY n LIMIT {MOST_BAD_CELLS}) w "
        f"JOIN {accepted.loaded.relation} r ON r.rowid + 1 = w.n ORDER BY w.n"
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


def _texts(acceptor: Acceptor, accepted: Accepted, numbers: list[int]) -> dict[int, tuple[bool, list[str]]]:
    """Whether these rows have too few or too many cells, and the texts of their cells: the file is read once more."""
    if not numbers:
        return {}
    listed = ", ".join(map(str, numbers))
    rows = acceptor.connection.execute(f"SELECT * FROM ({accepted.loaded.texts}) WHERE n IN ({listed})").fetchall()
    return {n: (bool(ragged), texts) for n, ragged, texts in rows}


def _unusable(column: Column, value: Anything, reason: str) -> str | None:
    if not column.used:
        return None
    if reason == EMPTY:
        return "a value" if column.empty is EmptyMeans.MISSING and value is None else None
    return ", ".join(column.codes) if column.codes and value is not None and value not in column.codes else None


def _unreadable(acceptor: Acceptor, accepted: Accepted, n: int, ragged: bool, texts: list[str]) -> list[BadCell]:
    prepared = acceptor.data.get(accepted.table.name)
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
