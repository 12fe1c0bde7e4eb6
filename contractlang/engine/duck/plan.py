"""How a ceiling looks at the rows of its base: what is counted, by which parts of a row, and in which scopes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any as Anything

from msgspec import Struct

from contractlang.engine.duck.emit import Emitter
from contractlang.engine.duck.ledger import Book, KeySql, Ledger
from contractlang.engine.protocol import Group
from contractlang.model.heads import Limit, Outside, Pay


class Scope(Struct):
    """A scope with its sums and the database's own values of its keys."""

    values: tuple[Anything, ...]
    counted: int
    positive: int
    outside: int
    lowest: int  # of a row; of what any head pays of it when there are several


class Plan(Struct):
    """How a limit looks at the rows of its base."""

    limit: Limit
    book: Book
    heads: list[Pay]
    emitter: Emitter
    keys: list[KeySql]
    party: str
    amount: str
    joins: str
    outside: str
    scopes: dict[Group, Scope]
    first: str | None = None  # the first ordering column, when it is a date and the plan by crossing day applies
    bucket: str = ""  # by what that is summed: its month or the day itself
    days: str = ""  # relation with these sums, when there is such a column

    @property
    def counts(self) -> str:
        """Whether a row fills the ceiling, as SQL."""
        return f"NOT {self.outside}" if self.limit.outside_counts is Outside.NOT_COUNTED else "true"

    @property
    def rows(self) -> str:
        """Where the rows come from: alias w and the joins."""
        return f"FROM {self.book.relation} w {self.joins} WHERE ({self.paid})"

    @property
    def paid(self) -> str:
        """Whether a head of the base pays a row, as SQL."""
        return " OR ".join(f"w.{self.book.column(head, 'a')} IS NOT NULL" for head in self.heads)

    @property
    def parts(self) -> list[str]:
        """Party and keys as SQL."""
        return [self.party, *(key.sql for key in self.keys)]


def bind(ledger: Ledger, made: Plan, scopes: Sequence[tuple[Group, int]], name: str) -> None:
    """A relation of the scopes that bind: number, room, keys."""
    types = ["VARCHAR", *(key.sql_type for key in made.keys)]
    columns = [list(range(len(scopes))), [room for _, room in scopes]]
    columns += [[made.scopes[scope].values[i] for scope, _ in scopes] for i in range(len(types))]
    kinds = ["INTEGER", "HUGEINT", *types]
    names = ["b", "room", *(f"k{i}" for i in range(len(types)))]
    selects = [f"unnest(?::{kind}[]) AS {column}" for kind, column in zip(kinds, names, strict=True)]
    ledger.connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT {', '.join(selects)}", columns)


def same(made: Plan, left: Sequence[str], right: str) -> str:
    """Whether parts of a row are the keys of a scope, as SQL; `right` has the keys as k0, k1, and so on."""
    nullable = [i for i in range(len(left)) if any(scope.values[i] is None for scope in made.scopes.values())]
    tests = []
    for i, sql in enumerate(left):
        if made.parts[i] in made.parts[:i]:
            continue  # a scope per party names the party twice
        if all(scope.values[i] is None for scope in made.scopes.values()):
            continue  # one party, or a key that no row has: nothing to tell scopes apart by
        tests.append(f"{sql} IS NOT DISTINCT FROM {right}.k{i}" if i in nullable else f"{sql} = {right}.k{i}")
    return " AND ".join(tests) or "true"


def sign(limit: Limit) -> int:
    """What is cut from a payment is taken off the row; what is cut from a charge is given back."""
    return -1 if limit.charges else 1


def order(emitter: Emitter, by: Anything) -> str:
    """An ordering of rows as SQL."""
    if by is None:
        return "w.n"
    value = emitter.value(by)
    return value.sql


def shares(made: Plan) -> list[str]:
    """What each head pays of a row before any ceiling, from nil up like the amount of the row; NULL when it does not pay it."""
    return [f"({sign(made.limit)} * w.{made.book.column(head, 'a')})" for head in made.heads]
