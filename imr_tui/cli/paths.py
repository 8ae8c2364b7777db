"""How commands name cases: a case file, or a folder with its cases."""

import os
import pwd
from pathlib import Path

from imr_tui.errors import CannotStore
from imr_tui.store.atomic import make_folder
from imr_tui.store.folder import Folder
from imr_tui.store.read import SUFFIX

DEFAULT = Path("cases")
"""The folder that is meant where none is named."""


def folder_and_number(path: Path, *, may_be_gone: bool = False) -> tuple[Folder, str]:
    """The folder that `path` is or lies in, and the case number if it names a case file.

    Raises CannotStore if there is no such case file, unless it `may_be_gone`.
    """
    if path.suffix == SUFFIX and not path.is_dir():
        if not (may_be_gone or path.exists() or path.is_symlink()):
            raise CannotStore(f"There is no case file {path}. `imr-tui new` makes one.")
        return Folder(path.parent), path.stem
    return Folder(path), ""


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
    make_folder(folder)
    return folder
