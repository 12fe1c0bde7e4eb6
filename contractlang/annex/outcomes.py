"""What the annex needs beside the contract: examples as they came out, and files beside the contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from msgspec import Struct

from contractlang.base.diagnostics import word
from contractlang.data.prepared import Prepared
from contractlang.engine.protocol import BrokenLaw, DataFault
from contractlang.model.contract import Contract, Example
from contractlang.report.document import Document
from contractlang.settling.example import MakeEngine, Outcome, run_example

MOST_ROWS = 200  # of a file that is laid in


class Worked(Struct, frozen=True):
    """An example with what came out, or the fault that kept it from coming out."""

    example: Example
    outcomes: tuple[Outcome, ...] = ()
    fault: str = ""

    @property
    def holds(self) -> bool:
        """Whether everything came out as agreed."""
        return not self.fault and all(one.holds for one in self.outcomes)


class Annex(Struct, frozen=True):
    """An annex as a document, with its examples as they came out."""

    document: Document
    language: str
    name: str
    sha256: str
    worked: tuple[Worked, ...]

    @property
    def failing(self) -> tuple[Worked, ...]:
        """Examples that were computed and did not come out as agreed."""
        return tuple(one for one in self.worked if one.fault or (one.outcomes and not one.holds))


def worked(contract: Contract, files: Mapping[str, Prepared], make: MakeEngine) -> tuple[Worked, ...]:
    """Every example of the contract, computed; not computed when the contract leaves something open."""
    if contract.holes:
        return tuple(Worked(example) for example in contract.examples)
    return tuple(_worked(contract, example, files, make) for example in contract.examples)


def _worked(contract: Contract, example: Example, files: Mapping[str, Prepared], make: MakeEngine) -> Worked:
    try:
        return Worked(example, run_example(contract, example, make, files))
    except (DataFault, BrokenLaw) as fault:
        arguments = getattr(fault, "arguments", {"law": str(fault)})
        return Worked(example, (), f"[{fault.code}] {word(fault.code, 'text', contract.language, arguments)}")


class LaidIn(Struct, frozen=True):
    """A file beside the contract: the columns that the contract uses, its first rows, how many there are, its hash."""

    table: str
    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    count: int
    sha256: str
    all_columns: bool


def laid_in(contract: Contract, files: Mapping[str, Prepared]) -> tuple[LaidIn, ...]:
    """The files of the contract as they are laid in."""
    return tuple(_laid_in(contract, table.name, files[table.name]) for table in contract.tables if table.name in files)


def _laid_in(contract: Contract, name: str, file: Prepared) -> LaidIn:
    table = contract.table(name)
    used = [column.name for column in table.columns if column.used and column.name in file.positions]
    cells = [file.positions[column] for column in used]
    records = _records(file)
    shown = tuple(
        tuple(_plain(row[at], name, file) for at, name in zip(cells, used, strict=True))
        for row in islice(records, MOST_ROWS)
    )
    count = len(shown) + sum(1 for _ in records)
    every = len(used) == len(file.header)
    return LaidIn(name, table.file or "", tuple(used), shown, count, file.digest, every)


def _plain(text: str, column: str, file: Prepared) -> str:
    """A cell with a decimal point and an ISO date, whatever the notation of the file."""
    text = text.strip()
    if file.decimal.get(column) == ",":
        return text.replace(".", "").replace(",", ".")
    match file.dates.get(column):
        case "basic" if len(text) == 8:
            return f"{text[:4]}-{text[4:6]}-{text[6:]}"
        case "dutch" if len(text) == 10:
            return f"{text[6:]}-{text[3:5]}-{text[:2]}"
    return text


def _records(file: Prepared) -> Iterator[Sequence[str]]:
    if file.path is None:
        yield from file.rows
    elif file.parquet:
        import duckdb

        for row in duckdb.read_parquet(str(file.path)).fetchall():
            yield ["" if cell is None else str(cell) for cell in row]
    else:
        from contractlang.data.quotes import records

        yield from records(file.path, file.dialect, file.origin)
