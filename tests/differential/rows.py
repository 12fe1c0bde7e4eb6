"""Rows of care as text: most can be read, lie in the term and are priced; some are credits of others, and a few are odd.

They are drawn by a random number generator of their own: what hypothesis draws by itself is small, empty or strange far
too often, and such rows are rejected before an article sees them.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

HEAD = (
    "line_id",
    "prev_id",
    "dc",
    "provider",
    "client",
    "product",
    "level",
    "care_date",
    "received_on",
    "quantity",
    "claimed",
    "acute",
)
Row = tuple[str, ...]
FIRST = date(2026, 1, 1)
EDGES = ("2026-01-01", "2026-03-31", "2026-04-01", "2026-05-16", "2026-05-17", "2026-06-30", "2026-07-01", "2026-12-31")
ODD = {
    "client": ("",),
    "product": ("delta", ""),
    "level": ("", "x1"),
    "care_date": ("2025-12-31", "2027-01-01", "2026-02-30", ""),
    "received_on": ("", "2025-12-01", "2027-03-01"),
    "quantity": ("", "0", "1.005x", "12.3456", "700.00"),
    "claimed": ("", "-3.50", "a"),
}
MATCHED = ("provider", "client", "product", "quantity")


def generators(also: str = "") -> st.SearchStrategy[Random]:
    """A random number generator for what hypothesis would draw too small.

    Several numbers, and what else it starts from: hypothesis repeats a case several times with some of its choices changed.
    """
    return st.tuples(*[st.integers(0, 999)] * 8).map(lambda numbers: Random(f"{numbers} {also}"))


def care_rows(credits: bool, most: int = 40) -> st.SearchStrategy[tuple[Row, ...]]:
    """Rows of care; with credits, some name another row that they take back."""
    return generators().map(lambda drawn: rows(drawn, credits, most))


def rows(drawn: Random, credits: bool, most: int = 40, unit: int = 1) -> tuple[Row, ...]:
    """Up to `most` rows of care over a handful of days, with amounts that are round in some cases, so that they add up to a ceiling.

    `unit`: by how many a round quantity goes, 60 where minutes are paid by the hour.
    """
    days, even, below = _days(drawn), drawn.random() < 0.6, drawn.random() < 0.25
    made: list[Row] = []
    for number in range(0 if drawn.random() < 0.03 else drawn.randrange(1, most + 1)):
        if credits and made and drawn.random() < 0.25:
            made.append(_credit(drawn, number, made))
            continue
        day = drawn.choice(days)
        sign = "-" if below and drawn.random() < 0.15 else ""
        row = (
            f"R{number}", "", "D", drawn.choice(["P1", "P1", "P2"]), drawn.choice("AABC"),
            drawn.choice(["alpha", "alpha", "alpha", "beta", "beta", "gamma"]), drawn.choice("yz"), day, _received(drawn, day),
            sign + _quantity(drawn, unit if even else 0), drawn.choice(["10.00", "62.50", ""]), drawn.choice(["yes", "no"]),
        )  # fmt: skip
        made.append(_oddly(drawn, row, made) if drawn.random() < 0.1 else row)
    if drawn.random() < 0.3:
        drawn.shuffle(made)
    return tuple(made)


def _days(drawn: Random) -> list[str]:
    """The days of a case: few, so that rows share them, and some at the edge of a month, quarter, year or price."""
    found = [(FIRST + timedelta(drawn.randrange(365))).isoformat() for _ in range(drawn.choice([2, 5, 12, 30]))]
    return found + drawn.sample(EDGES, drawn.randrange(4))


def _received(drawn: Random, day: str) -> str:
    late = drawn.choice([0, 0, 3, 20, 45, 70]) if drawn.random() < 0.95 else drawn.randrange(-30, 200)
    return (date.fromisoformat(day) + timedelta(late)).isoformat()


def is_even(made: tuple[Row, ...]) -> bool:
    """Whether most quantities are round."""
    return sum("." in row[HEAD.index("quantity")] for row in made) * 2 < len(made)


def _quantity(drawn: Random, even: int) -> str:
    if even:
        return str(drawn.choice([1, 1, 2, 2, 3, 5]) * even)
    hundredths = drawn.randrange(1, 6000)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _credit(drawn: Random, number: int, made: list[Row]) -> Row:
    """A credit of a row before it; now and then it names another row, or differs where it should be equal."""
    taken = drawn.choice(made)
    row = dict(zip(HEAD, taken, strict=True)) | {"line_id": f"R{number}", "prev_id": taken[0], "dc": "C"}
    if drawn.random() < 0.3:  # what a credit reads from its debit may stand otherwise in it
        other = drawn.choice(made)
        for name in ("care_date", "received_on", "acute", "level"):
            row[name] = other[HEAD.index(name)]
    if drawn.random() < 0.15:
        name = drawn.choice(["prev_id", *MATCHED])
        row[name] = drawn.choice(made)[HEAD.index("line_id" if name == "prev_id" else name)]
    return tuple(row.values())


def _oddly(drawn: Random, row: Row, made: list[Row]) -> Row:
    """The row with one cell that may keep it from being paid, or with the name of a row before it."""
    name = drawn.choice([*ODD, "line_id"])
    if name == "line_id":
        return (drawn.choice(made)[0], *row[1:]) if made else row
    place = HEAD.index(name)
    return (*row[:place], drawn.choice(ODD[name]), *row[place + 1 :])
