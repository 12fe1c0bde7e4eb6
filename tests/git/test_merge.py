"""`git merge` of branches of a contract, with real git."""

from __future__ import annotations

import json
from pathlib import Path

from tests.git.repo import CARE, CONTRACT, Repo, needs_git

pytestmark = needs_git
HBO = "  | hbo   |         € 74.90 |         € 76.70 |\n"


def total(repo: Repo) -> str:
    repo.write("care.csv", CARE)
    code, output, complaint = repo.zc("settle", "contract.zc", "care.csv", "--format", "json")
    assert code == 0, complaint
    return str(json.loads(output)["total"])


def merge(repo: Repo, branch: str) -> tuple[int, str]:
    code, output, complaint = repo.run("git", "merge", "--no-edit", branch)
    return code, output + complaint


def test_one_branch_indexes_and_the_other_changes_a_ceiling(ready: Repo) -> None:
    ready.branch("index", ("€ 52.45", "€ 53.00"), ("€ 76.70", "€ 77.50"))
    ready.branch("ceiling", ("€ 400.00", "€ 500.00"))
    assert total(ready) == "426.95"  # 5 hours at 74.90 and one at 52.45
    assert merge(ready, "index")[0] == 0
    assert ready.read() == CONTRACT.replace("52.45", "53.00").replace("76.70", "77.50").replace("400.00", "500.00")
    assert ready.zc("check", "contract.zc")[0] == 0
    assert total(ready) == "427.50"  # the hour of July at 53.00


def test_cells_of_one_table(ready: Repo) -> None:
    ready.branch("mbo", ("€ 52.45", "€ 53.00"))
    ready.branch("hbo", ("€ 76.70", "€ 77.50"))
    assert merge(ready, "mbo")[0] == 0
    assert ready.read() == CONTRACT.replace("52.45", "53.00").replace("76.70", "77.50")


def test_without_the_driver_git_itself_would_not_merge_them(repo: Repo) -> None:
    repo.branch("mbo", ("€ 52.45", "€ 53.00"))
    repo.branch("hbo", ("€ 76.70", "€ 77.50"))
    assert merge(repo, "mbo")[0] == 1


def test_the_same_cell_changed_differently(ready: Repo) -> None:
    ready.branch("low", ("€ 52.45", "€ 52.95"), ("€ 400.00", "€ 500.00"))
    ready.branch("high", ("€ 52.45", "€ 53.00"))
    code, told = merge(ready, "low")
    assert code == 1
    assert "contract.zc: 1 conflicts between the branches" in told
    assert "  tariff hourly, row mbo, from 2026-07-01: € 53.00 on the one side, € 52.95 on the other\n" in told
    assert "CONFLICT" in told
    assert ready.git("diff", "--cached").startswith(
        "contract.zc: not merged yet\n"
        "  tariff hourly, row mbo, from 2026-07-01: € 53.00 on the one side, € 52.95 on the other\n"
    )
    text = ready.read()
    assert text.count("<<<<<<< ours\ntariff hourly per hour by level\n") == 1
    assert "at most € 500.00" in text.split(">>>>>>> theirs")[1]
    assert ready.zc("check", "contract.zc")[0] == 1
    resolved = text.split("<<<<<<< ours\n")[0] + text.split("=======\n")[1].replace(">>>>>>> theirs\n", "")
    ready.write("contract.zc", resolved)
    ready.commit("Met")
    assert ready.read() == CONTRACT.replace("52.45", "52.95").replace("400.00", "500.00")


