"""What the pane beside or above a text shows, for the session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from imr_tui.domain.workflow import Stage

PaneView = Literal["case", "administrator", "summary", "letter", "earlier"]
"""Facts of the case, administrator's citations, summary, draft of the letter, earlier letter."""
TITLES: dict[PaneView, str] = {
    "case": "Case",
    "administrator": "Administrator cited",
    "summary": "Summary",
    "letter": "Letter",
    "earlier": "Earlier review",
}


class PaneChoice:
    """The view that was chosen, and whether the pane is shown."""

    def __init__(self, has_earlier: Callable[[], bool]) -> None:
        """`has_earlier`: whether the letter of an earlier review can be shown."""
        self._has_earlier = has_earlier
        self.view: PaneView = "case"
        """The view that was chosen last."""
        self.is_beside = True
        """Whether the pane is shown beside a text, from 110 columns on."""
        self.is_above = False
        """Whether the pane is shown above a text, on narrower screens."""

    def view_at(self, stage: Stage) -> PaneView:
        """The chosen view, or the first one that a stage offers if it does not offer that."""
        offered = self._views_of(stage)
        return self.view if self.view in offered else offered[0]

    def following(self, stage: Stage) -> PaneView:
        """The view after the one that a stage shows."""
        offered = self._views_of(stage)
        return offered[(offered.index(self.view_at(stage)) + 1) % len(offered)]

    def set_classes(self, screen: Screen[Any]) -> None:
        """Tell the style sheet whether a screen has the pane beside or above its text."""
        screen.set_class(self.is_beside, "-facts-beside")
        screen.set_class(self.is_above, "-facts-above")

    def _views_of(self, stage: Stage) -> tuple[PaneView, ...]:
        """The views that a stage offers.

        Citations belong to an item, and Summary shows the summary itself.
        """
        views: dict[PaneView, bool] = {
            "case": True,
            "administrator": stage.item is not None,
            "summary": stage.kind != "summary",
            "letter": True,
            "earlier": self._has_earlier(),
        }
        return tuple(view for view, is_offered in views.items() if is_offered)
