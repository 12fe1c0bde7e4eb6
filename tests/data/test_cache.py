"""The cache never changes an outcome: what is damaged, of another file, or written by a run that was killed is left aside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from contractlang import settle
from contractlang.base.workplace import ResourceFault
from contractlang.data import cache as module
from contractlang.data import files
from contractlang.data.cache import ENTRY, MARK, Cache
from contractlang.statement.model import statement_text
from tests.running.settling import CONTRACT, write_data


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A contract and three months of data."""
    (tmp_path / "contract.zc").write_text(CONTRACT, encoding="utf-8")
    (tmp_path / "data" / "care").mkdir(parents=True)
    for month in (1, 2, 3):
        write_data(tmp_path / "data" / "care" / f"{month}.csv", 40, month)
    return tmp_path


def full(place: Path) -> str:
    return statement_text(settle(place / "contract.zc", place / "data"))


def kept(place: Path) -> tuple[str, Cache]:
    cache = Cache(place / "cache")
    return statement_text(settle(place / "contract.zc", place / "data", cache=cache)), cache


def entries(place: Path) -> list[Path]:
    return sorted(path for path in (place / "cache").iterdir() if ENTRY.fullmatch(path.name))


def test_only_new_and_changed_files_are_read(place: Path) -> None:
    assert [len(kept(place)[1].read) for _ in range(2)] == [3, 0]
    write_data(place / "data" / "care" / "4.csv", 40, 4)
    write_data(place / "data" / "care" / "2.csv", 41, 5)
    said, cache = kept(place)
    assert [name for name, _ in cache.read] == ["2.csv", "4.csv"]
    assert [name for name, _ in cache.found] == ["1.csv", "3.csv"]
    assert said == full(place)
    (place / "data" / "care" / "1.csv").rename(place / "data" / "care" / "9.csv")  # a name is no part of what was read
    said, cache = kept(place)
    assert not cache.read
    assert said == full(place)


