"""Sets up a demonstration: a temporary folder with one half-finished synthetic case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.domain.demo_case import LICENSES, SPECIALTIES, demo_case
from imr_tui.store import config
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.config.profile import save_profile
from imr_tui.store.maintenance.demo_folders import (
    DemoFolder,
    make_demo_folder,
    remove_left_behind,
)

if TYPE_CHECKING:
    from datetime import date


def set_up_demo(today: date) -> DemoFolder:
    """Make the folder of a demonstration, with its case and the profile of its reviewer.

    First removes what killed demonstrations of this account left behind. The case has dates that
    fit the day `today`. Raises CannotStore.
    """
    remove_left_behind()
    made = make_demo_folder()
    try:
        folder = Folder(made.cases)
        folder.new(demo_case(today))
        save_profile(folder, config.Profile(licenses=LICENSES, specialties=SPECIALTIES))
    except BaseException:
        made.remove()
        raise
    return made


def demo_host(host: Host) -> Host:
    """The policy of a machine as far as a demonstration follows it.

    It locks the screen and keeps to the clipboard as elsewhere. It uses no shared store, no
    rescue directory and no keys, since nothing of it may stay.
    """
    return Host(
        group_access=host.group_access,
        clipboard=host.clipboard,
        idle_minutes=host.idle_minutes,
        leave_minutes=host.leave_minutes,
    )
