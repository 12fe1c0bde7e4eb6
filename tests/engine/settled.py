"""Runs the heads of a contract through an engine and gives what tests look at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from contractlang.data.prepared import Prepared
from contractlang.engine.oracle import Oracle
from contractlang.engine.protocol import Engine, Group, Room, Use
from contractlang.model.contract import Contract
from contractlang.model.heads import Limit, Pay
from tests.engine.build import data, euros


def engine(contract: Contract, *prepared: Prepared, as_of: date | None = None) -> Oracle:
    """The oracle after intake and after pricing every head that pays."""
    made = Oracle(contract, data(*prepared), as_of)
    made.intake()
    for head in contract.heads:
        if isinstance(head, Pay):
            made.price(head)
    return made


def filled(made: Engine, limit: Limit, room: str | Mapping[Group, str] | None) -> Mapping[Group, Use]:
    """Fill a limit with one room in euros for every scope (None: unlimited), or with a room for each."""
    rooms = {
        group: Room(None if room is None else euros(room if isinstance(room, str) else room[group]))
        for group in made.scopes(limit)
    }
    return made.fill(limit, rooms)


def payable(made: Engine) -> dict[str, str]:
    """What every line is paid, in euros, by its key."""
    return {str(line.key): f"{line.payable // 100}.{line.payable % 100:02d}" if line.payable >= 0
            else f"-{-line.payable // 100}.{-line.payable % 100:02d}" for line in made.lines()}  # fmt: skip
