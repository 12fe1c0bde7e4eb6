"""Which rows count: every reason, the order of the tests, and credits."""

from __future__ import annotations

from datetime import date

import pytest

from contractlang.engine.oracle import Oracle
from contractlang.engine.protocol import BadCell, Refused
from contractlang.model.expression import (
    All,
    AsOf,
    Cell,
    Compare,
    DecidingDate,
    Empty,
    Listed,
    Not,
    Present,
    Relation,
    Repeated,
    Role,
    Unknown,
    Unpaired,
)
from contractlang.model.tables import Deciding, Table
from tests.engine.build import (
    cell,
    column,
    contract,
    credits,
    data,
    day,
    decides,
    given,
    pay,
    reject,
    table,
    when,
)
from tests.engine.settled import engine


def reasons(of: Table, text: str, *others, as_of: date | None = None, **more) -> list[str | None]:  # type: ignore[no-untyped-def]
    tables = (of, *(one for one, _ in others))
    prepared = [given(of, text), *(given(one, rows) for one, rows in others)]
    made = engine(contract(tables, pay("3", "amount"), **more), *prepared, as_of=as_of)
    return [line.reason for line in made.lines()]


CARE = table(
    "care", "line_id", "care_date date", column("code", codes=("A", "B")), "amount number.2", submitted="amount"
)
TEXT = """line_id | care_date | code | amount
    L1 | 2024-01-01 | A | 10.00
    L2 | 2024-01-32 | A | 20.00
    L3 |            | A | 30.00
    L4 | 2024-01-01 | C | 40.00
    L5 | 2023-12-31 | A | 50.00
    L6 | 2024-12-31 | B | x"""


def test_reasons_of_the_language() -> None:
    assert reasons(CARE, TEXT) == [None, "unreadable", "empty", "unknown", "outside-term", "unreadable"]


def test_intake() -> None:
    intake = Oracle(contract(CARE, pay("3", "amount")), data(given(CARE, TEXT)), None).intake()[0]
    assert (intake.table, intake.rows, intake.accepted, intake.submitted) == ("care", 6, 1, 15000)
    assert intake.refused == (
        Refused("unreadable", 2, 2000),
        Refused("empty", 1, 3000),
        Refused("unknown", 1, 4000),
        Refused("outside-term", 1, 5000),
    )
    assert intake.bad_cells == (
        BadCell(2, "care_date", "2024-01-32", "date (iso)"),
        BadCell(3, "care_date", "", "a value"),
        BadCell(4, "code", "C", "A, B"),
        BadCell(6, "amount", "x", "number with at most 2 decimals"),
    )


def test_only_the_first_hundred_bad_cells_are_told() -> None:
    text = "line_id | care_date | code | amount" + "\nL|2024-01-01|A|x" * 101
    intake = Oracle(contract(CARE, pay("3", "amount")), data(given(CARE, text)), None).intake()[0]
    assert (len(intake.bad_cells), intake.refused[0].rows) == (100, 101)


def test_without_a_submitted_column_nothing_is_claimed() -> None:
    of = table("care", "line_id", "care_date date", "amount number.2")
    made = engine(contract(of, pay("3", "amount")), given(of, "line_id|care_date|amount\nL1||1"))
    assert made.intake()[0].submitted is None
    assert made.intake()[0].refused == (Refused("empty", 1, None),)
    assert made.totals()[0].submitted_rejected is None


def test_a_table_that_is_not_paid_is_not_tested_for_the_term() -> None:
    facts = table("facts", "line_id", "care_date date", paid=False)
    made = Oracle(contract(facts), data(given(facts, "line_id|care_date\nF1|2020-01-01")), None)
    assert made.intake()[0].accepted == 1
    assert (list(made.lines()), made.totals()) == ([], ())


def test_a_paid_row_without_its_date_is_in_no_term() -> None:
    of = table("care", "line_id", "care_date date?", "amount number.2")
    assert reasons(of, "line_id|care_date|amount\nL1||1") == ["outside-term"]


