"""The reviewer's profile: read once, and asked for if there is none."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.model import reviewer_edits
from imr_tui.store import config
from imr_tui.store.config.profile import load_profile, save_profile
from imr_tui.ui import dialogs

if TYPE_CHECKING:
    from collections.abc import Callable

    from imr_tui.store.config import Profile
    from imr_tui.ui.features.editing import Editing
    from imr_tui.ui.state import Shell, State


class Profiles:
    """Holds the reviewer's credentials, with which a new case begins."""

    def __init__(
        self,
        state: State,
        shell: Shell,
        editing: Editing,
        ensure_worklist: Callable[[], object],
        begin: Callable[[], object],
    ) -> None:
        """`ensure_worklist` shows the worklist where no screen is left; `begin` starts the work."""
        self._state = state
        self._shell = shell
        self._editing = editing
        self._ensure_worklist = ensure_worklist
        self._begin = begin
        self.is_read = False
        """Whether the profile was read."""

    def ensure(self) -> None:
        """Read the profile, unless it was read."""
        if not self.is_read:
            self.read()

    def read(self) -> None:
        """Read the profile, ask for it if there is none, and begin."""
        self.is_read = True
        try:
            self._state.profile = load_profile(self._state.folder)
        except ImrError as error:
            self._shell.complain(error)
        else:
            if self._state.profile is None and not self._state.read_only:
                self._ensure_worklist()
                first = dialogs.profile.ProfileScreen(config.Profile())
                self._shell.push_screen(first, self._begin_with)
                return
        self._begin()

    def fill(self) -> None:
        """Fill blank credentials of the open case; not a step that undo takes back."""
        profile, session = self._state.profile, self._editing.session
        if profile is not None and session is not None and session.writes_case:
            change = partial(
                reviewer_edits.prefill, licenses=profile.licenses, specialties=profile.specialties
            )
            with self._editing.refusing():
                self._editing.fill(change)

    def edit(self) -> None:
        """Let the reviewer edit the profile, and read the settings below it."""
        self.ensure()
        if not self._state.read_only:
            now = self._state.profile or config.Profile()
            page = dialogs.profile.ProfileScreen(now, shows_settings=True)
            self._shell.push_screen(page, self.keep)

    def keep(self, profile: Profile | None) -> None:
        """Use and save a profile."""
        if profile is None:
            return
        self._state.profile = profile
        try:
            save_profile(self._state.folder, profile)
        except ImrError as error:
            self._shell.complain(error)
        else:
            self._state.drafts.drop_all(dialogs.profile.DRAFTS)
            self._shell.hint("Profile saved.")

    def _begin_with(self, profile: Profile | None) -> None:
        self.keep(profile)
        self._begin()
