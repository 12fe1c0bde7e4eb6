"""Who gets the room of one scope: the docstrings of `contractlang.model.heads` on ceilings, written out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from msgspec import Struct

from contractlang.base.exact import Mode, Rounding, round_to
from contractlang.engine.oracle.pricing import in_proportion
from contractlang.engine.oracle.scales import paid_up_to
from contractlang.model.heads import FreedRoom, LastRow, Limit, Outside
from contractlang.model.lists import Scale

TO_CENTS = Rounding(Mode.HALF_AWAY, Fraction(1))  # amounts here are in cents


class Item(Struct, eq=False):
    """A row in the order of a ceiling: its cents, whether it is outside, the debit that it reverses, its day."""

    amount: int
    outside: bool
    debit: Item | None
    day: date | None


class Outcome(Struct, frozen=True):
    """Cents paid by item, and the day on which the room was used up (None: never, or an order without days)."""

    paid: dict[Item, int]
    reached_on: date | None = None


class Ceiling(Struct, frozen=True):
    """A limit with its room in cents, and the scale for what is above it."""

    limit: Limit
    room: int
    above: Scale | None

    def counts(self, item: Item) -> bool:
        """Whether an item takes part at all: rows outside that do not count are paid apart from the ceiling."""
        return not item.outside or self.limit.outside_counts is not Outside.NOT_COUNTED

    def step(self, before: int, after: int) -> int:
        """What a row is paid that brings the use from `before` to `after`: the difference of rounded amounts."""
        paid = [
            round_to(paid_up_to(Fraction(used), Fraction(self.room), self.above), TO_CENTS) for used in (before, after)
        ]
        return (paid[1] - paid[0]).numerator


def in_play(ceiling: Ceiling, items: Sequence[Item], freed_room: FreedRoom) -> tuple[list[Item], int]:
    """The items that stand in the order, and the room that is added before filling.

    STAYS_EMPTY: no negative row and no credit stands in it. FILLED_AGAIN: no credit with its debit stands in it, and
    other negative rows are added to the room beforehand. LATER_ROWS: all stand in it.
    """
    counted = [item for item in items if ceiling.counts(item)]
    if freed_room is FreedRoom.LATER_ROWS:
        return counted, 0
    if freed_room is FreedRoom.STAYS_EMPTY:
        return [item for item in counted if item.amount >= 0 and item.debit is None], 0
    paired = {item for item in counted if item.debit is not None} | {item.debit for item in counted if item.debit}
    single = [item for item in counted if item not in paired]
    freed = sum(-item.amount for item in single if item.amount < 0)
    return [item for item in single if item.amount >= 0], freed


def fill_in_order(ceiling: Ceiling, items: Sequence[Item]) -> Outcome:
    """Room to each item in turn. What does not stand in the order is paid in full, a credit what its debit was paid.

    `used` is the use of the room so far. A row uses what it is paid; when something is paid above the ceiling, a row
    uses its whole amount, for its place on the scale. A row outside uses room as long as there is any.
    """
    queue, freed = in_play(ceiling, items, ceiling.limit.freed_room)
    if ceiling.limit.outside_counts is Outside.FIRST:
        queue = [item for item in queue if item.outside] + [item for item in queue if not item.outside]
    paid = {item: item.amount for item in items}
    uses: dict[Item, int] = {}
    used, stopped = -freed, False
    reached: list[Item] = []
    for item in queue:
        left = ceiling.room - used
        if item.debit is not None:
            uses[item] = -uses[item.debit]
        elif item.amount < 0:
            uses[item] = item.amount
        else:
            if item.amount > 0 and left <= item.amount:
                reached.append(item)
            if item.outside:
                uses[item] = max(0, min(item.amount, left))
            elif ceiling.above is not None:
                paid[item] = ceiling.step(used, used + item.amount)
                uses[item] = item.amount
            else:
                stopped = stopped or (ceiling.limit.last_row is LastRow.STOP and item.amount > left)
                paid[item] = 0 if stopped else _of_what_is_left(ceiling.limit.last_row, item.amount, left)
                uses[item] = paid[item]
        used += uses[item]
    for item in items:
        if item.debit is not None:
            paid[item] = -paid[item.debit]
    return Outcome(paid, reached[0].day if reached else None)


def _of_what_is_left(last_row: LastRow, amount: int, left: int) -> int:
    """What a row is paid of the room that is left: all, a part, or nothing when it does not fit."""
    if amount <= left:
        return amount
    return max(0, left) if last_row is LastRow.IN_PART else 0


def fill_in_proportion(ceiling: Ceiling, items: Sequence[Item]) -> Outcome:
    """Every row the same share of its amount, residual cents by largest remainder, ties in the order of the items.

    There is no order, so rows outside that count take their room first (also UNTIL_FULL), and room that is freed for
    later rows is room for all (as FILLED_AGAIN).
    """
    empty = ceiling.limit.freed_room is FreedRoom.STAYS_EMPTY
    play, freed = in_play(ceiling, items, FreedRoom.STAYS_EMPTY if empty else FreedRoom.FILLED_AGAIN)
    paid = {item: item.amount for item in items}
    outside = sum(item.amount for item in play if item.outside)
    sharing = [item for item in play if not item.outside]
    total = sum(item.amount for item in sharing)
    used = _taken_outside(ceiling, outside - freed)
    to_divide = ceiling.step(used, used + total)
    if to_divide != total:
        parts = in_proportion(to_divide, [Fraction(item.amount) for item in sharing])
        paid |= dict(zip(sharing, parts, strict=True))
    for item in items:
        if item.debit is not None:
            paid[item] = -paid[item.debit]
    return Outcome(paid)


def as_a_whole(ceiling: Ceiling, items: Sequence[Item]) -> int:
    """What the rows that count are paid together, credits taken off; no row is cut. Rows outside take room first."""
    outside = sum(item.amount for item in items if item.outside and ceiling.counts(item))
    others = sum(item.amount for item in items if not item.outside)
    used = _taken_outside(ceiling, outside)
    return outside + ceiling.step(used, used + others)


def _taken_outside(ceiling: Ceiling, amount: int) -> int:
    return min(amount, ceiling.room)
