"""A contract under a framework in git: each revision under the framework of that revision."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.git.repo import CARE, CONTRACT, LISTED, Repo, needs_git

pytestmark = needs_git
FRAME = (
    CONTRACT.replace('"Home Care West"', "...")
    .replace("| mbo   |         € 51.20 |         € 52.45 |", "| mbo   |             ... |             ... |")
    .replace("€ 400.00", "...")
)
SIGNED = """contract "West" version "1"
  use       "frames/framework.zc"
  provider  "Home Care West"

tariff hourly per hour by level
  | level | from 2026-01-01 | from 2026-07-01 |
  | mbo   |         € 51.20 |         € 52.45 |

article 2 "Ceiling"
  limit article 1 to at most € 400.00
"""
OTHER_CEILING = """
article 2 "Ceiling" in place of the framework
  limit article 1 to at most € 350.00
    per         calendar year of care_date
    part year   full amount
    filled by   care_date, then row number
    last row    nothing, nor any later row
    late row    reopens the period
    freed room  stays empty
    outside     nothing
    above       nothing
"""


@pytest.fixture
def framed(tmp_path: Path) -> Repo:
    """Signed under a framework; then the tariff of the framework rises; then the contract replaces the ceiling."""
    repo = Repo(tmp_path / "repository", "")
    repo.write("frames/framework.zc", FRAME)
    repo.write("contract.zc", SIGNED)
    repo.write("care.csv", CARE)
    repo.commit("Signed")
    repo.git("tag", "v1")
    repo.edit(("€ 76.70", "€ 80.00"), ("€ 74.90", "€ 75.00"), name="frames/framework.zc")
    repo.commit("Index of the framework")
    repo.git("tag", "v2")
    head, _ = SIGNED.split('\narticle 2 "')
    repo.write("contract.zc", head + OTHER_CEILING)
    repo.commit("Own ceiling")
    return repo


def test_a_changed_framework_is_a_difference_of_the_contract(framed: Repo) -> None:
    code, output, complaint = framed.zc("diff", "v1", "v2", "--data", "care.csv", "--", "contract.zc")
    assert (code, complaint) == (0, "")
    assert "tariff hourly\n  row hbo, from 2026-01-01: € 74.90 → € 75.00\n" in output
    assert "  row hbo, from 2026-07-01: € 76.70 → € 80.00\n" in output
    # 5 hours at 74.90 and 1 at 52.45 are 426.95, of which 400 is paid; at 75.00 as well
    assert re.search(r"^New version +€ 400\.00$", output, re.M)


def test_what_stands_in_place_of_the_framework_is_said(framed: Repo) -> None:
    code, output, complaint = framed.zc("diff", "v2", "contract.zc", "--data", "care.csv")
    assert (code, complaint) == (0, "")
    assert 'article 2 "Ceiling": in place of the framework\n' in output
    assert "  last row: in part → nothing, nor any later row\n" in output
    # the first row comes to 375.00 and does not fit in 350.00: nothing, nor anything later
    assert re.search(r"^New version +€ 0\.00$", output, re.M)
    back = framed.zc("diff", "HEAD", "v2", "--", "contract.zc")[1]
    assert 'article 2 "Ceiling": as the framework says\n' in back
    told = json.loads(framed.zc("diff", "v2", "HEAD", "--format", "json", "--", "contract.zc")[1])
    assert [(one["kind"], one["name"], one["standing"]) for one in told["changes"]] == [("article", "2", "replaces")]


def test_the_history_has_the_commits_of_the_framework(framed: Repo) -> None:
    code, output, complaint = framed.zc("log", "contract.zc", "--data", "care.csv")
    assert (code, complaint) == (0, "")
    lines = [line for line in output.splitlines() if line and not line.startswith("2026-03-04")]
    assert lines == [
        '  article 2 "Ceiling": in place of the framework',
        "    limit article 1 to at most € 400.00 → € 350.00",
        "    last row: in part → nothing, nor any later row",
        "  € 400.00 → € 0.00: € 400.00 in favour of the payer",
        "  tariff hourly",
        "    row hbo, from 2026-01-01: € 74.90 → € 75.00",
        "    row hbo, from 2026-07-01: € 76.70 → € 80.00",
        "  € 400.00 → € 400.00: no difference over these data",
        "  € 400.00",
    ]


def test_git_compares_the_file_at_hand(framed: Repo) -> None:
    """git compares each file by itself, also when the framework is not there or does not fit."""
    framed.zc("git-setup")
    framed.write("frames/framework.zc", "nothing that can be read")
    assert framed.git("diff", "v2", "HEAD", "--", "contract.zc").splitlines() == [
        "contract.zc: differs in meaning",
        '  article 2 "Ceiling"',
        '    + article 2 "Ceiling": in place of the framework',
        "    limit article 1 to at most € 400.00 → € 350.00",
        "    + per calendar year of care_date",
        "    + part year full amount",
        "    + filled by care_date, then row number",
        "    + last row nothing, nor any later row",
        "    + late row reopens the period",
        "    + freed room stays empty",
        "    + outside nothing",
        "    + above nothing",
    ]
    framed.edit(("€ 350.00", "€   360.00"), ('use       "', 'use "'))
    framed.commit("Higher")
    shown = framed.git("show", "-U0", "--format=", "--", "contract.zc").splitlines()
    assert [line for line in shown if line[:1] in "+-"][2:] == [
        "-  limit article 1 to at most € 350.00",
        "+  limit article 1 to at most € 360.00",
    ]


def test_branches_of_a_contract_merge_by_block(framed: Repo) -> None:
    framed.zc("git-setup")
    framed.commit("Attributes")
    framed.git("checkout", "-q", "-b", "ceiling")
    framed.edit(("€ 350.00", "€ 380.00"))
    framed.commit("Ceiling")
    framed.git("checkout", "-q", "main")
    framed.edit(('provider  "Home Care West"', 'provider  "Home Care East"'), ("€ 52.45", "€ 53.00"))
    framed.commit("Provider")
    framed.git("merge", "-q", "--no-edit", "ceiling")
    text = framed.read()
    assert "€ 380.00" in text
    assert "€ 53.00" in text
    assert "Home Care East" in text
    assert framed.zc("check", "contract.zc")[0] == 0


def test_together_they_fit_the_framework_no_more(framed: Repo) -> None:
    """Each branch is fine, the merged contract is not: the merge says so."""
    framed.zc("git-setup")
    framed.commit("Attributes")
    framed.git("checkout", "-q", "-b", "list")
    text = framed.read()
    framed.write(
        "contract.zc",
        text + "\nlist bonus\n  | from 2026-01-01 |\n  |          € 5.00 |\n\ndefine bonus_use\n  take  bonus\n",
    )
    framed.commit("List")
    framed.git("checkout", "-q", "main")
    framed.write(
        "contract.zc",
        text.replace("\narticle 2", "\nscale bonus each slice\n  | above | paid |\n  | beyond | 1.0 % |\n\narticle 2"),
    )
    framed.commit("Scale")
    code, _, complaint = framed.run("git", "merge", "--no-edit", "list")
    assert code == 1
    assert "ZC201" in complaint


def test_a_revision_without_the_framework_says_so(framed: Repo) -> None:
    framed.git("rm", "-q", "frames/framework.zc")
    framed.commit("Gone")
    code, _, complaint = framed.zc("diff", "v2", "HEAD", "--", "contract.zc")
    assert code == 2
    assert "ZC150" in complaint
    assert "  Gone: this version has 1 errors" in framed.zc("log", "contract.zc")[1]


def test_files_beside_the_framework_are_those_of_the_revision(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repository", 'contract "Lab" version "1"\n  use       "frames/lab.zc"\n  provider  "Lab"\n')
    repo.write("frames/lab.zc", LISTED.replace('"Lab"', "..."))
    repo.write("frames/prices.csv", "code,price\nA,10.00\nB,20.00\n")
    repo.commit("Signed under it")
    repo.write("frames/prices.csv", "code,price\nA,10.00\nB,25.00\n")
    repo.commit("Prices")
    repo.write("care.csv", "line_id,code,care_date,number\nR1,B,2026-02-03,2\n")
    code, output, complaint = repo.zc("diff", "HEAD~1", "HEAD", "--data", "care.csv", "--", "contract.zc")
    assert (code, complaint) == (0, "")
    assert "file frames/prices.csv" in output
    assert re.search(r"^New version +€ 50\.00$", output, re.M)
    told = repo.zc("log", "contract.zc")[1]
    assert "Prices\n  file frames/prices.csv" in told
