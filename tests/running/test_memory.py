"""A settlement within a limit of memory gives the same statement; what stands in its way is one clear message."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from contractlang import load, settle
from contractlang.base.workplace import ResourceFault, bytes_of, workplace
from contractlang.data.database import LEAST_PART, PART, connect, part_of_file, share
from contractlang.data.resources import within_resources
from tests.running.settling import Place, write_data

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("text", "number"),
    [("600MB", 600_000_000), ("1.5 GB", 1_500_000_000), ("2gib", 2 << 30), ("1,5GB", 1_500_000_000), ("512MiB", 512 << 20)],
)  # fmt: skip
def test_an_amount_of_memory(text: str, number: int) -> None:
    assert bytes_of(text) == number


@pytest.mark.parametrize(
    ("text", "code"),
    [("600", "ZC940"), ("much", "ZC940"), ("", "ZC940"), ("-1GB", "ZC940"), ("1e3MB", "ZC940"), ("6 PB", "ZC940"),
     ("0GB", "ZC941"), ("399MB", "ZC941")],
)  # fmt: skip
def test_what_is_no_amount_of_memory(text: str, code: str) -> None:
    with pytest.raises(ResourceFault) as found:
        bytes_of(text)
    assert found.value.code == code


def limit_of(connection: object) -> str:
    return str(connection.execute("SELECT current_setting('memory_limit')").fetchone()[0])  # type: ignore[attr-defined]


def test_a_database_keeps_to_the_workplace(tmp_path: Path) -> None:
    with workplace("550MB", tmp_path) as place:
        assert place.database == 400_000_000
        assert LEAST_PART <= part_of_file() < PART
        with connect() as one, connect() as other:
            assert limit_of(one) == "381.4 MiB"
            folder = one.execute("SELECT current_setting('temp_directory')").fetchone()
            assert folder == (str(place.folder / "spill"),)
            share([one, other])
            assert limit_of(one) == limit_of(other) == "190.7 MiB"
    assert list(tmp_path.iterdir()) == []
    assert part_of_file() == PART


def test_the_same_statement_from_python_within_a_limit(tmp_path: Path) -> None:
    place = Place(tmp_path)
    write_data(tmp_path / "care.csv", 3_000, 1)
    contract = load(place.contract)
    free = settle(contract, tmp_path / "care.csv")
    limited = settle(contract, tmp_path / "care.csv", memory="400MB", spill=place.temporary)
    assert limited == free
    assert list(place.temporary.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--memory", "lots"], "[ZC940]"),
        (["--memory", "90MB"], "[ZC941]"),
        (["--spill", "absent"], "[ZC942]"),
        (["--memory", "1GB", "--engine", "oracle"], "[ZC946]"),
        (["--out", "absent/statement.txt"], "absent/statement.txt: No such file or directory"),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_is_written(tmp_path: Path, options: list[str], said: str) -> None:
    place = Place(tmp_path)
    write_data(tmp_path / "care.csv", 20, 1)
    done = place.done([*place.writing(tmp_path / "care.csv"), *options])
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert (list(place.out.iterdir()), list(place.temporary.iterdir())) == ([], [])


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on the size of files")
def test_a_disk_that_fills_up_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    place = Place(tmp_path)
    write_data(tmp_path / "care.csv", 3_000, 1)
    (place.out / "statement.csv").write_text("old")
    text = (
        "import resource, runpy; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)); "
        "runpy.run_module('contractlang.cli.main', run_name='__main__')"
    )
    command = place.writing(tmp_path / "care.csv")
    done = place.done([command[0], "-c", text, *command[3:]])
    assert done.returncode == 2
    assert "[ZC944]" in done.stderr
    assert [path.name for path in place.out.iterdir()] == ["statement.csv"]
    assert (place.out / "statement.csv").read_text() == "old"
    assert list(place.temporary.iterdir()) == []


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no measure of the memory of a child")
def test_two_million_rows_within_the_least_memory(tmp_path: Path) -> None:
    place = Place(tmp_path)
    write_data(tmp_path / "care.csv", 2_000_000, 1)
    command = place.command(tmp_path / "care.csv", "--memory", "400MB", "--out", str(place.out / "statement.json"))
    process = place.started(command)
    _, status, used = os.wait4(process.pid, 0)
    process.communicate()
    assert os.waitstatus_to_exitcode(status) == 0
    unit = 1 if sys.platform == "darwin" else 1024
    assert used.ru_maxrss * unit < 440_000_000
    assert place.left() == []


def test_memory_that_does_not_suffice_is_said(tmp_path: Path) -> None:
    with workplace("600MB", tmp_path), connect() as connection:
        connection.execute("SET memory_limit = '5MB'")
        connection.execute("SET max_temp_directory_size = '0KB'")
        with pytest.raises(ResourceFault) as found, within_resources():
            connection.execute("CREATE TABLE t AS SELECT range AS n, range * 7 AS m FROM range(5_000_000)")
    assert (found.value.code, found.value.arguments["folder"]) == ("ZC944", str(tmp_path))
    with workplace("600MB", tmp_path), connect() as connection:
        connection.execute("SET memory_limit = '5MB'")
        with pytest.raises(ResourceFault) as found, within_resources():
            connection.execute("SELECT list(range) FROM range(5_000_000)")
    assert (found.value.code, found.value.arguments) == ("ZC943", {"memory": "600 MB"})
