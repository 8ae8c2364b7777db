"""What the commands that sign and verify load first: the keys that are trusted, and the claim."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imr_tui.errors import BadInput, ImrError
from imr_tui.services.commit_signature import settle
from imr_tui.services.open_case import resolve
from imr_tui.store.config.machine_policy import load_host
from imr_tui.store.locking.claim import claim
from imr_tui.store.locking.holder import this_session
from imr_tui.store.signing.trust import Trust, load_trust

if TYPE_CHECKING:
    from imr_tui.services.open_case import Target
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.signing.signing_key import SigningKey


def local_now() -> datetime:
    """The time at the place of the reviewer, with its zone."""
    return datetime.now(UTC).astimezone()


def settle_folder(folder: Path) -> None:
    """Complete or take back what killed processes left; does nothing in a read-only folder."""
    if os.access(folder, os.W_OK):
        settle(folder, lambda: this_session(datetime.now(UTC)), datetime.now(UTC))


def trust_of(folder: Folder) -> Trust:
    """The keys that are trusted in a folder; raises BadInput if there are no such keys."""
    return load_trust(folder, load_host())


def trust_or_none(folder: Folder) -> tuple[Trust | None, tuple[str, ...]]:
    """The keys that are trusted in a folder, or None and why."""
    try:
        return trust_of(folder), ()
    except ImrError as error:
        return None, (str(error),)


@contextmanager
def claimed(target: Target) -> Iterator[None]:
    """Hold the claim on a case; raises Held if a session has it open, CannotStore."""
    mine = claim(target.folder.path, target.number, this_session(datetime.now(UTC)))
    try:
        yield
    finally:
        mine.release()


def by_folder(
    paths: Sequence[Path], files_of: Callable[[Path], Sequence[Path]]
) -> dict[Path, list[Path]]:
    """The case files that `paths` name, once each, by their folder; raises CannotStore.

    A folder stands for what `files_of` finds in it.
    """
    files: dict[Path, list[Path]] = {}
    for path in paths:
        target = resolve(path)
        named = [path] if target.number else files_of(path)
        files.setdefault(target.folder.path, []).extend(named)
    return {folder: list(dict.fromkeys(named)) for folder, named in files.items()}


def require_terminal(says: str) -> None:
    """Raise BadInput, with a sentence, unless the user can be asked on a terminal."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise BadInput(f"{says} Nothing was signed.")


def ask_passphrase(key: SigningKey) -> str:
    """Ask for the passphrase of a key; raises BadInput without a terminal."""
    require_terminal(f"The key {key.comment} needs its passphrase, typed on a terminal.")
    return str(click.prompt(f"Passphrase of {key.comment}", hide_input=True, err=True))
