"""Pauses the garbage collector during bulk allocation and start-up."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Pause the garbage collector while thousands of objects are made, none of them garbage."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def pause() -> None:
    """Pause it while the program loads; the caller must call `settle` afterwards."""
    gc.disable()


def settle() -> None:
    """Resume it, and exclude everything loaded so far from collection for good."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
