"""What the parse table itself proves about the language."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractlang.syntax.grammar import build, competing_names, parse_line, table
from contractlang.syntax.lex import LineLexer, Stuck, can_shift
from contractlang.syntax.parse import BELOW, INSIDE
from contractlang.syntax.split import Item, physical_lines, split
from contractlang.syntax.words import LANGUAGES, spellings

ROOT = Path(__file__).parents[2]
# phrases that no contract or sample of this repository uses yet
NOT_YET_USED: frozenset[str] = frozenset(
    [
        "_GREATEST_OF",
        "_LAST_INDEXED",
        "_NO",
        "_PER_QUARTER",
        "_PER_YEAR",
        "_STOPS",
        "_UPPER_EDGE",
        "_U_MONTHS",
        "_WITHOUT_AMOUNT",
        "_YES",
    ]
)


def test_no_conflicts() -> None:
    assert build(strict=True)


def test_both_languages_word_the_same_phrases() -> None:
    nl, en = (set(spellings(language)) for language in LANGUAGES)
    assert nl == en
    declared = {name for actions in table().values() for name in actions if name.startswith("_") and name.isupper()}
    assert declared <= nl | {"_COMMA", "_SLASH", "_EQUALS"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_phrases_of_one_text_in_one_state(language: str) -> None:
    by_text: dict[str, list[str]] = {}
    for terminal, texts in spellings(language).items():
        for text in texts:
            by_text.setdefault(text, []).append(terminal)
    for text, terminals in by_text.items():
        for actions in table().values():
            here = [terminal for terminal in terminals if terminal in actions]
            assert len(here) < 2, (text, here)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_names_that_compete_are_documented(language: str) -> None:
    page = (ROOT / "docs" / "language-names.md").read_text(encoding="utf-8")
    heading = {"nl": "## Nederlands", "en": "## English"}[language]
    section = page.split(heading)[1].split("\n## ")[0]
    listed = {line.split("`")[1] for line in section.splitlines() if line.startswith("- `")}
    assert listed == competing_names(language)


def _used() -> set[tuple[str, str]]:
    """(language, terminal) of every phrase that a contract, example or sample of the repository uses."""
    found: set[tuple[str, str]] = set()
    folders = ("contracts", "grammar", "examples", "tests", "benchmarks", "docs")
    for path in sorted(p for folder in folders for p in (ROOT / folder).glob("**/*.zc")):
        text = path.read_text(encoding="utf-8")
        language = "nl" if "zorgcontract" in text else "en"
        for block in split(physical_lines(text))[0]:
            _note(found, block, "block_head", language)
    return found


def _note(found: set[tuple[str, str]], item: Item, start: str, language: str) -> None:
    class Noting(LineLexer):
        def _token(self, terminal, value, begin, end):  # type: ignore[no-untyped-def]
            found.add((language, terminal))
            return super()._token(terminal, value, begin, end)

    rule = ""
    try:
        rule = str(parse_line(Noting(item.sentence, language, table()), start).data)
    except Stuck:
        return
    inside = INSIDE.get(rule, "") if start == "block_head" else BELOW.get(start, "")
    for below in item.items if inside else ():
        _note(found, below, inside, language)


def test_every_phrase_is_used_or_listed() -> None:
    used = _used()
    unused = {t for t in spellings("nl") for language in LANGUAGES if (language, t) not in used}
    assert unused == NOT_YET_USED, (sorted(unused - NOT_YET_USED), sorted(NOT_YET_USED - unused))


def test_end_of_line_is_taken_only_after_a_whole_sentence() -> None:
    machine = build(cached=False).parser.parser.parser.parse_table  # each build numbers its states anew
    assert set(machine.start_states) >= {"block_head", "in_article"}
    for start in machine.start_states.values():
        assert not can_shift(machine.states, [start], "$END")
