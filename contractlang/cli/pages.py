"""The page of a code: what it means, what was written, what to write instead. From the messages and the samples alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from contractlang.analysis.check import check
from contractlang.base.diagnostics import messages
from contractlang.base.resources import grammar_folder
from contractlang.cli.findings import render

WORDS = {
    "en": {"written": "What was written", "said": "What the check says", "instead": "What to write instead",
           "none": "This code comes from data or from a settlement, not from the text of a contract.",
           "part": "These words stand inside other messages: they say what a cell of a column should hold.",
           "sample": "", "head": "Codes of the check"},
    "nl": {"written": "Wat er stond", "said": "Wat de controle zegt", "instead": "Wat te schrijven",
           "none": "Deze code komt uit gegevens of uit een afrekening, niet uit de tekst van een contract.",
           "part": "Deze woorden staan in andere meldingen: ze zeggen wat een cel van een kolom moet bevatten.",
           "sample": "Het voorbeeld is in het Engels gesteld; in een Nederlands contract staan de Nederlandse woorden.",
           "head": "Codes van de controle"},
}  # fmt: skip
PARTS = frozenset(f"ZC78{digit}" for digit in range(9))  # parts of messages about cells
_ARGUMENT = re.compile(r"\{\w+\}")


def codes() -> list[str]:
    """Every code that has a message, in order."""
    return sorted(messages())


def title(code: str, language: str) -> str:
    """The name of a fault, its first sentence when it has no name."""
    parts = messages()[code]
    if "title" in parts:
        return parts["title"][language]
    return _ARGUMENT.sub("…", parts["text"][language]).split(". ")[0].rstrip(".")


def sample(code: str) -> str | None:
    """A contract that raises this code; its first line is a comment that says what to write instead."""
    path = grammar_folder() / "samples" / f"{code}.zc"
    return path.read_text(encoding="utf-8") if path.exists() else None


def page(code: str, language: str) -> str:
    """The page of a code as Markdown. Raises KeyError when there is no such code."""
    parts, words = messages()[code], WORDS[language]
    lines = [f"# {code}: {title(code, language)}", "", _general(parts["text"][language]), ""]
    text = sample(code)
    if text is None:
        general = words["part"] if code in PARTS else _general(parts.get("help", {}).get(language, ""))
        return "\n".join([*lines, general, "", words["none"], ""])
    checked = check(text, f"{code}.zc", str(grammar_folder() / "samples"))
    named = [found for found in checked.findings if found.code == code]
    instead = text.split("\n", 1)[0].lstrip("# ").strip()
    holes = checked.holes if code == "ZC300" else ()
    source = checked.document.source
    foreign = [words["sample"], ""] if words["sample"] and source.language != language else []
    said = render(named[:1], replace(source, language=language), "full", holes)
    lines += [_general(parts.get("help", {}).get(language, "")), "", f"## {words['written']}", "", *foreign, "```"]
    lines += [text.split("\n", 1)[1].rstrip(), "```", "", f"## {words['said']}", "", "```", said, "```"]
    return "\n".join([*lines, "", f"## {words['instead']}", "", instead, ""])


def _general(text: str) -> str:
    return _ARGUMENT.sub("…", text)


def overview(language: str) -> str:
    """All codes with their names."""
    return "\n".join(f"{code}  {title(code, language)}" for code in codes())


def files() -> Iterator[tuple[str, str]]:
    """The pages of `docs/codes`: file name and text, English first, then Dutch."""
    for code in codes():
        yield f"{code}.md", page(code, "en") + "\n---\n\n" + page(code, "nl")
    listed = "\n".join(f"- [{code}]({code}.md) {title(code, 'en')} / {title(code, 'nl')}" for code in codes())
    yield "README.md", f"# {WORDS['en']['head']} / {WORDS['nl']['head']}\n\n{listed}\n"


def write(folder: Path) -> None:
    """Write all pages, and delete those of codes that are gone."""
    folder.mkdir(parents=True, exist_ok=True)
    made = dict(files())
    for old in folder.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(__file__).parents[2] / "docs" / "codes")
