"""Keys are handled one at a time, each where the ones before it have led.

A link that stalls hands over many keys at once. Textual passes a key on to whatever has the focus
at that moment, while the screen change that the key before it asked for is still under way; a
letter of a rationale would then decide an item. Here a key that may lead elsewhere waits until
what was typed before it has arrived, and the keys behind it wait until it has had its effect.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from textual import events
from textual.app import ScreenStackError

from imr_tui.terminal.background import BACKGROUND
from imr_tui.terminal.focus import is_text_field

if TYPE_CHECKING:
    from textual.app import App
    from textual.message_pump import MessagePump

SETTLE_SECONDS = 5.0
"""How long one key may take to have its effect before the next one is let through."""
_POLL_SECONDS = 0.05

Step: TypeAlias = Callable[[events.Event], Awaitable[events.Event | None]]
"""Takes an event and returns it, another one in its place, or None to stop it here."""
Deliver: TypeAlias = Callable[[events.Event], Awaitable[None]]
"""Hands an event to Textual."""


class InputPipeline:
    """Runs events through its steps, first to last, and delivers what the last one returns."""

    def __init__(self, deliver: Deliver) -> None:
        self.steps: list[Step] = []
        """The steps, in their order."""
        self._deliver = deliver

    async def run(self, event: events.Event) -> None:
        """Take an event through all steps."""
        await self._run(event, 0)

    async def resume(self, event: events.Event, after: Step) -> None:
        """Take an event that the step `after` held back through the steps behind it."""
        await self._run(event, self.steps.index(after) + 1)

    async def _run(self, event: events.Event, start: int) -> None:
        for step in self.steps[start:]:
            passed = await step(event)
            if passed is None:
                return
            event = passed
        await self._deliver(event)


class InputQueue:
    """A step of the input pipeline that never sends a key to a place that is being left."""

    def __init__(self, app: App[object], pipeline: InputPipeline) -> None:
        self._app = app
        self._pipeline = pipeline
        self.waiting: deque[events.Event] = deque()
        """Keys and pastes that were not handled yet."""
        self.is_settling = True
        """Whether a key is still having its effect, so that the next ones wait."""
        self.on_idle: list[Callable[[], object]] = []
        """Called whenever nothing is under way any more."""
        self.busy_checks: list[Callable[[], bool]] = []
        """Tell whether something that keys have to wait for is under way."""
        self._changes: deque[Callable[[], object]] = deque()
        self._has_typed = False

    async def __call__(self, event: events.Event) -> events.Event | None:
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self.waiting.append(event)
            if not self.is_settling:
                await self._take()
            return None
        return event

    async def _take(self) -> None:
        while self.waiting and not self.is_settling:
            leads_on = self.may_change_focus(self.waiting[0])
            if leads_on and self._has_typed:
                self.settle()
                return
            await self._pipeline.resume(self.waiting.popleft(), self)
            self._has_typed = True
            if leads_on:
                self.settle()

    def may_change_focus(self, event: events.Event) -> bool:
        """Whether `event` can do more than put text into the field that has the focus."""
        field = self._app.focused
        if not is_text_field(field):
            return True
        return isinstance(event, events.Key) and not field.check_consume_key(
            event.key, event.character
        )

    def call_between_keys(self, change: Callable[[], object]) -> None:
        """Call `change` once every key so far has had its effect; later keys wait for it.

        For what changes the screen by itself: no key goes to a place that the change takes away.
        Where the app does not come to rest in time, the change waits for the next pause.
        """
        self._changes.append(change)
        if not self.is_settling:
            self.settle()

    def settle(self) -> None:
        """Let keys wait until nothing is under way."""
        self.is_settling = True
        self._settling = asyncio.create_task(self._settle())

    async def _settle(self) -> None:
        try:
            async with asyncio.timeout(SETTLE_SECONDS):
                await self.wait_until_idle()
                while self._changes:
                    self._changes.popleft()()
                    await self.wait_until_idle()
        except (TimeoutError, ScreenStackError):
            # Nothing to wait for any more, or no longer worth it: the next keys are taken.
            pass
        finally:
            self.is_settling = self._has_typed = False
            for each in self.on_idle:
                each()
            self._app.call_later(self._take)

    async def wait_until_idle(self) -> None:
        """Wait until nothing is under way that could move the focus."""
        while True:
            before = (self._app.screen, self._app.screen.focused)
            for node in self._path():
                await _drain(node)
            if self._is_busy():
                await asyncio.sleep(_POLL_SECONDS / 5)
            elif before == (self._app.screen, self._app.screen.focused):
                return

    def wait_until_handled(self, seconds: float) -> bool:
        """Wait at most so long until what was typed has had its effect; for any other thread.

        A key is shown before its text is told to those above the field.
        """
        arrived = threading.Event()
        try:
            _pass_along(iter((self._app, self._app.screen, *self._path())), arrived)
        except ScreenStackError:
            return True
        return arrived.wait(seconds)

    def _path(self) -> Iterator[MessagePump]:
        """Where a message passes on its way from the focus to the app."""
        yield from (self._app.focused or self._app.screen).ancestors_with_self

    def _is_busy(self) -> bool:
        return any(is_busy() for is_busy in self.busy_checks) or any(
            not each.is_finished and not each.group.startswith(BACKGROUND)
            for each in self._app.workers
        )


def _pass_along(path: Iterator[MessagePump], arrived: threading.Event) -> None:
    """Let each of `path` in turn handle what was sent to it before."""
    for node in path:
        if node.call_later(_pass_along, path, arrived):
            return
    arrived.set()


async def _drain(node: MessagePump) -> None:
    """Wait until `node` has handled what was sent to it before."""
    done = asyncio.Event()
    if not node.call_later(done.set):
        return
    while node.is_running and not done.is_set():
        try:
            async with asyncio.timeout(_POLL_SECONDS):
                await done.wait()
        except TimeoutError:
            continue
