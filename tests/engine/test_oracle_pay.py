"""What rows are worth: quantity x price, and every grain of rounding. Calculations stand beside the tests."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from contractlang.base.exact import Mode, Rounding
from contractlang.model.contract import Parties
from contractlang.model.heads import Tiers, Volume
from contractlang.model.lists import ScaleKind
from tests.engine.build import (
    CENT,
    WHOLE,
    YEAR,
    by,
    cell,
    contract,
    credits,
    does,
    each,
    given,
    key,
    look,
    num,
    pay,
    price_list,
    scale,
    table,
    when,
)
from tests.engine.settled import engine, payable

CARE = table("care", "line_id", "client", "care_date date", "minutes number")
HOURS = does(cell("minutes"), "/", num(60))
THREE = given(CARE, each("client | minutes\nC1 | 10\nC1 | 10\nC1 | 10", care_date="2024-03-10"))


def test_a1_per_line() -> None:
    # 58.93 x 10 / 60 = 9.821666... -> 9.82; three times 29.46
    made = engine(contract(CARE, pay("3", HOURS, "58.93")), THREE)
    assert payable(made) == {"L1": "9.82", "L2": "9.82", "L3": "9.82"}
    assert made.totals()[0].paid == 2946


@pytest.mark.parametrize(
    ("mode", "total"), [(Mode.HALF_AWAY, 2947), (Mode.HALF_EVEN, 2946), (Mode.UP, 2947), (Mode.DOWN, 2946)]
)
def test_a1_on_total(mode: Mode, total: int) -> None:
    # 58.93 x 30 / 60 = 29.465 -> 29.47 half away from zero and up, 29.46 half even and down
    rounding = Rounding(mode, Fraction(1, 100))
    made = engine(contract(CARE, pay("3", HOURS, "58.93", per=(YEAR,), rounding=rounding)), THREE)
    assert made.totals()[0].paid == total


def test_the_cents_that_are_left_go_to_the_largest_remainder_then_the_first_row() -> None:
    # 2947 cents over three equal rows: 982.33 each, the cent that is left to the first
    equal = engine(contract(CARE, pay("3", HOURS, "58.93", per=(YEAR,))), THREE)
    assert payable(equal) == {"L1": "9.83", "L2": "9.82", "L3": "9.82"}
    # exact 9.821666 and 19.643333: total 29.465 -> 2947; 982.33 and 1964.67: the cent to the second
    rows = given(CARE, each("client | minutes\nC1 | 10\nC1 | 20", care_date="2024-03-10"))
    assert payable(engine(contract(CARE, pay("3", HOURS, "58.93", per=(YEAR,))), rows)) == {"L1": "9.82", "L2": "19.65"}


def test_a_grain_that_sums_to_zero_divides_nothing() -> None:
    rows = given(CARE, each("client | minutes\nC1 | 10\nC1 | -10", care_date="2024-03-10"))
    made = engine(contract(CARE, pay("3", HOURS, "58.93", per=(YEAR,))), rows)
    assert payable(made) == {"L1": "0.00", "L2": "0.00"}


def test_parties_are_rounded_apart() -> None:
    # per party 29.465 / 3 x 1 row = 9.82 and 2 rows 19.643333 -> 19.64: together 29.46, not 29.47
    rows = given(CARE, each("client | minutes\nC1 | 10\nC2 | 10\nC2 | 10", care_date="2024-03-10"))
    own = replace(CARE, party="client")
    parties = Parties("Payer", None, "care", "client")
    apart = engine(contract(own, pay("3", HOURS, "58.93", per=(YEAR,)), parties=parties), rows)
    assert apart.totals()[0].paid == 2946
    one = replace(parties, separately=False)
    together = engine(contract(own, pay("3", HOURS, "58.93", per=(YEAR,)), parties=one), rows)
    assert together.totals()[0].paid == 2947


def test_a3_whole_hours() -> None:
    # 38.5, 61.25, 22.75, 6.5 hours -> 39, 61, 23, 7 whole hours: 39 x 48.60 = 1895.40; 61 x 71.25 = 4346.25;
    # 23 x 96.40 = 2217.20; 7 x 128.75 = 901.25; with 57 days x 214.90 = 12249.30: 21609.40
    care = table("care", "line_id", "care_date date", "level", "minutes number")
    stay = table("stay", "line_id", "care_date date", "days number")
    rows = given(
        care,
        each(
            """level | minutes
            mbo | 2000
            mbo | 310
            hbo | 3675
            wo | 1365
            wop | 390""",
            care_date="2024-06-03",
        ),
    )
    days = given(stay, each("days\n57", care_date="2024-06-03"))
    level = look("hourly", "level")
    hourly = price_list("hourly", ("level",), "mbo,,,48.60", "hbo,,,71.25", "wo,,,96.40", "wop,,,128.75")
    volume = Volume((key("level"), YEAR), WHOLE, num(1))
    heads = (pay("3", HOURS, level, volume=volume), pay("4", "days", "214.90", of="stay"))
    made = engine(contract((care, stay), *heads, lookups=(hourly,)), rows, days)
    assert sum(total.paid for total in made.totals()) == 2160940
    # 39 hours over 2000 and 310 minutes: 189540 x 2000/2310 = 164103.90, 25436.10: 1641.04 and 254.36
    assert [line.payable for line in made.lines()][:2] == [164104, 25436]
    # per row and not rounded up to whole hours: 21514.44
    by_level = pay("3", HOURS, level, per=(key("level"),))
    plain = engine(contract((care, stay), by_level, heads[1], lookups=(hourly,)), rows, days)
    assert sum(total.paid for total in plain.totals()) == 2151444


def test_the_least_volume_holds_for_a_volume_above_zero() -> None:
    # 10 minutes round to 0 hours, at least 1: 58.93, over two rows of 5 minutes 29.465 -> 29.47 + 29.46
    volume = Volume((key("client"),), WHOLE, num(1))
    text = "client | minutes\nC1 | 5\nC1 | 5\nC2 | 0"
    head = pay("3", HOURS, "58.93", volume=volume)
    made = engine(contract(CARE, head), given(CARE, each(text, care_date="2024-03-10")))
    assert payable(made) == {"L1": "29.47", "L2": "29.46", "L3": "0.00"}
    assert made.posts(head)[0].quantity == 1


TIERS = ("0, 1000, 100", "1000, 1250, 80", "1250,, 50")
UNITS = table("care", "line_id", "care_date date", "units number")


@pytest.mark.parametrize(("kind", "total"), [(ScaleKind.EACH_SLICE, 12650000), (ScaleKind.WHOLE_VOLUME, 6900000)])
def test_a5_tiers(kind: ScaleKind, total: int) -> None:
    # 1380 units: 1000 x 100 + 250 x 80 + 130 x 50 = 126500.00; all at the step reached: 1380 x 50 = 69000.00
    rows = given(UNITS, "line_id | care_date | units\nL1 | 2024-01-05 | 900\nL2 | 2024-02-05 | 480")
    made = engine(contract(UNITS, tiered(), scales=(scale("volume", kind, *TIERS),)), rows)
    assert made.totals()[0].paid == total


def tiered(**more: object):  # type: ignore[no-untyped-def]
    return pay("3", "units", tiers=Tiers("volume", (YEAR,), by("care_date")), **more)


def test_a5_after_rejecting_40() -> None:
    # 1340 units: 1000 x 100 + 250 x 80 + 90 x 50 = 124500.00
    rows = given(UNITS, "line_id | care_date | units\nL1 | 2024-01-05 | 860\nL2 | 2024-02-05 | 480")
    made = engine(contract(UNITS, tiered(), scales=(scale("volume", ScaleKind.EACH_SLICE, *TIERS),)), rows)
    assert made.totals()[0].paid == 12450000


def test_rows_fill_tiers_in_the_order_written() -> None:
    # by date L2 first: 480 x 100 = 48000; L1: 520 x 100 + 250 x 80 + 130 x 50 = 78500
    rows = given(UNITS, "line_id | care_date | units\nL1 | 2024-02-05 | 900\nL2 | 2024-01-05 | 480")
    made = engine(contract(UNITS, tiered(), scales=(scale("volume", ScaleKind.EACH_SLICE, *TIERS),)), rows)
    assert payable(made) == {"L1": "78500.00", "L2": "48000.00"}


def test_each_slice_rounds_the_cumulative_amount() -> None:
    # 0.333 each: cumulative 0.333, 0.666, 0.999 -> 0.33, 0.67, 1.00: rows 0.33, 0.34, 0.33
    rows = given(UNITS, each("units\n1\n1\n1", care_date="2024-01-05"))
    cheap = (scale("volume", ScaleKind.EACH_SLICE, "0,,0.333"),)
    made = engine(contract(UNITS, tiered(), scales=cheap), rows)
    assert payable(made) == {"L1": "0.33", "L2": "0.34", "L3": "0.33"}
    # one grain: 0.999 -> 1.00 over three equal rows: 0.34, 0.33, 0.33
    grain = engine(contract(UNITS, tiered(per=(YEAR,)), scales=cheap), rows)
    assert payable(grain) == {"L1": "0.34", "L2": "0.33", "L3": "0.33"}


@pytest.mark.parametrize(("included", "rate"), [(True, "80.00"), (False, "100.00")])
def test_the_edge_of_a_whole_volume(included: bool, rate: str) -> None:
    # 1000 units belong to the step above the edge when the lower edge is included
    rows = given(UNITS, "line_id | care_date | units\nL1 | 2024-01-05 | 999\nL2 | 2024-01-05 | 1")
    steps = scale("volume", ScaleKind.WHOLE_VOLUME, *TIERS, lower_included=included)
    assert payable(engine(contract(UNITS, tiered(), scales=(steps,)), rows))["L2"] == rate


def test_a_volume_beyond_the_scale_has_no_price() -> None:
    rows = given(UNITS, "line_id | care_date | units\nL1 | 2024-01-05 | 1500")
    steps = scale("volume", ScaleKind.WHOLE_VOLUME, "0, 1000, 100")
    line = next(engine(contract(UNITS, tiered(), scales=(steps,)), rows).lines())
    assert (line.status, line.reason, line.payable) == ("pending", "no-price", 0)


PAIRED = table(
    "care", "line_id", "prev_line_id text?", "debit_credit", "care_date date", "minutes number", credit=credits()
)


def test_a_credit_mirrors_its_debit_and_stays_out_of_volumes() -> None:
    # 70 + 20 minutes = 1.5 hours -> 2 hours x 10.00 = 20.00: 15.56 and 4.44 (1555.56, 444.44); the credit -4.44
    rows = given(
        PAIRED,
        """line_id | prev_line_id | debit_credit | care_date | minutes
        L1 | | D | 2024-01-05 | 70
        L2 | | D | 2024-01-06 | 20
        L3 | L2 | C | 2024-02-01 | 999""",
    )
    head = pay("3", HOURS, "10.00", volume=Volume((YEAR,), WHOLE, None))
    made = engine(contract(PAIRED, head), rows)
    assert payable(made) == {"L1": "15.56", "L2": "4.44", "L3": "-4.44"}
    # 2 hours priced, of which the credit takes back 2 x 20 / 90; it falls in the month of its debit
    assert [(post.period, post.amount, post.quantity, post.rows) for post in made.posts(head)] == [
        ("2024-01", 1556, 2 - Fraction(4, 9), 3)
    ]


def test_a_charge_is_negative() -> None:
    made = engine(contract(CARE, pay("3", HOURS, "58.93", charge=True)), THREE)
    assert payable(made)["L1"] == "-9.82"


def test_no_price_means_that_the_quantity_is_the_amount() -> None:
    made = engine(contract(CARE, pay("3", "minutes")), THREE)
    assert payable(made)["L1"] == "10.00"


def test_rows_without_price_or_article_are_pending() -> None:
    rows = given(CARE, each("client | minutes\nC1 | 60\nC2 | 60\nC3 | 60", care_date="2024-03-10"))
    prices = price_list("fee", ("client",), "C1,2024-01-01,2024-12-31,12.50", "C2,2023-01-01,2023-12-31,12.50")
    head = pay("3", HOURS, look("fee", "client"), where=when("client", "<", "C3"))
    made = engine(contract(CARE, head, lookups=(prices,)), rows)
    lines = [(line.status, line.reason, line.articles) for line in made.lines()]
    assert lines == [("paid", None, ("3",)), ("pending", "no-price", ()), ("pending", "no-article", ())]
    assert (made.totals()[0].rows_paid, made.totals()[0].rows_pending) == (1, 2)


def test_a_row_that_one_article_cannot_price_is_pending_and_keeps_what_another_pays() -> None:
    prices = price_list("fee", ("client",), "C9,,,1")
    heads = (pay("3", HOURS, "60.00"), pay("4", HOURS, look("fee", "client")))
    made = engine(contract(CARE, *heads, lookups=(prices,)), THREE)
    line = next(made.lines())
    assert (line.status, line.reason, line.priced, line.articles) == ("pending", "no-price", 1000, ("3",))


def test_several_articles_pay_one_row() -> None:
    made = engine(contract(CARE, pay("3", HOURS, "60.00"), pay("4", HOURS, "6.00")), THREE)
    line = next(made.lines())
    assert (line.priced, line.articles, line.status) == (1100, ("3", "4"), "paid")
    assert made.totals()[0].rows_paid == 3


def test_rounding_half_away_mirrors_a_negative_amount() -> None:
    # -0.5 x 0.01 = -0.005 -> -0.01
    rows = given(CARE, each("client | minutes\nC1 | -30", care_date="2024-03-10"))
    assert payable(engine(contract(CARE, pay("3", HOURS, "0.01", rounding=CENT)), rows)) == {"L1": "-0.01"}
