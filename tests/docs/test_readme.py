"""Every snippet of the README is executed: files are written, commands run, and what they print must stand below them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
FENCE = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```$", re.M | re.S)
VOLATILE = re.compile(r"\b[0-9a-f]{64}\b")  # hashes of files whose line endings may differ by platform


def blocks() -> list[tuple[str, str, str]]:
    return [(kind, name, body) for kind, name, body in FENCE.findall(README.read_text(encoding="utf-8"))]


def run(command: str, folder: Path) -> str:
    environment = {**os.environ, "LANG": "en_US.UTF-8", "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run(
        command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def test_the_tour_works_as_written(tmp_path: Path) -> None:
    update = bool(os.environ.get("UPDATE_README"))
    text = README.read_text(encoding="utf-8")
    for kind, name, body in blocks():
        if name:
            (tmp_path / name).write_text(body, encoding="utf-8")
        if kind == "python":
            subprocess.run([sys.executable, "-c", body], cwd=tmp_path, check=True)
        if kind != "console":
            continue
        shown = ""
        for command in [line[2:] for line in body.splitlines() if line.startswith("$ ")]:
            printed = VOLATILE.sub("…", run(command, tmp_path))
            shown += f"$ {command}\n" + "".join(f"{line}".rstrip() + "\n" for line in printed.splitlines())
        if update:
            text = text.replace(f"```console\n{body}```", f"```console\n{shown}```")
        else:
            assert shown == body
    if update:
        README.write_text(text, encoding="utf-8")
        pytest.skip("README.md was written anew; read it before it is committed")
