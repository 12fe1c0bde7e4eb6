"""The sentences come from the model: the same model gives the same sentences, whatever the language of the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace

from contractlang.analysis.check import check
from contractlang.base.source import Place
from contractlang.format.format import format_text
from contractlang.model.contract import Contract
from tests.annex.made import LIBRARY, TWINS, clauses_of, made, named

DUTCH = [path for path in (*TWINS, *LIBRARY) if "/nl/" in str(path) or path.name.endswith(".nl.zc")]
OF_THE_FILE = {"sha256", "language", "place", "line", "folder", "holes"}


def english(path: Path) -> Path:
    return Path(str(path).replace("/nl/", "/en/").replace(".nl.zc", ".en.zc"))


@pytest.mark.parametrize("path", DUTCH, ids=named)
def test_the_same_contract_in_the_other_language_gives_the_same_annex(path: Path) -> None:
    text = format_text(path.read_text(encoding="utf-8"), path.name, str(path.parent), "en")
    translated = check(text, path.name, str(path.parent)).contract
    assert translated is not None
    own = made(path).contract
    for language in ("nl", "en"):
        assert clauses_of(_renamed(translated, own), language) == clauses_of(own, language)


@pytest.mark.parametrize("path", DUTCH, ids=named)
def test_twins_differ_in_names_and_prose_only(path: Path) -> None:
    """Names of the one in the place of those of the other; everything else of the model is left as it is."""
    dutch, other = made(path).contract, made(english(path)).contract
    assert clauses_of(_renamed(other, dutch), "en") == clauses_of(dutch, "en")
    assert clauses_of(_renamed(dutch, other), "nl") == clauses_of(other, "nl")


def _renamed(one: Contract, other: Contract) -> Contract:
    """The contract with the texts of another; refuses when anything but a text differs."""
    found = _merged(one, other, "")
    assert isinstance(found, Contract)
    return found


def _merged(one: object, other: object, where: str) -> object:
    assert type(one) is type(other), where
    if isinstance(one, Place):
        return one
    if isinstance(one, Struct):
        assert isinstance(other, Struct)
        fields = [name for name in one.__struct_fields__ if name not in OF_THE_FILE]
        return replace(one, **{n: _merged(getattr(one, n), getattr(other, n), f"{where}.{n}") for n in fields})
    if isinstance(one, tuple):
        assert isinstance(other, tuple)
        assert len(one) == len(other) or where.endswith(("headings", "aliases", "prose")), where
        return (
            tuple(_merged(a, b, where) for a, b in zip(one, other, strict=False)) if len(one) == len(other) else other
        )
    if type(one) is str:
        return other
    assert one == other, where
    return one
