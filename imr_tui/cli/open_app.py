"""`imr-tui [PATH]`: the app itself."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from imr_tui.cli.paths import DEFAULT, folder_and_number
from imr_tui.cli.speech import tell
from imr_tui.errors import EXIT_USAGE


@click.command("open", hidden=True)
@click.argument("path", type=click.Path(path_type=Path), default=DEFAULT)
def open_app(path: Path) -> int:
    """Open the worklist of a folder, or one case."""
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        tell(
            "the app needs a terminal. Without one, use `imr-tui list`, `check` or `letter`; "
            "`imr-tui --help` lists them."
        )
        return EXIT_USAGE
    from imr_tui.store.settings import load_letterhead, load_policy

    folder, number = folder_and_number(path)
    letterhead, policy = load_letterhead(folder), load_policy(folder)
    next(folder.entries(), None)
    # Terminals and multiplexers mix this protocol up; nothing here needs it.
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    from imr_tui.ui.app import ImrApp

    app = ImrApp(folder, letterhead, lambda: datetime.now(UTC).astimezone(), number, policy)
    app.run(mouse=False)
    if app.farewell:
        tell(app.farewell)
    return app.return_code or 0
