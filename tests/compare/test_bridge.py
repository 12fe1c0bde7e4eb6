"""The bridge as a game: what changes do, alone and together, by every order in which they can be made."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractlang.compare.behind import Behind, rows_behind
from contractlang.compare.bridge import NoContract, bridge
from contractlang.compare.changes import Change
from contractlang.compare.outcome import Amounts
from contractlang.engine.oracle.write import write_lines
from contractlang.engine.protocol import Line
from contractlang.report.shares import in_cents

NAMES = [Change("lookup", str(number), "", None, None) for number in range(7)]


@given(st.lists(st.integers(-10_000, 10_000), min_size=64, max_size=64), st.integers(1, 6))
def test_effects_of_any_game_sum_exactly(values: list[int], number: int) -> None:
    def settled(made: Sequence[Change]) -> Amounts:
        return {("1", None, "2026"): Fraction(values[sum(1 << int(one.name) for one in made)], 100)}

    made = bridge(NAMES[:number], settled)
    assert sum((effect.total for effect in made.effects), Fraction(0)) == made.new - made.old
    assert made.method == ("shapley" if number <= 5 else "in_order")
    assert sum(in_cents([effect.total for effect in made.effects])) == (made.new - made.old) * 100


def test_changes_that_need_each_other_are_one_effect() -> None:
    def settled(made: Sequence[Change]) -> Amounts:
        if len(made) == 1:
            raise NoContract
        return {("1", None, "2026"): Fraction(len(made))}

    made = bridge(NAMES[:2], settled)
    assert made.method == "in_order"
    assert [len(effect.changes) for effect in made.effects] == [2]
    assert made.effects[0].total == 2


def test_a_version_that_cannot_be_settled_stops() -> None:
    def settled(made: Sequence[Change]) -> Amounts:
        raise NoContract

    with pytest.raises(NoContract):
        bridge(NAMES[:1], settled)


@given(st.lists(st.integers(-10_000, 10_000), min_size=16, max_size=16), st.integers(1, 4))
def test_an_effect_is_the_average_over_all_orders(values: list[int], number: int) -> None:
    def worth(made: Sequence[Change]) -> Fraction:
        return Fraction(values[sum(1 << int(one.name) for one in made)], 100)

    made = bridge(NAMES[:number], lambda some: {("1", None, "2026"): worth(some)})
    orders = list(permutations(NAMES[:number]))
    for effect in made.effects:
        (change,) = effect.changes
        added = [worth(order[: order.index(change) + 1]) - worth(order[: order.index(change)]) for order in orders]
        assert effect.total == sum(added, Fraction(0)) / len(orders)
        assert effect.alone == worth((change,)) - worth(())
    alone = sum((effect.alone or Fraction(0) for effect in made.effects), Fraction(0))
    assert made.interaction == made.new - made.old - alone


def test_more_than_five_are_made_in_their_order_with_what_they_do_alone() -> None:
    """Each change adds as many euros as changes were made before it; alone it adds nothing."""

    def settled(made: Sequence[Change]) -> Amounts:
        return {("1", None, "2026"): Fraction(len(made) * (len(made) - 1), 2)}

    made = bridge(NAMES, settled)
    assert made.method == "in_order"
    assert [(effect.changes[0].name, effect.total, effect.alone, effect.interaction) for effect in made.effects] == [
        (str(before), before, 0, before) for before in range(7)
    ]
    assert made.interaction == 21


def test_what_makes_no_contract_alone_has_no_effect_alone() -> None:
    """The second and third change need each other; the third is in no contract without the first."""

    def settled(made: Sequence[Change]) -> Amounts:
        if {one.name for one in made} in ({"1"}, {"2"}, {"1", "2"}, {"0", "2"}, {"0", "1"}):
            raise NoContract
        return {("1", None, "2026"): Fraction(10 * len(made))}

    first, second = bridge(NAMES[:3], settled).effects
    assert (first.total, first.alone) == (10, 10)
    assert ([one.name for one in second.changes], second.total, second.alone) == (["1", "2"], 20, None)
    assert bridge(NAMES[:3], settled).interaction is None


def line(table: str, row: int, key: str, payable: int | None) -> Line:
    return Line(table, row, key, None, None, payable or 0, payable, "paid", None, ())


def written(path: Path, *lines: Line, file: str = "care.csv") -> None:
    write_lines(((one, file, one.row) for one in lines), str(path))


def test_rows_with_one_number_in_two_files_are_two_rows(tmp_path: Path) -> None:
    one, two = tmp_path / "one.parquet", tmp_path / "two.parquet"
    for path, amounts in ((one, (100, 200)), (two, (150, 230))):
        lines = [(line("care", 1, "A", cents), f"{month}.csv", 1) for month, cents in enumerate(amounts, start=1)]
        write_lines(lines, str(path))
    found = rows_behind({two: Fraction(1), one: Fraction(-1)}, (), 5)
    assert [(row.file, row.row, row.amount) for row in found.largest] == [
        ("1.csv", 1, Fraction(1, 2)), ("2.csv", 1, Fraction(3, 10)),
    ]  # fmt: skip
    written(one, line("care", 1, "A", 100), file="old.csv")
    written(two, line("care", 1, "A", 150), file="new.csv")  # one file by another name
    (row,) = rows_behind({two: Fraction(1), one: Fraction(-1)}, (), 5).largest
    assert (row.file, row.row, row.amount) == ("", 1, Fraction(1, 2))


def test_the_rows_behind_a_sum_of_settlements(tmp_path: Path) -> None:
    """In thirds of cents, the largest first; rows that a contract makes are told by their keys, not by their numbers."""
    one, two = tmp_path / "one.parquet", tmp_path / "it's two.parquet"
    written(
        one, line("care", 1, "A", 100), line("care", 2, "B", 900), line("care", 3, "C", 5), line("months", 1, "x", 50)
    )
    written(
        two, line("care", 1, "A", 200), line("care", 2, "B", 900), line("months", 2, "x", 60), line("kpi", 1, "k", None)
    )
    third = Fraction(1, 3)
    found = rows_behind({two: third, one: -third}, {"months"}, 2)
    assert [(row.table, row.row, row.key, row.amount) for row in found.largest] == [
        ("care", 1, "A", Fraction(1, 3)),
        ("months", None, "x", Fraction(1, 30)),
    ]
    assert (found.number, found.total) == (3, Fraction(1, 3) + Fraction(1, 30) - Fraction(1, 60))
    assert rows_behind({one: third, two: Fraction(0)}, (), 0).largest == ()
    assert rows_behind({}, (), 3) == Behind((), 0, Fraction(0))
