"""Random ceilings, of amounts that bind for a good part of the rows."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from hypothesis import strategies as st

ABOVE = """
scale over each slice
  | above the ceiling | paid   |
  | up to 5.0 %       | 70.0 % |
  | up to 12.5 %      | 33.3 % |
  | beyond            | 1.0 %  |
"""
WHOLE = "    filled by   the amount as a whole\n    outside     nothing\n    above       nothing\n"
PARTS = {
    "calendar year": 1,
    "term": 1,
    "quarter": 4,
    "month": 8,
    "ISO week": 12,
    "client": 3,
    "product": 3,
    "provider, product": 4,
    "": 1,
}
MODES = ["half away from zero", "half to even", "down", "up"]


def euros(cents: int) -> str:
    """An amount as a contract writes it."""
    return f"€ {cents // 100:,}.{cents % 100:02d}"


def ceiling(drawn: Random, worth: int, scope: Sequence[str], even: bool = False) -> int:
    """Cents of a ceiling for rows worth so many cents, over scopes by these keys: nil, far too little, or near what there is."""
    share = worth
    for key in scope:
        share //= PARTS[key]
    if drawn.random() < 0.07:
        return 0
    amount = int(share * drawn.uniform(0.05, 1.3))
    return (
        round(amount, -3) if drawn.random() < (0.9 if even else 0.3) else amount
    )  # round amounts are met to the cent by round prices


def limit(draw: st.DrawFn, drawn: Random, head: str, worth: int, whole: bool = False, even: bool = False) -> str:
    """A limit on what its head names; `whole`: no row is cut; `even`: rows have round amounts."""
    keys = draw(st.sampled_from(["", "", "client", "product", "provider, product"]))
    every = draw(st.sampled_from(["calendar year", "calendar year", "quarter", "month", "ISO week", "term"]))
    text = f"{head} to at most {euros(ceiling(drawn, worth, (keys, every), even))}\n" + (
        f"    per         {keys}\n" if keys else ""
    )
    text += f"    per         {every}{'' if every == 'term' else ' of care_date'}\n    part year   {part_year(draw, every)}\n"
    text += WHOLE if whole else filling(draw)
    return text + draw(st.sampled_from(["", "    delivery    goes on\n", "    delivery    may stop\n"]))


def part_year(draw: st.DrawFn, every: str) -> str:
    """What a period that lies partly in the term gets."""
    return draw(st.sampled_from(["full amount", "full amount", "by days of that year", "by whole months"]))


def filling(draw: st.DrawFn) -> str:
    """Who gets the room."""
    kind = draw(st.sampled_from(["by day", "by day", "by day", "order", "order", "order", "proportion", "whole"]))
    if kind == "proportion":
        outside = draw(st.sampled_from(["nothing", "care where acute\n    they count  not"]))
        freed = draw(st.sampled_from(["stays empty", "to later rows", "is filled again"]))
        return f"    filled by   in proportion\n    freed room  {freed}\n    outside     {outside}\n    above       nothing\n"
    if kind == "whole":
        return WHOLE
    if kind == "by day":
        return _by_day(draw)
    orders = ["care_date, then row number", "received_on, then care_date", "line_id as text", "row number",
              "quantity, then line_id as text"]  # fmt: skip
    above = draw(st.sampled_from(["nothing", "nothing", "by scale over"]))
    last = (
        "in part"
        if above != "nothing"
        else draw(st.sampled_from(["in part", "nothing, later rows that fit are paid", "nothing, nor any later row"]))
    )
    counts = draw(st.sampled_from(["not", "first", "until it is full"])) if above == "nothing" else "not"
    outside = draw(st.sampled_from(["nothing", "nothing", f"care where acute\n    they count  {counts}"]))
    return (
        f"    filled by   {draw(st.sampled_from(orders))}\n    last row    {last}\n"
        f"    late row    {draw(st.sampled_from(['reopens the period', 'takes what is left']))}\n"
        f"    freed room  {draw(st.sampled_from(['stays empty', 'to later rows', 'is filled again']))}\n"
        f"    outside     {outside}\n    above       {above}\n"
    )


def _by_day(draw: st.DrawFn) -> str:
    """The ceilings of practice, for which an engine need not look at every row."""
    first = draw(st.sampled_from(["care_date", "care_date", "received_on"]))
    then = draw(
        st.sampled_from(["row number", "line_id as text", "quantity, then row number", "received_on, then row number"])
    )
    outside = draw(st.sampled_from(["nothing", "nothing", "care where acute\n    they count  not"]))
    freed = draw(st.sampled_from(["stays empty", "to later rows", "is filled again"]))
    return (
        f"    filled by   {first}, then {then}\n    last row    in part\n    late row    reopens the period\n"
        f"    freed room  {freed}\n    outside     {outside}\n    above       nothing\n"
    )
