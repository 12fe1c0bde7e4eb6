"""Ceilings: sums per scope, and who gets the room; rows are put in order only where a ceiling binds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any as Anything

from msgspec import Struct
from msgspec.structs import replace

from contractlang.engine.duck.emit import Emitter, Plain
from contractlang.engine.duck.fill import Entry, between, divide, fill
from contractlang.engine.duck.ledger import Book, KeySql, Ledger, group, key_sql
from contractlang.engine.duck.results import rows_of
from contractlang.engine.protocol import Group, Room, ScopeSum, Use
from contractlang.model.expression import Role
from contractlang.model.heads import Filled, LastRow, LateRow, Limit, Outside, Pay

MOST_STORED = 50_000  # cuts that wait in memory


class Scope(Struct):
    """A scope with its sums and the database's own values of its keys."""

    values: tuple[Anything, ...]
    counted: int
    positive: int
    outside: int
    lowest: int  # of a row; of what any head pays of it when there are several


class Plan(Struct):
    """How a limit looks at the rows of its base."""

    limit: Limit
    book: Book
    heads: list[Pay]
    emitter: Emitter
    keys: list[KeySql]
    party: str
    amount: str
    joins: str
    outside: str
    scopes: dict[Group, Scope]
    days: str = ""  # relation with sums per day, when the first ordering column is a date

    @property
    def counts(self) -> str:
        """Whether a row fills the ceiling, as SQL."""
        return f"NOT {self.outside}" if self.limit.outside_counts is Outside.NOT_COUNTED else "true"

    @property
    def rows(self) -> str:
        """Where the rows come from: alias w and the joins."""
        return f"FROM {self.book.relation} w {self.joins} WHERE ({_paid(self)})"

    @property
    def parts(self) -> list[str]:
        """Party and keys as SQL."""
        return [self.party, *(key.sql for key in self.keys)]


def plan(ledger: Ledger, limit: Limit, book: Book, heads: list[Pay], number: int) -> Plan:
    """The plan of a limit over the rows of a book that these heads of its base pay, with the sums of its scopes."""
    emitter = ledger.emitter(book)
    cut, join = ledger.cut(book, heads)
    total = " + ".join(f"coalesce(w.{book.column(head, 'a')}, 0)" for head in heads)
    if len(heads) == 1:
        total = f"w.{book.column(heads[0], 'a')}"  # the rows of a plan are those that its heads pay
    amount = total if cut == "0" else f"({total} - {cut})"
    if limit.charges:
        amount = f"(-({amount}))"  # what is charged is the amount, so that the room is filled from nil up
    keys = key_sql(emitter, limit.keys)
    named = limit.outside_table in (None, book.accepted.table.name)
    outside = "false" if limit.outside is None or not named else f"({emitter.condition(limit.outside)})"
    joins = " ".join([*emitter.joins, join])
    made = Plan(limit, book, heads, emitter, keys, ledger.party(book), amount, joins, outside, {})
    _sum(ledger, made, number)
    return made


