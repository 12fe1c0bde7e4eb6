"""One settlement on two engines: the statement but for the engine's name, the lines, the digest."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from msgspec import to_builtins

from contractlang.api import load, make_engine
from contractlang.base.workplace import workplace
from contractlang.data.prepare import cleanup, prepare
from contractlang.engine.protocol import DataFault
from contractlang.model.contract import Contract
from contractlang.report.render import render
from contractlang.settling.settle import settle

Outcome = tuple[Any, ...]


def outcome(
    contract: Contract | Path, data: Any, engine: str, as_of: date | None = None, lines: Path | None = None
) -> Outcome:
    """What comes out on an engine: the statement as JSON, its records, every line, the digest and the bytes of the file of lines."""
    contract = contract if isinstance(contract, Contract) else load(contract)
    with workplace():
        prepared = prepare(contract, data)
        made = make_engine(engine, contract, prepared, as_of)
        try:
            statement = settle(contract, made, prepared, as_of)
            every = [*made.lines(), *made.counted()]
            written = b""
            if lines is not None:
                made.write_lines(str(lines))
                written = lines.read_bytes()
            digest = made.digest()
        except DataFault as fault:
            return (fault.code,)
        finally:
            made.close()
            cleanup(prepared)
    text = render(statement, "json", contract.language).replace(f'"engine": "{engine}"', '"engine": "…"')
    return text, to_builtins(statement) | {"engine": ""}, every, digest, written


def assert_alike(contract: Contract | Path, data: Any, as_of: date | None = None, lines: Path | None = None) -> Outcome:
    """Spark and the fast engine give the same to the byte; what they give."""
    fast, found = (outcome(contract, data, engine, as_of, lines) for engine in ("duckdb", "spark"))
    if len(fast) > 1 and len(found) > 1:
        for part in fast[1]:
            assert found[1][part] == fast[1][part], part
        assert found[2] == fast[2]
    assert found == fast
    return found
