"""Values as noun phrases, a closed match over the expressions of the model."""

from __future__ import annotations

from contractlang.annex.conditions import condition
from contractlang.annex.env import Env
from contractlang.annex.figures import rounded, written
from contractlang.annex.keys import key_words, per
from contractlang.annex.kinds import converted, kind_of
from contractlang.base.calendar import Every
from contractlang.base.units import NUMBER
from contractlang.model.expression import (
    Arithmetic,
    ArticleAmount,
    AsOf,
    Cell,
    Choice,
    Counting,
    Day,
    DecidingDate,
    DefineSum,
    DefineValue,
    Elapsed,
    Exponential,
    Expression,
    KeyValue,
    LookUp,
    Measure,
    Measuring,
    Number,
    Operation,
    PartOfPeriod,
    PeriodOf,
    PeriodsIn,
    ReserveOf,
    Role,
    Rounded,
    Scaled,
    Selection,
    Text,
    Weighed,
)
from contractlang.model.heads import Pay
from contractlang.model.tables import DAY, NAME, PERIOD, PRESENT, WHOLE
from contractlang.report.document import as_name
from contractlang.report.numbers import day as day_text

MADE = {PERIOD: "period", DAY: "day", PRESENT: "present", WHOLE: "whole", NAME: "name"}
OPERATIONS = {
    Operation.ADD: "add",
    Operation.SUBTRACT: "subtract",
    Operation.MULTIPLY: "multiply",
    Operation.DIVIDE: "divide",
    Operation.LEAST: "least",
    Operation.GREATEST: "greatest",
}


Leaf = Number | Text | Day | AsOf | Cell | DecidingDate | PeriodOf | Elapsed | PeriodsIn | LookUp | KeyValue
Figure = Measure | DefineValue | DefineSum | ArticleAmount | Weighed | PartOfPeriod | ReserveOf
Worked = Arithmetic | Rounded | Choice | Scaled | Exponential


def phrase(value: Expression, env: Env) -> str:
    """A value as a noun phrase."""
    if isinstance(value, Leaf):
        return _leaf(value, env)
    return _figure(value, env) if isinstance(value, Figure) else _worked(value, env)


def _leaf(value: Leaf, env: Env) -> str:
    match value:
        case Number(_, _, _, True):
            return env.say("open.amount")
        case Number(number, unit, percent):
            return written(number, unit, percent, env)
        case Text(text):
            return env.say("text", value=text)
        case Day(one):
            return day_text(one, env.language)
        case AsOf():
            return env.say("as_of")
        case Cell(column):
            return column_words(column, env)
        case DecidingDate():
            return _deciding(value, env)
        case PeriodOf(day, every):
            return env.say("period_of", every=env.say(f"the_every.{every.value}"), day=inner(day, env))
        case Elapsed() | PeriodsIn():
            return _time(value, env)
        case LookUp():
            return _look_up(value, env)
        case KeyValue(name):
            return _key_value(name, env)


def _figure(value: Figure, env: Env) -> str:
    match value:
        case Measure():
            return _measure(value, env)
        case DefineValue(name):
            return as_name(name)
        case DefineSum(name):
            return _define_sum(name, env)
        case ArticleAmount():
            return _article(value, env)
        case Weighed():
            return _weighed(value, env)
        case PartOfPeriod(by):
            return env.say(f"part.{by}")
        case ReserveOf(article):
            return env.say("reserve_of", article=article)


def _worked(value: Worked, env: Env) -> str:
    match value:
        case Arithmetic():
            return arithmetic(value, env)
        case Rounded(of, rounding, share):
            said = rounded(rounding, kind_of(of, env).unit, share, env)
            return env.say("value_rounded", value=inner(of, env), rounded=said)
        case Choice():
            return _choice(value, env)
        case Scaled(of, scale):
            return env.say("scaled", scale=as_name(scale), value=inner(of, env))
        case Exponential(of, rounding):
            said = rounded(rounding, NUMBER, False, env)
            return env.say("exponential", value=inner(of, env), rounded=said)


