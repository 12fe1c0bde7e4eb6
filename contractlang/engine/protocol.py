"""What every engine can do: the settlement of one contract is a conversation with one engine.

Two engines implement this: `contractlang.engine.duckdb` (fast, SQL) and `contractlang.engine.oracle` (naive, row by
row, exact rationals). They share nothing but the model, so that either can prove the other wrong.

Order of calls: construct with the contract, the prepared data and the as-of day; then `intake`; then `price` for each
`Pay` and `scopes`/`fill` for each `Limit` in the order of `Contract.heads`; `measure`, `amounts`, `posts` at any point
for what has been priced and filled so far; `totals` and `lines` at the end.
Money is an integer number of cents; other figures are fractions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Protocol

from msgspec import Struct

from contractlang.model.expression import Key, Measure
from contractlang.model.heads import Limit, Pay

KeyPart = str | Fraction | date | bool | None
Group = tuple[KeyPart, ...]
"""The values of the keys of a group: the party first (None unless one per party, separately), then each key in order."""


class Refused(Struct, frozen=True):
    """Rows of a table that do not count, or not yet: reason, rows, what was claimed (None: no submitted column)."""

    reason: str
    rows: int
    submitted: int | None
    pending: bool = False


class BadCell(Struct, frozen=True):
    """A cell that could not be used: row (1 is the first data row), column, its text, and what was expected."""

    row: int
    column: str
    text: str
    expected: str


class Intake(Struct, frozen=True):
    """What happened to the rows of one table on the way in."""

    table: str
    rows: int
    accepted: int
    refused: tuple[Refused, ...]
    bad_cells: tuple[BadCell, ...]  # the first 100 of the rows refused for UNREADABLE, EMPTY or UNKNOWN
    submitted: int | None  # over all rows whose submitted amount is readable; None: no submitted column
    files: tuple[int, ...] = ()  # of several files: the rows of each, where rows are numbered through all of them


class ScopeSum(Struct, frozen=True):
    """The amounts on which a limit will work, for one scope, after the limits before it."""

    counted: int  # what fills the ceiling: rows that are not outside (or that count), net of credits
    positive: int  # the positive amounts among them
    outside: int  # rows outside


class Room(Struct, frozen=True):
    """What may be paid in a scope: cents, None is unlimited."""

    amount: int | None


class Use(Struct, frozen=True):
    """What a limit did in a scope."""

    counted: int
    paid: int  # what the counted rows are paid
    cut: int  # counted - paid (also for AS_A_WHOLE, where no row is cut)
    reached_on: date | None  # the ordering date of the row with which the room was used up, None: never or no order
    rows_cut: int
    later: int | None = (
        None  # amounts of rows dated after `reached_on`; None: no such day, or nothing is said of delivery
    )
    later_outside: int | None = None  # the same of rows outside


class Post(Struct, frozen=True):
    """An amount of one head for one party and settlement period."""

    party: str | None
    period: str
    amount: int
    quantity: Fraction | None
    rows: int


class Totals(Struct, frozen=True):
    """Rows and cents of a paid table by where they ended; both add up, or the run stops.

    A row is `paid` when payable = priced, `cut` when payable = 0 and priced is not, else `partly`. Every row is in exactly
    one of the counts. `amount_...` are over accepted rows: priced = paid + cut + absorbed. `duplicated` > 0 means that a join
    multiplied rows: a fault of the program or of overlapping lists.
    """

    table: str
    rows: int
    rows_paid: int
    rows_partly: int
    rows_cut: int
    rows_rejected: int
    rows_pending: int
    submitted: int | None
    submitted_rejected: int | None
    submitted_pending: int | None
    priced: int
    paid: int
    absorbed: int = 0  # shadow prices of absorbed rows; part of priced, never of paid
    duplicated: int = 0
    rows_absorbed: int = 0


class Line(Struct, frozen=True):
    """Where one row ended. `priced` and `payable` are sums over the articles that pay it."""

    table: str
    row: int
    key: str | None
    party: str | None
    submitted: int | None
    priced: int
    payable: int | None  # None: no article pays rows of this table
    status: str  # paid | partly | cut | absorbed | counted | rejected | pending
    reason: str | None
    articles: tuple[str, ...]


class DataFault(Exception):
    """The data cannot be settled as a whole (overlapping price lists, a ceiling without amount): code and arguments."""

    def __init__(self, code: str, **arguments: str) -> None:
        super().__init__(f"{code}: {arguments}")
        self.code = code
        self.arguments = arguments


class BrokenLaw(Exception):
    """A settlement that does not add up: a fault of the program, never of the contract. Nothing is written."""

    code = "ZC900"

    def __init__(self, law: str, left: str, right: str) -> None:
        super().__init__(f"{self.code}: {law}: {left} is not {right}")
        self.law = law
        self.left = left
        self.right = right


class Engine(Protocol):
    """See the module. `name` is how the statement calls the engine."""

    name: str

    def close(self) -> None:
        """Give back memory and remove temporary files. Calling it twice does nothing."""
        ...

    def at(self, as_of: date) -> Engine:
        """The same contract and data as of another day, nothing settled yet. To be closed on its own."""
        ...

    def intake(self) -> tuple[Intake, ...]:
        """What happened to the rows of every table, in the order of `Contract.tables`."""
        ...

    def price(self, pay: Pay) -> None:
        """Give every selected row its amount. Rows without quantity or price become pending."""
        ...

    def scopes(self, limit: Limit) -> Mapping[Group, ScopeSum]:
        """The scopes of a limit that have rows, with their sums."""
        ...

    def fill(self, limit: Limit, rooms: Mapping[Group, Room]) -> Mapping[Group, Use]:
        """Allocate the room of every scope over its rows and cut what does not fit (unless filled as a whole)."""
        ...

    def measure(self, measure: Measure) -> Mapping[Group, Fraction | None]:
        """A figure for every group that has rows; the party is the first part of the group."""
        ...

    def amounts(self, articles: tuple[str, ...], after: tuple[str, ...], keys: tuple[Key, ...]) -> Mapping[Group, int]:
        """Cents that the rows of these articles get after the limits with these ids (none: as priced), per group."""
        ...

    def posts(self, head: Pay | Limit) -> tuple[Post, ...]:
        """The amounts of a head per party and settlement period, by `Role.PERIOD`. For AS_A_WHOLE limits: none."""
        ...

    def totals(self) -> tuple[Totals, ...]:
        """Where the rows of every paid table ended."""
        ...

    def pending(self) -> Mapping[tuple[str, str], tuple[int, int]]:
        """Rows of paid tables that do not count yet and cents claimed with them, by table and reason."""
        ...

    def lines(self) -> Iterator[Line]:
        """Every row of every paid table, by table, then row number."""
        ...

    def counted(self) -> Iterator[Line]:
        """Every row of the tables that no article pays: facts and claims that only measure, by table and row.

        `priced` is what was claimed for a row that counts; `payable` is None, for no article pays it.
        """
        ...

    def write_lines(self, path: str) -> None:
        """Write what `lines` gives to a CSV or Parquet file (by its suffix), amounts as decimals with two places."""
        ...

    def digest(self) -> str:
        """A hash over all lines that does not depend on row order, threads or engine."""
        ...

    def values(
        self, lookup: str
    ) -> Mapping[tuple[KeyPart, ...], tuple[tuple[date | None, date | None, Fraction | None], ...]]:
        """All values of a list from data by key, with the days on which each is valid (first, last), by first day."""
        ...
