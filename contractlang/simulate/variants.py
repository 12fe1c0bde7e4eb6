"""The contract with other values at the places that the settings name: every combination, each checked again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product

from msgspec import Struct

from contractlang.analysis.check import Checked, check
from contractlang.base.diagnostics import Diagnostic, word
from contractlang.model.contract import Contract
from contractlang.simulate.editing import Edit, Made, edited, edits_of, overlap
from contractlang.simulate.faults import SimulationFault
from contractlang.simulate.finding import meant
from contractlang.simulate.settings import Setting, Value
from contractlang.simulate.spots import Spot, spots_of

MOST_VARIANTS = 200
MOST_FINDINGS = 3


class Source(Struct, frozen=True):
    """The contract as it stands: what messages call it, its text, the folder of the files beside it, its model."""

    name: str
    text: str
    folder: str
    contract: Contract


class Variant(Struct, frozen=True):
    """The contract with one value for each setting; without settings as it stands."""

    values: tuple[Value, ...]
    made: tuple[tuple[Made, ...], ...]  # for each setting what it changed
    text: str
    contract: Contract


def variants_of(source: Source, settings: Sequence[Setting]) -> tuple[Variant, ...]:
    """Every combination of the values, the last setting running fastest.

    Raises SimulationFault: ZC920 or ZC921 for a place, ZC927 for a figure, ZC926 when two settings change one place,
    ZC925 too many combinations, ZC924 when the contract with the change has errors or says less than it must.
    """
    number = 1
    for setting in settings:
        number *= len(setting.values)
    if number > MOST_VARIANTS:
        raise SimulationFault("ZC925", number=str(number), most=str(MOST_VARIANTS))
    language = source.contract.language
    spots = spots_of(source.text, language) if settings else ()
    chosen = [meant(setting, spots) for setting in settings]
    _apart(settings, chosen)
    return tuple(
        _variant(source, chosen, values, language) for values in product(*(setting.values for setting in settings))
    )


def _apart(settings: Sequence[Setting], chosen: Sequence[tuple[Spot, ...]]) -> None:
    """Two settings of one place would leave open which of them holds."""
    for (one, here), (other, there) in combinations(zip(settings, chosen, strict=True), 2):
        places = product((t.place for s in here for t in s.tokens), (t.place for s in there for t in s.tokens))
        if any(overlap(a, b) for a, b in places):
            raise SimulationFault("ZC926", one=one.place, other=other.place)


def _variant(
    source: Source, chosen: Sequence[tuple[Spot, ...]], values: tuple[Value, ...], language: str
) -> Variant:  # fmt: skip
    edits: list[Edit] = []
    told: list[tuple[Made, ...]] = []
    for spots, value in zip(chosen, values, strict=True):
        found = [edits_of(spot, value, language) for spot in spots]
        edits += [edit for _, several in found for edit in several]
        told.append(tuple(made for made, _ in found if made is not None))
    text = edited(source.text, edits) if edits else source.text
    contract = _checked(source, text, told) if edits else source.contract
    return Variant(values, tuple(told), text, contract)


def _checked(source: Source, text: str, told: Sequence[tuple[Made, ...]]) -> Contract:
    checked: Checked = check(text, source.name, source.folder)
    if checked.contract is not None and not checked.contract.holes:
        return checked.contract
    language = source.contract.language
    shown = "; ".join(f"{made.called}: {made.old} → {made.new}" for several in told for made in several[:1])
    holes = [Diagnostic("ZC300", hole.place, {"what": hole.what}) for hole in checked.holes]
    faults = [
        f"{found.code} ({source.name}:{found.place.line}) {word(found.code, 'text', language, found.arguments)}"
        for found in [*checked.errors, *holes][:MOST_FINDINGS]
    ]
    raise SimulationFault("ZC924", changes=shown, faults=" ".join(faults))
