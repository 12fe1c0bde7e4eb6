"""The data: columns, the dates that decide, credits, made tables, and the rejections in order with their reason."""

from __future__ import annotations

from collections.abc import Iterator

from contractlang.annex.conditions import condition
from contractlang.annex.env import Env
from contractlang.annex.values import dates, rows
from contractlang.model.expression import Selection
from contractlang.model.tables import Attribution, Column, Credit, Kind, Rung, Spread, Table
from contractlang.report.document import Block, Clause, Clauses, Heading, Paragraph, as_name
from contractlang.report.document import Table as Grid
from contractlang.report.numbers import exact


def tables(env: Env) -> Iterator[Block]:
    """Every table of the contract, also those that are made from others."""
    if env.contract.tables:
        yield Heading(env.say("data"))
    for table in env.contract.tables:
        inside = env.rows_of(table.name)
        yield Heading(env.say("table", name=as_name(table.name)), 3)
        if not table.made:
            yield _columns(table, inside)
        yield Clauses((*_made(table, inside), *_facts(table, inside)))
        if not table.made:
            yield from _rejects(table, inside)


def _made(table: Table, env: Env) -> Iterator[Clause]:
    if table.spread is not None:
        yield from _spread(table.spread, env)
    if table.attribution is not None:
        yield from _attribution(table.attribution, env)


def _columns(table: Table, env: Env) -> Grid:
    body = tuple((as_name(one.name), _holds(one, env), _empty(one, env), _headings(one)) for one in table.columns)
    headers = tuple(env.say(key) for key in ("column", "holds", "if_empty", "headings"))
    return Grid(headers, (False,) * 4, body)


def _holds(column: Column, env: Env) -> str:
    codes = ", ".join(env.say("text", value=one) for one in column.codes)
    word = env.say(f"word.{column.word}", codes=codes)
    if column.words:
        said = [
            env.say("word.when", word=env.say(f"word.{one}", codes=""), condition=condition(when, env))
            for when, one in column.words
        ]
        word = "; ".join(said)
    if column.per == "each":
        word = env.say("word.each", word=word)
    elif column.per:
        word = env.say("word.per", word=word, unit=env.say(f"base.{column.per}"))
    if column.kind is not Kind.NUMBER:
        return word
    key = f"decimals.{column.decimals}" if column.decimals < 2 else "decimals"
    return word + env.say(key, n=str(column.decimals))


def _written_in(column: Column, env: Env) -> str:
    """What a number of the column counts, as its cells are written."""
    return (
        env.say(f"word.{column.word}", codes="")
        if column.word in ("euro", "hours", "minutes", "days", "dayparts")
        else ""
    )


def _empty(column: Column, env: Env) -> str:
    return env.say(f"empty.{column.empty.value}") if column.used else env.say("empty.unused")


def _headings(column: Column) -> str:
    return ", ".join(as_name(one) for one in column.headings if one != column.name)


def _facts(table: Table, env: Env) -> Iterator[Clause]:
    if table.aliases:
        yield Clause(env.say("table.aliases", names=env.names(table.aliases)))
    if table.file is not None:
        yield Clause(env.say("table.file", file=as_name(table.file)))
    yield Clause(env.say("table.paid" if table.paid else "table.unpaid"))
    for deciding in table.deciding:
        yield Clause(env.say(f"decides.{deciding.role.value}", date=dates(deciding.role, env)))
    if table.present is not None:
        first, last = (as_name(name) for name in table.present)
        yield Clause(env.say("table.present", first=first, last=last))
    if table.key is not None and not table.made:
        yield Clause(env.say("table.key", column=as_name(table.key)))
    if table.party is not None:
        yield Clause(env.say("table.party", column=as_name(table.party)))
    elif env.contract.parties.provider is None and env.contract.parties.separately:
        yield Clause(env.say("table.no_party"))
    if table.submitted is not None:
        yield Clause(env.say("table.submitted", column=as_name(table.submitted)))
    if table.credit is not None:
        yield from _credit(table.credit, env)


def _credit(credit: Credit, env: Env) -> Iterator[Clause]:
    said = {
        "condition": condition(credit.when, env),
        "key": as_name(credit.key),
        "reference": as_name(credit.reference),
        "matched": env.names(credit.matched),
    }
    yield Clause(env.say("credit", **said))
    yield Clause(env.say("credit.paid"))
    yield Clause(env.say("credit.lost"))


def _rejects(table: Table, env: Env) -> Iterator[Block]:
    name = as_name(table.name)
    yield Heading(env.say("rejects", name=name), 3)
    if not table.rejects:
        yield Paragraph(env.say("rejects.none", name=name))
        return
    yield Paragraph(env.say("rejects.order", name=name))
    rules = [env.say("rejects.rule", reason=one.reason, condition=condition(one.when, env)) for one in table.rejects]
    yield Clauses(tuple(Clause(rule) for rule in rules))


def _spread(spread: Spread, env: Env) -> Iterator[Clause]:
    which = rows(Selection(spread.table, spread.where), env)
    yield Clause(env.say("spread", rows=which, over=env.say(f"every.{spread.over.value}")))
    yield Clause(env.say(f"counted.{spread.counted.value}"))
    person = "" if spread.person is None else as_name(spread.person)
    yield Clause(env.say(f"overlap.{spread.overlap.value}", person=person))


def _attribution(made: Attribution, env: Env) -> Iterator[Clause]:
    said = {"person": as_name(made.person), "candidate": as_name(made.candidate)}
    yield Clause(env.say("attribution", **said), tuple(_rung(rung, env) for rung in made.rungs))
    yield Clause(env.say("ties.latest" if made.latest else "ties.name"))
    place, step, score = (as_name(name) for name in made.names)
    yield Clause(env.say("attribution.names", place=place, step=step, score=score))


def _rung(rung: Rung, env: Env) -> str:
    which = rows(Selection(rung.table, rung.where), env)
    column = "" if rung.column is None else as_name(rung.column)
    text = env.say("rung.sum" if column else "rung.rows", column=column, rows=which)
    if rung.least <= 0:
        return f"{text} {env.say('rung.some')}"
    summed = None if rung.column is None else env.contract.table(rung.table).column(rung.column)
    least = exact(rung.least, env.language) + (f" {_written_in(summed, env)}" if summed is not None else "")
    return f"{text} {env.say('rung.least', least=least)}"
