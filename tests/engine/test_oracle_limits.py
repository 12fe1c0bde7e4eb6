"""Ceilings over rows: every way to fill, and what becomes of late rows, freed room and rows outside."""

from __future__ import annotations

from datetime import date

import pytest

from contractlang.engine.protocol import Post, ScopeSum, Use
from contractlang.model.contract import Parties
from contractlang.model.expression import OneOf, Yes
from contractlang.model.heads import Filled, FreedRoom, LastRow, LateRow, Limit, Outside
from contractlang.model.lists import ScaleKind
from tests.engine.build import YEAR, by, cell, contract, credits, day, euros, given, key, limit, pay, scale, table
from tests.engine.settled import engine, filled, payable

CARE = table("care", "line_id", "care_date date", "received_on date?", "amount number.2")
C1 = given(
    CARE,
    """line_id | care_date | received_on | amount
    L1 | 2024-03-10 | 2024-04-05 | 42000.00
    L2 | 2024-09-20 | 2025-01-15 | 35500.00
    L3 | 2024-11-02 | 2024-12-03 | 31250.00""",
)


def c1(**more: object) -> tuple[dict[str, str], Use]:
    ceiling = limit("5", "3", **more)
    made = engine(contract(CARE, pay("3", "amount"), ceiling), C1)
    uses = filled(made, ceiling, "100000.00")
    return payable(made), uses[(None,)]


def test_c1_by_care_date() -> None:
    # 42000 + 35500 = 77500, left 22500 for L3
    lines, use = c1()
    assert lines == {"L1": "42000.00", "L2": "35500.00", "L3": "22500.00"}
    assert use == Use(10875000, 10000000, 875000, date(2024, 11, 2), 1)


@pytest.mark.parametrize("settings", [{"order": by("received_on")}, {"late_row": LateRow.TAKES_LEFT}])
def test_c1_by_receipt(settings: dict[str, object]) -> None:
    # L1 42000 and L3 31250 were received before L2, which takes 100000 - 73250 = 26750
    lines, use = c1(**settings)
    assert lines == {"L1": "42000.00", "L2": "26750.00", "L3": "31250.00"}
    assert use.reached_on == (date(2025, 1, 15) if "order" in settings else date(2024, 9, 20))


def test_c1_in_proportion() -> None:
    # 100000 / 108750: cents 3862068.97, 3264367.82, 2873563.22: two cents are left, to L1 (.97) and L2 (.82)
    lines, use = c1(filled=Filled.IN_PROPORTION, order=())
    assert lines == {"L1": "38620.69", "L2": "32643.68", "L3": "28735.63"}
    assert use == Use(10875000, 10000000, 875000, None, 3)


def test_as_a_whole_cuts_no_row() -> None:
    lines, use = c1(filled=Filled.AS_A_WHOLE, order=())
    assert lines == {"L1": "42000.00", "L2": "35500.00", "L3": "31250.00"}
    assert use == Use(10875000, 10000000, 875000, None, 0)


def test_rows_of_one_month_of_receipt_stand_in_the_order_written() -> None:
    # both received in April: the earlier care date first, though received later
    rows = given(CARE, "line_id|care_date|received_on|amount\nL1|2024-03-10|2024-04-20|80\nL2|2024-03-20|2024-04-01|80")
    ceiling = limit("5", "3", late_row=LateRow.TAKES_LEFT)
    made = engine(contract(CARE, pay("3", "amount"), ceiling), rows)
    filled(made, ceiling, "100.00")
    assert payable(made) == {"L1": "80.00", "L2": "20.00"}


ROWS = "line_id | care_date | amount"
PLAIN = table("care", "line_id", "care_date date", "amount number.2")


def run(ceiling: Limit, text: str, room: str | None, of=PLAIN, **more):  # type: ignore[no-untyped-def]
    made = engine(contract(of, pay("3", "amount"), ceiling, **more), given(of, text))
    uses = filled(made, ceiling, room)
    return payable(made), uses[(None,)]


