"""Whatever stands in the two files, the check answers, and its findings have a place in one of them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contractlang.analysis.check import check
from contractlang.analysis.framework.written import written_out
from contractlang.cli.findings import render

FOLDER = Path(__file__).parents[2] / "contracts" / "frameworks"
PAIRS = [(path, path.with_name(f"framework.{path.name.split('.')[1]}.zc")) for path in sorted(FOLDER.rglob("*.zc"))]
PAIRS = [(own, frame) for own, frame in PAIRS if own != frame]


def disturbed(text: str, seed: random.Random) -> str:
    lines = text.split("\n")
    for _ in range(seed.randrange(4)):
        at, other = seed.randrange(len(lines)), seed.randrange(len(lines))
        match seed.randrange(5):
            case 0:
                del lines[at]
            case 1:
                lines[at] = lines[other]
            case 2:
                lines.insert(at, lines[other])
            case 3:
                lines[at] = lines[at].replace(seed.choice("aeo 0|.€"), seed.choice(["", "...", "|", "1"]), 1)
            case _:
                lines[at], lines[other] = lines[other], lines[at]
        lines = lines or [""]
    return "\n".join(lines)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**9))
def test_never_raises(number: int) -> None:
    seed = random.Random(number)
    own, frame = seed.choice(PAIRS)
    text = disturbed(own.read_text(encoding="utf-8"), seed)
    other = disturbed(frame.read_text(encoding="utf-8"), seed)
    found = check(text, own.name, str(own.parent), {frame.name: other})
    assert bool(found.findings or found.holes) == bool(
        render(found.findings, found.document.source, "full", found.holes)
    )
    for one in found.findings:
        name, place = found.document.source.located(one.place)
        assert name in (own.name, frame.name)
        lines = (text if name == own.name else other).split("\n")
        assert 0 < place.line <= len(lines)
    if found.contract is not None:
        full = check(written_out(found.document), own.name, str(own.parent))
        assert full.errors == ()
        assert len(full.holes) == len(found.holes)


@pytest.mark.parametrize(("own", "frame"), PAIRS, ids=lambda path: path.name)
def test_the_head_comes_first(own: Path, frame: Path) -> None:
    head, rest = own.read_text(encoding="utf-8").split("\n\n", 1)
    found = check(rest.rstrip() + "\n\n" + head + "\n", own.name, str(own.parent))
    assert [one.code for one in found.errors] == ["ZC203"]
