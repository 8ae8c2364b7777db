"""Chooses where the worklist gets its rows from."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from imr_tui.ui.features.case_rows.folder_source import FolderSource

if TYPE_CHECKING:
    from collections.abc import Callable

    from imr_tui.ui.app import ImrApp
    from imr_tui.ui.features.case_rows.row_source import RowSource
    from imr_tui.ui.features.case_rows.shared_reader import Rows


def row_source_of(app: ImrApp, report: Callable[[], None]) -> RowSource:
    """The folder, or the shared store if the machine has one; `report` is called on changes."""
    folder, setup, names = app.folder.path, app.check_setup(), app.employee_names
    if not app.host.shared:
        return FolderSource(folder, setup, names, report, app.crash)
    # What a session of a folder alone does without.
    from imr_tui.ui.features.case_rows.shared_source import SharedSource

    connect = partial(_connect, app)
    return SharedSource(folder, setup, names, report, app.crash, connect, app.call_later)


def _connect(app: ImrApp) -> Rows:
    """The rows of the shared store; loads the driver, so that only its thread calls this.

    Raises BadInput, and CannotStore if the driver is not installed.
    """
    from imr_tui.store.shared.connection.driver import require_driver

    require_driver()
    from imr_tui.store.shared.worklist.rows import shared_rows

    return shared_rows(app.host, app.folder.path)
