"""A settlement that is killed at any moment leaves the old files or the new ones, and nothing that the next run does not remove."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.running.settling import Place, hash_of, named_hash, write_data

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
SIGNALS = (signal.SIGKILL, signal.SIGINT)


def kill_at_random(folder: Path, rounds: int, rows: int, seed: int) -> Counter[str]:
    """How many rounds ended with the old files, the new ones, and new lines beside the old statement."""
    place, drawn, ended = Place(folder), random.Random(seed), Counter[str]()
    first, second, small = (folder / f"{name}.csv" for name in ("first", "second", "small"))
    write_data(first, rows // 2, 1)
    write_data(second, rows, 2)
    write_data(small, 20, 3)
    assert place.done(place.writing(first)).returncode == 0
    old = place.written()
    started = time.monotonic()
    assert place.done(place.writing(second)).returncode == 0
    lasting, new = time.monotonic() - started, place.written()
    for round_number in range(rounds):
        for path, content in zip(("statement.json", "statement.csv"), old, strict=True):
            (place.out / path).write_bytes(content)
        sent = SIGNALS[round_number % 2]
        process = place.started(place.writing(second))
        time.sleep(drawn.uniform(0, 1.1 * lasting))
        process.send_signal(sent)
        _, said = process.communicate()
        ended[judged(place, old, new, sent, process.returncode, said)] += 1
        assert place.done(place.writing(small, "next")).returncode == 0
        assert place.left() == []
    return ended


def judged(place: Place, old: tuple[bytes, bytes], new: tuple[bytes, bytes], sent: int, code: int, said: str) -> str:
    statement, lines = place.written()
    if sent == signal.SIGINT:
        assert code in (0, 130, -signal.SIGINT)  # the last: before Python had read the first line of the program
        assert code != 130 or said == "contractlang: interrupted\n"
        assert code == -signal.SIGINT or place.left() == []
    if (statement, lines) == (old[0], new[1]):  # killed between the two moves: the statement does not name these lines
        assert sent == signal.SIGKILL
        assert named_hash(statement) != hash_of(lines)
        return "between"
    assert named_hash(statement) == hash_of(lines)
    assert (statement, lines) in (old, new)
    assert code != 0 or (statement, lines) == new
    return "old" if (statement, lines) == old else "new"


def test_a_few_killed_settlements(tmp_path: Path) -> None:
    ended = kill_at_random(tmp_path, 4, 20_000, 11)
    assert ended.total() == 4


@pytest.mark.slow
def test_many_killed_settlements(tmp_path: Path) -> None:
    """CONTRACTLANG_KILLS=200 for the whole number; docs/performance.md says what came out."""
    rounds = int(os.environ.get("CONTRACTLANG_KILLS", "20"))
    ended = kill_at_random(tmp_path, rounds, 200_000, int(os.environ.get("CONTRACTLANG_SEED", "1")))
    print(dict(ended))
    assert ended.total() == rounds
    assert ended["old"]


def test_the_statement_names_its_lines_in_every_form(tmp_path: Path) -> None:
    place = Place(tmp_path)
    write_data(tmp_path / "care.csv", 20, 1)
    lines = place.out / "statement.csv"
    for style in ("text", "md", "json"):
        done = place.done(place.command(tmp_path / "care.csv", "--format", style, "--lines", str(lines)))
        assert hash_of(lines.read_bytes()) in done.stdout
    assert "Hash of the lines" not in place.done(place.command(tmp_path / "care.csv")).stdout
