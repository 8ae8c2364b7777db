"""What this terminal and this folder's file system offer, a fact a line."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.store.maintenance.build import program
from imr_tui.store.safety import linux
from imr_tui.store.safety.linux import is_remote, kind_of
from imr_tui.terminal.capabilities import Colours, capabilities
from imr_tui.text.plain_text import clean_line

if TYPE_CHECKING:
    from imr_tui.store.cases.folder import Folder

_COLOURS: dict[Colours, str] = {
    "full": "16 million",
    "256": "256",
    "16": "16",
    "none": "none: reverse, bold and underlined stand for them",
}
_MULTIPLEXERS = {"TMUX": "tmux", "STY": "screen", "ZELLIJ": "zellij"}


def terminal_facts() -> Iterator[tuple[str, str]]:
    """The properties of the terminal."""
    size = shutil.get_terminal_size((0, 0))
    yield "terminal", clean_line(os.environ.get("TERM", "") or "not said")
    yield "size", f"{size.columns}x{size.lines}" if size.columns else "not known"
    can = capabilities(os.environ)
    yield "colours", _COLOURS[can.colours] if can.can_be_painted else "none: it shows lines only"
    yield "characters", "UTF-8" if can.characters == "UTF-8" else "ASCII only"
    found = [name for variable, name in _MULTIPLEXERS.items() if os.environ.get(variable)]
    yield "multiplexer", ", ".join(found) or "none"
    yield "over ssh", "yes" if os.environ.get("SSH_CONNECTION") else "no"


def program_facts() -> Iterator[tuple[str, str]]:
    """The version of the program."""
    dist = program()
    yield "program", f"imr-tui {dist.version}" if dist else "not installed from a wheel"


def folder_facts(folder: Folder) -> Iterator[tuple[str, str]]:
    """The properties of the file system of `folder`."""
    yield "folder", clean_line(str(folder.path))
    remote = " (over the network: locks may not reach other machines)"
    yield "file system", f"{kind_of(folder.path)}{remote if is_remote(folder.path) else ''}"
    yield "free", f"{shutil.disk_usage(folder.path).free // 1_000_000:,} MB"
    yield "can be written", "yes" if os.access(folder.path, os.W_OK) else "no"
    without = "no (sessions tell each other by files that they renew, within two minutes)"
    yield "locks", "yes" if linux.offers_locks(folder.path) else without
