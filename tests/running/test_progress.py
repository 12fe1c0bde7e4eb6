"""Long work says what it is at on a terminal, and nothing anywhere else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from contractlang.base.progress import COMPOSING, READING, SETTLING, WRITING, Watch, advance, ask, enter, watched
from contractlang.cli.progress import told
from tests.running.settling import Place, write_data


def at(name: str, what: str, total: int, unit: str, percent: float, language: str = "en") -> str:
    with watched() as watch:
        enter(name, what, total, unit)
        ask(lambda: percent)
        assert watch.stage is not None
        watch.stage.since = 100.0  # of a clock in floats a difference may be a hair less than ten
        return told(watch, watch.stage.since + 10, watch.stage.since - 2, language)


def test_a_stage_is_told_with_what_is_done_and_the_time_left() -> None:
    reading = (READING, "care.csv", 1_048_000_000, "bytes", 25.0)
    assert at(*reading) == "reading care.csv … 262 of 1,048 MB, about 30 s left, 12 s"
    assert at(*reading, "nl") == "care.csv lezen … 262 van 1.048 MB, nog ongeveer 30 s, 12 s"
    assert at(WRITING, "", 2_000, "rows", 50.0) == "writing the lines … 1,000 of 2,000 rows, about 10 s left, 12 s"
    assert at(SETTLING, "2", 0, "rows", 2.0) == "settling article 2 … 2 %, about 8 min left, 12 s"


def test_what_is_not_known_is_not_told() -> None:
    assert at(COMPOSING, "", 0, "rows", -1.0) == "making the statement … 12 s"
    assert told(Watch(), 5.0, 2.0, "en") == "settling … 3 s"


def test_work_that_counts_itself_is_not_asked() -> None:
    with watched() as watch:
        ask(lambda: 90.0)
        enter(READING, "a.csv", 200, "bytes", counts=True)
        advance(50)
        assert watch.share() == 0.25
        enter(READING, "a.gz", 0, "bytes", counts=True)  # packed: the size of what is in it is not known
        advance(50)
        assert watch.share() is None
    enter(READING, "b.csv")  # nobody watches
    advance(1)
    assert watch.stage is not None
    assert watch.stage.what == "a.gz"


def test_nothing_is_shown_in_a_pipe(tmp_path: Path) -> None:
    place = Place(tmp_path)
    write_data(tmp_path / "care.csv", 2_000, 1)
    done = place.done(place.writing(tmp_path / "care.csv"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminal in the standard library")
def test_a_terminal_shows_the_stages_and_is_left_clean(tmp_path: Path) -> None:
    import pty

    place = Place(tmp_path)
    write_data(tmp_path / "care.csv", 600_000, 1)
    mine, theirs = pty.openpty()
    process = subprocess.Popen(
        place.writing(tmp_path / "care.csv"), env=place.environment, stdout=subprocess.DEVNULL, stderr=theirs
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            shown += os.read(mine, 4096)
        except OSError:  # the other end is closed
            break
    os.close(mine)
    assert process.wait() == 0
    signs = shown.decode().split("\r")
    assert any("care" in sign and "…" in sign for sign in signs)
    assert signs[-1] == ""
    assert not signs[-2].strip()
