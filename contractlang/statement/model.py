"""The statement as it is handed out: frozen, every amount a text, so that no reader makes a float of it.

Money is euros with two decimals ("-880.12"), a figure is a decimal when it ends and else a ratio in lowest terms
("47/57"). An amount that the contract does not know (a clause that people decide) is null, never zero.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = "1.0"
SCHEMA_FILE = Path(__file__).with_name("schema.json")

Money = Annotated[str, Field(pattern=r"^-?[0-9]+\.[0-9]{2}$", description="euros with two decimals")]
Figure = Annotated[str, Field(pattern=r"^-?[0-9]+(\.[0-9]+|/[0-9]+)?$", description="decimal, or ratio n/d")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ContractPart(_Part):
    """Which contract was settled. `provider` is null when there is one provider per party in the data."""

    name: str
    version: str
    sha256: str
    language: str
    payer: str
    provider: str | None
    parties: tuple[str, ...] = Field((), description="the providers that are settled on their own")
    term_first: date
    term_last: date
    settle: str


class DataPart(_Part):
    """One table of data as it was read."""

    table: str
    file: str
    sha256: str
    rows: int
    accepted: int
    decimal: dict[str, str] = Field(default_factory=dict, description="decimal sign detected, by column")
    dates: dict[str, str] = Field(default_factory=dict, description="form of dates detected, by column")
    ignored: tuple[str, ...] = Field((), description="columns of the file that the contract does not use")


class Step(_Part):
    """One step of a derivation: the key of its text, and its figures by name."""

    key: str
    figures: dict[str, str] = Field(default_factory=dict)


class ArticlePart(_Part):
    """An article with its total; null when it has only posts that people decide."""

    article: str
    title: str
    amount: Money | None


class PostPart(_Part):
    """An amount of one head of an article for one party and settlement period; null: people decide it."""

    article: str
    head: str
    party: str | None
    period: str
    amount: Money | None
    quantity: Figure | None = None
    unit: str | None = None
    rows: int | None = None
    note: str | None = None
    derivation: tuple[Step, ...] = ()


class PartyTotal(_Part):
    """What one party gets in one settlement period; period null: in the whole term."""

    party: str | None
    period: str | None
    amount: Money


class RowCounts(_Part):
    """Rows of the paid tables; each is in exactly one of the counts after `submitted`."""

    submitted: int
    paid: int = Field(description="paid in full")
    partly: int = Field(description="paid in part")
    cut: int = Field(description="priced and paid nothing")
    absorbed: int
    rejected: int
    pending: int


class Amounts(_Part):
    """Euros of the rows of the paid tables: submitted = paid + cut + absorbed + rejected + pending.

    `cut` is what accepted rows claimed less what they are paid; `price_difference` (claimed less priced) is a part of
    it. Without a column with claimed amounts, claimed is read as priced and what is rejected is not known.
    """

    submitted: Money
    priced: Money
    paid: Money
    cut: Money
    price_difference: Money
    absorbed: Money
    rejected: Money | None
    pending: Money | None


class RefusedPart(_Part):
    """Rows that do not count (or not yet) for one reason."""

    table: str
    reason: str
    rows: int
    amount: Money | None


class BadCellPart(_Part):
    """A cell that could not be used; row 1 is the first row of data."""

    table: str
    row: int
    column: str
    text: str
    expected: str


class CeilingPart(_Part):
    """A ceiling of one scope: own amount, room moved to it, what filled it and what became of it."""

    article: str
    head: str
    party: str | None
    scope: dict[str, str]
    amount: Money | None = Field(description="own ceiling; null is unlimited")
    moved: Money
    room: Money | None
    counted: Money
    paid: Money
    cut: Money
    reached_on: date | None
    use: str | None = Field(description="counted as a percentage of the room, two decimals")
    rows_cut: int
    delivery: str | None = Field(None, description="goes_on: duty to deliver above the ceiling; may_stop: no such duty")


class FigurePart(_Part):
    """One figure of a report; null when it is missing."""

    title: str
    value: Figure | None
    percent: bool
    unit: str
    estimate: bool = Field(False, description="an estimate: shown, never paid")


class ReportRow(_Part):
    """The figures of a report for one group."""

    party: str | None
    keys: dict[str, str]
    figures: tuple[FigurePart, ...]


class SharePart(_Part):
    """What a distribution gives a name in one step; null: the reserve, or, when `left`, nobody."""

    article: str
    head: str
    party: str | None
    scope: dict[str, str]
    step: int
    to: str | None
    left: bool
    amount: Money


class ReportPart(_Part):
    """A report: figures without payment."""

    name: str
    title: str
    rows: tuple[ReportRow, ...]
    as_of: date | None = Field(None, description="another day than that of the statement")
    shares: tuple[SharePart, ...] = Field((), description="a proposal: who would get what; never a payment")
    proposes: str | None = Field(None, description="the list that would change")
    proposes_from: date | None = None


class CashPart(_Part):
    """Cash of one head for a party: paid before (negative), or added to what is due."""

    article: str
    head: str
    party: str | None
    period: str
    amount: Money
    derivation: tuple[Step, ...]


class DuePart(_Part):
    """What a party is due after deductions; negative: the party owes it. `advances`: it is set off against these."""

    party: str | None
    entitlement: Money
    deducted: Money
    due: Money
    set_off: bool = False
    at_most: Figure | None = Field(None, description="share of each next advance that may be set off")


class OrderPart(_Part):
    """One head in the order of settlement: what it does, and to which articles."""

    article: str
    head: str
    does: str
    base: tuple[str, ...] = ()


class DefaultPart(_Part):
    """A choice that the contract does not write and the language makes."""

    where: str
    choice: str


class CheckPart(_Part):
    """A law of conservation that was checked, with both sides; of one article or of the whole."""

    law: str
    article: str | None = None
    left: str
    right: str


class Statement(_Part):
    """The settlement of one contract over its data as of a day."""

    schema_version: str = SCHEMA_VERSION
    contract: ContractPart
    data: tuple[DataPart, ...]
    as_of: date | None
    engine: str
    total: Money
    due: Money = Field(description="total after what was paid before")
    articles: dict[str, Money | None]
    titles: tuple[ArticlePart, ...]
    posts: tuple[PostPart, ...]
    parties: tuple[PartyTotal, ...]
    absorbed: tuple[PostPart, ...] = Field((), description="shadow prices of rows that are part of another payment")
    shares: tuple[SharePart, ...] = Field((), description="who gets what of an amount that is distributed")
    cash: tuple[CashPart, ...] = ()
    dues: tuple[DuePart, ...] = Field((), description="per party, when the contract deducts or guarantees what is due")
    rows: RowCounts
    amounts: Amounts
    rejections: tuple[RefusedPart, ...]
    pending: tuple[RefusedPart, ...]
    bad_cells: tuple[BadCellPart, ...]
    ceilings: tuple[CeilingPart, ...]
    reports: tuple[ReportPart, ...]
    order: tuple[OrderPart, ...]
    defaults: tuple[DefaultPart, ...]
    checks: tuple[CheckPart, ...]


def schema_text() -> str:
    """The JSON schema of the statement as `schema.json` must hold it."""
    return json.dumps(Statement.model_json_schema(), indent=1, sort_keys=True) + "\n"
