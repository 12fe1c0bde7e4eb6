"""Rows of a table cut over several files, each written in a way of its own; and what a settlement over them says."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any as Anything

import duckdb
from hypothesis import strategies as st
from msgspec import Struct, to_builtins

from contractlang.analysis.check import check
from contractlang.api import make_engine
from contractlang.data.prepare import cleanup, prepare
from contractlang.data.prepared import Prepared
from contractlang.engine.protocol import DataFault
from contractlang.model.contract import Contract
from contractlang.model.tables import Kind
from contractlang.settling.settle import settle
from tests.differential.generate import Case
from tests.differential.models import Models
from tests.differential.rows import HEAD

Rows = Sequence[tuple[str, ...]]
Tables = Mapping[str, tuple[Sequence[str], Rows]]


class Style(Struct, frozen=True):
    """How a file is written: `end` is that of its name, `turn` by how many places its columns are moved on."""

    delimiter: str = ","
    end: str = ".csv"
    newline: str = "\n"
    turn: int = 0
    quoted: bool = False
    mark: bool = False


def styles() -> st.SearchStrategy[Style]:
    """Every way of writing that says the same."""
    return st.builds(
        Style, st.sampled_from([",", ";", "\t", "|"]), st.sampled_from([".csv", ".csv", ".csv.gz", ".tsv", ".parquet"]),
        st.sampled_from(["\n", "\r\n"]), st.integers(0, 11), st.booleans(), st.booleans(),
    )  # fmt: skip


@st.composite
def cuts(draw: st.DrawFn, rows: Rows) -> list[tuple[Rows, Style]]:
    """The rows one behind the other in one to five files, some of them empty."""
    places = sorted(draw(st.lists(st.integers(0, len(rows)), max_size=4)))
    ends = [*places, len(rows)]
    starts = [0, *places]
    return [(rows[start:end], draw(styles())) for start, end in zip(starts, ends, strict=True)]


def write(folder: Path, name: str, header: Sequence[str], rows: Rows, style: Style) -> Path:
    """A file of these rows."""
    at = style.turn % len(header)
    turned = [(*row[at:], *row[:at]) for row in (tuple(header), *rows)]
    path = folder / f"{name}{style.end}"
    if style.end == ".parquet":
        _parquet(path, turned)
        return path
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if style.quoted else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=style.delimiter, lineterminator=style.newline, quoting=quoting).writerows(turned)
    made = out.getvalue().encode("utf-8-sig" if style.mark else "utf-8")
    path.write_bytes(gzip.compress(made) if style.end.endswith(".gz") else made)
    return path


def _parquet(path: Path, rows: Sequence[tuple[str, ...]]) -> None:
    header, *cells = rows
    columns = ", ".join(f'"{name}" VARCHAR' for name in header)
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE t ({columns})")
        if cells:
            connection.executemany(f"INSERT INTO t VALUES ({', '.join('?' for _ in header)})", cells)
        connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")


def write_table(folder: Path, header: Sequence[str], files: Iterable[tuple[Rows, Style]]) -> Path:
    """A folder of files, in the order of their names."""
    folder.mkdir(parents=True)
    for number, (rows, style) in enumerate(files, start=1):
        write(folder, f"2026-{number}", header, rows, style)  # month 10 comes behind month 2
    return folder


def contract_of(text: str) -> Contract:
    """The contract. Its errors fail the test."""
    checked = check(text)
    assert checked.contract is not None, [(f.code, f.place.line, dict(f.arguments)) for f in checked.errors]
    return checked.contract


def tables_of(case: Case | Models) -> Tables:
    """The rows of a case by table."""
    return {"care": (HEAD, case.rows)} if isinstance(case, Case) else case.tables


def prepared(contract: Contract, tables: Tables) -> dict[str, Prepared]:
    """Generated rows as an engine takes them."""
    found = {}
    for table in contract.tables:
        if table.spread is None:
            header, rows = tables[table.name]
            found[table.name] = Prepared(
                table.name, "generated", header=tuple(header), rows=tuple(rows),
                positions={name: index for index, name in enumerate(header)},
                decimal={c.name: "." for c in table.columns if c.kind is Kind.NUMBER},
                dates={c.name: "iso" for c in table.columns if c.kind is Kind.DATE},
            )  # fmt: skip
    return found


def settled(contract: Contract, given: Mapping[str, object], engine: str, **more: Anything) -> Anything:
    """What a settlement says but for the names of files: statement, lines, digest; or the code of a fault."""
    prepared = prepare(contract, given, **more)
    made = None
    try:
        made = make_engine(engine, contract, prepared, None)
        statement = settle(contract, made, prepared, None)
        shown = _plain(to_builtins(statement))
        every = [*made.lines(), *made.counted()]
        return shown, sorted(every, key=lambda line: (line.table, line.row)), made.digest()
    except DataFault as fault:
        return fault.code
    finally:
        if made is not None:
            made.close()
        cleanup(prepared)


def _plain(statement: dict[str, Anything]) -> dict[str, Anything]:
    """Rows of cells are told through all files, as of one file."""
    before: dict[tuple[str, str], int] = {}
    for part in statement["data"]:
        rows = 0
        for file in part["files"]:
            before[part["table"], file["file"]] = rows
            rows += file["rows"]
        assert not part["files"] or rows == part["rows"]
    for cell in statement["bad_cells"]:
        cell["row"] += before.get((cell["table"], cell.pop("file")), 0)
    kept = ("table", "rows", "accepted")
    statement["data"] = [{name: part[name] for name in kept} for part in statement["data"]]
    return {name: one for name, one in statement.items() if name != "engine"}
