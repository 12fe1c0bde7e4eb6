"""The contract with tiers and nested ceilings that is measured settles as the oracle settles it, and binds where it should."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from msgspec import to_builtins

from benchmarks.measure import HERE, SHARED
from contractlang.api import settle

pytestmark = [pytest.mark.shared, pytest.mark.skipif(not SHARED.exists(), reason="../shared is absent")]


def settled(data: Path, engine: str) -> dict[str, object]:
    found = to_builtins(settle(HERE / "layers.zc", data, engine=engine))
    return {name: part for name, part in found.items() if name != "engine"}


def agree(lines: int, data: Path) -> dict[str, object]:
    subprocess.run([sys.executable, str(SHARED / "generate.py"), str(lines), str(data)], check=True)
    fast, naive = settled(data, "duckdb"), settled(data, "oracle")
    for part, said in naive.items():
        assert fast[part] == said, part
    return fast


def test_engines_agree_on_the_contract_that_is_measured(tmp_path: Path) -> None:
    agree(3_000, tmp_path)


@pytest.mark.slow
def test_engines_agree_on_so_many_lines_that_every_slice_and_ceiling_binds(tmp_path: Path) -> None:
    found = agree(40_000, tmp_path)
    articles = found["articles"]
    assert isinstance(articles, dict)
    assert float(articles["4"]) < 0
    assert float(articles["5"]) < 0
