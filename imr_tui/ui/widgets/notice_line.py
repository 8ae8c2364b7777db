"""The line above the keys that tells what happened by itself, and the key that answers it."""

from __future__ import annotations

from textual import getters
from textual.content import Content
from textual.widgets import Static

from imr_tui.text import clean_line
from imr_tui.ui.desk import Desk
from imr_tui.ui.notices import KEY, Notices
from imr_tui.ui.widgets.key_line import key_name


class NoticeLine(Static):
    """There only while something waits for the reviewer; it never takes the focus."""

    app = getters.app(Desk)

    def on_mount(self) -> None:
        self.watch(self.app, "notices", self.show)

    def show(self, notices: Notices) -> None:
        """Tell the first of `notices`, and how many more there are."""
        self.set_class(bool(notices), "-shown")
        if notices:
            first, more = notices[0], f"  (+{len(notices) - 1})" if len(notices) > 1 else ""
            key = (f" {key_name(KEY)} {first.answer} ", "reverse")
            self.update(Content.assemble(key, f" {clean_line(first.says)}{more}"))
