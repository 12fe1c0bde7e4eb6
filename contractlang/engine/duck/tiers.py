"""Prices by cumulative volume in SQL: rows are put in order once, and a running sum over all of them tells the volume of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from contractlang.base.exact import cents
from contractlang.engine.duck import ratio
from contractlang.engine.duck.ledger import Book, key_sql
from contractlang.engine.duck.ratio import Ratio
from contractlang.engine.duck.scales import by_slices, compare
from contractlang.engine.duck.widen import orders_of, widen
from contractlang.engine.protocol import DataFault
from contractlang.model.heads import Pay
from contractlang.model.lists import Scale, ScaleKind

if TYPE_CHECKING:
    from contractlang.engine.duck.ledger import Ledger


class Tiered(Struct, frozen=True):
    """A head that is priced by volume: its quantity, what it is worth (over columns q and volume), and its selected rows."""

    head: Pay
    quantity: Ratio
    worth: str
    wide: bool  # volumes need more than 64 bits
    selected: str
    keys: int
    orders: int


def price_tiers(ledger: Ledger, book: Book, pay: Pay) -> bool:
    """Price a head by tiers, and all others of its table that can be, in one pass; whether the database can count this one."""
    if pay.id in book.quantities:
        return True
    waiting = [head for head in book.heads if head.tiers is not None and head.id not in book.priced]
    found = [made for head in waiting if (made := _tiered(ledger, book, head)) is not None]
    if all(made.head is not pay for made in found):
        return False
    columns, joins, made_on_the_way = [], "", []
    for made in found:
        number = book.heads.index(made.head)
        tables, query = _priced(ledger, made, f"tier{number}_{book.relation}", book.accepted.credited)
        columns += [f"g{number}.a AS a{number}", f"g{number}.q AS q{number}"]
        columns.append(f"g{number}.n IS NOT NULL AND g{number}.a IS NULL AS u{number}")
        joins += f" LEFT JOIN ({query}) g{number} ON g{number}.n = w.n"
        made_on_the_way += tables
        book.quantities[made.head.id] = made.quantity
    widen(ledger, book, found[0].head, f"SELECT w.*, {', '.join(columns)} FROM {book.relation} w{joins}")
    for name in made_on_the_way:
        ledger.connection.execute(f"DROP TABLE {name}")
    return True


def _tiered(ledger: Ledger, book: Book, pay: Pay) -> Tiered | None:
    """How a head is priced in the database; None when that cannot be done in whole numbers of 128 bits."""
    assert pay.tiers is not None
    emitter, credited = ledger.emitter(book), book.accepted.credited
    quantity = emitter.number(pay.quantity)
    (rows,) = ledger.connection.execute(f"SELECT count(*) FROM {book.relation}").fetchone() or (0,)
    most = quantity.bound * max(1, rows)
    try:
        if quantity.den is not None:
            return None
        worth = _worth(pay, ledger.contract.scale(pay.tiers.scale), quantity, most)
        ratio.sized("", most)
    except DataFault:
        return None
    keys = list(dict.fromkeys([ledger.party(book), *(key.sql for key in key_sql(emitter, pay.tiers.keys))]))
    orders = [order for order in orders_of(emitter, pay.tiers.filled) if order != "w.n"]
    if pay.tiers.recomputed and credited:
        orders.insert(0, "(w.debit IS NOT NULL)")  # credits come off the top, after all debits
    cells = [f"{sql} AS k{i}" for i, sql in enumerate(keys)] + [f"{sql} AS o{i}" for i, sql in enumerate(orders)]
    selected = (
        f"SELECT w.n, {'w.debit, ' if credited else ''}{quantity.sql} AS q, {', '.join(cells)} FROM {book.relation} w "
        f"{' '.join(emitter.joins)} WHERE w.reason IS NULL AND {emitter.condition(pay.selection.where)}"
    )
    return Tiered(pay, quantity, worth, most >= ratio.SMALL, selected, len(keys), len(orders))


def _worth(pay: Pay, scale: Scale, quantity: Ratio, most: int) -> str:
    """Cents of a row with quantity q, by the volume with it (of its group as a whole when the scale is of the whole volume)."""
    if scale.kind is ScaleKind.EACH_SLICE:
        after, before = (
            ratio.rounded(by_slices(Ratio(sql, quantity.factor, most), scale), pay.rounding)
            for sql in ("volume", "(volume - q)")
        )
        amount = ratio.added(after, before, "-")
    else:
        amount = _by_volume(Ratio("q", quantity.factor, quantity.bound), Ratio("volume", quantity.factor, most), scale)
        amount = ratio.rounded(amount, pay.rounding)
    by = cents(amount.factor) * (-1 if pay.charge else 1)
    return f"CAST({ratio.sized(amount.sql, amount.bound * abs(by))} * {by} AS BIGINT)"


def _by_volume(quantity: Ratio, volume: Ratio, scale: Scale) -> Ratio:
    """The quantity at the rate of the step in which the whole volume lies; missing when it lies in none."""
    low, high = (">=", "<") if scale.lower_included else (">", "<=")
    branches = []
    for step in scale.steps:
        tests = [compare(volume, low, step.low)] if step.low is not None else []
        tests += [compare(volume, high, step.high)] if step.high is not None else []
        branches.append((" AND ".join(tests) or "true", ratio.product(quantity, ratio.constant(step.value))))
    return ratio.chosen(branches, None)


def _priced(ledger: Ledger, made: Tiered, name: str, credited: bool) -> tuple[list[str], str]:
    """A query for n, a (cents, NULL without a price) and q of every selected row, and the tables made for it."""
    run, own = ledger.connection.execute, f"own_{name}"
    if credited:
        run(f"CREATE TABLE all_{name} AS {made.selected}")
        run(f"CREATE TABLE {own} AS {_own(f'all_{name}', made.head)}")
    else:
        run(f"CREATE TABLE {own} AS {made.selected}")
    keys = [f"k{i}" for i in range(made.keys)]
    run(
        f"CREATE TABLE of_{name} AS SELECT *, sum(volume) OVER (ORDER BY g) - volume AS before FROM "
        f"(SELECT {', '.join(keys)}, row_number() OVER () AS g, coalesce(sum(q), 0) AS volume FROM {own} GROUP BY {', '.join(keys)})"
    )
    tables, kind = [own, f"of_{name}"], "HUGEINT" if made.wide else "BIGINT"
    groups = f"{own} w JOIN of_{name} g ON {' AND '.join(f'w.{key} IS NOT DISTINCT FROM g.{key}' for key in keys)}"
    if ledger.contract.scale(_scale(made.head)).kind is ScaleKind.EACH_SLICE:
        orders = [f"w.o{i} NULLS LAST" for i in range(made.orders)]
        run(
            f"CREATE TABLE row_{name} AS SELECT w.n, w.q, CAST(g.before AS {kind}) AS before FROM {groups} "
            f"ORDER BY {', '.join(['g.g', *orders, 'w.n'])}"
        )
        tables.append(f"row_{name}")
        # the rows stand in order: one running sum over them all, less that of the groups before, costs a sixth of a sum per group
        volumes = (
            f"SELECT n, q, CAST(sum(q) OVER (ROWS UNBOUNDED PRECEDING) AS {kind}) - before AS volume FROM row_{name}"
        )
    else:
        volumes = f"SELECT w.n, w.q, CAST(g.volume AS {kind}) AS volume FROM {groups}"
    priced = f"SELECT n, CASE WHEN q IS NOT NULL THEN {made.worth} END AS a, q FROM ({volumes})"
    return (tables, priced) if not credited else ([*tables, f"all_{name}"], _with_credits(name, priced))


def _scale(pay: Pay) -> str:
    assert pay.tiers is not None
    return pay.tiers.scale


def _own(selected: str, pay: Pay) -> str:
    """The rows that make up the volume: debits and, recomputed, credits of debits that do."""
    own = f"SELECT * FROM {selected} WHERE debit IS NULL"
    if pay.tiers is None or not pay.tiers.recomputed:
        return own
    return (
        f"{own} UNION ALL SELECT s.* REPLACE (-s.q AS q) FROM {selected} s JOIN {selected} d ON d.n = s.debit "
        f"WHERE d.debit IS NULL AND d.q IS NOT NULL"
    )


def _with_credits(name: str, priced: str) -> str:
    """Other credits have minus what their debit has, nothing when that is not selected."""
    return (
        f"WITH priced AS MATERIALIZED ({priced}) SELECT n, a, q FROM priced UNION ALL "
        f"SELECT s.n, CASE WHEN d.n IS NULL THEN 0 ELSE -d.a END, CASE WHEN d.n IS NULL THEN 0 ELSE -d.q END "
        f"FROM all_{name} s LEFT JOIN priced d ON d.n = s.debit WHERE s.n NOT IN (SELECT n FROM own_{name})"
    )
