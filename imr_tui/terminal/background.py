"""Work on a thread that nobody has to wait for: not the keys, and not the end of the app."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import Future
from threading import Event, Thread
from typing import TypeVar

BACKGROUND = "background"
"""Prefix of the worker groups that keys do not wait for."""
_T = TypeVar("_T")
IsStopped = Callable[[], bool]
"""Tells work, which asks every now and then, that it is not wanted any more."""


def never() -> bool:
    """For work that somebody waits for, however long it takes."""
    return False


async def in_thread(work: Callable[[IsStopped], _T]) -> _T:
    """What `work` returns; it is told to stop when the caller is cancelled.

    A thread of `asyncio.to_thread` would be waited for at the end of the app.
    """
    stopped, outcome = Event(), Future[_T]()
    # Else it could be cancelled, and there would be no place for what the thread brings.
    outcome.set_running_or_notify_cancel()
    context = contextvars.copy_context()
    Thread(target=context.run, args=(_run, work, stopped, outcome), daemon=True).start()
    try:
        return await asyncio.wrap_future(outcome)
    finally:
        stopped.set()


def _run(work: Callable[[IsStopped], _T], stopped: Event, outcome: Future[_T]) -> None:
    try:
        outcome.set_result(work(stopped.is_set))
    except Exception as error:
        # The caller's, who waits for it or has gone.
        outcome.set_exception(error)
