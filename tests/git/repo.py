"""A real repository in a temporary folder, with git that knows nothing of the person who runs the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

CONTRACT = """contract "Hours under a ceiling" version "2026.1"
  payer     "Municipality of Delft"
  provider  "Home Care West"
  term      2026-01-01 through 2026-12-31
  settle    per quarter
  rounded   half away from zero to € 0.01 per row

data care
  line_id    text     key
  level      one of mbo, hbo
  care_date  date     decides year, tariff, period
  minutes    minutes  whole

reject care
  "OUTSIDE-TERM"  when care_date outside term

tariff hourly per hour by level
  | level | from 2026-01-01 | from 2026-07-01 |
  | mbo   |         € 51.20 |         € 52.45 |
  | hbo   |         € 74.90 |         € 76.70 |

article 1 "Time spent"
  > The municipality pays the time spent at the tariff of the day of care.
  pay minutes of care at hourly

# agreed on 4 November
article 2 "Ceiling"
  > Above the ceiling nothing is paid.
  limit article 1 to at most € 400.00
    per         calendar year of care_date
    part year   full amount
    filled by   care_date, then row number
    last row    in part
    late row    reopens the period
    freed room  stays empty
    outside     nothing
    above       nothing
"""
CARE = """line_id,level,care_date,minutes
R1,hbo,2026-02-03,300
R2,mbo,2026-07-01,60
"""
LISTED = """contract "Tests" version "1"
  payer     "Delta"
  provider  "Lab"
  term      2026-01-01 through 2026-12-31
  settle    per calendar year
  rounded   half away from zero to € 0.01 per row

data care
  line_id    text  key
  code       one of A, B
  care_date  date  decides year, tariff, period
  number     count

data prices from "prices.csv" valid throughout the term
  code   text       key
  price  euro each

tariff fee each by code
  rows  prices
  take  price

article 1 "Tests"
  pay number of care at fee
"""


class Repo:
    """A repository with a contract in it."""

    def __init__(self, folder: Path, contract: str = CONTRACT) -> None:
        self.folder = folder
        self.home = folder.parent / f"{folder.name}-home"
        self.home.mkdir(parents=True)
        folder.mkdir(parents=True, exist_ok=True)
        self.environment = environment(self.home)
        self.git("init", "-q", "-b", "main")
        self.write("contract.zc", contract)
        self.commit("Signed")

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")

    def read(self, name: str = "contract.zc") -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def edit(self, *changes: tuple[str, str], name: str = "contract.zc") -> None:
        text = self.read(name)
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        self.write(name, text)

    def commit(self, subject: str) -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", subject)
        return self.git("rev-parse", "HEAD").strip()

    def branch(self, name: str, *changes: tuple[str, str]) -> None:
        """A branch from main with one commit."""
        self.git("checkout", "-q", "-b", name, "main")
        self.edit(*changes)
        self.commit(name)

    def run(self, *arguments: str) -> tuple[int, str, str]:
        done = subprocess.run(
            arguments, cwd=self.folder, env=self.environment, capture_output=True, encoding="utf-8", check=False
        )
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout, done.stderr

    def git(self, *arguments: str) -> str:
        code, output, complaint = self.run("git", *arguments)
        assert code == 0, complaint
        return output

    def zc(self, *arguments: str) -> tuple[int, str, str]:
        """contractlang in a process of its own, as git and people call it."""
        return self.run(sys.executable, "-m", "contractlang.cli.main", *arguments)


def environment(home: Path, base: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment of a person without settings of their own."""
    kept = {name: value for name, value in base.items() if not name.startswith("GIT_")}
    person = {"NAME": "Anna", "EMAIL": "anna@example.org", "DATE": "2026-03-04T10:00:00Z"}
    named = {f"GIT_{role}_{name}": value for role in ("AUTHOR", "COMMITTER") for name, value in person.items()}
    own = {"HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"), "GIT_CONFIG_NOSYSTEM": "1"}
    cache = {"CONTRACTLANG_CACHE": str(Path(base.get("CONTRACTLANG_CACHE") or Path(base["HOME"]) / ".cache"))}
    return {**kept, **named, **own, **cache, "LANG": "en_US.UTF-8", "LC_ALL": "en_US.UTF-8"}
