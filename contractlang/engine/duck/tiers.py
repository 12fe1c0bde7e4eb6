"""Prices by cumulative volume in SQL: what a head needs for that, and the amounts of heads whose rows cannot stand apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from contractlang.base.exact import cents
from contractlang.engine.duck import ratio
from contractlang.engine.duck.apart import price_apart, stand_apart
from contractlang.engine.duck.ledger import Book, key_sql
from contractlang.engine.duck.ratio import Ratio
from contractlang.engine.duck.scales import by_slices, compare
from contractlang.engine.duck.volumes import ENDS, Tiered, with_volumes
from contractlang.engine.duck.widen import orders_of, selected, widen
from contractlang.engine.protocol import DataFault
from contractlang.model.heads import Pay
from contractlang.model.lists import Scale, ScaleKind

if TYPE_CHECKING:
    from contractlang.engine.duck.ledger import Ledger


def price_tiers(ledger: Ledger, book: Book, pay: Pay) -> bool:
    """Price a head by tiers, and all others of its table that can be, in one pass; whether the database can count this one."""
    if pay.id in book.quantities:
        return True
    waiting = [head for head in book.heads if head.tiers is not None and head.id not in book.priced]
    found = [made for head in waiting if (made := _tiered(ledger, book, head)) is not None]
    if all(made.head is not pay for made in found):
        return False
    if stand_apart(ledger, book, found):
        price_apart(ledger, book, found)
    else:
        _price_joined(ledger, book, found)
    book.quantities |= {made.head.id: made.quantity for made in found}
    return True


def _price_joined(ledger: Ledger, book: Book, found: list[Tiered]) -> None:
    """The rows of a book, and joined to them what each head pays for its own."""
    columns, joins, made_on_the_way = [], "", []
    for made in found:
        number = book.heads.index(made.head)
        tables, query = _priced(ledger, book, made, f"tier{number}_{book.relation}")
        columns += [f"g{number}.a AS a{number}", f"g{number}.q AS q{number}"]
        columns.append(f"g{number}.n IS NOT NULL AND g{number}.a IS NULL AS u{number}")
        joins += f" LEFT JOIN ({query}) g{number} ON g{number}.n = w.n"
        made_on_the_way += tables
    widen(ledger, book, found[0].head, f"SELECT w.*, {', '.join(columns)} FROM {book.relation} w{joins}")
    for name in made_on_the_way:
        ledger.connection.execute(f"DROP TABLE {name}")


def _tiered(ledger: Ledger, book: Book, pay: Pay) -> Tiered | None:
    """How a head is priced in the database; None when that cannot be done in whole numbers of 128 bits."""
    assert pay.tiers is not None
    emitter = ledger.emitter(book)
    condition = selected(ledger, book, pay, emitter)
    plain = not emitter.joins and "SELECT" not in condition
    quantity = emitter.number(pay.quantity)
    (rows,) = ledger.connection.execute(f"SELECT count(*) FROM {book.accepted.relation}").fetchone() or (0,)
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
    if pay.tiers.recomputed and book.accepted.credited:
        orders.insert(0, "(w.debit IS NOT NULL)")  # credits come off the top, after all debits
    whole = "HUGEINT" if most >= ratio.SMALL else "BIGINT"
    return Tiered(pay, quantity, *worth, whole, condition, plain, " ".join(emitter.joins), keys, orders)


def _worth(pay: Pay, scale: Scale, quantity: Ratio, most: int) -> tuple[str, str]:
    """What a row with quantity q comes to by its volume, before it is rounded, as columns top and bottom; and its cents by those.

    Worked out in two steps, for what is rounded stands in the rule of rounding more than once.
    """
    if scale.kind is ScaleKind.EACH_SLICE:
        ends = [by_slices(Ratio(sql, quantity.factor, most), scale) for sql in ("volume", "(volume - q)")]
        after, before = (
            ratio.rounded(replace(end, sql=name), pay.rounding) for end, name in zip(ends, ENDS, strict=True)
        )
        amount = ratio.added(after, before, "-")
    else:
        ends = [_by_volume(Ratio("q", quantity.factor, quantity.bound), Ratio("volume", quantity.factor, most), scale)]
        amount = ratio.rounded(replace(ends[0], sql=ENDS[0]), pay.rounding)
    by = cents(amount.factor) * (-1 if pay.charge else 1)
    parts = [end.sql for end in ends] if len(ends) == len(ENDS) else [ends[0].sql, "0"]
    told = ", ".join(f"{sql} AS {name}" for sql, name in zip(parts, ENDS, strict=True))
    worth = f"CAST({ratio.sized(amount.sql, amount.bound * abs(by))} * {by} AS BIGINT)"
    return told, f"CASE WHEN q IS NOT NULL THEN {worth} END"


def _by_volume(quantity: Ratio, volume: Ratio, scale: Scale) -> Ratio:
    """The quantity at the rate of the step in which the whole volume lies; missing when it lies in none."""
    low, high = (">=", "<") if scale.lower_included else (">", "<=")
    branches = []
    for step in scale.steps:
        tests = [compare(volume, low, step.low)] if step.low is not None else []
        tests += [compare(volume, high, step.high)] if step.high is not None else []
        branches.append((" AND ".join(tests) or "true", ratio.product(quantity, ratio.constant(step.value))))
    return ratio.chosen(branches, None)


def _priced(ledger: Ledger, book: Book, made: Tiered, name: str) -> tuple[list[str], str]:
    """A query for n, a (cents, NULL without a price) and q of every selected row, and the tables made for it."""
    run, own, credited = ledger.connection.execute, f"own_{name}", book.accepted.credited
    cells = [f"{sql} AS k{i}" for i, sql in enumerate(made.keys)]
    cells += [f"{sql} AS o{i}" for i, sql in enumerate(made.orders)]
    selected = (
        f"SELECT w.n, {'w.debit, ' if credited else ''}{made.quantity.sql} AS q, {', '.join(cells)} FROM {book.relation} w "
        f"{made.joins} WHERE {made.condition}"
    )
    if credited:
        run(f"CREATE TABLE all_{name} AS {selected}")
        run(f"CREATE TABLE {own} AS {_own(f'all_{name}', made)}")
    else:
        run(f"CREATE TABLE {own} AS {selected}")
    kept = replace(
        made,
        quantity=replace(made.quantity, sql="w.q"),
        condition="true",
        keys=[f"w.k{i}" for i in range(len(made.keys))],
        orders=[f"w.o{i}" for i in range(len(made.orders))],
    )
    tables, volumes = with_volumes(ledger, kept, f"{own} w", "w.n", name)
    priced = f"SELECT n, {made.worth} AS a, q FROM ({volumes})"
    return ([own, *tables], priced) if not credited else ([own, *tables, f"all_{name}"], _with_credits(name, priced))


def _own(selected: str, made: Tiered) -> str:
    """The rows that make up the volume: debits and, recomputed, credits of debits that do."""
    own = f"SELECT * FROM {selected} WHERE debit IS NULL"
    if made.head.tiers is None or not made.head.tiers.recomputed:
        return own
    cells = "".join([f", s.k{i}" for i in range(len(made.keys))] + [f", s.o{i}" for i in range(len(made.orders))])
    return (
        f"{own} UNION ALL SELECT s.n, s.debit, -s.q AS q{cells} FROM {selected} s JOIN {selected} d ON d.n = s.debit "
        f"WHERE d.debit IS NULL AND d.q IS NOT NULL"
    )


def _with_credits(name: str, priced: str) -> str:
    """Other credits have minus what their debit has, nothing when that is not selected."""
    return (
        f"WITH priced AS MATERIALIZED ({priced}) SELECT n, a, q FROM priced UNION ALL "
        f"SELECT s.n, CASE WHEN d.n IS NULL THEN 0 ELSE -d.a END, CASE WHEN d.n IS NULL THEN 0 ELSE -d.q END "
        f"FROM all_{name} s LEFT JOIN priced d ON d.n = s.debit WHERE s.n NOT IN (SELECT n FROM own_{name})"
    )
