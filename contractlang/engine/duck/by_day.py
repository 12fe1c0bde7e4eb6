"""Ceilings that are filled by day over amounts that are never negative: whole days and months are settled at once."""

from __future__ import annotations

from contractlang.engine.duck.cut_sums import keep_lost, left, only_cut, summed
from contractlang.engine.duck.day_sums import in_place_of
from contractlang.engine.duck.ledger import Ledger
from contractlang.engine.duck.plan import Plan, bind, order, same, shares, sign
from contractlang.engine.protocol import Group, Use


def store_days(ledger: Ledger, made: Plan, first: str, sums: str) -> None:
    """The sums of every scope by month or day: as they were made for the posts, or from the rows."""
    inner, outer = _by_day(made, first)
    named = ", ".join([f"{sql} AS g{i}" for i, sql in enumerate(inner)] or ["0 AS g0"])
    if known := summed(ledger, made, first, inner):
        sums, rows = left(ledger, made, known)
        kind = "VIEW" if " JOIN " not in rows else "TABLE"
    else:
        kind, rows = "TABLE", f"{made.rows} GROUP BY {', '.join(map(str, range(1, max(1, len(inner)) + 2)))}"
    ledger.connection.execute(
        f"CREATE {kind} {made.days} AS SELECT {', '.join(outer)}, day, s, low, o "
        f"FROM (SELECT {named}, {made.bucket} AS day, {sums} {rows}) d"
    )


def _by_day(made: Plan, first: str) -> tuple[list[str], list[str]]:
    """What is grouped by besides the day, and the parts of a scope told by it: a year of the day needs no place of its own."""
    inner: dict[str, str] = {}
    outer = []
    for i, sql in enumerate(made.parts):
        told = in_place_of(first, "day", sql)
        if "." in told:  # it asks for more than the day
            told = inner.setdefault(sql, f"g{len(inner)}")
        outer.append(f"{told} AS k{i}")
    return list(inner), outer


def fill_by_day(ledger: Ledger, made: Plan, scopes: list[tuple[Group, int]]) -> dict[Group, Use]:
    """A hard ceiling over amounts that are never negative: only rows of the day or month in which it is crossed are put in order."""
    book = made.book
    bind(ledger, made, scopes, "bind")
    _cross(ledger, made)
    mark, parts = ledger.mark(book, made.limit.id), _lost(len(made.heads))
    for head, lost in zip(made.heads, parts, strict=True):
        ledger.connection.execute(
            f"INSERT INTO {book.cuts} SELECT {mark}, {book.heads.index(head)}, n, CAST({sign(made.limit)} * {lost} AS BIGINT) "
            f"FROM fresh WHERE {lost} > 0"
        )
    keep_lost(ledger, made, parts)
    connection = ledger.connection
    cut = {
        b: (int(c), rows)
        for b, c, rows in connection.execute(
            "SELECT b, sum(c), count(*) FILTER (c > 0) FROM fresh GROUP BY b"
        ).fetchall()
    }
    reached = dict(connection.execute("SELECT b, day FROM reached").fetchall())
    later = _later_by_day(ledger, made)
    found = {}
    for b, (name, _) in enumerate(scopes):
        total, rows = cut.get(b, (0, 0))
        counted = made.scopes[name].counted
        found[name] = Use(counted, counted - total, total, reached.get(b), rows, *later.get(b, (None, None)))
    return found


