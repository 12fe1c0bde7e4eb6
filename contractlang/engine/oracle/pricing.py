"""What the rows of an article are worth, as the docstring of `contractlang.model.heads.Pay` says it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from contractlang.base.exact import round_to
from contractlang.engine.oracle.interpret import Interpreter
from contractlang.engine.oracle.ledger import Priced
from contractlang.engine.oracle.row import Row, in_order, whole_cents
from contractlang.engine.oracle.scales import by_slices, step_reached
from contractlang.engine.protocol import Group
from contractlang.model.expression import Key
from contractlang.model.heads import Order, Pay, Tiers, Volume
from contractlang.model.lists import Scale, ScaleKind

Amounts = dict[Row, Fraction]
ONE = Fraction(1)


def price(pay: Pay, of: Interpreter) -> Priced:
    """Cents and quantity of every selected row; a row without quantity or price is unpriced.

    Debits (all rows that are not paired credits) are priced first. A credit then has minus the amount of its debit,
    or, when tiers are recomputed, takes its quantity off the top of what its group has come to.
    """
    selected = of.selected(pay.selection)
    debits = [row for row in selected if row.debit is None]
    quantities, prices = _quantities_and_prices(pay, debits, of)
    if pay.volume is not None:
        quantities = _volumes(pay.volume, quantities, of)
    if pay.tiers is not None and pay.tiers.recomputed:
        quantities |= {row: -quantities[row.debit] for row in selected if row.debit in quantities}
    if pay.tiers is None:
        exact = {row: quantities[row] * prices[row] for row in quantities}
        amounts = _rounded(pay, exact, of)
    else:
        amounts = _tiered(pay, pay.tiers, quantities, of)
    amounts = {row: -amount if pay.charge else amount for row, amount in amounts.items()}
    cents = {row: whole_cents(amount) for row, amount in amounts.items()}
    debited = set(debits)
    for row in selected:
        if row.debit is None or row in cents:
            continue
        if row.debit in cents:
            cents[row], quantities[row] = -cents[row.debit], -quantities[row.debit]
        elif row.debit not in debited:  # the article does not pay the debit, so there is nothing to take back
            cents[row], quantities[row] = 0, Fraction(0)
    unpriced = frozenset(row for row in selected if row not in cents)
    return Priced(pay, cents, quantities, unpriced)


def _quantities_and_prices(pay: Pay, debits: list[Row], of: Interpreter) -> tuple[Amounts, Amounts]:
    """Quantity and price of the rows that have both. No price: the quantity is the amount. Tiers are the price."""
    quantities: Amounts = {}
    prices: Amounts = {}
    for row in debits:
        quantity = of.number(pay.quantity, row)
        one_price = ONE if pay.price is None or pay.tiers is not None else of.number(pay.price, row)
        if quantity is not None and one_price is not None:
            quantities[row], prices[row] = quantity, one_price
    return quantities, prices


def _groups(rows: Sequence[Row], keys: tuple[Key, ...], of: Interpreter) -> list[list[Row]]:
    """The rows by group; a party is settled on its own, so it is part of every group."""
    groups: dict[Group, list[Row]] = {}
    for row in rows:
        groups.setdefault(of.group(row, keys), []).append(row)
    return list(groups.values())


def _volumes(volume: Volume, quantities: Amounts, of: Interpreter) -> Amounts:
    """The rounded volume of each group, divided over its rows in proportion to their quantities.

    The least volume holds for a group that has a volume above zero; a group of zero stays zero.
    """
    found: Amounts = {}
    for rows in _groups(list(quantities), volume.keys, of):
        total = sum((quantities[row] for row in rows), Fraction(0))
        rounded = round_to(total, volume.rounding)
        if volume.at_least is not None and total > 0:
            least = of.number(volume.at_least, rows[0])
            rounded = rounded if least is None else max(rounded, least)
        for row in rows:
            found[row] = quantities[row] * rounded / total if total else quantities[row]
    return found


def _rounded(pay: Pay, exact: Amounts, of: Interpreter) -> Amounts:
    """Exact amounts rounded per grain: per row; per group when the article says so or prices a volume as a whole."""
    keys = pay.per or (pay.volume.keys if pay.volume is not None else None)
    if keys is None:
        return {row: round_to(amount, pay.rounding) for row, amount in exact.items()}
    found: Amounts = {}
    for rows in _groups(list(exact), keys, of):
        total = round_to(sum((exact[row] for row in rows), Fraction(0)), pay.rounding)
        parts = in_proportion(whole_cents(total), [exact[row] for row in rows])
        found |= {row: Fraction(part, 100) for row, part in zip(rows, parts, strict=True)}
    return found


def in_proportion(total: int, weights: Sequence[Fraction]) -> list[int]:
    """Cents divided in proportion to weights; the cents that are left go to the largest remainders, ties to the first.

    Weights that sum to zero divide nothing: every part is 0 (the total is then 0 as well).
    """
    whole = sum(weights, Fraction(0))
    if whole == 0:
        return [0 for _ in weights]
    parts: list[int] = []
    remainders: list[Fraction] = []
    for weight in weights:
        share = total * weight / whole
        down = share.numerator // share.denominator
        parts.append(down)
        remainders.append(share - down)
    for _ in range(total - sum(parts)):
        largest = remainders.index(max(remainders))
        parts[largest] += 1
        remainders[largest] -= 1
    return parts


def _tiered(pay: Pay, tiers: Tiers, quantities: Amounts, of: Interpreter) -> Amounts:
    """Amounts by a scale over the volume of each group, its rows in the order in which they fill it."""
    scale = of.contract.scale(tiers.scale)
    exact: Amounts = {}
    found: Amounts = {}
    for rows in _groups(list(quantities), tiers.keys, of):
        rows = sorted(rows, key=lambda row: (row.debit is not None, order_of(tiers.filled, row, of), row.number))
        if scale.kind is ScaleKind.EACH_SLICE:
            before = Fraction(0)
            for row in rows:
                after = before + quantities[row]
                low, high = by_slices(scale, before), by_slices(scale, after)
                exact[row] = high - low
                found[row] = round_to(high, pay.rounding) - round_to(low, pay.rounding)
                before = after
        else:
            exact |= _whole_volume(scale, rows, quantities)
    if scale.kind is ScaleKind.EACH_SLICE and not pay.per:
        return found
    return _rounded(pay, exact, of)


def _whole_volume(scale: Scale, rows: list[Row], quantities: Amounts) -> Amounts:
    """Everything at the rate of the step that the whole volume reaches; no amounts when it reaches none."""
    if scale.kind is not ScaleKind.WHOLE_VOLUME:
        raise ValueError(f"scale {scale.name} gives no price by volume")
    reached = step_reached(scale, sum((quantities[row] for row in rows), Fraction(0)))
    return {} if reached is None else {row: quantities[row] * reached.value for row in rows}


def order_of(orders: tuple[Order, ...], row: Row, of: Interpreter) -> list[tuple[int, object]]:
    """What a row is ordered by: values, or the row number; an empty value comes last."""
    tables = [table.name for table in of.contract.tables]
    number = (tables.index(row.table.name), row.number)  # rows of several tables: in the order of the contract
    return [(0, number) if order.by is None else in_order(of.value(order.by, row)) for order in orders]
