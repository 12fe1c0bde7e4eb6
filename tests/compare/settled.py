"""What a contract comes to over the data of the worked examples of another version of it."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from contractlang.analysis.check import check
from contractlang.api import make_engine
from contractlang.data.faults import DataError
from contractlang.data.prepare import bound_files
from contractlang.data.prepared import Prepared
from contractlang.engine.protocol import BrokenLaw, DataFault
from contractlang.model.contract import Contract, Example
from contractlang.settling.example import _rows, _with_figures, _with_given_columns
from contractlang.settling.settle import settle
from contractlang.statement.model import RefusedPart, ReportPart, Statement

ROOT = Path(__file__).parents[2] / "contracts"
LIBRARY = sorted((ROOT / "library").rglob("*.zc"))
TWINS = sorted((ROOT / "twins").rglob("*.zc"))
UNKNOWN = (KeyError, StopIteration)  # what the example gives is no longer a part of the contract
STOPPED = (BrokenLaw, DataError, ValueError, AssertionError)


class Source(Struct, frozen=True):
    """A contract file with the data of its examples."""

    path: Path
    text: str
    contract: Contract

    @property
    def folder(self) -> str:
        return str(self.path.parent)


def source(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    contract = check(text, path.name, str(path.parent)).contract
    assert contract is not None
    return Source(path, text, contract)


def with_example(contract: Contract, example: Example) -> tuple[Contract, dict[str, Prepared]]:
    """A contract that reads what an example gives, and that. Raises UNKNOWN when it gives what the contract has not."""
    given = {table.table: table for table in example.given}
    tables = tuple(_with_given_columns(table, given.get(table.name)) for table in contract.tables)
    adapted = _with_figures(replace(contract, tables=tables), example)
    files = bound_files(contract)
    return adapted, {table.name: _rows(table, given.get(table.name), files) for table in adapted.tables}


def statement_of(contract: Contract, example: Example, engine: str = "oracle") -> Statement:
    """The statement over the data that an example gives. Raises DataFault, BrokenLaw, KeyError."""
    adapted, data = with_example(contract, example)
    made = make_engine(engine, adapted, data, example.as_of)
    try:
        return settle(adapted, made, data, example.as_of)
    finally:
        made.close()


def paid(contract: Contract, example: Example) -> object:
    """All that a settlement decides: by article, party and period, reasons, reports, shares, cash; else why it stops."""
    if contract.holes:
        return "left open"
    try:
        made = statement_of(contract, example)
    except DataFault as fault:
        return fault.code
    except (*UNKNOWN, *STOPPED) as fault:
        return type(fault).__name__
    return (
        made.total, made.due, sorted(made.articles.items()),
        sorted((one.article, one.party or "", one.period, one.amount or "") for one in made.posts),
        made.rows, made.amounts, sorted(map(_refused, made.rejections)), sorted(map(_refused, made.pending)),
        sorted(_report(one) for one in made.reports),
        sorted((one.article, one.party or "", str(one.scope), one.step, one.to or "", one.amount) for one in made.shares),
        sorted((one.article, one.party or "", one.period, one.amount) for one in made.cash), made.dues,
    )  # fmt: skip


def _refused(one: RefusedPart) -> tuple[str, ...]:
    return one.table, one.reason, str(one.rows), one.amount or ""


def _report(one: ReportPart) -> tuple[str, ...]:
    rows = sorted(
        (row.party or "", str(list(row.keys.items())), *(figure.value or "" for figure in row.figures))
        for row in one.rows
    )
    return (one.name, str(rows), str([(share.to, share.amount) for share in one.shares]))
