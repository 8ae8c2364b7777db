"""Runs the app: checks the terminal, opens the folder, and reports how the app ended."""

from __future__ import annotations

import os
import sys
import termios
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from imr_tui.cli.output import tell
from imr_tui.cli.paths import DEFAULT, folder_and_number, own_folder
from imr_tui.cli.runtime import hardening
from imr_tui.cli.runtime.crash_report import hide_error_texts, where
from imr_tui.cli.runtime.guard import Guard
from imr_tui.cli.runtime.signals import SignalHandler
from imr_tui.errors import EXIT_BUG, EXIT_USAGE, BadInput
from imr_tui.store.cases.folder import Folder
from imr_tui.store.worklist.case_files import case_names
from imr_tui.terminal.capabilities import capabilities
from imr_tui.terminal.tty import Terminal

if TYPE_CHECKING:
    from imr_tui.store.config.machine_policy import Host

SWITCH_SECONDS = 0.0005
"""The interval at which background threads yield to the app. Python's default is ten times as
long, which would delay keys and the first frame."""


def open_path(path: Path | None) -> int:
    """Open the worklist of a folder, or one case."""
    if not is_terminal():
        tell(
            "the app needs a terminal. Without one, use `imr-tui list`, `check` or `letter`; "
            "`imr-tui --help` lists them."
        )
        return EXIT_USAGE
    from imr_tui.store.config.machine_policy import load_host

    host = load_host()
    if host.restricted:
        return open_folder(path, host)
    return _show(*folder_and_number(path or DEFAULT), host)


def open_folder(path: Path | None, host: Host) -> int:
    """Open the folder `path`, or that of this account, in restricted mode."""
    hardening.restrict()
    return _show(Folder(path or own_folder()), "", host)


def is_terminal() -> bool:
    """Whether standard input and output are a terminal."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def _show(folder: Folder, number: str, host: Host) -> int:
    terminal_can = capabilities(os.environ)
    if not terminal_can.can_move_cursor:
        tell(
            "this terminal (TERM) shows lines only, and the app paints a screen. Without one, use "
            "`imr-tui list`, `check` or `letter`."
        )
        return EXIT_USAGE
    from imr_tui.store.cases.saver import FLUSH_SECONDS
    from imr_tui.store.config.settings import load_settings
    from imr_tui.store.safety.folder_privacy import require_private

    case_names(folder.path)
    require_private(folder.path)
    letterhead, policy, extras, retention = load_settings(folder)
    if letterhead.templates is not None and host.restricted:
        raise BadInput(
            f"{folder.own('settings.toml')} names a template of its own, which restricted mode "
            "does not take, so nothing was opened. Have `templates` taken out there."
        )
    if not extras.kitty_keys:
        # Some terminals and multiplexers break this protocol, and the app does not need it.
        os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
    try:
        terminal = Terminal()
    except (OSError, termios.error):
        tell("the terminal cannot be opened, as it belongs to somebody else.")
        return EXIT_USAGE
    sys.setswitchinterval(SWITCH_SECONDS)
    guard = Guard(terminal)
    try:
        with SignalHandler(terminal, guard) as signals:
            from imr_tui.ui.app import ImrApp

            app = ImrApp(
                folder,
                letterhead,
                _now,
                number,
                policy,
                terminal,
                host,
                capabilities=terminal_can,
                retention=retention,
            )
            app.animation_level = "full" if extras.animations else "none"
            hide_error_texts(app.crash)
            signals.session = app.last_words
            try:
                app.run(mouse=extras.mouse)
            except Exception as error:
                # Recorded only, because unsaved changes must be written first.
                app.fault = app.fault or error
            signals.hold()
            is_saved = app.last_words.last_words(FLUSH_SECONDS)
            if not is_saved:
                signals.stay()
            app.last_words.close_session()
    finally:
        if terminal.has_app_modes:
            terminal.restore()
        guard.dismiss()
    if app.fault is not None:
        tell(f"stopped by a fault of its own ({where(app.fault)}). {_SAVED[is_saved]}")
    if app.farewell:
        tell(app.farewell)
    return app.return_code or (EXIT_BUG if app.fault else 0)


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


_SAVED = {
    True: "The case is saved up to the last change.",
    False: "The last changes could not be written to the disk.",
}
