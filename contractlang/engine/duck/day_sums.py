"""Sums per month or day of the rows of a book, from which posts, ceilings and figures are told: one pass over the rows for all.

A ceiling per year or term is summed by month: only the rows of the month in which it is crossed are then put in order, which
takes less than sums per day do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from contractlang.base.calendar import Every
from contractlang.engine.duck.emit import Emitter, Plain, period
from contractlang.engine.duck.ledger import Book, Ledger, key_sql
from contractlang.model.expression import Role
from contractlang.model.heads import Filled, LastRow, LateRow, Limit, Outside, Pay

CELL = re.compile(r"\bw\.(\w+)")
OF_A_MONTH = (Every.MONTH, Every.QUARTER, Every.YEAR, Every.TERM)  # periods that hold whole months


class DaySums(Struct, frozen=True):
    """Sums of accepted rows that have the same cells: number of rows, and for head i amount s, lowest l, paid rows p, quantity t.

    The relation has the columns by which it groups under their own names, so that SQL over the rows reads it as well. Where
    `month` names a column, it holds the last day of its month.
    """

    relation: str
    columns: frozenset[str]
    heads: frozenset[str]
    month: str | None

    def tell(self, sqls: Iterable[str]) -> bool:
        """Whether these parts of a row are known of a sum."""
        return all(
            set(CELL.findall(sql)) <= self.columns and (self.month is None or same_all_month(sql, f"w.{self.month}"))
            for sql in sqls
        )

    def grouped_by(self, sqls: Iterable[str]) -> bool:
        """Whether these are just the cells by which the rows are summed: each group is one sum."""
        return {sql.removeprefix("w.") for sql in sqls if sql.startswith("w.")} == self.columns

    def of(self, inner: Iterable[str], first: str, bucket: str) -> bool:
        """Whether each is the sum of what a ceiling groups by: these parts of a row, and its day or month."""
        month = None if bucket == first else first.removeprefix("w.")
        return self.month == month and self.grouped_by([*inner, first])


def in_place_of(day: str, put: str, sql: str) -> str:
    """SQL with something put in the place of a day."""
    return re.sub(rf"{re.escape(day)}(?!\w)", put, sql)


def same_all_month(sql: str, day: str) -> bool:
    """Whether SQL has one value on all days of a month: it asks for no more than the month, quarter or year of the day."""
    for every in OF_A_MONTH:
        sql = sql.replace(period(day, every), "")
    return re.search(rf"{re.escape(day)}(?!\w)", sql) is None


def bucket(limit: Limit, first: str, parts: Iterable[str]) -> str:
    """By what a ceiling that is filled by a day is summed: its month where a scope holds many months, else the day itself."""
    long = all(key.every in (None, Every.YEAR, Every.TERM) for key in limit.keys)
    whole = CELL.fullmatch(first) and all(same_all_month(part, first) for part in parts)
    return f"last_day({first})" if long and whole else first


def day_sums(ledger: Ledger, book: Book) -> DaySums | None:
    """The sums per day that the first ceiling of a book asks for; None when it asks for none, or other clauses need more.

    Heads that were priced since are summed in one pass over the rows that they pay.
    """
    if book.relation not in ledger.day_sums:
        ledger.day_sums[book.relation] = _made(ledger, book)
    known = ledger.day_sums[book.relation]
    more = [head for head in book.heads if head.id in book.quantities and known and head.id not in known.heads]
    if known and more:
        known = ledger.day_sums[book.relation] = _with(ledger, book, known, more)
    return known


def first_day(limit: Limit, emitter: Emitter) -> str | None:
    """The first ordering column when it is a date and the plan by crossing day applies, else None."""
    usual = limit.last_row is LastRow.IN_PART and limit.above is None and limit.late_row is LateRow.REOPENS
    if limit.filled is not Filled.IN_ORDER or not usual or not limit.order:
        return None
    if limit.outside is not None and limit.outside_counts is not Outside.NOT_COUNTED:
        return None
    first = limit.order[0].by
    value = None if first is None else emitter.value(first)
    return value.sql if isinstance(value, Plain) and value.kind == "date" else None


def _made(ledger: Ledger, book: Book) -> DaySums | None:
    heads = [head for head in book.heads if head.id in book.quantities]
    cells, month = _cells_of_ceiling(ledger, book)
    if not heads or not cells or book.accepted.credited:
        return None
    by = ", ".join(_grouping(cells, month))
    relation = f"sums_{book.relation}"
    ledger.connection.execute(
        f"CREATE TABLE {relation} AS SELECT {by}, count(*) AS accepted, {_sums(book, heads)} FROM {book.relation} w "
        f"WHERE w.reason IS NULL GROUP BY {', '.join(str(place + 1) for place in range(len(cells)))}"
    )
    return DaySums(relation, frozenset(cells), frozenset(head.id for head in heads), month)


def _grouping(cells: Iterable[str], month: str | None) -> list[str]:
    return [f"last_day(w.{cell}) AS {cell}" if cell == month else f"w.{cell}" for cell in cells]


def _sums(book: Book, heads: Iterable[Pay]) -> str:
    sums = []
    for head in heads:
        a, number = f"w.{book.column(head, 'a')}", book.heads.index(head)
        sums += [f"sum({a}) AS s{number}", f"min({a}) AS l{number}", f"count({a}) AS p{number}"]
        sums.append(f"sum(w.{book.column(head, 'q')}) FILTER ({a} IS NOT NULL) AS t{number}")
    return ", ".join(sums)


def _with(ledger: Ledger, book: Book, known: DaySums, more: list[Pay]) -> DaySums:
    """The sums with those of more heads."""
    cells, relation = sorted(known.columns), f"sums_{book.relation}"
    places = ", ".join(str(place + 1) for place in range(len(cells)))
    paid = " OR ".join(f"w.{book.column(head, 'a')} IS NOT NULL" for head in more)
    own = (
        f"SELECT {', '.join(_grouping(cells, known.month))}, {_sums(book, more)} FROM {book.relation} w "
        f"WHERE {paid} GROUP BY {places}"
    )
    heads = [head for head in book.heads if head in more or head.id in known.heads]
    totals = ["CAST(sum(accepted) AS BIGINT) AS accepted"]
    for i in map(book.heads.index, heads):
        totals += [
            f"sum(s{i}) AS s{i}",
            f"min(l{i}) AS l{i}",
            f"CAST(sum(p{i}) AS BIGINT) AS p{i}",
            f"sum(t{i}) AS t{i}",
        ]
    ledger.connection.execute(
        f"CREATE TABLE {relation} AS SELECT {', '.join([*cells, *totals])} "
        f"FROM (SELECT * FROM {known.relation} UNION ALL BY NAME {own}) GROUP BY {places}"
    )
    return DaySums(relation, known.columns, frozenset(head.id for head in heads), known.month)


def _cells_of_ceiling(ledger: Ledger, book: Book) -> tuple[list[str], str | None]:
    """The cells that the first ceiling by days groups by, when posts ask for no more than those; and the one of its months."""
    emitter = ledger.emitter(book)
    when = period(emitter.decides(Role.PERIOD), ledger.contract.settle)
    posts = [ledger.party(book), when]
    for limit in ledger.contract.heads:
        if not isinstance(limit, Limit):
            continue
        of_limit = ledger.emitter(book)
        heads = [head for head in book.heads if head.article in limit.base and head.earns]
        if not heads or limit.charges or limit.outside is not None:
            continue  # asked first: a ceiling over other tables orders by columns that this one may not have
        if (first := first_day(limit, of_limit)) is None:
            continue
        parts = [ledger.party(book), *(key.sql for key in key_sql(of_limit, limit.keys))]
        cells = dict.fromkeys(CELL.findall(" ".join([*parts, first])))
        known = set(CELL.findall(" ".join(posts))) <= set(cells) <= set(book.accepted.columns.values())
        if known and not of_limit.joins:
            monthly = bucket(limit, first, [*parts, *posts]) != first
            return list(cells), first.removeprefix("w.") if monthly else None
    return [], None
