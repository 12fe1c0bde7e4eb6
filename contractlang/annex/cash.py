"""What is due in cash: deductions, debts, and a floor."""

from __future__ import annotations

from collections.abc import Iterator

from contractlang.annex.conditions import condition
from contractlang.annex.env import Env
from contractlang.annex.figures import written
from contractlang.annex.keys import per
from contractlang.annex.steps import told
from contractlang.annex.values import phrase
from contractlang.base.units import NUMBER
from contractlang.model.heads import Deduct, GuaranteeDue, Recovery, WhenOwed
from contractlang.report.document import Clause


def deduct_clauses(head: Deduct, env: Env) -> Iterator[Clause]:
    """What is taken off what is due, and how a debt is settled."""
    inside = env.group(head.keys)
    amount, steps = told(head.amount, inside)
    key = "deduct.steps" if steps else "deduct"
    yield Clause(env.say(key, per=per(head.keys, inside, phrase), amount=amount), steps)
    if head.when is not None:
        yield Clause(env.say("only_when", condition=condition(head.when, inside)))
    yield from recovery_clauses(head.owed, env)


def recovery_clauses(owed: Recovery, env: Env) -> Iterator[Clause]:
    """How a debt of the provider is settled."""
    if owed.when_owed is WhenOwed.SET_OFF and owed.set_off is not None:
        yield Clause(env.say("owed.set_off.share", share=written(owed.set_off, NUMBER, True, env)))
    else:
        yield Clause(env.say(f"owed.{owed.when_owed.value}"))
    if owed.left_over is not None:
        yield Clause(env.say(f"owed.left.{owed.left_over.value}"))
    if owed.no_interest:
        yield Clause(env.say("owed.no_interest"))


def guarantee_due_clauses(head: GuaranteeDue, env: Env) -> Iterator[Clause]:
    """The floor under what is due."""
    inside = env.group(head.keys)
    amount, steps = told(head.amount, inside)
    yield Clause(env.say("guarantee_due.steps" if steps else "guarantee_due", amount=amount), steps)
    yield Clause(env.say("guarantee_due.per", per=per(head.keys, inside, phrase)))
    if head.when is not None:
        yield Clause(env.say("only_when", condition=condition(head.when, inside)))
