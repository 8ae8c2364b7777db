"""Finds words in the texts of the open case, and replaces them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from imr_tui.domain.workflow import Stage, stage_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from imr_tui.domain.find import Match
    from imr_tui.text.search import Span
    from imr_tui.ui.features.editing import Editing
    from imr_tui.ui.features.navigation import Navigation
    from imr_tui.ui.stages.stage import StageScreen
    from imr_tui.ui.state import Shell, State
    from imr_tui.ui.widgets.find_bar import FindBar


@dataclass(frozen=True)
class _Origin:
    """The place of the reviewer when the bar was opened."""

    stage: Stage
    span: Span
    """In the text of the stage."""
    is_typing: bool
    """Whether the reviewer typed in that text."""


class Search:
    """The words that are looked for, in memory only, and the match that is shown.

    The bar belongs to the stage in view. A stage that is built while the bar is open has it, too,
    so that no key of the words goes elsewhere.
    """

    def __init__(
        self, state: State, shell: Shell, editing: Editing, navigation: Navigation
    ) -> None:
        self._state = state
        self._shell = shell
        self._editing = editing
        self._navigation = navigation
        self.words = ""
        """The words, kept until the app ends."""
        self.new = ""
        """The words to put in their place."""
        self.replaces = False
        """Whether the bar shows the field of the new words."""
        self.match: Match | None = None
        """The match that is shown."""
        self._origin: _Origin | None = None

    # ── The bar ──────────────────────────────────────────────────────────────────────────

    @property
    def is_open(self) -> bool:
        """Whether the bar is shown."""
        return self._origin is not None

    def bar(self) -> Iterable[Widget]:
        """The bar, for a stage that is built while it is open."""
        if self._origin is not None:
            # Loaded with the first search.
            from imr_tui.ui.widgets import find_bar

            yield find_bar.FindBar(self)

    async def open(self) -> None:
        """Show the bar with the last words."""
        screen = self._navigation.stage_in_view
        if screen is None or self._origin is not None:
            return
        self._origin = _Origin(screen.stage, _span(screen), screen.is_typing)
        self.match, self.replaces = None, False
        await screen.mount(*self.bar())
        self.focus_bar(screen)

    @staticmethod
    def focus_bar(screen: StageScreen) -> None:
        """Move the focus into the bar of a stage, if it has one."""
        for each in screen.query("FindBar"):
            screen.set_focus(cast("FindBar", each).field, scroll_visible=False)

    async def close(self) -> None:
        """Remove the bar; the cursor stays at the match.

        The reviewer who typed in the same text continues there; otherwise the keys are commands.
        """
        origin, self._origin = self._origin, None
        screen = self._navigation.stage_in_view
        if screen is None or origin is None:
            return
        if origin.is_typing and screen.stage == origin.stage:
            screen.action_enter_text()
        else:
            screen.focus_outside()
        await screen.query("FindBar").remove()

    # ── Matches ──────────────────────────────────────────────────────────────────────────

    def matches(self) -> tuple[Match, ...]:
        """Every place of the words in the case."""
        from imr_tui.domain.find import find

        return find(self._state.open_case, self.words)

    def count(self) -> str:
        """Which match is shown: `3 of 7  item 2 rationale`."""
        from imr_tui.domain.find import text_name

        if not self.words:
            return ""
        found = self.matches()
        if self.match in found and self.match is not None:
            number = found.index(self.match) + 1
            return f"{number} of {len(found)}  {text_name(self.match.place)}"
        return f"{len(found)} found" if found else "not found"

    def look_for(self, words: str) -> None:
        """Show the first match of other words from the place of the reviewer."""
        self.words, origin = words, self._origin
        if origin is not None:
            self._show(self._next(origin.stage, origin.span, 0))

    def step(self, step: int) -> None:
        """Show the next match (1) or the previous one (-1)."""
        screen = self._navigation.stage_in_view
        if screen is None:
            return
        self._show(self._next(screen.stage, _span(screen), step))

    async def again(self, step: int) -> None:
        """Show the next or previous match of the last words, without the bar."""
        if not self.words:
            await self.open()
            return
        self.step(step)
        self._shell.hint(f"{self.words[:30]}: {self.count()}")

    def _next(self, stage: Stage, span: Span, step: int) -> Match | None:
        from imr_tui.domain.find import next_match

        return next_match(self._state.open_case, self.matches(), stage, span, step)

    def _show(self, match: Match | None) -> None:
        self.match = match
        screen = self._navigation.stage_in_view
        if match is None or screen is None:
            return
        if screen.stage == stage_of(match.place):
            screen.point_out(match.place, match.span)
        else:
            # The bar is built again on the other stage; no key may go to the old one.
            self._shell.io.queue.call_between_keys(self._go)

    def _go(self) -> None:
        if self.match is not None:
            match = self.match
            self._navigation.show_stage(stage_of(match.place), match.place, match.span)

    # ── Replacing ────────────────────────────────────────────────────────────────────────

    def replace_one(self) -> None:
        """Replace the match that is shown, as one step, and show the next one."""
        from imr_tui.domain.find import still_there

        match = self.match
        if match is None or not still_there(self._state.open_case, match, self.words):
            self.step(1)
            return
        if self._replace((match,)):
            start = match.span[0] + len(self.new)
            self.match = self._next(stage_of(match.place), (start, start), 0)
            self._rebuild(match, start)
            self._shell.hint(f"Replaced 1; {len(self.matches())} left {self._undoes}")

    def replace_all(self) -> None:
        """Replace every match in all texts, as one step."""
        found = self.matches()
        if not found or not self._replace(found):
            self._shell.hint("Nothing to replace.")
            return
        last, self.match = self.match or found[0], None
        self._rebuild(last, last.span[0])
        count = len({each.place for each in found})
        where = f"{count} text{'' if count == 1 else 's'}"
        self._shell.hint(f"Replaced {len(found)} in {where} {self._undoes}")

    @property
    def _undoes(self) -> str:
        return f"({self._state.keys.name('app.undo')} undoes)"

    def _replace(self, found: tuple[Match, ...]) -> bool:
        from imr_tui.domain.find import replace

        with self._editing.refusing():
            return self._editing.edit(partial(replace, matches=found, new=self.new))
        return False

    def _rebuild(self, done: Match, offset: int) -> None:
        """Build the stage again: the undo history of its text has no part of a replacement."""
        match = self.match
        place, span = (match.place, match.span) if match else (done.place, (offset, offset))
        self._navigation.show_stage(stage_of(place), place, span)


def _span(screen: StageScreen) -> Span:
    """The selected characters of the text of a stage, or where its cursor is."""
    span: Span = getattr(screen.entry, "span", (0, 0))
    return span
