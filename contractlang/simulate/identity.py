"""What makes a client and a row themselves: the columns that get another value when a client is drawn again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from contractlang.data.prepared import Prepared
from contractlang.model.contract import Contract
from contractlang.model.expression import Repeated
from contractlang.model.tables import Column, Kind, Table


class Roles(Struct, frozen=True):
    """The column with the client, the columns that name rows, key and reference of credits.

    Without a column with the client, `through` is the column that is the key of another table, the column of that table
    with the client, and that table; without that too every row stands on its own.
    """

    table: str
    person: str | None
    names: tuple[str, ...]
    credit: tuple[str, str] | None
    through: tuple[str, str, str] | None = None


def roles_of(contract: Contract, given: Mapping[str, Prepared], volume: str) -> tuple[Roles, ...]:
    """The table that is drawn, and behind it the tables with rows of the same people.

    A row is named by its key, by what a credit refers to, by a column with the name of such a key, and by what a rejection
    of repeated rows or a list from the table tells rows apart by when that is not the client.
    """
    main = contract.table(volume)
    along = [table for table in contract.tables if _goes_along(table, volume, given)]
    person = _person(main, given)
    through = None if person else _through(main, along, given)
    tables = [main, *(along if person or through else [])]
    people = {table.name: _person(table, given) for table in tables}
    named = {name for table in tables for name in _names(contract, table, people[table.name])}
    first, *others = (_roles(table, people[table.name], named, given) for table in tables)
    return replace(first, through=through), *others


def _through(main: Table, along: Sequence[Table], given: Mapping[str, Prepared]) -> tuple[str, str, str] | None:
    """An authorisation tells whose care it is."""
    here = given[main.name].positions
    for other in along:
        person = _person(other, given)
        if other.key and person and other.key in here and other.key in given[other.name].positions:
            return other.key, person, other.name
    return None


def _roles(table: Table, person: str | None, named: set[str], given: Mapping[str, Prepared]) -> Roles:
    there = given[table.name].positions
    names = (c.name for c in table.columns if c.name in named and c.name in there and c.name != person and _free(c))
    credit = table.credit
    pair = (credit.key, credit.reference) if credit and {credit.key, credit.reference} <= set(there) else None
    return Roles(table.name, person, tuple(names), pair)


def _goes_along(table: Table, volume: str, given: Mapping[str, Prepared]) -> bool:
    return table.name != volume and not table.made and table.name in given and _person(table, given) is not None


def _person(table: Table, given: Mapping[str, Prepared]) -> str | None:
    """The first column with people that is in the file."""
    there = given[table.name].positions
    return next((column.name for column in table.columns if column.word == "person" and column.name in there), None)


def _names(contract: Contract, table: Table, person: str | None) -> Iterator[str]:
    """The columns that tell the rows of a table apart, wherever they stand."""
    known = {person, table.key}
    if table.key:
        yield table.key
    if table.credit:
        known |= {table.credit.key, table.credit.reference}
        yield from (table.credit.key, table.credit.reference)
    columns = {column.name: column for column in table.columns}
    lists = [one for one in contract.lookups if one.data is not None and one.data.selection.table == table.name]
    apart = [found.columns for found in _repeated(table.rejects)] + [one.keys for one in lists if person]
    for several in apart:
        if not known & set(several):
            yield from [name for name in several if name in columns and _plain(columns[name])][:1]


def _repeated(value: object) -> Iterator[Repeated]:
    """Every test for repeated rows below a rule."""
    if isinstance(value, Repeated):
        yield value
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from _repeated(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from _repeated(part)


def _plain(column: Column) -> bool:
    return column.kind is Kind.TEXT and not column.codes and column.word == "text"


def _free(column: Column) -> bool:
    """Whether a cell of the column can get a value that is not there yet."""
    return not column.codes and column.kind in (Kind.TEXT, Kind.NUMBER) and column.word != "party"
