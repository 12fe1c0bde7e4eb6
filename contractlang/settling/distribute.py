"""Divide an amount over claimants, step by step, to the cent.

One operation with one set of laws: what is handed out and what is left add up to the amount, nobody gets more than a cap,
and who has no claim gets nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from contractlang.base.exact import Rounding, cents, round_to
from contractlang.engine.protocol import DataFault, KeyPart
from contractlang.model.heads import Claims, Distribute, LeftOver, ShareOf, ShareStep
from contractlang.settling.booked import Reserved
from contractlang.settling.evaluate import STRICT, Evaluator, Manner
from contractlang.settling.groups import points
from contractlang.settling.point import Point, scope_text, text
from contractlang.statement.figures import money
from contractlang.statement.model import SharePart

NOTHING = Fraction(0)


class Claim(Struct, frozen=True):
    """A claimant with an exact weight or amount, the most that it may get in cents, and its place in a tie."""

    name: str
    weight: Fraction
    cap: int | None
    rank: tuple[Fraction, str]


class Part(Struct, frozen=True):
    """Cents that a step of a distribution gives a name (None: the reserve; rest: left with the payer)."""

    head: str
    article: str
    point: Point
    step: int
    to: str | None
    amount: int
    left: bool = False


def distribute(evaluator: Evaluator, head: Distribute, manner: Manner = STRICT) -> list[Part]:
    """What everyone gets of every amount of the head. Raises DataFault ZC812, ZC830, ZC831, ZC832.

    A report asks in a tolerant manner: what cannot be known yet is not proposed.
    """
    found: list[Part] = []
    for point in points(evaluator, [head.amount], head.keys):
        value = evaluator.number(head.amount, point, manner)
        if value is None and manner.tolerant:
            continue
        if value is None:
            raise DataFault("ZC812", figure=f"article {head.article}", scope=scope_text(point))
        found += _steps(evaluator, head, point, cents(round_to(value, Rounding(head.rounding.mode, Fraction(1, 100)))))
    return found


def _steps(evaluator: Evaluator, head: Distribute, point: Point, whole: int) -> list[Part]:
    if whole < 0:
        raise DataFault("ZC830", article=head.article, scope=scope_text(point))
    left, found = whole, []
    for number, step in enumerate(head.steps, start=1):
        given = _step(evaluator, head, step, point, whole, left)
        put_by = sum(amount for name, amount in given if name is None)
        if put_by:
            evaluator.reserved.append(Reserved(head.article, point, put_by))
        found += [Part(head.id, head.article, point, number, name, amount) for name, amount in given]
        left -= sum(amount for _, amount in given)
    if left and head.left_over is LeftOver.ERROR:
        raise DataFault("ZC832", article=head.article, scope=scope_text(point), amount=str(Fraction(left, 100)))
    if left:
        found.append(Part(head.id, head.article, point, len(head.steps) + 1, None, left, left=True))
    return found


def _step(
    evaluator: Evaluator, head: Distribute, step: ShareStep, point: Point, whole: int, left: int
) -> list[tuple[str | None, int]]:
    if step.claims is not None:
        return _claimed(evaluator, head, step, step.claims, point, left)
    assert step.amount is not None
    value = evaluator.number(step.amount, point)
    if value is None:
        raise DataFault("ZC812", figure=f"article {head.article}", scope=scope_text(point))
    of = {ShareOf.WHOLE: Fraction(whole, 100), ShareOf.LEFT: Fraction(left, 100)}.get(step.of, Fraction(1))
    asked = cents(round_to(value * of, head.rounding))
    return [(None if step.reserve else step.to, max(0, min(asked, left)))]


def _claimed(
    evaluator: Evaluator, head: Distribute, step: ShareStep, claims: Claims, point: Point, left: int
) -> list[tuple[str | None, int]]:
    known = _claims(evaluator, claims, point)
    if step.of is ShareOf.AMOUNT:
        asked = {one.name: cents(round_to(one.weight, head.rounding)) for one in known}
        total = sum(asked.values())
        if total <= left:
            return [(name, amount) for name, amount in asked.items() if amount]
    if left and not any(one.weight > 0 for one in known):
        raise DataFault("ZC831", article=head.article, scope=scope_text(point))
    shares = in_proportion(left, known, head.rounding)
    return [(one.name, shares[one.name]) for one in known if one.weight > 0 or one.cap is not None]


def _claims(evaluator: Evaluator, claims: Claims, point: Point) -> list[Claim]:
    """The claimants of a step for a group, in the order in which they stand."""
    sources = [claims.weight] + ([claims.first] if claims.first is not None else [])
    members: list[KeyPart] = []
    for one in points(evaluator, sources, (claims.key,)):
        if one.values[0] is not None and one.values[0] not in members:
            members.append(one.values[0])
    found = []
    for member in members:
        own = Point(point.party, (*point.keys, claims.key), (*point.values, member))
        weight = evaluator.number(claims.weight, own) or NOTHING
        if weight < 0:
            raise DataFault("ZC833", name=text(member), weight=str(weight))
        rank = None if claims.first is None else evaluator.number(claims.first, own)
        cap = None if claims.cap is None else evaluator.number(claims.cap, own)
        most = None if cap is None else max(0, cents(Fraction(int(cap * 100), 100)))
        last = rank is None
        found.append(Claim(text(member), weight, most, (Fraction(10**18) if last else rank or NOTHING, text(member))))
    return sorted(found, key=lambda claim: claim.rank)


def in_proportion(amount: int, claims: Sequence[Claim], rounding: Rounding) -> dict[str, int]:
    """`amount` cents in proportion to the weights; what a cap holds back goes to the others in proportion.

    Every share is rounded as written; the cents that rounding leaves (or takes too many) go one by one to (from) the
    largest (smallest) remainder, ties in the order of the claimants, never above a cap.
    """
    exact = _exact(amount, claims)
    shares = {name: cents(round_to(value / 100, rounding)) for name, value in exact.items()}
    caps = {claim.name: claim.cap for claim in claims}
    rest = round_down(sum(exact.values(), NOTHING)) - sum(shares.values())
    while rest:
        sign = 1 if rest > 0 else -1
        open_to = [c.name for c in claims if sign < 0 or caps[c.name] is None or shares[c.name] < (caps[c.name] or 0)]
        open_to = [name for name in open_to if exact[name] > 0]
        if not open_to:
            break
        chosen = max(open_to, key=lambda name: sign * (exact[name] - shares[name]))
        shares[chosen] += sign
        rest -= sign
    return shares


def _exact(amount: int, claims: Sequence[Claim]) -> dict[str, Fraction]:
    """Exact cents for every claimant: those whose share is above their cap get the cap, the others share the rest."""
    found = {claim.name: NOTHING for claim in claims}
    open_to, left = [claim for claim in claims if claim.weight > 0], Fraction(amount)
    while open_to:
        total = sum((claim.weight for claim in open_to), NOTHING)
        above = [c for c in open_to if c.cap is not None and left * c.weight / total > c.cap]
        if not above:
            for claim in open_to:
                found[claim.name] = left * claim.weight / total
            break
        for claim in above:
            found[claim.name] = Fraction(claim.cap or 0)
        left -= sum(claim.cap or 0 for claim in above)
        open_to = [claim for claim in open_to if claim not in above]
    return found


def round_down(value: Fraction) -> int:
    """Whole cents of an exact sum of cents."""
    return value.numerator // value.denominator


def share_part(one: Part) -> SharePart:
    """A part of a distribution as the statement shows it."""
    return SharePart(
        article=one.article,
        head=one.head,
        party=one.point.party,
        scope=one.point.named(),
        step=one.step,
        to=one.to,
        left=one.left,
        amount=money(one.amount),
    )
