"""The command of the reviewer's editor, with options that keep it from leaving copies."""

import re
import shlex
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

_Flags = Callable[[int, int], Sequence[str]]
"""The options for a cursor at a line and a column, both counted from 1."""

_VIM_BEFORE = "set nobackup nowritebackup noundofile nomodeline updatecount=0"
_VIM_AFTER = "set nobackup nowritebackup noundofile directory=. updatecount=200 | setlocal swapfile"
_EMACS = "(setq make-backup-files nil create-lockfiles nil auto-save-list-file-prefix nil)"
_MICRO = ("backup", "permbackup", "savecursor", "savehistory", "saveundo")


def _vim(line: int, column: int) -> Sequence[str]:
    # No swap file while its settings are read, then one beside the text: that keeps the work if
    # the connection breaks, and is removed with the folder.
    options = ("-n", "-i", "NONE", "--cmd", _VIM_BEFORE, "-c", _VIM_AFTER)
    return (*options, f"+{line}", "-c", f"normal! {column}|")


def _nano(line: int, column: int) -> Sequence[str]:
    # Only its settings make it keep backups, positions and searches.
    return ("--ignorercfiles", f"+{line},{column}")


def _emacs(line: int, column: int) -> Sequence[str]:
    # Its settings may keep cut text; its own autosave file is beside the text.
    return ("-nw", "-Q", "--eval", _EMACS, f"+{line}:{column}")


def _micro(line: int, column: int) -> Sequence[str]:
    off = (word for option in _MICRO for word in (f"-{option}", "false"))
    return (*off, f"+{line}:{column}")


_KNOWN: dict[str, _Flags] = {
    "vim": _vim,
    "vi": _vim,
    "nvim": _vim,
    "nano": _nano,
    "emacs": _emacs,
    "micro": _micro,
}
"""Options by the first word of the program's name; helix needs none."""


def chosen(environment: Mapping[str, str]) -> list[str] | None:
    """The words of `$VISUAL`, else `$EDITOR`; None if both are blank.

    Quotes are removed as by a shell, but nothing is expanded. Raises ValueError for a quote that is
    not closed.
    """
    said = environment.get("VISUAL", "").strip() or environment.get("EDITOR", "").strip()
    return shlex.split(said) or None


def command(words: Sequence[str], path: Path, line: int, column: int) -> list[str] | None:
    """The command that opens `path`, with the full path of its program; None without it."""
    program = shutil.which(words[0])
    if program is None:
        return None
    return [
        str(Path(program).absolute()),
        *words[1:],
        *_flags(program, line, column),
        str(path.absolute()),
    ]


def _flags(program: str, line: int, column: int) -> Sequence[str]:
    # `vi` may be a link to any of several programs: vim.basic, busybox, nvi.
    name = re.match("[a-z]*", Path(program).resolve().name)
    flags = _KNOWN.get(name[0]) if name else None
    return flags(line, column) if flags else ()
