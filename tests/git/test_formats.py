"""Outputs for reviews on a server, and the hooks before a commit."""

from __future__ import annotations

import json
import re
import shlex
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from contractlang.cli.main import contractlang
from contractlang.report.annotations import Annotation, github, sarif
from tests.git.repo import CARE, CONTRACT, Repo, needs_git

ROOT = Path(__file__).parents[2]
WRONG = CONTRACT.replace("at hourly", "at daily").replace("€ 52.45", "...")


def invoke(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(contractlang, list(arguments))
    return done.exit_code, done.output


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "my contract.zc"
    path.write_text(WRONG, encoding="utf-8")
    return path


def test_github(wrong: Path) -> None:
    code, output = invoke("check", str(wrong), "--output-format", "github")
    assert code == 1
    left_open, unknown = output.splitlines()
    assert left_open.startswith(f"::notice file={wrong},line=19,col=39,endColumn=42,title=ZC300 ")
    assert unknown.startswith(f"::error file={wrong},line=24,col=26,endColumn=31,title=ZC232 ")


def test_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "unused.zc"
    path.write_text(CONTRACT.replace("at hourly", "at € 3.00 per hour"), encoding="utf-8")
    code, output = invoke("check", str(path), "--output-format", "github")
    assert code == 0
    assert output.startswith(f"::warning file={path},line=17,col=8,endColumn=14,title=ZC280 ")
    run = json.loads(invoke("check", str(path), "--output-format", "sarif")[1])["runs"][0]
    assert [(result["ruleId"], result["level"]) for result in run["results"]] == [("ZC280", "warning")]


def test_what_could_end_an_annotation_is_escaped() -> None:
    made = github([Annotation("a,b:c.zc", "warning", "ZC1", "100 %\n::error::x", "one\ntwo: 5 %", "", 3)])
    assert made == "::warning file=a%2Cb%3Ac.zc,line=3,title=ZC1 100 %25%0A%3A%3Aerror%3A%3Ax::one%0Atwo: 5 %25\n"


def test_sarif(wrong: Path, tmp_path: Path) -> None:
    fine = tmp_path / "fine.zc"
    fine.write_text(CONTRACT, encoding="utf-8")
    code, output = invoke("check", str(wrong), str(fine), "--output-format", "sarif")
    assert code == 1
    log = json.loads(output)
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    run = log["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["ZC300", "ZC232"]
    assert [result["level"] for result in run["results"]] == ["note", "error"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"].endswith("my%20contract.zc")
        assert 0 < place["region"]["startColumn"] <= place["region"]["endColumn"]
    assert json.loads(sarif([], "1"))["runs"][0]["results"] == []


def test_markdown_and_text(wrong: Path, tmp_path: Path) -> None:
    fine = tmp_path / "fine.zc"
    fine.write_text(CONTRACT, encoding="utf-8")
    _, output = invoke("check", str(wrong), str(fine), "--output-format", "md")
    assert "| 24 | ZC232 | Nothing here is called daily." in output
    assert output.endswith("fine.zc\n\nFine.\n")
    assert invoke("check", str(wrong), "--output-format", "text") == invoke(
        "check", str(wrong), "--output-format", "full"
    )
    assert json.loads(invoke("check", str(fine), "--output-format", "json")[1]) == []


def test_a_comparison_as_annotations(tmp_path: Path) -> None:
    bonus = '\narticle 3 "Bonus"\n  pay € 10.00\n    per          calendar year\n    part year    full amount\n    instalments  none\n'
    texts = {
        "old.zc": CONTRACT,
        "new.zc": CONTRACT.replace("52.45", "53.00").replace("400.00", "500.00") + bonus,
        "care.csv": CARE,
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    old, new, data = (str(tmp_path / name) for name in texts)
    code, output = invoke("diff", old, new, "--data", data, "--output-format", "github")
    assert code == 0
    assert output.splitlines() == [
        f"::notice file={new},line=17,title=contract-change tariff hourly::row mbo, from 2026-07-01: € 52.45 → € 53.00",
        f'::notice file={new},line=27,title=contract-change article 2 "Ceiling"::limit article 1 to at most € 400.00 → € 500.00',
        f'::notice file={new},line=39,title=contract-change article 3 "Bonus"%3A added::+ pay € 10.00%0A+ per calendar year'
        "%0A+ part year full amount%0A+ instalments none",
        f"::notice file={new},line=1,title=contract-euros What it does in euros::€ 400.00 → € 437.50: € 37.50 in favour of the provider",
    ]
    log = json.loads(invoke("diff", old, new, "--output-format", "sarif")[1])
    assert {result["level"] for result in log["runs"][0]["results"]} == {"note"}


def hooks() -> dict[str, dict[str, str]]:
    """The hooks by id; the file is simple enough to read without a library."""
    found: dict[str, dict[str, str]] = {}
    for line in (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8").splitlines():
        if made := re.fullmatch(r"(?:- |  )(\w+): (.*)", line):
            if made[1] == "id":
                found[made[2]] = {}
            found[list(found)[-1]][made[1]] = made[2]
    return found


def test_the_hooks(tmp_path: Path) -> None:
    assert set(hooks()) == {"contractlang-check", "contractlang-fmt", "contractlang-test"}
    loose, fine = tmp_path / "loose.zc", tmp_path / "fine.zc"
    loose.write_text(CONTRACT.replace("pay minutes", "pay   minutes"), encoding="utf-8")
    fine.write_text(CONTRACT, encoding="utf-8")
    for hook in hooks().values():
        program, *arguments = shlex.split(hook["entry"])
        assert program == "contractlang"
        assert re.search(hook["files"], str(fine))
        assert invoke(*arguments, str(loose), str(fine))[0] == 0
    assert loose.read_text(encoding="utf-8") == CONTRACT  # a hook that writes a file stops the commit
    loose.write_text(WRONG, encoding="utf-8")
    for hook in hooks().values():
        assert invoke(*shlex.split(hook["entry"])[1:], str(loose))[0] == 1
    assert loose.read_text(encoding="utf-8") == WRONG


@needs_git
def test_a_hook_stops_a_commit(repo: Repo) -> None:
    hook = repo.folder / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\nexec contractlang check --output-format concise contract.zc\n", encoding="utf-8")
    hook.chmod(0o755)
    repo.environment["PATH"] = f"{Path(sys.executable).parent}:{repo.environment['PATH']}"
    repo.write("contract.zc", WRONG)
    code, output, complaint = repo.run("git", "commit", "-q", "-a", "-m", "Wrong")
    assert code == 1
    assert "ZC232" in output + complaint


@needs_git
def test_in_a_hook_revisions_are_those_of_its_repository(repo: Repo) -> None:
    """git tells its hooks where the repository is, from the folder in which it runs them."""
    repo.write("deep/contract.zc", CONTRACT)
    repo.commit("Deep")
    hook = repo.folder / ".git" / "hooks" / "pre-commit"
    hook.write_text(
        "#!/bin/sh\nexport GIT_DIR=.git\ncontractlang diff HEAD deep/contract.zc >&2 && exit 3\nexit 4\n",
        encoding="utf-8",
    )
    hook.chmod(0o755)
    repo.environment["PATH"] = f"{Path(sys.executable).parent}:{repo.environment['PATH']}"
    repo.edit(("€ 52.45", "€ 53.00"), name="deep/contract.zc")
    code, output, complaint = repo.run("git", "commit", "-a", "-m", "Index")
    assert code == 1
    assert "€ 53.00" in output + complaint
    assert "ZC9" not in output + complaint
