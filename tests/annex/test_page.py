"""Every command of docs/annex.md is run, and what it prints must stand below it; UPDATE_ANNEX=1 writes the page anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.simulate.test_page import FENCE, ROOT, run

PAGE = ROOT / "docs" / "annex.md"


def test_the_page_works_as_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _, name, body in FENCE.findall((ROOT / "README.md").read_text(encoding="utf-8")):
        if name == "contract.zc":
            (tmp_path / name).write_text(body, encoding="utf-8", newline="\n")
    update, text, commands = bool(os.environ.get("UPDATE_ANNEX")), PAGE.read_text(encoding="utf-8"), 0
    for kind, _, body in FENCE.findall(text):
        if kind == "python":
            monkeypatch.chdir(tmp_path)
            exec(compile(body, "docs/annex.md", "exec"), {})
        if kind != "console":
            continue
        printed = ""
        for command in [line[2:] for line in body.splitlines() if line.startswith("$ ")]:
            commands += 1
            printed += f"$ {command}\n" + "".join(f"{line.rstrip()}\n" for line in run(command, tmp_path).splitlines())
        if update:
            text = text.replace(f"```console\n{body}```", f"```console\n{printed}```")
        else:
            assert printed == body
    assert commands == 7
    if update:
        PAGE.write_text(text, encoding="utf-8")
        pytest.skip("docs/annex.md was written anew; read it before it is committed")
