"""Generated contracts with one ceiling over the rows of two tables: which row stands where, and what each loses."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.differential.generate import ABOVE, _filling
from tests.differential.models import Models

COLUMNS = """
data {name}
  line_id      text     key
  prev_id      text     empty means none{credit}
  dc           one of D, C
  provider     party
  client       person
  product      one of alpha, beta
  care_date    date     decides year, tariff, period
  received_on  date     decides receipt
  quantity     count    2 decimals
  acute        yes or no
"""
CREDIT = "  credit of line_id when dc = C matched by provider, client, product, quantity"
HEADER = """contract "Two tables" version "1"
  payer     "Payer"
  provider  {provider}
  term      2026-01-01 through 2026-12-31
  settle    per {settle}
  rounded   half away from zero to € 0.01 per row
"""
ARTICLES = """
article 1 "Care"
  pay quantity of care{where} at € 3.33 each

article 2 "Aids"
  pay quantity of aids at € 7.77 each
"""
REPORT = """
report by_client "Figures"
  as of  the statement
  per    client
  show   article 1
  show   article 2 after article 3
  show   article 3
"""
HEAD = ("line_id", "prev_id", "dc", "provider", "client", "product", "care_date", "received_on", "quantity", "acute")


@st.composite
def two_tables(draw: st.DrawFn) -> Models:
    """A contract that pays the rows of two tables under one or two ceilings, and up to twelve rows of each."""
    pick = lambda *options: draw(st.sampled_from(options))  # noqa: E731
    credits = {name: draw(st.booleans()) for name in ("care", "aids")}
    text = HEADER.format(
        provider=pick('"Provider"', "one per provider in care, each separately"), settle=pick("month", "quarter")
    )
    text += "".join(COLUMNS.format(name=n, credit=CREDIT if found else "") for n, found in credits.items())
    text += ARTICLES.format(where=pick("", " where not acute"))
    for number in range(draw(st.integers(1, 2))):
        after = " after article 3" if number else ""
        amount = draw(st.integers(0, 40000))
        text += f'\narticle {number + 3} "Ceiling"\n'
        text += f"  limit article 1 and article 2{after} to at most € {amount // 100}.{amount % 100:02d}\n"
        text += pick("", "    per         client\n", "    per         provider, product\n")
        text += pick("", "    per         quarter of care_date\n", "    per         calendar year\n")
        text += "    part year   full amount\n" + _filling(draw)
        text += pick("", "    delivery    may stop\n")
    text = text + REPORT + (ABOVE if "scale over" in text else "")
    return Models(text, {name: (HEAD, draw(_rows(found))) for name, found in credits.items()})


def _rows(credits: bool) -> st.SearchStrategy[tuple[tuple[str, ...], ...]]:
    day = st.integers(0, 11).map(lambda n: f"2026-{1 + n:02d}-{1 + n * 2 % 28:02d}")
    ids = st.integers(1, 9).map(lambda n: f"R{n}")
    quantity = st.integers(1 if credits else -400, 3000).map(
        lambda n: f"{'-' * (n < 0)}{abs(n) // 100}.{abs(n) % 100:02d}"
    )
    row = st.tuples(
        ids,
        st.one_of(st.just(""), ids) if credits else st.just(""),
        st.sampled_from(["D", "D", "C"]) if credits else st.just("D"),
        st.sampled_from(["P1", "P2"]),
        st.sampled_from(["A", "B"]),
        st.sampled_from(["alpha", "beta"]),
        day,
        day,
        st.one_of(quantity, st.sampled_from(["1", "2"])),
        st.sampled_from(["yes", "no"]),
    )
    return st.lists(row, max_size=12).map(tuple)
