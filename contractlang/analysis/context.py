"""Where an expression stands: over the rows of which table, or for a group with which keys."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct, field

from contractlang.analysis.draft import Draft, Typed
from contractlang.base.source import Place
from contractlang.model.expression import Arithmetic, Cell, Condition, Key, Number, Operation
from contractlang.model.tables import Column, EmptyMeans, Kind
from contractlang.syntax.tree import Node, Word

MISSING = Typed(Number(Fraction(0)), kind="missing")


class Context(Struct):
    """The place of an expression. `keys` is None when no group stands around it."""

    draft: Draft
    table: str | None = None
    keys: tuple[Key, ...] | None = None
    base: Typed | None = None  # what `the base` is, under adjust and reduce
    conditions: list[Condition] = field(default_factory=list)  # of the selection at hand: they settle a unit per row
    columns: dict[str, Typed] = field(default_factory=dict)  # computed columns of a define
    testing: bool = False  # a test on a cell as written: its unit need not be settled
    rejecting: bool = False  # a test of a reject block, which may look at the other rows of the file
    free: bool = False  # a named condition: it has the keys of whatever it reads
    open: bool = False  # set when a list is used before it is known for which rows

    def read_column(self, name: str, at: Node | Word | Place) -> str:
        """Check that the table has the column and note that it is used. Returns the name."""
        assert self.table is not None
        known = [column.name for column in self.draft.tables[self.table].columns]
        if name in known:
            self.draft.used.add((self.table, name))
        else:
            place = at if isinstance(at, Place) else at.place
            self.draft.unknown("ZC230", Word("NAME", name, name, place), known, table=self.table)
        return name

    def column(self, name: str) -> Column | None:
        """The column of the table at hand with that name."""
        if self.table is None:
            return None
        return next((c for c in self.draft.tables[self.table].columns if c.name == name), None)

    def cell(self, column: Column, place: Place) -> Typed:
        """A cell of the row at hand in canonical units."""
        assert self.table is not None
        table = self.table
        self.draft.used.add((table, column.name))
        cell = Cell(column.name)
        if column.kind is not Kind.NUMBER:
            return Typed(cell, column.kind.value, table=table, place=place)
        unit, factor = self.draft.units[table, column.name], self.draft.factors[table, column.name]
        for condition, chosen, share in self.draft.choices.get((table, column.name), ()):
            if condition in self.conditions:
                unit, factor = chosen, share
                break
        else:
            if (table, column.name) in self.draft.choices and not self.testing:
                self.draft.fault("ZC231", place, column=column.name)
                return MISSING
        expression = cell if factor == 1 else Arithmetic(Operation.MULTIPLY, cell, Number(factor))
        share_of = column.word in ("percent", "fraction")
        typed = Typed(expression, "number", unit, share_of, table, place=place)
        if column.empty is EmptyMeans.NO_LIMIT:
            self.draft.boundless.add((table, column.name))
        return typed
