"""Who reviews: the profile, read once, and asked for where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.store import config
from imr_tui.store.config.profile import load_profile, save_profile
from imr_tui.ui.features.navigation import WalkDesk

if TYPE_CHECKING:
    from collections.abc import Callable

    from imr_tui.store.config import Profile


class ProfileDesk(WalkDesk):
    """Knows the reviewer, whose credentials a new case begins with."""

    _has_read_profile = False

    def begin(self) -> None:
        """Go on, as it is known now who reviews."""
        raise NotImplementedError

    def have_worklist(self) -> None:
        """Show the worklist where nothing else is left."""
        raise NotImplementedError

    def have_profile(self) -> None:
        """Read the profile, unless that is done."""
        if not self._has_read_profile:
            self.read_profile()

    def read_profile(self) -> None:
        """Read the profile, ask for it where there is none, and `begin`."""
        self._has_read_profile = True
        try:
            self.profile = load_profile(self.folder)
        except ImrError as error:
            self.complain(error)
        else:
            if self.profile is None and not self.read_only:
                self.have_worklist()
                self._ask_profile(config.Profile(), self._begin_with)
                return
        self.begin()

    def _begin_with(self, profile: Profile | None) -> None:
        self._keep_profile(profile)
        self.begin()

    def _keep_profile(self, profile: Profile | None) -> None:
        if profile is None:
            return
        self.profile = profile
        try:
            save_profile(self.folder, profile)
        except ImrError as error:
            self.complain(error)
        else:
            from imr_tui.ui.dialogs.profile import DRAFTS

            self.drafts.drop_all(DRAFTS)

    def action_profile(self) -> None:
        self.have_profile()
        if not self.read_only:
            self._ask_profile(self.profile or config.Profile(), self._keep_profile)

    def _ask_profile(self, now: Profile, then: Callable[[Profile | None], None]) -> None:
        from imr_tui.ui.dialogs.profile import ProfileScreen

        self.push_screen(ProfileScreen(now), then)
