"""Ceilings over the rows of a settlement: their scopes, the order of the rows, and what each row loses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec.structs import replace

from contractlang.base.calendar import Every, label
from contractlang.engine.oracle.filling import Ceiling, Item, Outcome, as_a_whole, fill_in_order, fill_in_proportion
from contractlang.engine.oracle.interpret import Interpreter
from contractlang.engine.oracle.ledger import Ledger, divide
from contractlang.engine.oracle.pricing import order_of
from contractlang.engine.oracle.row import Row
from contractlang.engine.protocol import Group, Room, ScopeSum, Use
from contractlang.model.expression import Role
from contractlang.model.heads import Filled, LateRow, Limit, Outside

Place = tuple[object, ...]


def scopes(limit: Limit, ledger: Ledger, of: Interpreter) -> Mapping[Group, ScopeSum]:
    """The scopes with rows, and what fills their ceilings after the limits before this one."""
    found: dict[Group, ScopeSum] = {}
    for group, items in _by_scope(limit, ledger, of).items():
        counted = [item.amount for item in items.values() if _counts(limit, item)]
        outside = sum(item.amount for item in items.values() if item.outside)
        found[group] = ScopeSum(sum(counted), sum(amount for amount in counted if amount > 0), outside)
    return found


def fill(limit: Limit, rooms: Mapping[Group, Room], ledger: Ledger, of: Interpreter) -> Mapping[Group, Use]:
    """Fill the room of every scope and write what each row loses to the ledger (nothing when filled as a whole)."""
    based = ledger.based(limit)
    cuts: dict[tuple[str, Row], int] = {}
    found: dict[Group, Use] = {}
    for group, items in _by_scope(limit, ledger, of).items():
        room = rooms[group].amount
        counted = [item for item in items.values() if _counts(limit, item)]
        total = sum(item.amount for item in counted)
        if room is None:
            found[group] = Use(total, total, 0, None, 0)
            continue
        above = None if limit.above is None else of.contract.scale(limit.above)
        ceiling = Ceiling(limit, max(0, room), above)
        if limit.filled is Filled.AS_A_WHOLE:
            paid = as_a_whole(ceiling, list(items.values()))
            found[group] = Use(total, paid, total - paid, None, 0)
            continue
        filled = fill_in_order if limit.filled is Filled.IN_ORDER else fill_in_proportion
        outcome = filled(ceiling, list(items.values()))
        found[group] = _later(limit, items.values(), _use(counted, outcome))
        cuts |= _cuts(items, outcome, based)
    ledger.cuts[limit.id] = {at: -cut for at, cut in cuts.items()} if limit.charges else cuts
    return found


def _counts(limit: Limit, item: Item) -> bool:
    return not item.outside or limit.outside_counts is not Outside.NOT_COUNTED


def _later(limit: Limit, items: Iterable[Item], use: Use) -> Use:
    """The use with what is dated after the day on which the room was used up, when the limit speaks of delivery."""
    reached = use.reached_on
    if limit.delivery is None or reached is None:
        return use
    later = [item for item in items if item.day is not None and item.day > reached]
    outside = sum(item.amount for item in later if item.outside)
    return replace(use, later=sum(item.amount for item in later) - outside, later_outside=outside)


def _use(counted: list[Item], outcome: Outcome) -> Use:
    total = sum(item.amount for item in counted)
    paid = sum(outcome.paid[item] for item in counted)
    rows_cut = sum(1 for item in counted if item.amount > 0 and outcome.paid[item] < item.amount)
    return Use(total, paid, total - paid, outcome.reached_on, rows_cut)


def _cuts(
    items: Mapping[Row, Item], outcome: Outcome, based: Mapping[Row, dict[str, int]]
) -> dict[tuple[str, Row], int]:
    """What each head loses on each row; a credit gives back exactly what its debit lost."""
    cuts: dict[tuple[str, Row], int] = {}
    for row, item in items.items():
        if item.debit is None:
            parts = divide(outcome.paid[item], based[row])
            cuts |= {(head, row): amount - parts[head] for head, amount in based[row].items()}
    for row, item in items.items():
        if item.debit is not None and row.debit is not None:
            cuts |= {(head, row): -cuts[head, row.debit] for head in based[row] if (head, row.debit) in cuts}
    return cuts


def _by_scope(limit: Limit, ledger: Ledger, of: Interpreter) -> dict[Group, dict[Row, Item]]:
    """The rows of each scope, as items in the order in which they are filled.

    A credit belongs to the scope of its debit and is outside when that is.
    """
    based = ledger.based(limit)
    places = {row: _place(limit, row, of) for row in based}
    for row in based:
        if row.debit is not None and row.debit in places:  # at the cells of its debit, but never before it
            places[row] = max(places[row], (*places[row.debit], 1))
    found: dict[Group, dict[Row, Item]] = {}
    for row in sorted(based, key=lambda row: places[row]):
        standing = row.debit or row
        scope = found.setdefault(of.group(standing, limit.keys), {})
        named = limit.outside_table in (None, row.table.name)
        outside = limit.outside is not None and named and of.holds(limit.outside, standing)
        debit = None if row.debit is None else scope.get(row.debit)
        scope[row] = Item(sum(based[row].values()), outside, debit, _day(limit, row, of))
    return found


def _place(limit: Limit, row: Row, of: Interpreter) -> Place:
    """Where a row stands: by month of receipt when late rows take what is left, then as written, then by row number."""
    months: list[tuple[int, str]] = []
    if limit.late_row is LateRow.TAKES_LEFT:
        received = of.decides(row, Role.RECEIPT)
        months = [(1, "") if received is None else (0, label(received, Every.MONTH))]
    tables = [table.name for table in of.contract.tables]
    return (*months, *order_of(limit.order, row, of), (tables.index(row.table.name), row.number))


def _day(limit: Limit, row: Row, of: Interpreter) -> date | None:
    """The day by which a row is ordered: the first of the ordering values that is a day."""
    for order in limit.order:
        value = None if order.by is None else of.value(order.by, row)
        if isinstance(value, date):
            return value
    return None
