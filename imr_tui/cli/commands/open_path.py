"""`imr-tui [PATH]`: opens the app."""

from pathlib import Path

import click

from imr_tui.cli.parameters import NamedPath
from imr_tui.cli.runtime.open_app import open_path


@click.command("open", hidden=True)
@click.argument("path", type=NamedPath(), required=False)
def opening(path: Path | None) -> int:
    """Open the worklist of a folder, or one case."""
    return open_path(path)
