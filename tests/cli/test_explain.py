"""Every code that the sources raise has a message; every sample raises its code; the pages are current."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from contractlang.analysis.check import check
from contractlang.base.diagnostics import messages
from contractlang.base.resources import grammar_folder
from contractlang.cli.main import contractlang
from contractlang.cli.pages import files

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((grammar_folder() / "samples").glob("*.zc"))
# raised by texts that are too long for a sample, or by what no small text brings about; ZC412 guards the program
NO_SAMPLE = {"ZC412", "ZC105", "ZC199", "ZC233", "ZC312", "ZC315", "ZC319", "ZC421", "ZC440", "ZC515", "ZC520"}
NO_SAMPLE |= {"ZC153", "ZC157"}  # a framework of more than 20 MB, or more than eight above each other


def _raised() -> set[str]:
    folders = ("syntax", "analysis", "settle", "engine", "cli")
    texts = [p.read_text(encoding="utf-8") for f in folders for p in (ROOT / "contractlang" / f).glob("**/*.py")]
    return {code for text in texts for code in re.findall(r'"(ZC\d{3})"', text)}


def test_every_code_has_a_message() -> None:
    assert _raised() <= set(messages())


def test_every_code_of_a_contract_text_has_a_sample() -> None:
    of_text = {code for code in messages() if code < "ZC700"}
    assert {path.stem for path in SAMPLES} == of_text - NO_SAMPLE


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_raises_its_code(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ")
    checked = check(text, path.name, str(path.parent))
    assert path.stem in [found.code for found in checked.findings] or (path.stem == "ZC300" and checked.holes)


def test_the_pages_are_current() -> None:
    """Made by `python -m contractlang.cli.pages`."""
    folder = ROOT / "docs" / "codes"
    made = dict(files())
    assert {path.name for path in folder.glob("*.md")} == set(made)
    stale = [name for name, text in made.items() if (folder / name).read_text(encoding="utf-8") != text]
    assert not stale


def test_explain_prints_a_page_in_either_language() -> None:
    for language, said in (("nl", "Wat te schrijven"), ("en", "What to write instead")):
        outcome = CliRunner().invoke(contractlang, ["explain", "zc434", "--language", language])
        assert outcome.exit_code == 0
        assert said in outcome.output
        assert "ZC434" in outcome.output


def test_explain_without_a_code_lists_all_and_refuses_others() -> None:
    listed = CliRunner().invoke(contractlang, ["explain", "--language", "nl"])
    assert listed.exit_code == 0
    assert all(code in listed.output for code in messages())
    refused = CliRunner().invoke(contractlang, ["explain", "ZC9999"])
    assert refused.exit_code == 2


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_advice_of_a_sample_is_not_cut_off(path: Path) -> None:
    advice = path.read_text(encoding="utf-8").split("\n", 1)[0]
    assert not re.search(r"what was added: index", advice)
    assert advice.count("|") == 0 or advice.rstrip().endswith("|")


def test_a_dutch_page_has_the_dutch_message_and_advice() -> None:
    outcome = CliRunner().invoke(contractlang, ["explain", "ZC532", "--language", "nl"])
    assert "fout[ZC532]: Niet gezegd is wat wordt ge\u00efndexeerd" in outcome.output
    assert "hulp: Noem het tarief" in outcome.output
    assert "in het Engels gesteld" in outcome.output
