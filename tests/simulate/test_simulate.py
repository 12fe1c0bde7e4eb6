"""What if: scenarios over a contract and its data, against figures worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from contractlang.cli.main import contractlang

ROOT = Path(__file__).parents[2]
CONTRACT = str(ROOT / "examples" / "youth_care" / "contract.zc")
DATA = str(ROOT / "examples" / "youth_care")


def run(*arguments: str) -> Any:
    result = CliRunner().invoke(contractlang, ["simulate", CONTRACT, DATA, *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def totals(*arguments: str) -> list[str]:
    return [one["total"] for one in json.loads(run(*arguments, "--format", "json"))["scenarios"]]


def test_a_ceiling_is_put_at_other_amounts() -> None:
    """The care comes to € 18,533.42: without a binding ceiling that is paid, the ceiling of now cuts € 880.12."""
    assert totals("--set", "article 9 ceiling = € 10,000.00, € 20,000.00") == ["13653.30", "18533.42"]


def test_no_more_and_no_fewer_clients_is_the_contract_as_it_stands() -> None:
    made = json.loads(run("--vary", "volume of care 0 %..20 % step 20 %", "--seed", "7", "--format", "json"))
    assert made["scenarios"][0]["total"] == made["as_it_stands"]["total"] == "17653.30"


def test_one_seed_is_one_draw() -> None:
    asked = ("--vary", "volume of care -20 %..20 % step 20 %", "--seed", "7")
    assert totals(*asked) == totals(*asked)


@pytest.mark.parametrize("asked", ["article 99 ceiling = € 1.00", "nothing of the kind"])
def test_a_place_that_is_not_there_is_told(asked: str) -> None:
    result = CliRunner().invoke(contractlang, ["simulate", CONTRACT, DATA, "--set", asked])
    assert result.exit_code == 2
    assert "ZC92" in result.output
    assert "Traceback" not in result.output
