"""The rescue directory, in which the site keeps texts that the folder of cases cannot take."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from imr_tui.errors import CannotStore, ImrError
from imr_tui.model.limits import required_number
from imr_tui.store.config.account_folder import account_name
from imr_tui.store.recovery import kept_text
from imr_tui.store.safety import atomic, permissions
from imr_tui.store.safety.safe_open import SUFFIX, read_bytes

if TYPE_CHECKING:
    from imr_tui.store.recovery.kept_text import KeptText

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def keep(top: Path, text: KeptText) -> Path:
    """Write a text to this account's part of the directory; raises CannotStore."""
    place = _own_part(top)
    try:
        _require_directory(top)
        with suppress(FileExistsError):
            place.mkdir(mode=permissions.FOLDER_MODE)
        _require_private(place)
    except OSError as error:
        raise atomic.refused(place, error) from error
    path = place / f"{required_number(text.number)}.{text.session}{SUFFIX}"
    atomic.write(path, text.encode())
    return path


def texts(top: Path, folder: Path) -> Iterator[tuple[Path, KeptText]]:
    """The texts that this account's sessions left there for cases of `folder`."""
    place, wanted = _own_part(top), os.path.realpath(folder)
    try:
        _require_directory(top)
        _require_private(place)
        paths = sorted(place.glob(f"*{SUFFIX}"))
    except (OSError, CannotStore):
        return
    for path in paths:
        with suppress(ImrError):
            text = kept_text.decode(read_bytes(path))
            if text is not None and text.folder == wanted:
                yield path, text


def _own_part(top: Path) -> Path:
    return top / account_name()


def _require_directory(top: Path) -> None:
    """Raise CannotStore unless only root or this account controls `top`."""
    status = top.lstat()
    is_ours = stat.S_ISDIR(status.st_mode) and status.st_uid in (0, os.geteuid())
    # If others may write to it, it must be sticky, so that only owners replace entries.
    if not is_ours or (status.st_mode & _OTHERS_WRITE and not status.st_mode & stat.S_ISVTX):
        raise CannotStore(f"{top} is not safe for case texts. See `imr-tui help settings`.")


def _require_private(place: Path) -> None:
    """Raise CannotStore unless `place` is a folder private to this account."""
    status = place.lstat()
    is_folder = stat.S_ISDIR(status.st_mode)
    if not is_folder or status.st_uid != os.geteuid() or status.st_mode & _OTHERS:
        raise CannotStore(f"Other accounts can access {place}, so nothing was kept there.")
