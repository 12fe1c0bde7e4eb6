"""Settling the contracts for the published programmes, and reading what the payer published."""

from __future__ import annotations

import csv
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from contractlang.api import load, settle
from contractlang.format.meaning import same_meaning
from contractlang.model.contract import Contract
from contractlang.statement.model import Statement

ROOT = Path(__file__).parents[2]
CONTRACTS = ROOT / "contracts" / "published"
PUBLISHED = ROOT.parent / "shared" / "published"

needs_data = [
    pytest.mark.shared,
    pytest.mark.skipif(not PUBLISHED.exists(), reason="the published settlements in ../shared are absent"),
]

Figures = dict[tuple[str, ...], tuple[Fraction | None, ...]]


@cache
def contract(name: str, language: str = "en") -> Contract:
    return load(CONTRACTS / f"{name}.{language}.zc")


def settled(name: str, file: str, engine: str, *, mapping: Path | None = None, lines: Path | None = None) -> Statement:
    return settle(contract(name), PUBLISHED / file, engine=engine, mapping=mapping, lines=lines)


def published(file: str) -> list[dict[str, str]]:
    with (PUBLISHED / file).open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def figures(statement: Statement, report: str) -> Figures:
    """The exact figures of a report by the values of its keys, in the order in which the contract shows them."""
    (found,) = (r for r in statement.reports if r.name == report)
    return {tuple(row.keys.values()): tuple(number(figure.value or "") for figure in row.figures) for row in found.rows}


def number(text: str) -> Fraction | None:
    """A published or settled number; none when the cell holds no number."""
    try:
        return Fraction(str(text))
    except ValueError:
        return None


def one_contract(name: str) -> None:
    """The Dutch and the English contract mean the same."""
    assert same_meaning(contract(name, "en"), contract(name, "nl")) == ""
