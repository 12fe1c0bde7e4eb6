"""`test` writes outcomes in the notation of the contract; JSON has one notation."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from contractlang.cli.main import contractlang

CONTRACT = Path(__file__).parents[2] / "contracts" / "mechanisms" / "A1_fee_for_service.per_row.nl.zc"


def test_outcomes_stand_in_the_notation_of_the_contract(tmp_path: Path) -> None:
    lines = CONTRACT.read_text(encoding="utf-8").splitlines()
    lines = [
        "  verwacht artikel 2 = € 1.083,00" if line.startswith("  verwacht artikel 2 =") else line for line in lines
    ]
    path = tmp_path / "c.zc"
    path.write_text("\n".join(lines), encoding="utf-8")
    said = CliRunner().invoke(contractlang, ["test", str(path)])
    assert said.exit_code == 1
    assert "verwacht € 1.083,00, uitkomst € 29,46, verschil € -1.053,54" in said.output
    said = CliRunner().invoke(contractlang, ["test", str(path), "--format", "json"])
    assert '"expected": "€ 1083.00"' in said.output
