"""Brings the text of a case from the shared store into the folder, and loses neither side's text.

To be called with the folder's claim on the case, before it is opened.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import BadInput
from imr_tui.store.cases.case_codec import decode
from imr_tui.store.cases.own_files import write_own_files
from imr_tui.store.history.replaced import keep_original, overwrite_file
from imr_tui.store.history.versions import Event
from imr_tui.store.recovery.asides import Aside, asides
from imr_tui.store.safety.safe_open import SUFFIX, read_bytes
from imr_tui.store.shared.replication.divergence import There, divergence, divergence_of_files
from imr_tui.store.shared.replication.share_note import (
    ShareNote,
    digest_of,
    digest_of_files,
    file_digests,
    read_note,
    write_note,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from imr_tui.store.shared.replication.divergence import Divergence
    from imr_tui.store.shared.replication.remote import Remote


class Pulled(NamedTuple):
    """What was found, and done."""

    divergence: Divergence
    """Which side had changed."""
    there: There
    """What the shared store has."""

    def says(self, number: str) -> str:
        """A sentence for the reviewer; blank if nothing needs one."""
        if self.divergence != "both":
            return ""
        return f"{number} has two versions: the shared one, and the text that was only here."


def pull(folder: Path, number: str, remote: Remote, there: There, session: str = "") -> Pulled:
    """Let the folder have the latest text and files of a case that is `there`.

    If both sides changed the text, the folder's goes beside the file, where the reviewer chooses
    when the case is opened. Without the `session` that has the lease, a text that the folder has
    not sent yet stays in place. Raises Unreachable, BadInput for a text that this program cannot
    read, and CannotStore.
    """
    here = _here(folder, number)
    digest = None if here is None else digest_of(here)
    note = read_note(folder, number)
    what = divergence(note, digest, there)
    files = divergence_of_files(note, digest_of_files(file_digests(folder, number)), there)
    if {what, files} & {"theirs", "both"}:
        fetched = remote.fetch(number)
        _require_case(number, fetched.body)
        # Without a lease, another session may have saved in between.
        sums = {path: digest_of(data) for path, data in fetched.files.items()}
        there = There(fetched.revision, digest_of(fetched.body), digest_of_files(sums), there.epoch)
        what = divergence(note, digest, there)
        if what in ("ours", "both") and not session:
            return Pulled(what, there)
        _take_files(folder, number, fetched.files)
        _take_text(folder, number, here, fetched.body, what)
    if session or what in ("same", "theirs"):
        write_note(folder, number, ShareNote(*there, session))
    return Pulled(what, there)


def _here(folder: Path, number: str) -> bytes | None:
    path = folder / f"{number}{SUFFIX}"
    return read_bytes(path) if os.path.lexists(path) else None


def _require_case(number: str, body: bytes) -> None:
    if decode(body, f"{number} in the shared store").number != number:
        raise BadInput(f"The shared store has another case as {number}. Nothing was changed here.")


def _take_files(folder: Path, number: str, files: Mapping[str, bytes]) -> None:
    """Write the files of the shared store; a different one of the folder is copied first."""
    for name, data in files.items():
        path = folder / name
        if os.path.lexists(path) and (here := read_bytes(path)) != data:
            keep_original(path, here)
    write_own_files(folder, number, files)


def _take_text(
    folder: Path, number: str, here: bytes | None, body: bytes, what: Divergence
) -> None:
    if what not in ("theirs", "both"):
        return
    if what == "both" and here is not None:
        # First, so that a text that nobody else has is never only in the history.
        _set_aside(folder, number, here)
    overwrite_file(folder / f"{number}{SUFFIX}", body, Event.ELSEWHERE)


def _set_aside(folder: Path, number: str, data: bytes) -> None:
    """Keep a text beside the file, unless one that was killed in between did so already."""
    if all(read_bytes(path) != data for path in asides(folder, number)):
        Aside(folder, number).write(data)
