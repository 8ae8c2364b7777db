"""Connects to the shared store of the organization, for commands."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from imr_tui.errors import BadInput
from imr_tui.store.config.account_folder import account_name
from imr_tui.store.config.state_folder import make_state_folder
from imr_tui.store.locking.sessions import session_id

if TYPE_CHECKING:
    from imr_tui.store.config.machine_policy import Host
    from imr_tui.store.shared.cases.audit import SharedAudit
    from imr_tui.store.shared.connection.address import Address
    from imr_tui.store.shared.connection.database import Database
    from imr_tui.store.shared.connection.server_memory import ServerMemory

# The modules of the shared store load psycopg, which only sites with a shared store have.


def address(host: Host, role: str = "") -> Address:
    """The address of the shared store for `role`, or for the role of this account.

    Raises BadInput if the machine has none, or for an address that cannot be used.
    """
    from imr_tui.store.shared.connection.address import address_of, role_of

    if not host.shared:
        raise BadInput(
            "This machine has no shared store. Root sets `shared` in /etc/imr-tui.toml: "
            "see `imr-tui help shared-setup`."
        )
    return address_of(host.shared, role or role_of(host, account_name()))


def database(host: Host, role: str = "", *, for_setup: bool = False) -> Database:
    """The shared store, not connected yet.

    With `for_setup`, the owner of the tables may connect. Raises BadInput, and CannotStore if the
    driver is not installed.
    """
    from imr_tui.store.shared.connection.driver import require_driver

    where = address(host, role)
    require_driver()
    from imr_tui.store.shared.connection.database import Database

    return Database(where, server_memory(), for_setup=for_setup)


def server_memory() -> ServerMemory:
    """The newest server that the commands of this account have seen; raises CannotStore."""
    from imr_tui.store.shared.connection.server_memory import NAME, ServerMemory

    return ServerMemory(make_state_folder(), NAME)


def audit(database: Database) -> SharedAudit:
    """The audit log of the shared store, for this session."""
    from imr_tui.store.shared.cases.audit import SharedAudit

    return SharedAudit(database, session_id(), socket.gethostname())