@pytest.mark.parametrize(
    ("last_row", "paid", "reached"),
    [
        # room 100 for 60, 50, 30, 10: 60, then 40 of the 50, then nothing
        (LastRow.IN_PART, ["60.00", "40.00", "0.00", "0.00"], 2),
        # the 50 does not fit in 40, the 30 does, the 10 as well
        (LastRow.ONLY_IF_IT_FITS, ["60.00", "0.00", "30.00", "10.00"], 2),
        # the 50 does not fit, and nothing is paid after it
        (LastRow.STOP, ["60.00", "0.00", "0.00", "0.00"], 2),
    ],
)
def test_last_row(last_row: LastRow, paid: list[str], reached: int) -> None:
    text = f"{ROWS}\nL1|2024-01-01|60\nL2|2024-01-02|50\nL3|2024-01-03|30\nL4|2024-01-04|10"
    lines, use = run(limit("5", "3", last_row=last_row), text, "100.00")
    assert list(lines.values()) == paid
    assert use.reached_on == date(2024, 1, reached)
    assert use.paid == sum(euros(amount) for amount in paid)


@pytest.mark.parametrize("last_row", list(LastRow))
def test_a_row_that_fits_exactly_is_paid(last_row: LastRow) -> None:
    lines, use = run(limit("5", "3", last_row=last_row), f"{ROWS}\nL1|2024-01-01|60\nL2|2024-01-02|40", "100.00")
    assert lines == {"L1": "60.00", "L2": "40.00"}
    assert (use.reached_on, use.cut) == (date(2024, 1, 2), 0)


def test_below_the_ceiling_and_without_limit_nothing_happens() -> None:
    text = f"{ROWS}\nL1|2024-01-01|60"
    assert run(limit("5", "3"), text, "100.00")[1] == Use(6000, 6000, 0, None, 0)
    assert run(limit("5", "3"), text, None)[1] == Use(6000, 6000, 0, None, 0)


def test_a_ceiling_of_nothing_is_reached_by_the_first_row() -> None:
    lines, use = run(limit("5", "3"), f"{ROWS}\nL1|2024-01-01|0\nL2|2024-01-02|60", "0.00")
    assert lines == {"L1": "0.00", "L2": "0.00"}
    assert use == Use(6000, 0, 6000, date(2024, 1, 2), 1)


def test_ties_stand_in_the_order_of_the_file_and_an_empty_day_last() -> None:
    of = table("care", "line_id", "care_date date", "day date?", "amount number.2")
    text = "line_id|care_date|day|amount\nL1|2024-01-01||60\nL2|2024-01-01|2024-02-02|60\nL3|2024-01-01|2024-02-02|60"
    lines, _ = run(limit("5", "3", order=by("day")), text, "100.00", of=of)
    assert lines == {"L1": "0.00", "L2": "60.00", "L3": "40.00"}
    last_first, use = run(limit("5", "3", order=by("row number")), text, "100.00", of=of)
    assert last_first == {"L1": "60.00", "L2": "40.00", "L3": "0.00"}
    assert use.reached_on is None


# --- credits and other negative rows -----------------------------------------------------------------------------

PAIRED = table(
    "care", "line_id", "prev_line_id text?", "debit_credit", "care_date date", "amount number.2", credit=credits()
)
FREED = """line_id | prev_line_id | debit_credit | care_date | amount
    L1 | | D | 2024-01-01 | 60
    L2 | | D | 2024-01-02 | 60
    L3 | | D | 2024-01-03 | -10
    L4 | L2 | C | 2024-06-01 | 60
    L5 | | D | 2024-01-04 | 50"""


