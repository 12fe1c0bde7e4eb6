"""The priced rows of every paid table, and what ceilings cut from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING
from typing import Any as Anything

import duckdb
from msgspec import Struct, field

from contractlang.data.database import beside
from contractlang.engine.duck.accept import Accepted, Acceptor
from contractlang.engine.duck.emit import Emitter, Plain, period_name
from contractlang.engine.duck.ratio import Ratio
from contractlang.engine.protocol import Group, KeyPart
from contractlang.model.contract import Contract
from contractlang.model.expression import Key
from contractlang.model.heads import Pay

if TYPE_CHECKING:
    from contractlang.engine.duck.day_sums import DaySums


Told = tuple[str | None, int | None, int, None, int]  # party, period as a number, cents, no quantity, rows


class Book(Struct):
    """One paid table: a relation with the accepted rows and, per head, a (cents), q (quantity), u (unpriced).

    Of heads that do not price row by row it has m (whether it pays the row) before that.
    """

    accepted: Accepted
    relation: str
    made: list[str] = field(default_factory=list)  # what the relation reads beside the accepted rows, and its kind
    heads: list[Pay] = field(default_factory=list)
    quantities: dict[str, Ratio] = field(default_factory=dict)  # of heads whose quantity is a column q
    fractions: dict[str, dict[int, Fraction]] = field(default_factory=dict)  # of heads priced per group
    cuts: str = ""
    limits: list[str] = field(default_factory=list)  # ids of limits that have cuts in `cuts`
    priced: set[str] = field(default_factory=set)

    def column(self, head: Pay, letter: str) -> str:
        """The column of a head: a, q, u or m."""
        return f"{letter}{self.heads.index(head)}"


class Ledger:
    """All books of a settlement."""

    def __init__(self, contract: Contract, acceptor: Acceptor) -> None:
        self.contract = contract
        self.acceptor = acceptor
        self.connection = acceptor.connection
        # a second connection to the same data, for rows that are read while the first is asked other things
        self.cursor: Callable[[], duckdb.DuckDBPyConnection] = lambda: beside(self.connection)
        self.books: dict[str, Book] = {}
        self.quantities: dict[str, dict[str, Ratio]] = {}  # by table, by head
        self.apart = True  # whether rows of a book may be stored in several tables
        self.told: dict[str, list[Told]] = {}  # what limits cut, where filling them has told it, by limit
        self.day_sums: dict[str, DaySums | None] = {}  # by relation of a book
        self.lost: dict[
            str, DaySums | None
        ] = {}  # what limits cut by the same cells, where that is known; None: nothing
        from contractlang.engine.duck import price

        acceptor.amounts = lambda accepted, emitter: price.amounts(self, accepted, emitter)

    def book(self, table: str) -> Book:
        """The book of a paid table, with its simple heads priced in one pass on first use."""
        if table not in self.books:
            from contractlang.engine.duck.price import open_book

            self.books[table] = open_book(self, table)
        return self.books[table]

    def every_of_articles(self, articles: Sequence[str]) -> list[tuple[Book, list[Pay]]]:
        """Every book that pays rows for these articles, with its heads: an article may pay rows of several tables."""
        found = [
            (book, [h for h in book.heads if h.article in articles and h.id in book.priced and h.earns])
            for book in self.books.values()
        ]
        return [(book, heads) for book, heads in found if heads]

    def unpriced(self, book: Book, head: Pay) -> str:
        """Whether a row is paid by a head that found no price for it, as SQL."""
        from contractlang.engine.duck.price import pays_all

        if pays_all(self.emitter(book), head):
            return f"(w.reason IS NULL AND w.{book.column(head, 'a')} IS NULL)"
        return f"w.{book.column(head, 'u')}"

    def emitter(self, book: Book) -> Emitter:
        """An emitter over the rows of a book (alias w)."""
        return self.acceptor.over(book.accepted)

    def party(self, book: Book) -> str:
        """The party of a row as SQL."""
        return self.party_of(book.accepted)

    def party_of(self, accepted: Accepted) -> str:
        """The party of a row as SQL; NULL unless each party is settled on its own."""
        parties, column = self.contract.parties, accepted.table.party
        if parties.table is None or not parties.separately or column is None:
            return "CAST(NULL AS VARCHAR)"
        return f"w.{accepted.columns[column]}"

    def cut(self, book: Book, heads: Iterable[Pay], limits: Iterable[str] | None = None) -> tuple[str, str]:
        """What limits cut from heads, per row: (SQL of the sum, join that it needs). All limits when none are named."""
        wanted = book.limits if limits is None else [limit for limit in limits if limit in book.limits]
        if not wanted:
            return "0", ""
        of = tuple(heads)
        numbers = ", ".join(str(book.heads.index(head)) for head in of)
        marks = ", ".join(str(book.limits.index(limit)) for limit in wanted)
        where = f"FROM {book.cuts} WHERE h IN ({numbers}) AND l IN ({marks})"
        once = len(wanted) == len(of) == 1  # a limit cuts a row of a head once
        cuts = f"SELECT n, c {where}" if once else f"SELECT n, sum(c) AS c {where} GROUP BY n"
        join = f"LEFT JOIN ({cuts}) x ON x.n = w.n"
        return "coalesce(x.c, 0)", join

    def add_cuts(self, book: Book, limit: str, rows: Sequence[tuple[int, int, int]]) -> None:
        """Store cuts: (head number, row, cents)."""
        mark = self.mark(book, limit)
        if rows:
            heads, numbers, amounts = (list(part) for part in zip(*rows, strict=True))
            self.connection.execute(
                f"INSERT INTO {book.cuts} SELECT {mark}, {given('INTEGER')}, {given('BIGINT')}, {given('BIGINT')}",
                [heads, numbers, amounts],
            )

    def mark(self, book: Book, limit: str) -> int:
        """The number of a limit in the table of cuts."""
        if not book.cuts:
            book.cuts = f"cut_{book.relation}"
            self.connection.execute(f"CREATE TABLE {book.cuts} (l INTEGER, h INTEGER, n BIGINT, c BIGINT)")
        if limit not in book.limits:
            book.limits.append(limit)
        return book.limits.index(limit)


def given(kind: str) -> str:
    """A column whose values are a parameter of the statement: one row for each."""
    return f"unnest(CAST(? AS {kind}[]))"


class KeySql(Struct, frozen=True):
    """A key of a group in SQL, and how its values are read back."""

    sql: str
    kind: str  # text | date | truth | period | number
    sql_type: str
    key: Key
    factor: Fraction = Fraction(1)

    def part(self, value: Anything) -> KeyPart:
        """A value of the database as part of a group."""
        if value is None:
            return None
        if self.kind == "period" and self.key.every is not None:
            return period_name(int(value), self.key.every)
        return value * self.factor if self.kind == "number" else value  # type: ignore[no-any-return]


def key_sql(emitter: Emitter, keys: Iterable[Key]) -> list[KeySql]:
    """Keys over the rows of an emitter."""
    found = []
    for key in keys:
        value = emitter.value(key.value)
        if isinstance(value, Plain):
            sql_type = {"text": "VARCHAR", "date": "DATE", "truth": "BOOLEAN", "period": "BIGINT"}[value.kind]
            found.append(KeySql(value.sql, value.kind, sql_type, key))
        else:
            found.append(KeySql(value.sql, "number", "HUGEINT", key, value.factor))
    return found


def group(row: Sequence[Anything], keys: Sequence[KeySql]) -> Group:
    """The group of a result row that starts with the party and the keys."""
    return (row[0], *(key.part(value) for key, value in zip(keys, row[1:], strict=False)))
