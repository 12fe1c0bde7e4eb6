"""Where a command writes: never over what it reads."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence

from contractlang.cli.findings import leave


def refuse_inputs(
    outputs: Mapping[str, str | None], inputs: Sequence[str], tables: Collection[str], given: Sequence[str] = ()
) -> None:
    """Leave when a file that is to be written is one that is read, will be read next time, or is to be written twice.

    In a folder of data those files are read that are named after a table, and every file in a folder that is; `given` are
    the files and folders of single tables.
    """
    taken = {os.path.realpath(one): one for one in (*inputs, *given)}
    folders = {os.path.realpath(one) for one in given if os.path.isdir(one)}
    for folder in filter(os.path.isdir, inputs):
        here = [one for one in os.scandir(folder) if one.name.split(".")[0] in tables]
        folders |= {os.path.realpath(one) for one in here if one.is_dir()}
        taken |= {os.path.realpath(one): one.path for one in here}
    for option, path in outputs.items():
        if path is None:
            continue
        if os.path.realpath(path) in taken:
            leave(f"{option} {path}: that file is read, or written by another option; name another one")
        if os.path.dirname(os.path.realpath(path)) in folders:
            leave(f"{option} {path}: every file in that folder is read as data; name one in another folder")
        taken[os.path.realpath(path)] = path
