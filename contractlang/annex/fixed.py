"""Amounts that no row carries, and their instalments."""

from __future__ import annotations

from collections.abc import Iterator

from contractlang.annex.env import Env
from contractlang.annex.figures import rounded
from contractlang.annex.keys import per
from contractlang.annex.open import answered
from contractlang.annex.steps import told
from contractlang.annex.values import phrase
from contractlang.base.units import EURO
from contractlang.model.heads import Fixed, Instalments
from contractlang.report.document import Clause
from contractlang.report.numbers import day


def fixed_clauses(head: Fixed, env: Env) -> Iterator[Clause]:
    """The amount, what of it holds for a part of a period, its rounding, and in how many parts it is paid."""
    inside = env.group(head.keys)
    amount, steps = told(head.amount, inside)
    key = "fixed" + (".charge" if head.charge else "") + (".steps" if steps else "")
    yield Clause(env.say(key, per=per(head.keys, inside, phrase), amount=amount), steps)
    yield answered("part_year", head.open, env.say(f"part_year.{head.part_year.value}"), env)
    yield Clause(env.say("round.amount", rounded=rounded(head.rounding, EURO, False, env)))
    if head.instalments is None:
        yield Clause(env.say("instalments.none"))
    else:
        yield from _instalments(head.instalments, env)


def _instalments(parts: Instalments, env: Env) -> Iterator[Clause]:
    number = str(parts.number)
    if parts.days:
        days = env.listed([day(one, env.language) for one in parts.days])
        yield Clause(env.say("instalments.days", number=number, days=days))
    else:
        yield Clause(env.say("instalments.first" if parts.first_day else "instalments.last", number=number))
    yield Clause(env.say("instalments.term"))
    yield Clause(env.say("instalments.cents.first" if parts.cents_first else "instalments.cents.last"))
