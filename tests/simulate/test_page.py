"""Every command of docs/what-if.md is run, and what it prints must stand below it; UPDATE_WHAT_IF=1 writes the page anew."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "what-if.md"
FENCE = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```$", re.M | re.S)


def run(command: str, folder: Path) -> str:
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    made = {**os.environ, "PATH": path, "LANG": "en_US.UTF-8"}
    done = subprocess.run(command, shell=True, cwd=folder, env=made, capture_output=True, encoding="utf-8", check=False)
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def test_the_page_works_as_written(tmp_path: Path) -> None:
    for _, name, body in FENCE.findall((ROOT / "README.md").read_text(encoding="utf-8")):
        if name in ("contract.zc", "care.csv"):
            (tmp_path / name).write_text(body, encoding="utf-8", newline="\n")
    update = bool(os.environ.get("UPDATE_WHAT_IF"))
    text = PAGE.read_text(encoding="utf-8")
    commands = 0
    for kind, _, body in FENCE.findall(text):
        if kind != "console":
            continue
        printed = ""
        for command in [line[2:] for line in body.splitlines() if line.startswith("$ ")]:
            commands += 1
            lines = run(command, tmp_path).splitlines()
            printed += f"$ {command}\n" + "".join(f"{line.rstrip()}\n" for line in lines)
        if update:
            text = text.replace(f"```console\n{body}```", f"```console\n{printed}```")
        else:
            assert printed == body
    assert commands == 4
    assert "<svg" in (tmp_path / "volume.svg").read_text(encoding="utf-8")
    if update:
        PAGE.write_text(text, encoding="utf-8")
        pytest.skip("docs/what-if.md was written anew; read it before it is committed")
