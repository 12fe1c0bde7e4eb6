"""Heads that are priced by volume and pay no row in common: the rows of each are stored apart, with their amounts.

The book is then these tables and the rows that no such head pays, one after the other: no row is copied twice, and none is
looked for by its number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from contractlang.engine.duck.volumes import ENDS, Tiered, with_volumes
from contractlang.engine.duck.widen import widen

if TYPE_CHECKING:
    from contractlang.engine.duck.ledger import Book, Ledger


def stand_apart(ledger: Ledger, book: Book, found: Sequence[Tiered]) -> bool:
    """Whether the rows of these heads can be told apart by their own cells, and no row is paid by two of them."""
    if not ledger.apart or book.accepted.credited or not all(made.plain for made in found):
        return False
    if len(found) == 1:
        return True
    heads = " + ".join(f"CAST(({made.condition}) AS INTEGER)" for made in found)
    (most,) = ledger.connection.execute(f"SELECT max({heads}) FROM {book.relation} w").fetchone() or (None,)
    return most is None or most <= 1


def price_apart(ledger: Ledger, book: Book, found: Sequence[Tiered]) -> None:
    """Put the priced rows of every head in a table of its own, and all rows of the book in the place of the book."""
    numbers, tables = [book.heads.index(made.head) for made in found], []
    others = " AND ".join(f"({made.condition}) IS NOT TRUE" for made in found)
    parts = [f"SELECT w.*, {_columns(numbers, None)} FROM {book.relation} w WHERE {others}"]
    for number, made in zip(numbers, found, strict=True):
        name = f"tier{number}_{book.relation}"
        on_the_way, volumes = with_volumes(ledger, made, f"{book.relation} w {made.joins}", "w.*", name)
        amount = f"{made.worth} AS a{number}, q AS q{number}"
        ledger.connection.execute(
            f"CREATE TABLE {name} AS SELECT * EXCLUDE (q, {', '.join(ENDS)}), {amount} FROM ({volumes})"
        )
        parts.append(f"SELECT w.* EXCLUDE (a{number}, q{number}), {_columns(numbers, number)} FROM {name} w")
        tables.append(name)
        for table in on_the_way:
            ledger.connection.execute(f"DROP TABLE {table}")
    widen(ledger, book, found[0].head, " UNION ALL ".join(parts), tables)


def _columns(numbers: Sequence[int], own: int | None) -> str:
    """The columns of all heads in rows that one of them pays, or none."""
    cells = [
        f"a{i}, q{i}, a{i} IS NULL AS u{i}" if i == own else f"NULL AS a{i}, NULL AS q{i}, false AS u{i}"
        for i in numbers
    ]
    return ", ".join(cells)
