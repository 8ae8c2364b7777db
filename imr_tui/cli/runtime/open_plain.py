"""Runs plain mode: opens the folder, and reports how the session ended."""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from imr_tui.cli.output import tell
from imr_tui.cli.runtime.crash_report import hide_error_texts, where
from imr_tui.cli.runtime.guard import Guard
from imr_tui.cli.runtime.line_terminal import LineTerminal
from imr_tui.cli.runtime.signals import SignalHandler
from imr_tui.errors import EXIT_BUG, EXIT_USAGE
from imr_tui.services.open_case import open_folder
from imr_tui.store.cases.saver import FLUSH_SECONDS
from imr_tui.terminal.capabilities import capabilities

if TYPE_CHECKING:
    from imr_tui.plain.app import PlainApp
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.config.machine_policy import Host

_SIGNALS = (signal.SIGHUP, signal.SIGTERM)
"""Signals that end the session; SIGINT cancels a question."""


def show(folder: Folder, number: str, host: Host) -> int:
    """Run plain mode on a folder, first with a case if `number` is not blank; its exit code."""
    if sys.stdin is None or sys.stdout is None:
        tell("plain mode reads lines from standard input and writes to standard output.")
        return EXIT_USAGE
    settings = open_folder(folder, restricted=host.restricted)
    terminal = LineTerminal()
    guard = Guard(terminal)
    try:
        with SignalHandler(terminal, guard, _SIGNALS) as signals:
            # What starts threads: they must inherit the blocked signals.
            from imr_tui.plain.app import PlainApp

            app = PlainApp(
                terminal.fileno(), sys.stdout, folder, settings, host, _now, encoding=_encoding()
            )
            app.session.terminal = terminal.for_programs
            hide_error_texts(app.crash)
            signals.session = app
            signal.signal(signal.SIGINT, lambda *_: app.console.interrupt())
            is_saved = _run(app, number, signals)
    finally:
        terminal.restore()
        guard.dismiss()
    if app.fault is None:
        return 0
    saved = "All changes are saved." if is_saved else "The last changes could not be saved."
    tell(f"internal error ({where(app.fault)}). {saved}")
    return EXIT_BUG


def _run(app: PlainApp, number: str, signals: SignalHandler) -> bool:
    """Run the session, and save what it leaves; whether all is saved."""
    try:
        app.run(number)
    except Exception as error:
        # Recorded only, because unsaved changes must be written first.
        app.fault = app.fault or error
    signals.hold()
    is_saved = app.last_words(FLUSH_SECONDS)
    if not is_saved:
        signals.stay()
    app.close_session()
    return is_saved


def _encoding() -> str:
    """The encoding of standard output; ASCII for a terminal whose locale has no UTF-8."""
    is_ascii = sys.stdout.isatty() and capabilities(os.environ).characters == "ASCII"
    return "ascii" if is_ascii else sys.stdout.encoding or "ascii"


def _now() -> datetime:
    return datetime.now(UTC).astimezone()