def inner(value: Expression, env: Env) -> str:
    """A value within another: in brackets when it is made of several."""
    text = phrase(value, env)
    compound = isinstance(value, Arithmetic | Choice | Rounded | Exponential) and not (
        isinstance(value, Arithmetic) and converted(value, env)
    )
    return f"({text})" if compound else text


def column_words(name: str, env: Env) -> str:
    """A column of the row at hand; those of a spread have no name of the author."""
    return env.say(f"column.{MADE[name]}") if name in MADE else as_name(name)


def rows(selection: Selection, env: Env, own: bool = False) -> str:
    """`the accepted rows of care for which ...`. `own`: in full, also when an article includes just these rows."""
    table = as_name(selection.table)
    if selection.where is None:
        return env.say("rows", table=table)
    return env.say(
        "rows.where",
        table=table,
        condition=condition(selection.where, env.rows_of(selection.table), own=own),
    )


def arithmetic(value: Arithmetic, env: Env) -> str:
    """Two operands within a sentence."""
    if converted(value, env):
        return env.say("in_hours", cell=phrase(value.left, env))
    if value.operation is Operation.MULTIPLY:
        for share, base in ((value.left, value.right), (value.right, value.left)):
            if is_share(share) and not isinstance(base, Number):
                return env.say("percent_of", share=phrase(share, env), base=inner(base, env))
    return env.say(operation(value), left=inner(value.left, env), right=right_side(value, env))


def operation(value: Arithmetic) -> str:
    """The key of an operation; a bound that may be absent is one of its own."""
    bound = value.operation in (Operation.LEAST, Operation.GREATEST)
    return OPERATIONS[value.operation] + (".unbounded" if bound and value.unbounded else "")


def right_side(value: Arithmetic, env: Env, last: bool = False) -> str:
    """The second operand; a percentage added to a percentage is so many percentage points.

    `last`: nothing follows it in its sentence, so that a percentage of something needs no brackets.
    """
    right = value.right
    if value.operation in (Operation.ADD, Operation.SUBTRACT) and isinstance(right, Number) and right.percent:
        number = written(right.value, right.unit, True, env).removesuffix(" %")
        return env.say("points", n=number)
    bare = last and isinstance(right, Arithmetic) and any(is_share(side) for side in (right.left, right.right))
    return phrase(right, env) if bare else inner(right, env)


def is_share(value: Expression) -> bool:
    """Whether a value is a written percentage."""
    return isinstance(value, Number) and value.percent


def _deciding(value: DecidingDate, env: Env) -> str:
    return env.say(f"deciding.{value.role.value}", dates=dates(value.role, env))


def dates(role: Role, env: Env) -> str:
    """The column that decides a role for the rows at hand, or the first of several whose condition holds."""
    table = env.of()
    found = next((one for one in table.deciding if one.role is role), None) if table is not None else None
    parts = []
    for when, date in () if found is None else found.dates:
        said = phrase(date, env)
        if when is not None:
            parts.append(env.say("deciding.when", date=said, condition=condition(when, env)))
        else:
            parts.append(env.say("deciding.else", date=said) if parts else said)
    return "; ".join(parts)


def _time(value: Elapsed | PeriodsIn, env: Env) -> str:
    every = env.say(f"every.{value.every.value}")
    match value:
        case PeriodsIn(first, last, _, counting):
            parts = {"first": inner(first, env), "last": inner(last, env)}
            key = "days" if value.every is Every.DAY and counting is Counting.TOUCHED else counting.value
            return env.say(f"counting.{key}", every=every, **parts)
        case Elapsed(since, on, _, calendar):
            key = "elapsed.calendar" if calendar else f"elapsed.{value.every.value}"
            return env.say(key, every=every, since=inner(since, env), on=inner(on, env))


def _look_up(value: LookUp, env: Env) -> str:
    names = env.contract.lookup(value.lookup).keys
    keys = []
    for name, key in zip(names, value.keys, strict=True):
        if key in (Cell(name), KeyValue(name)):
            keys.append(as_name(name))
        else:
            how = "look_up.text" if isinstance(key, Text) else "look_up.other"
            keys.append(env.say(how, name=as_name(name), value=phrase(key, env)))
    said = as_name(value.lookup)
    text = env.say("look_up.keys", list=said, keys=env.listed(keys)) if keys else env.say("look_up", list=said)
    return text if value.on is None else text + env.say("look_up.on", day=phrase(value.on, env))


