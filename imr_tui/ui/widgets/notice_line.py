"""The line above the keys: the first notice, and the key that answers it."""

from __future__ import annotations

from textual.content import Content

from imr_tui.text.sanitize import clean_line
from imr_tui.ui.features.saving import NOT_SAVED
from imr_tui.ui.widgets.derived_text import DerivedText


class NoticeLine(DerivedText):
    """Shown only while there is a notice; it never takes the focus.

    In a dialog, which covers the title bar, it also says that saving fails.
    """

    def __init__(self, *, tells_saving: bool = False) -> None:
        super().__init__()
        self._tells_saving = tells_saving

    def on_mount(self) -> None:
        self.watch(self.app, "notices", self.show)
        if self._tells_saving:
            self.watch(self.app, "save_state", self.show, init=False)

    def show(self) -> None:
        """Show that saving fails, or else the first notice and how many more there are."""
        line = self._saving() or self._notice()
        self.set_class(bool(line), "-shown")
        if line:
            self.say(line, layout=True)

    def _saving(self) -> Content:
        is_failing = self._tells_saving and self.app.save_state.startswith(NOT_SAVED)
        return Content(f" {clean_line(self.app.save_state)}" if is_failing else "")

    def _notice(self) -> Content:
        if not self.app.notices:
            return Content("")
        first, others = self.app.notices[0], len(self.app.notices) - 1
        more = f"  (+{others})" if others else ""
        key = (f" {self.app.keys.name('app.answer')} {first.answer} ", "reverse")
        return Content.assemble(key, f" {clean_line(first.says)}{more}")
