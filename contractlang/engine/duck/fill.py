"""Who gets the room of one scope, row by row, on plain integers: for scopes where a ceiling binds and SQL does not suffice."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from msgspec import Struct

from contractlang.base.exact import Mode, Rounding, allocate, round_to
from contractlang.model.heads import Filled, FreedRoom, LastRow, Limit, Outside
from contractlang.model.lists import Scale

CENTS = Rounding(Mode.HALF_AWAY, Fraction(1))


class Entry(Struct):
    """A row of a scope in order: row number, cents, number of the debit that it reverses, outside, its day, what it is paid."""

    n: int
    amount: int
    debit: int | None
    outside: bool
    day: date | None
    paid: int = 0


def paid_above(used: int, room: int, scale: Scale | None) -> Fraction:
    """G(x) = min(x, C) plus rate times length of each slice above C, the edges being shares of C."""
    total = Fraction(min(used, room))
    if scale is None or used <= room:
        return total
    for step in scale.steps:
        low = room + (step.low or 0) * room
        high = Fraction(used) if step.high is None else min(Fraction(used), room + step.high * room)
        total += step.value * max(Fraction(0), high - max(low, Fraction(room)))
    return total


def between(before: int, after: int, room: int, scale: Scale | None) -> int:
    """The difference of the rounded cumulative amounts, so that rows add up to the rounded whole."""
    ends = [round_to(paid_above(used, room, scale), CENTS) for used in (before, after)]
    return (ends[1] - ends[0]).numerator


def fill(limit: Limit, scale: Scale | None, room: int, entries: list[Entry]) -> date | None:
    """Set what every entry is paid; the day on which the room was used up, None when it was not or rows have no day."""
    for entry in entries:
        entry.paid = entry.amount
    counted = [e for e in entries if not e.outside or limit.outside_counts is not Outside.NOT_COUNTED]
    if limit.filled is Filled.IN_PROPORTION:
        _in_proportion(limit, scale, room, counted)
        reached = None
    else:
        reached = _in_order(limit, scale, room, counted)
    paid = {entry.n: entry.paid for entry in entries}
    for entry in entries:
        if entry.debit is not None:
            entry.paid = -paid[entry.debit]
    return reached


def queue(freed_room: FreedRoom, counted: list[Entry]) -> tuple[list[Entry], int]:
    """The entries that stand in the order, and the room that negative rows add beforehand."""
    if freed_room is FreedRoom.LATER_ROWS:
        return counted, 0
    if freed_room is FreedRoom.STAYS_EMPTY:
        return [e for e in counted if e.amount >= 0 and e.debit is None], 0
    numbers = {e.n for e in counted}
    paired = {e.n for e in counted if e.debit is not None}
    paired |= {e.debit for e in counted if e.debit is not None and e.debit in numbers}
    single = [e for e in counted if e.n not in paired]
    return [e for e in single if e.amount >= 0], sum(-e.amount for e in single if e.amount < 0)


def _in_order(limit: Limit, scale: Scale | None, room: int, counted: list[Entry]) -> date | None:
    waiting, freed = queue(limit.freed_room, counted)
    if limit.outside_counts is Outside.FIRST:
        waiting = [e for e in waiting if e.outside] + [e for e in waiting if not e.outside]
    used, stopped, found, reached = -freed, False, False, None
    uses: dict[int, int] = {}
    for entry in waiting:
        left = room - used
        use = entry.amount
        if entry.debit is not None:
            use = -uses[entry.debit]
        elif entry.amount >= 0:
            if not found and entry.amount > 0 and left <= entry.amount:
                found, reached = True, entry.day
            if entry.outside:
                use = max(0, min(entry.amount, left))
            elif scale is not None:
                entry.paid = between(used, used + entry.amount, room, scale)
            else:
                stopped = stopped or (limit.last_row is LastRow.STOP and entry.amount > left)
                entry.paid = use = 0 if stopped else _part(limit.last_row, entry.amount, left)
        uses[entry.n] = use
        used += use
    return reached


def _part(last_row: LastRow, amount: int, left: int) -> int:
    if amount <= left:
        return amount
    return max(0, left) if last_row is LastRow.IN_PART else 0


def _in_proportion(limit: Limit, scale: Scale | None, room: int, counted: list[Entry]) -> None:
    kept = FreedRoom.STAYS_EMPTY if limit.freed_room is FreedRoom.STAYS_EMPTY else FreedRoom.FILLED_AGAIN
    waiting, freed = queue(kept, counted)
    sharing = [e for e in waiting if not e.outside]
    used = min(sum(e.amount for e in waiting if e.outside) - freed, room)
    total = sum(e.amount for e in sharing)
    share = between(used, used + total, room, scale)
    if share != total:
        for entry, part in zip(sharing, allocate(share, [Fraction(e.amount) for e in sharing]), strict=True):
            entry.paid = part


def divide(paid: int, amounts: list[int]) -> list[int]:
    """What a row is paid, over the heads that pay it: negative amounts in full, then the first head as far as it goes."""
    if paid == sum(amounts):
        return list(amounts)
    left = paid - sum(amount for amount in amounts if amount < 0)
    parts = []
    for amount in amounts:
        part = amount if amount < 0 else max(0, min(amount, left))
        left -= max(0, part)
        parts.append(part)
    parts[-1] += left
    return parts
