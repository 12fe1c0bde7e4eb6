"""What articles do: pay rows, limit what is paid, put amounts on top, report."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from contractlang.base.calendar import Every
from contractlang.base.exact import Rounding
from contractlang.base.source import NOWHERE, Place
from contractlang.model.expression import Condition, Expression, Key, Selection


class Volume(Struct, frozen=True):
    """Quantities are added up per group and rounded before they are priced (iJw IV079: whole hours, at least 1)."""

    keys: tuple[Key, ...]
    rounding: Rounding
    at_least: Expression | None


class Tiers(Struct, frozen=True):
    """The price follows from the cumulative quantity, by a scale, per group, rows in the order of `filled`.

    A paired credit has minus the amount of its debit; `recomputed`: it comes after all debits of its group, with its
    quantity below zero, so that the group as a whole is worth what its net volume is worth.
    """

    scale: str
    keys: tuple[Key, ...]
    filled: tuple[Order, ...]
    recomputed: bool = False


class Order(Struct, frozen=True):
    """One ordering: by a row expression (dates and numbers by value, text by code point), or by row number (None)."""

    by: Expression | None


class WhenOwed(StrEnum):
    """What happens when more was advanced than is due."""

    REPAID = "repaid"
    SET_OFF = "set_off"  # against the next advances


class Recovery(Struct, frozen=True):
    """How the provider settles a debt. What is left after a set-off, and interest, are of later statements."""

    when_owed: WhenOwed
    set_off: Fraction | None = None  # at most this share of each advance
    left_over: LeftOver | None = None
    no_interest: bool = False  # False: nothing is said


class Pay(Struct, frozen=True):
    """An article pays the rows of a selection: quantity x price, rounded.

    Amount of a row = `rounding` of quantity x price (price None: the quantity is the amount), negated by `charge`.
    `per` (the grain of rounding): empty is per row; else the exact amounts are added per group and rounded once, and
    the rows of the group get that amount in proportion to their exact amounts, residual cents by largest remainder,
    ties by row number. A paired credit has minus the amount of its debit and takes no part in groups, volumes or tiers.
    A row whose quantity or price is missing is pending (`NO_PRICE`).
    """

    id: str  # unique among heads: article number, then a letter (7a, 7b)
    article: str
    selection: Selection
    quantity: Expression
    quantity_unit: str
    price: Expression | None
    rounding: Rounding
    per: tuple[Key, ...] = ()
    volume: Volume | None = None
    tiers: Tiers | None = None
    charge: bool = False
    owed: Recovery | None = None  # cash that was paid as the rows came in: deducted from what is due, never earned
    absorbs: bool = False  # the amount is a shadow price: the rows are part of what the article pays otherwise
    place: Place = NOWHERE

    @property
    def advance(self) -> bool:
        """Whether the rows were paid as they came in."""
        return self.owed is not None

    @property
    def earns(self) -> bool:
        """Whether the rows bring what the article comes to: not as a shadow price, not as cash paid in advance."""
        return not (self.absorbs or self.advance)


class LastRow(StrEnum):
    """What the row on which the room runs out is paid."""

    IN_PART = "in_part"  # what is left; later rows nothing
    ONLY_IF_IT_FITS = "only_if_it_fits"  # nothing; later rows that still fit are paid
    STOP = "stop"  # nothing, and no later row either


class Filled(StrEnum):
    """How room is allocated."""

    IN_ORDER = "in_order"
    IN_PROPORTION = "in_proportion"  # largest remainder, ties in listed order
    AS_A_WHOLE = "as_a_whole"  # no rows are cut: one amount per scope


class LateRow(StrEnum):
    """A row that comes in later than rows that it precedes in the order."""

    REOPENS = "reopens"  # takes its place in the order
    TAKES_LEFT = "takes_left"  # comes after all rows received in an earlier month (Role.RECEIPT)


class FreedRoom(StrEnum):
    """What becomes of room when a row is credited or negative.

    STAYS_EMPTY: rows are filled as if no negative row existed. LATER_ROWS: room comes back at the place of the negative
    row in the order. FILLED_AGAIN: a paired debit and credit leave the order (both are paid in full), and the
    absolute amount of other negative rows is added to the room before filling.
    In all three a paired credit is paid minus what its debit was paid, other negative rows are paid in full.
    A paired credit stands in the order at the cells of its debit with its own key, but never before its debit.
    """

    STAYS_EMPTY = "stays_empty"
    LATER_ROWS = "later_rows"
    FILLED_AGAIN = "filled_again"


class Outside(StrEnum):
    """What `outside` rows do to the room; they are always paid in full."""

    NOT_COUNTED = "not_counted"
    FIRST = "first"  # they take room before all others
    UNTIL_FULL = "until_full"  # they take room at their place in the order, as long as there is any


class PartYear(StrEnum):
    """The ceiling for a scope period that lies only partly in the term."""

    FULL = "full"
    BY_DAYS = "by_days"  # of the days of that period
    BY_MONTHS = "by_months"  # whole calendar months in the term / months of the period


class Changed(StrEnum):
    """A ceiling with several versions within one scope period."""

    REPLACES = "replaces"  # the last version holds for the whole period
    BY_DAYS = "by_days"  # each version for its days


class Transfer(Struct, frozen=True):
    """Unused room moves between ceilings that differ only in one key.

    Givers give all unused room (or `gives` share of their own ceiling at most), receivers get what they lack, at
    most `receives` of their own ceiling, in the order of `order` (values of `key`).
    """

    key: str
    order: tuple[str, ...]
    gives: Expression | None  # share of the own ceiling; None: all unused room
    receives: Expression | None  # share of the own ceiling; None: without limit


class Limit(Struct, frozen=True):
    """At most an amount per scope, over the rows that the base articles pay (after the limits before it).

    The rows may be of several tables, which then tell keys and order by the same columns; a row number stands for the
    place of its table in the contract, then its number in the file.
    A scope is one combination of party (when the contract is one per party) and `keys`. `amount` is a group
    expression; a `LookUp` in it is dated by the period among the keys (else the term). The amount is rounded to
    cents half away from zero before it is used. A missing amount for a scope with rows stops the settlement, unless
    `unlimited` says that no amount means no limit.
    `above`: None pays nothing above the ceiling; else a scale (EACH_SLICE, edges as shares of the ceiling) gives the
    rate for each slice above it; a row is paid the difference of the rounded cumulative amounts before and after it.
    AS_A_WHOLE over a base that no row carries: no more is paid up to the end of any settlement period than the ceiling,
    so that the cut falls in the periods in which the amounts go beyond it. Over rows: in the last period of the scope.
    """

    id: str
    article: str
    base: tuple[str, ...]
    amount: Expression
    keys: tuple[Key, ...]
    part_year: PartYear
    filled: Filled
    order: tuple[Order, ...] = ()
    last_row: LastRow = LastRow.IN_PART
    late_row: LateRow = LateRow.REOPENS
    freed_room: FreedRoom = FreedRoom.STAYS_EMPTY
    outside: Condition | None = None
    outside_counts: Outside = Outside.NOT_COUNTED
    above: str | None = None
    transfer: Transfer | None = None
    changed: Changed | None = None
    unlimited: bool = False
    delivery: str | None = (
        None  # "goes_on": duty to deliver above the ceiling; "may_stop"; said on the statement, changes no amount
    )
    after: tuple[str, ...] = ()  # AS_A_WHOLE: articles whose amounts on top of the base count too
    unlined: bool = False  # IN_ORDER: amounts of the base without rows take room (or give it) before any row
    rowless: bool = False  # AS_A_WHOLE over a base that no row carries
    charges: bool = False  # the base is charged: at most this much is charged
    open: tuple[str, ...] = ()  # labels left open: what stands here for them is no answer
    outside_table: str | None = None  # rows of this table only can be outside; None: the base has rows of one table
    place: Place = NOWHERE


class OnTopKind(StrEnum):
    """Direction of an amount on top of a base."""

    ADJUST = "adjust"
    REDUCE = "reduce"
    GUARANTEE = "guarantee"  # what the base lacks to a floor


class OnTop(Struct, frozen=True):
    """An amount per group on top of a base article: bonus, malus, norm, shared savings. REDUCE negates it."""

    id: str
    article: str
    kind: OnTopKind
    base: tuple[str, ...]
    amount: Expression
    rounding: Rounding
    keys: tuple[Key, ...]
    when: Condition | None = None
    place: Place = NOWHERE


class Instalments(Struct, frozen=True):
    """A sum in equal parts, each rounded; the first or the last makes them sum exactly.

    `days` are written days, else the parts fall on the first or last day of equal spans of whole months.
    """

    number: int
    days: tuple[date, ...] = ()
    first_day: bool = False
    cents_first: bool = False


class Fixed(Struct, frozen=True):
    """A fixed or computed amount per period that no row carries (lump sum, define). `charge` negates it."""

    id: str
    article: str
    amount: Expression
    rounding: Rounding
    keys: tuple[Key, ...]
    part_year: PartYear = PartYear.FULL
    instalments: Instalments | None = None
    charge: bool = False
    place: Place = NOWHERE
    open: tuple[str, ...] = ()  # labels left open: what stands here for them is no answer


class Manual(Struct, frozen=True):
    """A clause that people decide: an open post on the statement, amount not known to the contract."""

    id: str
    article: str
    text: str
    place: Place = NOWHERE


RETURNS = "returns"  # of a reserve: to the payer, at the end of the term


class ShareOf(StrEnum):
    """What a step of a distribution takes."""

    AMOUNT = "amount"  # an amount, or what its claimants are owed
    WHOLE = "whole"  # a share of the whole amount distributed
    LEFT = "left"  # a share of what earlier steps leave
    REST = "rest"  # all that is left, in proportion to a key


class Claims(Struct, frozen=True):
    """Who takes part in a step, and with what: a figure for each value of the key, in the order that breaks ties.

    `cap` is the most that each may get, in euros.
    """

    key: Key
    weight: Expression
    first: Expression | None = None
    cap: Expression | None = None


class ShareStep(Struct, frozen=True):
    """One step of a distribution. To a name as written, to the reserve, or to claimants."""

    of: ShareOf
    amount: Expression | None
    to: str = ""
    reserve: bool = False
    claims: Claims | None = None


class LeftOver(StrEnum):
    """What becomes of money that nobody may take."""

    STAYS = "stays"  # with the payer
    NEXT_MONTH = "next_month"  # of a debt that is set off: goes on to the next month
    ERROR = "error"  # the contract does not foresee it


class Distribute(Struct, frozen=True):
    """Divide an amount over claimants in steps: it says whose money of the statement is.

    What is left over and stays with the payer is earned by nobody: when what is divided is what articles come to
    (`earned`), it is taken off the total, as an amount of this article.

    Within a step that is short, claimants share in proportion. Every part is rounded as written; what rounding leaves
    goes cent by cent to the largest remainder, ties by `Claims.first`, then by name.
    """

    id: str
    article: str
    amount: Expression
    keys: tuple[Key, ...]
    steps: tuple[ShareStep, ...]
    rounding: Rounding
    left_over: LeftOver = LeftOver.ERROR
    reserve: str = ""  # what becomes of a reserve: an article that it goes to, RETURNS, or nothing said
    earned: bool = False
    place: Place = NOWHERE


class Deduct(Struct, frozen=True):
    """Cash already paid: taken off what is due, not off what is earned."""

    id: str
    article: str
    amount: Expression
    keys: tuple[Key, ...]
    owed: Recovery
    when: Condition | None = None
    place: Place = NOWHERE


class GuaranteeDue(Struct, frozen=True):
    """What is due is never less than an amount, after everything that is deducted."""

    id: str
    article: str
    amount: Expression
    keys: tuple[Key, ...]
    when: Condition | None = None
    place: Place = NOWHERE


Head = Pay | Limit | OnTop | Fixed | Manual | Distribute | Deduct | GuaranteeDue


class Show(Struct, frozen=True):
    """One figure of a report: an amount of an article at a point in the order, or a group expression."""

    title: str
    value: Expression
    percent: bool = False
    unit: str = "€"


class Report(Struct, frozen=True):
    """Figures without payment, per group."""

    name: str
    title: str
    keys: tuple[Key, ...]
    every: Every | None
    shows: tuple[Show, ...]
    as_of: date | None = None  # another day than that of the statement
    shares: Distribute | None = None  # a proposal: who would get what
    proposes: tuple[str, date] | None = None  # the list that would change, and from when
