"""Doubles in a file of many parts: each row but the first of its key, wherever they stand."""

from __future__ import annotations

import random
from pathlib import Path

from contractlang.api import load
from contractlang.data.prepare import cleanup, prepare
from contractlang.engine.duck import Duck

CONTRACT = """contract "Doubles" version "1"
  payer     "Payer"
  provider  "Provider"
  term      2026-01-01 through 2026-12-31
  settle    per calendar year
  rounded   half away from zero to € 0.01 per row

data care
  claim      text  key
  care_date  date  decides year, tariff, period
  quantity   number  0 decimals

reject care
  "double"  when repeated claim keeping the first in the file

article 1 "Care"
  pay quantity of care at € 1.00 each
"""
ROWS = 400_000


def test_every_row_but_the_first_of_its_key_is_a_double(tmp_path: Path) -> None:
    chance = random.Random(7)
    keys = [chance.randrange(ROWS) for _ in range(ROWS)]
    path = tmp_path / "care.csv"
    path.write_text("claim,care_date,quantity\n" + "".join(f"K{key},2026-03-01,1\n" for key in keys), encoding="utf-8")
    (tmp_path / "contract.zc").write_text(CONTRACT, encoding="utf-8")
    contract = load(tmp_path / "contract.zc")
    data = prepare(contract, path)
    engine = Duck(contract, data, None)
    try:
        engine.intake()
        found = engine.connection.execute("SELECT n FROM w0 WHERE reason = 'double' ORDER BY n").fetchall()
    finally:
        engine.close()
        cleanup(data)
    seen: set[int] = set()
    expected = [row for row, key in enumerate(keys, 1) if key in seen or seen.add(key)]  # type: ignore[func-returns-value]
    assert [n for (n,) in found] == expected
