"""The end of the annex: order of settlement, examples as they came out, what is open, signatures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from contractlang.annex.env import Env
from contractlang.annex.figures import written
from contractlang.annex.heads import does
from contractlang.annex.opening import provider
from contractlang.annex.outcomes import LaidIn, Worked
from contractlang.base.units import EURO, NUMBER
from contractlang.model.contract import RESERVE, Default, Expectation, GivenFigure, GivenTable, Hole
from contractlang.model.tables import Column, Kind
from contractlang.report.document import (
    Block,
    Clause,
    Clauses,
    Heading,
    Numbered,
    Paragraph,
    Signing,
    Table,
    as_name,
)
from contractlang.report.numbers import count, day, exact
from contractlang.settling.example import Outcome
from contractlang.syntax.numbers import NotANumber, read_date

IN_EUROS = ("article", "total", "submitted_amount", "rejected_amount", "due")


def files(laid: Sequence[LaidIn], env: Env) -> Iterator[Block]:
    """Files beside the contract as tables, with their hash; long ones cut, with the count."""
    for one in laid:
        yield Heading(env.say("file", file=as_name(one.file)), 3)
        parts = [env.say("file.hash", count=count(one.count, env.language), hash=one.sha256)]
        if one.count > len(one.rows):
            shown = count(len(one.rows), env.language)
            parts.append(env.say("file.cut", shown=shown, count=count(one.count, env.language)))
        if not one.all_columns:
            parts.append(env.say("file.columns_cut"))
        yield Paragraph(" ".join(parts))
        yield _cells(one.table, one.header, one.rows, env)


def order(env: Env) -> Iterator[Block]:
    """The order in which heads are settled."""
    items = tuple(
        env.say(
            "order.item" if head.id == head.article else "order.item.id",
            article=head.article,
            id=head.id,
            does=does(head, env),
        )
        for head in env.contract.heads
    )
    if items:
        yield Heading(env.say("order"))
        yield Paragraph(env.say("order.about"))
        yield Numbered(items)


def defaults(env: Env) -> Iterator[Block]:
    """What the language chose where the contract is silent."""
    if env.contract.defaults:
        yield Heading(env.say("defaults"))
        yield Clauses(tuple(Clause(_default(one, env)) for one in env.contract.defaults))


def _default(one: Default, env: Env) -> str:
    choice = env.say(f"default.{one.code}", where=as_name(one.where))
    return choice if one.article is None else env.say("default.at", article=one.article, choice=choice)


def holes(env: Env) -> Iterator[Block]:
    """What is left open, with the line where it stands."""
    yield Heading(env.say("open"))
    if not env.contract.holes:
        yield Paragraph(env.say("open.none"))
        return
    yield Paragraph(env.say("open.about"))
    yield Numbered(tuple(_hole(hole, env) for hole in env.contract.holes))


def _hole(hole: Hole, env: Env) -> str:
    item = env.say("open.item", what=env.say(f"open.what.{hole.code}"), line=str(hole.place.line))
    return env.say("open.in", item=item, file=as_name(hole.framework)) if hole.framework else item


def examples(worked: Sequence[Worked], env: Env) -> Iterator[Block]:
    """Every example: what is given, what was agreed, and what came out."""
    yield Heading(env.say("examples"))
    if not env.contract.examples:
        yield Paragraph(env.say("examples.none"))
        return
    yield Paragraph(env.say("examples.open" if env.contract.holes else "examples.about"))
    for number, one in enumerate(worked, start=1):
        yield Heading(env.say("example", n=str(number), title=one.example.title), 3)
        if one.example.as_of is not None:
            yield Paragraph(env.say("example.as_of", day=day(one.example.as_of, env.language)))
        for figure in one.example.figures:
            yield Paragraph(env.say("example.given", name=as_name(figure.define)))
            yield _figures(figure, env)
        for given in one.example.given:
            yield Paragraph(env.say("example.given", name=as_name(given.table)))
            yield _given(given, env)
        if one.fault:
            yield Paragraph(env.say("example.fault", fault=one.fault))
        yield _outcomes(one, env)
        if not one.holds and not env.contract.holes:
            yield Paragraph(env.say("example.fails"))


def _figures(given: GivenFigure, env: Env) -> Table:
    define = env.contract.define(given.define)
    headers = (*(_period_name(name, env) for name in given.keys), env.say("example.value"))
    body = tuple((*keys, written(value, define.unit, define.percent, env)) for keys, value in given.rows)
    return Table(headers, (False,) * len(given.keys) + (True,), body)


def _period_name(name: str, env: Env) -> str:
    periods = ("day", "week", "month", "quarter", "year", "term")
    return env.say(f"every.{name}") if name in periods else as_name(name)


def _given(given: GivenTable, env: Env) -> Table:
    return _cells(given.table, given.columns, given.rows, env)


def _cells(table: str, names: Sequence[str], rows: Sequence[Sequence[str]], env: Env) -> Table:
    columns = [env.contract.table(table).column(name) for name in names]
    body = tuple(tuple(_cell(text, column, env) for text, column in zip(row, columns, strict=True)) for row in rows)
    right = tuple(column.kind is Kind.NUMBER for column in columns)
    return Table(tuple(as_name(name) for name in names), right, body)


def _cell(text: str, column: Column, env: Env) -> str:
    """A cell as a person writes it; what cannot be read stands as it is, for an example may be about that."""
    if not text:
        return ""
    try:
        if column.kind is Kind.DATE:
            return day(read_date(text), env.language)
        if column.kind is Kind.NUMBER:
            value = Fraction(text)
            money = column.word == "euro"
            return f"{'€ ' if money else ''}{exact(value, env.language, 2 if money else 0)}{' %' if column.percent else ''}"
    except (NotANumber, ValueError):
        return text
    if column.kind is Kind.TRUTH and text in ("yes", "no"):
        return env.say(f"cell.{text}")
    return text


def _outcomes(worked: Worked, env: Env) -> Table:
    found = worked.outcomes or tuple(Outcome(one, None) for one in worked.example.expected)
    body = tuple(
        (
            _what(one.expectation, env),
            _value(one.expectation, one.expectation.value, env),
            _value(one.expectation, one.found, env) if worked.outcomes else "–",
            (env.say("example.yes") if one.holds else env.say("example.no")) if worked.outcomes else "–",
        )
        for one in found
    )
    headers = tuple(env.say(f"example.{key}") for key in ("what", "expected", "found", "holds"))
    return Table(headers, (False, True, True, False), body)


def _what(expected: Expectation, env: Env) -> str:
    key = f"expected.{expected.what}"
    named = as_name(expected.name) if expected.what in ("define", "report", "rejected") else expected.name
    relation, after = expected.after or ("", "")
    text = env.say(f"{key}.{relation}" if relation else key, name=named, after=after)
    if expected.period is not None:
        text = env.say("expected.in", what=text, period=expected.period)
    if expected.key is not None:
        who = env.say("expected.reserve") if expected.key == RESERVE else expected.key
        text = env.say("expected.for", what=text, key=who)
    return text


def _value(expected: Expectation, value: Fraction | str | None, env: Env) -> str:
    if value is None:
        return env.say("example.nothing")
    if isinstance(value, str):
        return env.say("text", value=value)
    if expected.what in IN_EUROS:
        return written(value, EURO, False, env)
    if expected.what == "define":
        define = env.contract.define(expected.name)
        return written(value, define.unit, define.percent, env)
    report = next((one for one in env.contract.reports if one.name == expected.name), None)
    euros = report is not None and (report.shares is not None or report.shows[0].unit == "€")
    return written(value, EURO if euros else NUMBER, expected.percent, env)


def signing(env: Env) -> Iterator[Block]:
    """A place to sign for each party, under the hash of the contract text."""
    yield Heading(env.say("signing"))
    yield Paragraph(env.say("signing.about", hash=env.contract.sha256))
    blanks = tuple((env.say(f"signing.{key}"), "") for key in ("name", "function", "place", "signature"))
    roles = (("payer", env.contract.parties.payer), ("provider", provider(env)))
    yield Signing(
        tuple(((env.say("signing.for", role=env.say(f"signing.role.{role}")), name), *blanks) for role, name in roles)
    )
