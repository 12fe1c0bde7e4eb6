"""What every row got from every head: prices by article, cuts by ceiling."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction

from msgspec import Struct, field

from contractlang.engine.oracle.row import Row
from contractlang.model.heads import Limit, Pay


class Priced(Struct, frozen=True):
    """What one head that pays made of its rows: cents and the quantity priced, and the rows that it cannot price."""

    pay: Pay
    amounts: dict[Row, int]
    quantities: dict[Row, Fraction]
    unpriced: frozenset[Row]


class Ledger(Struct):
    """Prices in the order of the heads; cuts in cents by limit, then by (head that pays, row)."""

    priced: dict[str, Priced] = field(default_factory=dict)
    cuts: dict[str, dict[tuple[str, Row], int]] = field(default_factory=dict)

    def of_articles(self, articles: Collection[str]) -> list[Priced]:
        """What the heads of these articles priced, in the order of the heads."""
        return [one for one in self.priced.values() if one.pay.article in articles and one.pay.earns]

    def left(self, pay: Pay, row: Row, limits: Iterable[str] | None = None) -> int:
        """Cents of a head for a row after these limits; after all that have been filled when none are named."""
        counted = self.cuts if limits is None else limits
        cut = sum(self.cuts.get(limit, {}).get((pay.id, row), 0) for limit in counted)
        return self.priced[pay.id].amounts[row] - cut

    def based(self, limit: Limit) -> dict[Row, dict[str, int]]:
        """The rows under a limit: cents left by the heads that pay them (or charge, when it limits what is charged)."""
        found: dict[Row, dict[str, int]] = {}
        sign = -1 if limit.charges else 1
        for one in self.of_articles(limit.base):
            for row in one.amounts:
                found.setdefault(row, {})[one.pay.id] = sign * self.left(one.pay, row)
        return found


def divide(paid: int, amounts: dict[str, int]) -> dict[str, int]:
    """What a row is paid, divided over the heads that pay it.

    Negative amounts stand in full; the first head is then paid as far as it goes, then the next, so that a ceiling
    cuts the last head first. The parts sum to `paid`.
    """
    if paid == sum(amounts.values()):
        return dict(amounts)
    left = paid - sum(amount for amount in amounts.values() if amount < 0)
    parts: dict[str, int] = {}
    for head, amount in amounts.items():
        parts[head] = amount if amount < 0 else max(0, min(amount, left))
        left -= max(0, parts[head])
    last = list(amounts)[-1]
    parts[last] += left  # more than the price, by a scale that pays more than the price above the ceiling
    return parts
