"""`imr-tui [PATH]`: the app itself."""

import os
import sys
import termios
from datetime import UTC, datetime
from pathlib import Path

import click

from imr_tui.cli.endings import Endings
from imr_tui.cli.faults import hush, where
from imr_tui.cli.guard import Guard
from imr_tui.cli.paths import DEFAULT, folder_and_number
from imr_tui.cli.speech import tell
from imr_tui.errors import EXIT_USAGE
from imr_tui.ui.abilities import abilities
from imr_tui.ui.terminal import Terminal


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
    terminal_can = abilities(os.environ)
    if not terminal_can.can_be_painted:
        tell(
            "this terminal (TERM) shows lines only, and the app paints a screen. Without one, use "
            "`imr-tui list`, `check` or `letter`."
        )
        return EXIT_USAGE
    from imr_tui.store.host import load_host
    from imr_tui.store.saver import FLUSH_SECONDS
    from imr_tui.store.settings import load_letterhead, load_policy

    host = load_host()
    folder, number = folder_and_number(path)
    letterhead, policy = load_letterhead(folder), load_policy(folder)
    next(folder.entries(), None)
    # Terminals and multiplexers mix this protocol up; nothing here needs it.
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    # Ctrl+Z and Ctrl+C are keys like others.
    os.environ.pop("TEXTUAL_ALLOW_SIGNALS", None)
    try:
        terminal = Terminal()
    except (OSError, termios.error):
        tell("the terminal cannot be opened, as it belongs to somebody else.")
        return EXIT_USAGE
    guard = Guard(terminal)
    try:
        with Endings(terminal, guard) as endings:
            from imr_tui.ui.app import ImrApp

            app = ImrApp(folder, letterhead, _now, number, policy, terminal, host, terminal_can)
            hush(app.crash)
            endings.last_words = app.last_words
            app.run(mouse=False)
            is_saved = app.last_words(FLUSH_SECONDS)
    finally:
        if terminal.is_taken:
            terminal.restore()
        guard.dismiss()
    if app.fault is not None:
        tell(f"stopped by a fault of its own ({where(app.fault)}). {_SAVED[is_saved]}")
    if app.farewell:
        tell(app.farewell)
    return app.return_code or 0


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


_SAVED = {
    True: "The case is saved up to the last change.",
    False: "The last changes could not be written to the disk.",
}
