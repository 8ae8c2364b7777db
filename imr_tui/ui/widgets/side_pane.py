"""The pane beside or above a text: the case, the administrator's citations, other texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import getters
from textual.containers import Vertical, VerticalScroll
from textual.content import Content

from imr_tui.ui.app import ImrApp
from imr_tui.ui.features.pane_choice import TITLES
from imr_tui.ui.widgets.derived_text import DerivedText
from imr_tui.ui.widgets.facts import administrator_cited, facts_of

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from imr_tui.domain.workflow import Place, Stage
    from imr_tui.model.case import Item
    from imr_tui.ui.features.pane_choice import PaneView
    from imr_tui.ui.stages.reading import ReadingScreen
    from imr_tui.ui.widgets.letter_view import LetterView


class SidePane(Vertical):
    """Follows the case when the typing pauses; the style sheet puts it beside or above."""

    app = getters.app(ImrApp)

    def __init__(self, stage: Stage) -> None:
        super().__init__(classes="pane")
        self._stage = stage
        self._text: LetterView | None = None

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield DerivedText()

    def on_mount(self) -> None:
        self.app.parts.earlier_letters.look_again()
        self._apply_choice()
        self.watch(self.app, "settled_case", self.show)

    def on_resize(self) -> None:
        self.show()

    # ── What is shown ────────────────────────────────────────────────────────────────────

    def toggle(self) -> None:
        """Show or hide the pane where the screen has it: beside the text or above it."""
        choice = self.app.parts.pane_choice
        if self._is_beside:
            choice.is_beside = not choice.is_beside
        else:
            choice.is_above = not choice.is_above
        self._apply_choice()

    def show_earlier(self) -> None:
        """Show the letter of an earlier review; then the next one, and after the last the facts."""
        choice, letters = self.app.parts.pane_choice, self.app.parts.earlier_letters
        if not self.display or self._view != "earlier":
            letters.choose_first()
            choice.view = "earlier"
        elif not letters.choose_next():
            choice.view = "case"
        if self.display:
            self._apply_choice()
        else:
            self.toggle()

    def show_next(self) -> None:
        """Show the next view; a hidden pane is shown first, with the view it had."""
        choice = self.app.parts.pane_choice
        if not self.display:
            self.toggle()
            return
        choice.view = choice.following(self._stage)
        self._apply_choice()

    @property
    def _is_beside(self) -> bool:
        return self.screen.has_class("-wide")

    def _apply_choice(self) -> None:
        self.app.parts.pane_choice.set_classes(self.screen)
        self.set_class(self._view in ("letter", "earlier"), "-letter")
        self.call_after_refresh(self.show)

    @property
    def _view(self) -> PaneView:
        return self.app.parts.pane_choice.view_at(self._stage)

    def show(self) -> None:
        """Show the view that is chosen, as the case is now."""
        case = self.app.case
        if case is None or not self.display or not self.is_mounted:
            return
        view = self._view
        self._show_title(TITLES[view])
        is_text = view in ("summary", "letter", "earlier")
        self.query_one(VerticalScroll).display = not is_text
        self._drop_text(unless=view if is_text else "")
        if is_text:
            self._show_text(view)
            return
        if (width := self.content_size.width - 1) <= 0:
            return
        item = self._item if view == "administrator" else None
        facts = facts_of(case, width) if item is None else administrator_cited(item)
        self.query_one(DerivedText).say(facts, layout=True)

    def _show_title(self, title: str) -> None:
        """Show `title`, and the view that the key shows next."""
        following = self.app.parts.pane_choice.following(self._stage)
        key = self.app.keys.name("reading.other-facts")
        self.border_title = Content.assemble(title, (f"  {key} {TITLES[following]}", "dim"))

    @property
    def _item(self) -> Item | None:
        """The item of the stage, unless it was removed."""
        case, index = self.app.case, self._stage.item
        if case is None or index is None or index >= len(case.items):
            return None
        return case.items[index]

    def _drop_text(self, *, unless: str) -> None:
        if self._text is not None and self._text.id != f"pane-{unless}":
            self._text.remove()
            self._text = None

    def _show_text(self, view: PaneView) -> None:
        # Loaded when it is chosen, since most stages start without it.
        from imr_tui.letter.render.preview import Preview
        from imr_tui.ui.widgets.earlier_view import EarlierView

        if self._text is None:
            self._text = self._new_text(view)
            self._text.can_focus = False
            self.mount(self._text)
        if view == "summary":
            text = self.app.open_case.summary.text or "(not written yet)"
            self._text.show(Preview.of_text(text))
        if isinstance(self._text, EarlierView):
            number = self.app.parts.earlier_letters.number
            self._show_title(f"{TITLES[view]} {number}")
            self._text.show_number(number)

    def _new_text(self, view: PaneView) -> LetterView:
        from imr_tui.ui.widgets.earlier_view import EarlierView
        from imr_tui.ui.widgets.letter_view import DraftView, LetterView

        if view == "earlier":
            return EarlierView(id="pane-earlier", tell=self._tell_source)
        if view == "letter":
            return DraftView(id="pane-letter", where=self._where)
        return LetterView(id="pane-summary")

    def _tell_source(self, source: str) -> None:
        """Say in the title what was read of the earlier review."""
        if self._view == "earlier":
            self._show_title(f"{self.app.parts.earlier_letters.number}, {source}")

    def _where(self) -> tuple[Place, int]:
        return cast("ReadingScreen", self.screen).place_in_view()

    # ── Scrolling ────────────────────────────────────────────────────────────────────────

    def scroll_by(self, step: int) -> None:
        """Scroll by half of the height, rounded up, up or down."""
        rows = max((self.size.height + 1) // 2, 1) * step
        shown = self._text or self.query_one(VerticalScroll)
        shown.scroll_relative(y=rows, animate=False)
