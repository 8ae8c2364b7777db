"""What goes on behind the first picture: loading what the first case needs, cleaning up."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from threading import Thread

from imr_tui.store.maintenance import gc_control

MODULES = (
    "imr_tui.ui.stages.worklist",
    "imr_tui.ui.stages.credentials",
    "imr_tui.store.worklist.summarize",
    "imr_tui.store.config.site_catalogue",
    "imr_tui.ui.stages.summary",
    "imr_tui.ui.stages.decision",
    "imr_tui.ui.stages.citations",
    "imr_tui.ui.stages.review",
    "imr_tui.ui.dialogs.help",
    "imr_tui.ui.dialogs.navigation",
    "imr_tui.ui.dialogs.record",
    "imr_tui.letter.render.renderer",
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
    gc_control.settle()
    for task in tasks:
        task()