def _sum(ledger: Ledger, made: Plan, number: int) -> None:
    """The sums of every scope: directly, or over sums per day that the crossing day is found in later."""
    names = [f"k{i}" for i in range(len(made.parts))]
    amount, counts = made.amount, made.counts
    only = "" if counts == "true" or made.outside == "false" else f" FILTER ({counts})"
    beyond = "0" if made.outside == "false" else f"coalesce(sum({amount}) FILTER ({made.outside}), 0)"
    # several heads: a ceiling never cuts more than a head pays, so that no amount is below nil when no head is
    least = amount if len(made.heads) == 1 else f"least({', '.join(_shares(made))})"
    sums = f"coalesce(sum({amount}){only}, 0) AS s, coalesce(min({least}){only}, 0) AS low, {beyond} AS o"
    parts = [f"{sql} AS {name}" for sql, name in zip(made.parts, names, strict=True)]
    first = first_day(made)
    if first is None:
        rows = ledger.connection.execute(
            f"SELECT {', '.join(parts)}, {sums} {made.rows} GROUP BY ALL HAVING count(*) > 0"
        ).fetchall()
    else:
        made.days = f"days{number}"
        inner, outer = _by_day(made, first)
        ledger.connection.execute(
            f"CREATE TABLE {made.days} AS SELECT {', '.join(outer)}, day, s, low, o FROM (SELECT {', '.join(inner)}, "
            f"{first} AS day, {sums} {made.rows} GROUP BY {', '.join(map(str, range(1, len(inner) + 2)))}) d"
        )
        by = ", ".join(names)
        rows = ledger.connection.execute(
            f"SELECT {by}, sum(s), min(low), sum(o) FROM {made.days} GROUP BY {by} HAVING count(*) > 0"
        ).fetchall()
    width = len(names)
    negative = any(row[width + 1] < 0 for row in rows)
    positives = _positives(ledger, made, parts, only) if negative else {}
    for row in rows:
        counted, lowest, outside = (int(value) for value in row[width:])
        positive = positives.get(tuple(row[:width]), counted)
        made.scopes[group(row, made.keys)] = Scope(tuple(row[:width]), counted, positive, outside, lowest)


def _shares(made: Plan) -> list[str]:
    """What each head pays of a row before any ceiling, from nil up like the amount of the row; NULL when it does not pay it."""
    return [f"({sign(made.limit)} * w.{made.book.column(head, 'a')})" for head in made.heads]


def _by_day(made: Plan, first: str) -> tuple[list[str], list[str]]:
    """What is grouped by besides the day, and the parts of a scope told by it: a year of the day needs no place of its own."""
    inner: dict[str, str] = {}
    outer = []
    for i, sql in enumerate(made.parts):
        told = sql.replace(first, "day")
        if "." in told:  # it asks for more than the day
            told = inner.setdefault(sql, f"g{len(inner)}")
        outer.append(f"{told} AS k{i}")
    return [f"{sql} AS {name}" for sql, name in inner.items()] or ["0 AS g0"], outer


def _positives(ledger: Ledger, made: Plan, parts: Sequence[str], only: str) -> Mapping[tuple[Anything, ...], int]:
    """What the amounts above nil of every scope come to, asked for only where some are below."""
    rows = ledger.connection.execute(
        f"SELECT {', '.join(parts)}, coalesce(sum(greatest({made.amount}, 0)){only}, 0) {made.rows} "
        f"GROUP BY ALL HAVING count(*) > 0"
    ).fetchall()
    return {tuple(row[:-1]): int(row[-1]) for row in rows}


def first_day(made: Plan) -> str | None:
    """The first ordering column when it is a date and the plan by crossing day applies, else None."""
    limit = made.limit
    usual = limit.last_row is LastRow.IN_PART and limit.above is None and limit.late_row is LateRow.REOPENS
    if limit.filled is not Filled.IN_ORDER or not usual or not limit.order:
        return None
    if limit.outside is not None and limit.outside_counts is not Outside.NOT_COUNTED:
        return None
    first = limit.order[0].by
    value = None if first is None else made.emitter.value(first)
    return value.sql if isinstance(value, Plain) and value.kind == "date" else None


def sums(made: Plan) -> dict[Group, ScopeSum]:
    """The scopes as the protocol gives them."""
    return {name: ScopeSum(scope.counted, scope.positive, scope.outside) for name, scope in made.scopes.items()}


