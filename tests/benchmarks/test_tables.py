"""What was measured is told as it is kept: growth, tables, and the document."""

from __future__ import annotations

import json
import math

import pytest

from benchmarks.engines import Outcome, differing, of_pandas, off
from benchmarks.measure import RESULTS, ROOT
from benchmarks.tables import ceiling, exponent, filled, growth, many, within


def record(lines: int, engine: str, wall: float, **more: object) -> dict[str, object]:
    return {"lines": lines, "engine": engine, "runs": 5, "wall": wall, "processor": 2 * wall, "memory": 100.4, **more}


def test_the_exponent_is_the_power_of_the_lines() -> None:
    assert exponent([(n, 3.0 * n**1.05) for n in (1e5, 1e6, 1e7)]) == pytest.approx(1.05)
    assert exponent([(n, 7.0) for n in (1e5, 1e6)]) == pytest.approx(0)
    found = exponent([(1e5, 1.0), (1e6, 10.0), (1e7, 1000.0)])  # powers 1 and 2: the slope of least squares is 1.5
    assert found == pytest.approx(1.5)
    assert math.isclose(exponent([(1e5, 1.0), (1e6, 10.0), (1e6, 1000.0)]) or 0, 2)


def test_one_size_has_no_exponent() -> None:
    assert exponent([]) is None
    assert exponent([(1e5, 1.0), (1e5, 2.0)]) is None


def test_growth_is_told_between_1e5_and_1e7_only() -> None:
    records = [record(n, "scan", n / 1e5) for n in (10_000, 100_000, 10_000_000, 100_000_000)]
    records += [record(n, "contractlang", 5.0) for n in (10_000, 100_000)]
    records += [{"lines": 1_000_000, "engine": "zen-engine", "absent": "not installed"}]
    assert within(records, "scan") == [(100_000, 1.0), (10_000_000, 100.0)]
    assert growth(records).endswith("at most 1.05): scan 1.00.")
    told = growth([*records, record(1_000_000, "scan", 1.0)])
    assert told.endswith("From 1 million lines on, where starting a process weighs less: scan 2.00.")
    assert "nothing can be said" in growth(records[:1])


def test_ratios_are_of_the_scan_of_the_same_size() -> None:
    records = [
        record(1_000, "scan", 0.5), record(1_000, "expert SQL", 1.0), record(1_000, "contractlang", 1.25),
        {"lines": 1_000, "engine": "pandas", "absent": "not installed"}, record(10_000, "scan", 2.0),
        record(10_000, "expert SQL", 4.0, cents_off=123), record(10_000, "contractlang", 15.0, runs=1),
    ]  # fmt: skip
    told = ceiling(records)
    assert "| 1,000 | 0.50 s | 1.00 s (2.0 x) | 1.25 s (2.5 x) | not installed |" in told
    assert "| 10,000 | 2.00 s | 4.00 s (2.0 x) | 15.0 s (7.5 x) |  |" in told
    assert "expert SQL: 1.25 with 1,000 lines, 3.75 with 10,000 lines." in told
    assert "by € 1.23 with 10,000 lines." in told
    assert "10,000 lines 5 (contractlang 1)." in told


def test_many_contracts_are_a_multiple_of_one() -> None:
    told = many([record(1_000, "one contract", 2.0), record(1_000, "500 contracts", 3.0)])
    assert "| 1,000 | 500 contracts | 5 | 3.00 s (1.50 x) | 6.00 s (1.50 x) | 100 MB |" in told


def test_outcomes_are_compared() -> None:
    expert = Outcome({"paid": 2, "late": 1}, "10.00", "9.50")
    analyst = of_pandas("{'paid': np.int64(2), 'late': np.int64(1)} 9.999999 9.4899999\n")
    assert analyst == Outcome({"paid": 2, "late": 1}, "10.00", "9.49")
    assert off(expert, analyst) == 1
    assert differing(expert, analyst, exact=False) is None
    assert "sums" in str(differing(expert, analyst, exact=True))
    assert "rows" in str(differing(expert, Outcome({"paid": 3}, "10.00", "9.50"), exact=True))


def test_the_document_tells_what_was_measured_last() -> None:
    document = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    assert filled(document, json.loads(RESULTS.read_text(encoding="utf-8"))) == document
