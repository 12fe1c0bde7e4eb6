"""What stands in the way of a simulation, as a code of the message tables with its arguments."""

from __future__ import annotations


class SimulationFault(Exception):
    """A setting, a volume or a scenario that cannot be used; the words come from `grammar/messages_simulate.toml`."""

    def __init__(self, code: str, **arguments: str) -> None:
        super().__init__(code)
        self.code = code
        self.arguments = arguments
