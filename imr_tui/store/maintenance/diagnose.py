"""Finds the problems of a folder of cases, and the fixes for them."""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.store.cases.case_codec import decode
from imr_tui.store.history.versions import cases_with_versions
from imr_tui.store.maintenance import fixes
from imr_tui.store.maintenance.orphan_files import leftovers
from imr_tui.store.recovery.asides import cases_with_asides
from imr_tui.store.recovery.journal import abandoned, number_of
from imr_tui.store.safety import folder_privacy, permissions
from imr_tui.store.safety.folder_privacy import shared_paths
from imr_tui.store.safety.safe_open import OWN, SUFFIX, links, read_bytes
from imr_tui.store.signing.standing import standing_of_file
from imr_tui.store.worklist.case_numbers import sentence

if TYPE_CHECKING:
    from imr_tui.store.cases.folder import Entry, Folder
    from imr_tui.store.maintenance.fixes import Fix


@dataclass(frozen=True)
class Problem:
    """A problem of a folder of cases."""

    name: str
    """The argument for `--repair`: a file name, `.` or `leftovers`."""
    says: str
    """The problem, as a sentence."""
    offer: str = ""
    """A description of the fix; blank if none is known."""
    fix: Fix | None = None
    """Applies the fix."""


def examine(folder: Folder) -> Iterator[Problem]:
    """All problems of `folder` and the files in it; raises CannotStore."""
    entries = list(folder.entries())
    others = folder_privacy.others()
    yield from _of_folder(folder, others)
    yield from _closed_to_group(folder)
    for entry in entries:
        yield from _of_entry(folder, entry, others)
    yield from _duplicates(folder, entries)
    yield from _missing(folder, entries)
    yield from _unchosen_texts(folder)
    yield from _unsaved_journals(folder)
    if left := len(list(leftovers(folder.path))):
        offer = "removes them, after keeping unsaved text as versions"
        says = f"Killed sessions left {left} files behind."
        yield Problem("leftovers", says, offer, fixes.clean_up(folder.path))


def _of_folder(folder: Folder, others: int) -> Iterator[Problem]:
    """Problems of the folder itself, and links that lead out of it."""
    yield from _too_open(folder.path, ".", 0o700, others)
    own = folder.own("")
    if own.is_dir() and not own.is_symlink():
        yield from _too_open(own, OWN, 0o700, others)
    if says := folder_privacy.misplaced(folder.path):
        yield Problem(".", f"{says}.")
    for link in links(folder.path):
        name = str(link.relative_to(folder.path))
        says = f"{link} is a link. imr-tui does not follow links inside a folder of cases."
        yield Problem(name, says)


def _closed_to_group(folder: Folder) -> Iterator[Problem]:
    """Modes that keep the group out of a folder that the site shares with it."""
    if not permissions.is_shared():
        return
    status = folder.path.stat()
    if status.st_mode & stat.S_ISVTX and status.st_mode & stat.S_IRWXG:
        yield Problem(
            ".",
            f"{folder.path} has the sticky bit, so only the owner of a file can save it. Type "
            f"`chmod -t {shlex.quote(str(folder.path))}`.",
        )
    for path in shared_paths(folder.path):
        with suppress(OSError):
            now = path.lstat()
            if not stat.S_ISLNK(now.st_mode) and not now.st_mode & stat.S_IWGRP:
                name = str(path.relative_to(folder.path))
                says = f"The group cannot access {path}, although the settings allow it."
                offer = "opens it to the group (its owner's next start also does that)"
                yield Problem(name, says, offer, fixes.share(path))


def _of_entry(folder: Folder, entry: Entry, others: int) -> Iterator[Problem]:
    name = entry.path.name
    if entry.problem:
        yield _unreadable(folder, entry)
    if stat.S_ISREG(entry.path.lstat().st_mode):
        yield from _too_open(entry.path, name, 0o600, others)
        if entry.path.stat().st_nlink > 1:
            yield Problem(name, f"{entry.path} has another hard link. Saving will separate them.")


