"""One amount on its way to the statement."""

from __future__ import annotations

from msgspec import Struct

from contractlang.model.heads import Head
from contractlang.statement.figures import money
from contractlang.statement.model import PostPart, Step


class Entry(Struct, frozen=True):
    """An amount in cents (None: people decide it) of a head, for a party and a settlement period."""

    of: Head
    party: str | None
    period: str
    amount: int | None
    quantity: str | None = None  # as the statement shows it
    unit: str | None = None
    rows: int | None = None
    note: str | None = None
    steps: tuple[Step, ...] = ()

    def post(self) -> PostPart:
        """The post as the statement shows it."""
        return PostPart(
            article=self.of.article,
            head=self.of.id,
            party=self.party,
            period=self.period,
            amount=None if self.amount is None else money(self.amount),
            quantity=self.quantity,
            unit=self.unit,
            rows=self.rows,
            note=self.note,
            derivation=self.steps,
        )
