"""A contract and its frameworks as one tree: what is filled, what stands in place of what, what is new.

From here on nothing knows that there were several files: blocks keep the order of the framework, lines keep the place at
which they were written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from contractlang.analysis.framework.chain import Chain
from contractlang.analysis.framework.files import used
from contractlang.analysis.framework.laying import Laying
from contractlang.base.diagnostics import Diagnostic
from contractlang.model.contract import Example, Expectation, Framework, Hole, Term
from contractlang.syntax.tree import Document

Stands = TypeVar("Stands", Hole, Example, Expectation)


class Composed(Struct):
    """The whole contract. `whole` is False when a framework cannot be had: nothing more can be said of the contract."""

    document: Document
    faults: list[Diagnostic]
    frameworks: tuple[Framework, ...] = ()
    terms: tuple[Term, ...] = ()
    whole: bool = True

    def placed(self, part: Stands) -> Stands:
        """What stands somewhere with its place as its own file counts it, and the file when that is a framework."""
        if isinstance(part, Example):
            part = replace(part, expected=tuple(self.placed(one) for one in part.expected))
        name, place = self.document.source.located(part.place)
        files = [file.name for file in self.document.source.files]
        if name not in files:
            return part
        return replace(part, place=place, framework=self.frameworks[files.index(name)].file)


def compose(document: Document, faults: list[Diagnostic], folder: str, given: Mapping[str, str]) -> Composed:
    """Put a contract on the frameworks that it uses. A contract without framework comes out as it went in.

    `given` are texts that stand for files of these names.
    """
    use = used(document)
    if use is None:
        return Composed(document, [*faults, *_nothing_to_replace(document)])
    chain = Chain(document, folder, given)
    chain.read(use)
    source = chain.source()
    every = [*faults, *chain.faults]
    unread = {fault.place.line for fault in every}
    if chain.broken:
        return Composed(replace(document, source=source), every, chain.frameworks(), (), False)
    layers = [document, *(one.document for one in chain.found)]
    every += _nothing_to_replace(layers[-1])
    blocks, terms = layers[-1].blocks, tuple[Term, ...]()
    for layer in reversed(layers[:-1]):
        laid = Laying(source, chain.files())
        blocks = laid.blocks(blocks, layer.blocks)
        every += [fault for fault in laid.faults if fault.place.line not in unread]  # one finding for such a line
        terms = tuple(laid.terms)
    return Composed(Document(source, blocks), every, chain.frameworks(), terms)


def _nothing_to_replace(document: Document) -> Iterator[Diagnostic]:
    """Marks in a file that stands under no framework."""
    heads = [line for block in document.blocks if block.rule == "contract" for line in block.lines]
    for line in (*document.blocks, *heads):
        if line.replaces is not None:
            yield Diagnostic("ZC164", line.replaces.place)
