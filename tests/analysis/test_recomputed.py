"""Credits that are recomputed by volume under a ceiling: refused where rows are cut; as a whole, the net volume counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractlang.analysis.check import check
from contractlang.api import make_engine
from contractlang.settling.settle import settle
from tests.differential.cut import contract_of, prepared

GALLERY = Path(__file__).parents[1] / "gallery"
IN_ORDER = """    filled by   care_date, then row number
    last row    in part
    late row    reopens the period
    freed room  stays empty
"""
AS_A_WHOLE = "    filled by   the amount as a whole\n"
HEAD = ("line_id", "prev_line_id", "debit_credit", "care_date", "quantity")
ROWS = (
    ("R1", "", "D", "2024-04-30", "900"),
    ("R2", "", "D", "2024-08-31", "40"),
    ("R3", "", "D", "2024-12-31", "440"),
    ("R4", "R2", "C", "2024-08-31", "40"),
)


def written(language: str) -> str:
    return (GALLERY / f"{language}_zc488_recomputed_under_a_ceiling.zc").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_rows_cannot_be_cut(language: str) -> None:
    (found,) = check(written(language)).errors
    assert (found.code, found.place.line) == ("ZC488", 34)


def test_at_the_price_of_the_debit_they_can() -> None:
    assert check(written("en").replace("recomputed", "at the price of the debit")).errors == ()


@pytest.mark.parametrize("engine", ["oracle", "duckdb"])
@pytest.mark.parametrize(
    ("ceiling", "cut"),
    [
        ("100,000.00", "-24500.00"),  # 1,340 tests: 1,000 x 100 + 250 x 80 + 90 x 50 = 124,500
        ("125,000.00", "0.00"),  # the debits alone, 1,380 tests, would be 126,500
    ],
)
def test_as_a_whole_the_net_volume_counts(ceiling: str, cut: str, engine: str) -> None:
    text = written("en").replace(IN_ORDER, AS_A_WHOLE).replace("100,000.00", ceiling)
    contract = contract_of(text)
    data = prepared(contract, {"tests": (HEAD, ROWS)})
    made = make_engine(engine, contract, data, None)
    assert settle(contract, made, data, None).articles == {"4": "124500.00", "5": cut}
    made.close()
