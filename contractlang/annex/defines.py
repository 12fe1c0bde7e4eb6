"""Definitions, indicators and reports."""

from __future__ import annotations

from collections.abc import Iterator

from contractlang.annex.conditions import condition
from contractlang.annex.distribution import distribute_clauses
from contractlang.annex.env import Env
from contractlang.annex.figures import unit_words
from contractlang.annex.keys import per
from contractlang.annex.steps import told
from contractlang.annex.values import phrase
from contractlang.base.units import NUMBER
from contractlang.model.contract import Define
from contractlang.model.heads import Report
from contractlang.report.document import Block, Clause, Clauses, Heading, Paragraph, as_name
from contractlang.report.numbers import day


def definitions(env: Env) -> Iterator[Block]:
    """Every definition that is a figure or a condition; what an index comes to stands with the index."""
    own = {index.name for index in env.contract.indexes}
    listed = [define for define in env.contract.defines if define.name not in own]
    if listed:
        yield Heading(env.say("definitions"))
        yield Clauses(tuple(_define(define, env.group(define.keys)) for define in listed))


def _define(define: Define, env: Env) -> Clause:
    key = "define" if define.keys else "define.one"
    said = {"name": as_name(define.name), "per": per(define.keys, env, phrase)}
    steps: tuple[str, ...] = ()
    if define.condition is not None:
        return Clause(env.say(f"{key}.condition", condition=condition(define.condition, env), **said))
    assert define.value is not None
    value, steps = told(define.value, env)
    notes = "".join(f" {note}" for note in _notes(define, env))
    text = env.say(f"{key}.steps" if steps else key, value=value, **said)
    return Clause(f"{text}{notes}", steps)


def _notes(define: Define, env: Env) -> Iterator[str]:
    """What is said of a definition beside its value."""
    name = as_name(define.name)
    if define.indicator:
        yield env.say("define.indicator", name=name)
    if define.percent:
        yield env.say("define.percent", name=name)
    elif define.unit != NUMBER:
        yield env.say("define.unit", name=name, unit=unit_words(define.unit, env))
    if define.estimate:
        yield env.say("define.estimate", name=name)
    if define.missing != "error":  # that the settlement stops is said once, for all
        yield env.say(f"define.missing.{define.missing}", name=name)


def reports(env: Env) -> Iterator[Block]:
    """Every report: its figures, by what, as of when, and what it proposes."""
    if env.contract.reports:
        yield Heading(env.say("reports"))
    for report in env.contract.reports:
        inside = env.group(report.keys)
        yield Heading(env.say("report", name=as_name(report.name), title=report.title), 3)
        yield Paragraph(_when(report, inside))
        if report.shows:
            yield Clauses(tuple(_shows(report, inside)))
        if report.shares is not None:
            yield Paragraph(env.say("report.shares"))
            yield Clauses(tuple(distribute_clauses(report.shares, env)))


def _when(report: Report, env: Env) -> str:
    parts = [env.say("report.as_of_statement")]
    if report.as_of is not None:
        parts = [env.say("report.as_of", day=day(report.as_of, env.language))]
    if report.every is not None:
        parts.append(env.say("report.every", every=env.say(f"every.{report.every.value}")))
    if report.proposes is not None:
        name, first = report.proposes
        parts.append(env.say("report.proposes", name=as_name(name), day=day(first, env.language)))
    if report.shows:
        parts.append(env.say("report.shown", per=per(report.keys, env, phrase)))
    return " ".join(parts)


def _shows(report: Report, env: Env) -> Iterator[Clause]:
    for show in report.shows:
        value, steps = told(show.value, env)
        text = env.say("report.figure.steps" if steps else "report.figure", title=show.title, value=value)
        if show.percent:
            text = f"{text} {env.say('report.percent')}"
        elif show.unit not in ("", "€", "%"):
            text = f"{text} {env.say('report.unit', unit=show.unit)}"
        yield Clause(text, steps)
