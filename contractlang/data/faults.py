"""What is wrong with the data as files: codes and arguments; the words come from `grammar/messages_data.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FileFault:
    """One fault: its code, and what its message mentions (file, column, row ...)."""

    code: str
    arguments: Mapping[str, str] = field(default_factory=dict)


class DataError(Exception):
    """The data cannot be used; all faults of all files."""

    def __init__(self, faults: tuple[FileFault, ...]) -> None:
        super().__init__("; ".join(f"{fault.code} {dict(fault.arguments)}" for fault in faults))
        self.faults = faults


class Refusal(Exception):
    """Stops the reading of one file; becomes a fault of the whole."""

    def __init__(self, code: str, **arguments: str) -> None:
        super().__init__(code)
        self.fault = FileFault(code, arguments)
