"""Whatever changes the meaning of a contract changes its annex: in the model, and in the text."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest
from msgspec.structs import replace

from contractlang.analysis.check import check
from contractlang.analysis.order import rewrite
from contractlang.format.meaning import same_model
from contractlang.model.contract import Contract
from contractlang.model.expression import Any
from tests.annex.made import LIBRARY, ROOT, TWINS, clauses_of, named
from tests.annex.mutate import mutants
from tests.compare.mutants import Mutant, days, figures, words
from tests.compare.script import Script

ENGLISH = [path for path in TWINS if "/en/" in str(path)]
FEW = [path for path in ENGLISH if path.stem in ("norm_and_ceiling", "nested_ceilings")]
MORE = [path for path in (*ENGLISH, *LIBRARY) if path not in FEW and not path.name.endswith(".nl.zc")]


def contract_of(text: str, path: Path) -> Contract | None:
    found = check(text, path.name, str(path.parent)).contract
    return None if found is None else replace(found, sha256="")


def silent_in_the_model(path: Path, language: str) -> list[str]:
    """Changes of the model that no sentence tells."""
    own = contract_of(path.read_text(encoding="utf-8"), path)
    assert own is not None
    said = clauses_of(own, language)
    indexes = {index.name for index in own.indexes}
    # the figure of an index is worked out from the index, and told with it
    figures = tuple(f".defines[{i}]." for i, define in enumerate(own.defines) if define.name in indexes)
    return [
        where
        for where, other in mutants(own)
        if isinstance(other, Contract) and not where.startswith(figures) and _reads(other, said, language)
    ]


def _reads(other: Contract, said: object, language: str) -> bool:
    try:
        return clauses_of(other, language) == said
    except (KeyError, IndexError, AssertionError):
        return False  # no contract: it refers to what is not there


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("path", FEW, ids=named)
def test_whatever_changes_in_the_model_is_told(path: Path, language: str) -> None:
    assert silent_in_the_model(path, language) == []


@pytest.mark.slow
@pytest.mark.parametrize("path", MORE, ids=named)
def test_whatever_changes_in_any_model_is_told(path: Path) -> None:
    assert silent_in_the_model(path, "en") == []


def collapsed(contract: Contract) -> Contract:
    """`one of 0` is `= 0`: any of one test is that test."""
    return rewrite(contract, Any, lambda of: of.of[0] if len(of.of) == 1 else of)  # type: ignore[no-any-return]


def silent_in_the_text(path: Path, makers: list[Mutant]) -> tuple[int, list[str]]:
    """How many other texts mean something else, and which of them give the same annex."""
    own = contract_of(path.read_text(encoding="utf-8"), path)
    assert own is not None
    said, number, silent = clauses_of(own), 0, []
    for mutant in makers:
        other = contract_of(mutant.text, path)
        if other is None or same_model(collapsed(own), collapsed(other)):
            continue
        number += 1
        if clauses_of(other) == said:
            silent.append(f"line {mutant.line}: {mutant.old.strip()} -> {mutant.new.strip()}")
    return number, silent


def test_another_answer_is_another_annex() -> None:
    """Every phrase of the ceilings replaced by each other one that the grammar takes there: each label has its sentence."""
    path = ROOT / "contracts" / "twins" / "en" / "nested_ceilings.zc"
    number, silent = silent_in_the_text(path, list(words(Script(path.read_text(encoding="utf-8")))))
    assert silent == []
    assert number > 30


@pytest.mark.slow
@pytest.mark.parametrize("path", ENGLISH, ids=named)
def test_another_text_is_another_annex(path: Path) -> None:
    script = Script(path.read_text(encoding="utf-8"))
    number, silent = silent_in_the_text(path, list(chain(words(script), figures(script), days(script))))
    assert silent == []
    assert number > 10
