"""Work on a thread that ends when nobody waits for it any more."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")
IsStopped = Callable[[], bool]
"""Tells work, which asks every now and then, that it is not wanted any more."""


def never() -> bool:
    """For work that somebody waits for, however long it takes."""
    return False


async def in_thread(work: Callable[[IsStopped], _T]) -> _T:
    """What `work` returns; it is told to stop when the caller is cancelled.

    The end of the app waits for every thread, so work that may take long has to listen.
    """
    stopped = threading.Event()
    try:
        return await asyncio.to_thread(work, stopped.is_set)
    finally:
        stopped.set()
