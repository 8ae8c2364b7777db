"""Background work: threads that neither key handling nor the end of the app waits for."""

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
"""Returns True once the work has been cancelled; long work polls it."""


def never() -> bool:
    """Stand-in for `IsStopped` where the work cannot be cancelled."""
    return False


async def in_thread(work: Callable[[IsStopped], _T]) -> _T:
    """Run `work` on a daemon thread and return its result; cancelling the caller stops the work.

    asyncio.to_thread is not used because the app waits for its threads at exit.
    """
    stopped, outcome = Event(), Future[_T]()
    # A running future cannot be cancelled, so the thread can always set its result.
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
        # Raised in the caller, or dropped if the caller was cancelled.
        outcome.set_exception(error)
