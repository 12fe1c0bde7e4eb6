"""The schemas say what the readers accept."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from contractlang.data.schema import csv_header, description, json_schema, pattern, table_schema
from contractlang.engine.oracle.cells import Unreadable, read_cell
from contractlang.model.contract import Contract
from contractlang.model.tables import Column, EmptyMeans, Kind
from tests.data.malformed_contract import CARE
from tests.engine.build import column, contract

COLUMNS = (
    column("line_id"),
    replace(column("hours number.2"), word="hours", headings=("Uren", "hours")),
    replace(column("share number.6"), word="percent", percent=True),
    column("urgent truth"),
    column("care_date date"),
    replace(column("ended date"), empty=EmptyMeans.NO_END),
    replace(column("level", codes=("mbo", "hbo")), word="one of"),
    replace(column("rows number.0?"), word="count"),
    column("note", used=False),
)
TABLE = replace(CARE, columns=COLUMNS, submitted="hours")


def of(language: str) -> Contract:
    return contract(TABLE, language=language)


def described(name: str, language: str) -> str:
    return description(of(language), TABLE, TABLE.column(name))


def test_descriptions_are_in_the_language_of_the_contract() -> None:
    assert described("hours", "en") == "hours; at most 2 decimals; the amount claimed; may not be empty"
    assert described("hours", "nl") == "uren; ten hoogste 2 decimalen; het gedeclareerde bedrag; mag niet leeg zijn"
    assert described("share", "nl").startswith("procent; ten hoogste 6 decimalen; 4.74 betekent 4,74 %")
    assert described("care_date", "nl") == "datum; bepaalt: jaar, tarief, periode; mag niet leeg zijn"
    assert described("level", "en") == "one of: mbo, hbo; may not be empty"
    assert described("ended", "nl") == "datum; leeg: geen einde"
    assert described("rows", "en") == "count; no decimals; empty: not known"
    assert described("note", "nl") == "tekst; niet nodig"


def test_table_schema() -> None:
    made = table_schema(of("en"), TABLE)
    fields = {field["name"]: field for field in made["fields"]}
    assert made["name"] == "care"
    assert made["primaryKey"] == ["line_id"]
    assert list(fields) == ["line_id", "Uren", "share", "urgent", "care_date", "ended", "level", "rows", "note"]
    assert fields["Uren"] | {"description": ""} == {
        "name": "Uren", "type": "number", "constraints": {"required": True}, "decimalChar": ".", "decimals": 2,
        "description": "",
    }  # fmt: skip
    assert fields["level"]["constraints"] == {"required": True, "enum": ["mbo", "hbo"]}
    assert fields["care_date"]["format"] == "%Y-%m-%d"
    assert not fields["ended"]["constraints"]["required"]
    assert not fields["note"]["constraints"]["required"]


def test_json_schema() -> None:
    made = json_schema(of("nl"), TABLE)
    assert made["required"] == ["line_id", "Uren", "share", "urgent", "care_date", "ended", "level", "rows"]
    assert made["properties"]["level"]["enum"] == ["mbo", "hbo"]
    assert {"const": ""} in made["properties"]["rows"]["anyOf"]
    assert made["properties"]["line_id"]["minLength"] == 1


@pytest.mark.parametrize(
    "text", ["1", "-1", "1.5", "1.25", "1.255", ".5", "5.", "1,5", "+1", "1e3", "--1", "", "0012", "１"]
)
@pytest.mark.parametrize("decimals", [0, 2])
def test_pattern_takes_what_the_reader_takes(text: str, decimals: int) -> None:
    one = Column("hours", ("hours",), Kind.NUMBER, "hours", decimals)
    try:
        readable = read_cell(text, one, ".", "iso") is not None
    except Unreadable:
        readable = False
    assert bool(re.search(pattern(one), text)) is readable


def test_csv_header() -> None:
    assert csv_header(of("nl"), TABLE) == "line_id,Uren,share,urgent,care_date,ended,level,rows,note\n"
