"""The statements of the fast engine in Spark's SQL: one rule for each thing that means something else there.

What is written is the same on both databases but for the things below. Whole numbers of up to 38 digits are decimals without
places, and what does not fit is an error, as ANSI mode is on: never a null.
"""

from __future__ import annotations

from collections.abc import Callable

import sqlglot
from sqlglot import exp

WIDE = exp.DataType.build("DECIMAL(38, 0)", dialect="spark")
NARROW = exp.DataType.build("BIGINT", dialect="spark")
TEXT = exp.DataType.build("STRING", dialect="spark")
INTEGER = exp.DataType.build("INT", dialect="spark")
DOUBLE = exp.DataType.build("DOUBLE", dialect="spark")
ISO = r"\A(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}\z"
ROW = "rowid"  # the place of a row in a table that was read, from nought


def parsed(sql: str) -> list[exp.Expr]:
    """The statements of a text in the dialect of DuckDB."""
    return [one for one in sqlglot.parse(sql, read="duckdb") if one is not None]


def spoken(statement: exp.Expr) -> str:
    """A statement in Spark's SQL; the statement itself is changed."""
    for node in reversed(list(statement.bfs())):  # what stands within before what stands around it
        rule = RULES.get(type(node))
        made = node if rule is None else rule(node)
        if made is not node:
            node.replace(made)
    said: str = statement.sql(dialect="spark", identify=True)
    return said


def _cast(value: exp.Expr, kind: exp.DataType) -> exp.Expr:
    return exp.Cast(this=value, to=kind.copy())


def _sum(node: exp.Expr) -> exp.Expr:
    """DuckDB adds up whole numbers in 128 bits; Spark in the bits of the column."""
    node.set("this", _cast(node.this, WIDE))
    return node


def _whole_quotient(node: exp.Expr) -> exp.Expr:
    """Spark's DIV cuts a quotient of decimals down to 64 bits without a word, so those are divided as decimals.

    A quotient of others fits 64 bits, as the bounds of `engine.duck.ratio` tell; the casts fail where it would not.
    """
    left, right = node.this, node.expression
    if _wide(left) or _wide(right):
        left, right = _cast(left, WIDE), _cast(right, WIDE)
        rest = exp.Mod(this=left.copy(), expression=right.copy())
        even = exp.Paren(this=exp.Sub(this=left, expression=rest))
        return _cast(exp.Div(this=even, expression=right), WIDE)
    return exp.IntDiv(this=_cast(left, NARROW), expression=_cast(right, NARROW))


def _wide(node: exp.Expr) -> bool:
    return any(cast.to.is_type("DECIMAL") for cast in node.find_all(exp.Cast))


def _quotient(node: exp.Expr) -> exp.Expr:
    """What is divided without rounding only orders rows, in doubles on both."""
    return exp.Div(this=_cast(node.this, DOUBLE), expression=_cast(node.expression, DOUBLE))


def _type(node: exp.Expr) -> exp.Expr:
    if node.is_type("ENUM"):  # a text that takes less room
        return TEXT.copy()
    return WIDE.copy() if node.is_type("INT128") else node


def _tried(node: exp.Expr) -> exp.Expr:
    """Spark takes `2024-1-1` and `2024-01-01Tx` for dates as well."""
    if not node.args["to"].is_type("DATE"):
        return node
    fits = exp.RegexpLike(this=node.this.copy(), expression=exp.Literal.string(ISO))
    return exp.Case(ifs=[exp.If(this=fits, true=node.copy())])


def _full_match(node: exp.Expr) -> exp.Expr:
    pattern = exp.Literal.string(rf"\A(?:{node.expression.name})\z")
    return exp.RegexpLike(this=node.this, expression=pattern)


def _days(node: exp.Expr) -> exp.Expr:
    return _cast(exp.Anonymous(this="datediff", expressions=[node.this, node.expression]), NARROW)


def _date(node: exp.Expr) -> exp.Expr:
    """Spark makes a date of narrow numbers only."""
    return exp.Anonymous(this="make_date", expressions=[_cast(part, INTEGER) for part in node.args.values() if part])


def _part(node: exp.Expr) -> exp.Expr:
    """Characters of a text, from one; else an element of a list, which the library counts from nought itself."""
    (index,) = node.expressions
    if isinstance(index, exp.Slice):
        first, last = int(index.this.name), int(index.expression.name)
    elif isinstance(node.this, exp.Column) and node.this.name.startswith("q"):
        return node
    else:
        first = last = int(index.name) + 1
    size = exp.Literal.number(last - first + 1)
    return exp.Anonymous(this="substring", expressions=[node.this, exp.Literal.number(first), size])


def _named(node: exp.Expr) -> exp.Expr:
    """Functions that the library does not know."""
    name = node.name.lower()
    if name == "isoyear":
        return exp.Extract(this=exp.var("YEAROFWEEK"), expression=node.expressions[0])
    if name == "strlen":
        return exp.Anonymous(this="octet_length", expressions=node.expressions)
    if name == "hash":
        return exp.Anonymous(this="xxhash64", expressions=node.expressions)
    return node


def _inline(node: exp.Expr) -> exp.Expr:
    node.set("materialized", None)
    return node


def _window(node: exp.Expr) -> exp.Expr:
    """DuckDB goes over rows as they stand; here that is the place that they have, or any order for numbers that only tell apart."""
    if node.args.get("order") is None:
        by = exp.Literal.number(1) if isinstance(node.this, exp.RowNumber) else exp.column(ROW)
        if isinstance(node.this, exp.RowNumber) or node.args.get("spec") is not None:
            node.set("order", exp.Order(expressions=[exp.Ordered(this=by)]))
    return node


def _unordered(node: exp.Expr) -> exp.Expr:
    """The order of a query within another says nothing unless it is cut off."""
    query = node.this
    if isinstance(query, exp.Select) and query.args.get("order") and not query.args.get("limit"):
        query.set("order", None)
    return node


RULES: dict[type[exp.Expr], Callable[[exp.Expr], exp.Expr]] = {
    exp.Sum: _sum,
    exp.IntDiv: _whole_quotient,
    exp.Div: _quotient,
    exp.DataType: _type,
    exp.TryCast: _tried,
    exp.RegexpFullMatch: _full_match,
    exp.DateDiff: _days,
    exp.DateFromParts: _date,
    exp.Bracket: _part,
    exp.Anonymous: _named,
    exp.CTE: _inline,
    exp.Window: _window,
    exp.Subquery: _unordered,
}
