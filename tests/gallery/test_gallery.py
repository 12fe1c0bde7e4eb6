"""Malformed contracts as people write them: exactly these errors on exactly these lines, no cascades."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from contractlang.analysis.check import check
from contractlang.base.diagnostics import messages, word
from contractlang.cli.findings import render

HERE = Path(__file__).parent
EXPECTED: dict[str, list[list[object]]] = json.loads((HERE / "expected.json").read_text(encoding="utf-8"))
WARNINGS = {"zc270", "zc280", "zc450", "zc490", "zc519"}


def test_every_file_is_expected() -> None:
    assert {path.name for path in HERE.glob("*.zc")} == set(EXPECTED)
    languages = [name[:2] for name in EXPECTED]
    assert len(EXPECTED) >= 200
    assert languages.count("nl") >= 100
    assert languages.count("en") >= 100


@pytest.mark.parametrize("name", EXPECTED)
def test_exactly_these_errors(name: str) -> None:
    checked = check((HERE / name).read_text(encoding="utf-8"), name, str(HERE))
    assert [[found.code, found.place.line] for found in checked.errors] == EXPECTED[name]
    code = name.split("_")[1]
    if code in WARNINGS:
        assert code.upper() in [found.code for found in checked.findings]
    if code == "zc300":
        assert checked.holes
    for found in checked.findings:
        for part in ("title", "text", "help"):
            said = word(found.code, part, checked.document.source.language, found.arguments)
            assert said, (found.code, part)
            assert not re.search(r"\{\w+\}", said), said
    assert render(checked.findings, checked.document.source, "full", checked.holes)


def test_every_message_is_in_both_languages() -> None:
    for code, parts in messages().items():
        for part, texts in parts.items():
            assert set(texts) == {"en", "nl"}, (code, part)
            assert sorted(re.findall(r"\{\w+\}", texts["en"])) == sorted(re.findall(r"\{\w+\}", texts["nl"])), (
                code,
                part,
            )
