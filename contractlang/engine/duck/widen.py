"""A book with the columns of more heads, and the orders in which heads take rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractlang.engine.duck.emit import Emitter, Plain
from contractlang.model.heads import Order, Pay

if TYPE_CHECKING:
    from contractlang.engine.duck.ledger import Book, Ledger


def widen(ledger: Ledger, book: Book, head: Pay, query: str) -> None:
    """Put the rows of a query, which are those of a book with the columns of this head and perhaps others, in its place."""
    name = f"{book.relation}_{book.heads.index(head)}"
    ledger.connection.execute(f"CREATE TABLE {name} AS {query}")
    if book.relation != book.accepted.relation:
        ledger.connection.execute(f"DROP TABLE {book.relation}")
    if book.relation in ledger.day_sums:  # the same rows: what was summed of them holds
        ledger.day_sums[name] = ledger.day_sums[book.relation]
    book.relation = name


def orders_of(emitter: Emitter, filled: tuple[Order, ...]) -> list[str]:
    """What rows are ordered by, as SQL; the row number where that is said."""
    return ["w.n" if order.by is None else _ordered(emitter, order) for order in filled]


def _ordered(emitter: Emitter, order: Order) -> str:
    assert order.by is not None
    value = emitter.value(order.by)
    return value.sql if isinstance(value, Plain) or value.den is None else f"({value.sql} / {value.den})"
