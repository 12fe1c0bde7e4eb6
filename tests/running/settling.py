"""Whole processes that settle, for tests of what a person and the system may do to them."""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CONTRACT = """contract "Hours under a ceiling" version "1"
  payer     "Payer"
  provider  "Provider"
  term      2026-01-01 through 2026-12-31
  settle    per quarter
  rounded   half away from zero to € 0.01 per row

data care
  line_id    text     key
  client_id  person
  care_date  date     decides year, tariff, period
  minutes    minutes  whole

reject care
  "DUPLICATE"     when repeated line_id keeping the first in the file
  "OUTSIDE-TERM"  when care_date outside term

article 1 "Time spent"
  pay minutes of care at € 51.20 per hour

article 2 "Ceiling"
  limit article 1 to at most € 90,000.00
    per         calendar year of care_date
    part year   full amount
    filled by   care_date, then row number
    last row    in part
    late row    reopens the period
    freed room  stays empty
    outside     nothing
    above       nothing
"""


def write_data(path: Path, rows: int, seed: int) -> None:
    """Care of a year, with some rows twice and some outside the term."""
    drawn = random.Random(seed)
    with path.open("w", encoding="utf-8") as file:
        file.write("line_id,client_id,care_date,minutes\n")
        for number in range(rows):
            name = number - 1 if number % 50 == 49 else number
            year = 2025 if number % 70 == 0 else 2026
            day = f"{year}-{drawn.randrange(1, 13):02d}-{drawn.randrange(1, 29):02d}"
            file.write(f"L{name},C{drawn.randrange(900)},{day},{drawn.randrange(5, 240)}\n")


class Place:
    """A folder with a contract, data, a folder for output and one for temporary files."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.out, self.temporary = folder, folder / "out", folder / "temporary"
        self.out.mkdir()
        self.temporary.mkdir()
        self.contract = folder / "contract.zc"
        self.contract.write_text(CONTRACT, encoding="utf-8")
        self.environment = {**os.environ, "TMPDIR": str(self.temporary), "PYTHONPATH": str(ROOT), "LANG": "en_US.UTF-8"}

    def command(self, data: Path, *options: str) -> list[str]:
        return [sys.executable, "-m", "contractlang.cli.main", "settle", str(self.contract), str(data), *options]

    def writing(self, data: Path, name: str = "statement") -> list[str]:
        """A settlement that writes a statement and its lines."""
        files = ("--out", str(self.out / f"{name}.json"), "--lines", str(self.out / f"{name}.csv"))
        return self.command(data, "--format", "json", "--memory", "500MB", *files)

    def started(self, command: list[str]) -> subprocess.Popen[str]:
        return subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def done(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, encoding="utf-8", check=False
        )

    def written(self) -> tuple[bytes, bytes]:
        """The statement and the lines as they stand."""
        return (self.out / "statement.json").read_bytes(), (self.out / "statement.csv").read_bytes()

    def left(self) -> list[str]:
        """What is in the folders that nobody asked for."""
        wanted = {f"{name}.{kind}" for name in ("statement", "next") for kind in ("json", "csv")}
        found = [path.name for path in self.temporary.iterdir()] + [path.name for path in self.out.iterdir()]
        return [name for name in found if name not in wanted]


def named_hash(statement: bytes) -> object:
    """The hash of the lines that a statement names."""
    return json.loads(statement)["lines_sha256"]


def hash_of(lines: bytes) -> str:
    return hashlib.sha256(lines).hexdigest()
