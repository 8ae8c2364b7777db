"""The tour of a demonstration, which looks at the case and at the screen, and takes no key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.screen import ModalScreen

from imr_tui.terminal.focus import accepts_text

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.widget import Widget

    from imr_tui.domain.workflow import Stage
    from imr_tui.ui.features.tour_steps import Seen, Shown
    from imr_tui.ui.state import Shell, State

_ID = re.compile(r"\{([a-z]+\.[a-z0-9-]+)\}")


class Tour:
    """Says what to press next, in a panel above the keys."""

    def __init__(self, state: State, shell: Shell) -> None:
        self._state = state
        self._shell = shell
        self._is_hidden = False
        self._is_over = False

    @property
    def is_on(self) -> bool:
        """Whether this is a demonstration, whose letters carry its mark."""
        return bool(self._state.letterhead.mark)

    def panel(self) -> Iterator[Widget]:
        """The panel of a screen; nothing without a demonstration."""
        if self.is_on:
            from imr_tui.ui.widgets.tour_panel import TourPanel

            yield TourPanel()

    def toggle(self) -> None:
        """Hide the panel everywhere, or show it again."""
        self._is_hidden = not self._is_hidden
        self.show()

    def show(self) -> None:
        """Let all panels show the step as it is now."""
        from imr_tui.ui.widgets.tour_panel import TourPanel

        for screen in self._shell.screen_stack:
            for panel in screen.query(TourPanel):
                panel.show()

    def is_in_front(self, screen: Screen[object]) -> bool:
        """Whether no dialog, which has a panel itself, covers a screen."""
        return screen is self._shell.screen

    def shown(self, screen: Screen[object]) -> Shown | None:
        """What the panel of a screen says, with the keys as they are now; None if it is hidden."""
        # It imports the case, which the worklist of other folders does without.
        from imr_tui.ui.features import tour_steps

        if self._is_hidden:
            return None
        found = tour_steps.shown(self._seen(screen), is_over=self._is_over)
        self._is_over = found.is_over
        if not found.says:
            return None
        keys = self._state.keys
        says = _ID.sub(lambda match: keys.name(match[1]), found.says)
        if isinstance(screen, ModalScreen) or accepts_text(screen.focused):
            return found._replace(says=says)
        return found._replace(
            title=f"{found.title} ({keys.name('app.tour')} hides this)", says=says
        )

    def _seen(self, screen: Screen[object]) -> Seen:
        from imr_tui.ui.features.tour_steps import Seen

        stage: Stage | None = getattr(screen, "stage", None)
        is_dialog = isinstance(screen, ModalScreen)
        place = type(screen).__name__ if is_dialog else "worklist"
        return Seen(
            place if stage is None else stage.kind,
            None if stage is None else stage.item,
            is_dialog=is_dialog,
            is_typing=accepts_text(screen.focused),
            case=self._state.case,
            findings=self._state.findings,
            is_written=bool(self._state.letter_state),
        )
