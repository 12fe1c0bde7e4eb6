"""Tariffs, lists, scales and indexes: sentences that say how they are read, and their values as tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from contractlang.annex.env import Env
from contractlang.annex.figures import price, rounded, unit_words, written
from contractlang.annex.steps import told
from contractlang.annex.values import rows
from contractlang.base.units import EURO, NUMBER
from contractlang.model.heads import Limit
from contractlang.model.lists import Index, ListFromData, ListRow, Lookup, Range, Scale, ScaleKind, Step
from contractlang.report.document import Block, Clause, Clauses, Heading, Paragraph, Table, as_name
from contractlang.report.numbers import day, exact

Span = tuple[date | None, date | None]


def lists(env: Env) -> Iterator[Block]:
    """Every tariff and list."""
    if env.contract.lookups:
        yield Heading(env.say("lists"))
    for lookup in env.contract.lookups:
        yield Heading(env.say("tariff" if lookup.tariff else "list", name=as_name(lookup.name)), 3)
        yield from _lookup(lookup, env)


def _lookup(lookup: Lookup, env: Env) -> Iterator[Block]:
    sentences = [env.say("list.by", keys=env.names(lookup.keys)) if lookup.keys else env.say("list.one")]
    if lookup.percent:
        sentences.append(env.say("list.unit.percent"))
    elif lookup.unit == NUMBER:
        sentences.append(env.say("list.unit.number"))
    else:
        sentences.append(env.say("list.unit", unit=unit_words(lookup.unit, env)))
    if lookup.data is not None:
        yield Paragraph(" ".join(sentences))
        yield _from_data(lookup, lookup.data, env)
        return
    sentences.append(env.say("list.dated" if lookup.dated else "list.undated"))
    if any(row.value is None and not row.open for row in lookup.rows):
        sentences.append(env.say("list.nothing"))
    yield Paragraph(" ".join(sentences))
    yield _values(lookup, env)


def _from_data(lookup: Lookup, data: ListFromData, env: Env) -> Clauses:
    inside = env.rows_of(data.selection.table)
    value, steps = told(data.value, inside)
    key = "list.data.steps" if steps else "list.data"
    found = [Clause(env.say(key, rows=rows(data.selection, env), value=value), steps)]
    table = env.contract.table(data.selection.table)
    if table.present is not None:
        first, last = (as_name(name) for name in table.present)
        found.append(Clause(env.say("list.data.present", first=first, last=last)))
    else:
        found.append(Clause(env.say("list.data.since" if lookup.dated else "list.undated")))
    return Clauses((*found, Clause(env.say("list.data.twice"))))


def _values(lookup: Lookup, env: Env) -> Table:
    """A row for each combination of keys, a column for each span of days."""
    spans: list[Span] = sorted(
        {(row.first, row.last) for row in lookup.rows}, key=lambda s: (s[0] or date.min, s[1] or date.max)
    )
    grid: dict[tuple[str | Range | None, ...], dict[Span, ListRow]] = {}
    for row in lookup.rows:
        grid.setdefault(row.keys, {})[row.first, row.last] = row
    body = tuple(
        (*(_key(cell, env) for cell in keys), *(_cell(found.get(span), lookup, env) for span in spans))
        for keys, found in grid.items()
    )
    headers = (*(as_name(key) for key in lookup.keys), *(_span(span, env) for span in spans))
    return Table(headers, (False,) * len(lookup.keys) + (True,) * len(spans), body)


def _span(span: Span, env: Env) -> str:
    first, last = (None if one is None else day(one, env.language) for one in span)
    if first is not None and last is not None:
        return env.say("cell.through", first=first, last=last)
    if first is not None:
        return env.say("cell.from", day=first)
    return env.say("cell.always") if last is None else env.say("cell.until", last=last)


def _cell(row: ListRow | None, lookup: Lookup, env: Env) -> str:
    if row is None:
        return ""
    if row.open:
        return env.say("open.amount")
    if row.value is None:
        return env.say("cell.nothing")
    return price(row.value, lookup.unit, lookup.percent, env)


def _key(cell: str | Range | None, env: Env) -> str:
    match cell:
        case None:
            return env.say("cell.empty")
        case Range():
            return _range(cell, env)
        case _:
            return cell


def _range(cell: Range, env: Env) -> str:
    low = None if cell.low is None else exact(cell.low, env.language)
    high = None if cell.high is None else exact(cell.high, env.language)
    below = env.say("range.high" if cell.high_included else "range.high.below", high=high or "")
    above = env.say("range.low" if cell.low_included else "range.low.above", low=low or "")
    if low is not None and high is not None:
        return env.say("range.and", low=above, high=below)
    return above if low is not None else below if high is not None else env.say("range.all")


def scales(env: Env) -> Iterator[Block]:
    """Every scale with its edges in words."""
    if env.contract.scales:
        yield Heading(env.say("scales"))
    for scale in env.contract.scales:
        yield Heading(env.say("scale", name=as_name(scale.name)), 3)
        sentences = [env.say(f"scale.{scale.kind.value}")]
        if scale.measured_from is not None:
            key = "scale.origin.whole" if scale.kind is ScaleKind.WHOLE_VOLUME else "scale.origin"
            sentences.append(env.say(key, origin=_edge_value(scale.measured_from, scale, env)))
        if scale.of_base:
            above = any(isinstance(head, Limit) and head.above == scale.name for head in env.contract.heads)
            sentences.append(env.say("scale.of_base.ceiling" if above else "scale.of_base"))
        if scale.kind in (ScaleKind.STEPWISE, ScaleKind.WHOLE_VOLUME):
            sentences.append(env.say("scale.none"))
        yield Paragraph(" ".join(sentences))
        heads = scale.headings if len(scale.headings) == 2 else (env.say("scale.figure"), env.say("scale.value"))
        body = tuple((_edge(step, scale, env), _step_value(step, scale, env)) for step in scale.steps)
        yield Table((heads[0], heads[1]), (False, True), body)


def _edge(step: Step, scale: Scale, env: Env) -> str:
    """The edges of a step, with the side to which a figure exactly on an edge belongs."""
    low = "" if step.low is None else _edge_value(step.low, scale, env)
    high = "" if step.high is None else _edge_value(step.high, scale, env)
    if scale.kind is ScaleKind.LINEAR:
        return env.say("edge.at", low=low)
    if scale.kind is ScaleKind.EACH_SLICE:
        key = (
            "edge.slice" if low and high else "edge.slice.first" if high else "edge.slice.last" if low else "edge.every"
        )
        return env.say(key, low=low, high=high)
    if low and high:
        return env.say("edge.from_below" if scale.lower_included else "edge.above_through", low=low, high=high)
    if low:
        return env.say("edge.from" if scale.lower_included else "edge.above", low=low)
    if high:
        return env.say("edge.below" if scale.lower_included else "edge.through", high=high)
    return env.say("edge.every")


def _step_value(step: Step, scale: Scale, env: Env) -> str:
    return env.say("open.amount") if step.open else written(step.value, scale.unit, scale.percent, env)


def _edge_value(value: Fraction, scale: Scale, env: Env) -> str:
    return written(value, scale.edge, scale.edge_percent, env)


def indexes(env: Env) -> Iterator[Block]:
    """Every index: its series, how they are taken together, and what it raises."""
    if env.contract.indexes:
        yield Heading(env.say("indexes"))
    for index in env.contract.indexes:
        yield Heading(env.say("index", name=as_name(index.name)), 3)
        if index.open:
            yield Paragraph(env.say("index.open"))
            continue
        yield _series(index, env)
        yield Clauses(tuple(_index(index, env)))


def _series(index: Index, env: Env) -> Table:
    wide = 2 + max((len(one.parts) for one in index.series), default=0)
    heads = (
        index.headings
        if len(index.headings) == wide
        else (env.say("index.series"), env.say("index.weight"), *[""] * (wide - 2))
    )
    body = tuple(
        (one.name, *(written(value, NUMBER, True, env) for value in (one.weight, *one.parts))) for one in index.series
    )
    return Table(tuple(heads), (False, *[True] * (wide - 1)), body)


def _index(index: Index, env: Env) -> Iterator[Clause]:
    yield Clause(env.say(f"index.{index.kind.value}"))
    rate = written(index.rate, NUMBER, True, env)
    if index.rounding is None:
        yield Clause(env.say("index.rate", rate=rate))
    else:
        yield Clause(env.say("index.rate.rounded", rate=rate, rounded=rounded(index.rounding, NUMBER, True, env)))
    if index.first is None:
        return
    key = "index.applies.last" if index.last_indexed else "index.applies.agreed"
    yield Clause(env.say(key, day=day(index.first, env.language), lists=env.names(index.applies_to)))
    if index.outcome is None:
        yield Clause(env.say("index.exact"))
    else:
        applied = env.contract.lookup(index.applies_to[0]) if index.applies_to else None
        unit, percent = (applied.unit, applied.percent) if applied is not None else (EURO, False)
        whole = EURO if unit != NUMBER and not percent else unit
        yield Clause(env.say("index.outcome", rounded=rounded(index.outcome, whole, percent, env)))
