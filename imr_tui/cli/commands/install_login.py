"""`imr-tui install-login FILE`: the login shell of reviewers, installed by root."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def install_login(file: Path) -> int:
    """Install the login shell of reviewers, such as /usr/local/bin/imr-tui-login; for root.

    It starts the app on the folder of the account and nothing else, whatever the environment says.
    """
    from imr_tui.store.safety.login_shell import install

    install(file, Path(sys.executable))
    click.echo(file)
    return 0
