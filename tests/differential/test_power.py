"""Generated cases pay rows, take credits back and reach ceilings: what nothing is paid for tests nothing.

The bounds are about half of what is found; what is found is printed by `python -m tests.differential.power`.
"""

from __future__ import annotations

import pytest

from tests.differential.power import MAKERS, power, sample

SHARES = {  # of the rows: those that are priced; of the cases: those that pay a row, and those in which a ceiling binds
    "cases": (0.6, 0.7, 0.25),
    "two tables": (0.6, 0.7, 0.5),
    "layers": (0.6, 0.7, 0.3),
    "payment models": (0.5, 0.4, 0.08),
}
LEAST = {  # rows and ceilings per 60 cases
    "cases": {
        "partly": 30,
        "cut": 50,
        "pairs": 15,
        "negative": 30,
        "several": 40,
        "ceilings": 50,
        "rejected": 60,
        "nested binding": 1,
    },
    "two tables": {
        "partly": 80,
        "cut": 80,
        "pairs": 20,
        "negative": 30,
        "ceilings": 80,
        "rejected": 30,
        "nested binding": 4,
    },
    "layers": {
        "partly": 50,
        "cut": 60,
        "pairs": 4,
        "negative": 8,
        "several": 150,
        "ceilings": 50,
        "rejected": 30,
        "nested binding": 8,
    },
    "payment models": {"absorbed": 40, "several": 120, "rejected": 50},
}


@pytest.mark.parametrize("name", MAKERS)
def test_most_rows_are_priced_and_ceilings_bind(name: str) -> None:
    counts = power(sample(MAKERS[name](), 60))
    priced = sum(counts[status] for status in ("paid", "partly", "cut", "absorbed"))
    rows, paying, binding = SHARES[name]
    assert priced >= rows * counts["rows"]
    assert counts["paying"] >= paying * counts["cases"]
    assert counts["binding"] >= binding * counts["cases"]
    assert {what: counts[what] for what, least in LEAST[name].items() if counts[what] < least} == {}
    assert counts["fault"] <= 0.2 * counts["cases"]
