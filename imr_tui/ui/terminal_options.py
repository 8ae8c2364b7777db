"""How the app uses its terminal."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from imr_tui.errors import EXIT_BUG
from imr_tui.terminal.options import TerminalOptions
from imr_tui.text.sanitize import UNPAINTABLE, clean
from imr_tui.text.transliteration import TRANSLITERATION
from imr_tui.ui.bindings import rebound
from imr_tui.ui.features.saving import first_line
from imr_tui.ui.theme import THEME

if TYPE_CHECKING:
    from collections.abc import Callable

    from imr_tui.terminal.capabilities import Capabilities
    from imr_tui.terminal.tty import Terminal
    from imr_tui.ui.state import State


def options_of(
    state: State,
    terminal: Terminal | None,
    capabilities: Capabilities,
    on_continue: Callable[[], object],
) -> TerminalOptions:
    """The options of an app; `on_continue` is called when the process was stopped and continues."""
    keys = state.keys
    return TerminalOptions(
        terminal=terminal,
        capabilities=capabilities,
        transliteration=TRANSLITERATION,
        unsafe=UNPAINTABLE,
        clean_paste=clean,
        status=lambda: first_line(state),
        theme=THEME,
        rebind=partial(rebound, keys=keys) if keys.changed else None,
        keys_when_small=frozenset((*keys.keys("app.save"), *keys.keys("app.quit"))),
        hint_when_small=f"{keys.name('app.save')} save, {keys.name('app.quit')} quit",
        sends_clipboard=state.host.clipboard == "osc52",
        refusal="Not possible: imr-tui writes only to the folder of cases.",
        crash_exit_code=EXIT_BUG,
        on_continue=on_continue,
    )
