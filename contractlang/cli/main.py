"""The command line: a table of contents; every command lives in its own file and is imported when it is called."""

from __future__ import annotations

import gc
import importlib
import os
import sys

gc.disable()  # start-up makes many small objects and hardly any garbage; what settles turns it on again

import click  # noqa: E402

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
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:  # a redirected Windows console is cp1252, and contracts hold €
            reconfigure(encoding="utf-8", errors="replace")
    code = _run()
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
        contractlang.main(standalone_mode=True)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except RecursionError:
        click.echo("contractlang: the input is nested too deeply", err=True)
    except MemoryError:
        click.echo("contractlang: out of memory", err=True)
    except BrokenPipeError:
        return 0
    except OSError as fault:
        click.echo(f"contractlang: {fault.strerror or fault}", err=True)
    except Exception as fault:
        if os.environ.get("CONTRACTLANG_TRACEBACK"):
            raise
        kind = type(fault).__name__
        click.echo(f"contractlang: internal fault ({kind}: {fault}). Please report it. Nothing was written.", err=True)
    return 2


if __name__ == "__main__":
    main()
