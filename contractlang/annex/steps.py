"""A value as steps in their order, when it takes several: what each does to the outcome of the one before it."""

from __future__ import annotations

from contractlang.annex.conditions import condition
from contractlang.annex.env import Env
from contractlang.annex.figures import rounded
from contractlang.annex.kinds import converted, kind_of
from contractlang.annex.values import inner, is_share, operation, phrase, right_side
from contractlang.base.units import NUMBER
from contractlang.model.expression import (
    Arithmetic,
    Choice,
    Condition,
    Exponential,
    Expression,
    Number,
    Operation,
    Rounded,
    Scaled,
)
from contractlang.report.document import as_name

FEW = 1  # a value of so many steps stands within its sentence


def told(value: Expression, env: Env) -> tuple[str, tuple[str, ...]]:
    """A value as a noun phrase without steps, or as steps without a phrase."""
    steps = _steps(value, env)
    return (phrase(value, env), ()) if len(steps) <= FEW + 1 else ("", tuple(steps))


def _steps(value: Expression, env: Env) -> list[str]:
    match value:
        case Arithmetic() if not converted(value, env):
            before, step = _arithmetic(value, env)
            return [*_steps(before, env), step]
        case Rounded(of, rounding, share):
            said = rounded(rounding, kind_of(of, env).unit, share, env)
            return [*_steps(of, env), env.say("step.rounded", rounded=said)]
        case Scaled(of, scale):
            return [*_steps(of, env), env.say("step.scaled", scale=as_name(scale))]
        case Exponential(of, rounding):
            said = rounded(rounding, NUMBER, False, env)
            return [*_steps(of, env), env.say("step.exponential", rounded=said)]
        case Choice(((when, then),), otherwise):
            guarded = _guarded(when, then, otherwise, env)
            if guarded is not None:
                return guarded
    return [env.say("step.take", value=phrase(value, env))]


def _arithmetic(value: Arithmetic, env: Env) -> tuple[Expression, str]:
    """What the step works on, and the step."""
    if value.operation is Operation.MULTIPLY:
        for share, base in ((value.left, value.right), (value.right, value.left)):
            if is_share(share) and not isinstance(base, Number):
                return base, env.say("step.percent_of", share=phrase(share, env))
    return value.left, env.say(f"step.{operation(value)}", right=right_side(value, env, last=True))


def _guarded(when: Condition, then: Expression, otherwise: Expression | None, env: Env) -> list[str] | None:
    """A step that is only taken under a condition; None when this is a choice between two values of their own."""
    said = condition(when, env)
    if otherwise is None:
        return [*_steps(then, env), env.say("step.only_if", condition=said)]
    if isinstance(then, Arithmetic) and not converted(then, env):
        before, step = _arithmetic(then, env)
        if before == otherwise:
            return [*_steps(before, env), env.say("step.guarded", condition=said, step=step[:1].lower() + step[1:])]
    if isinstance(then, Number) and then.value == 0:
        return [*_steps(otherwise, env), env.say("step.nil", condition=said, nil=inner(then, env))]
    return None
