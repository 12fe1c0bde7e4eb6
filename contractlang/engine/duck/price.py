"""What rows are worth: heads that price row by row in one pass of SQL, heads that price groups in exact fractions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING
from typing import Any as Anything

from contractlang.base.exact import allocate, cents, round_to
from contractlang.engine.duck import ratio
from contractlang.engine.duck.accept import Accepted
from contractlang.engine.duck.emit import Emitter
from contractlang.engine.duck.ledger import Book, given, key_sql
from contractlang.engine.duck.prune import late, simple
from contractlang.engine.duck.tiers import price_tiers
from contractlang.engine.duck.widen import orders_of, pays, replacing, selected, widen
from contractlang.engine.protocol import DataFault
from contractlang.model.expression import Key, Number
from contractlang.model.heads import Pay, Tiers
from contractlang.model.lists import Scale, ScaleKind, Step

if TYPE_CHECKING:
    from contractlang.engine.duck.ledger import Ledger

Exact = dict[int, Fraction]


def open_book(ledger: Ledger, table: str) -> Book:
    """The book of a table: its accepted rows carry the amounts of heads that price at once, NULL in rows they do not pay."""
    accepted = ledger.acceptor.accepted(table)
    book = Book(accepted, accepted.relation, heads=heads_of(ledger, table), quantities=ledger.quantities.get(table, {}))
    _refuse_multiplied(ledger, book)
    return book


def heads_of(ledger: Ledger, table: str) -> list[Pay]:
    """The heads that pay rows of a table, in the order of settlement."""
    return [head for head in ledger.contract.heads if isinstance(head, Pay) and head.selection.table == table]


def amounts(ledger: Ledger, accepted: Accepted, emitter: Emitter) -> tuple[list[str], list[str]]:
    """Columns for the heads of a table as its rows are judged, and what replaces some of them once they are there.

    They are the amounts of heads that price row by row, and which rows the others pay.
    """
    made: list[str] = []
    then: list[str] = []
    quantities, waiting = ledger.quantities.setdefault(accepted.table.name, {}), late(ledger.contract)
    for number, head in enumerate(heads_of(ledger, accepted.table.name)):
        if head.id in waiting:
            continue
        if not simple(head):
            made.append(f"({pays(head, emitter)}) IS TRUE AS m{number}")
        else:
            columns, unpriced = _columns(quantities, head, number, emitter, accepted.sign)
            made, then = made + columns, then + unpriced
    return made, then


def _columns(
    quantities: dict[str, ratio.Ratio], head: Pay, number: int, emitter: Emitter, sign: str
) -> tuple[list[str], list[str]]:
    """Columns of a head, and what replaces one of them: an amount that is asked for twice in one step is worked out twice."""
    where = pays(head, emitter)
    quantity = emitter.number(head.quantity)
    exact = quantity if head.price is None else ratio.product(quantity, emitter.number(head.price))
    amount = ratio.rounded(exact, head.rounding)
    by = cents(amount.factor) * (-1 if head.charge else 1)
    sql = amount.sql if by == 1 else f"({ratio.sized(amount.sql, amount.bound * abs(by))} * {by})"
    if sign != "1":
        sql = f"({sign} * {sql})"
    top = quantity.sql if sign == "1" else f"({sign} * {quantity.sql})"
    if quantity.den is None:
        quantities[head.id] = quantity
        kept = f"{top} AS q{number}"  # read only where the row has an amount
    else:
        kept = f"CASE WHEN {where} THEN [{top}, {quantity.den}] END AS q{number}"
    if amount.bound * abs(by) >= ratio.SMALL:
        sql = f"CAST({sql} AS BIGINT)"  # raises when a single row is worth more than 92 quadrillion euros
    columns = [f"CASE WHEN {where} THEN {sql} END AS a{number}", kept]
    if pays_all(emitter, head):
        return columns, []
    return [*columns, f"({where}) AS u{number}"], [f"(u{number} AND a{number} IS NULL) AS u{number}"]


def pays_all(emitter: Emitter, head: Pay) -> bool:
    """Whether every accepted row is paid by a head: those without an amount are then told apart by that alone."""
    return simple(head) and emitter.condition(head.selection.where) == "true"


def _refuse_multiplied(ledger: Ledger, book: Book) -> None:
    """A join that multiplied rows would pay them twice."""
    found = ledger.connection.execute(
        f"SELECT (SELECT count(*) FROM {book.relation}) - (SELECT count(*) FROM {book.accepted.loaded.relation})"
    ).fetchone()
    if found and found[0]:
        raise DataFault("ZC805", table=book.accepted.table.name, rows=str(found[0]))


def price_rows(ledger: Ledger, book: Book, pay: Pay) -> None:
    """Price a head row by row that looks at rows which were not judged before these."""
    emitter, number = ledger.emitter(book), book.heads.index(pay)
    made, then = _columns(book.quantities, pay, number, emitter, book.accepted.sign)
    rows = f"SELECT w.*, {', '.join(made)} FROM {book.relation} w {' '.join(emitter.joins)}"
    widen(ledger, book, pay, replacing(then, rows))


def price_groups(ledger: Ledger, book: Book, pay: Pay) -> None:
    """Price a head whose amounts depend on other rows: a grain, a volume, tiers."""
    if pay.tiers is not None and price_tiers(ledger, book, pay):
        return
    emitter = ledger.emitter(book)
    quantity = emitter.number(pay.quantity)
    price = ratio.constant(Fraction(1)) if pay.price is None or pay.tiers else emitter.number(pay.price)
    keys = key_sql(emitter, _keys(pay))
    party = ledger.party(book)
    orders = [f"{order} NULLS LAST" for order in orders_of(emitter, pay.tiers.filled)] if pay.tiers else []
    debit = "w.debit" if book.accepted.credited else "CAST(NULL AS BIGINT)"
    where = selected(ledger, book, pay, emitter)
    recomputed = pay.tiers is not None and pay.tiers.recomputed and book.accepted.credited
    if recomputed:
        orders.insert(0, "(w.debit IS NOT NULL)")  # credits come off the top, after all debits
    parts = [party, *(key.sql for key in keys)]
    select = ["w.n", f"{debit} AS debit", quantity.sql, quantity.den or "1", price.sql, price.den or "1", *parts]
    rows = ledger.connection.execute(
        f"SELECT {', '.join(select)} FROM {book.relation} w {' '.join(emitter.joins)} WHERE {where} "
        f"ORDER BY {', '.join([*orders, 'w.n'])}"
    ).fetchall()
    quantities, prices, groups = _read(rows, quantity, price, recomputed)
    amounts, quantities = _amounts(ledger, pay, quantities, prices, groups)
    debits = {row[0] for row in rows if row[1] is None}
    _store(ledger, book, pay, [(row[0], row[1]) for row in rows], amounts, quantities, debits)


def _keys(pay: Pay) -> tuple[Key, ...]:
    if pay.tiers is not None:
        return pay.tiers.keys
    return pay.volume.keys if pay.volume is not None else pay.per


def _read(
    rows: Sequence[Sequence[Anything]], quantity: ratio.Ratio, price: ratio.Ratio, recomputed: bool
) -> tuple[Exact, Exact, dict[int, tuple[Anything, ...]]]:
    """Quantity, price and group of every row that is priced on its own: debits, and credits that are recomputed."""
    quantities: Exact = {}
    prices: Exact = {}
    groups: dict[int, tuple[Anything, ...]] = {}
    for n, debit, top, bottom, price_top, price_bottom, *parts in rows:
        own = debit is None or (recomputed and debit in quantities)
        if own and top is not None and price_top is not None:
            quantities[n] = Fraction(top, bottom) * quantity.factor * (1 if debit is None else -1)
            prices[n] = Fraction(price_top, price_bottom) * price.factor
            groups[n] = tuple(parts)
    return quantities, prices, groups


def _grouped(groups: dict[int, tuple[Anything, ...]]) -> list[list[int]]:
    found: dict[tuple[Anything, ...], list[int]] = {}
    for n, parts in groups.items():
        found.setdefault(parts, []).append(n)
    return list(found.values())


def _amounts(
    ledger: Ledger, pay: Pay, quantities: Exact, prices: Exact, groups: dict[int, tuple[Anything, ...]]
) -> tuple[Exact, Exact]:
    if pay.tiers is not None:
        return _tiered(ledger.contract.scale(pay.tiers.scale), pay, pay.tiers, quantities, groups), quantities
    if pay.volume is not None:
        quantities = _volumes(pay, quantities, groups)
        if pay.per and pay.per != pay.volume.keys:
            raise DataFault("ZC806", article=pay.article)
    exact = {n: quantities[n] * prices[n] for n in quantities}
    found: Exact = {}
    for rows in _grouped(groups):
        rows = sorted(rows)
        total = round_to(sum((exact[n] for n in rows), Fraction(0)), pay.rounding)
        parts = _in_proportion(cents(total), [exact[n] for n in rows])
        found |= {n: Fraction(part, 100) for n, part in zip(rows, parts, strict=True)}
    return found, quantities


def _in_proportion(total: int, weights: list[Fraction]) -> list[int]:
    if sum(weights) == 0:
        return [0] * len(weights)
    return allocate(total, weights)


def _volumes(pay: Pay, quantities: Exact, groups: dict[int, tuple[Anything, ...]]) -> Exact:
    assert pay.volume is not None
    least = pay.volume.at_least.value if isinstance(pay.volume.at_least, Number) else None
    found: Exact = {}
    for rows in _grouped(groups):
        total = sum((quantities[n] for n in rows), Fraction(0))
        rounded = round_to(total, pay.volume.rounding)
        if least is not None and total > 0:
            rounded = max(rounded, least)
        for n in rows:
            found[n] = quantities[n] * rounded / total if total else quantities[n]
    return found


def _tiered(scale: Scale, pay: Pay, tiers: Tiers, quantities: Exact, groups: dict[int, tuple[Anything, ...]]) -> Exact:
    found: Exact = {}
    for rows in _grouped(groups):  # rows were fetched in the order in which they fill the scale
        if scale.kind is ScaleKind.EACH_SLICE:
            used = Fraction(0)
            for n in rows:
                ends = [round_to(slices(scale, at), pay.rounding) for at in (used, used + quantities[n])]
                found[n] = ends[1] - ends[0]
                used += quantities[n]
        else:
            step = reached(scale, sum((quantities[n] for n in rows), Fraction(0)))
            if step is not None:
                found |= {n: round_to(quantities[n] * step.value, pay.rounding) for n in rows}
    return found


def slices(scale: Scale, at: Fraction) -> Fraction:
    """The integral of the rates from the origin to a volume."""
    origin = scale.measured_from or Fraction(0)
    total = Fraction(0)
    for step in scale.steps:
        ends = []
        for end in (at, origin):
            end = end if step.low is None else max(end, step.low)
            ends.append(end if step.high is None else min(end, step.high))
        total += step.value * (ends[0] - ends[1])
    return total


def reached(scale: Scale, at: Fraction) -> Step | None:
    """The step in which a volume lies."""
    for step in scale.steps:
        low = step.low is None or (at >= step.low if scale.lower_included else at > step.low)
        high = step.high is None or (at < step.high if scale.lower_included else at <= step.high)
        if low and high:
            return step
    return None


def _store(
    ledger: Ledger, book: Book, pay: Pay, rows: list[tuple[int, int | None]], amounts: Exact, quantities: Exact, debits: set[int]
) -> None:  # fmt: skip
    """Add the amounts of a head to its book; a credit has minus the amount of its debit."""
    sign = -1 if pay.charge else 1
    found = {n: sign * cents(amount) for n, amount in amounts.items()}
    shares = {n: quantities[n] for n in found}
    for n, debit in rows:
        if debit is None or n in found:
            continue
        if debit in found:
            found[n], shares[n] = -found[debit], -shares[debit]
        elif debit not in debits:
            found[n], shares[n] = 0, Fraction(0)
    number = book.heads.index(pay)
    book.fractions[pay.id] = shares
    selected = [n for n, _ in rows]
    connection, temporary = ledger.connection, f"g_{book.relation}_{number}"
    connection.execute(
        f"CREATE TABLE {temporary} AS SELECT {given('BIGINT')} AS n, {given('BIGINT')} AS a",
        [selected, [found.get(n) for n in selected]],
    )
    marked = f"g.a AS a{number}, g.n IS NOT NULL AND g.a IS NULL AS u{number}"
    widen(ledger, book, pay, f"SELECT w.*, {marked} FROM {book.relation} w LEFT JOIN {temporary} g ON g.n = w.n")
    connection.execute(f"DROP TABLE {temporary}")
