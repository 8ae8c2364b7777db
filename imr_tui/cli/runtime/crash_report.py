"""Reports internal errors by type and location only, since their text may hold case data."""

import hashlib
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from imr_tui.cli.output import tell
from imr_tui.errors import EXIT_BUG

_PACKAGE = Path(__file__).parents[2]
_DIGITS = 6


def where(error: BaseException) -> str:
    """An error's number, type, file and line: the last line of this package, or the last of all.

    The same error of the same release has the same number, which can be told on the telephone.
    """
    place = _place(error)
    number = hashlib.sha256(place.encode()).hexdigest()[:_DIGITS].upper()
    return f"IMR-E{number}, {place}"


def _place(error: BaseException) -> str:
    places = [
        (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        for trace in _traces(error.__traceback__)
    ]
    ours = [place for place in places if _PACKAGE in Path(place[0]).parents]
    if not places:
        return type(error).__name__
    file, line = (ours or places)[-1]
    name = Path(file).relative_to(_PACKAGE) if ours else Path(file).name
    return f"{type(error).__name__} at {name}:{line}"


def _traces(trace: TracebackType | None) -> list[TracebackType]:
    found = []
    while trace is not None:
        found.append(trace)
        trace = trace.tb_next
    return found


def hide_error_texts(crash: Callable[[BaseException], object]) -> None:
    """Let no uncaught exception print its text; `crash` is called for one in a thread."""

    def on_thread_error(fault: threading.ExceptHookArgs) -> None:
        if not isinstance(fault.exc_value, SystemExit | None):
            crash(fault.exc_value)

    threading.excepthook = on_thread_error
    sys.unraisablehook = lambda fault: None
    sys.excepthook = _on_uncaught
    # asyncio logs the exception of a task that nobody awaits, with its text.
    import logging

    logging.getLogger("asyncio").disabled = True


def _on_uncaught(kind: type[BaseException], error: BaseException, trace: object) -> None:
    tell(f"internal error ({where(error)}).")
    os._exit(EXIT_BUG)
