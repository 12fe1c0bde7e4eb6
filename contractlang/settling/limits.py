"""Ceilings: the room of every scope, transfers between scopes, and what the engine then cuts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from contractlang.base.calendar import finer
from contractlang.base.exact import CENT, Mode, Rounding, cents, round_to
from contractlang.engine.protocol import DataFault, Group, KeyPart, Room, ScopeSum, Use
from contractlang.model.expression import Expression, Key, KeyValue, Number
from contractlang.model.heads import Filled, FreedRoom, Limit, Transfer
from contractlang.settling.booked import Booked
from contractlang.settling.derivation import derive
from contractlang.settling.evaluate import Evaluator, Manner
from contractlang.settling.part import last_period, share
from contractlang.settling.point import Absent, Point, scope_text, text
from contractlang.statement.figures import figure
from contractlang.statement.model import Step

TO_CENTS = Rounding(Mode.HALF_AWAY, CENT)
UNLIMITED = Room(None)


class Ceiling(Struct, frozen=True):
    """A ceiling of one scope as it worked: its own amount, room moved to it (negative: from it), what became of it."""

    limit: Limit
    point: Point
    amount: int | None
    moved: int
    use: Use
    cuts: tuple[tuple[str, int], ...] = ()  # over amounts without rows: settlement periods with what is cut in each

    @property
    def room(self) -> int | None:
        """What could be paid: the own amount with the room moved; None is unlimited."""
        return None if self.amount is None else self.amount + self.moved


def apply_limit(evaluator: Evaluator, limit: Limit) -> list[Ceiling]:
    """Ask the engine what fills each scope, give each its room, and have it filled. Raises DataFault ZC810, ZC820."""
    if limit.filled is Filled.AS_A_WHOLE:
        return _as_a_whole(evaluator, limit)
    sums = evaluator.engine.scopes(limit)
    own = _amounts(evaluator, limit, sums)
    moved = _transfers(evaluator, limit, limit.transfer, sums, own) if limit.transfer else {}
    extra = _unlined(evaluator, limit)
    if extra and not limit.unlined:
        raise DataFault("ZC820", article=limit.article, head="limit over amounts without rows")
    rooms = {group: _room(own[group], moved.get(group, 0) - extra.get(group, 0)) for group in sums}
    uses = dict(evaluator.engine.fill(limit, rooms))
    for group, amount in extra.items():
        if group in uses:
            uses[group] = replace(uses[group], counted=uses[group].counted + amount, paid=uses[group].paid + amount)
    named = ((group, Point.of(group, limit.keys)) for group in sorted(uses, key=lambda group: [text(v) for v in group]))
    return [Ceiling(limit, point, own[group], moved.get(group, 0), uses[group]) for group, point in named]


def _room(amount: int | None, moved: int) -> Room:
    return UNLIMITED if amount is None else Room(amount + moved)


def _amounts(evaluator: Evaluator, limit: Limit, sums: Collection[Group]) -> dict[Group, int | None]:
    """The ceiling of every scope with rows, and of those that take part in a transfer without having any."""
    found: dict[Group, int | None] = {}
    for group in sums:
        amount = own_amount(evaluator, limit, Point.of(group, limit.keys))
        if amount is None and not limit.unlimited:
            point = Point.of(group, limit.keys)
            raise DataFault("ZC810", article=limit.article, scope=scope_text(point))
        found[group] = amount
    if limit.transfer is not None:
        position = _position(limit, limit.transfer)
        for group in sums:
            for value in limit.transfer.order:
                other: Group = (*group[:position], value, *group[position + 1 :])
                if other not in found:
                    found[other] = own_amount(evaluator, limit, Point.of(other, limit.keys))
    return found


def own_amount(evaluator: Evaluator, limit: Limit, point: Point) -> int | None:
    """Cents of the ceiling of a scope, for the part of its period in the term, rounded half away from zero."""
    term = evaluator.contract.term
    value = evaluator.number(limit.amount, point, Manner(limit.changed, limit.part_year, tolerant=limit.unlimited))
    if value is None:
        return None
    return cents(round_to(value * share(point.period(term), point.window(term), limit.part_year), TO_CENTS))


def amount_steps(evaluator: Evaluator, limit: Limit, point: Point) -> tuple[Step, ...]:
    """How the ceiling of a scope came about, for its derivation; none for an amount that stands in the contract."""
    if isinstance(limit.amount, Number):
        return ()
    steps = derive(evaluator, limit.amount, point, Manner(limit.changed, limit.part_year))
    term = evaluator.contract.term
    part = share(point.period(term), point.window(term), limit.part_year)
    return steps if part == 1 else (*steps, Step(key="part_of_period", figures={"share": figure(part)}))


# --- transfers -----------------------------------------------------------------------------------------------------


def _position(limit: Limit, transfer: Transfer) -> int:
    """Where the key between whose values room moves stands in a group; the party stands first."""
    for index, key in enumerate(limit.keys):
        if key.name == transfer.key:
            return index + 1
    raise DataFault("ZC821", figure=limit.article, key=transfer.key)


def _transfers(
    evaluator: Evaluator,
    limit: Limit,
    transfer: Transfer,
    sums: Mapping[Group, ScopeSum],
    own: Mapping[Group, int | None],
) -> dict[Group, int]:
    """Cents moved to each scope (negative: from it), between scopes that differ only in the key of the transfer."""
    position = _position(limit, transfer)
    families: dict[tuple[KeyPart, ...], list[Group]] = {}
    for group in own:
        families.setdefault((*group[:position], *group[position + 1 :]), []).append(group)
    moved: dict[Group, int] = {}
    for family in families.values():
        known = [group for group in family if own[group] is not None]
        known.sort(key=lambda group: _rank(transfer, group[position]))
        moved |= _within_family(evaluator, limit, known, sums, own)
    return moved


def _rank(transfer: Transfer, value: KeyPart) -> tuple[int, str]:
    """Receivers take in the written order; values that it does not name come after, by name."""
    name = text(value)
    return (transfer.order.index(name) if name in transfer.order else len(transfer.order), name)


def _within_family(
    evaluator: Evaluator,
    limit: Limit,
    family: Sequence[Group],
    sums: Mapping[Group, ScopeSum],
    own: Mapping[Group, int | None],
) -> dict[Group, int]:
    assert limit.transfer is not None
    short: dict[Group, int] = {}
    spare: dict[Group, int] = {}
    for group in family:
        amount = own[group] or 0
        left = amount - _demand(limit, sums.get(group))
        point = Point.of(group, limit.keys)
        if left < 0:
            short[group] = _at_most(evaluator, -left, amount, limit.transfer.receives, point)
        elif left > 0:
            spare[group] = _at_most(evaluator, left, amount, limit.transfer.gives, point)
    pool = sum(spare.values())
    moved: dict[Group, int] = {}
    for group, lack in short.items():
        moved[group] = min(lack, pool)
        pool -= moved[group]
    to_take = sum(moved.values())
    for group, room in spare.items():
        moved[group] = -min(room, to_take)
        to_take += moved[group]
    return moved


def _demand(limit: Limit, scope: ScopeSum | None) -> int:
    """What would fill the scope: with room that stays empty after a credit, as if no negative row existed."""
    if scope is None:
        return 0
    return scope.positive if limit.freed_room is FreedRoom.STAYS_EMPTY else scope.counted


def _at_most(evaluator: Evaluator, amount: int, own: int, part: Expression | None, point: Point) -> int:
    """`amount`, at most a share of the own ceiling when one is written."""
    if part is None:
        return amount
    of_own = evaluator.number(part, point)
    if of_own is None:
        raise DataFault("ZC812", figure="transfer", scope=scope_text(point))
    return min(amount, cents(round_to(Fraction(own, 100) * of_own, TO_CENTS)))


# --- ceilings that cut no rows ---------------------------------------------------------------------------------


def _unlined(evaluator: Evaluator, limit: Limit) -> dict[Group, int]:
    """Cents per scope that no row carries: of the base articles, and of what stands on top of them by then."""
    return {group: sum(parts.values()) for group, parts in _unlined_parts(evaluator, limit).items()}


def _unlined_parts(evaluator: Evaluator, limit: Limit) -> dict[Group, dict[str, int]]:
    """The same by the settlement period in which each amount falls due."""
    term = evaluator.contract.term
    found: dict[Group, dict[str, int]] = {}
    for entry in evaluator.booked:
        if entry.article not in limit.base and not (entry.article in limit.after and set(entry.base) & set(limit.base)):
            continue
        try:
            parts = found.setdefault(entry.point.project(limit.keys, term).group, {})
        except Absent as absent:
            raise DataFault("ZC821", figure=entry.article, key=absent.name) from absent
        for period, amount in entry.parts:
            parts[period] = parts.get(period, 0) + (-amount if limit.charges else amount)
    return found


def _cuts(parts: Mapping[str, int], room: int | None) -> tuple[tuple[str, int], ...]:
    """What a ceiling cuts in each settlement period: up to the end of every period no more is paid than the room."""
    if room is None:
        return ()
    found, counted, paid = [], 0, 0
    for period in sorted(parts):
        counted += parts[period]
        allowed = min(counted, room)
        found.append((period, parts[period] - (allowed - paid)))
        paid = allowed
    return tuple((period, cut) for period, cut in found if cut)


def _book(evaluator: Evaluator, limit: Limit, one: Ceiling) -> None:
    """Note what a ceiling as a whole cuts: in the last settlement period, or in each in which it cuts amounts without rows."""
    contract, sign = evaluator.contract, 1 if limit.charges else -1
    cuts = one.cuts or ((last_period(one.point.window(contract.term), contract.settle), one.use.cut),)
    told = any(key.every is not None and finer(key.every, contract.settle) for key in limit.keys)
    settled = Key(contract.settle.value, KeyValue(contract.settle.value), contract.settle)
    for period, cut in cuts:
        point = one.point
        if one.cuts and not told:  # so that it can be asked for that period
            point = Point(point.party, (*point.keys, settled), (*point.values, period))
        evaluator.booked.append(Booked(limit.id, limit.article, limit.base, point, sign * cut, ((period, sign * cut),)))


def _as_a_whole(evaluator: Evaluator, limit: Limit) -> list[Ceiling]:
    """A ceiling over the amount of each scope: rows, amounts without rows, what stands on top. Books each cut."""
    sums = {} if limit.rowless else evaluator.engine.scopes(limit)
    extra = _unlined(evaluator, limit)
    scopes = sorted({*sums, *extra}, key=lambda group: [text(value) for value in group])
    own = _amounts(evaluator, limit, scopes)
    rooms = {group: _room(own[group], 0) for group in sums}
    uses = {} if limit.rowless else dict(evaluator.engine.fill(limit, rooms))
    if extra and limit.above is not None:
        raise DataFault("ZC820", article=limit.article, head="limit by scale over amounts without rows")
    found = []
    parts = _unlined_parts(evaluator, limit) if limit.rowless else {}
    for group in scopes:
        use, room = uses.get(group, Use(0, 0, 0, None, 0)), own[group]
        if group in extra:
            counted = use.counted + extra[group]
            paid = counted if room is None else min(counted, room)
            use = replace(use, counted=counted, paid=paid, cut=counted - paid)
        found.append(Ceiling(limit, Point.of(group, limit.keys), room, 0, use, _cuts(parts.get(group, {}), room)))
    for one in found:
        _book(evaluator, limit, one)
    return found
