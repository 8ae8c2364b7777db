"""The input pipeline, and its step that handles keys one at a time.

A stalled connection delivers many keys at once. Textual sends each key to the widget that has the
focus at that moment, even while the screen change caused by the key before is still pending; a
letter of a rationale would then decide an item. Here a key that may change the focus waits until
all earlier input is handled, and later keys wait until it has taken effect.
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
"""Longest wait for one key to take effect before the next one is handled."""
_POLL_SECONDS = 0.05

Step: TypeAlias = Callable[[events.Event], Awaitable[events.Event | None]]
"""Handles an event and returns it, or a replacement, or None to stop it."""
Deliver: TypeAlias = Callable[[events.Event], Awaitable[None]]
"""Passes an event to Textual."""


class InputPipeline:
    """Runs events through its steps in order, and delivers the result of the last one."""

    def __init__(self, deliver: Deliver) -> None:
        self.steps: list[Step] = []
        """The steps, in order."""
        self._deliver = deliver

    async def run(self, event: events.Event) -> None:
        """Run an event through all steps."""
        await self._run(event, 0)

    async def resume(self, event: events.Event, after: Step) -> None:
        """Run an event that the step `after` has held through the steps behind it."""
        await self._run(event, self.steps.index(after) + 1)

    async def _run(self, event: events.Event, start: int) -> None:
        for step in self.steps[start:]:
            passed = await step(event)
            if passed is None:
                return
            event = passed
        await self._deliver(event)


class InputQueue:
    """A step of the input pipeline that holds keys until earlier ones have taken effect."""

    def __init__(self, app: App[object], pipeline: InputPipeline) -> None:
        self._app = app
        self._pipeline = pipeline
        self.waiting: deque[events.Event] = deque()
        """Keys and pastes that are not handled yet."""
        self.is_settling = True
        """Whether a key is still taking effect, so later ones wait."""
        self.on_idle: list[Callable[[], object]] = []
        """Callbacks for whenever the app has become idle."""
        self.busy_checks: list[Callable[[], bool]] = []
        """Predicates: whether work that keys wait for is pending."""
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
        """Whether `event` can do more than edit text in the focused field."""
        field = self._app.focused
        if not is_text_field(field):
            return True
        return isinstance(event, events.Key) and not field.check_consume_key(
            event.key, event.character
        )

    def call_between_keys(self, change: Callable[[], object]) -> None:
        """Call `change` once all earlier keys have taken effect; later keys wait for it.

        For screen changes that no key caused: no key may go to a widget that is being removed. If
        the app does not become idle in time, the change waits for the next pause.
        """
        self._changes.append(change)
        if not self.is_settling:
            self.settle()

    def settle(self) -> None:
        """Hold keys until the app is idle."""
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
            # The screen is gone, or the time limit is over: handle the next keys.
            pass
        finally:
            self.is_settling = self._has_typed = False
            for each in self.on_idle:
                each()
            self._app.call_later(self._take)

    async def wait_until_idle(self) -> None:
        """Wait until nothing is pending that could move the focus."""
        while True:
            before = (self._app.screen, self._app.screen.focused)
            for node in self._path():
                await _drain(node)
            if self._is_busy():
                await asyncio.sleep(_POLL_SECONDS / 5)
            elif before == (self._app.screen, self._app.screen.focused):
                return

    def wait_until_handled(self, seconds: float) -> bool:
        """Wait up to `seconds` until typed input has taken effect. For other threads only.

        A typed character is visible before the ancestors of its field have handled the change.
        """
        arrived = threading.Event()
        try:
            _pass_along(iter((self._app, self._app.screen, *self._path())), arrived)
        except ScreenStackError:
            return True
        return arrived.wait(seconds)

    def _path(self) -> Iterator[MessagePump]:
        """The message pumps from the focused widget up to the app."""
        yield from (self._app.focused or self._app.screen).ancestors_with_self

    def _is_busy(self) -> bool:
        return any(is_busy() for is_busy in self.busy_checks) or any(
            not each.is_finished and not each.group.startswith(BACKGROUND)
            for each in self._app.workers
        )


def _pass_along(path: Iterator[MessagePump], arrived: threading.Event) -> None:
    """Visit each of `path` in turn, once it has handled its earlier messages."""
    for node in path:
        if node.call_later(_pass_along, path, arrived):
            return
    arrived.set()


async def _drain(node: MessagePump) -> None:
    """Wait until `node` has handled its earlier messages."""
    done = asyncio.Event()
    if not node.call_later(done.set):
        return
    while node.is_running and not done.is_set():
        try:
            async with asyncio.timeout(_POLL_SECONDS):
                await done.wait()
        except TimeoutError:
            continue
