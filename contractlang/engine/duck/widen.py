"""A book with the columns of more heads, which rows heads pay, and the orders in which they take them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from contractlang.engine.duck.emit import Emitter, Plain
from contractlang.engine.duck.prune import late
from contractlang.model.heads import Order, Pay

if TYPE_CHECKING:
    from contractlang.engine.duck.ledger import Book, Ledger


def widen(ledger: Ledger, book: Book, head: Pay, query: str, over: Sequence[str] | None = None) -> None:
    """Put the rows of a query, which are those of a book with the columns of this head and perhaps others, in its place.

    With `over` the query is not stored, but asked again each time: it reads these tables and what the book was.
    """
    name, kind = f"{book.relation}_{book.heads.index(head)}", "TABLE" if over is None else "VIEW"
    ledger.connection.execute(f"CREATE {kind} {name} AS {query}")
    if over is None:
        for one in book.made:
            ledger.connection.execute(f"DROP {one}")
        book.made = []
    book.made = [f"{kind} {name}", *(f"TABLE {table}" for table in over or ()), *book.made]
    if book.relation in ledger.day_sums:  # the same rows: what was summed of them holds
        ledger.day_sums[name] = ledger.day_sums[book.relation]
    book.relation = name


def pays(head: Pay, emitter: Emitter) -> str:
    """Whether a head pays a row, as SQL."""
    return f"w.reason IS NULL AND {emitter.condition(head.selection.where)}"


def selected(ledger: Ledger, book: Book, head: Pay, emitter: Emitter) -> str:
    """The same of a head that does not price row by row: marked as rows were judged, unless it had to wait for them."""
    return pays(head, emitter) if head.id in late(ledger.contract) else f"w.{book.column(head, 'm')}"


def replacing(columns: Sequence[str], rows: str) -> str:
    """A query for the rows of another with columns replaced."""
    names = ", ".join(column.rpartition(" AS ")[2] for column in columns)
    return f"SELECT * EXCLUDE ({names}), {', '.join(columns)} FROM ({rows})" if columns else rows


def orders_of(emitter: Emitter, filled: tuple[Order, ...]) -> list[str]:
    """What rows are ordered by, as SQL; the row number where that is said."""
    return ["w.n" if order.by is None else _ordered(emitter, order) for order in filled]


def _ordered(emitter: Emitter, order: Order) -> str:
    assert order.by is not None
    value = emitter.value(order.by)
    return value.sql if isinstance(value, Plain) or value.den is None else f"({value.sql} / {value.den})"
