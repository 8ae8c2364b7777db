"""Answers the completion scripts of shells: which words can follow, one on a line.

The first line says what the script completes if no word fits: `file`, `folder` or `none`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from imr_tui.cli.completion.candidates import complete
from imr_tui.errors import EXIT_USAGE
from imr_tui.store.config.machine_policy import is_restricted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imr_tui.cli.completion.syntax import Candidate

SHELLS = ("bash", "zsh", "fish")
"""The shells for which there is a script."""
_SCRIPTS = Path(__file__).with_name("scripts")


def script(shell: str) -> str:
    """The completion script of one of SHELLS."""
    return (_SCRIPTS / f"imr-tui.{shell}").read_text(encoding="utf-8")


def answer(asked: str, words: Sequence[str]) -> int:
    """Print what a shell asked for, such as `bash_source` or `bash_complete`; the exit code.

    `words` follow the name of the program; the last one is being typed. Nothing is offered on a
    machine that is restricted to the app.
    """
    shell, _, what = asked.partition("_")
    if shell not in SHELLS or what not in ("source", "complete"):
        return EXIT_USAGE
    if is_restricted():
        return 0
    sys.stdout.write(script(shell) if what == "source" else _lines(shell, words))
    return 0


def _lines(shell: str, words: Sequence[str]) -> str:
    is_bash = shell == "bash"
    found = complete(_joined(words) if is_bash else words, keeps_option=not is_bash)
    return "\n".join([found.otherwise, *(_line(shell, each) for each in found.words), ""])


def _line(shell: str, candidate: Candidate) -> str:
    if shell == "bash" or not candidate.says:
        return candidate.word
    return f"{candidate.word}{':' if shell == 'zsh' else chr(9)}{candidate.says}"


def _joined(words: Sequence[str]) -> list[str]:
    """The words as they were typed: bash divides `--folder=cases` at the equals sign."""
    joined: list[str] = []
    for word in words:
        begun = joined[-1] if joined else ""
        if begun.startswith("--") and (word == "=" or begun.endswith("=")):
            joined[-1] += word
        else:
            joined.append(word)
    return joined
