"""Resolves what a path means: a folder of cases, or one case in it, and opens either."""

from __future__ import annotations

import errno
import os
import pwd
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import BadInput, CannotStore
from imr_tui.services.named_case import DEFAULT_FOLDER
from imr_tui.store.cases import case_file
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.settings import load_settings
from imr_tui.store.safety import atomic
from imr_tui.store.safety.folder_privacy import fault, require_private
from imr_tui.store.safety.safe_open import SUFFIX
from imr_tui.store.worklist.case_files import case_names

if TYPE_CHECKING:
    from imr_tui.model.case import Case
    from imr_tui.store.config.settings import LoadedSettings


class Target(NamedTuple):
    """A folder of cases, or one case in it."""

    path: Path
    """The path as the user gave it."""
    folder: Folder
    """The folder that it is, or is in."""
    number: str = ""
    """The case number if it is a case file, or blank."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences for a user who only reads this folder: others can access it."""
        return folder_warnings(self.folder.path)

    def open(self) -> Case:
        """Read the case; raises BadInput or CannotStore."""
        return case_file.open_case(self.path).case


def require_valid(path: Path) -> None:
    """Raise CannotStore for a path that cannot exist."""
    try:
        path.lstat()
    except ValueError as error:
        raise CannotStore(f"{str(path)!r} is not a valid file name.") from error
    except OSError as error:
        if error.errno in (errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL):
            short = f"{str(path)[:60]}..."
            raise CannotStore(f"{short} could not be read: {atomic.reason(error)}.") from error


def resolve(path: Path, *, may_be_gone: bool = False) -> Target:
    """Find the folder, and the case if `path` is a case file.

    Raises CannotStore if the case file does not exist, unless it `may_be_gone`.
    """
    require_valid(path)
    if path.suffix == SUFFIX and not path.is_dir():
        if not (may_be_gone or path.exists() or path.is_symlink()):
            raise CannotStore(f"There is no case file {path}. Create it with `imr-tui new`.")
        return Target(path, Folder(path.parent), path.stem)
    return Target(path, Folder(path))


def resolve_case(path: Path, *, may_be_gone: bool = False) -> Target:
    """Like `resolve`, but raises BadInput if `path` is not a case file."""
    target = resolve(path, may_be_gone=may_be_gone)
    if not target.number:
        what = "is a folder, not a case file" if path.is_dir() else "is not a case file"
        raise BadInput(f"{path} {what}. Name a case file, or the number of a case.")
    return target


def folder_warnings(folder: Path) -> tuple[str, ...]:
    """Return a sentence if others can access a folder that is only read."""
    says = fault(folder)
    return (f"{says}.",) if says else ()


def open_folder(folder: Folder, *, restricted: bool) -> LoadedSettings:
    """Check that the app may open `folder`, and load its settings.

    Raises CannotStore if it cannot be listed or others can access it, BadInput for invalid
    settings, and for a template of its own in restricted mode.
    """
    case_names(folder.path)
    require_private(folder.path)
    settings = load_settings(folder)
    if settings.letterhead.templates is not None and restricted:
        raise BadInput(
            f"{folder.own('settings.toml')} sets `templates`. Restricted mode does not allow that, "
            "so nothing was opened. Ask the administrator to remove that line."
        )
    return settings


def own_folder() -> Folder:
    """Return the folder of cases of this account, created if necessary; raises CannotStore."""
    # Not $HOME, which the caller of the program may set.
    try:
        home = Path(pwd.getpwuid(os.getuid()).pw_dir)
    except KeyError as error:
        raise CannotStore(
            "This account is not in passwd, so it has no home folder. Name a folder of cases."
        ) from error
    folder = home / DEFAULT_FOLDER
    atomic.make_folder(folder)
    return Folder(folder)
