"""contractlang git-textconv: the canonical text of a contract, for git."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command("git-textconv")
@click.argument("file", metavar="FILE")
def command(file: str) -> None:
    """Print the canonical text of a contract; a file that is no contract without errors is printed as it is.

    Called by git (`diff.zc.textconv`, see `contractlang git-setup`) for `git log -p`, `git show` and `git blame`.
    """
    from contractlang.cli.findings import leave
    from contractlang.git.driver import canonical

    try:
        content = Path(file).read_bytes()
    except OSError as fault:
        leave(f"{file}: {fault.strerror}")
    sys.stdout.flush()
    sys.stdout.buffer.write(canonical(content, file))
    sys.stdout.buffer.flush()
