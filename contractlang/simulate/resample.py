"""More or fewer clients: some drawn again as new clients with all their rows, or some left out, never an amount multiplied."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from contractlang.data.prepare import cleanup
from contractlang.data.prepared import Prepared
from contractlang.model.contract import Contract
from contractlang.model.tables import Kind
from contractlang.simulate.cells import cell, rows_of, with_rows
from contractlang.simulate.identity import Roles, roles_of
from contractlang.simulate.outcomes import Drawn
from contractlang.simulate.units import Name, Units, copies, units_of
from contractlang.simulate.volume import Volume

MARK = "~"
_WHOLE = re.compile(r"\d+")


class Anew(Struct, frozen=True):
    """How a cell of a client that is drawn again is told from the one before: by a mark, whole numbers by a multiple."""

    mark: str
    shift: int

    def cell(self, text: str, kind: Kind, copy: int) -> str:
        """The cell of a copy; an empty cell stays empty."""
        if not text.strip():
            return text
        if kind is Kind.NUMBER:
            return str(int(text) + copy * self.shift) if _WHOLE.fullmatch(text) else text
        return f"{text}{self.mark}{copy}"


class Resampler:
    """The data of a contract, to be drawn from; what it draws are temporary files until `forget`."""

    def __init__(self, contract: Contract, data: Mapping[str, Prepared], volume: Volume) -> None:
        self.roles = roles_of(contract, data, volume.table)
        self.units, self.names = units_of(self.roles[0], data)
        self.kinds = {
            role.table: {name: contract.table(role.table).column(name).kind for name in _identity(role)}
            for role in self.roles
        }
        self.anew = _anew(self.roles, data)
        self.made: dict[int, tuple[Mapping[str, Prepared], Drawn]] = {}

    @property
    def person(self) -> str | None:
        """The column by which clients are told apart; None when rows are drawn."""
        main = self.roles[0]
        return main.through[1] if main.through else main.person

    def drawn(self, data: Mapping[str, Prepared], percent: Fraction, seed: int) -> tuple[Mapping[str, Prepared], Drawn]:
        """The data with so many percent more or fewer clients. Drawn once for the same data until `forget`."""
        if id(data) not in self.made:
            often = copies(self.names, percent, seed)
            found = dict(data)
            rows: dict[str, int] = {}
            self.made[id(data)] = found, Drawn(len(self.names), sum(map(abs, often.values())), rows)
            for role in self.roles:
                found[role.table], rows[role.table] = self._table(role, data[role.table], often)
        return self.made[id(data)]

    def forget(self) -> None:
        """Remove what was drawn."""
        for found, drawn in self.made.values():
            cleanup({name: found[name] for name in drawn.rows})
        self.made.clear()

    def _table(self, role: Roles, data: Prepared, often: Mapping[Name, int]) -> tuple[Prepared, int]:
        main = role is self.roles[0]
        whose = self.units if main else Units(role, {}, self.units.above)
        number = 0

        def rows() -> Iterator[tuple[Prepared, Sequence[str]]]:
            nonlocal number
            for at, (file, row) in enumerate(rows_of(data), 1):
                if self._often(whose, main, at, row, file, often) < 0:
                    number -= 1
                else:
                    yield file, row
            for at, (file, row) in enumerate(rows_of(data), 1):
                for copy in range(1, 1 + self._often(whose, main, at, row, file, often)):
                    number += 1
                    yield file, self._copied(role, file, row, copy)

        return with_rows(data, rows()), number

    def _often(
        self, whose: Units, main: bool, at: int, row: Sequence[str], data: Prepared, often: Mapping[Name, int]
    ) -> int:
        """How often a row comes again. A row of another table without a client is nobody's."""
        name = whose.name(at, row, data.positions)
        return often.get(whose.unit(name), 0) if main or name[0] == "person" else 0

    def _copied(self, role: Roles, data: Prepared, row: Sequence[str], copy: int) -> list[str]:
        made = list(row)
        for name, kind in self.kinds[role.table].items():
            at = data.positions.get(name)
            if at is not None and at < len(made):
                made[at] = self.anew.cell(made[at], kind, copy)
        return made


def _identity(role: Roles) -> list[str]:
    return [*([role.person] if role.person else []), *role.names]


def _anew(roles: Sequence[Roles], data: Mapping[str, Prepared]) -> Anew:
    """A mark that no name in the data ends in, and a number above all numbers of rows."""
    mark, longest = MARK, 1
    taken = re.compile(r"(~+)\d+$")
    for role in roles:
        there = data[role.table]
        for file, row in rows_of(there):
            for name in _identity(role):
                text = cell(row, file.positions.get(name))
                if _WHOLE.fullmatch(text):
                    longest = max(longest, len(text))
                elif (found := taken.search(text)) and len(found[1]) >= len(mark):
                    mark = MARK * (len(found[1]) + 1)
    return Anew(mark, 10**longest)
