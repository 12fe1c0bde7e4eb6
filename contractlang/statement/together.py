"""What became of many contracts over the same data, as it is handed out: see `docs/many-contracts.md`."""

from __future__ import annotations

from datetime import date

import msgspec
from msgspec import Struct

from contractlang.statement.model import Money

SCHEMA_VERSION = "1.0"
SETTLED, REFUSED = "settled", "not settled"


class ContractOutcome(Struct, frozen=True, kw_only=True):
    """One contract of the folder: `statement` is the file with its statement, `messages` say why there is none.

    `rows` are those that are its own, of the files that are routed; null when the contract could claim none.
    """

    file: str
    name: str | None = None
    version: str | None = None
    provider: str | None = None
    status: str
    rows: int | None = None
    total: Money | None = None
    statement: str | None = None
    messages: tuple[str, ...] = ()


class FileOutcome(Struct, frozen=True, kw_only=True):
    """The rows of one file: rows = routed + unmatched + several."""

    file: str
    rows: int
    routed: int
    unmatched: int
    several: int


class ReasonOutcome(Struct, frozen=True, kw_only=True):
    """Rows of one file that reached no statement for one reason, and what was claimed with them (null: not told)."""

    file: str
    reason: str
    rows: int
    amount: Money | None


class Index(Struct, frozen=True, kw_only=True):
    """Many contracts settled together."""

    schema_version: str = SCHEMA_VERSION
    engine: str
    as_of: date | None
    total: Money
    contracts: tuple[ContractOutcome, ...]
    files: tuple[FileOutcome, ...]
    unmatched: tuple[ReasonOutcome, ...]

    @property
    def whole(self) -> bool:
        """Whether every contract was settled."""
        return all(one.status == SETTLED for one in self.contracts)


def index_text(index: Index) -> str:
    """The index as JSON."""
    return msgspec.json.format(msgspec.json.encode(index), indent=2).decode() + "\n"


def read_index(text: str) -> Index:
    """An index from its JSON. Raises msgspec.ValidationError."""
    return msgspec.json.decode(text, type=Index)