def test_what_the_reading_depends_on_is_part_of_the_key(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(place)
    text = CONTRACT.replace("minutes    minutes  whole", "minutes    minutes  1 decimals")
    (place / "contract.zc").write_text(text, encoding="utf-8")
    said, cache = kept(place)
    assert (len(cache.read), said) == (3, full(place))
    monkeypatch.setattr(module, "_code", lambda: "another version")
    assert len(kept(place)[1].read) == 3


@pytest.mark.parametrize("damage", ["cut", "turned", "emptied", "swapped", "nonsense"])
def test_damaged_entries_are_left_aside_and_written_anew(place: Path, damage: str) -> None:
    expected, _ = kept(place)
    found = entries(place)
    contents = [path.read_bytes() for path in found]
    for at, (path, content) in enumerate(zip(found, contents, strict=True)):
        turned = bytes([content[len(content) // 2] ^ 1])
        path.write_bytes({
            "cut": content[:-1], "turned": content[: len(content) // 2] + turned + content[len(content) // 2 + 1 :],
            "emptied": b"", "swapped": contents[(at + 2) % len(contents)], "nonsense": b"nonsense",
        }[damage])  # fmt: skip
    said, cache = kept(place)
    assert said == expected
    assert cache.damaged == len(found)
    assert len(cache.read) == 3
    said, cache = kept(place)
    assert (said, cache.damaged, len(cache.read)) == (expected, 0, 0)


def test_an_entry_of_a_kind_that_cannot_be_understood(place: Path) -> None:
    expected, _ = kept(place)
    for path in entries(place):
        if path.suffix == ".json":
            key = path.name[:64]
            path.write_bytes(b"{}")
            path.rename(path.with_name(f"{key}-{module._hash(key, path)}.json"))
    said, cache = kept(place)
    assert (said, cache.damaged) == (expected, 3)


def test_a_file_that_changes_while_it_is_read_is_not_kept(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hashes = iter(range(1000))
    real = files.sha256
    monkeypatch.setattr(files, "sha256", lambda path: real(path)[:-4] + f"{next(hashes):04}")
    kept(place)
    assert entries(place) == []


def test_rows_that_cannot_be_read_are_told_from_the_cache(place: Path) -> None:
    with (place / "data" / "care" / "2.csv").open("a", encoding="utf-8") as file:
        file.write("X1,C1,2026-13-01,60\nX2,C1,2026-02-01\nX3,C1,2026-02-01,,\nX4,C1,2026-02-01, \n")
    expected = full(place)
    assert expected.count('"file": "2.csv"') > 4
    assert [kept(place)[0] for _ in range(2)] == [expected] * 2


def test_long_numbers_make_all_files_wide(place: Path) -> None:
    text = CONTRACT.replace("minutes    minutes  whole", "minutes    minutes  6 decimals")
    (place / "contract.zc").write_text(text, encoding="utf-8")
    kept(place)
    with (place / "data" / "care" / "2.csv").open("a", encoding="utf-8") as file:
        file.write("X1,C1,2027-01-01,123456789012345678\n")
    expected = full(place)
    assert [kept(place)[0] for _ in range(2)] == [expected] * 2
    assert [name for name, _ in kept(place)[1].read] == ["2.csv"]  # it is read each time


def test_folders_that_are_no_cache(place: Path) -> None:
    def code(folder: Path, **more: str) -> str:
        with pytest.raises(ResourceFault) as caught:
            settle(place / "contract.zc", place / "data", cache=folder, **more)  # type: ignore[arg-type]
        return caught.value.code

    assert code(place / "data") == "ZC948"
    assert code(place / "contract.zc") == "ZC947"
    assert code(place / "contract.zc" / "below") == "ZC947"
    assert code(place / "cache", engine="oracle") == "ZC949"
    if os.geteuid():
        (place / "locked").mkdir(mode=0o500)
        assert code(place / "locked") == "ZC947"
    assert not (place / "cache").exists()


def test_what_is_no_longer_used_is_removed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(place)
    old, every = time.time() - 101 * 86400, entries(place)
    os.utime(every[0], (old, old))
    kept(place)
    assert entries(place) == every  # it was used
    for path in every:
        os.utime(path, (old, old))
    write_data(place / "data" / "care" / "1.csv", 40, 9)
    with Cache(place / "cache").opened():
        kept(place)
        assert set(entries(place)) > set(every)  # another run is at work
    assert len(entries(place)) == 6  # nobody else was, when the last one ended
    assert len(set(entries(place)) & set(every)) == 4
    monkeypatch.setattr(module, "LEAST", 0)
    monkeypatch.setattr(module, "TIMES", 1)
    write_data(place / "data" / "care" / "1.csv", 40, 10)
    kept(place)
    assert len(entries(place)) == 6


def test_runs_at_once(place: Path) -> None:
    expected, said = full(place), []
    runs = [threading.Thread(target=lambda: said.append(kept(place)[0])) for _ in range(4)]
    for one in runs:
        one.start()
    for one in runs:
        one.join()
    assert said == [expected] * 4


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_killed_runs_leave_nothing_that_matters(place: Path) -> None:
    """Killed at moments all through a run: later runs say the same as ever, and clear away what was left."""
    for month in (1, 2, 3):
        write_data(place / "data" / "care" / f"{month}.csv", 20_000, month)
    expected = full(place)
    command = [sys.executable, "-m", "contractlang.cli.main", "settle", "contract.zc", "data", "--cache", "cache"]
    started = time.monotonic()
    subprocess.run(command, cwd=place, check=True, capture_output=True)
    lasting = time.monotonic() - started
    for part in (2, 4, 5, 6, 7, 8, 9, 10):
        for path in entries(place)[::2]:
            path.unlink()
        process = subprocess.Popen(command, cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(lasting * part / 10)
        process.send_signal(signal.SIGKILL)
        process.wait()
    module_swept()
    said, cache = kept(place)
    assert (said, cache.damaged) == (expected, 0)
    assert {path.name for path in (place / "cache").iterdir()} == {MARK, *(path.name for path in entries(place))}
    assert not kept(place)[1].read


def module_swept() -> None:
    """As in a new process: it looks for what others left behind."""
    from contractlang.base import own_folder

    own_folder._swept.clear()