def test_a_new_date_and_a_new_level(ready: Repo) -> None:
    ready.branch(
        "level", (HBO, HBO + "  | wo    |         € 90.00 |         € 91.00 |\n"), ("mbo, hbo", "mbo, hbo, wo")
    )
    ready.branch(
        "october",
        ("from 2026-07-01 |", "from 2026-07-01 | from 2026-10-01 |"),
        ("€ 52.45 |", "€ 52.45 | € 60.00 |"),
        ("€ 76.70 |", "€ 76.70 | € 80.00 |"),
    )
    code, told = merge(ready, "level")
    assert code == 1
    assert "tariff hourly, row wo, from 2026-10-01: one side adds the row, the other the column" in told
    text = ready.read()
    ours = text.split("<<<<<<< ours\n")[1].split("=======\n")[0]
    filled = ours.replace("             ... |", "         € 95.00 |")
    before, after = text.split("<<<<<<< ours\n")[0], text.split(">>>>>>> theirs\n")[1]
    ready.write("contract.zc", before + filled + after)
    assert ready.zc("check", "contract.zc")[0] == 0


def test_each_branch_is_fine_and_together_they_are_not(ready: Repo) -> None:
    ready.branch("renamed", ("  minutes    minutes", "  spent      minutes"), ("pay minutes", "pay spent"))
    ready.branch("reason", ('"OUTSIDE-TERM"', '"NO-TIME"       when minutes at most 0\n  "OUTSIDE-TERM"'))
    code, told = merge(ready, "renamed")
    assert code == 1
    assert "each branch is fine, together they are not: code ZC232" in told
    assert "<<<<<<<" not in ready.read()
    assert ready.git("diff", "--name-only", "--diff-filter=U") == "contract.zc\n"


def test_a_branch_that_cannot_be_read_is_merged_by_line(ready: Repo) -> None:
    ready.branch("broken", ("at hourly", "at"))
    ready.branch("ceiling", ("€ 400.00", "€ 500.00"))
    code, told = merge(ready, "broken")
    assert code == 0
    assert "merged by line, since a version cannot be read" in told
    assert "  pay minutes of care at\n" in ready.read()
    assert "€ 500.00" in ready.read()
    ready.git("reset", "-q", "--hard", "HEAD~1")
    ready.edit(("at hourly", "at mbo"))
    ready.commit("Other")
    assert merge(ready, "broken")[0] == 1
    assert "<<<<<<< ours" in ready.read()


def test_a_rebase_and_a_cherry_pick(ready: Repo) -> None:
    ready.branch("mbo", ("€ 52.45", "€ 53.00"))
    ready.branch("hbo", ("€ 76.70", "€ 77.50"))
    ready.git("rebase", "-q", "mbo")
    assert ready.read() == CONTRACT.replace("52.45", "53.00").replace("76.70", "77.50")
    ready.git("checkout", "-q", "main")
    ready.edit(("| mbo   |         € 51.20", "| mbo   |         € 51.30"))
    ready.commit("January")
    ready.git("cherry-pick", "mbo")
    assert "| mbo   |         € 51.30 |         € 53.00 |" in ready.read()


def test_both_branches_add_the_contract(ready: Repo) -> None:
    """Without a common version there is nothing to merge by: git says so, and nothing is lost."""
    for branch, amount in (("left", "€ 500.00"), ("right", "€ 600.00")):
        ready.git("checkout", "-q", "-b", branch, "main")
        ready.write("second.zc", CONTRACT.replace("€ 400.00", amount))
        ready.commit(branch)
    assert merge(ready, "left")[0] == 1
    assert "€ 500.00" in ready.read("second.zc")
    assert "€ 600.00" in ready.read("second.zc")


def test_line_ends_of_windows_and_a_mark_at_the_start_stay(repo: Repo, tmp_path: Path) -> None:
    names = [str(tmp_path / name) for name in ("base.zc", "ours.zc", "theirs.zc")]
    texts = [CONTRACT, CONTRACT.replace("52.45", "53.00"), CONTRACT.replace("400.00", "500.00")]
    for name, text in zip(names, texts, strict=True):
        Path(name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert repo.zc("merge-driver", *names, "7", "contract.zc") == (0, "", "")
    both = CONTRACT.replace("52.45", "53.00").replace("400.00", "500.00")
    assert Path(names[1]).read_bytes() == b"\xef\xbb\xbf" + both.replace("\n", "\r\n").encode()
    assert repo.zc("merge-driver", names[0], str(tmp_path / "gone"), names[2], "7", "x.zc")[0] == 2
