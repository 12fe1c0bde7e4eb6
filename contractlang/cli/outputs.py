"""Where a command writes: never over what it reads."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence

from contractlang.cli.findings import leave


def refuse_inputs(outputs: Mapping[str, str | None], inputs: Sequence[str], tables: Collection[str]) -> None:
    """Leave when a file that is to be written is one that is read, or is to be written twice.

    In a folder of data those files are read that are named after a table.
    """
    taken = {os.path.realpath(one): one for one in inputs}
    for folder in filter(os.path.isdir, inputs):
        taken |= {os.path.realpath(one): one.path for one in os.scandir(folder) if one.name.split(".")[0] in tables}
    for option, path in outputs.items():
        if path is None:
            continue
        if os.path.realpath(path) in taken:
            leave(f"{option} {path}: that file is read, or written by another option; name another one")
        taken[os.path.realpath(path)] = path
