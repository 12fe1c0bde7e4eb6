"""Findings and changes as annotations of lines: for GitHub Actions, and as SARIF for any other review tool."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from msgspec import Struct

from contractlang.report.document import Heading, Table
from contractlang.report.markdown import as_markdown, safe
from contractlang.report.words import Words

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
GITHUB = {"error": "error", "warning": "warning"}  # anything else is a notice
SARIF = {"error": "error", "warning": "warning"}  # anything else is a note


class Annotation(Struct, frozen=True):
    """Something to say at a line: `level` is error, warning or note; lines and columns from 1, 0 for a whole file."""

    file: str
    level: str
    code: str
    title: str
    message: str
    help: str = ""
    line: int = 0
    column: int = 0
    end: int = 0


def github(found: Sequence[Annotation]) -> str:
    """Workflow commands of GitHub Actions, one a line; empty when there is nothing to say."""
    return "".join(f"{_command(one)}\n" for one in found)


def _command(one: Annotation) -> str:
    places = {"file": one.file.replace("\\", "/")}
    if one.line:
        places["line"] = str(one.line)
    if one.column:
        places |= {"col": str(one.column), "endColumn": str(one.end)}
    places["title"] = f"{one.code} {one.title}".strip()
    told = ",".join(f"{name}={_escaped(value, True)}" for name, value in places.items())
    message = f"{one.message}\n{one.help}" if one.help else one.message
    return f"::{GITHUB.get(one.level, 'notice')} {told}::{_escaped(message, False)}"


def markdown(file: str, language: str, found: Sequence[Annotation]) -> str:
    """The findings of one file as Markdown, in `nl` or `en`, for a comment on a review."""
    words = Words(language)
    if not found:
        return f"## {safe(file)}\n\n{words('fine')}\n"
    headers = tuple(words(key) for key in ("line", "code", "finding"))
    rows = tuple((str(one.line or "–"), one.code, f"{one.message} {one.help}".strip()) for one in found)
    return as_markdown((Heading(file), Table(headers, (True, False, False), rows)))


def _escaped(text: str, value: bool) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if value else text


def sarif(found: Sequence[Annotation], version: str) -> str:
    """A SARIF 2.1.0 log of one run of this program, whose version it names."""
    rules: dict[str, dict[str, Any]] = {}
    for one in found:
        rules.setdefault(one.code, _rule(one))
    driver = {"name": "contractlang", "version": version, "rules": list(rules.values())}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, list(rules).index(one.code)) for one in found],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _rule(one: Annotation) -> dict[str, Any]:
    made: dict[str, Any] = {"id": one.code, "shortDescription": {"text": one.title or one.code}}
    return made | ({"help": {"text": one.help}} if one.help else {})


def _result(one: Annotation, rule: int) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(one.file.replace("\\", "/"))}}
    if one.line:
        place["region"] = {"startLine": one.line}
        if one.column:
            place["region"] |= {"startColumn": one.column, "endColumn": max(one.end, one.column)}
    level = SARIF.get(one.level, "note")
    message = {"text": f"{one.message} {one.help}".strip()}
    return {
        "ruleId": one.code, "ruleIndex": rule, "level": level, "message": message,
        "locations": [{"physicalLocation": place}],
    }  # fmt: skip
