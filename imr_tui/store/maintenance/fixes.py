"""Fixes for a folder of cases; each keeps a replaced file under `.imr/originals`."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from imr_tui.errors import CannotStore, ImrError
from imr_tui.model.limits import is_case_number
from imr_tui.store.cases.case_codec import decode, encode
from imr_tui.store.history.replaced import keep_original
from imr_tui.store.history.versions import Version, Versions
from imr_tui.store.maintenance.orphan_files import sweep
from imr_tui.store.safety import atomic, folder_privacy, safe_open
from imr_tui.store.safety.safe_open import SUFFIX, read_bytes

if TYPE_CHECKING:
    from imr_tui.model.case import Case

Fix = Callable[[], str]
"""Applies a fix and returns a sentence about it; raises ImrError."""

_ENCODINGS = (("utf-16", "UTF-16"), ("cp1252", "Windows-1252"))


def make_private(path: Path, mode: int) -> Fix:
    """Restrict access to `path` to `mode`."""

    def fix() -> str:
        try:
            # Through a descriptor, so that a link put in its place is not followed.
            descriptor = safe_open.open_file(path, os.O_RDONLY | os.O_NONBLOCK)
            try:
                os.fchmod(descriptor, mode)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise atomic.refused(path, error) from error
        return f"Other users can no longer access {path}."

    return fix


def share(path: Path) -> Fix:
    """Open `path` to the group."""

    def fix() -> str:
        try:
            folder_privacy.settle(path)
            if not path.lstat().st_mode & stat.S_IWGRP:
                raise CannotStore(f"{path} belongs to another account. Its owner must change it.")
        except OSError as error:
            raise atomic.refused(path, error) from error
        return f"The group can access {path}."

    return fix


def recoded(data: bytes) -> tuple[str, bytes] | None:
    """Convert a file in another encoding to UTF-8; returns the encoding's name and the bytes.

    None if the result is not a case, because then the encoding was a wrong guess.
    """
    if _is_utf_8(data):
        return None
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    code, name = _ENCODINGS[0] if is_wide else _ENCODINGS[1]
    try:
        text = data.decode(code).encode()
        decode(text, name)
    except (UnicodeDecodeError, ImrError):
        return None
    return name, text


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def recode(path: Path, data: bytes, text: bytes) -> Fix:
    """Replace `data` by `text`, which is the same in UTF-8."""

    def fix() -> str:
        keep_original(path, data)
        atomic.write(path, text)
        return f"{path} was converted to UTF-8."

    return fix


def rename(path: Path, case: Case) -> Fix:
    """Rename the file after the case number in it."""
    target = path.with_name(case.number + SUFFIX)

    def fix() -> str:
        data = read_bytes(path)
        keep_original(path, data)
        if not atomic.create(target, data):
            return f"{target} already exists. {path} was not changed."
        safe_open.unlink(path)
        return f"{path} was renamed to {target}."

    return fix


def readable(folder: Path, number: str) -> tuple[Version, Case] | None:
    """The newest readable version of a case, and the case in it."""
    if not is_case_number(number):
        return None
    for version in Versions(folder, number).all():
        try:
            case = decode(read_bytes(version.path), version.path)
        except ImrError:
            continue
        if case.number == number:
            return version, case
    return None


def go_back(path: Path, version: Version, case: Case) -> Fix:
    """Replace an unreadable file by its last readable version."""

    def fix() -> str:
        keep_original(path, read_bytes(path))
        atomic.write(path, encode(case))
        return f"{path} was restored from version {version.number}."

    return fix


def bring_back(path: Path, version: Version, case: Case) -> Fix:
    """Recreate a missing file from its last readable version."""

    def fix() -> str:
        if not atomic.create(path, encode(case)):
            return f"{path} already exists. It was not changed."
        return f"{path} was restored from version {version.number}."

    return fix


def clean_up(folder: Path) -> Fix:
    """Remove the files that killed sessions left behind."""

    def fix() -> str:
        swept = sweep(folder)
        kept = f", {swept.rescued} of them after keeping a version" if swept.rescued else ""
        return f"Removed {swept.removed} files{kept}."

    return fix
