"""git-setup: what it writes, that it writes it once, and that --undo leaves no trace."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from contractlang.git.run import GitFault
from contractlang.git.settings import ATTRIBUTES, heads, settings
from contractlang.git.setup import place, set_up, take_away
from tests.git.repo import Repo, needs_git

pytestmark = needs_git


def config(repo: Repo) -> bytes:
    return (repo.folder / ".git" / "config").read_bytes()


def test_setup_and_undo_leave_no_trace(repo: Repo) -> None:
    before = config(repo)
    code, output, _ = repo.zc("git-setup")
    assert code == 0
    assert repo.read(".gitattributes") == ATTRIBUTES + "\n"
    for key, value in settings().items():
        assert repo.git("config", "--get", key).rstrip("\n") == value
        assert f"added: {key}" in output
    code, output, _ = repo.zc("git-setup", "--undo")
    assert code == 0
    assert "removed: diff.zc.command" in output
    assert not (repo.folder / ".gitattributes").exists()
    assert config(repo) == before


def test_a_second_time_changes_nothing(ready: Repo) -> None:
    before = config(ready)
    code, output, _ = ready.zc("git-setup")
    assert code == 0
    assert "added" not in output
    assert "was there: diff.zc.textconv" in output
    assert config(ready) == before
    assert ready.read(".gitattributes").count("*.zc") == 1


@pytest.mark.parametrize("there", ["*.csv -text\n", "*.csv -text", "# ours\r\n*.csv -text\r\n", ""])
def test_other_lines_of_gitattributes_stay(repo: Repo, there: str) -> None:
    path = repo.folder / ".gitattributes"
    path.write_bytes(there.encode())
    repo.zc("git-setup")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines == [*there.splitlines(), ATTRIBUTES]
    repo.zc("git-setup", "--undo")
    assert path.read_bytes() == there.encode()


def test_what_was_there_before_is_not_taken_away(repo: Repo) -> None:
    repo.write(".gitattributes", ATTRIBUTES + "\n")
    repo.git("config", "diff.zc.xfuncname", "^mine")
    _, output, _ = repo.zc("git-setup")
    assert "left as it is: diff.zc.xfuncname  ^mine" in output
    repo.zc("git-setup", "--undo")
    assert repo.read(".gitattributes") == ATTRIBUTES + "\n"
    assert repo.git("config", "--get", "diff.zc.xfuncname") == "^mine\n"


def test_a_setting_changed_since_stays(ready: Repo) -> None:
    ready.git("config", "diff.zc.command", "other")
    _, output, _ = ready.zc("git-setup", "--undo")
    assert "left as it is: diff.zc.command  other" in output
    assert ready.git("config", "--get", "diff.zc.command") == "other\n"


def test_another_installation_takes_over(repo: Repo) -> None:
    repo.zc("git-setup")
    repo.git("config", "diff.zc.command", "/old/contractlang git-diff")
    noted = "contractlang.added"
    repo.git("config", "--replace-all", noted, "diff.zc.command=/old/contractlang git-diff", "^diff[.]zc[.]command=")
    _, output, _ = repo.zc("git-setup")
    assert "brought up to date: diff.zc.command" in output
    repo.zc("git-setup", "--undo")
    assert repo.run("git", "config", "--get", "diff.zc.command")[0] == 1


def test_for_every_repository(repo: Repo) -> None:
    code, output, _ = repo.zc("git-setup", "--global")
    assert code == 0
    assert "Every repository" in output
    assert (repo.home / "config" / "git" / "attributes").read_text(encoding="utf-8") == ATTRIBUTES + "\n"
    assert not (repo.folder / ".gitattributes").exists()
    repo.edit(("€ 52.45", "€ 53.00"))
    assert "€ 52.45 → € 53.00" in repo.git("diff")
    repo.zc("git-setup", "--global", "--undo")
    assert not (repo.home / "config" / "git" / "attributes").exists()
    assert "+  | mbo" in repo.git("diff")


def test_outside_a_repository(repo: Repo, tmp_path: Path) -> None:
    repo.folder = tmp_path
    for language, said in (("en_US.UTF-8", "not in a git repository"), ("nl_NL.UTF-8", "niet in een git-repository")):
        repo.environment["LC_ALL"] = language
        code, _, complaint = repo.zc("git-setup")
        assert code == 2
        assert "[ZC911]" in complaint
        assert said in complaint


def test_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitFault) as fault:
        place(tmp_path, False)
    assert fault.value.code == "ZC910"


def test_from_a_folder_of_the_repository(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in repo.environment.items():
        monkeypatch.setenv(name, value)
    (repo.folder / "deep" / "er").mkdir(parents=True)
    steps = set_up(place(repo.folder / "deep" / "er", False))
    assert {step.what for step in steps} == {"added"}
    assert (repo.folder / ".gitattributes").exists()
    assert {step.what for step in take_away(place(repo.folder, False))} == {"removed"}
    assert {step.what for step in take_away(place(repo.folder, False))} == {"absent"}


def test_the_heads_of_blocks_are_shown_in_both_languages() -> None:
    assert all(word in heads() for word in ("|tariff|", "|tarief|", "|article|", "|artikel|", "zorgcontract|"))
    assert os.sep == "/" or "\\" not in settings()["diff.zc.command"]
