"""Keys of groups in words: `per client_id and per calendar year of care_from`."""

from __future__ import annotations

from collections.abc import Callable

from contractlang.annex.env import Env
from contractlang.base.calendar import Every
from contractlang.model.expression import Cell, Day, DecidingDate, Expression, Key, KeyValue, PeriodOf, Role
from contractlang.report.document import as_name

Say = Callable[[Expression, Env], str]


def per(keys: tuple[Key, ...], env: Env, say: Say) -> str:
    """`per a and per b`; the whole term when there are no keys. `say` words the value of a key."""
    named = [key_words(key, env, say) for key in keys if key.every is not Every.TERM]
    text = env.say("per", keys=env.say("per.and").join(named)) if named else ""
    if len(named) == len(keys) and named:
        return text
    whole = env.say("per.term")
    return env.say("per.both", per=text, term=whole) if text else whole


def standing(every: Every, env: Env) -> Role | None:
    """The role of the date that a period follows when nothing else is said, for the rows at hand."""
    table = env.of()
    known = set() if table is None else {one.role for one in table.deciding}
    order = (Role.YEAR, Role.PERIOD) if every is Every.YEAR else (Role.PERIOD, Role.YEAR)
    return next((role for role in order if role in known), None)


def key_words(key: Key, env: Env, say: Say) -> str:
    """One key: a name, or a kind of period and the date that it follows."""
    if key.every is None:
        if isinstance(key.value, KeyValue) or key.value == Cell(key.name):
            return as_name(key.name)
        return env.say("key.other", name=as_name(key.name), value=say(key.value, env))
    every = env.say(f"every.{key.every.value}")
    match key.value:
        case PeriodOf(Day(), Every.TERM) | KeyValue():
            return every
        case PeriodOf(DecidingDate(role), _) if role is standing(key.every, env):
            return every
        case PeriodOf(day, _):
            return env.say("key.every_of", every=every, day=say(day, env))
        case _:
            return env.say("key.every_of", every=every, day=say(key.value, env))
