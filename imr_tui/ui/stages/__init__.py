"""The worklist and the stages of a case, one screen each.

Each module is loaded when it is first used: `stages.worklist.WorklistScreen`.
"""

from typing import TYPE_CHECKING

from imr_tui.ui import lazy_modules

if TYPE_CHECKING:
    from imr_tui.ui.stages import stage as stage, worklist as worklist

__getattr__ = lazy_modules(__name__)
