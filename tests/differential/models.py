"""Generated contracts of the payment models: members, bundles, sums, scores, floors, shares and cash, with their data."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st
from msgspec import Struct

from tests.differential.rows import Row, generators

PEOPLE = ("A", "B", "C", "D")
KINDS = ("x", "y", "z")
MEMBERS = ("N", "O", "P")
START = date(2024, 1, 1)

HEAD = """contract "Models" version "1"
  payer     "Insurer"
  provider  "Group"
  term      {first} through 2024-12-31
  settle    per {settle}
  rounded   half away from zero to € 0.01 per row

data people present from since through until
  person    person
  area      one of town, land
  since     date
  until     date  empty means no end

data care
  line_id    text   key
  person     person
  kind       one of x, y, z
  care_date  date   decides year, tariff, period
  units      count  whole
  amount     euro   submitted

data kpi
  kpi_id       text
  measured_on  date   decides year, period
  numerator    count  whole
  denominator  count  whole

data network valid throughout the term
  member  party  key
  weight  count  whole
  most    euro

data advances
  advance_id  text  key
  paid_on     date  decides year, period
  cash        euro

reject care
  "outside"  when care_date outside term
  "nobody"   when person not present in people on care_date

tariff fee each by kind
  | kind | from 2024-01-01 | from 2024-07-01 |
  | x    |          € 3.33 |          € 3.50 |
  | y    |         € 10.00 |         € 10.01 |
  | z    |          € 0.07 |          € 0.08 |

scale band each slice, measured from 5
  | rows      | for each |
  | below 3   |   € 1.11 |
  | 3 to 8    |   € 0.00 |
  | above 8   |   € 2.22 |

scale points linear, flat outside
  | score   | points  |
  |  20.0 % |   0.0 % |
  | 100.0 % | 100.0 % |

define enrolled
  spread   people over {over} of term
  counted  {counted}
  overlap  {overlap}

indicator one
  take        sum of numerator of kpi where kpi_id = one
  divided by  sum of denominator of kpi where kpi_id = one
  by scale    points
  fewest      {fewest}
  compared    {compared}
  per         calendar year of measured_on

indicator two
  take        sum of numerator of kpi where kpi_id = two
  divided by  sum of denominator of kpi where kpi_id = two
  fewest      1 in the denominator
  compared    exact
  per         calendar year of measured_on

define score
  weigh        one 70.0 %
  weigh        two 30.0 %
  missing      {missing}
  all missing  counts as 0

define busy
  take     number of rows of care
  missing  counts as 0
  per      calendar year of care_date

define heavy
  holds when  busy above {limit}

"""
ARTICLES = """article 1 "Capitation"
  pay each row of enrolled at € {price} each
    includes    {includes}
    matched by  person
    window      {window}
    precedence  1

article 2 "Town"
  pay each row of enrolled where area = town at € 0.35 each

article 3 "The rest"
  pay units of care at fee

article 4 "A sum"
  pay € 1,000.00
    times        score
    rounded      half away from zero to € 0.01
    per          calendar year
    part year    {part}
    instalments  {instalments}
    cents        in the {cents} instalment

article 5 "A floor"
  guarantee article 3 alone at least € {floor}
    per        calendar year of care_date
    part year  {part}

article 6 "More or fewer rows"
  adjust article 3 after article 5
    by        busy
    by scale  band
    rounded   half away from zero to € 0.01
    per       calendar year of care_date

article 7 "At most"
  limit article 3 after article 6 to at most € {ceiling} when heavy
    per        calendar year of care_date
    part year  full amount
    filled by  the amount as a whole
    above      nothing

article 8 "Shares"
  distribute article 3
    per        calendar year
    first      {share} to "DESK"
    then       10.0 % of what is left to reserve
    rest       to network in proportion to weight, at most most
    short      shared in proportion within the step
    no key     is an error
    rounded    {rounding} to € 0.01 per amount
    cents      to the largest remainder, then by row number
    reserve    returns to the payer at the end of the term
    left over  stays with the payer

article 9 "Advances"
  deduct cash of advances
    per        calendar year of paid_on
    when owed  repaid