def _cross(ledger: Ledger, made: Plan) -> None:
    """Relation `late`: the rows since the month or day in which each ceiling is crossed; `fresh`: what is cut from them."""
    book, run = made.book, ledger.connection.execute
    equal = same(made, [f"d.k{i}" for i in range(len(made.parts))], "t")
    since = "c.day" if made.bucket == made.first else "CAST(date_trunc('month', c.day) AS DATE)"
    running = "sum({0}.s) OVER (PARTITION BY {0}.b ORDER BY {0}.day ROWS UNBOUNDED PRECEDING) AS run"
    crossed = "min(day) AS day, arg_min(run - s, day) AS before FROM runs WHERE run >= room AND s > 0 GROUP BY b"
    run(
        f"CREATE OR REPLACE TABLE crossing AS WITH sums AS (SELECT t.b, t.room, d.day, d.s FROM {made.days} d JOIN bind t ON {equal}), "
        f"runs AS (SELECT d.*, {running.format('d')} FROM sums d), crossed AS (SELECT b, {crossed}) "
        f"SELECT t.*, {since} AS since, c.day, c.before FROM crossed c JOIN bind t ON t.b = c.b"
    )
    orders = dict.fromkeys([*(order(made.emitter, one.by) for one in made.limit.order[1:]), "w.n"])
    names = [f"o{i}" for i in range(len(orders))]
    ordered = "".join(f", {sql} AS {name}" for sql, name in zip(orders, names, strict=True))
    equal = same(made, made.parts, "t")
    parts, joined = _parts(ledger, made)
    amount = made.amount
    if parts:
        amount = f"({' + '.join(parts)})"
    cells = "".join(f", {sql} AS p{i}" for i, sql in enumerate(parts))
    listed = "".join(f", l.p{i}" for i in range(len(parts)))
    run(
        f"CREATE OR REPLACE TABLE late AS SELECT t.b, w.n, {amount} AS amount, {made.first} AS day, {made.first} > t.day AS after"
        f"{cells}{ordered} FROM {book.relation} w {joined} JOIN crossing t ON {equal} "
        f"WHERE ({made.paid}) AND {made.counts} AND {made.first} >= t.since"
    )
    run(
        f"CREATE OR REPLACE TABLE reached AS WITH days AS (SELECT b, day, sum(amount) AS s FROM late WHERE NOT after GROUP BY b, day), "
        f"sums AS (SELECT d.*, t.room - t.before AS room FROM days d JOIN crossing t ON t.b = d.b), "
        f"runs AS (SELECT d.*, {running.format('d')} FROM sums d), crossed AS (SELECT b, any_value(room) AS room, {crossed}) "
        f"SELECT b, day, room - before AS room FROM crossed"
    )
    run(
        f"CREATE OR REPLACE TABLE fresh AS WITH edge AS (SELECT l.b, l.n, l.day, l.amount{listed}, "
        f"r.room - (sum(l.amount) OVER (PARTITION BY l.b ORDER BY "
        f"{', '.join(f'l.{name} NULLS LAST' for name in names)} ROWS UNBOUNDED PRECEDING) - l.amount) AS room "
        f"FROM late l JOIN reached r ON r.b = l.b WHERE l.day = r.day) "
        f"SELECT l.b, l.n, l.day, l.amount - greatest(0, least(l.amount, l.room)) AS c{listed} FROM edge l "
        f"UNION ALL SELECT l.b, l.n, l.day, l.amount{listed} FROM late l JOIN reached r ON r.b = l.b WHERE l.day > r.day"
    )
    run("DROP TABLE late")


def _parts(ledger: Ledger, made: Plan) -> tuple[list[str], str]:
    """What each of several heads pays of a row after the ceilings before, nothing for a single head; and the joins of the rows."""
    if len(made.heads) == 1:
        return [], made.joins
    paid, joins = [f"coalesce({share}, 0)" for share in shares(made)], " ".join(made.emitter.joins)
    if made.book.limits == [made.limit.id]:
        return paid, joins
    numbers = [made.book.heads.index(head) for head in made.heads]
    sums = ", ".join(f"sum(c) FILTER (h = {number}) AS c{i}" for i, number in enumerate(numbers))
    cuts = f"SELECT n, {sums} FROM {made.book.cuts} GROUP BY n"
    if (one := only_cut(ledger, made)) is not None:
        own = ", ".join(f"{'c' if number == one else 'NULL'} AS c{i}" for i, number in enumerate(numbers))
        cuts = f"SELECT n, {own} FROM {made.book.cuts} WHERE h = {one}"
    side = sign(made.limit)
    return [
        f"({share} - {side} * coalesce(y.c{i}, 0))" for i, share in enumerate(paid)
    ], f"{joins} LEFT JOIN ({cuts}) y ON y.n = w.n"


def _lost(heads: int) -> list[str]:
    """What each head loses of a cut c: the first is paid as far as it goes, so that the last loses first."""
    if heads == 1:
        return ["c"]
    after = [" + ".join(f"p{j}" for j in range(i + 1, heads)) or "0" for i in range(heads)]
    return [f"greatest(0, least(p{i}, c - ({behind})))" for i, behind in enumerate(after)]


def _later_by_day(ledger: Ledger, made: Plan) -> dict[int, tuple[int, int]]:
    """What is dated after the day that a ceiling is reached, and the same of rows outside; nothing when it is silent on delivery."""
    if made.limit.delivery is None:
        return {}
    equal = same(made, made.parts, "t")
    rows = ledger.connection.execute(
        f"SELECT t.b, coalesce(sum({made.amount}) FILTER (NOT {made.outside}), 0), "
        f"coalesce(sum({made.amount}) FILTER ({made.outside}), 0) FROM {made.book.relation} w {made.joins} "
        f"JOIN crossing t ON {equal} JOIN reached r ON r.b = t.b "
        f"WHERE ({made.paid}) AND {made.first} > r.day GROUP BY t.b"
    ).fetchall()
    crossed = ledger.connection.execute("SELECT b FROM crossing").fetchall()
    none = {b: (0, 0) for (b,) in crossed}
    return none | {b: (int(counted), int(outside)) for b, counted, outside in rows}


def unknown_days(ledger: Ledger, made: Plan) -> bool:
    """Whether a row has no day by which to fill the ceiling."""
    found = ledger.connection.execute(f"SELECT count(*) FROM {made.days} WHERE day IS NULL").fetchone()
    return bool(found and found[0])
