"""Folders of contracts that differ in provider and ceiling only, over rows that are mostly paid."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.differential.folders import Folder, own
from tests.differential.generate import cases
from tests.differential.rows import care_rows


@st.composite
def families(draw: st.DrawFn) -> Folder:
    """Two or three providers under one kind of contract and one term, each with a ceiling of its own."""
    kind = draw(cases(whole_year=True))
    term = ("01-01", "12-31")
    codes = draw(st.sampled_from([("P1", "P2"), ("P1", "P2", "P3")]))
    rows = draw(care_rows("credit of" in kind.contract, 100))
    return Folder(tuple(own(draw, kind, "", term, code) for code in codes), rows)
