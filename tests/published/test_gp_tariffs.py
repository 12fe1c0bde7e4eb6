"""The library contract for general practice pays at the tariffs that the care authority published."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from contractlang.api import load, settle
from tests.published.programmes import PUBLISHED, ROOT, needs_data, number, published

FILE = "nza_huisartsenzorg_tarieven_2026.csv"
CONTRACT = "gp_enrolment_consults_performance"
FOLDER = ROOT / "contracts" / "library" / "huisartsenzorg"
EXAMPLE = ROOT / "examples" / CONTRACT

pytestmark = needs_data


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_file_beside_the_contract_is_the_published_one() -> None:
    assert (FOLDER / FILE).read_bytes() == (PUBLISHED / FILE).read_bytes()


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
def test_what_is_paid_is_the_published_tariff(engine: str, language: str, tmp_path: Path) -> None:
    settle(load(FOLDER / f"{CONTRACT}.{language}.zc"), EXAMPLE, engine=engine, lines=tmp_path / "lines.csv")
    tariffs = {row["prestatie"]: number(row["tarief_na_herbeoordeling_eur"]) for row in published(FILE)}
    consults = _rows(EXAMPLE / "consults.csv")
    paid = [line for line in _rows(tmp_path / "lines.csv") if line["status"] == "paid"]
    enrolments = [number(line["payable"]) for line in paid if line["articles"] == "3"]
    assert len(enrolments) > 100
    assert set(enrolments) == {tariff for name, tariff in tariffs.items() if name.startswith("Inschrijving")}
    compared = 0
    for line in paid:
        if line["articles"] == "5":
            row = consults[int(line["row"]) - 1]
            tariff, times = tariffs[row["performance"]], number(row["consult_number"])
            assert tariff is not None
            assert times is not None
            assert number(line["payable"]) == tariff * times, row
            compared += 1
    assert compared > 100
