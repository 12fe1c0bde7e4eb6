"""Random contracts over random data, as text: every clause kind that an engine computes on rows."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

HEADER = """contract "Generated" version "1"
  payer     "Payer"
  provider  {provider}
  term      2026-01-01 through 2026-12-31
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

MODES = ["half away from zero", "half to even", "down", "up"]


@dataclass(frozen=True)
class Case:
    """A contract and its data."""

    contract: str
    rows: tuple[tuple[str, ...], ...]


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


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A contract that pays or charges a price, perhaps tiers or grains, zero to two ceilings, and 0 to 25 rows of data."""
    each = draw(st.booleans())
    hours = draw(st.booleans())
    credits = draw(st.booleans())
    credit = "  credit of line_id when dc = C matched by provider, client, product, quantity" if credits else ""
    text = HEADER.format(
        provider="one per provider in care, each separately" if each else '"Provider"',
        settle=draw(st.sampled_from(["month", "quarter", "calendar year"])),
        mode=draw(st.sampled_from(MODES)),
        unit=draw(st.sampled_from(["€ 0.01", "€ 0.01", "€ 0.05", "€ 1.00"])),
    )
    text += COLUMNS.format(credit=credit, quantity="minutes  2 decimals" if hours else "count    3 decimals")
    text += _rejects(draw, credits)
    text += _prices(draw, hours)
    paid = _pay(draw, hours, credits)
    text += paid.replace("  pay quantity", "  charge quantity") if draw(st.integers(0, 4)) == 0 else paid
    text += _limits(draw)
    text += '\nreport by_client "Figures"\n  as of  the statement\n  per    client\n  show   article 1\n'
    text += "  show   number of rows of care\n  show   sum of quantity of care where acute\n"
    return Case(text, draw(care_rows(credits)))


def _rejects(draw: st.DrawFn, credits: bool) -> str:
    rules = [
        '  "DOUBLE"   when repeated line_id keeping the first in the file\n',
        '  "DOUBLE2"  when repeated client, product keeping the first by received_on, line_id\n',
        '  "NOBODY"   when client empty\n',
        '  "CODE"     when product unknown\n',
        '  "LEVEL"    when level empty or level starting with "x"\n',
        '  "OUT"      when care_date outside term\n',
        '  "LATE"     when whole days since care_date on received_on above 100\n',
        '  "MONTHS"   when calendar months since care_date on received_on above 2\n',
        '  "MUCH"     when quantity above 500 and product one of alpha, beta\n',
    ]
    if not credits:
        rules.append('  "NEGATIVE" when quantity below 0\n')
    chosen = [rule for rule in rules if draw(st.booleans())]
    if credits and draw(st.booleans()):
        chosen.append('  "LOOSE"    when credit without debit\n')
    return "\nreject care\n" + "".join(chosen) if chosen else ""


def _prices(draw: st.DrawFn, hours: bool) -> str:
    unit = "per hour" if hours else "each"
    money = st.integers(1, 20000).map(lambda cents: f"€ {cents // 100}.{cents % 100:02d}")
    codes = ["alpha", "beta"] + (["gamma"] if draw(st.booleans()) else [])
    lines = [f"  | {code} | {draw(money)} | {draw(money)} |\n" for code in codes]
    text = f"\ntariff fee {unit} by product\n  | product | from 2026-01-01 | from 2026-05-17 |\n" + "".join(lines)
    steps = ["  take     fee\n"]
    if draw(st.booleans()):
        steps.append("  times    96.4 %\n  rounded  half away from zero to € 0.01\n")
    if draw(st.booleans()):
        steps.append("  times    125.0 % when acute\n")
    if draw(st.booleans()):
        steps.append(f"  at most  € 75.25 {unit}\n")
    if draw(st.booleans()):
        steps.append(f"  plus     € 1.05 {unit} unless product = beta\n")
    return text + "\ndefine price\n" + "".join(steps)


SCALES = """
scale tiers {kind}
  | volume   | price   |
  | up to 10 | € 12.35 |
  | up to 40 | € 9.99  |
  | beyond   | € 3.10  |
