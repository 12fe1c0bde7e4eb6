"""What `git diff`, `git log -p`, `git show` and `git blame` print for contracts."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractlang.git.driver import canonical, compared_text
from tests.git.repo import CONTRACT, Repo, needs_git

pytestmark = needs_git
LOOSE = CONTRACT.replace("last row    in part", "last row   in part").replace("  pay minutes", "  pay   minutes")


def test_git_diff_speaks_the_words_of_the_contract(ready: Repo) -> None:
    ready.edit(
        ("€ 52.45", "€ 53.00"),
        ("€ 400.00", "€ 500.00"),
        ("last row    in part", "last row    nothing, nor any later row"),
    )
    assert ready.git("diff").splitlines() == [
        "contract.zc: differs in meaning",
        "  tariff hourly",
        "    row mbo, from 2026-07-01: € 52.45 → € 53.00",
        '  article 2 "Ceiling"',
        "    limit article 1 to at most € 400.00 → € 500.00",
        "    last row: in part → nothing, nor any later row",
    ]


def test_layout_is_no_difference_and_prose_is_shown_apart(ready: Repo) -> None:
    ready.write("contract.zc", LOOSE.replace("> Above the ceiling", "> Above it"))
    assert ready.git("diff").splitlines() == [
        "contract.zc: no change of meaning",
        "  prose and comments",
        "    - > Above the ceiling nothing is paid.",
        "    + > Above it nothing is paid.",
    ]


def test_the_lines_are_there_for_who_asks(ready: Repo) -> None:
    ready.edit(("€ 52.45", "€ 53.00"))
    assert "+  | mbo   |         € 51.20 |         € 53.00 |" in ready.git("diff", "--no-ext-diff")


def test_git_log_p_shows_canonical_text_below_the_head_of_the_block(ready: Repo) -> None:
    ready.edit(("above       nothing", "above      nothing"), ("outside     nothing", "outside   nothing"))
    ready.commit("Layout")
    ready.edit(("last row    in part", "last row  nothing, nor any later row"))
    ready.commit("Last rows")
    shown = ready.git("log", "-p", "-2", "--format=%s")
    assert '@@ article 2 "Ceiling"' in shown
    assert "+    last row    nothing, nor any later row" in shown
    assert "above" not in shown.split("Layout")[1]
    meaning = ready.git("log", "-p", "-1", "--ext-diff", "--format=%s")
    assert "last row: in part → nothing, nor any later row" in meaning


def test_a_version_with_errors_is_told_and_shown_by_line(ready: Repo) -> None:
    ready.edit(("at hourly", "at daily"))
    shown = ready.git("diff")
    assert "contract.zc (+) has 1 errors" in shown
    assert "+  pay minutes of care at daily" in shown
    ready.commit("Broken")
    assert "+  pay minutes of care at daily" in ready.git("show")


def test_added_removed_and_renamed_contracts(ready: Repo) -> None:
    ready.write("second.zc", CONTRACT)
    ready.git("add", "-A")
    assert "second.zc: added" in ready.git("diff", "--cached")
    ready.commit("Second")
    (ready.folder / "second.zc").unlink()
    assert "second.zc: removed" in ready.git("diff")
    ready.git("checkout", "-q", "second.zc")
    ready.git("mv", "second.zc", "third.zc")
    ready.edit(("€ 52.45", "€ 53.00"), name="third.zc")
    shown = ready.git("diff", "HEAD", "-M")
    assert "second.zc → third.zc: differs in meaning" in shown
    assert "€ 52.45 → € 53.00" in shown


def test_git_blame_and_a_path_with_spaces(ready: Repo) -> None:
    ready.write("my contracts/a b.zc", CONTRACT)
    ready.commit("Spaces")
    ready.edit(("€ 52.45", "€ 53.00"), name="my contracts/a b.zc")
    assert "my contracts/a b.zc: differs in meaning" in ready.git("diff")
    assert "€ 51.20" in ready.git("blame", "my contracts/a b.zc")


def test_code_beside_the_contract_is_not_run(ready: Repo) -> None:
    """git calls the program in the folder of the repository; what lies there must not be imported."""
    for name in ("click", "msgspec", "contractlang"):
        ready.write(f"{name}.py", "raise SystemExit('imported')")
    ready.edit(("€ 52.45", "€ 53.00"))
    assert "€ 52.45 → € 53.00" in ready.git("diff", "--", "contract.zc")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"contract", CONTRACT.encode()[:700], b"(" * 20000])
def test_the_drivers_take_anything(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.zc"
    path.write_bytes(content)
    good = tmp_path / "b.zc"
    good.write_text(CONTRACT, encoding="utf-8")
    assert canonical(content, str(path)) == content
    for one, other in ((path, good), (good, path), (path, path)):
        assert compared_text("a.zc", str(one), str(other)).startswith("a.zc: ")
    assert compared_text("a.zc", os.devnull, str(path)).startswith("a.zc: added")
    assert compared_text("a.zc", str(path), str(tmp_path / "gone")).startswith("a.zc: ")


@given(st.binary(max_size=200), st.integers(0, len(CONTRACT.encode())))
def test_no_content_stops_the_drivers(noise: bytes, at: int) -> None:
    raw = CONTRACT.encode()
    assert canonical(raw[:at] + noise + raw[at:], "a.zc") is not None


def test_an_unmerged_path(ready: Repo) -> None:
    code, output, _ = ready.zc("git-diff", "contract.zc")
    assert (code, output) == (0, "contract.zc: not merged yet\n")
    assert sys.executable