def apply(ledger: Ledger, made: Plan, rooms: Mapping[Group, Room]) -> dict[Group, Use]:
    """Fill every scope, and store what is cut."""
    limit, found = made.limit, {}
    by_day: list[tuple[Group, int]] = []
    by_row: list[tuple[Group, int]] = []
    for name, scope in made.scopes.items():
        room = rooms[name].amount
        if limit.filled is Filled.AS_A_WHOLE and room is not None:
            found[name] = whole(ledger, limit, scope, max(0, room))
        elif room is None or scope.positive < room or (scope.positive == 0 and scope.lowest >= 0):
            found[name] = Use(scope.counted, scope.counted, 0, None, 0)
        elif made.days and scope.lowest >= 0:
            by_day.append((name, max(0, room)))
        else:
            by_row.append((name, max(0, room)))
    if limit.filled is not Filled.AS_A_WHOLE:
        ledger.mark(made.book, limit.id)
    if by_day:
        found |= _fill_by_day(ledger, made, by_day)
    if by_row:
        found |= _fill_by_row(ledger, made, by_row)
    return found


def whole(ledger: Ledger, limit: Limit, scope: Scope, room: int) -> Use:
    """The scope as one amount: rows outside that count take room first."""
    scale = None if limit.above is None else ledger.contract.scale(limit.above)
    outside = scope.outside if limit.outside_counts is not Outside.NOT_COUNTED else 0
    others = scope.counted - outside
    used = min(outside, room)
    paid = outside + between(used, used + others, room, scale)
    return Use(scope.counted, paid, scope.counted - paid, None, 0)


def _bind(ledger: Ledger, made: Plan, scopes: Sequence[tuple[Group, int]], name: str) -> None:
    """A relation of the scopes that bind: number, room, keys."""
    types = ["VARCHAR", *(key.sql_type for key in made.keys)]
    columns = [list(range(len(scopes))), [room for _, room in scopes]]
    columns += [[made.scopes[scope].values[i] for scope, _ in scopes] for i in range(len(types))]
    kinds = ["INTEGER", "HUGEINT", *types]
    names = ["b", "room", *(f"k{i}" for i in range(len(types)))]
    selects = [f"unnest(?::{kind}[]) AS {column}" for kind, column in zip(kinds, names, strict=True)]
    ledger.connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT {', '.join(selects)}", columns)


def _same(made: Plan, left: Sequence[str], right: str) -> str:
    nullable = [i for i in range(len(left)) if any(scope.values[i] is None for scope in made.scopes.values())]
    tests = []
    for i, sql in enumerate(left):
        if made.parts[i] in made.parts[:i]:
            continue  # a scope per party names the party twice
        if all(scope.values[i] is None for scope in made.scopes.values()):
            continue  # one party, or a key that no row has: nothing to tell scopes apart by
        tests.append(f"{sql} IS NOT DISTINCT FROM {right}.k{i}" if i in nullable else f"{sql} = {right}.k{i}")
    return " AND ".join(tests) or "true"


