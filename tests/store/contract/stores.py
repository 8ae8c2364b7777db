"""Two sessions on one store, for each kind of store that the contract holds for."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple

from imr_tui import checks
from imr_tui.store.cases.folder import Folder
from imr_tui.store.contract import CaseRows, CaseStore
from imr_tui.store.locking.holder import Holder
from imr_tui.store.worklist.folder_rows import FolderRows
from tests.builders import NOW

ME = Holder(who="drjane", host="ward-3", pid=1, since=NOW)
OTHER = Holder(who="drjane", host="home", pid=2, since=NOW)


class Session(NamedTuple):
    """A session on a store."""

    store: CaseStore
    """Opens, creates and claims cases."""
    rows: CaseRows
    """Lists them."""


class Pair(NamedTuple):
    """Two sessions of one reviewer on one store."""

    mine: Session
    """The first one."""
    theirs: Session
    """The second one."""


@contextmanager
def folder_pair(path: Path) -> Iterator[Pair]:
    """Two sessions on one folder of cases."""

    def session() -> Session:
        return Session(Folder(path), FolderRows(path, checks.CheckSetup()))

    yield Pair(session(), session())


MakePair = Callable[[Path], AbstractContextManager[Pair]]
"""Makes a pair of sessions on an empty store; the path is that of an empty folder."""
PAIRS: dict[str, MakePair] = {"folder": folder_pair}
"""The stores by name."""
