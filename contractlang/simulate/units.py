"""What is drawn as one: a client with all its rows, or the rows that a credit ties together; never a part of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from fractions import Fraction

from msgspec import Struct, field

from contractlang.base.exact import Mode, Rounding, round_to
from contractlang.data.prepared import Prepared
from contractlang.simulate.cells import cell, rows_of
from contractlang.simulate.identity import Roles

WHOLE = Rounding(Mode.HALF_AWAY, Fraction(1))
Name = tuple[str, str]
"""`person` with who it is, or `row` with its number in the file."""


class Units(Struct):
    """The units of a table: which client or row belongs to which."""

    roles: Roles
    whose: Mapping[str, str]  # the client of a key, where the table itself does not tell it
    above: dict[Name, Name] = field(default_factory=dict)

    def name(self, number: int, row: Sequence[str], positions: Mapping[str, int]) -> Name:
        """Whose a row is: the client, or the row itself when there is none."""
        person = cell(row, positions.get(self.roles.person)) if self.roles.person else ""
        if self.roles.through:
            person = self.whose.get(cell(row, positions.get(self.roles.through[0])), "")
        return ("person", person) if person.strip() else ("row", str(number))

    def unit(self, name: Name) -> Name:
        """The unit to which a client or row belongs; itself when nothing ties it to others."""
        while (upper := self.above.get(name, name)) != name:
            name = upper
        return name

    def tie(self, one: Name, other: Name) -> None:
        """Make one unit of two; the first by name stands for both, so that the order of rows does not matter."""
        first, second = sorted((self.unit(one), self.unit(other)))
        if first != second:
            self.above[second] = first


def units_of(roles: Roles, data: Mapping[str, Prepared]) -> tuple[Units, tuple[Name, ...]]:
    """How the rows of a table hang together, and its units in order of name."""
    main = data[roles.table]
    units = Units(roles, _whose(roles, data))
    if roles.credit:
        _tie_credits(units, main, roles.credit)
    names = {units.unit(units.name(number, row, file.positions)) for number, (file, row) in enumerate(rows_of(main), 1)}
    return units, tuple(sorted(names))


def _whose(roles: Roles, data: Mapping[str, Prepared]) -> dict[str, str]:
    """The client of each key of the table that tells it."""
    if roles.through is None:
        return {}
    key, person, table = roles.through
    other = data[table]
    return {cell(row, file.positions.get(key)): cell(row, file.positions.get(person)) for file, row in rows_of(other)}


def _tie_credits(units: Units, data: Prepared, credit: tuple[str, str]) -> None:
    """A credit and what it refers to belong to one unit, also when the file gives them to different clients."""
    key, reference = credit
    wanted = {cell(row, file.positions.get(reference)) for file, row in rows_of(data)} - {""}
    first: dict[str, Name] = {}
    for number, (file, row) in enumerate(rows_of(data), 1):
        name = units.name(number, row, file.positions)
        for value in {cell(row, file.positions.get(key)), cell(row, file.positions.get(reference))} & wanted:
            units.tie(first.setdefault(value, name), name)


def shuffled(units: Sequence[Name], seed: int) -> list[Name]:
    """The units in an order that the seed alone decides: the same on every computer, whatever the order of the file."""

    def rank(name: Name) -> tuple[bytes, Name]:
        return hashlib.sha256(f"{seed}:{name[0]}:{name[1]}".encode()).digest(), name

    return sorted(units, key=rank)


def copies(units: Sequence[Name], percent: Fraction, seed: int) -> dict[Name, int]:
    """How often each unit comes again (more than 0) or that it is left out (-1); units that stay once are not in it.

    The number that is drawn is the percentage of the units, rounded half away from zero. With one seed a larger
    percentage draws the same units and more.
    """
    number = int(round_to(abs(percent) * len(units) / 100, WHOLE))
    order = shuffled(units, seed)
    if percent < 0:
        return dict.fromkeys(order[:number], -1)
    every, more = divmod(number, len(units)) if units else (0, 0)
    return {name: count for at, name in enumerate(order) if (count := every + (at < more))}
