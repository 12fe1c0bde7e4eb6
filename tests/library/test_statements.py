"""Every statement in examples/ is what its contract gives today over the data beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from contractlang.cli.main import contractlang

ROOT = Path(__file__).parents[2]
STATEMENTS = sorted((ROOT / "examples").glob("*/statement.txt"))


def contract_of(statement: Path) -> Path:
    """The contract of an example, in English or Dutch as the statement is."""
    language = "en" if statement.read_text(encoding="utf-8").startswith("SETTLEMENT") else "nl"
    (found,) = (ROOT / "contracts" / "library").glob(f"*/{statement.parent.name}.{language}.zc")
    return found


def as_of(statement: Path) -> list[str]:
    """The day as of which the statement was made, as an option."""
    for line in statement.read_text(encoding="utf-8").splitlines():
        if line.startswith(("Settled as of", "Afgerekend per")):
            day = line.split()[-1]
            return [] if day == "–" else ["--as-of", "-".join(reversed(day.split("-"))) if day[2] == "-" else day]
    return []


def made(statement: Path) -> str:
    arguments = ["settle", str(contract_of(statement)), str(statement.parent), *as_of(statement)]
    result = CliRunner().invoke(contractlang, arguments)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda path: path.parent.name)
def test_the_statement_is_what_its_contract_gives(statement: Path) -> None:
    """Write them anew with: python -m tests.library.test_statements."""
    assert made(statement) == statement.read_text(encoding="utf-8")


def test_there_are_statements() -> None:
    assert len(STATEMENTS) >= 5


if __name__ == "__main__":
    for path in STATEMENTS:
        path.write_text(made(path), encoding="utf-8")
