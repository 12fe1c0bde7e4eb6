"""A contract, data and helpers of the tests: clients with credits and authorisations."""

from __future__ import annotations

from pathlib import Path

from contractlang.analysis.check import check
from contractlang.simulate.outcomes import Simulation
from contractlang.simulate.plan import Asked, planned
from contractlang.simulate.run import simulate
from contractlang.simulate.settings import read_setting
from contractlang.simulate.variants import Source, Variant, variants_of
from contractlang.simulate.volume import read_volume

CONTRACT = """\
contract "Care with credits" version "1"   # a comment that stays
  payer     "P"
  provider  "Q"
  term      2026-01-01 through 2026-12-31
  settle    per calendar year
  rounded   half away from zero to € 0.01 per row

data care
  line_id    text    key
  prev_id    text    empty means none  credit of line_id when kind = C matched by client_id, hours
  kind       one of D, C
  client_id  person
  care_date  date    decides year, tariff, period
  hours      hours

data members
  member_id  text    key
  client_id  person
  first_day  date    decides year, tariff, period

reject care
  "DUPLICATE"     when repeated line_id keeping the first in the file
  "NOT-PAIRED"    when credit without debit

tariff hourly per hour
  | from 2026-01-01 | from 2026-07-01 |
  |         € 50.00 |         € 55.55 |

article 1 "Hours"
  pay hours of care at hourly

article 2 "Ceiling"
  limit article 1 to at most € 1,000.00   # negotiated
    per         calendar year of care_date
    part year   full amount
    filled by   care_date, then row number
    last row    in part
    late row    reopens the period
    freed room  to later rows
    outside     nothing
    above       nothing

article 3 "Bonus"
  adjust article 1 after article 2
    by       2.5 % of the base
    rounded  half away from zero to € 0.01
    per      calendar year of care_date

article 4 "Enrolment"
  pay each row of members at € 10.00 each
"""


def source_of(text: str, folder: str = "") -> Source:
    checked = check(text, "contract.zc", folder)
    assert checked.contract is not None, checked.errors
    return Source("contract.zc", text, folder, checked.contract)


def variants(text: str, *settings: str) -> tuple[Variant, ...]:
    source = source_of(text)
    return variants_of(source, [read_setting(one, source.contract.language) for one in settings])


def simulated(
    text: str, data: object, *settings: str, vary: str = "", seed: int = 1, samples: int = 1, engine: str = "duckdb"
) -> Simulation:
    source = source_of(text)
    volume = read_volume(vary, source.contract) if vary else None
    asked = Asked(data, seed=seed, samples=samples, engine=engine)
    return simulate(planned(source, [read_setting(one, source.contract.language) for one in settings], volume, asked))


def written(folder: Path, **tables: str) -> Path:
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


CARE = """\
line_id,prev_id,kind,client_id,care_date,hours
R1,,D,A,2026-02-01,10
R2,,D,B,2026-03-01,8
R3,,D,A,2026-08-01,6
R4,R2,C,B,2026-08-02,8
R5,,D,B,2026-09-01,4
"""
MEMBERS = """\
member_id,client_id,first_day
M1,A,2026-01-01
M2,B,2026-01-01
M3,C,2026-01-01
"""
# worked by hand: 10 x 50.00 + 8 x 50.00 + 6 x 55.55 - 400.00 + 4 x 55.55 = 1,055.50; 55.50 above the ceiling; 2.5 % of 1,000.00;
# three members
AS_IT_STANDS = {"1": 105550, "2": -5550, "3": 2500, "4": 3000}
