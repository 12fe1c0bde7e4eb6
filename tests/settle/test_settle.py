"""Whole settlements against worked examples whose outcomes were computed elsewhere, over a small engine."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from msgspec.structs import asdict, replace

from contractlang.base.calendar import Every, Span
from contractlang.engine.protocol import DataFault, Refused
from contractlang.model.contract import Define, Parties
from contractlang.model.expression import (
    ArticleAmount,
    Cell,
    DefineSum,
    DefineValue,
    Key,
    KeyValue,
    LookUp,
    Measure,
    Measuring,
    Operation,
    Scaled,
    Selection,
)
from contractlang.model.heads import (
    Changed,
    Filled,
    Fixed,
    Instalments,
    Manual,
    OnTop,
    OnTopKind,
    PartYear,
    Report,
    Show,
)
from contractlang.model.lists import ListRow, Lookup, Scale, ScaleKind, Step
from contractlang.model.tables import Kind
from contractlang.settling.laws import BrokenLaw
from contractlang.settling.settle import settle
from contractlang.statement.model import Statement
from tests.settle.fake import Fake
from tests.settle.models import (
    ABOVE,
    CATEGORY,
    CENT,
    MONTH,
    PRODUCTION,
    ROWS,
    SUB_CEILING,
    YEAR,
    average_norm,
    by_category,
    column,
    contract,
    limit,
    nested_ceilings,
    number,
    pay,
    step,
    table,
)

AS_OF = date(2026, 12, 31)


def run(engine: Fake) -> Statement:
    return settle(engine.contract, engine, {}, AS_OF)


def test_nested_ceilings_with_transfer_and_a_scale_above() -> None:
    found = run(Fake(nested_ceilings(), {"production": ROWS}))
    assert found.articles == {"3": "1065000.00", "4": "-15000.00", "5": "-8910.00"}
    assert found.total == "1041090.00"
    rooms = {one.scope["category"]: (one.amount, one.moved, one.room) for one in found.ceilings if one.article == "4"}
    assert rooms == {
        "A": ("600000.00", "40000.00", "640000.00"),
        "B": ("300000.00", "-45000.00", "255000.00"),
        "C": ("150000.00", "5000.00", "155000.00"),
    }


@pytest.mark.parametrize(
    ("order", "paid"),
    [(("A", "C"), {"A": "640000.00", "C": "155000.00"}), (("C", "A"), {"A": "630000.00", "C": "165000.00"})],
)
def test_the_order_of_receivers_decides_who_gets_the_room(order: tuple[str, ...], paid: dict[str, str]) -> None:
    model = contract((pay(), by_category(order)), (PRODUCTION,), lookups=(SUB_CEILING,))
    found = run(Fake(model, {"production": ROWS}))
    assert found.total == "1050000.00"
    assert {one.scope["category"]: one.paid for one in found.ceilings if one.scope["category"] in paid} == paid


def test_a_category_without_rows_gives_its_room() -> None:
    model = contract((pay(), by_category()), (PRODUCTION,), lookups=(SUB_CEILING,))
    found = run(Fake(model, {"production": [ROWS[0]]}))
    assert found.articles["4"] == "0.00"
    assert found.ceilings[0].moved == "40000.00"


def test_excess_over_an_average_norm_is_taken_back() -> None:
    rows = [
        {"line_id": f"R{client}-{month}", "client_id": str(client), "care_date": date(2026, month, 1),
         "hours": Fraction(13 if client else 79)}
        for client in range(330) for month in range(1, 13)
    ]  # fmt: skip
    # 330 clients x 12 months = 3,960 client-months; 13.2 hours on average is 52,272 hours
    hours = sum((row["hours"] for row in rows), Fraction(0))
    assert hours == 52272
    found = run(Fake(average_norm(), {"care": rows}))
    assert found.articles["5"] == "-171559.08"
    post = next(post for post in found.posts if post.article == "5")
    assert [one.figures["value"] for one in post.derivation if one.key == "minus"] == ["2772"]
    assert post.period == "2026-12"


@pytest.mark.parametrize(("changed", "ceiling"), [(Changed.REPLACES, "360000.00"), (Changed.BY_DAYS, "315081.97")])
def test_a_ceiling_that_changes_within_the_year(changed: Changed, ceiling: str) -> None:
    found = run(_changing(changed))
    assert found.ceilings[0].amount == ceiling
    assert found.total == ceiling


def test_a_ceiling_that_changes_without_saying_how_stops() -> None:
    with pytest.raises(DataFault) as stopped:
        run(_changing(None))
    assert stopped.value.code == "ZC811"


def _changing(changed: Changed | None) -> Fake:
    versions = (
        ListRow((), date(2023, 1, 1), date(2024, 9, 30), Fraction(300000)),
        ListRow((), date(2024, 10, 1), None, Fraction(360000)),
    )
    capped = limit("4", LookUp("yearly", (), None), YEAR, changed=changed)
    model = contract((pay(), capped), (PRODUCTION,), 2024, lookups=(Lookup("yearly", (), versions, tariff=False),))
    return Fake(model, {"production": [{**ROWS[0], "care_date": date(2024, 5, 1)}]})


def test_marginal_rates_above_a_ceiling() -> None:
    slices = (
        Step(Fraction(0), Fraction("0.05"), Fraction("0.7")),
        Step(Fraction("0.05"), Fraction("0.1"), Fraction("0.4")),
        Step(Fraction("0.1"), None, Fraction(0)),
    )
    scale = replace(ABOVE, steps=slices)
    model = contract((pay(), limit("4", number(2000000), YEAR, above=ABOVE.name)), (PRODUCTION,), scales=(scale,))
    found = run(Fake(model, {"production": [{**ROWS[0], "amount": Fraction(2236480)}]}))
    assert found.total == "2110000.00"
    assert found.amounts.cut == "126480.00"


def test_unused_room_of_last_year_is_carried_over_with_a_cap() -> None:
    carried = step(Operation.LEAST, number("56500.00"), number("40000.00"))
    indexed = step(Operation.MULTIPLY, number(2000000), number("1.0503"))
    model = contract((pay(), limit("4", step(Operation.ADD, indexed, carried), YEAR)), (PRODUCTION,))
    found = run(Fake(model, {"production": [{**ROWS[0], "amount": Fraction(2200000)}]}))
    assert found.ceilings[0].amount == "2140600.00"
    assert found.total == "2140600.00"


def test_a_ceiling_without_amount_stops_unless_it_means_no_limit() -> None:
    rows = [{**ROWS[0], "category": "X"}]
    amount = LookUp("sub_ceiling", (KeyValue("category"),), None)
    for unlimited in (False, True):
        capped = limit("4", amount, CATEGORY, YEAR, unlimited=unlimited)
        engine = Fake(contract((pay(), capped), (PRODUCTION,), lookups=(SUB_CEILING,)), {"production": rows})
        if unlimited:
            assert run(engine).ceilings[0].room is None
        else:
            with pytest.raises(DataFault) as stopped:
                run(engine)
            assert stopped.value.code == "ZC810"
            assert stopped.value.arguments == {"article": "4", "scope": "X, 2026"}


@pytest.mark.parametrize(
    ("part_year", "ceiling"),
    [(PartYear.FULL, "366000.00"), (PartYear.BY_DAYS, "292000.00"), (PartYear.BY_MONTHS, "274500.00")],
)
def test_a_ceiling_for_part_of_a_year(part_year: PartYear, ceiling: str) -> None:
    # 15 March through 31 December 2024: 292 of 366 days, 9 whole months
    capped = limit("4", number(366000), YEAR, part_year=part_year)
    model = contract((pay(), capped), (PRODUCTION,), 2024, term=Span(date(2024, 3, 15), date(2024, 12, 31)))
    found = run(Fake(model, {"production": [{**ROWS[0], "care_date": date(2024, 5, 1)}]}))
    assert found.ceilings[0].amount == ceiling


def test_a_ceiling_as_a_whole_posts_its_cut_and_cuts_no_rows() -> None:
    capped = limit("4", number(1000000), YEAR, filled=Filled.AS_A_WHOLE)
    found = run(Fake(contract((pay(), capped), (PRODUCTION,)), {"production": ROWS}))
    assert found.articles == {"3": "1065000.00", "4": "-65000.00"}
    assert found.amounts.paid == "1065000.00"
    assert found.rows.paid == 3
    assert [(post.period, post.amount) for post in found.posts if post.article == "4"] == [("2026-12", "-65000.00")]


def test_a_fixed_sum_in_instalments_that_sum_exactly() -> None:
    fixed = Fixed("3a", "3", number(1250000), CENT, (YEAR,), instalments=Instalments(12))
    found = run(Fake(contract((fixed,), ()), {}))
    amounts = [post.amount for post in found.posts]
    assert amounts == ["104166.67"] * 11 + ["104166.63"]
    assert [post.period for post in found.posts] == [f"2026-{month:02d}" for month in range(1, 13)]
    assert found.total == "1250000.00"


def test_a_fixed_sum_for_part_of_a_year_by_days() -> None:
    fixed = Fixed("3a", "3", number(1250000), CENT, (YEAR,), PartYear.BY_DAYS)
    model = contract((fixed,), (), 2024, term=Span(date(2024, 3, 15), date(2024, 12, 31)))
    assert run(Fake(model, {})).total == "997267.76"


def test_an_adjustment_follows_the_base_after_its_ceiling() -> None:
    base = ArticleAmount("3", ("4",))
    bonus = OnTop("5a", "5", OnTopKind.ADJUST, ("3",), step(Operation.MULTIPLY, number("0.02"), base), CENT, (YEAR,))
    model = contract((pay(), limit("4", number(1000000), YEAR), bonus), (PRODUCTION,))
    assert run(Fake(model, {"production": ROWS})).articles["5"] == "20000.00"
    later = replace(bonus, amount=step(Operation.MULTIPLY, number("0.02"), ArticleAmount("3", ())))
    model = contract((pay(), limit("4", number(1000000), YEAR), later), (PRODUCTION,))
    assert run(Fake(model, {"production": ROWS})).articles["5"] == "21300.00"


def test_an_amount_on_top_of_a_fixed_sum_and_what_was_put_on_top_before() -> None:
    fixed = Fixed("3a", "3", number(1250000), CENT, (YEAR,))
    first = OnTop("4a", "4", OnTopKind.ADJUST, ("3",), number(37500), CENT, (YEAR,))
    cut = step(Operation.MULTIPLY, number("0.03"), ArticleAmount("3", ("4",)))
    second = OnTop("5a", "5", OnTopKind.REDUCE, ("3",), cut, CENT, (YEAR,))
    found = run(Fake(contract((fixed, first, second), ()), {}))
    assert found.articles == {"3": "1250000.00", "4": "37500.00", "5": "-38625.00"}


def test_shared_savings_over_people_with_a_cap_for_each() -> None:
    client = Key("client", Cell("category"))
    cost = Measure(Measuring.SUM, Selection("production"), Cell("amount"), (), (client, YEAR))
    capped = Define("actual", (client, YEAR), step(Operation.LEAST, cost, number(100000)))
    savings = Define("savings", (YEAR,), step(Operation.SUBTRACT, number(300000), DefineSum("actual")))
    shared = step(Operation.MULTIPLY, number("0.5"), DefineValue("savings"))
    head = OnTop("4a", "4", OnTopKind.ADJUST, ("3",), shared, CENT, (YEAR,))
    model = contract((pay(), head), (PRODUCTION,), defines=(capped, savings))
    rows = [{**ROWS[0], "amount": Fraction(140000)}, {**ROWS[1], "amount": Fraction(60000)}]
    assert run(Fake(model, {"production": rows})).articles["4"] == "70000.00"


def Key_client():  # noqa: N802
    return replace(CATEGORY, name="client")


def test_a_missing_figure_stops_unless_the_contract_says_what_missing_means() -> None:
    spent = Measure(Measuring.SUM, Selection("costs"), Cell("amount"), (), (YEAR,))
    costs = replace(PRODUCTION, name="costs", paid=False)
    head = OnTop("4a", "4", OnTopKind.REDUCE, ("3",), DefineValue("spent"), CENT, (YEAR,))
    for missing, amount in (("error", None), ("zero", "0.00")):
        define = Define("spent", (YEAR,), spent, missing=missing)
        model = contract((pay(), head), (PRODUCTION, costs), defines=(define,))
        engine = Fake(model, {"production": ROWS, "costs": []})
        if amount is None:
            with pytest.raises(DataFault) as stopped:
                run(engine)
            assert stopped.value.arguments == {"figure": "spent", "scope": "2026"}
        else:
            assert run(engine).articles["4"] == amount


def test_parties_are_settled_each_on_its_own() -> None:
    own = replace(PRODUCTION, columns=(*PRODUCTION.columns, column("provider", Kind.TEXT, "party")), party="provider")
    parties = Parties("Delta Health Insurance", None, "production", "provider")
    model = contract((pay(), limit("4", number(500000), YEAR)), (own,), parties=parties)
    rows = [{**row, "provider": name} for row, name in zip(ROWS, ("North", "South", "North"), strict=True)]
    found = run(Fake(model, {"production": rows}))
    assert found.contract.parties == ("North", "South")
    assert {one.party: one.cut for one in found.ceilings} == {"North": "310000.00", "South": "0.00"}
    whole = {one.party: one.amount for one in found.parties if one.period is None}
    assert whole == {"North": "500000.00", "South": "255000.00"}


def test_keys_as_written_are_found_in_the_rows_of_the_base() -> None:
    """`per calendar year of care_date`, `per category`: a name and a column, not yet an expression over rows."""
    loose = (Key("year", Cell("care_date"), Every.YEAR), Key("category", Cell("category")))
    share = step(Operation.MULTIPLY, number("0.01"), ArticleAmount("3", ("4",)))
    head = OnTop("5a", "5", OnTopKind.ADJUST, ("3",), share, CENT, loose)
    model = contract((pay(), by_category(), head), (PRODUCTION,), lookups=(SUB_CEILING,))
    found = run(Fake(model, {"production": ROWS}))
    assert {post.derivation[0].figures["category"]: post.amount for post in found.posts if post.article == "5"} == {
        "A": "6400.00",
        "B": "2550.00",
        "C": "1550.00",
    }


def test_a_report_has_no_figure_for_an_amount_that_its_group_does_not_tell() -> None:
    bonus = OnTop("5a", "5", OnTopKind.ADJUST, ("3",), number(100), CENT, (YEAR,))
    shows = (Show("Paid", ArticleAmount("3", ())), Show("Bonus", ArticleAmount("5", ())))
    report = Report("use", "Use", (CATEGORY,), None, shows)
    model = contract((pay(), bonus), (PRODUCTION,), reports=(report,))
    rows = run(Fake(model, {"production": ROWS})).reports[0].rows
    assert [one.value for one in rows[0].figures] == ["640000", None]


def test_a_clause_that_people_decide_is_an_open_post_without_amount() -> None:
    found = run(Fake(contract((pay(), Manual("9a", "9", "hardship")), (PRODUCTION,)), {"production": ROWS}))
    assert found.articles["9"] is None
    assert [(post.amount, post.note) for post in found.posts if post.article == "9"] == [(None, "hardship")]
    assert found.total == "1065000.00"


def test_a_report_shows_figures_per_group_and_a_missing_one_as_missing() -> None:
    shows = (
        Show("Priced", ArticleAmount("3", (), (CATEGORY,))),
        Show("Above", ArticleAmount("4", (), (CATEGORY,))),
        Show("Ceiling", LookUp("unknown", (KeyValue("category"),), None)),
    )
    empty = Lookup("unknown", ("category",))
    report = Report("use", "Use", (CATEGORY,), None, shows)
    model = replace(nested_ceilings(), reports=(report,), lookups=(SUB_CEILING, empty))
    rows = run(Fake(model, {"production": ROWS})).reports[0].rows
    assert {row.keys["category"]: [one.value for one in row.figures] for row in rows} == {
        "A": ["640000", "0", None],
        "B": ["255000", "0", None],
        "C": ["170000", "-15000", None],
    }


def test_a_finer_period_is_summed_for_a_coarser_one() -> None:
    monthly = Measure(Measuring.SUM, Selection("production"), Cell("amount"), (), (MONTH,))
    excess = Define("excess", (MONTH,), step(Operation.GREATEST, step(Operation.SUBTRACT, monthly, number(200000)),
                                             number(0)))  # fmt: skip
    head = OnTop("4a", "4", OnTopKind.REDUCE, ("3",), DefineSum("excess"), CENT, (YEAR,))
    found = run(Fake(contract((pay(), head), (PRODUCTION,), defines=(excess,)), {"production": ROWS}))
    assert found.articles["4"] == "-495000.00"  # 440,000 in March and 55,000 in April


def test_claimed_is_paid_cut_rejected_and_pending() -> None:
    claimed = table(
        "production",
        column("category", Kind.TEXT, "text"),
        column("amount", Kind.NUMBER, "euro", decimals=2),
        column("claimed", Kind.NUMBER, "euro", decimals=2),
        submitted="claimed",
    )
    rows = [{**row, "claimed": row["amount"] + 100} for row in ROWS]  # type: ignore[operator]
    refused = (Refused("outside-term", 2, 12345), Refused("not-yet-received", 1, 500, pending=True))
    model = contract((pay(), limit("4", number(1000000), YEAR)), (claimed,))
    found = run(Fake(model, {"production": rows}, {"production": refused}))
    assert asdict(found.amounts) == {
        "submitted": "1065428.45",
        "priced": "1065000.00",
        "paid": "1000000.00",
        "cut": "65300.00",
        "price_difference": "300.00",
        "absorbed": "0.00",
        "rejected": "123.45",
        "pending": "5.00",
    }
    assert [(one.reason, one.rows, one.amount) for one in found.rejections] == [("outside-term", 2, "123.45")]
    assert [(one.reason, one.rows) for one in found.pending] == [("not-yet-received", 1)]
    assert (found.rows.submitted, found.rows.paid, found.rows.partly, found.rows.cut) == (6, 2, 1, 0)


def test_a_cent_that_gets_lost_stops_the_settlement() -> None:
    engine = Fake(nested_ceilings(), {"production": ROWS}, lose=1)
    with pytest.raises(BrokenLaw) as broken:
        run(engine)
    assert broken.value.code == "ZC900"
    assert broken.value.law == "ceiling_and_article"


def test_a_correction_beyond_a_band_by_scale() -> None:
    band = Scale(
        "band",
        ScaleKind.EACH_SLICE,
        (
            Step(None, Fraction(360), Fraction(3125)),
            Step(Fraction(360), Fraction(440), Fraction(0)),
            Step(Fraction(440), None, Fraction(3125)),
        ),
        measured_from=Fraction(400),
    )
    clients = Measure(Measuring.DIFFERENT, Selection("production"), None, (Cell("line_id"),), (YEAR,))
    head = OnTop("4a", "4", OnTopKind.ADJUST, ("3",), Scaled(clients, "band"), CENT, (YEAR,))
    for number_of_clients, amount in ((452, "37500.00"), (340, "-62500.00"), (440, "0.00")):
        rows = [{**ROWS[0], "line_id": str(index)} for index in range(number_of_clients)]
        found = run(Fake(contract((pay(), head), (PRODUCTION,), scales=(band,)), {"production": rows}))
        assert found.articles["4"] == amount


def test_settlement_periods_follow_the_contract() -> None:
    found = run(Fake(replace(nested_ceilings(), settle=Every.QUARTER), {"production": ROWS}))
    assert {post.period for post in found.posts} == {"2026-Q1", "2026-Q2"}
