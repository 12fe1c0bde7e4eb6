"""Amounts that are divided in steps."""

from __future__ import annotations

from collections.abc import Iterator

from contractlang.annex.env import Env
from contractlang.annex.figures import rounded
from contractlang.annex.keys import key_words, per
from contractlang.annex.pay import capital
from contractlang.annex.values import inner, phrase, rows
from contractlang.base.exact import CENT, Rounding
from contractlang.base.units import EURO
from contractlang.model.expression import ArticleAmount, Measure, Measuring
from contractlang.model.heads import RETURNS, Claims, Distribute, LeftOver, ShareOf, ShareStep
from contractlang.report.document import Clause


def distribute_clauses(head: Distribute, env: Env) -> Iterator[Clause]:
    """What is divided, in which steps, how it is rounded, and what becomes of what nobody may have."""
    inside = env.group(head.keys)
    steps = tuple(_step(step, inside) for step in head.steps)
    yield Clause(env.say("distribute", amount=phrase(head.amount, inside), per=per(head.keys, inside, phrase)), steps)
    yield Clause(env.say("distribute.round", rounded=rounded(head.rounding, EURO, False, env)))
    if not isinstance(head.amount, ArticleAmount):
        cents = Rounding(head.rounding.mode, CENT)
        yield Clause(env.say("distribute.cents", rounded=rounded(cents, EURO, False, env)))
    yield Clause(env.say("distribute.negative"))
    if any(step.claims is not None for step in head.steps):
        yield Clause(env.say("distribute.no_key"))
    earned = ".earned" if head.earned and head.left_over is LeftOver.STAYS else ""
    yield Clause(env.say(f"left_over.{head.left_over.value}{earned}"))
    if head.reserve:
        key = "reserve.returns" if head.reserve == RETURNS else "reserve.to"
        yield Clause(env.say(key, article=head.reserve))


def _step(step: ShareStep, env: Env) -> str:
    if step.claims is not None:
        return _claims(step, step.claims, env)
    to = env.say("share.reserve") if step.reserve else env.say("text", value=step.to)
    amount = "" if step.amount is None else inner(step.amount, env)
    return capital(env.say(f"share.{step.of.value}", to=to, amount=amount))


def _claims(step: ShareStep, claims: Claims, env: Env) -> str:
    own = env.group((*(env.keys or ()), claims.key))
    to = env.say("share.each", key=key_words(claims.key, own, phrase))
    key = "share.rest" if step.of is ShareOf.REST else "share.claim"
    text = env.say(key, to=to, amount=inner(claims.weight, own))
    if claims.cap is not None:
        text += " " + env.say("share.cap", cap=inner(claims.cap, own))
    match claims.first:
        case None:
            text += " " + env.say("share.tie.name")
        case Measure(Measuring.FIRST, selection):
            text += " " + env.say("share.tie.row", rows=rows(selection, own))
        case _:
            text += " " + env.say("share.tie", first=inner(claims.first, own))
    return capital(text)
