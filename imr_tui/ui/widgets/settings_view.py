"""The settings in force, below the profile; they can only be read here."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content

from imr_tui.errors import ImrError
from imr_tui.services.settings_list import read_settings
from imr_tui.services.settings_text import settings_text
from imr_tui.ui.widgets.derived_text import DerivedText

if TYPE_CHECKING:
    from imr_tui.services.settings_list import Setting

_ABOUT = "Settings are set in files; a change applies at the next start."


class SettingsView(DerivedText):
    """Each setting with its value, origin and meaning, or why the files cannot be read."""

    def __init__(self) -> None:
        super().__init__(_ABOUT, id="settings")
        self._settings: tuple[Setting, ...] = ()
        self._problem = ""

    def on_mount(self) -> None:
        try:
            self._settings = read_settings(self.app.folder, restricted=self.app.restricted)
        except ImrError as error:
            self._problem = str(error)

    def on_resize(self) -> None:
        width = max(self.size.width, 1)
        lines = [*textwrap.wrap(_ABOUT, width), "", *settings_text(self._settings, width)]
        self.say(Content(self._problem or "\n".join(lines)), layout=True)


class Page(VerticalScroll, can_focus=False, inherit_bindings=False):
    """A part of a dialog that scrolls by the keys of the dialog."""
