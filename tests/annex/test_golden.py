"""The annexes in examples/ are what their contract gives today; write them anew with: python -m tests.annex.test_golden."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.annex.made import ROOT, made

GOLDEN = {
    ROOT / "examples" / "hours_with_norm_and_ceiling" / f"annex.{language}.md": (
        ROOT / "contracts" / "library" / "wijkverpleging" / f"hours_with_norm_and_ceiling.{language}.zc"
    )
    for language in ("nl", "en")
}


@pytest.mark.parametrize("annex", GOLDEN, ids=lambda path: path.name)
def test_the_annex_is_what_its_contract_gives(annex: Path) -> None:
    assert made(GOLDEN[annex]).text(annex.suffixes[0][1:]) == annex.read_text(encoding="utf-8")


if __name__ == "__main__":
    for path, contract in GOLDEN.items():
        path.write_text(made(contract).text(path.suffixes[0][1:]), encoding="utf-8", newline="\n")
