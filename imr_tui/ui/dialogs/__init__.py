"""The dialogs.

Each module is loaded when it is first used: `dialogs.sharing.RequestScreen`.
"""

from typing import TYPE_CHECKING

from imr_tui.ui import lazy_modules

if TYPE_CHECKING:
    from imr_tui.ui.dialogs import (
        dialog as dialog,
        help as help,
        letter as letter,
        lock as lock,
        navigation as navigation,
        new_case as new_case,
        new_facts as new_facts,
        paths as paths,
        phrases as phrases,
        profile as profile,
        recall as recall,
        record as record,
        sharing as sharing,
        sign as sign,
        spelling as spelling,
        statistics as statistics,
        unresolved as unresolved,
        waiting as waiting,
    )

__getattr__ = lazy_modules(__name__)
