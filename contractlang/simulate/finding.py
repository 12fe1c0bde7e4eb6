"""Which place of the contract a setting means; when none or several, what could be meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from contractlang.simulate.faults import SimulationFault
from contractlang.simulate.settings import Setting
from contractlang.simulate.spots import Spot, same

MOST_SHOWN = 12


def meant(setting: Setting, spots: Sequence[Spot]) -> tuple[Spot, ...]:
    """The places that a setting changes: one, or the cells of one row, or (by a percentage) those of one table.

    Raises SimulationFault: ZC920 no such place, ZC921 several.
    """
    wanted = same(setting.place)
    found = tuple(spot for spot in spots if wanted in spot.addresses)
    if not found:
        raise SimulationFault("ZC920", place=setting.place, places=_listed(_nearest(wanted, spots)))
    exact = [spot for spot in found if same(spot.called) == wanted]
    if len(exact) == 1:
        return tuple(exact)
    change = all(value.change is not None for value in setting.values)
    if len(found) == 1 or _together(found, change):
        return found
    raise SimulationFault("ZC921", place=setting.place, number=str(len(found)), places=_listed(found))


def _together(found: Sequence[Spot], change: bool) -> bool:
    """Whether these places are meant as one: cells of one row in time, cells of one table by a percentage."""
    first = found[0]
    if any(not spot.row or spot.owner != first.owner for spot in found):
        return False
    columns = {spot.column for spot in found}
    if change:
        return all(spot.share for spot in found) or len(columns) == 1
    return len({spot.row for spot in found}) == 1 and all(spot.dated for spot in found)


def _nearest(wanted: str, spots: Sequence[Spot]) -> list[Spot]:
    """The places of the block that was named, else those whose names are most alike."""
    ranked = sorted(spots, key=lambda spot: -_likeness(wanted, spot))
    here = [spot for spot in ranked if wanted.startswith(same(spot.owner) + " ") or wanted == same(spot.owner)]
    return here or ranked[:MOST_SHOWN]


def _likeness(wanted: str, spot: Spot) -> float:
    words = set(wanted.split())
    name = same(spot.called)
    return len(words & set(name.split())) + SequenceMatcher(None, wanted, name).ratio()


def _listed(spots: Iterable[Spot]) -> str:
    """Places with what stands there, so many as people read."""
    shown = [f"`{spot.called}` ({spot.text})" for spot in spots]
    more = [f"(+{len(shown) - MOST_SHOWN})"] if len(shown) > MOST_SHOWN else []
    return "; ".join([*shown[:MOST_SHOWN], *more])
