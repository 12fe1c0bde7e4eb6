"""Folders of one process: removed at the end, and by the next process when this one was killed; never anything else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from contractlang.base.own_folder import MARK, TEXT, own_folder, remove_all, sweep
from contractlang.report.write import replacing, write

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no locks on folders")
NAME = "contractlang-0123456789abcdef"


def left_behind(parent: Path, name: str = NAME) -> Path:
    folder = parent / name
    (folder / "spill").mkdir(parents=True)
    (folder / MARK).write_text(TEXT, encoding="utf-8")
    (folder / "spill" / "block").write_bytes(b"x")
    return folder


def test_the_folder_and_what_is_in_it_are_gone_at_the_end(tmp_path: Path) -> None:
    with own_folder(tmp_path) as folder:
        assert folder.stat().st_mode & 0o777 == 0o700
        (folder / "spill").mkdir()
        (folder / "spill" / "block").write_bytes(b"x")
    assert list(tmp_path.iterdir()) == []


def test_the_folder_is_gone_after_a_fault(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), own_folder(tmp_path, hidden=True):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_behind_is_removed(tmp_path: Path) -> None:
    left_behind(tmp_path)
    (tmp_path / f".{NAME}").mkdir()  # killed at once
    (tmp_path / "contractlang-fedcba9876543210").mkdir()
    (tmp_path / "contractlang-fedcba9876543210" / MARK).write_text("Work")  # killed while it wrote the mark
    with own_folder(tmp_path) as folder:
        assert list(tmp_path.iterdir()) == [folder]


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    foreign = tmp_path / NAME
    foreign.mkdir()
    (foreign / "letter.txt").write_text("mine")
    left_behind(tmp_path, "contractlang-notes")
    elsewhere = left_behind(tmp_path / "elsewhere", "contractlang-00000000000000ff")
    (tmp_path / "contractlang-00000000000000ff").symlink_to(elsewhere)
    (tmp_path / "contractlang-00000000000000aa").write_text("a file")
    before = sorted(tmp_path.rglob("*"))
    sweep(tmp_path)
    assert sorted(tmp_path.rglob("*")) == before


def test_the_folder_of_a_living_process_stays(tmp_path: Path) -> None:
    text = (
        "import sys; from pathlib import Path; from contractlang.base.own_folder import own_folder\n"
        "with own_folder(Path(sys.argv[1])) as folder: print(folder, flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", text, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    assert process.stdout is not None
    folder = Path(process.stdout.readline().strip())
    sweep(tmp_path)
    assert folder.exists()
    process.kill()
    process.communicate()
    assert folder.exists()
    sweep(tmp_path)
    assert not folder.exists()


def test_everything_of_this_process_can_be_removed_at_once(tmp_path: Path) -> None:
    with own_folder(tmp_path) as folder:
        remove_all()
        assert not folder.exists()


def test_files_replace_others_together_or_not_at_all(tmp_path: Path) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.json"
    one.write_text("old")
    with replacing(one, other) as (new, newer):
        write(new, "1\n")
        write(newer, "2\n")
        assert (one.read_text(), other.exists()) == ("old", False)
    assert (one.read_text(), other.read_text()) == ("1\n", "2\n")
    with pytest.raises(FileNotFoundError), replacing(one, other) as (new, newer):
        write(new, "3\n")  # and not the other
    assert (one.read_text(), other.read_text()) == ("1\n", "2\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.csv", "other.json"]
