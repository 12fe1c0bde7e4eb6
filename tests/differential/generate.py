"""Random contracts over random data, as text: every clause kind that an engine computes on rows."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from hypothesis import strategies as st

from tests.differential.limits import ABOVE, MODES, limit
from tests.differential.rows import HEAD, Row, generators, is_even, rows

HEADER = """contract "Generated" version "1"
  payer     "Payer"
  provider  {provider}
  term      {first} through 2026-12-31
  settle    per {settle}
  rounded   {mode} to {unit} per row
"""

COLUMNS = """
data care
  line_id      text     key
  prev_id      text     empty means none{credit}
  dc           one of D, C
  provider     party
  client       person
  product      one of alpha, beta, gamma
  level        text     empty means unknown
  care_date    date     decides year, tariff, period
  received_on  date     decides receipt
  quantity     {quantity}
  claimed      euro     empty means unknown  submitted
  acute        yes or no
"""
CREDIT = "  credit of line_id when dc = C matched by provider, client, product, quantity"


@dataclass(frozen=True)
class Case:
    """A contract and its data."""

    contract: str
    rows: tuple[Row, ...]


@st.composite
def cases(draw: st.DrawFn, whole_year: bool = False) -> Case:
    """A contract that pays or charges a price, perhaps tiers or grains, zero to two ceilings, and up to 40 rows of data."""
    pick = lambda *options: draw(st.sampled_from(options))  # noqa: E731
    hours, credits = draw(st.booleans()), draw(st.booleans())
    text = HEADER.format(
        provider=pick("one per provider in care, each separately", '"Provider"'),
        first="2026-01-01" if whole_year else pick("2026-01-01", "2026-01-01", "2026-02-11"),
        settle=pick("month", "quarter", "calendar year"),
        mode=pick(*MODES),
        unit=pick("€ 0.01", "€ 0.01", "€ 0.05", "€ 1.00"),
    )
    text += COLUMNS.format(
        credit=CREDIT if credits else "", quantity="minutes  2 decimals" if hours else "count    3 decimals"
    )
    text += _rejects(draw, credits)
    drawn = draw(generators(text))
    care = rows(drawn, credits, unit=60 if hours else 1)
    even = is_even(care) and drawn.random() < 0.9
    price, worth = prices(draw, drawn, hours, even)
    paid = _pay(draw, drawn, hours, credits)
    text += price + (paid.replace("  pay quantity", "  charge quantity") if pick(*range(5)) == 4 else paid)
    text += _limits(draw, drawn, int(worth * volume(care)), "recomputed" in paid, even)
    text += '\nreport by_client "Figures"\n  as of  the statement\n  per    client\n  show   article 1\n'
    text += "  show   number of rows of care\n  show   sum of quantity of care where acute\n"
    return Case(text, care)


def volume(care: tuple[Row, ...], head: tuple[str, ...] = HEAD) -> float:
    """About how much care there is, for a ceiling near it."""
    place, total = head.index("quantity"), 0.0
    for row in care:
        if row[place].replace(".", "").isdigit():
            total += float(row[place])
    return total


def _rejects(draw: st.DrawFn, credits: bool) -> str:
    rules = [
        '  "DOUBLE"   when repeated line_id keeping the first in the file\n',
        '  "DOUBLE2"  when repeated client, product, care_date, dc keeping the first by received_on, line_id\n',
        '  "NOBODY"   when client empty\n',
        '  "CODE"     when product unknown\n',
        '  "LEVEL"    when level empty or level starting with "x"\n',
        '  "OUT"      when care_date outside term\n',
        '  "LATE"     when whole days since care_date on received_on above 100\n',
        '  "MONTHS"   when calendar months since care_date on received_on above 2\n',
        '  "MUCH"     when quantity above 500 and product one of alpha, beta\n',
    ]
    if not credits:
        rules.append('  "NEGATIVE" when quantity below -40\n')
    chosen = [rule for rule in rules if draw(st.integers(0, 2)) == 2]
    if credits and draw(st.booleans()):
        chosen.append('  "LOOSE"    when credit without debit\n')
    return "\nreject care\n" + "".join(chosen) if chosen else ""


def prices(draw: st.DrawFn, drawn: Random, hours: bool, even: bool) -> tuple[str, float]:
    """A tariff with steps on it, and about what a unit is worth in cents."""
    unit = "per hour" if hours else "each"
    money = [drawn.choice([500, 1000, 1000, 2000]) if even else drawn.randrange(1, 4000) for _ in range(6)]
    cells = [f"€ {cents // 100}.{cents % 100:02d}" for cents in money]
    codes = ["alpha", "beta", "gamma"][: draw(st.sampled_from([3, 3, 2]))]
    lines = [f"  | {code} | {cells[2 * i]} | {cells[2 * i + 1]} |\n" for i, code in enumerate(codes)]
    text = f"\ntariff fee {unit} by product\n  | product | from 2026-01-01 | from 2026-05-17 |\n" + "".join(lines)
    steps = ["  take     fee\n"]
    if not even:
        steps += [step.format(unit=unit) for step in STEPS if draw(st.booleans())]
    return text + "\ndefine price\n" + "".join(steps), sum(money) / len(money) / (60 if hours else 1)


STEPS = (
    "  times    96.4 %\n  rounded  half away from zero to € 0.01\n",
    "  times    125.0 % when acute\n",
    "  at most  € 75.25 {unit}\n",
    "  plus     € 1.05 {unit} unless product = beta\n",
)
SCALES = """
scale tiers {kind}
  | volume   | price   |
  | up to 10 | € 12.35 |
  | up to 40 | € 9.99  |
  | beyond   | € 3.10  |
