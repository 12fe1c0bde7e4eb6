"""The statement as data: figures as text, one schema that is current, nothing that can be changed afterwards."""

from __future__ import annotations

import json
from fractions import Fraction

import msgspec
import pytest
from msgspec import ValidationError

from contractlang.statement.figures import cents_of, figure, fraction_of, money
from contractlang.statement.model import SCHEMA_FILE, PartyTotal, Statement, schema_text


def test_the_schema_file_is_current() -> None:
    """Write it anew with: python -m contractlang.statement."""
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text()


def test_the_schema_asks_for_amounts_as_text_with_two_decimals() -> None:
    total = json.loads(schema_text())["properties"]["total"]
    assert total["type"] == "string"
    with pytest.raises(ValidationError):
        msgspec.json.decode(b'{"party": null, "period": null, "amount": "12.5"}', type=PartyTotal)


def test_a_statement_cannot_be_changed() -> None:
    part = PartyTotal(party=None, period=None, amount="12.50")
    with pytest.raises(AttributeError):
        part.amount = "0.00"  # type: ignore[misc]
    assert Statement.__struct_config__.frozen


@pytest.mark.parametrize(
    ("amount", "text"), [(0, "0.00"), (-88012, "-880.12"), (5, "0.05"), (-5, "-0.05"), (123456789, "1234567.89")]
)
def test_money(amount: int, text: str) -> None:
    assert money(amount) == text
    assert cents_of(text) == amount


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(5), "5"),
        (Fraction(-5, 2), "-2.5"),
        (Fraction(1, 8), "0.125"),
        (Fraction(47, 57), "47/57"),
        (Fraction(-1, 3), "-1/3"),
        (Fraction(0), "0"),
        (Fraction(1, 1000), "0.001"),
    ],
)
def test_figures_are_decimals_when_they_end_and_else_ratios(value: Fraction, text: str) -> None:
    assert figure(value) == text
    assert fraction_of(text) == value
