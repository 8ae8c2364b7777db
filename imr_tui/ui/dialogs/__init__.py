"""The dialogs.

Each module is loaded when it is first used: `dialogs.sharing.RequestScreen`.
"""

from typing import TYPE_CHECKING

from imr_tui.ui import lazy_modules

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

__getattr__ = lazy_modules(__name__)
