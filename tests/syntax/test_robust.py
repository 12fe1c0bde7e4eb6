"""No text makes the check raise, hang, or point at a place that does not exist."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from contractlang.analysis.check import Checked, check

ROOT = Path(__file__).parents[2]
CONTRACTS = sorted((ROOT / "contracts").glob("**/*.zc"))
TWINS = [path for path in CONTRACTS if "twins" in path.parts]
ODD = [
    "\t",
    "\0",
    "\u00a0",
    "\u202e",
    "é",
    "e\u0301",
    "🜚",
    "|",
    '"',
    "`",
    "#",
    ">",
    "€",
    "%",
    ",",
    "...",
    "…",
    "=",
    "/",
    "-",
    "\r",
    "\ufeff",
]
HUGE = [
    "9" * 400,
    "€ " + "9" * 60 + ".00",
    "0." + "1" * 300,
    "1e9",
    "-0",
    "99999999999999-01-01",
    "2026-02-30",
    "0000-00-00",
]


def _judge(text: str) -> Checked:
    start = time.process_time()  # of this process alone: a busy machine is no hang
    checked = check(text, "robust.zc")
    assert time.process_time() - start < 1.0, text
    lines = checked.document.source.lines
    for found in checked.findings:
        assert 1 <= found.place.line <= max(1, len(lines)), (found, text)
        assert 1 <= found.place.column <= len(lines[found.place.line - 1]) + 2, (found, text)
        assert found.place.end > found.place.column, (found, text)
    assert (checked.contract is None) == bool(checked.errors)
    return checked


def _cut(data: bytes, at: int) -> str:
    return data[:at].decode("utf-8", errors="ignore")


def test_cut_anywhere() -> None:
    chance = random.Random(7)
    for path in CONTRACTS:
        data = path.read_bytes()
        for at in chance.sample(range(len(data)), 2):
            _judge(_cut(data, at))


@pytest.mark.slow
@pytest.mark.parametrize("path", TWINS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_cut_at_every_byte(path: Path) -> None:
    data = path.read_bytes()
    for at in range(len(data)):
        _judge(_cut(data, at))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(5))
def test_cut_at_many_bytes_of_all_contracts(part: int) -> None:
    for path in CONTRACTS[part::5]:
        data = path.read_bytes()
        for at in range(part, len(data), 61):
            _judge(_cut(data, at))


def _in_text(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    if chance.randrange(2):
        return text[:at] + text[at + chance.randint(1, 3) :]
    return text[:at] + chance.choice(ODD) + text[at:]


def _in_words(words: list[str], lines: list[str], chance: random.Random) -> list[str]:
    at, other = chance.randrange(len(words)), chance.randrange(len(words))
    match chance.randrange(5):
        case 0:
            return words[:at] + words[at + 1 :]
        case 1:
            return [*words[:at], words[at], *words[at:]]
        case 2:
            words[at], words[other] = words[other], words[at]
        case 3:
            words[at] = chance.choice(chance.choice(lines).split(" "))
        case _:
            words[at] = chance.choice(HUGE)
    return words


def _in_lines(lines: list[str], row: int, chance: random.Random) -> list[str]:
    line = lines[row]
    match chance.randrange(6):
        case 0:
            return lines[:row] + lines[row + 1 :]
        case 1:
            return [*lines[:row], chance.choice(lines), *lines[row:]]
        case 2:
            lines[row] = " " * chance.randint(0, 7) + line.lstrip()
        case 3:
            lines[row] = "  " * chance.randint(1, 200) + line
        case 4:
            lines[row] = line * chance.randint(2, 40)
        case _:
            lines[row] = line.swapcase()
    return lines


def mutate(text: str, chance: random.Random) -> str:
    """One to four random changes of characters, words, lines, indentation, figures and nesting."""
    for _ in range(chance.randint(1, 4)):
        lines = text.split("\n")
        row, kind = chance.randrange(len(lines)), chance.randrange(3)
        if kind == 0:
            text = _in_text(text, chance)
            continue
        if kind == 1:
            lines[row] = " ".join(_in_words(lines[row].split(" "), lines, chance))
        else:
            lines = _in_lines(lines, row, chance)
        text = "\n".join(lines) or "\n"
    return text


def _mutations(count: int, seed: int) -> None:
    chance = random.Random(seed)
    texts = [path.read_text(encoding="utf-8") for path in CONTRACTS]
    for _ in range(count):
        _judge(mutate(chance.choice(texts), chance))


def test_random_mutations() -> None:
    _mutations(2_000, 20260201)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(20))
def test_many_random_mutations(part: int) -> None:
    _mutations(5_000, 20260202 + part)


@pytest.mark.parametrize(
    "text",
    [
        "", "\n", "\0", "contract", 'contract "', "\ufeff", "zorgcontract", "|", ">", "  x", "|\n|", "\r\r\r", "contract " * 3000,
        'contract "x" version "1"\n' + "  " * 5000 + "x", "article 1 \"\"\n" * 3000, "x\n" * 20000, "`" * 3000, "a" * 30000,
        'contract "x" version "1"\ndefine a\n  take ' + "of ".join(["a "] * 2000),
        'contract "x" version "1"\n' + "".join(f"define d{n}\n  take d{n + 1}\n  per month\n" for n in range(3000)),
        'contract "x" version "1"\n' + "".join(f"define d{n}\n  holds when d{n + 1}\n" for n in range(1500)),
    ],
)  # fmt: skip
def test_odd_texts(text: str) -> None:
    checked = check(text, "odd.zc")
    assert checked.errors
