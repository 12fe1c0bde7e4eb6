"""Canonical text: idempotent, the same meaning, and there and back between the languages without loss."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contractlang.analysis.check import check
from contractlang.cli.main import contractlang
from contractlang.format.format import CannotFormat, format_text
from contractlang.format.meaning import same_meaning
from tests.differential.generate import Case, cases
from tests.differential.models import Models, models

ROOT = Path(__file__).parents[2]
FOLDERS = ("contracts", "examples", "benchmarks", "tests/acceptance", "tests/models", "grammar/starters")
CONTRACTS = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.zc"))

UNTIDY = """contract "Tidy me"   version "1"
  payer "Delta"
  provider     "West"
  term 2026-01-01 through 2026-12-31
  settle per month
  rounded half away from zero to €0.01 per row   # as the law says

# what is delivered
data care
  line_id / regel_id text key
  kind / soort one of A, B
  care_date / zorgdatum   date  decides year, tariff, period
  hours / uren  hours


tariff fee per hour by kind
  |kind|from 2026-01-01|
  | A|€61.89|
  |B | € 1,072.50 |
article 1 "Hours"
    > The payer pays hours at the fee.
    # per hour
    pay hours of care at fee
"""
TIDY = """contract "Tidy me" version "1"
  payer     "Delta"
  provider  "West"
  term      2026-01-01 through 2026-12-31
  settle    per month
  rounded   half away from zero to € 0.01 per row  # as the law says

# what is delivered
data care
  line_id / regel_id     text  key
  kind / soort           one of A, B
  care_date / zorgdatum  date  decides year, tariff, period
  hours / uren           hours

tariff fee per hour by kind
  | kind | from 2026-01-01 |
  | A    |         € 61.89 |
  | B    |      € 1,072.50 |

article 1 "Hours"
  > The payer pays hours at the fee.
  # per hour
  pay hours of care at fee
"""


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_idempotent_and_there_and_back(path: Path, tmp_path: Path) -> None:
    text, folder = path.read_text(encoding="utf-8"), str(path.parent)
    made = format_text(text, path.name, folder)
    assert format_text(made, path.name, folder) == made
    own = check(text, path.name, folder).document.source.language
    there = "en" if own == "nl" else "nl"
    other = format_text(made, path.name, folder, there)
    assert check(other, path.name, folder).document.source.language != own
    for framework in check(made, path.name, folder).frameworks:  # it is translated as well
        theirs = (path.parent / framework.file).read_text(encoding="utf-8")
        (tmp_path / framework.file).write_text(format_text(theirs, framework.file, folder, there), encoding="utf-8")
        folder = str(tmp_path)
    assert format_text(other, path.name, folder, own) == made


@given(st.one_of(cases(), models()))
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_generated_contracts_there_and_back(case: Case | Models) -> None:
    made = format_text(case.contract, "generated", ".")
    assert format_text(made, "generated", ".") == made
    dutch = format_text(made, "generated", ".", "nl")
    own, other = check(case.contract).contract, check(dutch).contract
    assert own is not None
    assert other is not None
    assert other.language == "nl"
    assert same_meaning(own, other) == ""
    assert format_text(dutch, "generated", ".", "en") == made


def test_layout() -> None:
    assert format_text(UNTIDY, "untidy.zc", "") == TIDY
    dutch = format_text(UNTIDY, "untidy.zc", "", "nl")
    assert 'zorgcontract "Tidy me" versie "1"' in dutch
    assert "  regel_id / line_id     tekst" in dutch
    assert "€ 1.072,50 |" in dutch
    assert "betaal uren van care tegen fee" in dutch
    assert "# as the law says" in dutch


def test_a_long_line_goes_on_after_a_comma() -> None:
    codes = ", ".join(f"CODE_{number}" for number in range(40))
    text = TIDY.replace("one of A, B", f"one of A, B, {codes}")
    made = format_text(text, "long.zc", "")
    assert max(map(len, made.splitlines())) <= 120
    assert format_text(made, "long.zc", "") == made


def test_a_contract_with_errors_is_left_alone() -> None:
    with pytest.raises(CannotFormat, match="errors"):
        format_text(TIDY.replace("pay hours of care", "pay hours of cure"), "bad.zc", "")


def test_a_difference_of_meaning_is_found() -> None:
    one, other = (check(text, "a.zc").contract for text in (TIDY, TIDY.replace("61.89", "61.98")))
    assert one is not None
    assert other is not None
    assert "61" in same_meaning(one, other) or "lookups" in same_meaning(one, other)
    assert same_meaning(one, one) == ""


def test_commands(tmp_path: Path) -> None:
    path = tmp_path / "contract.zc"
    path.write_text(UNTIDY, encoding="utf-8")
    run = CliRunner().invoke
    checked = run(contractlang, ["fmt", "--check", str(path)])
    assert checked.exit_code == 1
    assert "+  payer     " in checked.output
    assert path.read_text(encoding="utf-8") == UNTIDY
    assert run(contractlang, ["fmt", "--diff", str(path)]).exit_code == 1
    assert run(contractlang, ["fmt", str(path)]).exit_code == 0
    assert path.read_text(encoding="utf-8") == TIDY
    assert run(contractlang, ["fmt", "--check", str(path)]).exit_code == 0
    assert run(contractlang, ["fmt", "-"], input=UNTIDY).output == TIDY
    out = tmp_path / "overeenkomst.zc"
    assert run(contractlang, ["fmt", str(path), "--language", "nl", "--out", str(out)]).exit_code == 0
    assert out.read_text(encoding="utf-8").startswith("zorgcontract")
    refused = run(contractlang, ["fmt", str(path), "--language", "nl"])
    assert refused.exit_code == 2
    assert "--out" in refused.output
    path.write_text("contract broken\n", encoding="utf-8")
    assert run(contractlang, ["fmt", str(path)]).exit_code == 1
    assert path.read_text(encoding="utf-8") == "contract broken\n"
