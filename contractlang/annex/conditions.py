"""Conditions as main clauses, a closed match over the conditions of the model."""

from __future__ import annotations

from collections.abc import Sequence

from contractlang.annex.env import Env
from contractlang.annex.kinds import kind_of
from contractlang.model.expression import (
    All,
    Any,
    Cell,
    Compare,
    Condition,
    Day,
    Empty,
    Expression,
    Holds,
    IncludedIn,
    Listed,
    Matched,
    Not,
    Number,
    OneOf,
    Present,
    Relation,
    Repeated,
    Selection,
    StartsWith,
    Unknown,
    Unpaired,
    Within,
    Yes,
)
from contractlang.model.heads import Pay
from contractlang.report.document import as_name
from contractlang.report.numbers import day as day_text


def condition(of: Condition, env: Env, bracket: bool = False, own: bool = False) -> str:
    """A condition as a main clause; `bracket`: in square brackets when it is made of several, so that none is lost.

    Rows that an article includes are named by that article, unless it is the article that says which (`own`).
    """
    includes = () if own else _including(of, env)
    if includes:
        return env.say("included_in", articles=env.articles(includes))
    text = _clause(of, env)
    return f"[{text}]" if bracket and _several_tests(of) else text


def _several_tests(of: Condition) -> bool:
    """Whether the clause joins tests, so that beside another one it needs brackets."""
    match of:
        case All(parts) | Any(parts):
            return len(parts) > 1 and _no(of) is None
        case Not(Compare() | OneOf() | Within()):
            return True
    return False


OPPOSITES = {
    Relation.BELOW: Relation.AT_LEAST,
    Relation.AT_MOST: Relation.ABOVE,
    Relation.ABOVE: Relation.AT_MOST,
    Relation.AT_LEAST: Relation.BELOW,
}
Test = Compare | OneOf | StartsWith | Empty | Unknown | Within | Yes | Repeated | Unpaired
Elsewhere = Listed | Present | Matched | IncludedIn
Joined = Not | All | Any | Holds


def _including(of: Condition, env: Env) -> tuple[str, ...]:
    """The article that includes the rows for which this holds; none for a plain test, which is clear by itself."""
    if not isinstance(of, All | Any | Matched):
        return ()
    found = [
        head.article
        for head in env.contract.heads
        if isinstance(head, Pay) and head.absorbs and head.selection == Selection(env.table or "", of)
    ]
    return tuple(dict.fromkeys(found))


def _clause(of: Condition, env: Env) -> str:
    if isinstance(of, Test):
        return _test(of, env)
    return _elsewhere(of, env) if isinstance(of, Elsewhere) else _joined(of, env)


def _test(of: Test, env: Env) -> str:
    match of:
        case Compare():
            return _compare(of, env)
        case OneOf(value, values):
            return env.say("one_of", value=_value(value, env), values=_texts(values, env))
        case StartsWith(value, prefix):
            return env.say("starts_with", value=_value(value, env), prefix=prefix)
        case Empty(value):
            return env.say("empty" if isinstance(value, Cell) else "missing", value=_value(value, env))
        case Unknown(name):
            column = env.column(name)
            codes = _texts(column.codes, env) if column is not None else ""
            return env.say("unknown", column=as_name(name), codes=codes)
        case Within():
            return _within(of, env, "within")
        case Yes(name):
            return env.say("yes", column=as_name(name))
        case Repeated():
            return _repeated(of, env)
        case Unpaired():
            return env.say("unpaired")


def _elsewhere(of: Elsewhere, env: Env) -> str:
    match of:
        case Listed(value, table, name):
            return env.say("listed", value=_value(value, env), column=as_name(name), table=as_name(table))
        case Present():
            return _present(of, env, "present")
        case Matched():
            return _matched(of, env)
        case IncludedIn(articles):
            return env.say("included_in", articles=env.articles(articles))


def _joined(of: Joined, env: Env) -> str:
    match of:
        case Not(inside):
            return _not(inside, env)
        case All():
            return _all(of, env)
        case Any(parts):
            return _several(parts, "or", "never", env)
        case Holds(name):
            return env.say("holds", define=as_name(name))


