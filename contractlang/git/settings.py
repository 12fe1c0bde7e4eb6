"""What git has to know about contracts: attributes of `.zc` files, and the commands that compare and merge them."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

from contractlang.syntax.words import LANGUAGES, wording

ATTRIBUTES = "*.zc diff=zc merge=zc text eol=lf"
OPENERS = (
    "_CONTRACT", "_DATA", "_REJECT", "_DEFINE", "_INDICATOR", "_ESTIMATE", "_TARIFF", "_LIST", "_INDEX", "_SCALE",
    "_ARTICLE", "_REPORT", "_EXAMPLE",
)  # fmt: skip


def program() -> str:
    """The command that starts this program, for git's shell: the whole path, since git may run without an environment."""
    interpreter = Path(sys.executable)
    for name in ("contractlang", "contractlang.exe"):
        if (script := interpreter.with_name(name)).exists():
            return shlex.quote(script.as_posix())
    return f"{shlex.quote(interpreter.as_posix())} -P -m contractlang.cli.main"


def heads() -> str:
    """A regular expression for the heads of blocks in both languages, the hunk headers of `git log -p`."""
    words = dict.fromkeys(wording(opener, language) for opener in OPENERS for language in LANGUAGES)
    return f"^(({'|'.join(map(re.escape, words))})[[:space:]].*)$"


def settings() -> dict[str, str]:
    """Every setting of git with its value."""
    start = program()
    return {
        "diff.zc.textconv": f"{start} git-textconv",
        "diff.zc.cachetextconv": "true",
        "diff.zc.xfuncname": heads(),
        "diff.zc.command": f"{start} git-diff",
        "merge.zc.name": "contracts by block and by cell of a table",
        "merge.zc.driver": f"{start} merge-driver %O %A %B %L %P",
    }