@pytest.mark.parametrize(
    ("freed", "paid"),
    [
        # without negative rows: 60, 40, 0; the credit takes back the 40 that its debit was paid, -10 in full
        (FreedRoom.STAYS_EMPTY, ["60.00", "40.00", "-10.00", "-40.00", "0.00"]),
        # 60, 40 (left 0); L4 stands at the date of L2, after it by its key: left 40; -10: left 50; L5 50
        (FreedRoom.LATER_ROWS, ["60.00", "40.00", "-10.00", "-40.00", "50.00"]),
        # the pair leaves the order, room 100 + 10: 60, 50 in full
        (FreedRoom.FILLED_AGAIN, ["60.00", "60.00", "-10.00", "-60.00", "50.00"]),
    ],
)
def test_freed_room(freed: FreedRoom, paid: list[str]) -> None:
    lines, use = run(limit("5", "3", freed_room=freed), FREED, "100.00", of=PAIRED)
    assert list(lines.values()) == paid
    # counted: 60 + 60 - 10 - 60 + 50 = 100
    total = sum(-euros(one[1:]) if one.startswith("-") else euros(one) for one in paid)
    assert (use.counted, use.paid, use.cut) == (10000, total, 10000 - total)


def test_freed_room_in_proportion() -> None:
    # as if no negative row: 60, 60, 50 share 100: cents 3529.41, 3529.41, 2941.18: one cent is left, to L1
    stays, _ = run(limit("5", "3", filled=Filled.IN_PROPORTION, order=()), FREED, "100.00", of=PAIRED)
    assert list(stays.values()) == ["35.30", "35.29", "-10.00", "-35.29", "29.41"]
    # the pair leaves, 100 + 10 for 60 and 50: both in full
    again = limit("5", "3", filled=Filled.IN_PROPORTION, order=(), freed_room=FreedRoom.FILLED_AGAIN)
    assert list(run(again, FREED, "100.00", of=PAIRED)[0].values()) == ["60.00", "60.00", "-10.00", "-60.00", "50.00"]


def test_as_a_whole_counts_net() -> None:
    _, use = run(limit("5", "3", filled=Filled.AS_A_WHOLE, order=()), FREED, "90.00", of=PAIRED)
    assert use == Use(10000, 9000, 1000, None, 0)


def test_a_credit_never_stands_before_its_debit() -> None:
    # ordered by key the credit A1 would stand before its debit B1; it stands just after it, before B2
    text = """line_id | prev_line_id | debit_credit | care_date | amount
    A1 | B1 | C | 2024-01-01 | 70
    B1 | | D | 2024-01-01 | 70
    B2 | | D | 2024-01-01 | 70"""
    ceiling = limit("5", "3", order=by("line_id"), freed_room=FreedRoom.LATER_ROWS)
    lines, _ = run(ceiling, text, "70.00", of=PAIRED)
    assert lines == {"A1": "-70.00", "B1": "70.00", "B2": "70.00"}
    # with room for 50 the debit is paid 50, which is what the credit takes back
    short, _ = run(ceiling, text, "50.00", of=PAIRED)
    assert short == {"A1": "-50.00", "B1": "50.00", "B2": "50.00"}


def test_an_own_key_after_another_row_makes_the_credit_stand_after_it() -> None:
    # by date, then key: B1, B2, C1 (the credit): B2 finds no room
    text = """line_id | prev_line_id | debit_credit | care_date | amount
    C1 | B1 | C | 2024-12-01 | 70
    B1 | | D | 2024-01-01 | 70
    B2 | | D | 2024-01-01 | 70
    D1 | | D | 2024-01-01 | 70"""
    ceiling = limit("5", "3", order=by("care_date", "line_id"), freed_room=FreedRoom.LATER_ROWS)
    lines, _ = run(ceiling, text, "70.00", of=PAIRED)
    assert lines == {"C1": "-70.00", "B1": "70.00", "B2": "0.00", "D1": "70.00"}


# --- rows outside ------------------------------------------------------------------------------------------------

