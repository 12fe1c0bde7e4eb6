"""A contract under a framework is the contract that says the same in full."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractlang.analysis.check import Checked, check
from contractlang.analysis.framework.written import written_out
from contractlang.api import make_engine
from contractlang.data.prepare import bound_files
from contractlang.format.meaning import flat, same_meaning, same_model
from contractlang.model.contract import Contract
from contractlang.settling.example import run_example
from tests.frameworks.split import LIBRARY, ROOT, Whole, cut, opened, replaced

SIGNED = sorted(path for path in (ROOT / "frameworks").rglob("*.zc") if not path.name.startswith("framework"))
FRAMES = sorted((ROOT / "frameworks").rglob("framework.*.zc"))


def checked(path: Path) -> Checked:
    return check(path.read_text(encoding="utf-8"), path.name, str(path.parent))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def examples_and_articles(contract: Contract) -> list[tuple[str, object]]:
    """What `same_model` leaves out, without order, titles and places."""
    said = [(one.number, one.title) for one in contract.articles]
    return [*flat(tuple(sorted(said))), *flat(tuple(sorted(contract.examples, key=lambda one: one.title)))]


@pytest.mark.parametrize("way", [cut, opened, replaced])
@pytest.mark.parametrize("path", LIBRARY, ids=name)
def test_taken_apart_it_means_the_same(path: Path, way, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    whole = Whole(path)
    contract = whole.contract()
    for parts in way(whole):
        found = whole.laid(parts, tmp_path)
        assert [(one.code, one.arguments) for one in found.errors] == []
        assert found.contract is not None
        assert not found.holes
        assert same_model(contract, found.contract)
        assert examples_and_articles(contract) == examples_and_articles(found.contract)
        full = check(written_out(found.document), path.name, str(tmp_path))
        assert full.errors == ()
        assert full.contract is not None
        assert not full.frameworks
        assert same_model(contract, full.contract)


@pytest.mark.parametrize("path", LIBRARY, ids=name)
def test_what_is_open_is_open_in_the_framework(path: Path, tmp_path: Path) -> None:
    """The framework of `opened` checks by itself, has holes, and every hole is filled by the contract."""
    whole = Whole(path)
    for frame, own in opened(whole):
        found = whole.laid((frame, own), tmp_path)
        alone = check("\n".join(frame), "frame.zc", str(tmp_path))
        assert [one.code for one in alone.errors] == []
        assert bool(alone.holes) == ("..." in "".join(frame))
        for hole in alone.holes:
            assert "..." in alone.document.source.excerpt(hole.place)
        assert not found.holes


@pytest.mark.parametrize("path", FRAMES, ids=name)
def test_a_framework_checks_and_is_open(path: Path) -> None:
    found = checked(path)
    assert found.findings == ()
    assert found.contract is not None
    assert found.contract.holes


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
@pytest.mark.parametrize("path", SIGNED, ids=name)
def test_examples_of_both_hold(path: Path, engine: str) -> None:
    found = checked(path)
    assert found.findings == ()
    contract = found.contract
    assert contract is not None
    assert {example.framework for example in contract.examples} == {"", found.frameworks[0].file}
    for example in contract.examples:
        files = bound_files(contract)
        for one in run_example(contract, example, lambda c, d, a: make_engine(engine, c, d, a), files):
            assert one.found == one.expectation.value


@pytest.mark.parametrize("path", [path for path in (*SIGNED, *FRAMES) if ".en." in path.name], ids=name)
def test_one_meaning_in_two_languages(path: Path) -> None:
    english, dutch = checked(path).contract, checked(path.with_name(path.name.replace(".en.", ".nl."))).contract
    assert english is not None
    assert dutch is not None
    assert same_meaning(english, dutch) == ""
    assert [one.how for one in english.terms] == [one.how for one in dutch.terms]
    amounts = [
        [one.value for example in contract.examples for one in example.expected if one.what != "rejected"]
        for contract in (english, dutch)
    ]
    assert amounts[0] == amounts[1]


def test_terms_say_what_became_of_every_block() -> None:
    contract = checked(ROOT / "frameworks" / "youth_care" / "west.en.zc").contract
    assert contract is not None
    assert [(one.kind, one.name, one.how, one.framework) for one in contract.terms] == [
        ("contract", "provider", "filled", "framework.en.zc"),
        ("contract", "term", "replaced", "framework.en.zc"),
        ("lookup", "hourly", "filled", "framework.en.zc"),
        ("article", "2", "filled", "framework.en.zc"),
        ("article", "3", "replaced", "framework.en.zc"),
        ("article", "4", "added", ""),
        ("example", "An hour of guidance", "filled", "framework.en.zc"),
        ("example", "The ceiling cuts, crisis care stays outside", "added", ""),
    ]
    three = contract.terms[4]
    assert three.text == 'article 3 "Administration"'
    lines = (ROOT / "frameworks" / "youth_care" / "west.en.zc").read_text(encoding="utf-8").split("\n")
    theirs = (ROOT / "frameworks" / "youth_care" / "framework.en.zc").read_text(encoding="utf-8").split("\n")
    assert lines[three.place.line - 1].startswith(three.text)
    assert theirs[three.theirs.line - 1] == three.text