def _fill_by_day(ledger: Ledger, made: Plan, scopes: list[tuple[Group, int]]) -> dict[Group, Use]:
    """A hard ceiling over amounts that are never negative: whole days before and after the crossing day are settled at once."""
    if _unknown_days(ledger, made):
        return _fill_by_row(ledger, made, scopes)
    connection, book = ledger.connection, made.book
    _bind(ledger, made, scopes, "bind")
    same = _same(made, [f"d.k{i}" for i in range(len(made.parts))], "t")
    connection.execute(
        f"CREATE OR REPLACE TABLE crossing AS WITH runs AS (SELECT t.b, t.room, d.day, d.s, sum(d.s) OVER (PARTITION BY t.b "
        f"ORDER BY d.day ROWS UNBOUNDED PRECEDING) AS run FROM {made.days} d JOIN bind t ON {same}), "
        f"crossed AS (SELECT b, min(day) AS day, arg_min(run - s, day) AS before FROM runs WHERE run >= room AND s > 0 GROUP BY b) "
        f"SELECT t.*, c.day, c.before FROM crossed c JOIN bind t ON t.b = c.b"
    )
    first = first_day(made)
    orders = [_order(made.emitter, order.by) for order in made.limit.order[1:]] + ["w.n"]
    same = _same(made, made.parts, "t")
    mark = ledger.mark(book, made.limit.id)
    parts, joined = _parts(made)
    cells = "".join(f", {sql} AS p{i}" for i, sql in enumerate(parts))
    listed = "".join(f", p{i}" for i in range(len(parts)))
    connection.execute(
        f"CREATE OR REPLACE TABLE fresh AS WITH late AS (SELECT w.n, {made.amount} AS amount, {first} AS own, t.*{cells}, "
        f"{', '.join(f'{sql} AS o{i}' for i, sql in enumerate(orders))} FROM {book.relation} w {made.joins} {joined} JOIN crossing t ON {same} "
        f"WHERE ({_paid(made)}) AND {made.counts} AND {first} >= t.day), "
        f"edge AS (SELECT b, n, amount{listed}, room - before - (sum(amount) OVER (PARTITION BY b ORDER BY "
        f"{', '.join(f'o{i} NULLS LAST' for i in range(len(orders)))} ROWS UNBOUNDED PRECEDING) - amount) AS left_over FROM late WHERE own = day) "
        f"SELECT b, n, amount - greatest(0, least(amount, left_over)) AS c{listed} FROM edge "
        f"UNION ALL SELECT b, n, amount{listed} FROM late WHERE own > day"
    )
    for head, lost in zip(made.heads, _lost(len(made.heads)), strict=True):
        connection.execute(
            f"INSERT INTO {book.cuts} SELECT {mark}, {book.heads.index(head)}, n, CAST({sign(made.limit)} * {lost} AS BIGINT) "
            f"FROM fresh WHERE {lost} > 0"
        )
    cut = {
        b: (int(c), rows)
        for b, c, rows in connection.execute(
            "SELECT b, sum(c), count(*) FILTER (c > 0) FROM fresh GROUP BY b"
        ).fetchall()
    }
    days = dict(connection.execute("SELECT b, day FROM crossing").fetchall())
    later = _later_by_day(ledger, made)
    found = {}
    for b, (name, _) in enumerate(scopes):
        total, rows = cut.get(b, (0, 0))
        counted = made.scopes[name].counted
        found[name] = Use(counted, counted - total, total, days.get(b), rows, *later.get(b, (None, None)))
    return found


def _parts(made: Plan) -> tuple[list[str], str]:
    """What each of several heads pays of a row after the ceilings before, and the join for that; nothing for a single head."""
    if len(made.heads) == 1:
        return [], ""
    shares = [f"coalesce({share}, 0)" for share in _shares(made)]
    if not made.book.limits:
        return shares, ""
    numbers = [made.book.heads.index(head) for head in made.heads]
    sums = ", ".join(f"sum(c) FILTER (h = {number}) AS c{i}" for i, number in enumerate(numbers))
    cuts = f"SELECT n, {sums} FROM {made.book.cuts} GROUP BY n"
    side = sign(made.limit)
    return [
        f"({share} - {side} * coalesce(y.c{i}, 0))" for i, share in enumerate(shares)
    ], f"LEFT JOIN ({cuts}) y ON y.n = w.n"


def _lost(heads: int) -> list[str]:
    """What each head loses of a cut c: the first is paid as far as it goes, so that the last loses first."""
    if heads == 1:
        return ["c"]
    after = [" + ".join(f"p{j}" for j in range(i + 1, heads)) or "0" for i in range(heads)]
    return [f"greatest(0, least(p{i}, c - ({behind})))" for i, behind in enumerate(after)]


def _paid(made: Plan) -> str:
    """Whether a head of the base pays a row, as SQL."""
    return " OR ".join(f"w.{made.book.column(head, 'a')} IS NOT NULL" for head in made.heads)


