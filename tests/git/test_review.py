"""Every command of docs/review.md is run, and what it prints must stand below it; UPDATE_REVIEW=1 writes the page anew."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.git.repo import environment, needs_git

pytestmark = needs_git
ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "review.md"
FENCE = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```$", re.M | re.S)
GITS_OWN = re.compile(
    r"^(Auto-merging|CONFLICT|Automatic merge failed|Merge made).*\n?", re.M
)  # differs by version of git
SERVER = re.compile(r"^ *- (?:run: )?(contractlang .*)$", re.M)


def run(command: str, folder: Path, home: Path, allowed: tuple[int, ...] = (0, 1)) -> str:
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    made = environment(home, {**os.environ, "PATH": path}) | {"GITHUB_STEP_SUMMARY": str(folder / "summary.md")}
    done = subprocess.run(command, shell=True, cwd=folder, env=made, capture_output=True, encoding="utf-8", check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode in allowed, done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the contract and the data of the README."""
    made = tmp_path / "contracts"
    made.mkdir()
    for _, name, body in FENCE.findall((ROOT / "README.md").read_text(encoding="utf-8")):
        if name in ("contract.zc", "care.csv"):
            (made / name).write_text(body, encoding="utf-8", newline="\n")
    return made


def shown(command: str, printed: str, folder: Path) -> str:
    printed = GITS_OWN.sub("", printed).replace(str(folder), "…/contracts")
    printed = re.sub(r"(?<=  )[0-9a-f]{7,10}(?=  Anna)", "1a2b3c4", printed)
    printed = re.sub(r"\S*bin/(python|contractlang)\S*", "…/contractlang", printed)
    return f"$ {command}\n" + "".join(f"{line.rstrip()}\n" for line in printed.splitlines())


def test_the_page_works_as_written(folder: Path, tmp_path: Path) -> None:
    update = bool(os.environ.get("UPDATE_REVIEW"))
    text = PAGE.read_text(encoding="utf-8")
    for kind, _, body in FENCE.findall(text):
        if kind != "console":
            continue
        commands = [line[2:] for line in body.splitlines() if line.startswith("$ ")]
        printed = "".join(shown(command, run(command, folder, tmp_path), folder) for command in commands)
        if update:
            text = text.replace(f"```console\n{body}```", f"```console\n{printed}```")
        else:
            assert printed == body
    if update:
        PAGE.write_text(text, encoding="utf-8")
        pytest.skip("docs/review.md was written anew; read it before it is committed")


def test_what_the_server_runs(folder: Path, tmp_path: Path) -> None:
    """The commands of both examples, on a branch against origin/main."""
    for command in (
        "git init -q -b main",
        "git add contract.zc",
        "git commit -q -m Signed",
        "git update-ref refs/remotes/origin/main HEAD",
    ):
        run(command, folder, tmp_path)
    contract = folder / "contract.zc"
    contract.write_text(
        contract.read_text(encoding="utf-8").replace("52.45", "53.00").replace("452.45", "453.00"), encoding="utf-8"
    )
    found = [
        command
        for kind, _, body in FENCE.findall(PAGE.read_text(encoding="utf-8"))
        if kind == "yaml"
        for command in SERVER.findall(body)
    ]
    assert len(found) == 8
    for command in found:
        assert shlex.split(command)[0] == "contractlang"
        run(command, folder, tmp_path, (0, 1) if " test " in command else (0,))
    assert "€ 53.00" in (folder / "summary.md").read_text(encoding="utf-8")
    assert "€ 53.00" in (folder / "differences.md").read_text(encoding="utf-8")
