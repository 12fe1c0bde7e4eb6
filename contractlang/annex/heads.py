"""What articles do as sentences, a closed match over the heads of the model."""

from __future__ import annotations

from collections.abc import Iterator

from contractlang.annex.cash import deduct_clauses, guarantee_due_clauses
from contractlang.annex.conditions import condition
from contractlang.annex.distribution import distribute_clauses
from contractlang.annex.env import Env
from contractlang.annex.figures import rounded
from contractlang.annex.fixed import fixed_clauses
from contractlang.annex.keys import per
from contractlang.annex.limits import limit_clauses
from contractlang.annex.pay import pay_clauses
from contractlang.annex.steps import told
from contractlang.annex.values import phrase
from contractlang.base.units import EURO
from contractlang.model.heads import (
    Deduct,
    Distribute,
    Fixed,
    GuaranteeDue,
    Head,
    Limit,
    Manual,
    OnTop,
    Pay,
)
from contractlang.report.document import Clause


def clauses(head: Head, env: Env) -> Iterator[Clause]:
    """The sentences of one head, in the order in which they are to be read."""
    match head:
        case Pay():
            yield from pay_clauses(head, env)
        case Limit():
            yield from limit_clauses(head, env)
        case OnTop():
            yield from _on_top(head, env)
        case Fixed():
            yield from fixed_clauses(head, env)
        case Manual(_, _, text):
            yield Clause(env.say("manual", text=text))
        case Distribute():
            yield from distribute_clauses(head, env)
        case Deduct():
            yield from deduct_clauses(head, env)
        case GuaranteeDue():
            yield from guarantee_due_clauses(head, env)


def does(head: Head, env: Env) -> str:
    """What a head does, in a few words, for the order of settlement."""
    match head:
        case Pay():
            kind = "absorb" if head.absorbs else "advance" if head.advance else "charge" if head.charge else "pay"
            return env.say(f"does.{kind}")
        case Limit(_, _, base):
            return env.say("does.limit", base=env.articles(base))
        case OnTop(_, _, kind, base):
            return env.say(f"does.{kind.value}", base=env.articles(base))
        case Fixed():
            return env.say("does.fixed_charge" if head.charge else "does.fixed")
        case Manual():
            return env.say("does.manual")
        case Distribute():
            return env.say("does.distribute")
        case Deduct():
            return env.say("does.deduct")
        case GuaranteeDue():
            return env.say("does.guarantee_due")


def _on_top(head: OnTop, env: Env) -> Iterator[Clause]:
    inside = env.group(head.keys)
    amount, steps = told(head.amount, inside)
    key = head.kind.value + (".steps" if steps else "")
    text = env.say(key, base=env.articles(head.base), per=per(head.keys, inside, phrase), amount=amount)
    yield Clause(text, steps)
    if head.when is not None:
        yield Clause(env.say("only_when", condition=condition(head.when, inside)))
    yield Clause(env.say("round.amount", rounded=rounded(head.rounding, EURO, False, env)))