def _later_by_day(ledger: Ledger, made: Plan) -> dict[int, tuple[int, int]]:
    """What is dated after the crossing day, and the same of rows outside; nothing when the limit is silent on delivery."""
    if made.limit.delivery is None:
        return {}
    same = _same(made, made.parts, "t")
    rows = ledger.connection.execute(
        f"SELECT t.b, coalesce(sum({made.amount}) FILTER (NOT {made.outside}), 0), "
        f"coalesce(sum({made.amount}) FILTER ({made.outside}), 0) FROM {made.book.relation} w {made.joins} "
        f"JOIN crossing t ON {same} WHERE ({_paid(made)}) AND {first_day(made)} > t.day "
        f"GROUP BY t.b"
    ).fetchall()
    crossed = ledger.connection.execute("SELECT b FROM crossing").fetchall()
    none = {b: (0, 0) for (b,) in crossed}
    return none | {b: (int(counted), int(outside)) for b, counted, outside in rows}


def sign(limit: Limit) -> int:
    """What is cut from a payment is taken off the row; what is cut from a charge is given back."""
    return -1 if limit.charges else 1


def _unknown_days(ledger: Ledger, made: Plan) -> bool:
    found = ledger.connection.execute(f"SELECT count(*) FROM {made.days} WHERE day IS NULL").fetchone()
    return bool(found and found[0])


def _order(emitter: Emitter, by: Anything) -> str:
    if by is None:
        return "w.n"
    value = emitter.value(by)
    return value.sql


def _fill_by_row(ledger: Ledger, made: Plan, scopes: list[tuple[Group, int]]) -> dict[Group, Use]:
    """Every other ceiling: the rows of the scopes that bind, in order, on whole numbers."""
    limit, book = made.limit, made.book
    cuts = cuts_by_head(ledger, made)
    rows = rows_of_scopes(ledger, made, scopes, [f"{order} NULLS LAST" for order in orderings(made)])
    found: dict[Group, Use] = {}
    lost: list[tuple[int, int, int]] = []
    for b, part in groupby(rows, key=itemgetter(0)):
        own, (name, room) = list(part), scopes[b]
        entries = in_place(
            [Entry(n, int(amount), debit, outside, day) for _, n, amount, debit, outside, day, *_ in own]
        )
        scale = None if limit.above is None else ledger.contract.scale(limit.above)
        reached = fill(limit, scale, room, entries)
        found[name] = later(limit, entries, use(limit, entries, reached))
        lost += stored(made, entries, {row[1]: row[6:] for row in own}, cuts)
        if len(lost) > MOST_STORED:
            ledger.add_cuts(book, limit.id, lost)
            lost = []
    ledger.add_cuts(book, limit.id, lost)
    return found


def orderings(made: Plan) -> list[str]:
    """What rows are ordered by, as SQL: the month of receipt when late rows take what is left, then as written."""
    orders = [_order(made.emitter, order.by) for order in made.limit.order]
    if made.limit.late_row is LateRow.TAKES_LEFT:
        received = made.emitter.decides(Role.RECEIPT)
        orders.insert(0, f"(year({received}) * 100 + month({received}))")
    return orders


def rows_of_scopes(
    ledger: Ledger, made: Plan, scopes: list[tuple[Group, int]], orders: Sequence[str], also: Sequence[str] = ()
) -> Iterator[Anything]:
    """Number of the scope, row, cents, debit, outside, day, cents by head and what is asked also, of every row in order.

    Some thousands of them are in memory at a time.
    """
    _bind(ledger, made, scopes, "bind")
    book = made.book
    day = next((v.sql for v in _values(made) if v.kind == "date"), "CAST(NULL AS DATE)")
    debit = "w.debit" if book.accepted.credited else "CAST(NULL AS BIGINT)"
    shares = [f"w.{book.column(head, 'a')}" for head in made.heads]
    cursor = ledger.cursor()
    cursor.execute(
        f"SELECT t.b, w.n, {made.amount}, {debit}, {made.outside}, {_day_of(made, day)}, {', '.join([*shares, *also])} "
        f"FROM {book.relation} w {made.joins} JOIN bind t ON {_same(made, made.parts, 't')} "
        f"WHERE ({' OR '.join(f'{share} IS NOT NULL' for share in shares)}) ORDER BY {', '.join(['t.b', *orders, 'w.n'])}"
    )
    return rows_of(cursor)


