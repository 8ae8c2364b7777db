"""Runs the app: checks the terminal, opens the folder, and reports how the app ended."""

from __future__ import annotations

import os
import sys
import termios
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from imr_tui.cli.output import tell
from imr_tui.cli.runtime import hardening
from imr_tui.cli.runtime.crash_report import hide_error_texts, where
from imr_tui.cli.runtime.guard import Guard
from imr_tui.cli.runtime.signals import SignalHandler
from imr_tui.errors import EXIT_BUG, EXIT_USAGE
from imr_tui.services.named_case import folder_at_hand
from imr_tui.services.open_case import open_folder, own_folder, require_valid, resolve
from imr_tui.store.cases.folder import Folder
from imr_tui.store.cases.saver import FLUSH_SECONDS
from imr_tui.store.config import machine_policy
from imr_tui.terminal.capabilities import capabilities
from imr_tui.terminal.tty import Terminal

if TYPE_CHECKING:
    from imr_tui.store.config.machine_policy import Host

_HELP = f"""\
Usage: imr-tui {hardening.OPTION} [{hardening.PLAIN}] [FOLDER]

  Opens the worklist of FOLDER. The default is the folder `cases` in your home directory.

  The administrator has restricted imr-tui to the app; other commands are disabled.
  The app needs a terminal: connect with `ssh -t`. In the app, F1 shows the keys.
  With {hardening.PLAIN}, or TERM=dumb, it works line by line, as for a screen reader.
"""

SWITCH_SECONDS = 0.0005
"""The interval at which background threads yield to the app. Python's default is ten times as
long, which would delay keys and the first frame."""


def open_path(path: Path | None, *, is_plain: bool = False) -> int:
    """Open the worklist of a folder, or one case; in plain mode also without a terminal."""
    if path is not None:
        require_valid(path)
    if not is_plain and not is_terminal():
        tell(
            "the app needs a terminal. Without one, use `imr-tui list`, `check` or `letter`. "
            "`imr-tui --help` lists all commands."
        )
        return EXIT_USAGE
    host = machine_policy.load_host()
    if host.restricted:
        return _show_restricted(path, host, is_plain=is_plain)
    target = resolve(path or folder_at_hand())
    return _show(target.folder, target.number, host, is_plain=is_plain)


def log_in(words: Sequence[str], commands: Sequence[str]) -> int:
    """Open the app in restricted mode, on the folder in `words` or on that of the account.

    The login shell passes variables of the terminal before the folder, such as `TERM=xterm`.
    Returns the exit code.
    """
    words = hardening.take_terminal_variables(words)
    is_plain = hardening.PLAIN in words
    words = [word for word in words if word != hardening.PLAIN]
    if list(words) in (["--help"], ["-h"]):
        sys.stdout.write(_HELP)
        return 0
    if not is_plain and not is_terminal():
        tell(
            "this account can only run the app, which needs a terminal: connect with `ssh -t`. "
            "No command was run and no file was copied."
        )
        return EXIT_USAGE
    if len(words) > 1 or any(word in commands or word.startswith("-") for word in words):
        tell(f"{hardening.OPTION} accepts only a folder of cases, no command and no other option.")
        return EXIT_USAGE
    # An unset shell variable passes a blank word, which must not mean the current folder.
    path = Path(words[0]) if words and words[0] else None
    host = replace(machine_policy.load_host(), restricted=True)
    return _show_restricted(path, host, is_plain=is_plain)


def _show_restricted(path: Path | None, host: Host, *, is_plain: bool) -> int:
    """Show the folder `path`, or that of this account, even if `path` looks like a case file."""
    hardening.restrict()
    return _show(Folder(path) if path else own_folder(), "", host, is_plain=is_plain)


def open_demo() -> int:
    """Open the app on a demonstration, whose folder is removed at the end, also by a signal."""
    if not (is_terminal() and capabilities(os.environ).can_move_cursor):
        tell("the demonstration needs a terminal that can move its cursor. Nothing was created.")
        return EXIT_USAGE
    # Only a demonstration makes a case.
    from imr_tui.services.demo import demo_host, set_up_demo

    host = demo_host(machine_policy.load_host())
    made = set_up_demo(_now().date())
    try:
        code = _show_app(Folder(made.cases), "", host, discard=made.remove)
    finally:
        made.remove()
    tell("the demonstration has ended. Its folder was removed, and nothing of it was kept.")
    return code


def is_terminal() -> bool:
    """Whether standard input and output are a terminal."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def _show(folder: Folder, number: str, host: Host, *, is_plain: bool = False) -> int:
    """Show a folder in the app; in plain mode if asked, or if the terminal cannot show the app."""
    if is_plain or not capabilities(os.environ).can_move_cursor:
        # What the app does without.
        from imr_tui.cli.runtime import open_plain

        return open_plain.show(folder, number, host)
    return _show_app(folder, number, host)


def _show_app(
    folder: Folder, number: str, host: Host, discard: Callable[[], object] | None = None
) -> int:
    """Run the app; `discard` removes a folder of which nothing has to be saved."""
    terminal_can = capabilities(os.environ)
    settings = open_folder(folder, restricted=host.restricted)
    extras = settings.extras
    if not extras.kitty_keys:
        # Some terminals and multiplexers break this protocol, and the app does not need it.
        os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
    try:
        terminal = Terminal()
    except (OSError, termios.error):
        tell("cannot open the terminal, because it belongs to another user.")
        return EXIT_USAGE
    sys.setswitchinterval(SWITCH_SECONDS)
    guard = Guard(terminal)
    try:
        with SignalHandler(terminal, guard, discard=discard) as signals:
            # Textual, which starts threads: they must inherit the blocked signals.
            from imr_tui.ui.app import ImrApp

            app = ImrApp(
                folder,
                settings.letterhead,
                _now,
                number,
                settings.policy,
                terminal,
                host,
                capabilities=terminal_can,
                retention=settings.retention,
                employee_names=settings.employee_names,
                keys=settings.keys,
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
            if not is_saved and discard is None:
                signals.stay()
            app.last_words.close_session()
    finally:
        if terminal.has_app_modes:
            terminal.restore()
        guard.dismiss()
    if app.fault is not None:
        tell(f"internal error ({where(app.fault)}). {_SAVED[is_saved]}")
    if app.farewell:
        tell(app.farewell)
    return app.return_code or (EXIT_BUG if app.fault else 0)


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


_SAVED = {
    True: "All changes are saved.",
    False: "The last changes could not be saved.",
}
