"""What a settlement comes to, in the pieces that two versions are compared by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TypeVar

from msgspec import Struct

from contractlang.statement.model import Statement

Place = tuple[str, str | None, str]
"""Article, party and settlement period."""
Amounts = dict[Place, Fraction]
Named = tuple[str, str, str | None]
"""`share` of a distribution or `cash`, its article, and who gets it; None for the reserve, or when nobody is named."""

Name = TypeVar("Name")


class Apart(Struct, frozen=True):
    """What no article earns: who gets what of an amount that is divided, and cash that is added or deducted."""

    before: Mapping[Named, Fraction]
    after: Mapping[Named, Fraction]


def amounts_of(statement: Statement) -> Amounts:
    """What a statement comes to by article, party and period."""
    return _summed(
        ((post.article, post.party, post.period), post.amount) for post in statement.posts if post.amount is not None
    )


def apart_of(statement: Statement) -> dict[Named, Fraction]:
    """What names get of what is distributed, and the cash of parties."""
    shares = ((("share", one.article, one.to), one.amount) for one in statement.shares if not one.left)
    cash = ((("cash", one.article, one.party), one.amount) for one in statement.cash)
    return _summed((*shares, *cash))


def _summed(parts: Iterable[tuple[Name, str]]) -> dict[Name, Fraction]:
    found: dict[Name, Fraction] = {}
    for name, amount in parts:
        found[name] = found.get(name, Fraction(0)) + Fraction(amount)
    return found
