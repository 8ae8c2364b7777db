"""The base class of the stages: the frame around the form, and the keys to other stages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from textual import events, getters, on
from textual.containers import Horizontal, Vertical

from imr_tui.domain import workflow
from imr_tui.terminal.focus import accepts_text, is_text_field
from imr_tui.ui import dialogs
from imr_tui.ui.app import ImrApp
from imr_tui.ui.messages import (
    Edited,
    EditorWanted,
    ItemsWanted,
    StageChosen,
    VersionsWanted,
    WorklistChosen,
)
from imr_tui.ui.stages import stage_text
from imr_tui.ui.stages.reading import ReadingScreen
from imr_tui.ui.stages.stage_keys import KEYS, LEAVING
from imr_tui.ui.stages.stage_place import Start, begin, here
from imr_tui.ui.widgets.finding_hints import FindingHints
from imr_tui.ui.widgets.key_line import KeyLine
from imr_tui.ui.widgets.notice_line import NoticeLine
from imr_tui.ui.widgets.side_pane import SidePane
from imr_tui.ui.widgets.stage_bar import StageBar
from imr_tui.ui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget
    from textual.widgets import Input

    from imr_tui.checks.rule import Span
    from imr_tui.domain.workflow import Place, Stage
    from imr_tui.model.edits import Change
    from imr_tui.ui.widgets.prose import Prose


class StageScreen(ReadingScreen):
    """Title, stage bar, `form` and keys. It is built from the case whenever it is entered.

    A stage opens outside its texts: letters are commands until `i` or Enter enters the text. Only
    a stage that is rebuilt while the reviewer types opens in the same text.
    """

    app = getters.app(ImrApp)
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    BINDINGS = KEYS

    def __init__(self, stage: Stage, at: Place | None = None, span: Span | None = None) -> None:
        super().__init__()
        self.stage = stage
        self.start = Start(at, span)
        self._entry = ""
        """The id of the field that `i` enters."""

    def compose(self) -> ComposeResult:
        # Before there is anything in it that would be styled twice.
        self.app.parts.pane_choice.set_classes(self)
        yield TitleBar()
        yield StageBar(self.stage)
        with Horizontal():
            with Vertical():
                yield from self.form()
                yield from self.below()
            yield from self.beside()
        yield from self.app.parts.tour.panel()
        yield KeyLine()
        yield NoticeLine()
        yield from self.app.parts.search.bar()

    def form(self) -> Iterable[Widget]:
        """The widgets of the stage, filled from the case."""
        raise NotImplementedError

    def below(self) -> Iterable[Widget]:
        """Widgets below the form."""
        yield FindingHints(self.stage)

    def beside(self) -> Iterable[Widget]:
        """Widgets beside the form on a wide screen, and above it on a narrow one."""
        yield SidePane(self.stage)

    def first(self) -> str:
        """The id of the widget to start at if nothing is missing."""
        raise NotImplementedError

    def outside(self) -> str:
        """The id of the widget that has the focus outside the texts; blank for none."""
        return ""

    def on_mount(self) -> None:
        begin(self, self.start)
        self.app.parts.search.focus_bar(self)

    # ── The text of the stage ────────────────────────────────────────────────────────────

    @property
    def entry(self) -> Input | Prose | None:
        """The field that `i` enters: the one that was in use last, else the first one."""
        return stage_text.entry_of(self, self._entry)

    def action_enter_text(self) -> None:
        if (entry := self.entry) is not None:
            self.set_focus(entry)

    def action_phrases(self) -> None:
        self.app.parts.phrases.pick(cast("Prose", self.entry))

    def action_keep_phrase(self) -> None:
        self.app.parts.phrases.keep(cast("Prose", self.entry))

    def action_scroll_text(self, pages: int) -> None:
        """Scroll the text by pages without entering it."""
        if (entry := self.entry) is not None:
            stage_text.scroll(entry, pages)

    def action_editor(self) -> None:
        """Ask for an editor for the text."""
        if (entry := self.entry) is not None:
            self.post_message(EditorWanted(entry.id or ""))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in stage_text.ACTIONS and not stage_text.has_use(action, self):
            return False
        return super().check_action(action, parameters)

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        if action in ("editor", "phrases"):
            return self.app.read_only
        return super().why_not(action, parameters)

    def on_text_area_selection_changed(self) -> None:
        self.store_place()

    @on(events.DescendantFocus)
    def note_field(self) -> None:
        """Note which field was in use last."""
        if is_text_field(self.focused):
            self._entry = self.focused.id or ""
        self.store_place()

    def store_place(self) -> None:
        """Store where the reviewer is."""
        self.app.resume_points.put(here(self))

    def start_like(self, before: StageScreen, change: Span = (0, 0)) -> None:
        """Start with the focus and the cursor of `before`, or at a change in its text."""
        self.start = Start(
            resume_point=here(before), replaces_typing=before.is_typing, change=change
        )

    def on_screen_resume(self) -> None:
        self.app.parts.checking.sync_views()
        self.resumed()

    def resumed(self) -> None:
        """Called when the stage is in front again and shows the case as it is."""

    def on_descendant_blur(self) -> None:
        for marks in self.query(FindingHints):
            self.call_after_refresh(marks.show)

    def point_out(self, place: Place, span: Span) -> None:
        """Select the words of a field that a finding is about."""
        stage_text.point_out(self.entry, span)

    def explained(self) -> str:
        """Text about the focused widget that F1 shows above the keys; mostly blank."""
        return ""

    def prose(self, name: str) -> Prose:
        """The field of several lines with the id `name`."""
        return cast("Prose", self.query_one(f"#{name}"))

    def focus_id(self, name: str, *, scrolls: bool = True) -> None:
        """Focus the widget with the id `name`, or the first one if there is no such widget.

        A text is not entered: `i` enters it.
        """
        name = name if self.query(f"#{name}") else self.first()
        widget = next(iter(self.query(f"#{name}")), None)
        if widget is not None and accepts_text(widget):
            self._entry = name
            self.focus_outside()
        elif widget is not None:
            self.set_focus(widget, scroll_visible=scrolls)

    def focus_outside(self) -> None:
        """Leave the text: letters are commands."""
        name = self.outside()
        self.set_focus(self.query_one(f"#{name}") if name else None, scroll_visible=False)

    @property
    def focused_id(self) -> str:
        """The id of the focused widget, or blank."""
        return (self.focused.id or "") if self.focused is not None else ""

    def edit(self, change: Change, step: str = "", gives: str = "") -> None:
        """Ask the app to apply `change`, which makes the draft at `gives` or `step` obsolete."""
        self.post_message(Edited(change, step, self.app.drafts.find(gives or step)))

    @property
    def is_typing(self) -> bool:
        """Whether a key is text for the focused widget."""
        return accepts_text(self.focused)

    def action_walk(self, step: int) -> None:
        stage = workflow.neighbour(self.app.open_case, self.stage, step)
        if stage != self.stage:
            self._go(stage)

    def _go(self, stage: Stage | None) -> None:
        if stage is not None:
            self.post_message(StageChosen(stage))

    def action_go_to(self) -> None:
        screen = dialogs.navigation.GoToScreen(self.app.open_case, self.stage)
        self.app.push_screen(screen, self._go)

    def action_items(self) -> None:
        self.post_message(ItemsWanted(self.stage.item or 0))

    def action_record(self) -> None:
        self.app.push_screen(dialogs.record.RecordScreen())

    async def action_find(self) -> None:
        await self.app.parts.search.open()

    async def action_find_again(self, step: int) -> None:
        await self.app.parts.search.again(step)

    def action_versions(self) -> None:
        self.post_message(VersionsWanted())

    def action_leave(self) -> None:
        if self.is_typing:
            self.focus_outside()
        elif self.app.parts.hints.answers(LEAVING):
            self.post_message(WorklistChosen())
        else:
            self.app.hint(LEAVING)
