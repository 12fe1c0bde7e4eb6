"""Every command of docs/frameworks.md is run, and what it prints must stand below it; UPDATE_FRAMEWORKS=1 writes it anew."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from contractlang.format.format import format_text

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "frameworks.md"
FENCE = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```$", re.M | re.S)
CARE = "line_id,level,care_date,minutes\nR1,hbo,2026-02-03,300\nR2,mbo,2026-07-01,60\n"
HASH = re.compile(r"\b[0-9a-f]{64}\b")


def run(command: str, folder: Path) -> str:
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    made = {**os.environ, "PATH": path, "LANG": "en_US.UTF-8"}
    done = subprocess.run(command, shell=True, cwd=folder, env=made, capture_output=True, encoding="utf-8", check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode == 0, done.stderr
    return HASH.sub("…", done.stdout + done.stderr)


def test_the_page_works_as_written(tmp_path: Path) -> None:
    update = bool(os.environ.get("UPDATE_FRAMEWORKS"))
    text = PAGE.read_text(encoding="utf-8")
    (tmp_path / "care.csv").write_text(CARE, encoding="utf-8")
    files = [(name, body) for kind, name, body in FENCE.findall(text) if kind == "zc"]
    assert len(files) == 4
    for name, body in files:
        (tmp_path / name).write_text(body, encoding="utf-8", newline="\n")
    for name, body in files:
        assert format_text(body, name, str(tmp_path)) == body
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
    assert commands == 8
    if update:
        PAGE.write_text(text, encoding="utf-8")
        pytest.skip("docs/frameworks.md was written anew; read it before it is committed")
