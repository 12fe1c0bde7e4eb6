"""The data that a contract needs, for those who deliver it: Table Schema, JSON Schema, the header of a CSV."""

from __future__ import annotations

import csv
import io
from typing import Any as Anything

from contractlang.model.contract import Contract
from contractlang.model.tables import Column, EmptyMeans, Kind, Table

WORDS = {
    "en": {"decimals": "at most {n} decimals", "decides": "decides {roles}", "key": "key", "claimed": "the amount claimed"},
    "nl": {"decimals": "ten hoogste {n} decimalen", "decides": "bepaalt {roles}", "key": "sleutel", "claimed": "het gedeclareerde bedrag"},
}  # fmt: skip
TYPES = {Kind.TEXT: "string", Kind.DATE: "date", Kind.NUMBER: "number", Kind.TRUTH: "boolean"}


def heading(column: Column) -> str:
    """The heading that a file should have."""
    return column.headings[0] if column.headings else column.name


def description(contract: Contract, table: Table, column: Column) -> str:
    """What a column is, in the language of the contract."""
    words = WORDS[contract.language]
    parts = [column.word]
    if column.kind is Kind.NUMBER:
        parts.append(words["decimals"].format(n=column.decimals))
    roles = [d.role.value for d in table.deciding if any(getattr(day, "column", None) == column.name for _, day in d.dates)]
    parts += [words["decides"].format(roles=", ".join(roles))] if roles else []
    parts += [words["key"]] if column.name == table.key else []
    parts += [words["claimed"]] if column.name == table.submitted else []
    return "; ".join(parts)


def pattern(column: Column) -> str:
    """The texts that a number cell may hold."""
    return rf"^-?[0-9]+(\.[0-9]{{1,{column.decimals}}})?$" if column.decimals else r"^-?[0-9]+$"


def table_schema(contract: Contract, table: Table) -> dict[str, Anything]:
    """A Frictionless Table Schema."""
    fields = []
    for column in table.columns:
        constraints: dict[str, Anything] = {"required": column.used and column.empty is EmptyMeans.MISSING}
        if column.codes:
            constraints["enum"] = list(column.codes)
        field: dict[str, Anything] = {"name": heading(column), "type": TYPES[column.kind], "constraints": constraints}
        if column.kind is Kind.TRUTH:
            field |= {"trueValues": ["yes", "ja", "true", "1"], "falseValues": ["no", "nee", "false", "0"]}
        if column.kind is Kind.DATE:
            field["format"] = "%Y-%m-%d"
        fields.append({**field, "description": description(contract, table, column)})
    made: dict[str, Anything] = {"name": table.name, "fields": fields, "missingValues": [""]}
    if table.key:
        made["primaryKey"] = [heading(table.column(table.key))]
    return made


def json_schema(contract: Contract, table: Table) -> dict[str, Anything]:
    """A JSON Schema of one row, every cell a text as in a CSV."""
    properties: dict[str, Anything] = {}
    for column in table.columns:
        entry: dict[str, Anything] = {"type": "string", "description": description(contract, table, column)}
        if column.codes:
            entry["enum"] = list(column.codes) + ([""] if column.empty is not EmptyMeans.MISSING else [])
        elif column.kind is Kind.NUMBER:
            entry["pattern"] = pattern(column)
        elif column.kind is Kind.DATE:
            entry["format"] = "date"
        elif column.kind is Kind.TRUTH:
            entry["enum"] = ["yes", "no"]
        properties[heading(column)] = entry
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{contract.name}: {table.name}",
        "type": "object",
        "properties": properties,
        "required": [heading(column) for column in table.columns if column.used],
    }


def csv_header(contract: Contract, table: Table) -> str:
    """An empty CSV: the headings that the contract knows."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([heading(column) for column in table.columns])
    return out.getvalue()
