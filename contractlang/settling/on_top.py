"""Amounts that no row carries: fixed sums with their instalments, and amounts on top of a base."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from contractlang.base.calendar import Span
from contractlang.base.exact import CENT, Mode, Rounding, cents, round_to
from contractlang.engine.protocol import DataFault
from contractlang.model.heads import Fixed, OnTop, OnTopKind
from contractlang.settling.booked import Booked
from contractlang.settling.derivation import derive
from contractlang.settling.evaluate import Evaluator
from contractlang.settling.groups import on_top_points, points
from contractlang.settling.part import instalment_days, last_period, share
from contractlang.settling.point import Point, scope_text
from contractlang.statement.figures import figure, money
from contractlang.statement.model import Step

TO_CENTS = Rounding(Mode.HALF_AWAY, CENT)


class Due(Struct, frozen=True):
    """An amount in cents that falls due in one settlement period, with the steps that led to it."""

    head: str
    article: str
    point: Point
    period: str
    amount: int
    steps: tuple[Step, ...]


def book_on_top(evaluator: Evaluator, head: OnTop) -> list[Due]:
    """One amount per group, rounded as written, due in its last settlement period. Raises DataFault ZC812."""
    found: list[Due] = []
    for point in on_top_points(evaluator, head.amount, head.base, head.keys):
        if head.when is not None and not evaluator.holds(head.when, point):
            amount, steps = _nothing()
        else:
            amount, steps = _amount(evaluator, head, point)
        window = point.window(evaluator.contract.term)
        due = _due(evaluator, head, point, window, amount, steps)
        evaluator.booked.append(Booked(head.id, head.article, head.base, point, amount, ((due.period, amount),)))
        found.append(due)
    return found


def _nothing() -> tuple[int, tuple[Step, ...]]:
    """No amount, and said so: a controller must see that the condition was judged."""
    return 0, (Step(key="condition_not_met"),)


def _due(
    evaluator: Evaluator, head: OnTop | Fixed, point: Point, window: Span, amount: int, steps: tuple[Step, ...]
) -> Due:
    group = (Step(key="group", figures=point.named()),) if point.keys else ()
    period = last_period(window, evaluator.contract.settle)
    return Due(head.id, head.article, point, period, amount, (*group, *steps))


def _amount(evaluator: Evaluator, head: OnTop | Fixed, point: Point) -> tuple[int, tuple[Step, ...]]:
    value = evaluator.number(head.amount, point)
    if value is None:
        raise DataFault("ZC812", figure=f"article {head.article}", scope=scope_text(point))
    steps = derive(evaluator, head.amount, point)
    if isinstance(head, Fixed):
        term = evaluator.contract.term
        part = share(point.period(term), point.window(term), head.part_year)
        if part != 1:
            value *= part
            steps = (*steps, Step(key="part_of_period", figures={"share": figure(part), "value": figure(value)}))
    rounded = cents(round_to(round_to(value, head.rounding), TO_CENTS))
    if rounded != value * 100:
        steps = (*steps, Step(key="rounded", figures={"value": money(rounded)}))
    negates = head.charge if isinstance(head, Fixed) else head.kind is OnTopKind.REDUCE
    if negates:
        steps = (*steps, Step(key="taken_off", figures={"value": money(-rounded)}))
    return (-rounded if negates else rounded), steps


def book_fixed(evaluator: Evaluator, head: Fixed) -> list[Due]:
    """A fixed sum per group, in instalments of rounded amounts; the last one makes them sum exactly."""
    found: list[Due] = []
    term = evaluator.contract.term
    for point in points(evaluator, [head.amount], head.keys):
        window = point.window(term)
        if not window.days:
            continue
        amount, steps = _amount(evaluator, head, point)
        dues: list[Due] = []
        days = instalment_days(point.period(term), window, head.instalments)
        each = cents(round_to(round_to(Fraction(amount, 100 * len(days)), head.rounding), TO_CENTS))
        odd = 1 if head.instalments is not None and head.instalments.cents_first else len(days)
        for number, day in enumerate(days, start=1):
            part = amount - each * (len(days) - 1) if number == odd else each
            said = {"number": str(number), "of": str(len(days)), "day": day.isoformat(), "value": money(part)}
            own = (*steps, Step(key="instalment", figures=said)) if len(days) > 1 else steps
            dues.append(_due(evaluator, head, point, Span(day, day), part, own))
        parts = tuple((due.period, due.amount) for due in dues)
        evaluator.booked.append(Booked(head.id, head.article, (), point, amount, parts))
        found += dues
    return found
