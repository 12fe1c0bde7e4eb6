"""The page on monthly files is executed as it stands: files are written where they stand, commands run, what they print stands below them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.test_readme import FENCE, VOLATILE, run

PAGE = Path(__file__).parents[2] / "docs" / "monthly-runs.md"


def test_the_page_works_as_written(tmp_path: Path) -> None:
    update = bool(os.environ.get("UPDATE_README"))
    text = PAGE.read_text(encoding="utf-8")
    commands = 0
    for kind, name, body in FENCE.findall(text):
        if name:
            (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
            (tmp_path / name).write_text(body, encoding="utf-8")
        if kind == "python":
            subprocess.run([sys.executable, "-c", body], cwd=tmp_path, check=True)
        if kind != "console":
            continue
        shown = ""
        for command in [line[2:] for line in body.splitlines() if line.startswith("$ ")]:
            commands += 1
            printed = VOLATILE.sub("…", run(command, tmp_path))
            shown += f"$ {command}\n" + "".join(f"{line}".rstrip() + "\n" for line in printed.splitlines())
        if update:
            text = text.replace(f"```console\n{body}```", f"```console\n{shown}```")
        else:
            assert shown == body
    assert commands >= 4
    if update:
        PAGE.write_text(text, encoding="utf-8")
        pytest.skip("the page was written anew; read it before it is committed")
