"""A ladder by both engines over any data: the same places, steps and scores, and one first place for everybody."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contractlang import load, settle

CONTRACT = load(Path(__file__).with_name("attribution.zc"))
PEOPLE, PRACTICES = st.sampled_from(["A", "B", "C", "D"]), st.sampled_from(["NORTH", "SOUTH", "EAST"])
DAYS = st.integers(0, 364).map(lambda number: (date(2026, 1, 1) + timedelta(number)).isoformat())
REGISTRATIONS = st.lists(st.tuples(PEOPLE, PRACTICES, DAYS), max_size=4)
VISITS = st.lists(
    st.tuples(PEOPLE, PRACTICES, DAYS, st.sampled_from(["consult", "specialist"]), st.integers(-5, 60)), max_size=25
)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(REGISTRATIONS, VISITS)
def test_both_engines_publish_one_ranking(
    registrations: list[tuple[str, ...]], visits: list[tuple[str, str, str, str, int]]
) -> None:
    data = {
        "registrations": [
            dict(zip(("client_id", "practice_id", "since"), row, strict=True)) for row in registrations
        ],
        "visits": [
            {"visit_id": f"V{index}", "client_id": row[0], "practice_id": row[1], "care_date": row[2], "kind": row[3],
             "spent": str(row[4])}
            for index, row in enumerate(visits)
        ],
    }  # fmt: skip
    found = [settle(CONTRACT, data, engine=engine).reports for engine in ("duckdb", "oracle")]
    assert found[0] == found[1]
    first = [row.keys["client_id"] for row in found[0][0].rows if row.figures[0].value == "1"]
    assert len(first) == len(set(first))
    assert {row[0] for row in registrations} <= set(first)
