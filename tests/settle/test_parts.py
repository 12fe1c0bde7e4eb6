"""Part periods, instalments, dated lists, pending rows and the laws."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest
from msgspec.structs import replace

from contractlang.base.calendar import Every, Span
from contractlang.engine.protocol import Intake, Refused, Totals
from contractlang.model.heads import Changed, Instalments, PartYear
from contractlang.settling.entry import Entry
from contractlang.settling.laws import BrokenLaw, Settled, check_laws
from contractlang.settling.part import instalment_days, share
from contractlang.settling.point import Absent, Point
from contractlang.settling.settle import settle
from contractlang.settling.versions import Window, in_period
from tests.settle.fake import Fake
from tests.settle.models import CATEGORY, MONTH, PRODUCTION, ROWS, YEAR, contract, pay

YEAR_2024 = Span(date(2024, 1, 1), date(2024, 12, 31))
FROM_MARCH = Span(date(2024, 3, 15), date(2024, 12, 31))


def test_the_share_of_a_part_year() -> None:
    assert share(YEAR_2024, FROM_MARCH, PartYear.FULL) == 1
    assert share(YEAR_2024, FROM_MARCH, PartYear.BY_DAYS) == Fraction(292, 366)
    assert share(YEAR_2024, FROM_MARCH, PartYear.BY_MONTHS) == Fraction(9, 12)
    assert share(YEAR_2024, YEAR_2024, PartYear.BY_DAYS) == 1


def test_instalments_fall_on_the_last_days_of_equal_parts() -> None:
    assert instalment_days(YEAR_2024, YEAR_2024, Instalments(4))[0] == date(2024, 3, 31)
    assert len(instalment_days(YEAR_2024, YEAR_2024, Instalments(12))) == 12
    assert len(instalment_days(YEAR_2024, FROM_MARCH, Instalments(12))) == 10
    assert instalment_days(YEAR_2024, YEAR_2024, Instalments(1)) == (date(2024, 12, 31),)
    assert instalment_days(YEAR_2024, YEAR_2024, Instalments(7)) == (date(2024, 12, 31),)
    assert instalment_days(YEAR_2024, YEAR_2024, None) == (date(2024, 12, 31),)
    first = instalment_days(YEAR_2024, FROM_MARCH, Instalments(4, first_day=True))
    assert first == (date(2024, 3, 15), date(2024, 4, 1), date(2024, 7, 1), date(2024, 10, 1))
    written = (date(2024, 1, 2), date(2024, 7, 1))
    assert instalment_days(YEAR_2024, FROM_MARCH, Instalments(2, written)) == (date(2024, 7, 1),)
    short = Span(date(2024, 1, 1), date(2024, 6, 15))
    assert instalment_days(YEAR_2024, short, Instalments(4)) == (date(2024, 3, 31), date(2024, 6, 15))


@pytest.mark.parametrize(
    ("part_year", "days"),
    [
        # 1 July through 31 December; the first version until 30 September
        (PartYear.FULL, Fraction(300000 * 274 + 360000 * 92, 366)),
        (PartYear.BY_DAYS, Fraction(300000 * 92 + 360000 * 92, 184)),
    ],
)
def test_versions_by_days(part_year: PartYear, days: Fraction) -> None:
    versions = [
        (date(2023, 1, 1), date(2024, 9, 30), Fraction(300000)),
        (date(2024, 10, 1), None, Fraction(360000)),
    ]
    window = Window(YEAR_2024, Span(date(2024, 7, 1), date(2024, 12, 31)), Changed.BY_DAYS, part_year)
    assert in_period("yearly", versions, window) == days


def test_versions_with_one_value_are_no_change() -> None:
    versions = [(date(2024, 1, 1), date(2024, 6, 30), Fraction(5)), (date(2024, 7, 1), None, Fraction(5))]
    assert in_period("flat", versions, Window(YEAR_2024, YEAR_2024)) == 5
    assert in_period("flat", [], Window(YEAR_2024, YEAR_2024)) is None


def test_a_month_tells_its_year_and_a_year_does_not_tell_its_months() -> None:
    month = Point(None, (CATEGORY, MONTH), ("A", "2024-05"))
    assert month.align(YEAR, YEAR_2024) == "2024"
    with pytest.raises(Absent):
        Point(None, (YEAR,), ("2024",)).align(MONTH, YEAR_2024)
    assert Point(None, (), ()).align(YEAR, YEAR_2024) == "2024"
    assert month.within(Point(None, (YEAR,), ("2024",)), YEAR_2024)
    assert not month.within(Point(None, (YEAR,), ("2025",)), YEAR_2024)
    assert not Point("North", (), ()).within(Point("South", (), ()), YEAR_2024)


class WithPending(Fake):
    """Two accepted rows that no price could be found for."""

    def totals(self) -> tuple[Totals, ...]:
        (one,) = super().totals()
        return (replace(one, rows=one.rows + 2, rows_pending=one.rows_pending + 2),)

    def intake(self) -> tuple[Intake, ...]:
        (one,) = super().intake()
        return (replace(one, rows=one.rows + 2, accepted=one.accepted + 2),)

    def pending(self) -> Mapping[tuple[str, str], tuple[int, int]]:
        return {("production", "no-price"): (2, 0), ("production", "not-yet-received"): (1, 0)}


def test_rows_that_no_article_could_price_are_pending_with_their_reason() -> None:
    held = {"production": (Refused("not-yet-received", 1, None, pending=True),)}
    engine = WithPending(contract((pay(),), (PRODUCTION,)), {"production": ROWS}, held)
    found = settle(engine.contract, engine, {}, None)
    assert [(one.reason, one.rows) for one in found.pending] == [("no-price", 2), ("not-yet-received", 1)]
    assert (found.rows.submitted, found.rows.pending) == (6, 3)


TOTALS = Totals("production", 3, 2, 0, 0, 1, 0, 1100, 100, 0, 1000, 1000)
INTAKE = Intake("production", 3, 2, (Refused("negative", 1, 100),), (), 1100)


def settled(totals: Totals = TOTALS, intake: Intake = INTAKE, paid: int = 1000) -> Settled:
    model = contract((pay(),), (PRODUCTION,))
    return Settled(model, [Entry(pay(), None, "2026-01", paid)], [], [intake], [totals])


@pytest.mark.parametrize(
    ("broken", "law"),
    [
        (settled(replace(TOTALS, rows_paid=1)), "rows_end_once"),
        (settled(replace(TOTALS, rows_rejected=0, rows_pending=1)), "rows_rejected"),
        (settled(replace(TOTALS, duplicated=1)), "rows_not_multiplied"),
        (settled(replace(TOTALS, submitted_rejected=99)), "euros_rejected"),
        (settled(replace(TOTALS, paid=999)), "euros_end_once"),
        (settled(intake=replace(INTAKE, submitted=1099)), "euros_end_once"),
        (settled(paid=1001), "priced"),
    ],
)
def test_each_law_can_break(broken: Settled, law: str) -> None:
    with pytest.raises(BrokenLaw) as found:
        check_laws(broken)
    assert found.value.law == law


def test_the_laws_hold_with_both_sides_shown() -> None:
    assert {one.law: (one.left, one.right) for one in check_laws(settled())}["euros_end_once"] == ("11.00", "11.00")


def test_weeks_are_posted_in_their_own_period() -> None:
    week = replace(MONTH, name="week", every=Every.WEEK)
    assert Point(None, (week,), ("2024-W23",)).period(YEAR_2024).first == date(2024, 6, 3)