"""


def _pay(draw: st.DrawFn, drawn: Random, hours: bool, credits: bool) -> str:
    kinds = ["plain", "plain", "grain", "two", "both", "own rows"] + (
        ["volume"] if hours else ["each slice", "whole volume"]
    )
    kind = drawn.choice(kinds)
    text = '\narticle 1 "Care"\n'
    if kind in ("each slice", "whole volume"):
        labels = "    per        client\n    filled by  care_date, then row number\n"
        if credits:
            labels += f"    credits    {draw(st.sampled_from(['recomputed', 'at the price of the debit']))}\n"
        return SCALES.format(kind=kind) + text + "  pay quantity of care by scale tiers\n" + labels
    if kind == "grain":
        grain = draw(st.sampled_from(["client", "month of care_date", "product, quarter of care_date"]))
        return text + _plain() + f"    rounded  half away from zero to € 0.01 per {grain}\n"
    if kind == "volume":
        grain = draw(st.sampled_from(["client, product", "product, month of care_date"]))
        how = draw(st.sampled_from(["up", "half to even"]))
        return text + _plain() + f"    volume  {how} to 15 minutes per {grain} at least 1 hours\n"
    if kind == "own rows":  # which rows are paid depends on other rows of the same table
        column = draw(st.sampled_from(["client", "line_id", "provider", "product"]))
        where = draw(st.sampled_from(["", " where not acute"]))
        urgent = "\ndefine urgent\n  rows  care where acute and quantity above 1\n"
        also = _plain(where) if draw(st.booleans()) else ""
        return urgent + text + _plain(f" where {column} {draw(st.sampled_from(['in', 'not in']))} urgent") + also
    if kind == "two":
        return text + _plain(" where acute") + _plain(" where not acute")
    if kind == "both":  # rows that several heads pay
        text += _plain(draw(st.sampled_from(["", " where product = alpha"]))) + _plain(" where acute")
        return text + draw(st.sampled_from(["", _plain(" where not acute")]))
    return text + _plain()


def _plain(where: str = "") -> str:
    return f"  pay quantity of care{where} at price\n"


def _limits(draw: st.DrawFn, drawn: Random, worth: int, recomputed: bool, even: bool) -> str:
    text = ""
    for index in range(drawn.choice([0, 1, 1, 2, 2])):
        after = f" after article {index + 1}" if index else ""
        head = f'\narticle {index + 2} "Ceiling"\n  limit article 1{after}'
        text += limit(draw, drawn, head, worth // (1 + 2 * index), recomputed, even)
    return (ABOVE if "scale over" in text else "") + text
