"""Settings, profile and state of the site, the machine and each account.

The models of these files are attributes of this package: `config.Profile`. pydantic takes longer
to load than the worklist to show, so they load when the first of them is used, which a file that
does not exist never does.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imr_tui.store.config.tables import (
        DraftsFile,
        HostFile,
        Origin,
        Profile,
        RecentFile,
        ResumePoint,
        SettingsFile,
        WrongPinsFile,
    )

__all__ = [
    "DraftsFile",
    "HostFile",
    "Origin",
    "Profile",
    "RecentFile",
    "ResumePoint",
    "SettingsFile",
    "WrongPinsFile",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        # The only way from the first picture to pydantic.
        from imr_tui.store.config import tables

        return getattr(tables, name)
