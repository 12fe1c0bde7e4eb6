"""Drawing clients: never a part of one, credits with their debits, nothing twice that was once."""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractlang.api import settle
from contractlang.data.prepare import cleanup, prepare
from contractlang.simulate.cells import rows_of
from contractlang.simulate.outcomes import Drawn
from contractlang.simulate.resample import Resampler
from contractlang.simulate.units import copies
from contractlang.simulate.volume import read_volume
from tests.simulate.worked import CARE, CONTRACT, MEMBERS, source_of, written

HEAD = "line_id,prev_id,kind,client_id,care_date,hours\n"
Rows = list[tuple[str, ...]]


def drawn(text: str, data: object, percent: int, seed: int) -> tuple[dict[str, Rows], Drawn]:
    contract = source_of(text).contract
    prepared = prepare(contract, data)
    resampler = Resampler(contract, prepared, read_volume("volume of care 0 %", contract))
    found, what = resampler.drawn(prepared, Fraction(percent), seed)
    rows = {name: [tuple(row) for _, row in rows_of(one)] for name, one in found.items()}
    resampler.forget()
    assert all(one.path is None or one.path.exists() for one in prepared.values())
    cleanup(prepared)
    return rows, what


@st.composite
def care(draw: st.DrawFn) -> Rows:
    """Debits of some clients, some of them credited, some twice in the file, some without a client."""
    rows: Rows = []
    for number in range(draw(st.integers(1, 12))):
        client = draw(st.sampled_from(["A", "B", "C", "D~1", "E", ""]))
        day = f"2026-0{draw(st.integers(1, 9))}-01"
        hours = str(draw(st.integers(1, 9)))
        rows.append((f"R{number}", "", "D", client, day, hours))
        if draw(st.booleans()):
            rows.append((f"C{number}", f"R{number}", "C", client, day, hours))
        if draw(st.integers(0, 5)) == 0:
            rows.append(rows[-1])
    return draw(st.permutations(rows))


def file_of(rows: Rows) -> str:
    return HEAD + "".join(",".join(row) + "\n" for row in rows)


