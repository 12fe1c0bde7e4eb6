"""The data that a contract needs, for those who deliver it: Table Schema, JSON Schema, the header of a CSV."""

from __future__ import annotations

import csv
import io
from typing import Any as Anything

from contractlang.data.headings import names_of, type_words
from contractlang.model.contract import Contract
from contractlang.model.tables import Column, EmptyMeans, Kind, Table
from contractlang.syntax.words import wording

WORDS = {
    "en": {
        "decimals": "at most {n} decimals", "whole": "no decimals", "key": "the key of the row", "unused": "not needed",
        "submitted": "the amount claimed", "decides": "decides the {roles}", "percent": "4.74 means 4.74 %",
        "empty": {"missing": "may not be empty", "unknown": "empty: not known", "zero": "empty: 0", "no_end": "empty: no end",
                  "no_limit": "empty: no limit"},
    },
    "nl": {
        "decimals": "ten hoogste {n} decimalen", "whole": "geen decimalen", "key": "de sleutel van de rij", "unused": "niet nodig",
        "submitted": "het gedeclareerde bedrag", "decides": "bepaalt: {roles}", "percent": "4.74 betekent 4,74 %",
        "empty": {"missing": "mag niet leeg zijn", "unknown": "leeg: niet bekend", "zero": "leeg: 0", "no_end": "leeg: geen einde",
                  "no_limit": "leeg: geen grens"},
    },
}  # fmt: skip
ROLES = {"year": "_R_YEAR", "tariff": "_R_TARIFF", "period": "_R_PERIOD", "receipt": "_R_RECEIPT"}
TYPES = {Kind.TEXT: "string", Kind.DATE: "date", Kind.NUMBER: "number", Kind.TRUTH: "boolean"}
YES, NO = ["yes", "ja", "y", "j", "true", "1"], ["no", "nee", "n", "false", "0"]


def heading(column: Column) -> str:
    """The heading that a file should have."""
    return names_of(column)[0]


def description(contract: Contract, table: Table, column: Column) -> str:
    """What a column is, in the language of the contract."""
    words: dict[str, Anything] = WORDS[contract.language]
    parts = [type_words(column, contract.language)]
    if column.kind is Kind.NUMBER:
        parts.append(words["decimals"].format(n=column.decimals) if column.decimals else words["whole"])
    parts += [words["percent"]] if column.percent else []
    roles = [
        wording(ROLES[one.role.value], contract.language)
        for one in table.deciding
        if any(getattr(day, "column", None) == column.name for _, day in one.dates)
    ]
    parts += [words["decides"].format(roles=", ".join(roles))] if roles else []
    parts += [words["key"]] if column.name == table.key else []
    parts += [words["submitted"]] if column.name == table.submitted else []
    parts.append(words["empty"][column.empty.value] if column.used else words["unused"])
    return "; ".join(parts)


def pattern(column: Column) -> str:
    """The texts that a number cell may hold: an optional minus, digits, at most the decimals that the contract allows."""
    return rf"^-?[0-9]+(\.[0-9]{{1,{column.decimals}}})?$" if column.decimals else r"^-?[0-9]+$"


def table_schema(contract: Contract, table: Table) -> dict[str, Anything]:
    """A Frictionless Table Schema. `decimals` of a number field is an addition of ours: the standard has no such word."""
    fields = []
    for column in table.columns:
        constraints: dict[str, Anything] = {"required": _filled(column)}
        if column.codes and column.kind is Kind.TEXT:
            constraints["enum"] = list(column.codes)
        field: dict[str, Anything] = {"name": heading(column), "type": TYPES[column.kind], "constraints": constraints}
        if column.kind is Kind.TRUTH:
            field |= {"trueValues": YES, "falseValues": NO}
        if column.kind is Kind.DATE:
            field["format"] = "%Y-%m-%d"
        if column.kind is Kind.NUMBER:
            field |= {"decimalChar": ".", "decimals": column.decimals}
        fields.append({**field, "description": description(contract, table, column)})
    made: dict[str, Anything] = {"name": table.name, "fields": fields, "missingValues": [""]}
    if table.key:
        made["primaryKey"] = [heading(table.column(table.key))]
    return made


def json_schema(contract: Contract, table: Table) -> dict[str, Anything]:
    """A JSON Schema of one row, every cell a text as in a CSV."""
    properties = {}
    for column in table.columns:
        entry = _texts(column)
        if not _filled(column) and entry != {"type": "string"}:
            entry = {"anyOf": [{"const": ""}, entry]}
        elif _filled(column):
            entry |= {"minLength": 1}
        properties[heading(column)] = {**entry, "description": description(contract, table, column)}
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


def _filled(column: Column) -> bool:
    return column.used and column.empty is EmptyMeans.MISSING


def _texts(column: Column) -> dict[str, Anything]:
    """The texts that a filled cell may hold."""
    if column.kind is Kind.NUMBER:
        return {"type": "string", "pattern": pattern(column)}
    if column.kind is Kind.DATE:
        return {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    if column.kind is Kind.TRUTH:
        return {"type": "string", "enum": YES + NO}
    return {"type": "string", "enum": list(column.codes)} if column.codes else {"type": "string"}
