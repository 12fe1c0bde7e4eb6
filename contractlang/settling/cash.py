"""What is due in cash: what is earned, less what was paid before, and a floor under it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from msgspec import Struct

from contractlang.base.exact import CENT, Mode, Rounding, cents, round_to
from contractlang.engine.protocol import DataFault
from contractlang.model.expression import Measure
from contractlang.model.heads import Deduct, GuaranteeDue, Head
from contractlang.settling.derivation import derive
from contractlang.settling.evaluate import Evaluator
from contractlang.settling.groups import points
from contractlang.settling.part import last_period
from contractlang.settling.point import Point, scope_text
from contractlang.statement.figures import money
from contractlang.statement.model import Step

TO_CENTS = Rounding(Mode.HALF_AWAY, CENT)


class Cash(Struct, frozen=True):
    """Cents of cash of a head for a party: deducted (negative) or added to what is due."""

    head: Head
    party: str | None
    period: str
    amount: int
    steps: tuple[Step, ...]


def deduct(evaluator: Evaluator, head: Deduct) -> list[Cash]:
    """What was paid before, per group of the head. Raises DataFault ZC812."""
    found: list[Cash] = []
    if isinstance(head.amount, Measure) and not evaluator.measure(head.amount):
        return found  # no payment was made: not the same as a payment of which the amount is missing
    for point in points(evaluator, [head.amount], head.keys):
        met = head.when is None or evaluator.holds(head.when, point)
        amount = -_cents(evaluator, head, point) if met else 0
        steps = derive(evaluator, head.amount, point) if met else (Step(key="condition_not_met"),)
        found.append(_cash(evaluator, head, point, amount, steps))
    return found


def guarantee_due(evaluator: Evaluator, head: GuaranteeDue, due: Mapping[str | None, int]) -> list[Cash]:
    """What each party lacks to the floor under what is due. Raises DataFault ZC812."""
    found = []
    for party in evaluator.parties():
        point = Point(party, (), ())
        if head.when is not None and not evaluator.holds(head.when, point):
            found.append(_cash(evaluator, head, point, 0, (Step(key="condition_not_met"),)))
            continue
        floor, before = _cents(evaluator, head, point), due.get(party, 0)
        amount = max(0, floor - before)
        step = Step(
            key="floor_under_due", figures={"before": money(before), "floor": money(floor), "value": money(amount)}
        )
        found.append(_cash(evaluator, head, point, amount, (step,)))
    return found


def _cents(evaluator: Evaluator, head: Deduct | GuaranteeDue, point: Point) -> int:
    value = evaluator.number(head.amount, point)
    if value is None:
        raise DataFault("ZC812", figure=f"article {head.article}", scope=scope_text(point))
    return cents(round_to(Fraction(value), TO_CENTS))


def _cash(
    evaluator: Evaluator, head: Deduct | GuaranteeDue, point: Point, amount: int, steps: tuple[Step, ...]
) -> Cash:
    window = point.window(evaluator.contract.term)
    group = (Step(key="group", figures=point.named()),) if point.keys else ()
    return Cash(head, point.party, last_period(window, evaluator.contract.settle), amount, (*group, *steps))
