"""The input pipeline: the steps that see an event before its widget does, one after the other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from textual.events import Event

Step: TypeAlias = "Callable[[Event], Awaitable[Event | None]]"
"""Takes an event and returns it, another one in its place, or None to stop it here."""
Deliver: TypeAlias = "Callable[[Event], Awaitable[None]]"
"""Hands an event to Textual."""


class InputPipeline:
    """Runs events through its steps, first to last, and delivers what the last one returns."""

    def __init__(self, deliver: Deliver) -> None:
        self.steps: list[Step] = []
        """The steps, in their order."""
        self._deliver = deliver

    async def run(self, event: Event) -> None:
        """Take an event through all steps."""
        await self._run(event, 0)

    async def resume(self, event: Event, after: Step) -> None:
        """Take an event that the step `after` held back through the steps behind it."""
        await self._run(event, self.steps.index(after) + 1)

    async def _run(self, event: Event, start: int) -> None:
        for step in self.steps[start:]:
            passed = await step(event)
            if passed is None:
                return
            event = passed
        await self._deliver(event)
