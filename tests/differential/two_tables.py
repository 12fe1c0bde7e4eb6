"""Generated contracts with one ceiling over the rows of two tables: which row stands where, and what each loses."""

from __future__ import annotations

from random import Random

from hypothesis import strategies as st

from tests.differential.generate import CREDIT, volume
from tests.differential.limits import ABOVE, ceiling, euros, filling
from tests.differential.models import Models
from tests.differential.rows import HEAD as LONG
from tests.differential.rows import Row, generators, rows

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
    """A contract that pays the rows of two tables under one or two ceilings, and up to twenty rows of each."""
    pick = lambda *options: draw(st.sampled_from(options))  # noqa: E731
    credits = {name: draw(st.booleans()) for name in ("care", "aids")}
    text = HEADER.format(
        provider=pick('"Provider"', "one per provider in care, each separately"), settle=pick("month", "quarter")
    )
    text += "".join(COLUMNS.format(name=n, credit=CREDIT if found else "") for n, found in credits.items())
    text += ARTICLES.format(where=pick("", "", " where not acute"))
    drawn = draw(generators(text))
    tables = {name: _rows(drawn, found) for name, found in credits.items()}
    worth = int(volume(tables["care"], HEAD) * 333 + volume(tables["aids"], HEAD) * 777)
    for number in range(draw(st.integers(1, 2))):
        after = " after article 3" if number else ""
        text += f'\narticle {number + 3} "Ceiling"\n'
        keys = pick("", "client", "provider, product")
        every = pick("", "quarter", "month", "calendar year")
        amount = euros(ceiling(drawn, worth // (1 + number), (keys, every)))
        text += f"  limit article 1 and article 2{after} to at most {amount}\n"
        text += f"    per         {keys}\n" if keys else ""
        text += f"    per         {every} of care_date\n" if every else ""
        text += "    part year   full amount\n" + filling(draw)
        text += pick("", "    delivery    may stop\n")
    text += "" if "as a whole" in text else REPORT  # nothing tells whose rows lose what
    text += ABOVE if "scale over" in text else ""
    return Models(text, {name: (HEAD, found) for name, found in tables.items()})


def _rows(drawn: Random, credits: bool) -> tuple[Row, ...]:
    kept = [place for place, name in enumerate(LONG) if name in HEAD]
    product = HEAD.index("product")
    found = [tuple(row[place] for place in kept) for row in rows(drawn, credits, 20)]
    return tuple((*row[:product], row[product].replace("gamma", "beta"), *row[product + 1 :]) for row in found)
