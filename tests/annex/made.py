"""Contracts of the library and the twins with their examples computed, once for all tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from contractlang.annex.annex import annex
from contractlang.annex.outcomes import LaidIn, Worked, laid_in, worked
from contractlang.api import load, make_engine
from contractlang.data.prepare import bound_files, cleanup
from contractlang.model.contract import Contract
from contractlang.report.document import Document
from contractlang.report.markdown import as_markdown

ROOT = Path(__file__).parents[2]
TWINS = sorted((ROOT / "contracts" / "twins").glob("*/*.zc"))
LIBRARY = sorted((ROOT / "contracts" / "library").rglob("*.zc"))


class Made(Struct, frozen=True):
    """A contract with what its annex needs."""

    contract: Contract
    worked: tuple[Worked, ...]
    laid: tuple[LaidIn, ...]

    def document(self, language: str) -> Document:
        return annex(self.contract, language, self.worked, self.laid)

    def text(self, language: str) -> str:
        return as_markdown(self.document(language))


@cache
def made(path: Path) -> Made:
    contract = load(path)
    files = bound_files(contract)
    try:
        outcomes = worked(contract, files, lambda c, d, a: make_engine("duckdb", c, d, a))
        return Made(contract, outcomes, laid_in(contract, files))
    finally:
        cleanup(files)


def clauses_of(contract: Contract, language: str = "en") -> Document:
    """The annex without outcomes and without the hash of the text: what the contract itself says."""
    return annex(replace(contract, sha256=""), language, (), ())


def named(path: Path) -> str:
    return str(path.relative_to(ROOT / "contracts"))
