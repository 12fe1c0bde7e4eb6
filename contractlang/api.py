"""contractlang for Python programs: load a contract, check it, settle it.

from contractlang import load, settle
statement = settle(load("contract.zc"), {"care": frame})
print(statement.total)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from contractlang.analysis.check import Checked
from contractlang.analysis.check import check as check_text
from contractlang.base.diagnostics import Diagnostic, word
from contractlang.model.contract import Contract

if TYPE_CHECKING:
    from contractlang.annex.outcomes import Annex
    from contractlang.data.cache import Cache
    from contractlang.data.prepared import Prepared
    from contractlang.engine.protocol import Engine
    from contractlang.engine.routing import Member, Router
    from contractlang.settling.together import Entry
    from contractlang.statement.model import Statement
    from contractlang.statement.together import Index

ENGINES = ("duckdb", "oracle", "spark")


class ContractError(Exception):
    """The contract has errors, or holes where none may be; `findings` are all of them."""

    def __init__(self, message: str, findings: tuple[Diagnostic, ...]) -> None:
        super().__init__(message)
        self.findings = findings


def check(path: str | Path) -> Checked:
    """Read and check a contract file. Returns the findings and, without errors, the contract.

    Raises OSError when the file cannot be read, UnicodeDecodeError when it is not UTF-8.
    """
    path = Path(path)
    return check_text(path.read_text(encoding="utf-8-sig"), str(path), str(path.resolve().parent))


def load(path: str | Path) -> Contract:
    """A contract file as its core model. Raises ContractError with all findings when it has errors."""
    checked = check(path)
    if checked.contract is None:
        first = checked.errors[0]
        name, place = checked.document.source.located(first.place)
        where = f"line {place.line}" if name == str(path) else f"line {place.line} of {name}"
        raise ContractError(f"{path}: {len(checked.errors)} errors, first {first.code} at {where}", checked.errors)
    return checked.contract


def settle(
    contract: Contract | str | Path,
    data: object,
    *,
    as_of: date | None = None,
    engine: str = "duckdb",
    mapping: str | Path | None = None,
    lines: str | Path | None = None,
    decimal: str | None = None,
    memory: str | None = None,
    spill: str | Path | None = None,
    cache: str | Path | Cache | None = None,
) -> Statement:
    """Settle a contract.

    `data` is a path (a file for the contract's first table, or a folder of files named after its tables), a pandas
    frame for the first table, or a mapping from table name to path, frame or rows. `lines` is a path to write priced lines to
    (.csv or .parquet). `memory` limits what the process takes with the fast engine ("600MB", "1.5 GB"; at least 400 MB);
    `spill` is the folder for what does not fit, and for every other temporary file, instead of that of the system.
    `cache` is a folder for what was read of the files: a next run with the fast engine reads new and changed files only, and
    says the same as one that reads all; a `contractlang.data.cache.Cache` says afterwards what was read.
    Raises ContractError (errors or holes in the contract), DataError (the files), DataFault (data that cannot be settled as
    a whole), BrokenLaw (the outcome does not add up) and ResourceFault (ZC940 to ZC965: memory, disk, Spark); nothing is written then.
    """
    from contractlang.base.workplace import workplace
    from contractlang.data.prepare import cleanup, prepare

    contract = contract if isinstance(contract, Contract) else load(contract)
    if contract.holes:
        raise ContractError("the contract leaves amounts or labels open and cannot be settled", ())
    _refuse_limit(memory, engine)
    with workplace(memory, spill), _open_cache(cache, engine) as kept:
        prepared = prepare(contract, data, mapping=Path(mapping) if mapping else None, decimal=decimal, cache=kept)
        try:
            return settle_prepared(contract, prepared, as_of=as_of, engine=engine, lines=lines)
        finally:
            cleanup(prepared)


def settle_prepared(
    contract: Contract,
    prepared: Mapping[str, Prepared],
    *,
    as_of: date | None = None,
    engine: str = "duckdb",
    lines: str | Path | None = None,
) -> Statement:
    """Settle a contract without holes over data that `prepare` read; the caller cleans them up.

    Raises DataFault, BrokenLaw and ResourceFault as `settle` does.
    """
    from contractlang.data.resources import within_resources

    made = None
    try:
        with within_resources():
            made = make_engine(engine, contract, prepared, as_of)
            with ThreadPoolExecutor(
                1
            ) as beside:  # what makes the statement is imported while the engine reads the data
                ready = beside.submit(import_module, "contractlang.settling.settle")
                made.intake()
            run = ready.result().settle
            statement: Statement = run(contract, made, prepared, as_of)
        return statement if lines is None else _with_lines(statement, made, Path(lines))
    finally:
        if made is not None:
            made.close()


def settle_many(
    folder: str | Path,
    data: object,
    out: str | Path,
    *,
    format: str = "text",
    as_of: date | None = None,
    engine: str = "duckdb",
    mapping: str | Path | None = None,
    decimal: str | None = None,
    language: str = "en",
    memory: str | None = None,
    spill: str | Path | None = None,
    cache: str | Path | Cache | None = None,
) -> Index:
    """Settle every contract (.zc) of a folder over the same data: each row goes to the contract that claims it.

    Writes a statement per contract in a `format` of `contractlang.report.render`, `unmatched.csv` with the rows that
    reached none, and an index, to the folder `out`, which is replaced as a whole or not at all. `language` is that of the
    index when the contracts do not agree on one; `memory`, `spill` and `cache` are those of `settle`. Contracts that cannot be
    settled are told in the index and do not stop the others. Raises ManyError (the folders), BrokenLaw (an outcome does
    not add up), ResourceFault (memory, disk, an engine that settles one contract at a time) and OSError; nothing is written then.
    """
    from contractlang.base.workplace import ResourceFault, workplace
    from contractlang.report.together import settle_into
    from contractlang.settling.together import Asked

    if engine == "spark":
        raise ResourceFault("ZC963", folder=str(folder))
    entries = _entries(sorted(Path(folder).glob("*.zc")))
    _refuse_limit(memory, engine)
    with workplace(memory, spill), _open_cache(cache, engine) as kept:
        asked = Asked(as_of, engine, Path(mapping) if mapping else None, decimal, kept)
        return settle_into(Path(out), entries, data, make_router(engine), asked, format, language)


def _refuse_limit(memory: str | None, engine: str) -> None:
    """Only the fast engine can be held to a limit for memory."""
    from contractlang.base.workplace import ResourceFault

    if memory is not None and engine != "duckdb":
        raise ResourceFault("ZC946" if engine == "oracle" else "ZC964")


@contextmanager
def _open_cache(given: str | Path | Cache | None, engine: str) -> Iterator[Cache | None]:
    """The cache of a run, when there is one. Raises ResourceFault ZC947, ZC948; ZC949 and ZC966 for other engines."""
    if given is None:
        yield None
        return
    from contractlang.base.workplace import ResourceFault
    from contractlang.data.cache import Cache

    if engine != "duckdb":
        raise ResourceFault("ZC949" if engine == "oracle" else "ZC966")
    with (given if isinstance(given, Cache) else Cache(given)).opened() as cache:
        yield cache


def _entries(paths: Sequence[Path]) -> tuple[Entry, ...]:
    """The contracts of a folder, without the frameworks that others of them fill."""
    from contractlang.settling.together import Entry

    found, frameworks = {}, set()
    for path in paths:
        try:
            checked = check(path)
        except (OSError, UnicodeDecodeError) as fault:
            found[path] = Entry(path.name, None, (str(fault),))
            continue
        found[path] = _entry(path, checked)
        frameworks |= {(path.parent / one.file).resolve() for one in checked.frameworks}
    return tuple(entry for path, entry in found.items() if path.resolve() not in frameworks)


def _entry(path: Path, checked: Checked) -> Entry:
    """A contract, or what is wrong with it in the words of its language."""
    from contractlang.settling.together import Entry

    language = checked.document.source.language
    if checked.contract is None:
        said = ((found.place.line, found.code, found.arguments) for found in checked.errors)
    else:
        said = ((hole.place.line, "ZC300", {"what": hole.what}) for hole in checked.holes)
    texts = (f"{path.name}:{line}: [{code}] {word(code, 'text', language, more)}" for line, code, more in said)
    return Entry(path.name, checked.contract, tuple(texts))


def make_router(name: str) -> Callable[[Sequence[Member], date | None], Router]:
    """What gives rows to contracts, by the name of an engine. Raises ValueError for another name."""
    if name == "oracle":
        from contractlang.engine.oracle.route import OracleRouter

        return OracleRouter
    if name == "duckdb":
        from contractlang.engine.duck.route import DuckRouter

        return DuckRouter
    raise ValueError(f"unknown engine {name!r}: one of {', '.join(ENGINES)}")


def annex(contract: Contract | str | Path, *, language: str | None = None, engine: str = "duckdb") -> Annex:
    """The contract as a document to sign, in `nl` or `en` (default: the language of the file), its examples computed.

    Raises ContractError when the contract has errors, DataError when a file beside it cannot be read. A contract that
    leaves something open has an annex; its examples are then not computed.
    """
    from contractlang.annex.annex import annex as document
    from contractlang.annex.outcomes import Annex, laid_in, worked
    from contractlang.data.prepare import bound_files, cleanup

    contract = contract if isinstance(contract, Contract) else load(contract)
    language = language or contract.language
    files = bound_files(contract)
    try:
        outcomes = worked(contract, files, lambda c, d, a: make_engine(engine, c, d, a))
        made = document(contract, language, outcomes, laid_in(contract, files))
    finally:
        cleanup(files)
    return Annex(made, language, contract.name, contract.sha256, outcomes)


def _with_lines(statement: Statement, engine: Engine, path: Path) -> Statement:
    """Write the lines, all of them or nothing; the statement names their hash."""
    from msgspec.structs import replace

    from contractlang.data.files import sha256
    from contractlang.data.resources import within_resources
    from contractlang.report.write import replacing

    with replacing(path) as (new,), within_resources(path.parent):
        engine.write_lines(str(new))
        return replace(statement, lines_sha256=sha256(new) if new.is_file() else None)


def make_engine(name: str, contract: Contract, prepared: Mapping[str, Prepared], as_of: date | None) -> Engine:
    """An engine by name: `duckdb` (fast), `oracle` (naive, exact, row by row) or `spark` (what does not fit one computer).

    Raises ValueError for another name, ResourceFault ZC960 to ZC962 when there is no Spark.
    """
    if name == "oracle":
        from contractlang.engine.oracle import Oracle

        return Oracle(contract, prepared, as_of)
    if name == "duckdb":
        from contractlang.engine.duck import Duck

        return Duck(contract, prepared, as_of)
    if name == "spark":
        from contractlang.engine.spark.session import require

        require()
        from contractlang.engine.spark.spark import Spark

        return Spark(contract, prepared, as_of)
    raise ValueError(f"unknown engine {name!r}: one of {', '.join(ENGINES)}")
