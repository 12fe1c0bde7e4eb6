"""Where every row ended: posts, totals and lines."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from fractions import Fraction

from contractlang.base.calendar import label, periods
from contractlang.engine.oracle.interpret import Interpreter
from contractlang.engine.oracle.ledger import Ledger
from contractlang.engine.oracle.row import Row
from contractlang.engine.protocol import Line, Post, Totals
from contractlang.model.expression import Role
from contractlang.model.heads import Limit, Pay
from contractlang.model.tables import NO_ARTICLE, NO_PRICE, Table


def posts(head: Pay | Limit, ledger: Ledger, of: Interpreter) -> tuple[Post, ...]:
    """The amounts of a head per party and settlement period: as priced, or minus what a limit cut."""
    if isinstance(head, Pay):
        priced = ledger.priced[head.id]
        parts = [(row, amount, priced.quantities[row]) for row, amount in priced.amounts.items()]
    else:
        lost: dict[Row, int] = {}
        for (_, row), cut in ledger.cuts.get(head.id, {}).items():
            lost[row] = lost.get(row, 0) + cut
        parts = [(row, -cut, Fraction(0)) for row, cut in lost.items() if cut]
    found: dict[tuple[str | None, str], list[tuple[int, Fraction]]] = {}
    for row, amount, quantity in parts:
        found.setdefault((of.party(row), _period(row, of)), []).append((amount, quantity))
    made = [
        Post(
            party,
            period,
            sum(amount for amount, _ in entries),
            sum((quantity for _, quantity in entries), Fraction(0)) if isinstance(head, Pay) else None,
            len(entries),
        )
        for (party, period), entries in found.items()
    ]
    return tuple(sorted(made, key=lambda post: (post.party or "", post.period)))


def _period(row: Row, of: Interpreter) -> str:
    """The settlement period of a row; the last of the term for rows without a date that decides it."""
    day = of.decides(row, Role.PERIOD)
    if day is None:
        return periods(of.contract.term, of.contract.settle)[-1]
    return label(day, of.contract.settle)


def lines(table: Table, rows: Iterable[Row], ledger: Ledger, of: Interpreter) -> Iterator[Line]:
    """Every row of a paid table with where it ended, in the order of the file."""
    heads = [one for one in ledger.priced.values() if one.pay.selection.table == table.name]
    for row in rows:
        paying = [one for one in heads if row in one.amounts]
        priced = sum(one.amounts[row] for one in paying)
        payable = sum(ledger.left(one.pay, row) for one in paying if not one.pay.absorbs)
        status, reason = _status(row, priced, payable, bool(paying), any(row in one.unpriced for one in heads))
        if status in ("paid", "partly", "cut") and any(one.pay.absorbs for one in paying):
            status = "absorbed"
        articles = tuple(dict.fromkeys(one.pay.article for one in paying))
        party = of.party(row)
        yield Line(table.name, row.number, row.name, party, row.submitted, priced, payable, status, reason, articles)


def _status(row: Row, priced: int, payable: int, paid: bool, unpriced: bool) -> tuple[str, str | None]:
    if row.reason is not None:
        return ("pending" if row.pending else "rejected"), row.reason
    if unpriced:
        return "pending", NO_PRICE
    if not paid:
        return "pending", NO_ARTICLE
    if payable == priced:
        return "paid", None
    return ("cut" if payable == 0 else "partly"), None


def totals(table: Table, found: list[Line]) -> Totals:
    """The lines of a table added up."""

    def rows(status: str) -> int:
        return sum(1 for line in found if line.status == status)

    def claimed(*statuses: str) -> int | None:
        if table.submitted is None:
            return None
        return sum(line.submitted or 0 for line in found if not statuses or line.status in statuses)

    return Totals(
        table=table.name,
        rows=len(found),
        rows_paid=rows("paid"),
        rows_partly=rows("partly"),
        rows_cut=rows("cut"),
        rows_absorbed=rows("absorbed"),
        rows_rejected=rows("rejected"),
        rows_pending=rows("pending"),
        submitted=claimed(),
        submitted_rejected=claimed("rejected"),
        submitted_pending=claimed("pending"),
        priced=sum(line.priced for line in found),
        paid=sum(line.payable or 0 for line in found),
        absorbed=sum(line.priced - (line.payable or 0) for line in found if line.status == "absorbed"),
    )


def digest(found: Iterable[Line]) -> str:
    """A hash over one line of text for each row, by the name of the table and the number of the row."""
    texts = [
        f"{line.table}|{line.row}|{line.priced}|{line.payable}|{line.status}|{line.reason or ''}"
        for line in sorted(found, key=lambda line: (line.table, line.row))
    ]
    return hashlib.sha256("\n".join(texts).encode("utf-8")).hexdigest()
