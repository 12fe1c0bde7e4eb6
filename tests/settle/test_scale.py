"""Scales as functions of a number."""

from __future__ import annotations

from fractions import Fraction

import pytest

from contractlang.model.lists import Scale, ScaleKind, Step
from contractlang.settling.scale import put_through

TIERS = (
    Step(Fraction(0), Fraction(1000), Fraction(100)),
    Step(Fraction(1000), Fraction(1250), Fraction(80)),
    Step(Fraction(1250), None, Fraction(50)),
)
LINE = (Step(Fraction("0.75"), Fraction("0.75"), Fraction(0)), Step(Fraction("0.9"), Fraction("0.9"), Fraction(1)))


@pytest.mark.parametrize(
    ("kind", "value", "outcome"),
    [
        (ScaleKind.EACH_SLICE, Fraction(1380), Fraction(126500)),
        (ScaleKind.EACH_SLICE, Fraction(1340), Fraction(124500)),
        (ScaleKind.WHOLE_VOLUME, Fraction(1380), Fraction(69000)),
        (ScaleKind.STEPWISE, Fraction(1380), Fraction(50)),
        (ScaleKind.STEPWISE, Fraction(1000), Fraction(80)),
        (ScaleKind.STEPWISE, Fraction(-1), None),
    ],
)
def test_tiers(kind: ScaleKind, value: Fraction, outcome: Fraction | None) -> None:
    assert put_through(Scale("tiers", kind, TIERS), value) == outcome


def test_the_edge_belongs_to_the_step_below_when_the_upper_edge_is_included() -> None:
    assert put_through(Scale("tiers", ScaleKind.STEPWISE, TIERS, lower_included=False), Fraction(1000)) == 100


@pytest.mark.parametrize(
    ("score", "points"),
    [
        (Fraction(47, 57), Fraction(47, 57) / Fraction("0.15") - 5),
        (Fraction("0.5"), Fraction(0)),
        (Fraction("0.95"), Fraction(1)),
        (Fraction("0.9"), Fraction(1)),
    ],
)
def test_a_line_between_points_flat_outside(score: Fraction, points: Fraction) -> None:
    assert put_through(Scale("line", ScaleKind.LINEAR, LINE), score) == points


def test_slices_below_the_origin_count_negative() -> None:
    bands = (
        Step(None, Fraction(360), Fraction(3125)),
        Step(Fraction(360), Fraction(440), Fraction(0)),
        Step(Fraction(440), None, Fraction(3125)),
    )
    band = Scale("band", ScaleKind.EACH_SLICE, bands, measured_from=Fraction(400))
    assert [put_through(band, Fraction(n)) for n in (340, 360, 400, 452)] == [-62500, 0, 0, 37500]


def test_edges_in_per_cent_hold_shares() -> None:
    """Mechanism B3: a deviation of 9.375 %, nothing up to 3 %, half up to 8 %, all beyond, in shares of the budget."""
    band = Scale("risk", ScaleKind.EACH_SLICE, (
        Step(None, Fraction(3, 100), Fraction(0)), Step(Fraction(3, 100), Fraction(8, 100), Fraction(1, 2)),
        Step(Fraction(8, 100), None, Fraction(1)),
    ), of_base=True)  # fmt: skip
    share = put_through(band, Fraction(9375, 100000))
    assert share is not None
    assert share * 6_400_000 == 248_000


def test_a_whole_volume_is_measured_from_its_origin() -> None:
    """Mechanism B2, the cliff: outside the band every client beyond 400 counts, below it every client short of 400."""
    rate = Fraction(3125)
    cliff = Scale("clients", ScaleKind.WHOLE_VOLUME, (
        Step(None, Fraction(360), rate), Step(Fraction(360), Fraction(440), Fraction(0)), Step(Fraction(440), None, rate),
    ), lower_included=False, measured_from=Fraction(400))  # fmt: skip
    assert [put_through(cliff, Fraction(n)) for n in (340, 360, 440, 452)] == [-187500, -125000, 0, 162500]