def _not(of: Condition, env: Env) -> str:
    """The denial of a test. A test with something empty does not hold, so its denial does: that is said with it."""
    match of:
        case Compare(left, Relation.EQUAL, right) if kind_of(left, env).text:
            return env.say("equal.not", left=_value(left, env), right=_value(right, env))
        case Compare(left, relation, right) if relation in OPPOSITES:
            return _denied(Compare(left, OPPOSITES[relation], right), env)
        case OneOf(value, values):
            return env.say("one_of.not", value=_value(value, env), values=_texts(values, env))
        case Empty(value):
            return env.say("empty.not" if isinstance(value, Cell) else "missing.not", value=_value(value, env))
        case Listed(value, table, name):
            return env.say("listed.not", value=_value(value, env), column=as_name(name), table=as_name(table))
        case Present():
            return _present(of, env, "present.not")
        case Within():
            return _within(of, env, "within.not")
        case Yes(name):
            return env.say("yes.not", column=as_name(name))
        case Holds(name):
            return env.say("holds.not", define=as_name(name))
        case _:
            includes = _including(of, env)
            if includes:
                return env.say("included_in.not", articles=env.articles(includes))
            return env.say("not", condition=_clause(of, env))


def _denied(opposite: Compare, env: Env) -> str:
    """`at least` does not hold where the opposite does, and where something is missing."""
    missing = env.say("denied.either")
    for side, other in ((opposite.left, opposite.right), (opposite.right, opposite.left)):
        if isinstance(other, Number | Day):
            missing = env.say("denied.one", value=_value(side, env))
    return env.say("denied", test=_compare(opposite, env), missing=missing)


def _compare(of: Compare, env: Env) -> str:
    parts = {"left": _value(of.left, env), "right": _value(of.right, env)}
    left, right = kind_of(of.left, env), kind_of(of.right, env)
    if left.day or right.day:
        return env.say(f"day.{of.relation.value}", **parts)
    if left.text and of.relation is Relation.EQUAL:
        return env.say("equal", **parts)
    return env.say(f"number.{of.relation.value}", **parts)


def _present(of: Present, env: Env, key: str) -> str:
    first, last = env.contract.table(of.table).present or ("", "")
    return env.say(
        key, value=_value(of.value, env), column=as_name(of.column), table=as_name(of.table), day=_value(of.on, env),
        first=as_name(first), last=as_name(last),
    )  # fmt: skip


def _matched(of: Matched, env: Env) -> str:
    from contractlang.annex.values import column_words, rows

    pairs = [
        env.say("matched.pair", column=column_words(name, env), value=_value(value, env)) for value, name in of.pairs
    ]
    text = env.say("matched", rows=rows(of.selection, env), pairs=env.listed(pairs))
    if of.on is None:
        return text
    if of.days is not None:
        least, most, column = of.days
        return env.say(
            "matched.days",
            matched=text,
            day=_value(of.on, env),
            least=str(least),
            most=str(most),
            column=as_name(column),
        )
    first, last = env.contract.table(of.selection.table).present or ("", "")
    return env.say("matched.on", matched=text, day=_value(of.on, env), first=as_name(first), last=as_name(last))


def _within(of: Within, env: Env, key: str) -> str:
    days = {"first": day_text(of.first, env.language), "last": day_text(of.last, env.language)}
    return env.say(key, value=_value(of.value, env), **days)


def _repeated(of: Repeated, env: Env) -> str:
    order = env.say("repeated.by", keeping=env.names(of.keeping)) if of.keeping else env.say("repeated.file")
    return env.say("repeated", columns=env.names(of.columns), order=order)


def _all(of: All, env: Env) -> str:
    outside = _outside(of)
    if outside is not None:
        return _within(outside, env, "within.outside")
    no = _no(of)
    if no is not None:
        return env.say("yes.no", column=as_name(no.column))
    return _several(of.of, "and", "always", env)


def _several(parts: Sequence[Condition], between: str, none: str, env: Env) -> str:
    if not parts:
        return env.say(none)
    return env.listed([condition(part, env, bracket=True) for part in parts], between)


def _outside(of: Condition) -> Within | None:
    """`outside term`: filled in, and not within."""
    match of:
        case All((Not(Empty(filled)), Not(Within() as within))) if filled == within.value:
            return within
    return None


def _no(of: Condition) -> Yes | None:
    """`no`: filled in, and not yes."""
    match of:
        case All((Not(Empty(Cell(filled))), Not(Yes() as yes))) if filled == yes.column:
            return yes
    return None


def _texts(values: Sequence[str], env: Env) -> str:
    return ", ".join(env.say("text", value=one) for one in values)


def _value(value: Expression, env: Env) -> str:
    from contractlang.annex.values import inner

    return inner(value, env)
