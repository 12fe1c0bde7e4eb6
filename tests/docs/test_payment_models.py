"""The fragments of the page on payment models stand in contracts that are settled by the tests."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "payment-models.md"
FOLDERS = ("tests/models", "tests/acceptance", "contracts/twins")


def _plain(text: str) -> list[str]:
    text = re.sub(r",\n\s+", ", ", text)  # a sentence that goes on after a comma
    return [re.sub(r"\s+", " ", line.strip()) for line in text.splitlines() if line.strip()]


def test_every_fragment_stands_in_a_contract() -> None:
    contracts = ["\n".join(_plain(p.read_text(encoding="utf-8"))) for f in FOLDERS for p in (ROOT / f).rglob("*.zc")]
    fragments = re.findall(r"^```zc\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    assert len(fragments) >= 8
    for fragment in fragments:
        text = "\n".join(_plain(fragment))
        assert any(text in contract for contract in contracts), fragment
