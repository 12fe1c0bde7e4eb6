"""The data that a contract needs: tables, columns, what a row must be to count."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from contractlang.base.calendar import Every
from contractlang.base.units import NUMBER, Unit
from contractlang.model.expression import Condition, Expression, Role


class Kind(StrEnum):
    """What a cell holds; decides how its text is read."""

    TEXT = "text"  # verbatim; leading zeros survive
    DATE = "date"
    NUMBER = "number"  # exact decimal, see Column.decimals
    TRUTH = "truth"  # yes or no


class EmptyMeans(StrEnum):
    """What an empty cell means."""

    MISSING = "missing"  # not said: the row is rejected unless a reject rule tests for it (see Table)
    UNKNOWN = "unknown"  # allowed; comparisons with it never hold
    ZERO = "zero"
    NO_END = "no_end"  # of a date: open-ended
    NO_LIMIT = "no_limit"  # of an amount: `at most` passes


class Column(Struct, frozen=True):
    """One column. `name` is how the contract calls it, `headings` what may stand in the header of the file."""

    name: str
    headings: tuple[str, ...]
    kind: Kind
    word: str  # the type as a contract writes it (English key of the keyword table): text, person, euro, minutes ...
    decimals: int = 0  # NUMBER: a cell with more decimals than this is unreadable, never rounded
    percent: bool = False  # NUMBER: the cell 4.74 means 4.74 %, that is 0.0474 (the value of the cell is 0.0474)
    codes: tuple[str, ...] = ()  # `one of`; other texts are unknown
    empty: EmptyMeans = EmptyMeans.MISSING
    unit: Unit = NUMBER  # what the number counts once it is in canonical units
    per: str = ""  # of a price: per what its cells are written, `hour`, `minute` ...
    words: tuple[tuple[Condition, str], ...] = ()  # the type that each row has, where another column decides it
    used: bool = True  # False when no clause reads it: then it may be absent from the file, and is not read


class Credit(Struct, frozen=True):
    """How a credit finds the debit that it reverses, and takes its place.

    A row for which `when` holds is a credit. It pairs with the accepted row that is not a credit whose `key` equals
    the credit's `reference` and whose `matched` columns are equal (empty equals empty); each debit is paired once, with
    the first such credit in the file. A paired credit then reads every column but `key` and `reference` from its
    debit, and its amounts and quantities are those of the debit with the sign turned.
    """

    key: str
    reference: str
    when: Condition
    matched: tuple[str, ...]


class Deciding(Struct, frozen=True):
    """The date that decides a role: the first whose condition holds (None: always)."""

    role: Role
    dates: tuple[tuple[Condition | None, Expression], ...]


class Counted(StrEnum):
    """When somebody who is present from one day through another counts for a period."""

    FIRST_DAY = "first_day"  # present on the first day of the period
    FIFTEENTH = "fifteenth"  # present on the fifteenth of the month
    ANY_DAY = "any_day"  # present on at least one day of the period
    BY_DAYS = "by_days"  # for the share of its days


class Overlap(StrEnum):
    """What becomes of two rows of one person that count for the same period."""

    ONCE = "once"  # the first in the file counts
    STOPS = "stops"  # the settlement stops (ZC807)
    REJECTS = "rejects"  # neither counts


# columns of a spread: no name of a contract starts with a point
PERIOD, DAY, PRESENT, WHOLE, NAME = ".period", ".day", ".present", ".whole", ".name"


class Spread(Struct, frozen=True):
    """A table made from another: one row for every row of the source and period of the term for which it counts.

    Beside the columns of the source it has the name of the period, the day that decides it (the day counted on, else
    the first day present in the period), the days present in the term and the days of the whole period.
    """

    table: str
    where: Condition | None
    over: Every
    counted: Counted
    overlap: Overlap
    person: str | None
    period: str = PERIOD


class Rung(Struct, frozen=True):
    """One step of a ladder: the candidates with rows of the selection, by their number or by the sum of a column.

    `least` is what a candidate must have, in the unit of the column; without one it must have more than nothing.
    """

    table: str
    where: Condition | None
    column: str | None
    least: Fraction


class Attribution(Struct, frozen=True):
    """A table made by a ladder: one row for every person and candidate of the first step that yields one for the person.

    Candidates are ranked by score, high to low; ties by the latest deciding date of their rows when `latest`, then by
    name. `names` are the columns for the place, the number of the step and the score.
    """

    person: str
    candidate: str
    rungs: tuple[Rung, ...]
    latest: bool
    names: tuple[str, ...]


OVERLAP = "overlap"  # reason of rows that Overlap.REJECTS


class RejectRule(Struct, frozen=True):
    """A row for which the condition holds does not count, with this reason. The first rule that holds gives the reason."""

    reason: str
    when: Condition


class Table(Struct, frozen=True):
    """A table of care data.

    A row is *accepted* when it is readable and no reject rule holds. In order: (1) a cell that does not parse makes the
    row unreadable (reason `UNREADABLE`); (2) `rejects`, in order, over all readable rows of the file; (3) an empty
    cell in a used column whose `empty` is MISSING (reason `EMPTY`), a cell outside `codes` (reason `UNKNOWN`), a date
    that decides year, tariff or period outside the term when the table is paid (reason `OUTSIDE_TERM`), a receipt date
    after the look-back of the contract has closed its period (reason `CLOSED`); (4) pairing of credits, an unpaired
    credit is rejected (by an `Unpaired` rule, else reason `CREDIT_WITHOUT_DEBIT`).
    A row with a receipt date after the as-of day is not looked at: it is pending (`NOT_YET_RECEIVED`), before all these.
    When the table tells whose rows are the contract's own, a row of another provider (`OTHER_PROVIDER`) is set apart before
    anything else is looked at, and one that names no provider after (1): neither takes part in the tests of the file.
    """

    name: str
    columns: tuple[Column, ...]
    rejects: tuple[RejectRule, ...] = ()
    deciding: tuple[Deciding, ...] = ()
    present: tuple[str, str] | None = None  # columns with the first and last day of presence or validity
    credit: Credit | None = None
    party: str | None = None  # the column that tells the party when the contract is one per party
    own: tuple[str, str] | None = None  # column and code that tell the rows of the one provider of the contract
    submitted: str | None = None  # the column with the amount that the provider claimed
    file: str | None = None  # a file beside the contract that holds the data unless other data is given
    paid: bool = False  # an article pays its rows
    aliases: tuple[str, ...] = ()  # other names under which a file may hold the table
    key: str | None = None  # the column that names a row for people (`Line.key`); None: no such column
    spread: Spread | None = None  # the rows are made, not read
    attribution: Attribution | None = None  # the rows are made, not read

    @property
    def made(self) -> bool:
        """Whether the rows follow from other tables; nobody claimed them."""
        return self.spread is not None or self.attribution is not None

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


# Reasons that the language itself gives, beside those of the contract
UNREADABLE = "unreadable"
EMPTY = "empty"
UNKNOWN = "unknown"
OUTSIDE_TERM = "outside-term"
CLOSED = "closed-period"  # received after the look-back of the contract
OTHER_PROVIDER = "other-provider"  # the contract names one provider by a code, and the row has another
CREDIT_WITHOUT_DEBIT = "credit-without-debit"
NOT_YET_RECEIVED = "not-yet-received"  # pending
NO_PRICE = "no-price"  # pending: an article selects the row, the tariff has no value for it
NO_ARTICLE = "no-article"  # pending: accepted, but no article pays it
