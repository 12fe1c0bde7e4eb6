"""What a command found as annotations: findings of a check, and changes between two versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from contractlang.base.diagnostics import Diagnostic, word
from contractlang.base.source import Source
from contractlang.report.annotations import Annotation, github, sarif

if TYPE_CHECKING:
    from contractlang.compare.bridge import Bridge
    from contractlang.compare.versions import Compared

CHANGE = "contract-change"
EUROS = "contract-euros"


def written(found: Sequence[Annotation], style: str) -> str:
    """Annotations as `github` or `sarif`."""
    return github(found) if style == "github" else sarif(found, _version())


def of_findings(found: Iterable[Diagnostic], source: Source) -> Iterator[Annotation]:
    """The findings of a check, in the language of the contract."""
    for one in found:
        told = {part: word(one.code, part, source.language, one.arguments) for part in ("title", "text", "help")}
        level = one.severity if one.severity in ("error", "warning") else "note"
        name, place = source.located(one.place)
        places = place.line, place.column, place.end
        yield Annotation(name, level, one.code, told["title"], told["text"], told["help"], *places)


def of_changes(compared: Compared, bridged: Bridge | None, file: str, text: str) -> Iterator[Annotation]:
    """What changed, at the heads of the blocks in the new version of the file."""
    from contractlang.compare.differences import told
    from contractlang.report.chronicle import amounts
    from contractlang.report.told import told_lines
    from contractlang.report.words import Words

    words = Words(compared.language)
    lines = _heads(text)
    for change in compared.changes:
        title, *others = told_lines([told(change, compared.language)], words, "")
        line = lines.get((change.kind, change.name), 1)
        yield Annotation(file, "note", CHANGE, title, "\n".join(others) or title, line=line)
    if bridged is not None:
        yield Annotation(file, "note", EUROS, words("bridge"), amounts(bridged.old, bridged.new, words), line=1)


def _heads(text: str) -> dict[tuple[str, str], int]:
    """The line of the head of each block, by its kind and name as changes call them."""
    from contractlang.compare.parts import NoParts
    from contractlang.compare.reading import parts_of

    try:
        blocks = parts_of(text).blocks
    except NoParts:
        return {}
    found, start = {}, 1
    for block in blocks:
        kind, *names = block.key or ("",)
        found[kind, names[0].strip('"') if names else ""] = start + len(block.lead)
        start += len(tuple(block.text()))
    return found


def _version() -> str:
    try:
        return version("contractlang")
    except PackageNotFoundError:
        return "0"
