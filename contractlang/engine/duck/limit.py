"""Ceilings: sums per scope, and who gets the room; rows are put in order only where a ceiling binds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any as Anything

from msgspec.structs import replace

from contractlang.engine.duck.by_day import fill_by_day, store_days, unknown_days
from contractlang.engine.duck.day_sums import bucket, first_day
from contractlang.engine.duck.emit import Plain, period
from contractlang.engine.duck.fill import Entry, between, divide, fill
from contractlang.engine.duck.ledger import Book, Ledger, group, key_sql
from contractlang.engine.duck.plan import Plan, Scope, bind, order, same, shares, sign
from contractlang.engine.duck.results import rows_of
from contractlang.engine.protocol import Group, Room, ScopeSum, Use
from contractlang.model.expression import Role
from contractlang.model.heads import Filled, LateRow, Limit, Outside, Pay

MOST_STORED = 50_000  # cuts that wait in memory


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
    first = first_day(limit, emitter)
    made = Plan(limit, book, heads, emitter, keys, ledger.party(book), amount, joins, outside, {}, first)
    made.bucket = "" if first is None else bucket(limit, first, made.parts)
    _sum(ledger, made, number)
    return made


def _sum(ledger: Ledger, made: Plan, number: int) -> None:
    """The sums of every scope: directly, or over sums per day that the crossing day is found in later."""
    names = [f"k{i}" for i in range(len(made.parts))]
    amount, counts = made.amount, made.counts
    only = "" if counts == "true" or made.outside == "false" else f" FILTER ({counts})"
    beyond = "0" if made.outside == "false" else f"coalesce(sum({amount}) FILTER ({made.outside}), 0)"
    # several heads: a ceiling never cuts more than a head pays, so that no amount is below nil when no head is
    least = amount if len(made.heads) == 1 else f"least({', '.join(shares(made))})"
    sums = f"coalesce(sum({amount}){only}, 0) AS s, coalesce(min({least}){only}, 0) AS low, {beyond} AS o"
    parts = [f"{sql} AS {name}" for sql, name in zip(made.parts, names, strict=True)]
    first = made.first
    if first is None:
        rows = ledger.connection.execute(
            f"SELECT {', '.join(parts)}, {sums} {made.rows} GROUP BY ALL HAVING count(*) > 0"
        ).fetchall()
    else:
        made.days = f"days{number}"
        store_days(ledger, made, first, sums)
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


def _positives(ledger: Ledger, made: Plan, parts: Sequence[str], only: str) -> Mapping[tuple[Anything, ...], int]:
    """What the amounts above nil of every scope come to, asked for only where some are below."""
    rows = ledger.connection.execute(
        f"SELECT {', '.join(parts)}, coalesce(sum(greatest({made.amount}, 0)){only}, 0) {made.rows} "
        f"GROUP BY ALL HAVING count(*) > 0"
    ).fetchall()
    return {tuple(row[:-1]): int(row[-1]) for row in rows}


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
    if by_day and unknown_days(ledger, made):
        by_day, by_row = [], [*by_day, *by_row]
    if not by_day and not by_row:
        ledger.lost[limit.id] = None
    if by_day:
        found |= fill_by_day(ledger, made, by_day)
        if not by_row:
            _tell_posts(ledger, made, {name: found[name] for name, _ in by_day})
    if by_row:
        found |= _fill_by_row(ledger, made, by_row)
        ledger.lost.pop(limit.id, None)
    return found


def _tell_posts(ledger: Ledger, made: Plan, uses: Mapping[Group, Use]) -> None:
    """Where each scope lies within one settlement period, what is cut per party and period is known without another look at the rows."""
    when = period(made.emitter.decides(Role.PERIOD), ledger.contract.settle)
    if when in made.parts:
        values = {name: made.scopes[name].values for name in uses}
        ledger.told[made.limit.id] = [
            (values[name][0], values[name][made.parts.index(when)], -sign(made.limit) * use.cut, None, use.rows_cut)
            for name, use in uses.items()
            if use.rows_cut
        ]


def whole(ledger: Ledger, limit: Limit, scope: Scope, room: int) -> Use:
    """The scope as one amount: rows outside that count take room first."""
    scale = None if limit.above is None else ledger.contract.scale(limit.above)
    outside = scope.outside if limit.outside_counts is not Outside.NOT_COUNTED else 0
    others = scope.counted - outside
    used = min(outside, room)
    paid = outside + between(used, used + others, room, scale)
    return Use(scope.counted, paid, scope.counted - paid, None, 0)


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
    orders = [order(made.emitter, one.by) for one in made.limit.order]
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
    bind(ledger, made, scopes, "bind")
    book = made.book
    day = next((v.sql for v in _values(made) if v.kind == "date"), "CAST(NULL AS DATE)")
    debit = "w.debit" if book.accepted.credited else "CAST(NULL AS BIGINT)"
    shares = [f"w.{book.column(head, 'a')}" for head in made.heads]
    cursor = ledger.cursor()
    cursor.execute(
        f"SELECT t.b, w.n, {made.amount}, {debit}, {made.outside}, {_day_of(made, day)}, {', '.join([*shares, *also])} "
        f"FROM {book.relation} w {made.joins} JOIN bind t ON {same(made, made.parts, 't')} "
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