CRISIS = table("care", "line_id", "care_date date", "crisis truth", "amount number.2")
C6 = """line_id | care_date | crisis | amount
    L1 | 2024-01-10 | no | 300000.00
    L2 | 2024-02-10 | yes | 45000.00
    L3 | 2024-03-10 | no | 203000.00
    L4 | 2024-04-10 | ja | 12000.00"""


@pytest.mark.parametrize(
    ("counts", "total", "use"),
    [
        # 45000 + 12000 apart, 500000 of the 503000: 557000
        (Outside.NOT_COUNTED, "557000.00", ("503000.00", "500000.00")),
        # 57000 first, 443000 of the 503000: 500000
        (Outside.FIRST, "500000.00", ("560000.00", "500000.00")),
        # 300000 + 45000, then 155000 of the 203000: full; 12000 on top: 512000
        (Outside.UNTIL_FULL, "512000.00", ("560000.00", "512000.00")),
    ],
)
def test_c6_outside(counts: Outside, total: str, use: tuple[str, str]) -> None:
    ceiling = limit("5", "3", outside=Yes("crisis"), outside_counts=counts)
    made = engine(contract(CRISIS, pay("3", "amount"), ceiling), given(CRISIS, C6))
    in_scope = made.scopes(ceiling)[(None,)]
    assert in_scope == ScopeSum(euros(use[0]), euros(use[0]), 5700000)
    done = filled(made, ceiling, "500000.00")[(None,)]
    assert (done.counted, done.paid) == (euros(use[0]), euros(use[1]))
    assert made.totals()[0].paid == euros(total)
    assert payable(made)["L2"] == "45000.00"
    assert payable(made)["L4"] == "12000.00"


@pytest.mark.parametrize("filling", [Filled.IN_PROPORTION, Filled.AS_A_WHOLE])
@pytest.mark.parametrize("counts", list(Outside))
def test_outside_without_order(filling: Filled, counts: Outside) -> None:
    # counted 503000 or 560000, paid 500000 either way: outside in full, the others 443000 when they count
    ceiling = limit("5", "3", outside=Yes("crisis"), outside_counts=counts, filled=filling, order=())
    made = engine(contract(CRISIS, pay("3", "amount"), ceiling), given(CRISIS, C6))
    assert filled(made, ceiling, "500000.00")[(None,)].paid == 50000000
    if filling is Filled.IN_PROPORTION:
        assert payable(made)["L2"] == "45000.00"
        assert made.totals()[0].paid == euros("557000.00" if counts is Outside.NOT_COUNTED else "500000.00")


def test_outside_first_beyond_the_ceiling_leaves_nothing() -> None:
    text = "line_id | care_date | crisis | amount\nL1|2024-01-01|no|10\nL2|2024-01-02|yes|150"
    ceiling = limit("5", "3", outside=Yes("crisis"), outside_counts=Outside.FIRST)
    lines, use = run(ceiling, text, "100.00", of=CRISIS)
    assert lines == {"L1": "0.00", "L2": "150.00"}
    assert use == Use(16000, 15000, 1000, date(2024, 1, 2), 1)


def test_a_row_outside_takes_no_more_room_than_there_is() -> None:
    # 60, then 40 of the 150; -30 brings back 30, which L4 is paid
    text = "line_id|care_date|crisis|amount\nL1|2024-01-01|no|60\nL2|2024-01-02|yes|150\nL3|2024-01-03|no|-30"
    ceiling = limit("5", "3", outside=Yes("crisis"), outside_counts=Outside.UNTIL_FULL, freed_room=FreedRoom.LATER_ROWS)
    lines, _ = run(ceiling, text + "\nL4|2024-01-04|no|50", "100.00", of=CRISIS)
    assert lines == {"L1": "60.00", "L2": "150.00", "L3": "-30.00", "L4": "30.00"}


