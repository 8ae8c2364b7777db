"""The panel of the tour: what happened last, and what to press next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from imr_tui.ui.widgets.derived_text import DerivedText

if TYPE_CHECKING:
    from textual.screen import Screen


class TourPanel(DerivedText):
    """Follows the case and the focus; it never takes the focus."""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._changed)
        for name in ("case", "findings", "letter_state"):
            self.watch(self.app, name, self.show, init=False)
        # Which keys can be used depends on widgets that are mounted after this one.
        self.call_after_refresh(self.app.parts.tour.show)

    def on_unmount(self) -> None:
        # It may have been that of a dialog, which covered another one.
        self.app.parts.tour.show()

    def _changed(self, screen: Screen[object]) -> None:
        if screen is self.screen:
            self.show()

    def show(self) -> None:
        """Show the step as it is now."""
        if not (self.is_attached and self.screen.is_mounted):
            # Its screen was replaced in the meantime, or is being built.
            return
        self.visible = self.app.parts.tour.is_in_front(self.screen)
        said = self.app.parts.tour.shown(self.screen)
        self.set_class(said is not None, "-shown")
        if said is None:
            return
        self.border_title = Content(said.title)
        self.say(
            Content.assemble((said.happened, "$text-muted"), "\n", (said.says, "bold")),
            layout=True,
        )