def test_the_first_rule_gives_the_reason_and_rules_come_before_the_language() -> None:
    rules = (
        reject("LARGE", when("amount", ">", 25)),
        reject("NO_DATE", Empty(cell("care_date"))),
        reject("CODE", Unknown("code")),
        reject("LATE", when("care_date", "<", day("2024-01-01"))),
    )
    of = table("care", "line_id", "care_date date", column("code", codes=("A", "B")), "amount number.2", rejects=rules)
    assert reasons(of, TEXT) == [None, "unreadable", "LARGE", "LARGE", "LARGE", "unreadable"]
    small = TEXT.replace("30.00", "3.00").replace("40.00", "4.00").replace("50.00", "5.00")
    assert reasons(of, small) == [None, "unreadable", "NO_DATE", "CODE", "LATE", "unreadable"]
    intake = Oracle(contract(of, pay("3", "amount")), data(given(of, small)), None).intake()[0]
    assert [one.reason for one in intake.refused] == ["unreadable", "NO_DATE", "CODE", "LATE"]
    assert [one.row for one in intake.bad_cells] == [2, 6]


def test_rows_received_after_the_day_are_not_looked_at() -> None:
    same = reject("DOUBLE", Repeated(("line_id",), ("care_date",)))
    of = table("care", "line_id", "care_date date", "received_on date?", "amount number.2", rejects=(same,))
    text = """line_id | care_date | received_on | amount
        L1 | 2024-01-05 | 2024-02-01 | 10
        L1 | 2024-01-01 | 2024-03-01 | x
        L3 | 2024-01-01 |  | 10"""
    # on 29 February the second row does not stand in the way of the first, though unreadable and of an earlier date
    assert reasons(of, text, as_of=day("2024-02-29")) == [None, "not-yet-received", None]
    assert reasons(of, text, as_of=day("2024-03-01")) == [None, "unreadable", None]
    assert reasons(of, text) == [None, "unreadable", None]
    made = engine(contract(of, pay("3", "amount")), given(of, text), as_of=day("2024-02-29"))
    assert made.intake()[0].refused == (Refused("not-yet-received", 1, None, pending=True),)
    assert (made.totals()[0].rows_pending, made.totals()[0].rows_rejected) == (1, 0)


@pytest.mark.parametrize(
    ("keeping", "stands"), [((), 0), (("amount",), 1), (("care_date",), 2), (("code",), 3), (("note",), 1)]
)
def test_repeated(keeping: tuple[str, ...], stands: int) -> None:
    # first in the file; smallest amount (9 < 10 by value); first date; B before a by code point; empty last
    same = reject("DOUBLE", Repeated(("line_id",), keeping))
    of = table("care", "line_id", "care_date date", "code", "note text?", "amount number.2", rejects=(same,))
    text = """line_id | care_date | code | note | amount
        L1 | 2024-01-05 | a |   | 10
        L1 | 2024-01-05 | b | x | 9
        L1 | 2024-01-01 | b | x | 10
        L1 | 2024-01-05 | B | x | 10
        L2 | 2024-01-05 | B | x | 10"""
    expected: list[str | None] = ["DOUBLE"] * 4
    expected[stands] = None
    assert reasons(of, text) == [*expected, None]


def test_repeated_looks_at_rejected_rows_too_and_empty_equals_empty() -> None:
    rules = (reject("LARGE", when("amount", ">", 25)), reject("DOUBLE", Repeated(("line_id", "note"), ())))
    of = table("care", "line_id", "care_date date", "note text?", "amount number.2", rejects=rules)
    text = "line_id|care_date|note|amount\nL1|2024-01-01||30\nL1|2024-01-01||20\nL1|2024-01-01|x|20"
    assert reasons(of, text) == ["LARGE", "DOUBLE", None]


def test_listed_and_present_look_at_usable_rows_of_another_table() -> None:
    members = table("members", "client", "first date", "last date?", paid=False, present=("first", "last"))
    rows = "client|first|last\nC1|2024-01-10|2024-01-20\nC2|2024-01-15|\nC3|oops|"
    rules = (
        reject("STRANGER", Not(Listed(cell("client"), "members", "client"))),
        reject("ABSENT", Not(Present(cell("client"), "members", "client", DecidingDate(Role.TARIFF)))),
    )
    of = table("care", "line_id", "care_date date", "client text?", "amount number.2", rejects=rules)
    text = """line_id | care_date | client | amount
        L1 | 2024-01-10 | C1 | 1
        L2 | 2024-01-20 | C1 | 1
        L3 | 2024-01-21 | C1 | 1
        L4 | 2024-01-14 | C2 | 1
        L5 | 2024-12-31 | C2 | 1
        L6 | 2024-01-12 | C3 | 1
        L7 | 2024-01-12 |    | 1"""
    assert reasons(of, text, (members, rows)) == [None, None, "ABSENT", "ABSENT", None, "STRANGER", "STRANGER"]


