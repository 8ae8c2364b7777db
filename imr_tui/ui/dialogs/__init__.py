"""The dialogs. Each module is loaded when it is first used, as the first paint needs none.

`from imr_tui.ui import dialogs` is therefore cheap, and `dialogs.sharing.RequestScreen` loads a
module where the dialog is opened.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from imr_tui.ui.dialogs import (
        dialog as dialog,
    )
    from imr_tui.ui.dialogs import (
        help as help,
    )
    from imr_tui.ui.dialogs import (
        lock as lock,
    )
    from imr_tui.ui.dialogs import (
        navigation as navigation,
    )
    from imr_tui.ui.dialogs import (
        paths as paths,
    )
    from imr_tui.ui.dialogs import (
        profile as profile,
    )
    from imr_tui.ui.dialogs import (
        record as record,
    )
    from imr_tui.ui.dialogs import (
        sharing as sharing,
    )


def __getattr__(name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(name)
    return import_module(f"{__name__}.{name}")
