"""`imr-tui shared init` and `migrate`: create the tables of the shared store, and change them."""

from __future__ import annotations

import click

from imr_tui.cli.output import say, tell
from imr_tui.errors import CannotStore
from imr_tui.services.shared.setup import GroupsMissing, initialize, update
from imr_tui.store.config.machine_policy import load_host

owner_option = click.option(
    "--as",
    "owner",
    required=True,
    metavar="ROLE",
    help="The database role that owns, or will own, the tables.",
)


@click.command(epilog="Example: imr-tui shared init --as imr_owner")
@owner_option
def init(owner: str) -> int:
    """Create the groups and the tables.

    If ROLE may not create the groups, the SQL for an administrator is printed, and the exit code
    is 4.
    """
    try:
        applied = initialize(load_host(), owner)
    except GroupsMissing as missing:
        say(missing.sql)
        tell(str(missing))
        return CannotStore.exit_code
    tell(
        f"The shared store has schema {applied[-1]} now. Add roles to imr_reviewer and "
        "imr_coordinator."
        if applied
        else "The shared store was set up before. Nothing was changed."
    )
    return 0


@click.command(epilog="Example: imr-tui shared migrate --as imr_owner")
@owner_option
@click.option("--new-epoch", is_flag=True, help="Begin a new epoch, after a backup was restored.")
def migrate(owner: str, new_epoch: bool) -> int:
    """Change the tables to the form that this version needs."""
    updated = update(load_host(), owner, new_epoch=new_epoch)
    for number in updated.applied:
        tell(f"The shared store has schema {number} now.")
    if not updated.applied:
        tell("The schema of the shared store is current.")
    if updated.epoch:
        tell(f"Epoch {updated.epoch} began. Servers of an earlier epoch are refused.")
    return 0
