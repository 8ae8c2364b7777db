"""How commands name cases: a case file, or a folder with its cases."""

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
"""The folder that is meant where none is named."""


def today() -> date:
    """The day at the place of the reviewer."""
    return datetime.now(UTC).astimezone().date()


def demand_possible(path: Path) -> None:
    """Raise CannotStore for what no file can be called."""
    try:
        path.lstat()
    except ValueError as error:
        raise CannotStore(f"{str(path)!r} is no name of a file.") from error
    except OSError as error:
        if error.errno in (errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL):
            short = f"{str(path)[:60]}..."
            raise CannotStore(f"{short} could not be read: {atomic.reason(error)}.") from error


def folder_and_number(path: Path, *, may_be_gone: bool = False) -> tuple[Folder, str]:
    """The folder that `path` is or lies in, and the case number if it names a case file.

    Raises CannotStore if there is no such case file, unless it `may_be_gone`.
    """
    demand_possible(path)
    if path.suffix == SUFFIX and not path.is_dir():
        if not (may_be_gone or path.exists() or path.is_symlink()):
            raise CannotStore(f"There is no case file {path}. `imr-tui new` makes one.")
        return Folder(path.parent), path.stem
    return Folder(path), ""


def warn_of(folder: Path) -> None:
    """Tell the user if others can get at a folder that is only read."""
    if says := fault(folder):
        tell(f"{says}.")


def own_folder() -> Path:
    """The folder of this account, made if it is not there yet; raises CannotStore."""
    # Not $HOME, which whoever calls the program may set.
    try:
        home = Path(pwd.getpwuid(os.getuid()).pw_dir)
    except KeyError as error:
        raise CannotStore(
            "This account is not in passwd, so it has no folder of its own; name one."
        ) from error
    folder = home / DEFAULT
    atomic.make_folder(folder)
    return folder
