"""Sessions on the shared store, and states of a case that they save."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from imr_tui import checks
from imr_tui.model import edits
from imr_tui.model.case import Case
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.locking.holder import Holder
from imr_tui.store.shared.cases.columns import Columns, columns_of
from imr_tui.store.shared.cases.leases import LEASE_SECONDS
from imr_tui.store.shared.cases.saves import Outgoing
from imr_tui.store.shared.cases.shared_store import SharedStore
from imr_tui.store.shared.connection.address import address_of
from imr_tui.store.shared.connection.connection import Connection
from imr_tui.store.shared.connection.database import Database
from imr_tui.store.shared.connection.server_memory import ServerMemory
from tests.builders import NOW, NUMBER, a_case
from tests.postgres.fixtures import SharedDatabase

ME = Holder(who="alice", host="ward-3", pid=1, since=NOW)
OTHER = Holder(who="alice", host="home", pid=2, since=NOW)
SECONDS = 20.0
"""More than a connection takes."""


def columns(case: Case, data: bytes) -> Columns:
    """The columns of a case beside which there are no files."""
    return columns_of(Path(f"{case.number}.toml"), case, data, checks.CheckSetup())


def outgoing(
    text: str, revision: int, sequence: int, number: str = NUMBER, event: str = ""
) -> Outgoing:
    """A state of a case with `text` as its summary."""
    case = edits.set_summary(a_case(), text)
    case = case.but(particulars=case.particulars.but(number=number))
    data = encode(case)
    return Outgoing(number, data, columns(case, data), revision, sequence, event=event)


def connection(shared: SharedDatabase, role: str) -> Connection:
    """A connection of a role, without looking at which server it is."""
    address = address_of(shared.url(role), role)
    return Connection.open(address, address.hosts[0], seconds=SECONDS)


@contextmanager
def database(shared: SharedDatabase, role: str, folder: Path) -> Iterator[Database]:
    """The shared store as a session of a role uses it; `folder` is its folder of cases."""
    (folder / ".imr").mkdir(exist_ok=True)
    made = Database(address_of(shared.url(role), role), ServerMemory(folder))
    yield made
    made.close()


@contextmanager
def store(
    shared: SharedDatabase,
    role: str,
    folder: Path,
    session: str,
    seconds: float = LEASE_SECONDS,
) -> Iterator[SharedStore]:
    """A session of a role."""
    with database(shared, role, folder) as opened:
        yield SharedStore(opened, session, role, columns, seconds)
