"""contractlang diff between revisions: the contract and the files beside it as they then were."""

from __future__ import annotations

import json
import re

import pytest

from tests.git.repo import CARE, CONTRACT, LISTED, Repo, needs_git

pytestmark = needs_git


@pytest.fixture
def indexed(repo: Repo) -> Repo:
    """Two versions: in the second the tariff of July and the ceiling are higher."""
    repo.git("tag", "v1")
    repo.edit(("€ 52.45", "€ 53.00"), ("€ 400.00", "€ 500.00"))
    repo.commit("Index")
    repo.write("care.csv", CARE)
    return repo


@pytest.mark.parametrize(
    "arguments",
    [
        ("HEAD~1", "HEAD", "--", "contract.zc"),
        ("v1", "HEAD", "contract.zc"),
        ("HEAD~1", "contract.zc"),
        ("v1", "--", "contract.zc"),
    ],
)
def test_revisions_are_versions(indexed: Repo, arguments: tuple[str, ...]) -> None:
    code, output, complaint = indexed.zc("diff", *arguments)
    assert complaint == ""
    assert code == 0
    assert "  limit article 1 to at most € 400.00 → € 500.00" in output


def test_the_same_version_twice(indexed: Repo) -> None:
    assert indexed.zc("diff", "HEAD", "contract.zc")[:2] == (0, "What differs in meaning  nothing\n")


def test_euros_between_revisions(indexed: Repo) -> None:
    code, output, _ = indexed.zc(
        "diff", "HEAD~1", "HEAD", "--data", "care.csv", "--format", "json", "--", "contract.zc"
    )
    told = json.loads(output)["bridge"]
    # 5 hours at 74.90 and one at 52.45 are 426.95, of which 400.00 is paid; at 53.00 they are 427.50, below 500.00
    assert (code, told["old"], told["new"]) == (0, "400", "427.5")


def test_from_another_folder(indexed: Repo) -> None:
    indexed.git("mv", "-k", "contract.zc", "contract.zc")
    indexed.folder = indexed.folder.parent
    code, output, _ = indexed.zc("diff", "HEAD~1", "HEAD", "repository/contract.zc")
    assert code == 0
    assert "€ 500.00" in output


def test_the_files_beside_the_contract_are_of_the_revision(repo: Repo) -> None:
    repo.write("lab/tests.zc", LISTED)
    repo.write("lab/prices.csv", "code,price\nA,10.00\nB,20.00\n")
    repo.commit("Prices of 2026")
    repo.write("lab/prices.csv", "code,price\nA,11.00\nB,20.00\n")
    repo.commit("Prices of July")
    repo.write("lab/prices.csv", "code,price\nA,90.00\nB,90.00\n")  # not committed: must not be read
    repo.write("care.csv", "line_id,code,care_date,number\n1,A,2026-02-01,3\n2,B,2026-02-01,1\n")
    code, output, complaint = repo.zc("diff", "HEAD~1", "HEAD", "lab/tests.zc", "--data", "care.csv")
    assert complaint == ""
    assert code == 0
    assert "\nfile prices.csv\n" in output
    assert "  + A,11.00\n" in output
    assert re.search(r"Old version +€ 50.00", output)
    assert re.search(r"New version +€ 53.00", output)
    told = json.loads(repo.zc("diff", "HEAD", "lab/tests.zc", "--data", "care.csv", "--format", "json")[1])
    assert (told["bridge"]["old"], told["bridge"]["new"]) == ("53", "360")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("nowhere", "HEAD", "contract.zc"), "ZC912", "no revision `nowhere`"),
        (("HEAD", "--", "--output=/tmp/x"), "ZC913", "not in revision"),
        (("HEAD", "HEAD", "other.zc"), "ZC913", "other.zc is not in revision `HEAD`"),
        (("HEAD", "HEAD", "/etc/passwd"), "ZC911", "not in a git repository"),
    ],
)
def test_what_is_not_there_is_said(repo: Repo, arguments: tuple[str, ...], code: str, words: str) -> None:
    found, output, complaint = repo.zc("diff", *arguments)
    assert (found, output) == (2, "")
    assert f"[{code}]" in complaint
    assert words in complaint


def test_outside_a_repository_and_files_that_are_not_there(repo: Repo) -> None:
    repo.folder = repo.folder.parent
    assert "[ZC911]" in repo.zc("diff", "HEAD", "HEAD", "x.zc")[2]
    assert "old.zc: No such file" in repo.zc("diff", "old.zc", "new.zc")[2]
    assert repo.zc("diff", "one.zc")[0] == 2


def test_a_revision_with_errors(repo: Repo) -> None:
    repo.edit(("at hourly", "at daily"))
    repo.commit("Broken")
    code, _, complaint = repo.zc("diff", "HEAD~1", "HEAD", "contract.zc")
    assert code == 2
    assert "HEAD:contract.zc:24:26: error[ZC" in complaint


def test_not_text(repo: Repo) -> None:
    (repo.folder / "contract.zc").write_bytes(CONTRACT.encode("utf-16"))
    repo.commit("UTF-16")
    assert "[ZC917]" in repo.zc("diff", "HEAD~1", "HEAD", "contract.zc")[2]


def test_exit_codes(indexed: Repo) -> None:
    arguments = ("diff", "HEAD~1", "contract.zc")
    assert indexed.zc(*arguments, "--exit-code")[0] == 1
    assert indexed.zc(*arguments, "--no-exit-code")[0] == 0
    assert indexed.zc("diff", "HEAD", "contract.zc", "--exit-code")[0] == 0
    assert indexed.zc("diff", "nowhere", "contract.zc", "--no-exit-code")[0] == 2