"""


def _pay(draw: st.DrawFn, hours: bool, credits: bool) -> str:
    kinds = ["plain", "plain", "grain", "two", "own rows"] + ([] if hours else ["each slice", "whole volume"])
    kind = draw(st.sampled_from(kinds))
    text = '\narticle 1 "Care"\n'
    if kind in ("each slice", "whole volume"):
        labels = "    per        client\n    filled by  care_date, then row number\n"
        if credits:
            labels += f"    credits    {draw(st.sampled_from(['recomputed', 'at the price of the debit']))}\n"
        return SCALES.format(kind=kind) + text + "  pay quantity of care by scale tiers\n" + labels
    if kind == "grain":
        grain = draw(st.sampled_from(["client", "month of care_date", "product, quarter of care_date"]))
        return text + _plain() + f"    rounded  half away from zero to € 0.01 per {grain}\n"
    if kind == "own rows":  # which rows are paid depends on other rows of the same table
        column = draw(st.sampled_from(["client", "line_id", "provider", "product"]))
        where = draw(st.sampled_from(["", " where not acute"]))
        rows = "\ndefine urgent\n  rows  care where acute and quantity above 1\n"
        also = _plain(where) if draw(st.booleans()) else ""
        return rows + text + _plain(f" where {column} {draw(st.sampled_from(['in', 'not in']))} urgent") + also
    if kind == "two":
        return text + _plain(" where acute") + _plain(" where not acute")
    return text + _plain()


def _plain(where: str = "") -> str:
    return f"  pay quantity of care{where} at price\n"


ABOVE = """
scale over each slice
  | above the ceiling | paid   |
  | up to 5.0 %       | 70.0 % |
  | up to 12.5 %      | 33.3 % |
  | beyond            | 1.0 %  |
"""


def _limits(draw: st.DrawFn) -> str:
    text = ""
    count = draw(st.integers(0, 2))
    for index in range(count):
        after = f" after article {index + 1}" if index else ""
        amount = draw(st.integers(0, 400000))
        text += f'\narticle {index + 2} "Ceiling"\n  limit article 1{after} to at most € {amount // 100:,}.{amount % 100:02d}\n'
        per = draw(st.sampled_from(["", "client", "product", "provider, product"]))
        text += f"    per         {per}\n" if per else ""
        text += f"    per         {draw(st.sampled_from(['calendar year', 'quarter', 'month', 'term']))}"
        text = text.rstrip() + (" of care_date\n" if not text.endswith("term") else "\n")
        text += "    part year   full amount\n"
        text += _filling(draw)
        text += draw(st.sampled_from(["", "    delivery    goes on\n", "    delivery    may stop\n"]))
    return (ABOVE if "scale over" in text else "") + text


def _filling(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(["order", "order", "order", "proportion", "whole"]))
    if kind == "proportion":
        outside = draw(st.sampled_from(["nothing", "care where acute\n    they count  not"]))
        freed = draw(st.sampled_from(["stays empty", "to later rows", "is filled again"]))
        return f"    filled by   in proportion\n    freed room  {freed}\n    outside     {outside}\n    above       nothing\n"
    if kind == "whole":
        return "    filled by   the amount as a whole\n    outside     nothing\n    above       nothing\n"
    order = draw(
        st.sampled_from(
            [
                "care_date, then row number",
                "received_on, then care_date",
                "line_id as text",
                "row number",
                "quantity, then line_id as text",
            ]
        )
    )
    above = draw(st.sampled_from(["nothing", "nothing", "by scale over"]))
    last = (
        "in part"
        if above != "nothing"
        else draw(st.sampled_from(["in part", "nothing, later rows that fit are paid", "nothing, nor any later row"]))
    )
    counts = draw(st.sampled_from(["not", "first", "until it is full"])) if above == "nothing" else "not"
    outside = draw(st.sampled_from(["nothing", f"care where acute\n    they count  {counts}"]))
    return (
        f"    filled by   {order}\n    last row    {last}\n"
        f"    late row    {draw(st.sampled_from(['reopens the period', 'takes what is left']))}\n"
        f"    freed room  {draw(st.sampled_from(['stays empty', 'to later rows', 'is filled again']))}\n"
        f"    outside     {outside}\n    above       {above}\n"
    )


def care_rows(credits: bool) -> st.SearchStrategy[tuple[tuple[str, ...], ...]]:
    """Rows of care; with credits, some name another row that they take back."""
    day = st.integers(0, 380).map(lambda n: f"2026-{1 + n // 31 % 12:02d}-{1 + n % 28:02d}")
    strange = st.sampled_from(["2025-12-31", "2027-01-01", "2026-02-30", ""])
    number = st.integers(-5000, 90000) if not credits else st.integers(1, 90000)
    quantity = st.one_of(
        number.map(lambda n: f"{'-' if n < 0 else ''}{abs(n) // 100}.{abs(n) % 100:02d}"),
        st.sampled_from(["0", "1", "60", "1.005x", "", "12.3456"]),
    )
    ids = st.integers(1, 18).map(lambda n: f"R{n}")
    row = st.tuples(
        ids,
        st.one_of(st.just(""), ids) if credits else st.just(""),
        st.sampled_from(["D", "D", "C"]) if credits else st.just("D"),
        st.sampled_from(["P1", "P2"]),
        st.sampled_from(["A", "B", "C", ""]),
        st.sampled_from(["alpha", "beta", "gamma", "delta"]),
        st.sampled_from(["", "x1", "y"]),
        st.one_of(day, day, day, strange),
        day,
        st.one_of(quantity, st.sampled_from(["1", "2", "60"])),
        st.sampled_from(["", "10.00", "-3.50"]),
        st.sampled_from(["yes", "no"]),
    )
    return st.lists(row, max_size=25).map(tuple)
