"""One row of care data, as it was read and as it counts."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TypeAlias

from msgspec import Struct, field

from contractlang.base.exact import Mode, Rounding, round_to
from contractlang.model.expression import Repeated
from contractlang.model.tables import Table

Value: TypeAlias = str | Fraction | date | bool | None
ONE_CENT = Rounding(Mode.HALF_AWAY, Fraction(1, 100))


class Row(Struct, eq=False):
    """A row of a table. Two rows are never the same row: compared by identity.

    `texts` are the cells as they stand in the file, `cells` what they mean, `bad` what was expected of cells that mean
    nothing. `reason` is None while the row counts; `pending` says that the reason may pass.
    """

    table: Table
    number: int  # 1 is the first data row; through all files of the table
    texts: dict[str, str]
    cells: dict[str, Value]
    bad: dict[str, str]
    reason: str | None = None
    pending: bool = False
    repeated: set[Repeated] = field(default_factory=set)  # the tests by which another row stands in its place
    unpaired: bool = False
    repeated_in_period: bool = False  # of a spread: another row of the person counts for the same period
    debit: Row | None = None  # of a paired credit
    part: int = 0  # which of the files of the table

    @property
    def sign(self) -> int:
        """What the row counts for: an accepted credit is minus its debit."""
        return 1 if self.debit is None else -1

    def cell(self, column: str) -> Value:
        """The value of a column. A paired credit reads every column but key and reference from its debit."""
        credit = self.table.credit
        if self.debit is not None and credit is not None and column not in (credit.key, credit.reference):
            return self.debit.cell(column)
        if column not in self.cells:
            raise ValueError(f"table {self.table.name} has no column {column} that is read")
        return self.cells[column]

    @property
    def submitted(self) -> int | None:
        """Cents that the provider claimed with this row, by its own cell; None when that says nothing readable."""
        if self.table.submitted is None:
            return None
        claimed = self.cells.get(self.table.submitted)
        return whole_cents(round_to(claimed, ONE_CENT)) if isinstance(claimed, Fraction) else None

    @property
    def name(self) -> str | None:
        """What people call the row: its own key, as it stands in the file."""
        return self.texts.get(self.table.key or "") or None


def whole_cents(amount: Fraction) -> int:
    """A rounded amount in euros as cents. Raises ValueError when a contract rounds money finer than cents."""
    in_cents = amount * 100
    if in_cents.denominator != 1:
        raise ValueError(f"{amount} euro is not a whole number of cents")
    return in_cents.numerator


def text_of(value: Value) -> str:
    """A value as text in a group: dates ISO, whole numbers and decimals plain, an empty value as the empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def in_order(value: Value) -> tuple[int, Value]:
    """What to sort by: dates and numbers by value, text by code point, an empty value after all others."""
    return (1, "") if value is None else (0, value)