def test_a_credit_is_outside_when_its_debit_is() -> None:
    # counted: 60 + 50 = 110 of which 100; the pair L2, L4 stays out of it and is paid in full
    ceiling = limit("5", "3", outside=OneOf(cell("line_id"), ("L2",)), freed_room=FreedRoom.LATER_ROWS)
    made = engine(contract(PAIRED, pay("3", "amount"), ceiling), given(PAIRED, FREED.replace("-10", "0")))
    assert made.scopes(ceiling)[(None,)] == ScopeSum(11000, 11000, 0)
    filled(made, ceiling, "100.00")
    assert payable(made) == {"L1": "60.00", "L2": "60.00", "L3": "0.00", "L4": "-60.00", "L5": "40.00"}


# --- above the ceiling -------------------------------------------------------------------------------------------

BANDS = scale("above", ScaleKind.EACH_SLICE, "0, 0.05, 0.7", "0.05, 0.1, 0.4", "0.1,, 0", of_base=True)


@pytest.mark.parametrize("filling", list(Filled))
def test_c3_above(filling: Filled) -> None:
    # 2000000 + 100000 x 0.7 + 100000 x 0.4 + 36480 x 0 = 2110000; 126480 is not paid
    ceiling = limit("5", "3", above="above", filled=filling)
    text = f"{ROWS}\nL1|2024-01-01|1500000\nL2|2024-02-01|550000\nL3|2024-03-01|186480"
    made = engine(contract(PLAIN, pay("3", "amount"), ceiling, scales=(BANDS,)), given(PLAIN, text))
    use = filled(made, ceiling, "2000000.00")[(None,)]
    assert (use.counted, use.paid, use.cut) == (223648000, 211000000, 12648000)
    if filling is Filled.IN_ORDER:
        # L2: 500000 + 50000 x 0.7 = 535000; L3: 50000 x 0.7 + 100000 x 0.4 = 75000
        assert payable(made) == {"L1": "1500000.00", "L2": "535000.00", "L3": "75000.00"}
        assert use.reached_on == date(2024, 2, 1)


def test_above_rounds_the_cumulative_amount() -> None:
    # ceiling 1.00, slice of 5 cents at 0.7 a cent each: 100, 100.7, 101.4, 102.1 -> 100, 101, 101, 102
    text = f"{ROWS}\nL1|2024-01-01|1.00\nL2|2024-01-02|0.01\nL3|2024-01-03|0.01\nL4|2024-01-04|0.01"
    lines, _ = run(limit("5", "3", above="above"), text, "1.00", scales=(BANDS,))
    assert list(lines.values()) == ["1.00", "0.01", "0.00", "0.01"]


def test_above_with_credits() -> None:
    # ceiling 100, slices of 5 at 0.7 and of 5 at 0.4, above that nothing
    # LATER_ROWS: L1 60; L2 40 + 3.50 + 2.00 = 45.50; L4 back at 60; L3 -10 at 50; L5 50
    ceiling = limit("5", "3", above="above", freed_room=FreedRoom.LATER_ROWS)
    lines, _ = run(ceiling, FREED, "100.00", of=PAIRED, scales=(BANDS,))
    assert list(lines.values()) == ["60.00", "45.50", "-10.00", "-45.50", "50.00"]


# --- scopes, several ceilings, posts -----------------------------------------------------------------------------


def test_scopes_are_filled_apart() -> None:
    of = table("care", "line_id", "care_date date", "client", "amount number.2")
    text = "line_id|care_date|client|amount\nL1|2024-01-01|A|60\nL2|2024-01-02|B|60\nL3|2024-01-03|A|60"
    ceiling = limit("5", "3", keys=(key("client"), YEAR))
    made = engine(contract(of, pay("3", "amount"), ceiling), given(of, text))
    rooms = {(None, "A", "2024"): "100.00", (None, "B", "2024"): "50.00"}
    assert made.scopes(ceiling)[None, "A", "2024"] == ScopeSum(12000, 12000, 0)
    uses = filled(made, ceiling, rooms)
    assert payable(made) == {"L1": "60.00", "L2": "50.00", "L3": "40.00"}
    assert {group: use.cut for group, use in uses.items()} == {(None, "A", "2024"): 2000, (None, "B", "2024"): 1000}


