"""What `--vary` asks: the volume of a table, and the percentages by which it becomes more or less."""

from __future__ import annotations

import re

from msgspec import Struct

from contractlang.model.contract import Contract
from contractlang.simulate.faults import SimulationFault
from contractlang.simulate.values import Figure, read_values

_VOLUME = re.compile(r"\s*(?:volume of|volume van|omvang van)\s+(?P<name>`[^`]+`|\S+)\s+(?P<values>.+)")
NONE_LEFT = -100


class Volume(Struct, frozen=True):
    """The table whose clients are drawn, and the percentages."""

    table: str
    values: tuple[Figure, ...]


def read_volume(text: str, contract: Contract) -> Volume:
    """A `--vary` in the notation of the contract's language.

    Raises SimulationFault: ZC928 when it is no volume of a table of the contract or goes below -100 %, and what
    `read_values` raises.
    """
    tables = [table for table in contract.tables if not table.made]
    found = _VOLUME.fullmatch(text)
    name = found["name"].strip("`") if found else ""
    table = next((one.name for one in tables if name in (one.name, *one.aliases)), None)
    values = read_values(found["values"], contract.language) if found else None
    if table is None or not values or any(one.kind != "PERCENT" or one.value < NONE_LEFT for one in values):
        raise SimulationFault("ZC928", text=text, tables=", ".join(one.name for one in tables))
    return Volume(table, values)
