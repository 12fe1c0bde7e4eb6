"""Ceilings over the rows of several tables: each table has its plan, the rows of the scopes that bind are put in one order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any as Anything

from contractlang.engine.duck import limit as limits
from contractlang.engine.duck.fill import Entry, fill
from contractlang.engine.duck.ledger import Ledger
from contractlang.engine.duck.plan import Plan, Scope
from contractlang.engine.protocol import Group, Room, ScopeSum, Use
from contractlang.model.heads import Filled, Limit

Placed = tuple[tuple[Anything, ...], Entry]  # where a row stands, and the row


def sums(plans: Sequence[Plan]) -> dict[Group, ScopeSum]:
    """The scopes of all tables together."""
    scopes = _together(plans)
    return {name: ScopeSum(scope.counted, scope.positive, scope.outside) for name, scope in scopes.items()}


def _together(plans: Sequence[Plan]) -> dict[Group, Scope]:
    found: dict[Group, Scope] = {}
    for one in plans:
        for name, scope in one.scopes.items():
            known = found.setdefault(name, Scope(scope.values, 0, 0, 0, 0))
            known.counted += scope.counted
            known.positive += scope.positive
            known.outside += scope.outside
            known.lowest = min(known.lowest, scope.lowest)
    return found


def apply(ledger: Ledger, limit: Limit, plans: Sequence[Plan], rooms: Mapping[Group, Room]) -> dict[Group, Use]:
    """Fill every scope over the rows of all tables, and store what is cut."""
    found: dict[Group, Use] = {}
    binding: list[tuple[Group, int]] = []
    for name, scope in _together(plans).items():
        room = rooms[name].amount
        if limit.filled is Filled.AS_A_WHOLE and room is not None:
            found[name] = limits.whole(ledger, limit, scope, max(0, room))
        elif room is None or scope.positive < room or (scope.positive == 0 and scope.lowest >= 0):
            found[name] = Use(scope.counted, scope.counted, 0, None, 0)
        else:
            binding.append((name, max(0, room)))
    if limit.filled is not Filled.AS_A_WHOLE:
        for one in plans:
            ledger.mark(one.book, limit.id)
    return found | _fill(ledger, limit, plans, binding) if binding else found


def _fill(
    ledger: Ledger, limit: Limit, plans: Sequence[Plan], binding: Sequence[tuple[Group, int]]
) -> dict[Group, Use]:
    """The rows of the scopes that bind, in one order; what each loses is stored with its own table."""
    rows: dict[Group, list[Placed]] = {name: [] for name, _ in binding}
    shares: list[dict[int, Sequence[int | None]]] = [{} for _ in plans]
    for position in range(len(plans)):
        _read(ledger, plans, position, binding, rows, shares[position])
    cuts = [limits.cuts_by_head(ledger, one) for one in plans]
    stored: list[list[tuple[int, int, int]]] = [[] for _ in plans]
    found: dict[Group, Use] = {}
    scale = None if limit.above is None else ledger.contract.scale(limit.above)
    for name, room in binding:
        entries = limits.in_place([entry for _, entry in sorted(rows[name], key=lambda placed: placed[0])])
        reached = fill(limit, scale, room, entries)
        found[name] = limits.later(limit, entries, limits.use(limit, entries, reached))
        for position, one in enumerate(plans):
            own = [_own(entry, len(plans)) for entry in entries if entry.n % len(plans) == position]
            stored[position] += limits.stored(one, own, shares[position], cuts[position])
    for one, lost in zip(plans, stored, strict=True):
        ledger.add_cuts(one.book, limit.id, lost)
    return found


def _own(entry: Entry, tables: int) -> Entry:
    """An entry with the numbers of its rows in their own table."""
    debit = None if entry.debit is None else entry.debit // tables
    return Entry(entry.n // tables, entry.amount, debit, entry.outside, entry.day, entry.paid)


def _read(
    ledger: Ledger, plans: Sequence[Plan], position: int, binding: Sequence[tuple[Group, int]],
    rows: Mapping[Group, list[Placed]], shares: dict[int, Sequence[int | None]],
) -> None:  # fmt: skip
    """The rows of one table, each with where it stands; numbers are made different from those of other tables."""
    made, tables = plans[position], len(plans)
    limit, scopes = made.limit, [(name, room) for name, room in binding if name in made.scopes]
    if not scopes:
        return
    orders = limits.orderings(made)
    numbered = [order.by is None for order in limit.order]
    by_number = [False] * (len(orders) - len(numbered)) + numbered  # before it the month of receipt
    for b, n, amount, debit, outside, day, *rest in limits.rows_of_scopes(ledger, made, scopes, (), orders):
        own, cells = rest[: len(made.heads)], rest[len(made.heads) :]
        shares[n] = own
        place = [
            (False, (position, n)) if number else (cell is None, 0 if cell is None else cell)
            for number, cell in zip(by_number, cells, strict=True)
        ]
        pair = None if debit is None else debit * tables + position
        entry = Entry(n * tables + position, int(amount), pair, outside, day)
        rows[scopes[b][0]].append(((*place, (False, (position, n))), entry))
