"""Making thousands of values at once, none of which is garbage: modules, too."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the collector, which knows no better, from looking through all there is meanwhile."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def begin() -> None:
    """Keep it out while the program loads; whoever calls this calls `settle` in the end."""
    gc.disable()


def settle() -> None:
    """Let it begin, but never look through what was loaded until now."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