def test_parties_have_their_own_scopes() -> None:
    of = table("care", "line_id", "care_date date", "provider", "amount number.2", party="provider")
    text = "line_id|care_date|provider|amount\nL1|2024-01-01|P1|60\nL2|2024-02-02|P2|60"
    ceiling = limit("5", "3")
    parties = Parties("Payer", None, "care", "provider")
    made = engine(contract(of, pay("3", "amount"), ceiling, parties=parties), given(of, text))
    filled(made, ceiling, {("P1",): "50.00", ("P2",): "70.00"})
    found = [(line.party, line.payable, line.status) for line in made.lines()]
    assert found == [("P1", 5000, "partly"), ("P2", 6000, "paid")]
    assert made.posts(ceiling) == (Post("P1", "2024-01", -1000, None, 1),)


def test_a_later_ceiling_works_on_what_the_one_before_it_left() -> None:
    first, second = limit("5", "3"), limit("6", "3", filled=Filled.IN_PROPORTION)
    text = f"{ROWS}\nL1|2024-01-01|60\nL2|2024-01-02|60"
    made = engine(contract(PLAIN, pay("3", "amount"), first, second), given(PLAIN, text))
    filled(made, first, "100.00")
    # left 60 and 40; 50 in proportion: 30 and 20
    assert made.scopes(second)[(None,)] == ScopeSum(10000, 10000, 0)
    filled(made, second, "50.00")
    assert payable(made) == {"L1": "30.00", "L2": "20.00"}
    assert made.amounts(("3",), (), ()) == {(None,): 12000}
    assert made.amounts(("3",), ("5a",), ()) == {(None,): 10000}
    assert made.amounts(("3",), ("5a", "6a"), ()) == {(None,): 5000}
    assert [post.amount for post in (*made.posts(first), *made.posts(second))] == [-2000, -5000]


def test_a_ceiling_over_two_articles_cuts_the_last_of_them_first() -> None:
    # the row is worth 60 by article 3 and 30 by article 4; 70 is paid: 60 and 10
    ceiling = limit("5", "3", "4")
    heads = (pay("3", "amount"), pay("4", "amount", "0.5"), ceiling)
    made = engine(contract(PLAIN, *heads), given(PLAIN, f"{ROWS}\nL1|2024-01-01|60"))
    filled(made, ceiling, "70.00")
    assert made.amounts(("3",), ("5a",), ()) == {(None,): 6000}
    assert made.amounts(("4",), ("5a",), ()) == {(None,): 1000}
    assert made.posts(ceiling) == (Post(None, "2024-01", -2000, None, 1),)


def test_a_charge_under_a_ceiling_stands_in_full() -> None:
    # 60 - 12 = 48 of which 30 is paid: 42 - 12
    ceiling = limit("5", "3", "4")
    heads = (pay("3", "amount"), pay("4", "amount", "0.2", charge=True), ceiling)
    made = engine(contract(PLAIN, *heads), given(PLAIN, f"{ROWS}\nL1|2024-01-01|60"))
    filled(made, ceiling, "30.00")
    assert made.amounts(("3",), ("5a",), ()) == {(None,): 4200}
    assert made.amounts(("4",), ("5a",), ()) == {(None,): -1200}


def test_status_of_lines() -> None:
    text = f"{ROWS}\nL1|2024-01-01|60\nL2|2024-01-02|60\nL3|2024-01-03|60"
    ceiling = limit("5", "3")
    made = engine(contract(PLAIN, pay("3", "amount"), ceiling), given(PLAIN, text), as_of=day("2024-12-31"))
    filled(made, ceiling, "100.00")
    assert [line.status for line in made.lines()] == ["paid", "partly", "cut"]
    total = made.totals()[0]
    assert (total.rows_paid, total.rows_partly, total.rows_cut, total.priced, total.paid) == (1, 1, 1, 18000, 10000)
