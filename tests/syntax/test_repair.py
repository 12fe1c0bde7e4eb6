"""One fault, one diagnostic, on the right line, with the original words as first suggestion."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from contractlang.base.diagnostics import Diagnostic
from contractlang.syntax.grammar import parse_line, table
from contractlang.syntax.parse import BELOW, INSIDE, read
from contractlang.syntax.repair import _Tracer
from contractlang.syntax.split import Item, physical_lines, split

TWINS = sorted((Path(__file__).parents[2] / "contracts" / "twins").glob("*/*.zc"))
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _phrases(text: str) -> Iterator[tuple[int, int, str]]:
    """Every keyword phrase of a contract: line, column (from 0), words."""
    blocks, _ = split(physical_lines(text))
    language = "nl" if "zorgcontract" in text else "en"

    def of(item: Item, start: str) -> Iterator[tuple[int, int, str]]:
        tracer = _Tracer(item.sentence, language, table())
        tree = parse_line(tracer, start)
        for token in tracer.tokens:
            words = str(token)
            if token.type.startswith("_") and words[0].isalpha() and token.line is not None:
                yield token.line, (token.column or 1) - 1, words
        rule = str(tree.data)
        inside = INSIDE.get(rule, "") if start == "block_head" else BELOW.get(start, "")
        for below in item.items:
            yield from of(below, inside)

    for block in blocks:
        yield from of(block, "block_head")


def _cases() -> list[tuple[str, int, int, str]]:
    found = []
    for path in TWINS:
        text = path.read_text(encoding="utf-8")
        found += [(text, *phrase) for phrase in _phrases(text)]
    return found


def _with(text: str, line: int, column: int, words: str, new: str) -> str:
    lines = text.split("\n")
    old = lines[line - 1]
    assert old[column : column + len(words)] == words
    lines[line - 1] = old[:column] + new + old[column + len(words) :]
    return "\n".join(lines)


def _mistyped(words: str, chance: random.Random) -> str:
    places = [index for index, letter in enumerate(words) if letter.isalpha()]
    at, kind, letter = chance.choice(places), chance.randrange(4), chance.choice(LETTERS)
    if kind == 0 and len(words) > 2:
        return words[:at] + words[at + 1 :]
    if kind == 1:
        return words[:at] + letter + words[at:]
    if kind == 2 and at + 1 < len(words) and words[at + 1] != words[at]:
        return words[:at] + words[at + 1] + words[at] + words[at + 2 :]
    return words[:at] + letter + words[at + 1 :]


def _errors(text: str) -> list[Diagnostic]:
    return read(text, "c.zc")[1]


def _first_repair(text: str, fault: Diagnostic) -> str:
    lines = text.split("\n")
    old, place = lines[fault.place.line - 1], fault.place
    lines[place.line - 1] = old[: place.column - 1] + fault.fixes[0] + old[min(place.end, len(old) + 1) - 1 :]
    return "\n".join(lines)


def test_one_letter_typo_gives_one_diagnostic_and_the_original_words() -> None:
    chance = random.Random(20260101)
    rejected = right = restored = 0
    for text, line, column, words in chance.sample(_cases(), 400):
        if words in ("contract", "zorgcontract"):
            continue  # without it the language is not known
        wrong = _mistyped(words, chance)
        changed = _with(text, line, column, words, wrong)
        faults = _errors(changed)
        if changed == text or not faults:
            continue
        rejected += 1
        right += len(faults) == 1 and faults[0].place.line == line
        restored += bool(faults[0].fixes) and _first_repair(changed, faults[0]).split() == text.split()
    assert rejected > 300
    assert right >= 0.98 * rejected, (right, rejected)
    assert restored >= 0.90 * rejected, (restored, rejected)


def test_dropped_keyword_is_reported_on_its_line() -> None:
    chance = random.Random(20260102)
    rejected = right = 0
    for text, line, column, words in chance.sample(_cases(), 400):
        if words in ("contract", "zorgcontract"):
            continue
        old = text.split("\n")[line - 1][column:]
        spaces = len(old[len(words) :]) - len(old[len(words) :].lstrip(" "))  # no trace of the word stays behind
        faults = _errors(_with(text, line, column, old[: len(words) + spaces], ""))
        if not faults:
            continue
        rejected += 1
        right += len(faults) == 1 and faults[0].place.line == line
    assert rejected > 300
    assert right >= 0.95 * rejected, (right, rejected)


def test_suggestions_are_at_most_three_and_all_of_them_read() -> None:
    chance = random.Random(20260103)
    for text, line, column, words in chance.sample(_cases(), 100):
        if words in ("contract", "zorgcontract"):
            continue
        changed = _with(text, line, column, words, _mistyped(words, chance))
        for fault in _errors(changed):
            assert len(fault.fixes) <= 3
            for fix in fault.fixes:
                assert not [f for f in _errors(_first_repair(changed, Diagnostic("", fault.place, {}, (fix,))))
                            if f.place.line == line]  # fmt: skip


def test_the_same_text_gets_the_same_suggestions() -> None:
    text = TWINS[0].read_text(encoding="utf-8").replace("article", "artcle").replace("artikel", "artkel")
    assert _errors(text) == _errors(text)


def test_a_thousand_bad_lines_stay_within_the_budget() -> None:
    head = 'contract "x" version "1"\n\narticle 3 "y"\n'
    body = "".join(f"  limt artcle {n} to at mst € {n}.00 wehn x\n" for n in range(1000))
    _errors(head)
    start = time.process_time()  # of this process alone: a busy machine is no hang
    faults = _errors(head + body)
    assert time.process_time() - start < 1.5
    assert len(faults) == 500


HEAD = {
    "en": 'contract "x" version "1"\n  term  2026-01-01 through 2026-12-31\n',
    "nl": 'zorgcontract "x" versie "1"\n  looptijd  2026-01-01 t/m 2026-12-31\n',
}


@pytest.mark.parametrize(
    ("language", "line", "code", "repaired"),
    [
        ("nl", "artikel 3 Plafond", "ZC127", 'artikel 3 "Plafond"'),
        ("nl", "artikel 3 “Plafond”", "ZC127", 'artikel 3 "Plafond"'),
        ("en", "article 3 'Ceiling'", "ZC127", 'article 3 "Ceiling"'),
        ("nl", 'article 3 "Plafond"', "ZC123", 'artikel 3 "Plafond"'),
        ("nl", 'Artikel 3 "Plafond"', "ZC124", 'artikel 3 "Plafond"'),
        ("nl", 'artiekel 3 "Plafond"', "ZC122", 'artikel 3 "Plafond"'),
        ("en", 'articel 3 "Ceiling"', "ZC122", 'article 3 "Ceiling"'),
        ("nl", "  looptijd  01-01-2026 t/m 31-12-2026", "ZC129", "  looptijd  2026-01-01 t/m 2026-12-31"),
        ("nl", "  looptijd  2026-01-01 tot 2026-12-31", "ZC130", "  looptijd  2026-01-01 t/m 2026-12-31"),
        ("en", "  term  2026-01-01 until 2026-12-31", "ZC130", "  term  2026-01-01 through 2026-12-31"),
        ("nl", "  afrekening  wordt per maand", "ZC131", "  afrekening  per maand"),
        ("en", "  settle  is per month", "ZC131", "  settle  per month"),
        ("nl", "  limit article 3", "ZC120", ""),
        ("nl", "  aanbieder één per agb in zorg", "ZC121", "  aanbieder één per agb in zorg, ieder afzonderlijk"),
        ("en", "  provider one per agb in care", "ZC121", "  provider one per agb in care, each separately"),
        ("nl", "tarief uur per uur per functie", "ZC122", "tarief uur per uur naar functie"),
        ("en", "list ceiling per kind", "ZC122", "list ceiling by kind"),
        ("nl", "tarief uurtarief uur", "ZC125", "tarief uurtarief per uur"),
        ("en", "tariff fee hour by kind", "ZC125", "tariff fee per hour by kind"),
    ],
)  # fmt: skip
def test_realistic_faults(language: str, line: str, code: str, repaired: str) -> None:
    text = HEAD[language].replace("  term", "# ").replace("  looptijd", "# ") + line
    faults = _errors(text)
    assert [(f.code, f.place.line) for f in faults] == [(code, 3)]
    if repaired:
        assert " ".join(_first_repair(text, faults[0]).split("\n")[-1].split()) == " ".join(repaired.split())


@pytest.mark.parametrize(
    ("sign", "nl", "en"),
    [
        ("<=", "ten hoogste", "at most"),
        (">=", "ten minste", "at least"),
        ("<", "onder", "below"),
        (">", "boven", "above"),
        ("≤", "ten hoogste", "at most"),
    ],
)
def test_a_sign_of_comparison_becomes_its_words(sign: str, nl: str, en: str) -> None:
    for language, head, words in (("nl", 'afkeur zorg\n  "a"  wanneer', nl), ("en", 'reject care\n  "a"  when', en)):
        for text in (f"{head} hours {sign} 0", f"{head} hours{sign}0"):
            whole = HEAD[language] + text
            (fault,) = _errors(whole)
            assert (fault.code, [fix.strip() for fix in fault.fixes]) == ("ZC122", [words])
            assert not _errors(_first_repair(whole, fault))


@pytest.mark.parametrize("days", ["1 januari 2026 tot 31 december 2026", "01-01-2026 tot 31-12-2026"])
def test_days_in_another_notation_do_not_decide_whether_the_last_day_counts(days: str) -> None:
    faults = _errors(f'zorgcontract "x" versie "1"\n  looptijd  {days}\n')
    assert [(fault.code, fault.fixes) for fault in faults] == [
        ("ZC129", ("2026-01-01 tot 2026-12-31",)),
        ("ZC130", ("t/m",)),
    ]


def test_both_ways_to_settle_providers_are_offered() -> None:
    (fault,) = _errors('zorgcontract "x" versie "1"\n  aanbieder één per agb in zorg\n')
    assert fault.fixes == (", ieder afzonderlijk", ", allen samen")


def test_an_option_with_a_comma_stands_between_quotes() -> None:
    (fault,) = [f for f in _errors(HEAD["en"] + 'article 3 "x"\n  limit article 2 to at most € 1.00\n'
                                   "    last row  qqqqqqqq zzzzzzzz\n") if "expected" in f.arguments]  # fmt: skip
    assert '"nothing, later rows that fit are paid"' in fault.arguments["expected"]
