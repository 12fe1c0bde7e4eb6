"""The statement as it is handed out: frozen, every amount a text, so that no reader makes a float of it.

Money is euros with two decimals ("-880.12"), a figure is a decimal when it ends and else a ratio in lowest terms
("47/57"). An amount that the contract does not know (a clause that people decide) is null, never zero.
"""

from __future__ import annotations

import json
from collections.abc import Container
from datetime import date
from pathlib import Path
from typing import Annotated
from typing import Any as Anything

import msgspec
from msgspec import Meta, Struct, field

SCHEMA_VERSION = "1.2"
SCHEMA_FILE = Path(__file__).with_name("schema.json")

Money = Annotated[str, Meta(pattern=r"^-?[0-9]+\.[0-9]{2}$", description="euros with two decimals")]
Figure = Annotated[str, Meta(pattern=r"^-?[0-9]+(\.[0-9]+|/[0-9]+)?$", description="decimal, or ratio n/d")]


class _Part(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the statement; built by the settlement, or read back by `read_statement`, which validates it."""


class FrameworkPart(_Part, frozen=True, kw_only=True):
    """A framework under which the contract stands: its file as the contract names it, and the hash of its text."""

    file: str
    name: str
    version: str
    sha256: str


class ContractPart(_Part, frozen=True, kw_only=True):
    """Which contract was settled. `provider` is null when there is one provider per party in the data."""

    name: str
    version: str
    sha256: str
    language: str
    payer: str
    provider: str | None
    separately: Annotated[bool, Meta(description="whether each provider of the data is settled on its own")] = False
    parties: Annotated[tuple[str, ...], Meta(description="the providers that are settled on their own")] = ()
    term_first: date
    term_last: date
    settle: str
    frameworks: Annotated[
        tuple[FrameworkPart, ...], Meta(description="the one that it uses, the one which that uses, and so on")
    ] = ()


class FilePart(_Part, frozen=True, kw_only=True):
    """One of the files of a table: its hash, and how it is written where the files do not agree on that."""

    file: str
    sha256: str
    rows: Annotated[int | None, Meta(description="null: the contract has a part of the rows of the file")]
    decimal: dict[str, str] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()


class DataPart(_Part, frozen=True, kw_only=True):
    """One table of data as it was read: a file, or the files of a folder."""

    table: str
    file: str
    sha256: Annotated[str, Meta(description="of the file; empty when there are several, or none")]
    rows: int
    accepted: int
    decimal: Annotated[dict[str, str], Meta(description="decimal sign detected, by column")] = field(
        default_factory=dict
    )
    dates: Annotated[dict[str, str], Meta(description="form of dates detected, by column")] = field(
        default_factory=dict
    )
    ignored: Annotated[tuple[str, ...], Meta(description="columns of the file that the contract does not use")] = ()
    files: Annotated[tuple[FilePart, ...], Meta(description="the files of a table that may have several")] = ()


class Step(_Part, frozen=True, kw_only=True):
    """One step of a derivation: the key of its text, and its figures by name."""

    key: str
    figures: dict[str, str] = field(default_factory=dict)


class ArticlePart(_Part, frozen=True, kw_only=True):
    """An article with its total; null when it has only posts that people decide."""

    article: str
    title: str
    amount: Money | None


class PostPart(_Part, frozen=True, kw_only=True):
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


class PartyTotal(_Part, frozen=True, kw_only=True):
    """What one party gets in one settlement period; period null: in the whole term."""

    party: str | None
    period: str | None
    amount: Money


class RowCounts(_Part, frozen=True, kw_only=True):
    """Rows of the paid tables; each is in exactly one of the counts after `submitted`."""

    submitted: int
    paid: Annotated[int, Meta(description="paid in full")]
    partly: Annotated[int, Meta(description="paid in part")]
    cut: Annotated[int, Meta(description="priced and paid nothing")]
    absorbed: int
    rejected: int
    pending: int


class Amounts(_Part, frozen=True, kw_only=True):
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


class RefusedPart(_Part, frozen=True, kw_only=True):
    """Rows that do not count (or not yet) for one reason."""

    table: str
    reason: str
    rows: int
    amount: Money | None


class BadCellPart(_Part, frozen=True, kw_only=True):
    """A cell that could not be used; row 1 is the first row of data of its file."""

    table: str
    file: Annotated[str, Meta(description="which of the files of the table; empty when it is one file")] = ""
    row: int
    column: str
    text: str
    expected: str


class CeilingPart(_Part, frozen=True, kw_only=True):
    """A ceiling of one scope: own amount, room moved to it, what filled it and what became of it."""

    article: str
    head: str
    party: str | None
    scope: dict[str, str]
    amount: Annotated[Money | None, Meta(description="own ceiling; null is unlimited")]
    moved: Money
    room: Money | None
    counted: Money
    paid: Money
    cut: Money
    reached_on: date | None
    use: Annotated[str | None, Meta(description="counted as a percentage of the room, two decimals")]
    rows_cut: int
    delivery: Annotated[
        str | None, Meta(description="goes_on: duty to deliver above the ceiling; may_stop: no such duty")
    ] = None
    delivered_after: Annotated[
        Money | None, Meta(description="rows dated after `reached_on`, when the contract says whether delivery goes on")
    ] = None
    outside_after: Annotated[Money | None, Meta(description="the same of rows outside the ceiling")] = None


class FigurePart(_Part, frozen=True, kw_only=True):
    """One figure of a report; null when it is missing."""

    title: str
    value: Figure | None
    percent: bool
    unit: str
    estimate: Annotated[bool, Meta(description="an estimate: shown, never paid")] = False


class ReportRow(_Part, frozen=True, kw_only=True):
    """The figures of a report for one group."""

    party: str | None
    keys: dict[str, str]
    figures: tuple[FigurePart, ...]


class SharePart(_Part, frozen=True, kw_only=True):
    """What a distribution gives a name in one step; null: the reserve, or, when `left`, nobody."""

    article: str
    head: str
    party: str | None
    scope: dict[str, str]
    step: int
    to: str | None
    left: bool
    amount: Money


class ReportPart(_Part, frozen=True, kw_only=True):
    """A report: figures without payment."""

    name: str
    title: str
    rows: tuple[ReportRow, ...]
    as_of: Annotated[date | None, Meta(description="another day than that of the statement")] = None
    shares: Annotated[tuple[SharePart, ...], Meta(description="a proposal: who would get what; never a payment")] = ()
    proposes: Annotated[str | None, Meta(description="the list that would change")] = None
    proposes_from: date | None = None


class CashPart(_Part, frozen=True, kw_only=True):
    """Cash of one head for a party: paid before (negative), or added to what is due."""

    article: str
    head: str
    party: str | None
    period: str
    amount: Money
    derivation: tuple[Step, ...]


class DuePart(_Part, frozen=True, kw_only=True):
    """What a party is due after deductions; negative: the party owes it. `advances`: it is set off against these."""

    party: str | None
    entitlement: Money
    deducted: Money
    due: Money
    set_off: bool = False
    at_most: Annotated[Figure | None, Meta(description="share of each next advance that may be set off")] = None


class OrderPart(_Part, frozen=True, kw_only=True):
    """One head in the order of settlement: what it does, and to which articles."""

    article: str
    head: str
    does: str
    base: tuple[str, ...] = ()


class DefaultPart(_Part, frozen=True, kw_only=True):
    """A choice that the contract does not write and the language makes."""

    where: str
    choice: str


class CheckPart(_Part, frozen=True, kw_only=True):
    """A law of conservation that was checked, with both sides; of one article or of the whole."""

    law: str
    article: str | None = None
    left: str
    right: str


class Statement(_Part, frozen=True, kw_only=True):
    """The settlement of one contract over its data as of a day."""

    schema_version: str = SCHEMA_VERSION
    contract: ContractPart
    data: tuple[DataPart, ...]
    as_of: date | None
    engine: str
    total: Money
    due: Annotated[Money, Meta(description="total after what was paid before")]
    articles: dict[str, Money | None]
    titles: tuple[ArticlePart, ...]
    posts: tuple[PostPart, ...]
    parties: tuple[PartyTotal, ...]
    absorbed: Annotated[
        tuple[PostPart, ...], Meta(description="shadow prices of rows that are part of another payment")
    ] = ()
    shares: Annotated[tuple[SharePart, ...], Meta(description="who gets what of an amount that is distributed")] = ()
    cash: tuple[CashPart, ...] = ()
    dues: Annotated[
        tuple[DuePart, ...], Meta(description="per party, when the contract deducts or guarantees what is due")
    ] = ()
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
    lines_sha256: Annotated[
        str | None,
        Meta(description="hash of the file with the lines that was written with this statement; null: none was"),
    ] = None


def statement_text(statement: Statement) -> str:
    """The statement as JSON."""
    return msgspec.json.format(msgspec.json.encode(statement), indent=2).decode() + "\n"


def statement_parts(statement: Statement, names: Container[str]) -> dict[str, Anything]:
    """Some parts of the statement as plain JSON values, by name."""
    return {name: one for name, one in msgspec.to_builtins(statement).items() if name in names}


def read_statement(text: str) -> Statement:
    """A statement from its JSON. Raises msgspec.ValidationError, which says what is wrong and where."""
    return msgspec.json.decode(text, type=Statement)


def schema_text() -> str:
    """The JSON schema of the statement as `schema.json` must hold it."""
    from inspect import cleandoc

    whole = msgspec.json.schema(Statement)
    parts = whole["$defs"]
    for part in parts.values():
        part["description"] = cleandoc(part["description"])
    root = parts.pop("Statement")
    return json.dumps({**root, "$defs": parts}, indent=1, sort_keys=True) + "\n"
