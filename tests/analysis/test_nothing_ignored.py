"""Nothing that is written is ignored: a label or step either changes the amount, or it is refused."""

from __future__ import annotations

import pytest

from contractlang.analysis.check import check
from contractlang.api import settle

HEAD = """contract "P" version "1"
  payer     "A"
  provider  "B"
  term      2026-01-01 through 2026-12-31
  settle    per calendar year
  rounded   {rounded}
{extra}
data care
  line_id    text  key
  client     text
  care_date  date  decides year, tariff, period
  n          count  whole
  euros      euro

scale by_volume each slice
  | volume  | price  |
  | up to 2 | € 3.00 |
  | beyond  | € 1.00 |

tariff fee each by client
  | client | from 2026-01-01 |
  | a      |          € 1.50 |

article 1 "Care"
"""
PLAIN = "half away from zero to € 0.01 per row"
ROWS = [
    {"line_id": "1", "client": "a", "care_date": "2026-02-01", "n": "3", "euros": "101.50"},
    {"line_id": "2", "client": "b", "care_date": "2026-02-02", "n": "1", "euros": "20.00"},
]


def contract(body: str, rounded: str = PLAIN, extra: str = "") -> str:
    return HEAD.format(rounded=rounded, extra=extra) + body


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("  pay euros of care\n    part year  by days of that year\n", "ZC409"),
        ("  pay euros of care\n    instalments  12, on the last day of the month\n", "ZC409"),
        ("  pay euros of care\n    cents  in the last instalment\n", "ZC409"),
        ("  pay euros of care\n    per  client\n", "ZC409"),
        ("  pay n of care at € 1.00 each\n    filled by  row number\n", "ZC409"),
        ("  pay euros of care\n    rounded  half away from zero to € 0.01 per amount\n", "ZC212"),
        (f"  pay euros of care\n    rounded  {PLAIN}\n    rounded  down to € 1.00\n", "ZC204"),
        ("  pay € 5.00\n    per  term\n    part year  full amount\n    filled by  row number\n", "ZC409"),
        ("  pay € 5.00\n    per  term\n    part year  full amount\n    volume  down to 1 hour per client\n", "ZC409"),
        ("  pay d of care\n\ndefine d\n  take  euros of care\n  rounded  down to € 1.00 per client\n", "ZC212"),
    ],
)
def test_a_label_that_does_nothing_is_refused(body: str, code: str) -> None:
    assert code in [found.code for found in check(contract(body)).errors]


@pytest.mark.parametrize("grain", ["per client", "per amount"])
def test_the_head_of_the_contract_rounds_per_row(grain: str) -> None:
    checked = check(contract("  pay euros of care\n", rounded=f"half away from zero to € 0.01 {grain}"))
    assert [found.code for found in checked.errors] == ["ZC212"]


def test_labels_for_every_limit_are_labels_of_a_limit() -> None:
    checked = check(contract("  pay euros of care\n", extra="  for every limit\n    instalments  none\n"))
    assert [found.code for found in checked.errors] == ["ZC446"]


def total(tmp_path: object, body: str) -> str:
    path = tmp_path / "contract.zc"  # type: ignore[operator]
    path.write_text(contract(body), encoding="utf-8")
    totals = {settle(path, ROWS, engine=engine).total for engine in ("duckdb", "oracle")}
    assert len(totals) == 1
    return totals.pop()


ADJUST = '  pay euros of care\n\narticle 2 "On top"\n  adjust article 1\n    by  2.0 % of the base\n'


def test_rounding_on_the_way_counts(tmp_path: object) -> None:
    # 2 % of 121.50 = 2.43; rounded to whole euros 2.00, half of it 1.00: 122.50. Only at the end: 1.215 = 1.22: 122.72
    tail = "    times  50.0 %\n    rounded  half away from zero to € 0.01\n    per  calendar year of care_date\n"
    assert total(tmp_path, ADJUST + "    rounded  half away from zero to € 1.00\n" + tail) == "122.50"
    assert total(tmp_path, ADJUST + tail) == "122.72"


def test_the_base_of_two_articles_is_their_sum(tmp_path: object) -> None:
    # article 1: 121.50; article 2: 4 x 1.00 = 4.00; 10 % of 125.50 = 12.55
    body = (
        '  pay euros of care\n\narticle 2 "Pieces"\n  pay n of care at € 1.00 each\n\narticle 3 "On top"\n'
        "  adjust article 1 and article 2\n    by  10.0 % of the base\n    rounded  half away from zero to € 0.01\n"
        "    per  calendar year of care_date\n"
    )
    assert total(tmp_path, body) == "138.05"


@pytest.mark.parametrize(("condition", "outcome"), [("when", "126.50"), ("unless", "121.50")])
def test_a_fixed_amount_is_paid_while_its_condition_holds(tmp_path: object, condition: str, outcome: str) -> None:
    body = (
        f'  pay euros of care\n\narticle 2 "Fixed"\n  pay € 5.00 {condition} pieces at least 4\n    per  calendar year of care_date\n'
        "    part year  full amount\n\ndefine pieces\n  take  sum of n of care\n  per  calendar year of care_date\n"
    )
    assert total(tmp_path, body) == outcome


@pytest.mark.parametrize(("how", "outcome"), [("at fee for a", "6.00"), ("by scale by_volume", "8.00")])
def test_a_figure_at_a_price_or_by_a_scale(tmp_path: object, how: str, outcome: str) -> None:
    # 4 pieces: at 1.50 each 6.00; by the scale 2 x 3.00 + 2 x 1.00 = 8.00
    body = (
        f"  pay pieces {how}\n    per  calendar year of care_date\n    rounded  half away from zero to € 0.01\n\n"
        "define pieces\n  take  sum of n of care\n  per  calendar year of care_date\n"
    )
    assert total(tmp_path, body) == outcome


@pytest.mark.parametrize(
    ("column", "per"), [("euro  per hour", "hour"), ("euro  per minute", "minute"), ("euro", "hour")]
)
def test_a_price_from_data_may_say_its_unit_too(tmp_path: object, column: str, per: str) -> None:
    # 90 minutes at 60.00 an hour, or at 1.00 a minute: 90.00
    price = "1.00" if per == "minute" else "60.00"
    text = HEAD[: HEAD.index("scale")].format(rounded=PLAIN, extra="").replace("n          count", "n          minutes")
    text += f"data prices\n  client  text\n  price   {column}\n\ntariff hourly per {per} by client\n"
    text += '  rows  prices\n  take  price\n\narticle 1 "Care"\n  pay n of care at hourly\n'
    path = tmp_path / "contract.zc"  # type: ignore[operator]
    path.write_text(text, encoding="utf-8")
    rows = {"care": [{**ROWS[0], "n": "90"}], "prices": [{"client": "a", "price": price}]}
    assert {settle(path, rows, engine=engine).total for engine in ("duckdb", "oracle")} == {"90.00"}