def _values(made: Plan) -> list[Plain]:
    values = [made.emitter.value(order.by) for order in made.limit.order if order.by is not None]
    return [value for value in values if isinstance(value, Plain)]


def _day_of(made: Plan, first: str) -> str:
    """The day of a row: the first of its ordering values that is a day."""
    days = [value.sql for value in _values(made) if value.kind == "date"]
    return f"coalesce({', '.join(days)})" if len(days) > 1 else first


def in_place(entries: list[Entry]) -> list[Entry]:
    """A credit never stands before its debit."""
    numbers = {entry.n for entry in entries}
    waiting: dict[int, list[Entry]] = {}
    placed: list[Entry] = []
    done: set[int] = set()
    for entry in entries:
        if entry.debit is not None and entry.debit in numbers and entry.debit not in done:
            waiting.setdefault(entry.debit, []).append(entry)
            continue
        placed.append(entry)
        done.add(entry.n)
        placed += waiting.pop(entry.n, [])
    return placed


def use(limit: Limit, entries: list[Entry], reached: date | None) -> Use:
    """What became of the rows of a scope once they are filled."""
    counted = [e for e in entries if not e.outside or limit.outside_counts is not Outside.NOT_COUNTED]
    total, paid = sum(e.amount for e in counted), sum(e.paid for e in counted)
    return Use(total, paid, total - paid, reached, sum(1 for e in counted if e.amount > 0 and e.paid < e.amount))


def later(limit: Limit, entries: list[Entry], use: Use) -> Use:
    """The use with what is dated after the day on which the room was used up, when the limit speaks of delivery."""
    reached = use.reached_on
    if limit.delivery is None or reached is None:
        return use
    after = [entry for entry in entries if entry.day is not None and entry.day > reached]
    sums = [sum(entry.amount for entry in after if entry.outside is outside) for outside in (False, True)]
    return replace(use, later=sums[0], later_outside=sums[1])


def cuts_by_head(ledger: Ledger, made: Plan) -> dict[tuple[int, int], int]:
    """What earlier ceilings cut, by (head number, row): only needed when several heads pay a row."""
    if len(made.heads) == 1 or not made.book.limits:
        return {}
    rows = ledger.connection.execute(f"SELECT h, n, sum(c) FROM {made.book.cuts} GROUP BY h, n").fetchall()
    return {(h, n): int(c) for h, n, c in rows}


def stored(
    made: Plan, entries: list[Entry], shares: Mapping[int, Sequence[int | None]], cuts: Mapping[tuple[int, int], int]
) -> list[tuple[int, int, int]]:
    """The cuts of a scope per head and row; a credit gives back exactly what its debit lost."""
    lost: dict[tuple[int, int], int] = {}
    numbers, side = [made.book.heads.index(head) for head in made.heads], sign(made.limit)
    for entry in entries:
        if entry.debit is not None:
            continue
        if len(numbers) == 1:
            lost[numbers[0], entry.n] = entry.amount - entry.paid
            continue
        heads = [h for h, share in zip(numbers, shares[entry.n], strict=True) if share is not None]
        amounts = [
            side * (share - cuts.get((h, entry.n), 0))
            for h, share in zip(numbers, shares[entry.n], strict=True)
            if share is not None
        ]
        for h, amount, part in zip(heads, amounts, divide(entry.paid, amounts), strict=True):
            lost[h, entry.n] = amount - part
    for entry in entries:
        if entry.debit is not None:
            for h in numbers:
                if (h, entry.debit) in lost:
                    lost[h, entry.n] = -lost[h, entry.debit]
    return [(h, n, side * c) for (h, n), c in lost.items() if c]
