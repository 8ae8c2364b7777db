"""Two sessions on one store, for each kind of store that the contract holds for."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from imr_tui import checks
from imr_tui.store.cases.folder import Folder
from imr_tui.store.contract import CaseRows, CaseStore
from imr_tui.store.locking.holder import Holder
from imr_tui.store.shared.cases.shared_store import SharedStore
from imr_tui.store.shared.connection.database import Database
from imr_tui.store.worklist.folder_rows import FolderRows
from tests.builders import NOW
from tests.postgres.fixtures import SharedDatabase
from tests.store.shared import sessions

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
def folder_pair(path: Path, request: pytest.FixtureRequest) -> Iterator[Pair]:
    """Two sessions on one folder of cases."""

    def session() -> Session:
        return Session(Folder(path), FolderRows(path, checks.CheckSetup()))

    yield Pair(session(), session())


@contextmanager
def shared_pair(path: Path, request: pytest.FixtureRequest) -> Iterator[Pair]:
    """Two sessions of a reviewer on a real PostgreSQL server."""
    rows = pytest.importorskip("imr_tui.store.shared.worklist.rows")
    shared: SharedDatabase = request.getfixturevalue("shared_database")
    with (
        sessions.database(shared, "alice", path) as mine,
        sessions.database(shared, "alice", path) as theirs,
    ):

        def session(name: str, database: Database) -> Session:
            store = SharedStore(database, name, "alice", sessions.columns)
            return Session(store, rows.SharedRows(database, "alice"))

        yield Pair(session("first", mine), session("second", theirs))


MakePair = Callable[[Path, pytest.FixtureRequest], AbstractContextManager[Pair]]
"""Makes a pair of sessions on an empty store; the path is that of an empty folder."""
PAIRS: dict[str, MakePair] = {"folder": folder_pair, "shared": shared_pair}
"""The stores by name."""
