"""contractlang log: the history of a contract in its own words, and in euros."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from tests.git.repo import CARE, CONTRACT, LISTED, Repo, needs_git

pytestmark = needs_git


@pytest.fixture
def negotiated(repo: Repo) -> Repo:
    repo.write("care.csv", CARE)
    repo.edit(("€ 52.45", "€ 53.00"), ("€ 400.00", "€ 500.00"))
    repo.commit("Index")
    repo.edit(("pay minutes", "pay  minutes"), ("> Above the ceiling", "> Above it"))
    repo.commit("Layout")
    repo.git("tag", "layout")
    repo.git("mv", "contract.zc", "hours.zc")
    repo.commit("Renamed")
    repo.edit(("last row    in part", "last row    nothing, nor any later row"), name="hours.zc")
    repo.commit("Last row")
    return repo


def test_the_history_in_words_and_euros(negotiated: Repo) -> None:
    code, output, complaint = negotiated.zc("log", "hours.zc", "--data", "care.csv")
    assert (code, complaint) == (0, "")
    shown = [line for line in output.splitlines() if line]
    hashes = negotiated.git("log", "--format=%h").split()
    assert shown == [
        f"2026-03-04  {hashes[0]}  Anna  Last row",
        '  article 2 "Ceiling"',
        "    last row: in part → nothing, nor any later row",
        "  € 427.50 → € 427.50: no difference over these data",
        f"2026-03-04  {hashes[1]}  Anna  Renamed: no change of meaning",
        f"2026-03-04  {hashes[2]}  Anna  Layout: no change of meaning",
        f"2026-03-04  {hashes[3]}  Anna  Index",
        "  tariff hourly",
        "    row mbo, from 2026-07-01: € 52.45 → € 53.00",
        '  article 2 "Ceiling"',
        "    limit article 1 to at most € 400.00 → € 500.00",
        "  € 400.00 → € 427.50: € 27.50 in favour of the provider",
        f"2026-03-04  {hashes[4]}  Anna  Signed: first version",
        "  € 400.00",
    ]


def test_for_programs(negotiated: Repo) -> None:
    _, output, _ = negotiated.zc("log", "hours.zc", "--data", "care.csv", "--format", "json")
    told = json.loads(output)
    assert [one["what"] for one in told] == ["changed", "same", "same", "changed", "first"]
    effects = [Fraction(one["effect"]) for one in told if one["effect"] is not None]
    assert sum(effects) == Fraction(told[0]["new"]) - Fraction(told[-1]["new"])
    cell = {"where": ["row mbo", "from 2026-07-01"], "old": "€ 52.45", "new": "€ 53.00"}
    assert told[3]["changes"][0] == {
        "kind": "lookup",
        "block": "tariff hourly",
        "what": "changed",
        "standing": "",
        "differences": [cell],
    }


def test_since_a_revision_and_as_markdown(negotiated: Repo) -> None:
    _, output, _ = negotiated.zc("log", "hours.zc", "--since", "layout", "--format", "md")
    assert "## 2026-03-04 Last row" in output
    assert '- article 2 "Ceiling"' in output
    assert "Index" not in output
    assert "[ZC912]" in negotiated.zc("log", "hours.zc", "--since", "nowhere")[2]
    assert negotiated.zc("log", "hours.zc", "--since", "HEAD")[:2] == (0, "nothing\n")


def test_versions_with_errors_or_open_ends(repo: Repo) -> None:
    repo.write("care.csv", CARE)
    repo.edit(("at hourly", "at daily"))
    repo.commit("Broken")
    repo.edit(("at daily", "at hourly"), ("€ 400.00", "..."))
    repo.commit("Open")
    repo.edit(("at most ...", "at most € 450.00"))
    repo.commit("Agreed")
    _, output, complaint = repo.zc("log", "contract.zc", "--data", "care.csv")
    assert complaint == ""
    assert "Broken: this version has 1 errors" in output
    assert "limit article 1 to at most € 400.00 → ..." in output
    assert "limit article 1 to at most ... → € 450.00\n  € 426.95" in output


def test_a_merge_shows_only_what_it_decided_itself(ready: Repo) -> None:
    ready.write("care.csv", CARE)
    ready.branch("tariffs", ("€ 52.45", "€ 53.00"), ("€ 76.70", "€ 77.00"))
    ready.branch("ceiling", ("€ 400.00", "€ 500.00"), ("€ 52.45", "€ 54.00"))
    assert ready.run("git", "merge", "tariffs")[0] == 1
    ready.git("checkout", "-q", "--theirs", "contract.zc")
    ready.edit(("€ 53.00", "€ 53.50"), ("€ 400.00", "€ 500.00"))
    ready.commit("Met in the middle")
    _, output, _ = ready.zc("log", "contract.zc", "--data", "care.csv")
    merge, *others = output.split("\n\n")
    assert "Met in the middle" in merge
    assert "row mbo, from 2026-07-01: € 54.00 → € 53.50" in merge
    assert "€ 77.00" not in merge
    assert "500.00" not in merge
    assert any("€ 76.70 → € 77.00" in one for one in others)


def test_a_price_list_beside_the_contract_is_part_of_its_history(repo: Repo) -> None:
    repo.write("lab/tests.zc", LISTED)
    repo.write("lab/prices.csv", "code,price\nA,10.00\nB,20.00\n")
    repo.commit("Prices of 2026")
    repo.write("lab/prices.csv", "code,price\nA,11.00\nB,20.00\n")
    repo.commit("Prices of July")
    repo.write("care.csv", "line_id,code,care_date,number\n1,A,2026-02-01,3\n2,B,2026-02-01,1\n")
    _, output, _ = repo.zc("log", "lab/tests.zc", "--data", "care.csv")
    assert "Prices of July\n  file prices.csv\n" in output
    assert "    - A,10.00\n    + A,11.00\n  € 50.00 → € 53.00: € 3.00 in favour of the provider" in output


def test_an_added_article_and_a_dutch_contract(repo: Repo) -> None:
    bonus = '\narticle 3 "Bonus"\n  pay € 10.00\n    per          calendar year\n    part year    full amount\n    instalments  none\n'
    repo.write("contract.zc", CONTRACT + bonus)
    repo.commit("Bonus")
    assert '  article 3 "Bonus": added\n    + pay € 10.00\n' in repo.zc("log", "contract.zc")[1]
    assert repo.zc("fmt", "contract.zc", "--language", "nl", "--out", "overeenkomst.zc")[0] == 0
    repo.commit("Vertaald")
    repo.edit(("€ 52,45", "€ 53,00"), name="overeenkomst.zc")
    repo.commit("Index")
    _, output, _ = repo.zc("log", "overeenkomst.zc")
    assert "rij mbo, vanaf 2026-07-01: € 52,45 → € 53,00" in output


def test_no_history(repo: Repo) -> None:
    repo.write("new.zc", CONTRACT)
    code, _, complaint = repo.zc("log", "new.zc")
    assert code == 2
    assert "[ZC916]" in complaint


def test_a_contract_that_went(repo: Repo) -> None:
    (repo.folder / "contract.zc").unlink()
    repo.commit("Ended")
    assert "Ended: the contract is not there any more" in repo.zc("log", "contract.zc")[1]
