"""The beginning of the annex: parties, term, and how it is to be read."""

from __future__ import annotations

from collections.abc import Iterator

from contractlang.annex.env import Env
from contractlang.annex.figures import rounded
from contractlang.base.units import EURO
from contractlang.model.contract import Framework
from contractlang.report.document import Block, Clause, Clauses, Facts, Heading, Paragraph, Table, as_name
from contractlang.report.numbers import day

RULES = (
    "names", "accepted", "tests", "not_paid", "missing", "exact", "steps", "order", "days", "elapsed", "group", "period", "own", "value", "needed",
)  # fmt: skip


def opening(env: Env) -> Iterator[Block]:
    """Title, parties, term, settlement period, rounding, look-back, hash."""
    contract = env.contract
    days = {"first": day(contract.term.first, env.language), "last": day(contract.term.last, env.language)}
    said = rounded(contract.rounding, EURO, False, env)
    yield Heading(env.say("title", name=contract.name), 1)
    yield Paragraph(env.say("about"))
    yield Heading(env.say("parties"))
    yield Facts(
        (
            (env.say("contract"), contract.name),
            (env.say("version"), contract.version),
            (env.say("payer"), contract.parties.payer),
            (env.say("provider"), provider(env)),
            (env.say("term"), env.say("term.days", **days)),
            (env.say("settle"), env.say("settle.every", every=env.say(f"every.{contract.settle.value}"))),
            (env.say("rounding"), env.say("rounding.row", rounded=said)),
            (env.say("lookback"), _look_back(env)),
            (env.say("hash"), contract.sha256),
            *((env.say("framework"), _framework(one, env)) for one in contract.frameworks),
        )
    )
    if contract.frameworks:
        yield Heading(env.say("terms"))
        yield Paragraph(env.say("terms.about"))
        body = tuple((as_name(one.text), env.say(f"terms.{one.how}")) for one in contract.terms)
        yield Table((env.say("terms.what"), env.say("terms.how")), (False, False), body)


def _framework(one: Framework, env: Env) -> str:
    return env.say("framework.is", name=one.name, version=one.version, file=as_name(one.file), hash=one.sha256)


def provider(env: Env) -> str:
    """Who provides: by name, or everybody whom a column of the data names."""
    parties = env.contract.parties
    if parties.code is not None:
        name, column = parties.provider or "", as_name(parties.column or "")
        return env.say("provider.as", name=name, code=as_name(parties.code), column=column)
    if parties.provider is not None:
        return parties.provider
    column, table = as_name(parties.column or ""), as_name(parties.table or "")
    return env.say("provider.each", column=column, table=table)


def reading(env: Env) -> Iterator[Block]:
    """What the language says of every contract: the rules that no clause repeats."""
    keys = list(RULES)
    if env.contract.parties.provider is None:
        keys.append("separately" if env.contract.parties.separately else "together")
    example = as_name(env.say("reading.name"))
    yield Heading(env.say("reading"))
    yield Clauses(tuple(Clause(env.say(f"reading.{key}", example=example)) for key in keys))


def _look_back(env: Env) -> str:
    back = env.contract.lookback
    if back is None:
        return env.say("lookback.none")
    said = env.say("lookback.quarters", n=str(back.quarters))
    if back.through is not None:
        said = env.say("lookback.through", day=day(back.through, env.language))
    unread = any(one.code == "reopens" for one in env.contract.defaults)
    return env.say("lookback.unread", said=said) if unread else said
