"""Worked examples: settle the given rows as real data would be, and hold the outcome against what is expected.

Every expectation about an article or a figure becomes a report of the contract, so that an example is read from the same
statement that a settlement prints.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from contractlang.base.calendar import Every
from contractlang.data.prepared import Prepared
from contractlang.engine.protocol import DataFault, Engine, Line
from contractlang.model.contract import RESERVE, Contract, Example, Expectation, GivenTable
from contractlang.model.expression import ArticleAmount, DefineValue, Expression, Key, KeyValue, LookUp
from contractlang.model.heads import Limit, OnTop, Report, Show
from contractlang.model.lists import ListRow, Lookup
from contractlang.model.tables import EmptyMeans, Kind, Table
from contractlang.settling.evaluate import Evaluator
from contractlang.settling.periods import row_period
from contractlang.settling.point import Point
from contractlang.settling.settle import settle
from contractlang.statement.model import ReportPart, Statement

MakeEngine = Callable[[Contract, Mapping[str, Prepared], date | None], Engine]


class Outcome(Struct, frozen=True):
    """An expectation with what came out: an exact value, a reason, or None when nothing did."""

    expectation: Expectation
    found: Fraction | str | None

    @property
    def holds(self) -> bool:
        """Whether exactly the expected came out."""
        return self.found == self.expectation.value


def run_example(
    contract: Contract, example: Example, make: MakeEngine, files: Mapping[str, Prepared]
) -> tuple[Outcome, ...]:
    """The outcomes of one example. `files` are tables bound to files, used when the example gives no rows for them.

    Raises DataFault and BrokenLaw as `settle` does.
    """
    _can_be_told(contract, example)
    given = {table.table: table for table in example.given}
    adapted = replace(
        contract,
        tables=tuple(_with_given_columns(table, given.get(table.name)) for table in contract.tables),
        reports=(*contract.reports, *_as_reports(contract, example)),
    )
    adapted = _with_figures(adapted, example)
    data = {table.name: _rows(table, given.get(table.name), files) for table in adapted.tables}
    engine = make(adapted, data, example.as_of)
    try:
        statement = settle(adapted, engine, data, example.as_of)
        asked = any(e.what == "rejected" for e in example.expected)
        lines = (*engine.lines(), *engine.counted()) if asked else ()
        known = _constants(Evaluator(adapted, engine, example.as_of), example)
    finally:
        engine.close()
    return tuple(
        Outcome(
            expected, known[expected.name] if expected.what == "constant" else _found(statement, lines, expected, index)
        )
        for index, expected in enumerate(example.expected)
    )


def _constants(evaluator: Evaluator, example: Example) -> dict[str, Fraction | None]:
    """The values of defines that stand in no row and have no key."""
    names = {expected.name for expected in example.expected if expected.what == "constant"}
    nowhere = Point(None, (), ())
    return {name: evaluator.define(evaluator.contract.define(name), nowhere) for name in names}


def _can_be_told(contract: Contract, example: Example) -> None:
    """Whether every figure that is expected is one that this version settles. Raises DataFault ZC820."""
    known = {"define": {define.name for define in contract.defines}, "report": {one.name for one in contract.reports}}
    for expected in example.expected:
        if expected.name not in known.get(expected.what, {expected.name}):
            raise DataFault("ZC820", article=expected.name, head=f"{expected.what} {expected.name}")


def _with_given_columns(table: Table, given: GivenTable | None) -> Table:
    """An example may leave columns out: those cells are then not said, and no reason to reject its rows."""
    if given is None:
        return table
    columns = tuple(
        column if column.name in given.columns else replace(column, empty=EmptyMeans.UNKNOWN)
        for column in table.columns
    )
    submitted = table.submitted if table.submitted in given.columns else None
    return replace(table, columns=columns, submitted=submitted)


def _with_figures(contract: Contract, example: Example) -> Contract:
    """A figure that the example gives stands in the place of what the define works out."""
    for given in example.figures:
        define = contract.define(given.define)
        keys = tuple(key for key in define.keys if key.name in given.keys)
        order = [given.keys.index(key.name) for key in keys]
        rows = tuple(ListRow(tuple(values[i] for i in order), None, None, value) for values, value in given.rows)
        name = f"given {given.define}"
        lookup = Lookup(name, tuple(key.name for key in keys), rows, None, False, False)
        value = LookUp(name, tuple(KeyValue(key.name) for key in keys), None)
        defines = tuple(replace(one, value=value) if one.name == given.define else one for one in contract.defines)
        contract = replace(contract, defines=defines, lookups=(*contract.lookups, lookup))
    return contract


def _rows(table: Table, given: GivenTable | None, files: Mapping[str, Prepared]) -> Prepared:
    if given is None:
        return files.get(table.name) or Prepared(table.name, "example", header=tuple(c.name for c in table.columns))
    kinds = {column.name: column.kind for column in table.columns}
    columns, rows = given.columns, given.rows
    if table.own is not None and table.own[0] not in columns:  # an example that is silent about it gives the own rows
        columns, rows = (*columns, table.own[0]), tuple((*row, table.own[1]) for row in rows)
    return Prepared(
        table.name,
        "example",
        header=columns,
        positions={name: index for index, name in enumerate(columns)},
        rows=rows,
        decimal={name: "." for name in columns if kinds[name] is Kind.NUMBER},
        dates={name: "iso" for name in columns if kinds[name] is Kind.DATE},
    )


def _as_reports(contract: Contract, example: Example) -> list[Report]:
    found: list[Report] = []
    for index, expected in enumerate(example.expected):
        value: Expression
        keys: tuple[Key, ...] = ()
        if expected.what == "article":
            keys = _article_keys(contract, expected)
            value = ArticleAmount(expected.name, _on_top(contract, expected), keys)
        elif expected.what == "define":
            keys = contract.define(expected.name).keys
            value = DefineValue(expected.name)
        else:
            continue
        found.append(Report(_name(index), _name(index), keys, None, (Show("", value, expected.percent),)))
    return found


def _name(index: int) -> str:
    return f"expectation {index}"


def _on_top(contract: Contract, expected: Expectation) -> tuple[str, ...]:
    """The articles that stand on the expected one at the point asked for (`article 4 after article 5`)."""
    if not expected.after:
        return ()
    relation, article = expected.after
    acting = [h.article for h in contract.heads if isinstance(h, Limit | OnTop) and expected.name in h.base]
    acting = list(dict.fromkeys(acting))
    if article not in acting:
        return ()
    index = acting.index(article)
    return tuple(acting[: index + 1] if relation == "after" else acting[:index])


def _article_keys(contract: Contract, expected: Expectation) -> tuple[Key, ...]:
    """The keys by which the expectation is asked: the own keys of the article's head, and the period named."""
    heads = [head for head in contract.heads if head.article == expected.name]
    keys: tuple[Key, ...] = ()
    if expected.key is not None:
        keys = next((tuple(k for k in h.keys if k.every is None) for h in heads if isinstance(h, Limit | OnTop)), ())
    if expected.period is not None:
        keys += (_period_key(expected.period),)
    return keys


