"""How commands name cases: a case file, or a folder with its cases."""

from pathlib import Path

from imr_tui.cli.speech import tell
from imr_tui.errors import CannotStore
from imr_tui.store.folder import Folder
from imr_tui.store.privacy import fault
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


def warn_of(folder: Path) -> None:
    """Tell the user if others can get at a folder that is only read."""
    if says := fault(folder):
        tell(f"{says}.")
