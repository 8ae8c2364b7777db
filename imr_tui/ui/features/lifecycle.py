"""The life of the app: its start, opening and leaving cases, and its end."""

from __future__ import annotations

import importlib
import time
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.store.history.versions import Event
from imr_tui.store.maintenance import gc_control
from imr_tui.ui.messages import CaseChosen, WorklistChosen

if TYPE_CHECKING:
    from collections.abc import Callable

    from imr_tui.store.config.settings import Retention
    from imr_tui.ui.features.editing import Editing
    from imr_tui.ui.features.navigation import Navigation
    from imr_tui.ui.features.new_facts import NewFacts
    from imr_tui.ui.features.opening import Opening
    from imr_tui.ui.features.preparing import Preparing
    from imr_tui.ui.features.profile import Profiles
    from imr_tui.ui.features.replication import Replicating
    from imr_tui.ui.features.saving import Saving
    from imr_tui.ui.state import Handlers, Shell, State

MODULES = (
    "imr_tui.ui.stages.worklist",
    "imr_tui.ui.stages.credentials",
    "imr_tui.services.record_events",
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
"""Loaded after the first frame, in the order in which a reviewer comes to them."""
_FIRST_FRAME_SECONDS = 0.2
"""How long loading waits, so that the first frame is not only drawn but sent."""
_PAUSE_SECONDS = 0.01
"""The pause between two modules, in which keys are handled."""


class Lifecycle:
    """Decides which case is open: after the start, on request, and none at the end."""

    def __init__(
        self,
        state: State,
        shell: Shell,
        profiles: Profiles,
        opening: Opening,
        navigation: Navigation,
        editing: Editing,
        saving: Saving,
        replication: Replicating,
        preparing: Preparing,
        new_facts: NewFacts,
        retention: Retention,
        tell_left_behind: Callable[[], object],
        tell_unsaved: Callable[[], object],
    ) -> None:
        """`tell_left_behind`: says where editors left texts; `tell_unsaved`: why it cannot quit."""
        self._state = state
        self._shell = shell
        self._profiles = profiles
        self._opening = opening
        self._navigation = navigation
        self._editing = editing
        self._saving = saving
        self._replication = replication
        self._preparing = preparing
        self._new_facts = new_facts
        self._retention = retention
        self._tell_left_behind = tell_left_behind
        self._tell_unsaved = tell_unsaved

    @property
    def handlers(self) -> Handlers:
        """The messages that this feature handles."""
        return {CaseChosen: self._open, WorklistChosen: self._leave_case}

    # ── The start ────────────────────────────────────────────────────────────────────────

    def settle_in(self) -> None:
        """Do what the first frame does not wait for."""
        self._profiles.ensure()
        self._replication.begin()
        self._navigation.list_cases()
        self._tell_left_behind()
        Thread(target=preload, args=(self._tidy,), name="preload", daemon=True).start()

    def _tidy(self) -> None:
        """Clean up in the folder; on a thread, since nothing waits for it."""
        from imr_tui.store.maintenance.housekeeping import tidy

        with suppress(ImrError):
            tidy(self._state.folder, self._retention, self._state.now)

    def begin(self) -> None:
        """Open the case that the app was started for, where the reviewer left it."""
        if number := self._navigation.first:
            point = self._state.resume_points.last()
            is_this = point is not None and point.number == number
            self._shell.post_message(CaseChosen(number, point if is_this else None))

    # ── Cases ────────────────────────────────────────────────────────────────────────────

    def _open(self, message: CaseChosen) -> None:
        self._profiles.ensure()
        self._navigation.is_opening = True
        self._preparing.prepare(message.number, partial(self._enter, message), self._left)

    def _left(self) -> None:
        """The reviewer did not wait for the case."""
        self._navigation.is_opening = False
        self._navigation.ensure_worklist()

    def _enter(self, message: CaseChosen, refused: ImrError | None) -> None:
        """Open a case, and begin the walk; `refused` is why it can only be read."""
        self._navigation.is_opening = False
        try:
            self._opening.open(message.number, refused=refused)
        except ImrError as error:
            self._navigation.ensure_worklist()
            self._shell.complain(refused or error)
            return
        self._navigation.enter(message.resume_point)
        self._new_facts.begin(shows=message.shows_facts)

    def _leave_case(self, _: WorklistChosen) -> None:
        self._shell.run_worker(self._put_away())

    async def _put_away(self) -> None:
        self._editing.mark(Event.LEFT)
        if await self._editing.put_away():
            self._shell.pop_screen()

    # ── The end ──────────────────────────────────────────────────────────────────────────

    async def quit(self) -> None:
        """Exit once all is saved; the app stays open while the case is saved nowhere."""
        self._editing.mark(Event.LEFT)
        if await self._saving.kept():
            self._editing.let_go()
            self._shell.exit()
        else:
            self._tell_unsaved()


def preload(*tasks: Callable[[], object]) -> None:
    """Load the modules that the first case needs, then do the tasks; for a thread."""
    time.sleep(_FIRST_FRAME_SECONDS)
    for module in MODULES:
        time.sleep(_PAUSE_SECONDS)
        importlib.import_module(module)
    gc_control.settle()
    for task in tasks:
        task()
