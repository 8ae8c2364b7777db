"""Path arguments of commands: a case file, or a folder of cases."""

import errno
import os
import pwd
from datetime import UTC, date, datetime
from pathlib import Path

from imr_tui.cli.output import tell
from imr_tui.errors import CannotStore
from imr_tui.store.cases.folder import Folder
from imr_tui.store.safety import atomic
from imr_tui.store.safety.folder_privacy import fault
from imr_tui.store.safety.safe_open import SUFFIX

DEFAULT = Path("cases")
"""The folder of cases if none is given."""


def today() -> date:
    """The day at the place of the reviewer."""
    return datetime.now(UTC).astimezone().date()


def require_valid(path: Path) -> None:
    """Raise CannotStore for a path that cannot exist."""
    try:
        path.lstat()
    except ValueError as error:
        raise CannotStore(f"{str(path)!r} is no name of a file.") from error
    except OSError as error:
        if error.errno in (errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL):
            short = f"{str(path)[:60]}..."
            raise CannotStore(f"{short} could not be read: {atomic.reason(error)}.") from error


def folder_and_number(path: Path, *, may_be_gone: bool = False) -> tuple[Folder, str]:
    """The folder that `path` is or is in, and the case number if it is a case file, or blank.

    Raises CannotStore if the case file does not exist, unless it `may_be_gone`.
    """
    require_valid(path)
    if path.suffix == SUFFIX and not path.is_dir():
        if not (may_be_gone or path.exists() or path.is_symlink()):
            raise CannotStore(f"There is no case file {path}. `imr-tui new` makes one.")
        return Folder(path.parent), path.stem
    return Folder(path), ""


def warn_of(folder: Path) -> None:
    """Warn the user if others can access a folder that is only read."""
    if says := fault(folder):
        tell(f"{says}.")


def own_folder() -> Path:
    """The folder of cases of this account, created if necessary; raises CannotStore."""
    # Not $HOME, which the caller of the program may set.
    try:
        home = Path(pwd.getpwuid(os.getuid()).pw_dir)
    except KeyError as error:
        raise CannotStore(
            "This account is not in passwd, so it has no folder of its own; name one."
        ) from error
    folder = home / DEFAULT
    atomic.make_folder(folder)
    return folder
