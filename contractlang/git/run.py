"""Running git: argument lists only, never a shell; what goes wrong is a fault with a code."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

LONGEST = 300  # seconds; a hook that waits for input must not hang a review forever

PLACES = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE")


class GitFault(Exception):
    """What stands in the way, as a code of the message tables with its arguments."""

    def __init__(self, code: str, **arguments: str) -> None:
        super().__init__(code)
        self.code = code
        self.arguments = arguments


class Answer(Struct, frozen=True):
    """What git answered: its exit code, what it printed, and what it complained of."""

    code: int
    output: bytes
    complaint: str

    @property
    def text(self) -> str:
        """The output without its last line end."""
        return self.output.decode("utf-8", "replace").rstrip("\n")


class Repository(Struct, frozen=True):
    """A repository with a working tree."""

    top: Path

    def name_of(self, path: Path) -> str:
        """The name of a file in the repository, with slashes. Raises GitFault ZC914 for a file outside it."""
        whole = path.absolute()
        whole = whole.parent.resolve() / whole.name
        if not whole.is_relative_to(self.top):
            raise GitFault("ZC914", file=str(path), folder=str(self.top))
        return whole.relative_to(self.top).as_posix()


def ask(arguments: Sequence[str], folder: Path) -> Answer:
    """Run git in a folder; the caller looks at the exit code. Raises GitFault ZC910 when there is no git."""
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=folder, env=_environment(), capture_output=True, check=False, timeout=LONGEST
        )
    except FileNotFoundError:
        raise GitFault("ZC910") from None
    except subprocess.TimeoutExpired:
        raise GitFault("ZC915", command=" ".join(arguments[:2]), fault=f"no answer in {LONGEST} s") from None
    return Answer(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace").strip())


def _environment() -> dict[str, str]:
    """The environment for git: English, without questions; what a hook says of its repository holds in any folder."""
    found = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    if "GIT_DIR" in found:
        found.setdefault("GIT_WORK_TREE", ".")
    return found | {name: os.path.abspath(found[name]) for name in PLACES if name in found}


def told(arguments: Sequence[str], folder: Path) -> Answer:
    """Run git in a folder. Raises GitFault ZC915 when it does not succeed, with what git said."""
    answer = ask(arguments, folder)
    if answer.code:
        said = (answer.complaint or answer.text).splitlines()
        raise GitFault("ZC915", command=" ".join(arguments[:2]), fault=said[0] if said else f"exit code {answer.code}")
    return answer


def repository(folder: Path) -> Repository:
    """The repository of a folder. Raises GitFault ZC911 outside a repository, or in one without a working tree."""
    answer = ask(["rev-parse", "--show-toplevel"], folder)
    if answer.code or not answer.text:
        raise GitFault("ZC911", folder=str(folder.absolute()))
    return Repository(Path(answer.text).resolve())
