"""Sentences that answer a key: in place of the key line, until the next key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual import actions, events

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from imr_tui.ui.state import State


@runtime_checkable
class Explains(Protocol):
    """A screen whose keys are unavailable at times, for a reason that it gives."""

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Why an action cannot be used now, as a sentence; blank if it can."""


class Hints:
    """Shows one hint at a time; the next key removes it, so it never covers what a key does."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._answered = ""

    async def filter_key(self, event: events.Event) -> events.Event | None:
        """A step of the input pipeline: removes the hint that the reviewer has read."""
        # A key that no widget took comes by again, forwarded to the app.
        if isinstance(event, events.Key) and not event.is_forwarded:
            self._answered, self._state.hint_shown = self._state.hint_shown, ""
        return event

    def show(self, sentence: str) -> None:
        """Show a sentence until the next key; nothing of a case is shown on a locked screen."""
        if not self._state.is_locked:
            self._state.hint_shown = sentence

    def answers(self, sentence: str) -> bool:
        """Whether the key that is handled now was pressed while `sentence` was shown."""
        return self._answered == sentence

    def explain(self, action: str, node: DOMNode) -> None:
        """Say why a key did nothing, if its screen gives a reason."""
        _, name, parameters = actions.parse(action)
        if isinstance(node, Explains) and (sentence := node.why_not(name, parameters)):
            self.show(sentence)