@settings(max_examples=60, deadline=None)
@given(care(), st.integers(-100, 250), st.integers(0, 99))
def test_clients_are_never_split(rows: Rows, percent: int, seed: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = written(
            Path(name), care=file_of(rows), members="member_id,client_id,first_day\nM1,A,2026-01-01\nM2,A,2026-02-01\n"
        )
        found, what = drawn(CONTRACT, folder, percent, seed)
    before, after = Counter(row[3] for row in rows if row[3]), Counter(row[3] for row in found["care"] if row[3])
    for client, number in after.items():
        old = client if client in before else client.rpartition("~")[0].rstrip("~")
        assert number == before[old], (client, old)
    units = len(before) + sum(1 for row in _loose(rows))
    assert what.units == units
    assert what.drawn == int(Fraction(abs(percent) * units, 100) + Fraction(1, 2))
    keys = [row[0] for row in found["care"]]
    twice = Counter(row[0] for row in rows)
    assert sorted(Counter(keys).values(), reverse=True)[:1] <= sorted(twice.values(), reverse=True)[:1]
    for row in found["care"]:
        if row[1]:
            assert any(debit[0] == row[1] and debit[3] == row[3] for debit in found["care"])
    people = Counter(row[1] for row in found["members"])
    assert set(people.values()) <= {2}
    if "A" in before:
        assert len(people) == sum(client.split("~")[0] == "A" for client in after)


def _loose(rows: Rows) -> list[str]:
    """The units among rows without a client: a debit with its credit and with its double is one when a credit names it."""
    named = {row[1] for row in rows if row[1]}
    names: list[str] = []
    for row in rows:
        if not row[3]:
            key = row[1] or row[0]
            if key not in named or key not in names:
                names.append(key)
    return names


@settings(max_examples=100)
@given(st.lists(st.text(max_size=3), unique=True, max_size=30), st.integers(-100, 300), st.integers(0, 9))
def test_the_order_of_the_file_does_not_matter_and_more_draws_more(names: list[str], percent: int, seed: int) -> None:
    units = [("person", name) for name in names]
    made = copies(units, Fraction(percent), seed)
    assert made == copies(units[::-1], Fraction(percent), seed)
    more = copies(units, Fraction(percent + (7 if percent >= 0 else 0)), seed)
    assert all(more[name] >= number for name, number in made.items())
    assert sum(map(abs, made.values())) == int(Fraction(abs(percent) * len(units), 100) + Fraction(1, 2))


def test_files_of_a_table_are_drawn_from_as_one(tmp_path: Path) -> None:
    """Each row stays as its file writes it: what is settled is the same whether the rows stand in one file or in two."""
    first, second = CARE.splitlines()[1:4], CARE.splitlines()[4:]
    header = CARE.splitlines()[0]
    (tmp_path / "cut" / "care").mkdir(parents=True)
    whole = written(tmp_path, care=CARE, members=MEMBERS)
    cut = written(tmp_path / "cut", members=MEMBERS)
    (cut / "care" / "a.csv").write_text("\n".join([header, *first]), encoding="utf-8")
    other = "\n".join([header, *second]).replace(",", ";")
    (cut / "care" / "b.csv").write_text(other, encoding="utf-8")
    assert drawn(CONTRACT, cut, 60, 3) == drawn(CONTRACT, whole, 60, 3)


def test_new_keys_never_meet_old_ones(tmp_path: Path) -> None:
    text = HEAD + "R1,,D,A,2026-01-01,1\nR1~1,,D,B,2026-01-01,1\nR2~~7,,D,B,2026-01-01,1\n"
    found, _ = drawn(CONTRACT, written(tmp_path, care=text, members="member_id,client_id,first_day\n"), 100, 1)
    keys = [row[0] for row in found["care"]]
    assert len(set(keys)) == len(keys) == 6
    assert {"R1~~~1", "R1~1~~~1", "R2~~7~~~1"} < set(keys)


def test_a_credit_in_the_name_of_another_client_ties_both(tmp_path: Path) -> None:
    text = HEAD + "R1,,D,A,2026-01-01,1\nC1,R1,C,B,2026-01-01,1\nR2,,D,C,2026-01-01,1\n"
    folder = written(tmp_path, care=text, members="member_id,client_id,first_day\n")
    seen = set()
    for seed in range(12):
        found, what = drawn(CONTRACT, folder, -50, seed)
        assert what.units == 2
        seen.add(tuple(sorted(row[3] for row in found["care"])))
    assert seen == {("A", "B"), ("C",)}


AUTHORISED = """\
contract "Authorised" version "1"
  payer     "P"
  provider  "Q"
  term      2026-01-01 through 2026-12-31
  settle    per calendar year
  rounded   half away from zero to € 0.01 per row

data care
  line_id           number  key
  authorisation_id  text
  care_date         date    decides year, tariff, period
  amount            euro

data authorisations
  authorisation_id  text    key
  client_id         person
  most              euro

list room by authorisation_id
  rows  authorisations
  take  most

article 1 "Care"
  pay amount of care

article 2 "At most what is authorised"
  limit article 1 to at most room
    per         authorisation_id
    part year   full amount
    filled by   care_date, then row number
    last row    in part
    late row    reopens the period
    freed room  stays empty
    outside     nothing
    above       nothing
"""


def test_clients_of_authorisations_bring_their_authorisations(tmp_path: Path) -> None:
    """Two authorisations of one client: with +100 % each new one has room of its own, numbers of rows stay numbers."""
    care = "line_id,authorisation_id,care_date,amount\n1,X,2026-01-01,80.00\n22,Y,2026-01-01,80.00\n"
    rooms = "authorisation_id,client_id,most\nX,A,50.00\nY,A,60.00\n"
    folder = written(tmp_path, care=care, authorisations=rooms)
    found, what = drawn(AUTHORISED, folder, 100, 1)
    assert (what.units, what.drawn, what.rows) == (1, 1, {"care": 2, "authorisations": 2})
    assert found["care"][2:] == [("101", "X~1", "2026-01-01", "80.00"), ("122", "Y~1", "2026-01-01", "80.00")]
    assert found["authorisations"][2:] == [("X~1", "A~1", "50.00"), ("Y~1", "A~1", "60.00")]
    again = tmp_path / "again"
    again.mkdir()
    for name, rows in found.items():
        with (again / f"{name}.csv").open("w", newline="") as file:
            header = (care if name == "care" else rooms).split("\n", 1)[0].split(",")
            csv.writer(file).writerows([header, *rows])
    contract = source_of(AUTHORISED).contract
    assert (settle(contract, folder).total, settle(contract, again).total) == ("110.00", "220.00")


@pytest.mark.parametrize("percent", [-40, 40])
def test_rows_are_drawn_when_there_is_no_client(tmp_path: Path, percent: int) -> None:
    text = (
        AUTHORISED[: AUTHORISED.index("data authorisations")]
        + AUTHORISED[AUTHORISED.index('article 1 "Care"') :].split("article 2")[0]
    )
    care = "line_id,authorisation_id,care_date,amount\n" + "".join(f"{n},X,2026-01-01,1.00\n" for n in range(1, 11))
    found, what = drawn(text, written(tmp_path, care=care), percent, 3)
    assert (what.units, what.drawn) == (10, 4)
    keys = {row[0] for row in found["care"]}
    assert len(keys) == len(found["care"]) == 10 + percent // 10