article 10 "No debt"
  guarantee due at least € 0.00 when heavy
    per  term
"""


class Models(Struct, frozen=True):
    """A contract with the rows of its tables."""

    contract: str
    tables: dict[str, tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]]


@st.composite
def models(draw: st.DrawFn) -> Models:
    """A contract whose choices and data are drawn."""
    pick = lambda *options: draw(st.sampled_from(options))  # noqa: E731
    counted = pick("on the first day", "on the fifteenth", "on any day", "by days")
    over = "months" if counted == "on the fifteenth" else pick("months", "quarters", "calendar years")
    text = (HEAD + ARTICLES).format(
        first=pick("2024-01-01", "2024-03-10"), settle=pick("month", "quarter", "calendar year"), counted=counted, over=over,
        overlap=pick("counts once", "rejects both", "is an error"), fewest=pick("3", "10 in the denominator", "1"),
        compared=pick("exact", "rounded half away from zero to 1.0 %"),
        missing=pick("left out, the other weights fill up", "counts as 0"), limit=pick("0", "3", "10"),
        price=pick("1.01", "3.07", "10.00"), includes=pick("units of care where kind = x at fee", "amount of care where kind = y", "care"),
        window=pick("the days present", "the period paid", "the term"),
        part=pick("full amount", "by days of that year", "by whole months"),
        instalments=pick("12, on the last day of the month", "4, on the first day of the month", "2, on 2024-06-30, 2024-12-31"),
        cents=pick("first", "last"), floor=pick("1.00", "50.00"), ceiling=pick("5.00", "40.00", "1,000.00"),
        share=pick("€ 2.00", "15.0 % of the whole"), rounding=pick("down", "half away from zero"),
    )  # fmt: skip
    return Models(text, {name: (HEADS[name], rows) for name, rows in _tables(draw(generators(text))).items()})


def _tables(drawn: Random) -> dict[str, tuple[Row, ...]]:
    """Rows of the five tables: people who are mostly there all along, with care that is mostly theirs."""
    people = _people(drawn)
    names = [person for person, *_ in people for _ in range(6)] + [drawn.choice(PEOPLE)]
    care = [
        (f"R{i}", drawn.choice(names), drawn.choice(KINDS), _day(drawn), str(drawn.randrange(10)), _cents(drawn, 2000))
        for i in range(drawn.randrange(20))
    ]
    kpi = [
        (drawn.choice(("one", "two")), _day(drawn, 60, 300), str(drawn.randrange(21)), str(drawn.randrange(21)))
        for _ in range(drawn.randrange(6))
    ]
    network = [(name, str(drawn.randrange(1, 10)), _cents(drawn, 9000)) for name in MEMBERS]
    advances = [(f"R{i}", _day(drawn, 60, 300), _cents(drawn, 90000)) for i in range(drawn.randrange(4))]
    found = {"people": people, "care": care, "kpi": kpi, "network": network, "advances": advances}
    return {name: tuple(rows) for name, rows in found.items()}


def _people(drawn: Random) -> list[Row]:
    """Who is there when: each person once, in some cases some a second time."""
    found = []
    twice = [drawn.choice(PEOPLE)] if drawn.random() < 0.25 else []
    for person in [*drawn.sample(PEOPLE, drawn.randrange(1, len(PEOPLE) + 1)), *twice]:
        since = _day(drawn, -20, 60 if drawn.random() < 0.7 else 380)
        until = "" if drawn.random() < 0.6 else _day(drawn, 100, 500)
        found.append((person, drawn.choice(("town", "land")), since, until))
    return found


def _day(drawn: Random, first: int = -10, last: int = 375) -> str:
    return (START + timedelta(drawn.randrange(first, last))).isoformat()


def _cents(drawn: Random, most: int) -> str:
    amount = drawn.randrange(most + 1)
    return f"{amount // 100}.{amount % 100:02d}"


HEADS = {
    "people": ("person", "area", "since", "until"),
    "care": ("line_id", "person", "kind", "care_date", "units", "amount"),
    "kpi": ("kpi_id", "measured_on", "numerator", "denominator"),
    "network": ("member", "weight", "most"),
    "advances": ("advance_id", "paid_on", "cash"),
}
