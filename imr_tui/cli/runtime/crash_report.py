"""Faults of the program's own, told by type and place: their words may hold case data."""

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
    """A fault by its number, type, file and line: the last line of ours, or the last there is.

    The same fault of the same program has the same number, so that it can be told on a telephone.
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


def hush(crash: Callable[[BaseException], object]) -> None:
    """Have no fault print its words, wherever it comes up; one in a thread is a `crash`."""

    def in_a_thread(fault: threading.ExceptHookArgs) -> None:
        if not isinstance(fault.exc_value, SystemExit | None):
            crash(fault.exc_value)

    threading.excepthook = in_a_thread
    sys.unraisablehook = lambda fault: None
    sys.excepthook = _at_last
    # Else a task of asyncio that nobody waits for is logged with its words.
    import logging

    logging.getLogger("asyncio").disabled = True


def _at_last(kind: type[BaseException], error: BaseException, trace: object) -> None:
    tell(f"a fault of its own ({where(error)}).")
    os._exit(EXIT_BUG)
