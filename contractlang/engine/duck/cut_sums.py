"""What ceilings cut, summed by the cells that the rows are summed by: later ceilings and posts need no other look at the rows."""

from __future__ import annotations

from collections.abc import Iterable

from contractlang.engine.duck.day_sums import DaySums, day_sums
from contractlang.engine.duck.ledger import Book, Ledger
from contractlang.engine.duck.plan import Plan, sign


def summed(ledger: Ledger, made: Plan, first: str, inner: Iterable[str]) -> DaySums | None:
    """The sums of which each is what a ceiling groups by (its day and `inner`), when they tell what it counts."""
    known = day_sums(ledger, made.book)
    if known is None or made.limit.charges or made.outside != "false":
        return None
    if any(head.id not in known.heads for head in made.heads):
        return None
    if any(limit not in ledger.lost for limit in made.book.limits):
        return None
    return known if known.of(inner, first, made.bucket) else None


def left(ledger: Ledger, made: Plan, known: DaySums) -> tuple[str, str]:
    """Columns s, low and o of a ceiling over the sums of its heads, less what ceilings before it cut; and where they come from.

    A ceiling cuts no more than a head pays: no amount is below nil after it that was not before.
    """
    numbers = [made.book.heads.index(head) for head in made.heads]
    lowest = ", ".join(f"w.l{i}" for i in numbers)
    amount = " + ".join(f"coalesce(w.s{i}, 0)" for i in numbers)
    joins = ""
    for place, limit in enumerate(made.book.limits):
        if lost := ledger.lost[limit]:
            cut = [i for i, head in zip(numbers, made.heads, strict=True) if head.id in lost.heads]
            amount += "".join(f" - coalesce(x{place}.s{i}, 0)" for i in cut)
            equal = " AND ".join(f"x{place}.{cell} IS NOT DISTINCT FROM w.{cell}" for cell in sorted(known.columns))
            joins += f" LEFT JOIN {lost.relation} x{place} ON {equal}"
    paid = " OR ".join(f"w.p{i} > 0" for i in numbers)
    low = f"least({lowest})" if len(numbers) > 1 else lowest
    return f"{amount} AS s, {low} AS low, 0 AS o", f"FROM {known.relation} w{joins} WHERE {paid}"


def keep_lost(ledger: Ledger, made: Plan, parts: list[str]) -> None:
    """Sum what was just cut: relations `fresh` (scope b, day, cents c, what each head pays) and `bind` hold it.

    `parts` is what each head loses of a row. Nothing is kept when the cells are not known of a scope and its days.
    """
    known = day_sums(ledger, made.book)
    cells = _cells(made, known) if known else None
    if known is None or cells is None:
        return
    numbers, side = [made.book.heads.index(head) for head in made.heads], sign(made.limit)
    sums = "".join(f", sum({side} * {part}) AS s{i}" for i, part in zip(numbers, parts, strict=True))
    relation = f"lost{ledger.mark(made.book, made.limit.id)}_{made.book.accepted.relation}"
    ledger.connection.execute(
        f"CREATE OR REPLACE TABLE {relation} AS SELECT {', '.join(cells)}, count(*) AS accepted{sums} "
        f"FROM fresh f JOIN bind t ON t.b = f.b WHERE f.c > 0 GROUP BY {', '.join(str(i + 1) for i in range(len(cells)))}"
    )
    heads = frozenset(head.id for head in made.heads)
    ledger.lost[made.limit.id] = DaySums(relation, known.columns, heads, known.month)


def only_cut(ledger: Ledger, made: Plan) -> int | None:
    """The number of the head when ceilings so far cut one head, once, so that no row stands twice among what they cut."""
    before = [limit for limit in made.book.limits if limit != made.limit.id]
    lost = [sums for limit in before if (sums := ledger.lost.get(limit)) is not None]
    if any(limit not in ledger.lost for limit in before) or len(lost) != 1 or len(lost[0].heads) != 1:
        return None
    return next(i for i, head in enumerate(made.book.heads) if head.id in lost[0].heads)


def _cells(made: Plan, known: DaySums) -> list[str] | None:
    """The cells by which rows are summed, from the keys of a scope and the day of a row in it."""
    found = []
    for cell in sorted(known.columns):
        if f"w.{cell}" == made.first:
            day = "last_day(f.day)" if known.month == cell else "f.day"
            found.append(f"{day} AS {cell}")
        elif f"w.{cell}" in made.parts and known.month != cell:
            found.append(f"t.k{made.parts.index(f'w.{cell}')} AS {cell}")
        else:
            return None
    return found


def lost_by_post(ledger: Ledger, book: Book, limit: str, party: str, when: str) -> str | None:
    """A query for party, period, cents and rows that a limit cut, from the sums; None when they do not tell that."""
    lost = ledger.lost.get(limit)
    if lost is None or not lost.tell([party, when]):
        return None
    cut = " + ".join(f"sum(w.s{book.heads.index(head)})" for head in book.heads if head.id in lost.heads)
    return f"SELECT {party}, {when}, -({cut}), sum(w.accepted) FROM {lost.relation} w GROUP BY ALL HAVING count(*) > 0"
