"""Keys are taken one at a time, each where the ones before it have led.

A link that stalls hands over many keys at once. Textual passes a key on to whatever has the focus
at that moment, while the screen change that the key before it asked for is still under way; a
letter of a rationale would then decide an item. Here a key that may lead elsewhere waits until
what was typed before it has arrived, and the keys behind it wait until it has had its effect.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from textual import events
from textual.app import App, ScreenStackError

from imr_tui.terminal.focus import is_field

if TYPE_CHECKING:
    from textual.message_pump import MessagePump

PATIENCE_SECONDS = 5.0
"""How long one key may take to have its effect before the next one is let through."""
_ROUND_SECONDS = 0.05
ASIDE = "aside"
"""How the groups of work begin that no key waits for."""


class InputQueue(App[None], inherit_bindings=False):
    """An app that never sends a key to a place that is being left."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[events.Event] = deque()
        self._changes: deque[Callable[[], object]] = deque()
        self._is_settling = True
        self._has_typed = False

    def on_ready(self) -> None:
        """Take the keys that came before the first screen did."""
        self._settle()

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._waiting.append(event)
            if not self._is_settling:
                await self._take()
        else:
            await super().on_event(event)

    async def _take(self) -> None:
        while self._waiting and not self._is_settling:
            leads_on = self._may_lead_on(self._waiting[0])
            if leads_on and self._has_typed:
                self._settle()
                return
            await self.hand_over(self._waiting.popleft())
            self._has_typed = True
            if leads_on:
                self._settle()

    async def hand_over(self, event: events.Event) -> None:
        """Let a key or a paste go to where the focus is now."""
        await super().on_event(event)

    def _may_lead_on(self, event: events.Event) -> bool:
        """Whether `event` can do more than put text into the field that has the focus."""
        field = self.focused
        if not is_field(field):
            return True
        return isinstance(event, events.Key) and not field.check_consume_key(
            event.key, event.character
        )

    def between_keys(self, change: Callable[[], object]) -> None:
        """Call `change` once every key so far has had its effect; later keys wait until it had its.

        For what changes the screen by itself: no key goes to a place that the change takes away.
        Where the app does not come to rest in time, the change waits for the next pause.
        """
        self._changes.append(change)
        if not self._is_settling:
            self._settle()

    def _settle(self) -> None:
        self._is_settling = True
        self._settling = asyncio.create_task(self._settled())

    async def _settled(self) -> None:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._come_to_rest()
                while self._changes:
                    self._changes.popleft()()
                    await self._come_to_rest()
        except (TimeoutError, ScreenStackError):
            # Nothing to wait for any more, or no longer worth it: the keys go on.
            pass
        finally:
            self._is_settling = self._has_typed = False
            self.come_to_rest()
            self.call_later(self._take)

    def come_to_rest(self) -> None:
        """Do what was put off until nothing was under way."""

    async def _come_to_rest(self) -> None:
        """Wait until nothing is under way that could move the focus."""
        while True:
            before = (self.screen, self.screen.focused)
            for node in self._path():
                await _drained(node)
            if self._is_working():
                await asyncio.sleep(_ROUND_SECONDS / 5)
            elif before == (self.screen, self.screen.focused):
                return

    def wait_arrived(self, seconds: float) -> bool:
        """Wait at most so long until what was typed has had its effect; for any other thread.

        A key is shown before its text is told to those above the field.
        """
        arrived = threading.Event()
        try:
            _along(iter((self, self.screen, *self._path())), arrived)
        except ScreenStackError:
            return True
        return arrived.wait(seconds)

    def _path(self) -> Iterator[MessagePump]:
        """Where a message passes on its way from the focus to the app."""
        yield from (self.focused or self.screen).ancestors_with_self

    def _is_working(self) -> bool:
        return any(
            not each.is_finished and not each.group.startswith(ASIDE) for each in self.workers
        )


def _along(path: Iterator[MessagePump], arrived: threading.Event) -> None:
    """Let each of `path` in turn handle what was sent to it before."""
    for node in path:
        if node.call_later(_along, path, arrived):
            return
    arrived.set()


async def _drained(node: MessagePump) -> None:
    """Wait until `node` has handled what was sent to it before."""
    done = asyncio.Event()
    if not node.call_later(done.set):
        return
    while node.is_running and not done.is_set():
        try:
            async with asyncio.timeout(_ROUND_SECONDS):
                await done.wait()
        except TimeoutError:
            continue
