"""`imr-tui shared`: sets up and uses the shared store of an organization."""

import click

from imr_tui.cli.commands.shared.coordinating import assign, check
from imr_tui.cli.commands.shared.copying import export_cases, import_cases
from imr_tui.cli.commands.shared.reporting import status
from imr_tui.cli.commands.shared.setting_up import init, migrate


@click.group(epilog="Example: imr-tui shared status")
def shared() -> None:
    """Set up and use the shared store.

    The shared store is a PostgreSQL database in which several hosts share cases. Its address is in
    /etc/imr-tui.toml: see `imr-tui help shared-setup`.
    """


for command in (init, migrate, status, import_cases, export_cases, check, assign):
    shared.add_command(command)
