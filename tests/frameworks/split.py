"""Contracts of the library taken apart into a framework and what a provider signs, in mechanical ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from contractlang.analysis.check import Checked, check
from contractlang.model.contract import Contract

ROOT = Path(__file__).parents[2] / "contracts"
LIBRARY = sorted((ROOT / "library").rglob("*.zc"))
FRAME = "frame.zc"
PHRASES = {
    "nl": ("gebruik", "in afwijking van de raamovereenkomst", "artikel", "tarief|lijst", "aanbieder", "op ten hoogste"),
    "en": ("use", "in place of the framework", "article", "tariff|list", "provider", "to at most"),
}
Parts = tuple[list[str], list[str]]
"""The blocks of the framework, and those of the contract."""


class Whole:
    """A contract as its blocks of text, the head first."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text(encoding="utf-8")
        self.language = "nl" if "zorgcontract" in self.text else "en"
        self.use, self.mark, self.article, self.list, self.provider, self.at_most = PHRASES[self.language]
        lines = [line for line in self.text.split("\n") if not line.startswith("#")]
        starts = [at for at, line in enumerate(lines) if re.match(r"\w", line)]
        blocks = zip(starts, [*starts[1:], len(lines)], strict=True)
        self.blocks = ["\n".join(lines[start:end]).rstrip() + "\n" for start, end in blocks]

    def contract(self) -> Contract:
        made = check(self.text, self.path.name, str(self.path.parent)).contract
        assert made is not None
        return made

    def laid(self, parts: Parts, folder: Path) -> Checked:
        """The contract checked under its framework, the files beside it in the same folder."""
        for file in self.path.parent.glob("*.csv"):
            (folder / file.name).write_bytes(file.read_bytes())
        frame, own = parts
        (folder / FRAME).write_text("\n".join(frame), encoding="utf-8")
        head, *rest = own
        first, *lines = head.split("\n")
        head = "\n".join([first, f'  {self.use}  "{FRAME}"', *lines])
        return check("\n".join([head, *rest]), self.path.name, str(folder))


def title(whole: Whole) -> str:
    """The head of the contract without its lines: all of them are the framework's."""
    return whole.blocks[0].split("\n")[0] + "\n"


def cut(whole: Whole) -> Iterator[Parts]:
    """The first blocks are the framework's, the others the contract's own."""
    number = len(whole.blocks)
    for at in sorted({2, number // 2, number - 1}):
        yield whole.blocks[:at], [title(whole), *whole.blocks[at:]]


def opened(whole: Whole) -> Iterator[Parts]:
    """Every value of a list, the amount of every ceiling and the provider stand open in the framework."""
    amount = re.compile(rf"({whole.at_most} )€ [\d.,]*\d$", re.M)
    named = re.compile(rf'^(  {whole.provider} +)".*"$', re.M)
    frame, own = [], []
    for block in whole.blocks:
        made = amount.sub(r"\1...", block) if block.startswith(whole.article) else block
        if re.match(rf"({whole.list}) ", block):
            made = _open_cells(block)
        if block is whole.blocks[0]:
            made = named.sub(r"\1...", block)
        frame.append(made)
        if made != block and block is not whole.blocks[0]:
            own.append(_without_prose(block))
    line = named.search(whole.blocks[0])
    yield frame, [title(whole) + (line[0] + "\n" if line else ""), *own]


def replaced(whole: Whole) -> Iterator[Parts]:
    """Every article and the head of the contract say something else in the framework."""
    frame, own = [], []
    other = {"nl": '  aan partijen "nog te bepalen"\n', "en": '  by people "to be agreed"\n'}[whole.language]
    for block in whole.blocks[1:]:
        if block.startswith(f"{whole.article} "):
            first, rest = block.split("\n", 1)
            frame.append(f"{first}\n{other}")
            own.append(f"{first} {whole.mark}\n{rest}")
        else:
            frame.append(block)
    term = re.compile(r"^(  (?:looptijd|term) +)(\d{4}-\d\d-\d\d)(.*)$", re.M)
    line = term.search(whole.blocks[0])
    assert line is not None
    head = term.sub(r"\g<1>2001-01-01\g<3>", whole.blocks[0])
    yield [head, *frame], [f"{title(whole)}{line[0]} {whole.mark}\n", *own]


def _open_cells(block: str) -> str:
    lines = block.split("\n")
    rows = [at for at, line in enumerate(lines) if line.strip().startswith("|")]
    keys = 0 if not rows else len(re.findall(r"\|", lines[rows[0]])) - 1 - lines[rows[0]].count(" 20")
    for at in rows[1:]:
        cells = [cell.strip() for cell in lines[at].strip().strip("|").split("|")]
        lines[at] = "  | " + " | ".join([*cells[:keys], *map(_open_cell, cells[keys:])]) + " |"
    return "\n".join(lines)


def _open_cell(text: str) -> str:
    """What is open says whether it is an amount or a percentage."""
    return "€ ..." if text.startswith("€") else "... %" if text.endswith("%") else "..."


def _without_prose(block: str) -> str:
    return "\n".join(line for line in block.split("\n") if not line.strip().startswith(">"))