def _too_open(path: Path, name: str, mode: int, others: int) -> Iterator[Problem]:
    now = stat.S_IMODE(path.lstat().st_mode)
    if now & others:
        whom = "group" if permissions.is_shared() else "owner"
        says = f"Users other than the {whom} can read {path}."
        mode |= now & ~others & stat.S_IRWXG
        yield Problem(name, says, f"sets its mode to {mode:o}", fixes.make_private(path, mode))


def _unreadable(folder: Folder, entry: Entry) -> Problem:
    """An unreadable case file, with the first fix that would make it readable."""
    path, says = entry.path, entry.problem
    try:
        data = read_bytes(path)
    except ImrError:
        return Problem(path.name, says)
    if standing_of_file(path, data).kind == "altered":
        restore = f"Type `imr-tui sign --restore {shlex.quote(str(path))}` for the signed text."
        return Problem(path.name, f"{says} The case was signed. {restore}")
    if recoded := fixes.recoded(data):
        code, text = recoded
        offer = f"converts it from {code} to UTF-8"
        return Problem(path.name, says, offer, fixes.recode(path, data, text))
    return _misnamed(path, says, data) or _restorable(folder, path, says)


def _misnamed(path: Path, says: str, data: bytes) -> Problem | None:
    try:
        case = decode(data, path)
    except ImrError:
        return None
    target = path.with_name(case.number + SUFFIX)
    if os.path.lexists(target):
        return Problem(path.name, says)
    return Problem(path.name, says, f"renames it to {target.name}", fixes.rename(path, case))


def _restorable(folder: Folder, path: Path, says: str) -> Problem:
    found = fixes.readable(folder.path, path.stem)
    if found is None:
        return Problem(path.name, says)
    version, case = found
    offer = f"restores version {version.number} of {version.at:%Y-%m-%d %H:%M} UTC"
    return Problem(path.name, says, offer, fixes.go_back(path, version, case))


def _duplicates(folder: Folder, entries: Sequence[Entry]) -> Iterator[Problem]:
    """Files that hold the same case number."""
    holders: dict[str, list[str]] = {}
    for entry in entries:
        with suppress(ImrError):
            number = decode(read_bytes(entry.path), entry.path).number
            holders.setdefault(number.casefold(), []).append(entry.path.name)
    for names in holders.values():
        if len(names) > 1:
            yield from (Problem(name, sentence(folder.path, name, names)) for name in names)


def _missing(folder: Folder, entries: Sequence[Entry]) -> Iterator[Problem]:
    """Cases that have versions but no file."""
    there = {entry.path.stem for entry in entries}
    for number in cases_with_versions(folder.path):
        if number not in there and (found := fixes.readable(folder.path, number)):
            version, case = found
            path = folder.path / f"{number}{SUFFIX}"
            says = f"{path} is missing. Its last version is {version.number}."
            fix = fixes.bring_back(path, version, case)
            yield Problem(path.name, says, f"restores it from version {version.number}", fix)


def _unchosen_texts(folder: Folder) -> Iterator[Problem]:
    """Texts kept beside a case file, each by another session."""
    for number, aside in cases_with_asides(folder.path):
        path = folder.path / f"{number}{SUFFIX}"
        says = f"{path} has two versions; the other is {aside}. Open the case to choose one."
        yield Problem(aside.name, says)


def _unsaved_journals(folder: Folder) -> Iterator[Problem]:
    """Journals of sessions that ended before everything was saved."""
    for journal in abandoned(folder.path):
        if journal.read() is not None:
            number = number_of(journal.path)
            yield Problem(
                journal.path.name,
                f"{journal.path} has changes to {number} that the last session could not save. "
                "Open the folder with `imr-tui` to recover them.",
            )
        journal.close(remove=False)
