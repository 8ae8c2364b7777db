"""What goes on behind the first picture: loading what the first case needs, cleaning up."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from threading import Thread

from imr_tui.store import collector

MODULES = (
    "imr_tui.ui.screens.worklist",
    "imr_tui.ui.screens.credentials",
    "imr_tui.store.summing",
    "imr_tui.store.site_catalogue",
    "imr_tui.ui.screens.summary",
    "imr_tui.ui.screens.decision",
    "imr_tui.ui.screens.citations",
    "imr_tui.ui.screens.review",
    "imr_tui.ui.screens.help",
    "imr_tui.ui.screens.go_to",
    "imr_tui.ui.screens.record",
    "imr_tui.letter",
)
"""In the order in which a reviewer comes to them."""
_BEGIN_SECONDS = 0.2
"""Until the first picture is not only drawn but sent."""
_BREATH_SECONDS = 0.01
"""Between two of them, so that keys have their turn."""


def work(*tasks: Callable[[], object]) -> None:
    """Load it on a thread, and then do the tasks; nobody waits for either."""
    Thread(target=_work, args=tasks, name="behind", daemon=True).start()


def _work(*tasks: Callable[[], object]) -> None:
    time.sleep(_BEGIN_SECONDS)
    for module in MODULES:
        time.sleep(_BREATH_SECONDS)
        importlib.import_module(module)
    collector.settle()
    for task in tasks:
        task()