def _key_value(name: str, env: Env) -> str:
    key = next((one for one in env.keys or () if one.name == name), None)
    if key is not None and key.every is not None:
        return env.say("key_at_hand.every", every=env.say(f"the_every.{key.every.value}").removeprefix("the "))
    return env.say("key_at_hand", name=as_name(name))


def _choice(value: Choice, env: Env) -> str:
    if len(value.branches) == 1 and value.otherwise is None:
        when, of = value.branches[0]
        return env.say("guarded_value", value=inner(of, env), condition=condition(when, env))
    branches = [
        env.say(
            "choice.next" if index else "choice.branch",
            condition=condition(when, env),
            value=inner(of, env),
        )
        for index, (when, of) in enumerate(value.branches)
    ]
    last = env.say("choice.missing")
    if value.otherwise is not None:
        last = env.say("choice.otherwise", value=inner(value.otherwise, env))
    return env.say("choice", branches="; ".join(branches), otherwise=last)


def _measure(value: Measure, env: Env) -> str:
    inside = env.rows_of(value.selection.table)
    credits = env.contract.table(value.selection.table).credit is not None
    which = rows(value.selection, env)
    match value.measuring:
        case Measuring.SUM:
            assert value.value is not None
            text = env.say("measure.sum", value=inner(value.value, inside), rows=which)
        case Measuring.DIFFERENT:
            parts = [inner(one, inside) for one in value.different]
            key = "measure.different.one" if len(parts) == 1 else "measure.different"
            text = env.say(key, different=env.listed(parts), rows=which)
        case Measuring.FIRST | Measuring.ROWS:
            text = env.say(f"measure.{value.measuring.value}", rows=which)
    if credits and value.measuring in (Measuring.ROWS, Measuring.DIFFERENT):
        text += " " + env.say(f"measure.{value.measuring.value}.credit")
    if value.keys and per(value.keys, inside, phrase) != per(env.keys or (), env, phrase):
        text = env.say("measure.keys", measure=text, per=per(value.keys, inside, phrase))
    own = {key.name for key in value.keys}
    lacking = [key for key in env.keys or () if key.name not in own and key.every is not Every.TERM]
    if lacking:
        names = env.listed([key_words(key, env, phrase) for key in lacking])
        text = env.say("measure.not_by", measure=text, keys=names)
    return text


def _define_sum(name: str, env: Env) -> str:
    have = {key.name for key in env.keys or ()}
    over = [key for key in env.contract.define(name).keys if key.name not in have]
    if not over:
        return env.say("define_sum", define=as_name(name))
    return env.say(
        "define_sum.over",
        define=as_name(name),
        keys=env.listed([key_words(key, env, phrase) for key in over]),
    )


def _article(value: ArticleAmount, env: Env) -> str:
    if value.after:
        text = env.say("article_amount.after", article=value.article, after=env.articles(value.after))
    else:
        text = env.say("article_amount", article=value.article)
    paid = (head for head in env.contract.heads if isinstance(head, Pay) and head.article == value.article)
    table = next((head.selection.table for head in paid), None)
    inside = env if table is None else env.rows_of(table)
    told = per(value.keys, inside, phrase)
    if not value.keys or told == per(env.keys or (), env, phrase):
        return text
    return env.say("measure.keys", measure=text, per=told)


def _weighed(value: Weighed, env: Env) -> str:
    parts = [
        env.say("weighed.part", value=inner(part, env), weight=written(weight, kind_of(part, env).unit, True, env))
        for part, weight in value.parts
    ]
    return env.say(
        "weighed",
        parts=env.listed(parts),
        missing=env.say(f"weighed.missing.{value.missing.value}"),
        all_missing=env.say(f"weighed.all_missing.{value.all_missing.value}"),
    )
