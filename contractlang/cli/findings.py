"""Findings for people and for machines: one renderer per format."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NoReturn

import click

from contractlang.base.beside import MOST_BYTES
from contractlang.base.diagnostics import Diagnostic, word
from contractlang.base.source import Source
from contractlang.model.contract import Hole

LABELS = {
    "en": {"error": "error", "warning": "warning", "hole": "left open", "help": "help", "instead": "write", "or": "or"},
    "nl": {
        "error": "fout",
        "warning": "let op",
        "hole": "opengelaten",
        "help": "hulp",
        "instead": "schrijf",
        "or": "of",
    },
}
SUMMARY = {
    "en": ("{name}: {errors} errors, {warnings} warnings, {holes} left open", "{name}: fine", "1 error"),
    "nl": ("{name}: {errors} fouten, {warnings} waarschuwingen, {holes} opengelaten", "{name}: in orde", "1 fout"),
}


def read_text(path: str) -> str:
    """The text of a contract file. Leaves the program with code 2 and a clear message when it cannot be read."""
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as fault:
        leave(f"{path}: {fault.strerror}")
    if len(data) > MOST_BYTES:
        leave(f"{path}: larger than 20 MB; a contract is text, data belongs in a file beside it")
    if b"\0" in data:
        leave(f"{path}: this is no text file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        leave(f"{path}:{line}: not UTF-8. Save the contract as UTF-8 (in a text editor: Save as, encoding UTF-8)")


def leave(message: str, code: int = 2) -> NoReturn:
    """Stop with one line and an exit code: 1 for a finding about the contract or its data, 2 for wrong use."""
    click.echo(f"contractlang: {message}", err=True)
    raise click.exceptions.Exit(code)


def leave_coded(code: str, arguments: Mapping[str, str], exit_code: int = 2, language: str = "") -> NoReturn:
    """Stop with a coded fault and what to do about it: in this language, or that of the person when it belongs to no contract."""
    language = language or person_language()
    text, help_text = (word(code, part, language, arguments) for part in ("text", "help"))
    click.echo(f"contractlang: [{code}] {text}" + (f"\n  {help_text}" if help_text else ""), err=True)
    raise click.exceptions.Exit(exit_code)


def render(findings: Iterable[Diagnostic], source: Source, style: str, holes: Iterable[Hole] = ()) -> str:
    """Findings as text: `full` with the excerpt, `concise` one line each, `json`."""
    every = in_order(findings, holes)
    if style == "json":
        return json.dumps([_as_dict(found, source) for found in every], ensure_ascii=False, indent=1)
    if style == "concise":
        return "\n".join(_concise(found, source) for found in every)
    return "\n\n".join(_full(found, source) for found in every)


def in_order(findings: Iterable[Diagnostic], holes: Iterable[Hole] = ()) -> list[Diagnostic]:
    """Findings and holes in the order of the text."""
    every = [*findings, *(Diagnostic("ZC300", hole.place, {"what": hole.what}, severity="hole") for hole in holes)]
    return sorted(every, key=lambda found: (found.place.line, found.place.column))


def _head(found: Diagnostic, source: Source) -> str:
    name, place = source.located(found.place)
    at = f"{name}:{place.line}:{place.column}" if place.line else name
    return f"{at}: {LABELS[source.language][found.severity]}[{found.code}]"


def _concise(found: Diagnostic, source: Source) -> str:
    return f"{_head(found, source)}: {word(found.code, 'text', source.language, found.arguments)}"


def _full(found: Diagnostic, source: Source) -> str:
    language, labels = source.language, LABELS[source.language]
    lines = [_concise(found, source)]
    excerpt = source.excerpt(found.place).replace("\t", " ")
    if excerpt and found.place.line:
        number = str(source.located(found.place)[1].line)
        shown, shift = _window(excerpt, found.place.column)
        start = max(0, found.place.column - 1 - shift)
        width = max(1, min(found.place.end, len(excerpt) + 1) - found.place.column)
        lines += [f"  {number} | {shown}", f"  {' ' * len(number)} | {' ' * start}{'^' * min(width, 96)}"]
    fixes = [fix.strip() for fix in found.fixes if fix.strip()]  # what must be left out has nothing to write instead
    if fixes:
        lines.append(f"  {labels['instead']}: " + f" {labels['or']} ".join(fixes))
    help_text = word(found.code, "help", language, found.arguments)
    if help_text:
        lines.append(f"  {labels['help']}: {help_text}")
    return "\n".join(lines)


def _window(excerpt: str, column: int) -> tuple[str, int]:
    """At most 110 characters of a long line around the place."""
    if len(excerpt) <= 110:
        return excerpt, 0
    start = max(0, min(column - 50, len(excerpt) - 110))
    return excerpt[start : start + 110], start


def _as_dict(found: Diagnostic, source: Source) -> Mapping[str, object]:
    texts = {part: word(found.code, part, source.language, found.arguments) for part in ("title", "text", "help")}
    name, place = source.located(found.place)
    return {
        "file": name,
        "line": place.line,
        "column": place.column,
        "end_column": place.end,
        "code": found.code,
        "severity": found.severity,
        "title": texts["title"],
        "message": texts["text"],
        "help": texts["help"],
        "fixes": list(found.fixes),
    }


def summary(name: str, language: str, errors: int, warnings: int, holes: int) -> str:
    """One closing line."""
    many, fine, _ = SUMMARY[language]
    template = many if errors or warnings or holes else fine
    return template.format(name=name, errors=errors, warnings=warnings, holes=holes)


def person_language(default: str = "en") -> str:
    """The language of the person, from the environment: for faults that belong to no contract."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "nl" if locale.startswith("nl") else default
