"""What came out: posts, figures, totals and lines."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any as Anything

import duckdb

from contractlang.base.calendar import periods
from contractlang.data.prepared import data_name, places
from contractlang.engine.duck import ratio
from contractlang.engine.duck.accept import ELSEWHERE
from contractlang.engine.duck.cut_sums import lost_by_post
from contractlang.engine.duck.day_sums import day_sums
from contractlang.engine.duck.emit import period, period_name
from contractlang.engine.duck.ledger import Book, Ledger, group, key_sql
from contractlang.engine.duck.load import quoted
from contractlang.engine.protocol import Group, KeyPart, Line, Post, Totals
from contractlang.model.expression import Key, Measure, Measuring, Role
from contractlang.model.heads import Limit, Pay
from contractlang.model.tables import NO_ARTICLE, NO_PRICE, NOT_YET_RECEIVED, Kind, Table

STATUSES = ("paid", "partly", "cut", "absorbed", "rejected", "pending")


def posts(ledger: Ledger, head: Pay | Limit) -> tuple[Post, ...]:
    """The amounts of a head per party and settlement period."""
    if isinstance(head, Pay):
        book = ledger.book(head.selection.table)
        if head.id in book.fractions:
            return _posts_of_groups(ledger, book, head)
        return _posts_of_rows(ledger, book, head)
    rows: list[tuple[Anything, ...]] = []
    if head.id in ledger.told:
        return _sorted(ledger, [*ledger.told[head.id]])
    for book, heads in ledger.every_of_articles(head.base):
        if head.id in book.limits:
            rows += _posts_of_cuts(ledger, book, heads, head)
    return _sorted(ledger, rows)


def _posts_of_cuts(ledger: Ledger, book: Book, heads: list[Pay], limit: Limit) -> list[tuple[Anything, ...]]:
    _, join = ledger.cut(book, heads, [limit.id])
    party, when = ledger.party(book), _period(ledger, book)
    rows = ledger.connection.execute(
        lost_by_post(ledger, book, limit.id, party, when)
        or f"SELECT {party}, {when}, -sum(x.c), count(*) FROM {book.relation} w {join.removeprefix('LEFT ')} WHERE x.c <> 0 "
        f"GROUP BY ALL HAVING count(*) > 0"
    ).fetchall()
    return [(p, w, int(amount), None, int(number)) for p, w, amount, number in rows]


def _period(ledger: Ledger, book: Book) -> str:
    return period(ledger.emitter(book).decides(Role.PERIOD), ledger.contract.settle)


def _sorted(ledger: Ledger, rows: list[tuple[Anything, ...]]) -> tuple[Post, ...]:
    every, term = ledger.contract.settle, ledger.contract.term
    merged: dict[tuple[str | None, str], list[Anything]] = {}
    for party, when, amount, quantity, number in rows:
        name = period_name(when, every) or periods(term, every)[-1]
        entry = merged.setdefault((party, name), [0, None, 0])
        entry[0] += amount
        entry[1] = quantity if entry[1] is None else entry[1] + (quantity or 0)
        entry[2] += number
    found = [Post(party, name, *entry) for (party, name), entry in merged.items()]
    return tuple(sorted(found, key=lambda post: (post.party or "", post.period)))


def _posts_of_rows(ledger: Ledger, book: Book, head: Pay) -> tuple[Post, ...]:
    a, q = book.column(head, "a"), book.column(head, "q")
    party, when = ledger.party(book), _period(ledger, book)
    quantity = book.quantities.get(head.id)
    top, bottom = (f"sum(w.{q})", "1") if quantity else (f"sum(w.{q}[1])", f"w.{q}[2]")
    factor = quantity.factor if quantity else ledger.emitter(book).number(head.quantity).factor
    known, i = day_sums(ledger, book), book.heads.index(head)
    if known and head.id in known.heads and known.tell([party, when]):
        sums, rows_of, paid = f"sum(w.s{i}), sum(w.t{i}), CAST(sum(w.p{i}) AS BIGINT)", known.relation, f"w.p{i} > 0"
    else:
        sums, rows_of, paid = f"sum(w.{a}), {top}, count(*)", book.relation, f"w.{a} IS NOT NULL"
    rows = ledger.connection.execute(
        f"SELECT {party} AS party, {when} AS period, {bottom} AS bottom, {sums} FROM {rows_of} w "
        f"WHERE {paid} GROUP BY party, period, bottom HAVING count(*) > 0"
    ).fetchall()
    by, over = factor.numerator, factor.denominator  # one fraction for each post, not two: there may be many
    return _sorted(
        ledger, [(p, w, int(amount), Fraction(int(t) * by, int(b) * over), int(n)) for p, w, b, amount, t, n in rows]
    )


def _posts_of_groups(ledger: Ledger, book: Book, head: Pay) -> tuple[Post, ...]:
    a, shares = book.column(head, "a"), book.fractions[head.id]
    rows = ledger.connection.execute(
        f"SELECT {ledger.party(book)}, {_period(ledger, book)}, w.{a}, w.n FROM {book.relation} w WHERE w.{a} IS NOT NULL"
    ).fetchall()
    return _sorted(ledger, [(p, w, int(amount), shares[n], 1) for p, w, amount, n in rows])


def measure(ledger: Ledger, asked: Measure) -> Mapping[Group, Fraction | None]:
    """A figure for every group that has rows."""
    accepted = ledger.acceptor.accepted(asked.selection.table)
    emitter = ledger.acceptor.over(accepted)
    where = f"w.reason IS NULL AND {emitter.condition(asked.selection.where)}"
    keys = key_sql(emitter, asked.keys)
    parts = [ledger.party_of(accepted), *(key.sql for key in keys)]
    names = [f"g{i}" for i in range(len(parts))]
    listed = ", ".join(f"{sql} AS {name}" for sql, name in zip(parts, names, strict=True))
    by, sign = ", ".join(names), accepted.sign
    value = None if asked.value is None else emitter.number(asked.value)
    different = [emitter.value(one).sql for one in asked.different]
    rows_of = f"FROM {accepted.relation} w {' '.join(emitter.joins)} WHERE {where}"
    found: dict[Group, Fraction | None] = {}
    if asked.measuring is Measuring.DIFFERENT:
        cells = ", ".join(f"{sql} AS d{i}" for i, sql in enumerate(different))
        whole = " AND ".join(f"d{i} IS NOT NULL" for i in range(len(different)))
        inner = f"SELECT {listed}, {cells}, sum({sign}) AS s {rows_of} GROUP BY ALL HAVING count(*) > 0"
        query = f"SELECT {by}, count(*) FILTER (s > 0 AND {whole}) FROM ({inner}) GROUP BY {by} HAVING count(*) > 0"
    elif asked.measuring is Measuring.FIRST:
        query = f"SELECT {listed}, min(w.n) {rows_of} GROUP BY {by} HAVING count(*) > 0"
    elif value is None:
        summed = _summed(ledger, asked, parts) if not emitter.joins else None
        number = f"sum(w.accepted) FROM {summed} w" if summed else f"sum({sign}) {rows_of}"
        query = f"SELECT {listed}, {number} GROUP BY {by} HAVING count(*) > 0"
    else:
        bottom = value.den or "1"
        query = (
            f"SELECT {listed}, sum({sign} * {ratio.sized(value.sql, ratio.SMALL)}), count(*) - count({value.sql}), {bottom} AS bottom "
            f"{rows_of} GROUP BY {by}, bottom HAVING count(*) > 0"
        )
    for row in ledger.connection.execute(query).fetchall():
        name = group(row, keys)
        if value is None:
            found[name] = Fraction(int(row[len(parts)]))
            continue
        top, missing, bottom_value = row[len(parts) :]
        if missing or found.get(name, Fraction(0)) is None:
            found[name] = None
        else:
            found[name] = (found.get(name) or Fraction(0)) + Fraction(
                int(top or 0), int(bottom_value or 1)
            ) * value.factor
    return found


def _summed(ledger: Ledger, asked: Measure, parts: Sequence[str]) -> str | None:
    """The sums per day that are there already and from which accepted rows of a table are counted by these parts."""
    book = ledger.books.get(asked.selection.table)
    known = ledger.day_sums.get(book.relation) if book else None
    return known.relation if known and asked.selection.where is None and known.tell(parts) else None


def amounts(
    ledger: Ledger, articles: tuple[str, ...], after: tuple[str, ...], keys: tuple[Key, ...]
) -> Mapping[Group, int]:
    """Cents that the rows of articles get after limits, per group."""
    found: dict[Group, int] = {}
    for book, heads in ledger.every_of_articles(articles):
        for name, amount in _amounts(ledger, book, heads, after, keys).items():
            found[name] = found.get(name, 0) + amount
    return found


def _amounts(
    ledger: Ledger, book: Book, heads: list[Pay], after: tuple[str, ...], keys: tuple[Key, ...]
) -> Mapping[Group, int]:
    emitter = ledger.emitter(book)
    cut, join = ledger.cut(book, heads, after)
    parts = key_sql(emitter, keys)
    total = " + ".join(f"coalesce(w.{book.column(head, 'a')}, 0)" for head in heads)
    paid = " OR ".join(f"w.{book.column(head, 'a')} IS NOT NULL" for head in heads)
    listed = ", ".join(f"{sql} AS g{i}" for i, sql in enumerate([ledger.party(book), *(part.sql for part in parts)]))
    by = ", ".join(f"g{i}" for i in range(len(parts) + 1))
    rows = ledger.connection.execute(
        f"SELECT {listed}, sum({total} - {cut}) FROM {book.relation} w {' '.join(emitter.joins)} {join} WHERE {paid} "
        f"GROUP BY {by} HAVING count(*) > 0"
    ).fetchall()
    return {group(row, parts): int(row[-1]) for row in rows}


def ended(ledger: Ledger, book: Book) -> str:
    """Every row of a paid table with where it ended, as a query: n, key, party, submitted, priced, payable, shadow, status, reason."""
    return (
        f"SELECT n, key, party, submitted, priced, payable, shadow, {_status(STATUSES)} AS status, "
        f"coalesce(reason, CASE WHEN unpriced THEN {quoted(NO_PRICE)} WHEN NOT paid THEN {quoted(NO_ARTICLE)} END) AS reason, "
        f"articles FROM ({_outcomes(ledger, book, named=True)})"
    )


def _status(names: Sequence[str], payable: str = "payable") -> str:
    """Where a row ended, by these names of paid, partly, cut, absorbed, rejected and pending."""
    paid, partly, cut, absorbed, rejected, pending = (quoted(name) if name.isalpha() else name for name in names)
    return (
        f"CASE WHEN reason IS NOT NULL THEN CASE WHEN reason = {quoted(NOT_YET_RECEIVED)} THEN {pending} ELSE {rejected} END "
        f"WHEN unpriced OR NOT paid THEN {pending} WHEN absorbed THEN {absorbed} WHEN {payable} = priced THEN {paid} "
        f"WHEN {payable} = 0 THEN {cut} ELSE {partly} END"
    )


def _outcomes(ledger: Ledger, book: Book, named: bool = False, of: str = "every") -> str:
    """Every row of a paid table with what became of it, before that has a name; `named` with what people call the row.

    `of`: `every` row, every row as it was `before` ceilings, or the `cut` rows only. `whole` is payable before ceilings.
    """
    table, columns = book.accepted.table, book.accepted.columns
    heads = [head for head in book.heads if head.id in book.priced]
    cut, join = ledger.cut(book, heads) if of != "before" else ("0", "")
    only = ""
    if of == "cut":
        join, only = join.removeprefix("LEFT "), "WHERE x.c <> 0"
    priced = " + ".join(f"coalesce(w.{book.column(head, 'a')}, 0)" for head in heads) or "0"
    shadow = " + ".join(f"coalesce(w.{book.column(head, 'a')}, 0)" for head in heads if head.absorbs) or "0"
    absorbed = " OR ".join(f"w.{book.column(head, 'a')} IS NOT NULL" for head in heads if head.absorbs) or "false"
    paid = " OR ".join(f"w.{book.column(head, 'a')} IS NOT NULL" for head in heads) or "false"
    unpriced = " OR ".join(ledger.unpriced(book, head) for head in heads) or "false"
    key = "CAST(NULL AS VARCHAR)"
    if named and table.key:
        key, join = f"r.{columns[table.key]}", f"{join} JOIN {book.accepted.loaded.relation} r ON r.rowid + 1 = w.n"
    names = list(dict.fromkeys(head.article for head in heads))
    marks = [
        f"CASE WHEN {' OR '.join(f'w.{book.column(h, chr(97))} IS NOT NULL' for h in heads if h.article == name)} THEN {quoted(name)} END"
        for name in names
    ]
    return (
        f"SELECT w.n, CAST({key} AS VARCHAR) AS key, "
        f"{ledger.party(book)} AS party, {_submitted(ledger, book)} AS submitted, {priced} AS priced, "
        f"{priced} - {cut} - ({shadow}) AS payable, {priced} - ({shadow}) AS whole, {shadow} AS shadow, ({absorbed}) AS absorbed, "
        f"w.reason, ({unpriced}) AS unpriced, ({paid}) AS paid, concat_ws(' ', {', '.join(marks) or 'NULL'}) AS articles "
        f"FROM {book.relation} w {join} {only}"
    )


def _submitted(ledger: Ledger, book: Book) -> str:
    """Cents that were claimed with a row, by its own cell."""
    table = book.accepted.table
    if table.submitted is None:
        return "CAST(NULL AS BIGINT)"
    return submitted_cents(
        table.column(table.submitted).decimals,
        "w.submitted" if book.accepted.credited else f"w.{book.accepted.columns[table.submitted]}",
    )


def submitted_cents(decimals: int, sql: str) -> str:
    """A claimed amount in cents."""
    if decimals <= 2:
        return f"({sql} * {10 ** (2 - decimals)})"
    unit = 10 ** (decimals - 2)
    return (
        f"(CASE WHEN {sql} < 0 THEN -((2 * -{sql} + {unit}) // {2 * unit}) ELSE (2 * {sql} + {unit}) // {2 * unit} END)"
    )


def totals(ledger: Ledger, book: Book) -> Totals:
    """Where the rows of a paid table ended, in counts and cents: every row before ceilings, then those that ceilings moved."""
    sums = "count(*), sum(submitted), sum(priced), sum(whole), sum(shadow)"
    distinct = "count(DISTINCT n)" if _few(ledger, book) else "count(*)"
    rows = ledger.connection.execute(
        f"SELECT {_status('012345', 'whole')} AS status, {sums}, min(n), max(n), {distinct} "
        f"FROM ({_outcomes(ledger, book, of='before')}) GROUP BY status"
    ).fetchall()
    span = max(row[7] for row in rows) - min(row[6] for row in rows) + 1 if rows else 0
    expected = min(sum(row[8] for row in rows), span)
    found = {row[0]: [int(value or 0) for value in row[1:6]] for row in rows}
    if book.limits:
        for row in ledger.connection.execute(
            f"SELECT {_status('012345', 'whole')} AS before, {_status('012345')} AS after, {sums}, sum(payable), {distinct} "
            f"FROM ({_outcomes(ledger, book, of='cut')}) GROUP BY before, after"
        ).fetchall():
            expected -= row[2] - row[8]  # a row that is cut twice is counted twice
            _move(found, row[0], row[1], [int(value or 0) for value in row[2:8]])
    return _totals(book.accepted.table, [(status, *sums) for status, sums in found.items()], expected)


def _move(found: dict[int, list[int]], before: int, after: int, sums: list[int]) -> None:
    """Rows that are not where they were before ceilings: their number and sums, what they were to be paid, what they are paid."""
    number, submitted, priced, full, shadow, payable = sums
    moves = ((before, -1, full), (after, 1, payable))
    for status, sign, paid in moves:
        own = found.setdefault(status, [0, 0, 0, 0, 0])
        for place, value in enumerate((number, submitted, priced, paid, shadow)):
            own[place] += sign * value


def totals_by_party(ledger: Ledger, book: Book) -> dict[str, Totals]:
    """The same for each party, of the rows that are looked at."""
    found: dict[str, list[tuple[Anything, ...]]] = {}
    for *row, party in ledger.connection.execute(
        f"{_ends(ledger, book, 'party')} WHERE reason IS DISTINCT FROM {quoted(ELSEWHERE)} GROUP BY status, party"
    ).fetchall():
        found.setdefault(party, []).append(tuple(row))
    own = f"SELECT {ledger.party(book)}, count(*) FROM {book.accepted.relation} w"
    expected = dict(
        ledger.connection.execute(
            f"{own} WHERE w.reason IS DISTINCT FROM {quoted(ELSEWHERE)} GROUP BY ALL HAVING count(*) > 0"
        ).fetchall()
    )
    return {party: _totals(book.accepted.table, rows, expected[party]) for party, rows in found.items()}


def _ends(ledger: Ledger, book: Book, more: str) -> str:
    return (
        f"WITH ended AS (SELECT n, party, reason, submitted, priced, payable, shadow, {_status('012345')} AS status "
        f"FROM ({_outcomes(ledger, book)})) "
        f"SELECT status, count(*), sum(submitted), sum(priced), sum(payable), sum(shadow), {more} FROM ended"
    )


def _totals(table: Table, rows: Sequence[Sequence[Anything]], expected: int) -> Totals:
    number = {STATUSES[row[0]]: int(row[1]) for row in rows}
    claimed = {STATUSES[row[0]]: int(row[2] or 0) for row in rows}
    every = sum(number.values())
    known = table.submitted is not None
    return Totals(
        table.name,
        rows=every,
        rows_paid=number.get("paid", 0),
        rows_partly=number.get("partly", 0),
        rows_cut=number.get("cut", 0),
        rows_absorbed=number.get("absorbed", 0),
        rows_rejected=number.get("rejected", 0),
        rows_pending=number.get("pending", 0),
        submitted=sum(claimed.values()) if known else None,
        submitted_rejected=claimed.get("rejected", 0) if known else None,
        submitted_pending=claimed.get("pending", 0) if known else None,
        priced=sum(int(row[3] or 0) for row in rows),
        paid=sum(int(row[4] or 0) for row in rows),
        absorbed=sum(int(row[5] or 0) for row in rows),
        duplicated=every - expected,
    )


def no_rows(table: Table) -> Totals:
    """The totals of a paid table without rows."""
    return _totals(table, [], 0)


def pending(ledger: Ledger, book: Book) -> dict[tuple[str | None, str], tuple[int, int]]:
    """Rows that do not count yet and cents claimed with them, by party and reason."""
    rows = ledger.connection.execute(
        f"SELECT party, reason, count(*), sum(submitted) FROM ({ended(ledger, book)}) WHERE status = 'pending' GROUP BY ALL "
        f"HAVING count(*) > 0"
    ).fetchall()
    return {(party, reason): (int(number), int(cents or 0)) for party, reason, number, cents in rows}


def _few(ledger: Ledger, book: Book) -> bool:
    found = ledger.connection.execute(f"SELECT count(*) FROM {book.accepted.relation}").fetchone()
    return bool(found and found[0] < 100_000)


def rows_of(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Anything, ...]]:
    """The rows of a query, some thousands in memory at a time. The cursor must be one of its own, or another query ends it."""
    while rows := cursor.fetchmany(10_000):
        yield from rows


def lines(ledger: Ledger, book: Book) -> Iterator[Line]:
    """Every row of a paid table, by row number."""
    name = book.accepted.table.name
    cursor = ledger.cursor()
    cursor.execute(f"{ended(ledger, book)} ORDER BY n")
    for n, key, party, submitted, priced, payable, _, status, reason, articles in rows_of(cursor):
        claimed = None if submitted is None else int(submitted)
        numbers = tuple(articles.split()) if articles else ()
        yield Line(name, n, key or None, party, claimed, int(priced), int(payable), status, reason, numbers)


def counted(ledger: Ledger, table: Table) -> Iterator[Line]:
    """Every row of a table that no article pays, with the key and what was claimed."""
    accepted = ledger.acceptor.accepted(table.name)
    key = "NULL" if table.key is None else f"CAST(w.{accepted.columns[table.key]} AS VARCHAR)"
    claimed = "CAST(NULL AS BIGINT)"
    if table.submitted is not None:
        own = "w.submitted" if accepted.credited else f"w.{accepted.columns[table.submitted]}"
        claimed = submitted_cents(table.column(table.submitted).decimals, own)
    cursor = ledger.cursor()
    cursor.execute(f"SELECT w.n, {key}, {claimed}, w.reason FROM {accepted.relation} w ORDER BY w.n")
    for n, name, submitted, reason in rows_of(cursor):
        status = "counted" if reason is None else "pending" if reason == NOT_YET_RECEIVED else "rejected"
        amount = None if submitted is None else int(submitted)
        yield Line(table.name, n, name or None, None, amount, 0 if reason else amount or 0, None, status, reason, ())


LINE_COLUMNS = (
    '"table"',
    '"row"',
    "key",
    "party",
    "submitted",
    "priced",
    "payable",
    "status",
    "reason",
    "articles",
    "file",
)


def _counted_lines(ledger: Ledger, table: Table, position: int) -> str:
    """Claims that only measure, in the columns of `write`: what is paid for them is not known, so it is empty."""
    accepted = ledger.acceptor.accepted(table.name)
    key = "CAST(NULL AS VARCHAR)" if table.key is None else f"CAST(w.{accepted.columns[table.key]} AS VARCHAR)"
    assert table.submitted is not None
    own = "w.submitted" if accepted.credited else f"w.{accepted.columns[table.submitted]}"
    claimed = f"CAST({submitted_cents(table.column(table.submitted).decimals, own)} AS DECIMAL(36,0)) * 0.01"
    return (
        f'SELECT {position} AS position, {quoted(table.name)} AS "table", w.n AS "row", {key} AS key, CAST(NULL AS VARCHAR) AS party, '
        f"{claimed} AS submitted, CASE WHEN w.reason IS NULL THEN {claimed} ELSE 0 END AS priced, CAST(NULL AS DECIMAL(36,2)) AS payable, "
        f"CASE WHEN w.reason IS NULL THEN 'counted' WHEN w.reason = {quoted(NOT_YET_RECEIVED)} THEN 'pending' ELSE 'rejected' END AS status, "
        f"w.reason, CAST(NULL AS VARCHAR) AS articles FROM {accepted.relation} w"
    )


def _in_files(ledger: Ledger, table: Table, select: str) -> str:
    """The lines of a table with n, by which they are in order, the name of their file, and their row there."""
    given, sizes = ledger.acceptor.data.get(table.name), ledger.acceptor.accepted(table.name).loaded.sizes
    found = places(given, sizes)
    if found is None or not any(sizes):
        return f'SELECT *, "row" AS n, {quoted(data_name(given))} AS file FROM ({select})'
    before = [end - size for end, size in zip(found.last, sizes, strict=True)]
    filled = [(row, file) for row, file, size in zip(before, found.names, sizes, strict=True) if size]
    since = " ".join(f'WHEN "row" > {row} THEN {row}' for row, _ in reversed(filled))
    names = " ".join(f'WHEN "row" > {row} THEN {quoted(file)}' for row, file in reversed(filled))
    cells = ", ".join(LINE_COLUMNS[2:-1])
    return f'SELECT position, "table", "row" - CASE {since} END AS "row", {cells}, "row" AS n, CASE {names} END AS file FROM ({select})'


def write(ledger: Ledger, path: str) -> None:
    """All lines to a CSV or Parquet file, amounts as decimals with two places."""
    copy(ledger.connection, every_line(ledger), path)


def copy(connection: duckdb.DuckDBPyConnection, query: str, path: str) -> None:
    """The rows of a query to a CSV or Parquet file."""
    form = "FORMAT parquet" if path.lower().endswith(".parquet") else "FORMAT csv, HEADER"
    connection.execute(f"COPY ({query}) TO {quoted(path)} ({form})")


def every_line(ledger: Ledger) -> str:
    """All lines in the columns of their file, as a query."""
    parts = []
    for position, book in enumerate(ledger.books.values()):
        money = ", ".join(f"CAST({c} AS DECIMAL(36,0)) * 0.01 AS {c}" for c in ("submitted", "priced", "payable"))
        table = book.accepted.table
        select = (
            f'SELECT {position} AS position, {quoted(table.name)} AS "table", n AS "row", key, party, {money}, status, '
            f"reason, articles FROM ({ended(ledger, book)})"
        )
        parts.append(_in_files(ledger, table, select))
    for table in ledger.contract.tables:
        if not table.paid and table.submitted is not None:
            parts.append(_in_files(ledger, table, _counted_lines(ledger, table, len(parts))))
    if not parts:
        empty = ", ".join(f"CAST(NULL AS VARCHAR) AS {name}" for name in LINE_COLUMNS)
        parts.append(f"SELECT 0 AS position, 0 AS n, {empty} WHERE false")
    return f"SELECT {', '.join(LINE_COLUMNS)} FROM ({' UNION ALL '.join(parts)}) ORDER BY position, n"


def digest(found: Iterable[Line]) -> str:
    """A hash over one line of text for each row, given by table and row number."""
    made, between = hashlib.sha256(), ""
    for x in found:
        text = f"{between}{x.table}|{x.row}|{x.priced}|{x.payable}|{x.status}|{x.reason or ''}"
        made.update(text.encode("utf-8"))
        between = "\n"
    return made.hexdigest()


def versions(
    ledger: Ledger, name: str
) -> Mapping[tuple[KeyPart, ...], tuple[tuple[date | None, date | None, Fraction | None], ...]]:
    """All values of a list from data by key, with the days on which each is valid."""
    joined = ledger.acceptor.joined.get(name) or ledger.acceptor._joined(name)
    columns = "".join(f"{column}, " for column, *_ in joined.keys)
    rows = ledger.connection.execute(f"SELECT {columns}first, last, v FROM {joined.relation} ORDER BY first").fetchall()
    found: dict[tuple[KeyPart, ...], list[tuple[date | None, date | None, Fraction | None]]] = {}
    for *cells, first, last, value in rows:
        key = tuple(
            Fraction(cell, 10**decimals) if kind is Kind.NUMBER and cell is not None else cell
            for cell, (_, kind, decimals, _) in zip(cells, joined.keys, strict=True)
        )
        days = (None if first == date(1, 1, 1) else first, None if last == date(9999, 12, 31) else last)
        found.setdefault(key, []).append((*days, None if value is None else value * joined.factor))
    return {key: tuple(entries) for key, entries in found.items()}
