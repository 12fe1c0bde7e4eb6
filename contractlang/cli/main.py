"""The command line: a table of contents; every command lives in its own file and is imported when it is called."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Mapping

gc.disable()  # start-up makes many small objects and hardly any garbage; what settles turns it on again

try:
    import click

    from contractlang.base.interrupts import Interrupted, deaf, interrupted, listen
    from contractlang.base.own_folder import remove_all
except KeyboardInterrupt:  # nothing has been done yet
    os.write(2, b"contractlang: interrupted\n")
    os._exit(130)

COMMANDS = {
    "check": "Read a contract and say what is wrong with it, what it leaves open and what may mislead.",
    "settle": "Settle a contract over care data: the settlement statement.",
    "monitor": "Where a contract stands on a day: ceilings, reports, estimates. Nothing is settled.",
    "diff": "What differs between two versions in meaning, and what that does in euros.",
    "simulate": "What if: other figures in the contract, more or fewer clients; every scenario settled.",
    "fmt": "Write contracts in their canonical form, in Dutch or English.",
    "test": "Run the worked examples that stand in a contract.",
    "annex": "Write a contract as a document to sign, in Dutch or English: every clause in sentences.",
    "new": "Write a commented starter contract for a payment model, in Dutch or English.",
    "schema": "The data that a contract needs, as Table Schema, JSON Schema or an empty CSV.",
    "explain": "What an error code means, what was written, what to write instead.",
    "log": "The history of a contract in git as its changes of meaning, and their euros.",
    "git-setup": "Let git compare and merge contracts by meaning.",
}
CALLED_BY_GIT = {
    "git-diff": "Compare two versions for `git diff`.",
    "git-textconv": "Canonical text for `git log -p`, `git show` and `git blame`.",
    "merge-driver": "Merge two branches of a contract for `git merge`.",
}


class Contents(click.Group):
    """Commands by name, imported when they are needed: `check` must not wait for the libraries of `settle`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS and cmd_name not in CALLED_BY_GIT:
            return None
        module = importlib.import_module(f"contractlang.cli.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of contents, without importing a single command."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))
        with formatter.section("Called by git, after git-setup"):
            formatter.write_dl(list(CALLED_BY_GIT.items()))


@click.group(cls=Contents, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="contractlang")
def contractlang() -> None:
    """Payment contracts in care as text that is signed and executed.

    A contract is a .zc file in Dutch or English. It is checked, tested with its own worked examples, and settled
    against care data to the cent:

    \b
        contractlang new fee-for-service --language en > contract.zc
        contractlang check contract.zc
        contractlang test contract.zc
        contractlang settle contract.zc care.csv

    Exit codes: 0 fine, 1 findings, 2 wrong use or unreadable input.
    """


def main() -> None:
    """Run the command line and end the process; no fault of the program itself reaches the user as a traceback."""
    listen()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:  # a redirected Windows console is cp1252, and contracts hold €
            reconfigure(encoding="utf-8", errors="replace")
    try:
        code = _run()
        deaf()
    except Interrupted:
        code = _interrupted()
    remove_all()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # whoever read the output has gone
        code = code or 0
    # everything is written and every temporary file is gone by now: taking the interpreter apart piece by piece would
    # only cost time
    os._exit(code)


def _run() -> int:
    """The exit code of the command that was asked for."""
    try:
        ended = contractlang.main(standalone_mode=False)
        return ended if isinstance(ended, int) else 0
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except (Interrupted, KeyboardInterrupt, click.Abort):
        return _interrupted()
    except click.ClickException as fault:
        fault.show()
        return fault.exit_code
    except Exception as fault:
        return _interrupted() if interrupted() else _failed(fault)


def _interrupted() -> int:
    """One line, and the code of a program that was stopped by Ctrl-C (130) or told to end (143)."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    click.echo(f"contractlang: {'afgebroken' if locale.startswith('nl') else 'interrupted'}", err=True)
    return 128 + (interrupted() or 2)


def _failed(fault: Exception) -> int:
    """The exit code, after one line that says what stood in the way."""
    from contractlang.base.workplace import ResourceFault

    match fault:
        case ResourceFault():
            return _said(fault.code, fault.arguments)
        case BrokenPipeError():
            return 0
        case RecursionError():
            text = "the input is nested too deeply"
        case MemoryError():
            text = "out of memory"
        case OSError():
            text = (f"{fault.filename}: " if isinstance(fault.filename, str) else "") + (fault.strerror or str(fault))
        case _ if os.environ.get("CONTRACTLANG_TRACEBACK"):
            raise fault
        case _:
            text = f"internal fault ({type(fault).__name__}: {fault}). Please report it. Nothing was written."
    click.echo(f"contractlang: {text}", err=True)
    return 2


def _said(code: str, arguments: Mapping[str, str]) -> int:
    from contractlang.cli.findings import leave_coded

    try:
        leave_coded(code, arguments)
    except click.exceptions.Exit as ended:
        return ended.exit_code


if __name__ == "__main__":
    main()