def test_present_in_a_table_without_days() -> None:
    members = table("members", "client", paid=False)
    rule = reject("ABSENT", Not(Present(cell("client"), "members", "client", Cell("care_date"))))
    of = table("care", "line_id", "care_date date", "client", "amount number.2", rejects=(rule,))
    text = "line_id|care_date|client|amount\nL1|2024-01-01|C1|1\nL2|2024-01-01|C2|1"
    assert reasons(of, text, (members, "client\nC1")) == [None, "ABSENT"]


def test_a_date_may_decide_under_a_condition() -> None:
    opened = ((when("code", "=", "DBC"), cell("opened")), (None, cell("care_date")))
    of = table(
        "care", "line_id", "care_date date", "opened date?", "code", "amount number.2",
        deciding=(Deciding(Role.YEAR, opened), *decides(period="care_date")),
    )  # fmt: skip
    text = """line_id | care_date | opened | code | amount
        L1 | 2024-01-01 | 2023-12-01 | DBC | 1
        L2 | 2024-01-01 | 2023-12-01 | X | 1"""
    assert reasons(of, text) == ["outside-term", None]


def test_the_as_of_day_in_a_rule() -> None:
    rule = reject("FUTURE", Compare(cell("care_date"), Relation.ABOVE, AsOf()))
    of = table("care", "line_id", "care_date date", "amount number.2", rejects=(rule,))
    text = "line_id|care_date|amount\nL1|2024-01-01|1\nL2|2024-06-01|1"
    assert reasons(of, text, as_of=day("2024-03-01")) == [None, "FUTURE"]


# --- credits -----------------------------------------------------------------------------------------------------

COLUMNS = ("line_id", "prev_line_id text?", "debit_credit", "care_date date", "client text?", "amount number.2")
CREDITS = """line_id | prev_line_id | debit_credit | care_date | client | amount
    K1 | L2 | C | 2024-06-01 | C1 | 99
    L1 |    | D | 2024-01-01 | C1 | 10
    L2 |    | D | 2024-01-02 | C1 | 20
    K2 | L2 | C | 2024-06-01 | C1 | 20
    K3 | L1 | C | 2024-06-01 | C2 | 10
    K4 | LX | C | 2024-06-01 | C1 | 10
    K5 |    | C | 2024-06-01 | C1 | 10
    L3 |    | D | 2024-01-03 |    | 30
    K6 | L3 | C | 2024-06-01 |    | 30
    L4 |    | D | 2023-01-03 | C1 | 40
    K7 | L4 | C | 2024-06-01 | C1 | 40
    K8 | K1 | C | 2024-06-01 | C1 | 40"""
WITHOUT = "credit-without-debit"
PAIRS = [None, None, None, WITHOUT, WITHOUT, WITHOUT, WITHOUT, None, None, "outside-term", WITHOUT, WITHOUT]


def test_pairing() -> None:
    # K1 comes first for L2, so K2 has none; K3 has another client; K4, K5 name nothing; K6 empty equals empty;
    # K7 names a rejected debit; K8 names a credit
    of = table("care", *COLUMNS, credit=credits("client"))
    assert reasons(of, CREDITS) == PAIRS


def test_an_own_reason_for_credits_without_debit() -> None:
    rules = (reject("NO_DEBIT", Unpaired()), reject("NEVER", All((Unpaired(), when("amount", ">", 1000)))))
    of = table("care", *COLUMNS, credit=credits("client"), rejects=rules)
    assert reasons(of, CREDITS) == ["NO_DEBIT" if one == WITHOUT else one for one in PAIRS]
    intake = Oracle(contract(of, pay("3", "amount")), data(given(of, CREDITS)), None).intake()[0]
    assert [(one.reason, one.rows) for one in intake.refused] == [("NO_DEBIT", 6), ("outside-term", 1)]


def test_a_credit_reads_everything_but_its_key_from_its_debit() -> None:
    of = table("care", *COLUMNS, credit=credits("client"), submitted="amount")
    made = engine(contract(of, pay("3", "amount")), given(of, CREDITS))
    line = next(made.lines())
    # submitted is what stands in the row itself; the price is minus that of L2, in January
    assert (line.key, line.submitted, line.priced, line.reason) == ("K1", 9900, -2000, None)
    assert [(post.period, post.amount) for post in made.posts(pay("3", "amount"))] == [("2024-01", 1000)]


def test_without_credit_columns_every_row_is_a_debit() -> None:
    of = table("care", *COLUMNS)
    assert reasons(of, CREDITS) == [None] * 9 + ["outside-term", None, None]