def _period_key(period: str) -> Key:
    every = Every.YEAR if len(period) == 4 else Every.MONTH
    every = Every.QUARTER if "Q" in period else Every.WEEK if "W" in period else every
    return row_period(every)


def _found(statement: Statement, lines: tuple[Line, ...], expected: Expectation, index: int) -> Fraction | str | None:
    match expected.what:
        case "rejected":
            return next(
                (line.reason for line in lines if line.key == expected.name and line.status == "rejected"), None
            )
        case "total":
            return _total(statement, expected)
        case "submitted_amount":
            return Fraction(statement.amounts.submitted)
        case "rejected_amount":
            return None if statement.amounts.rejected is None else Fraction(statement.amounts.rejected)
        case "due":
            return _due(statement, expected)
        case "article" if any(one.article == expected.name and one.does == "distribute" for one in statement.order):
            return _shared(statement, expected)
        case "article" if any(one.article == expected.name for one in statement.cash):
            return _cash(statement, expected)
        case "article" | "define":
            report = next(r for r in statement.reports if r.name == _name(index))
            found = _figure(report, expected, zero=expected.what == "article")
            return _posted(statement, expected) if found is None and expected.what == "article" else found
        case "report" if any(one.name == expected.name and one.shares for one in statement.reports):
            parts = [
                part for one in statement.reports if one.name == expected.name for part in one.shares if not part.left
            ]
            named = [part for part in parts if expected.key is None or part.to == expected.key]
            return sum((Fraction(part.amount) for part in named), Fraction(0))
        case "report":
            return _figure(next(r for r in statement.reports if r.name == expected.name), expected, zero=False)
    return None


def _shared(statement: Statement, expected: Expectation) -> Fraction:
    """What a distribution gives a name, the reserve, or all together."""
    parts = [one for one in statement.shares if one.article == expected.name and not one.left]
    if expected.period is not None:
        parts = [one for one in parts if expected.period in one.scope.values()]
    if expected.key is not None:
        parts = [one for one in parts if one.to == (None if expected.key == RESERVE else expected.key)]
    return sum((Fraction(one.amount) for one in parts), Fraction(0))


def _cash(statement: Statement, expected: Expectation) -> Fraction:
    parts = [one for one in statement.cash if one.article == expected.name]
    if expected.period is not None:
        parts = [one for one in parts if one.period.startswith(expected.period)]
    if expected.key is not None:
        parts = [one for one in parts if one.party == expected.key]
    return sum((Fraction(one.amount) for one in parts), Fraction(0))


def _due(statement: Statement, expected: Expectation) -> Fraction:
    if expected.key is None:
        return Fraction(statement.due)
    return sum((Fraction(one.due) for one in statement.dues if one.party == expected.key), Fraction(0))


def _posted(statement: Statement, expected: Expectation) -> Fraction | None:
    """What was posted in a settlement period: an instalment of a sum that is known only for the year."""
    posts = [post for post in statement.posts if post.article == expected.name and post.period == expected.period]
    if expected.key is not None:
        posts = [post for post in posts if post.party == expected.key]
    known = [Fraction(post.amount) for post in posts if post.amount is not None]
    return sum(known, Fraction(0)) if known else None


def _total(statement: Statement, expected: Expectation) -> Fraction:
    posts = [post for post in statement.posts if post.amount is not None]
    if expected.period is not None:
        posts = [post for post in posts if post.period.startswith(expected.period)]
    if expected.key is not None:
        posts = [post for post in posts if post.party == expected.key]
    return sum((Fraction(str(post.amount)) for post in posts), Fraction(0))


def _figure(report: ReportPart, expected: Expectation, zero: bool) -> Fraction | None:
    """The sum of the figure over the groups meant; nothing found is 0 for an amount and missing for a figure."""
    values = []
    for row in report.rows:
        told = [*row.keys.values(), *([row.party] if row.party else [])]
        if (expected.key is None or expected.key in told) and (expected.period is None or expected.period in told):
            if row.figures[0].value is None:
                return None
            values.append(Fraction(row.figures[0].value))
    if not values:
        return Fraction(0) if zero else None
    return sum(values, Fraction(0))
