"""The base class of the stages: the frame around the form, and the keys to other stages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from textual import events, getters, on
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from imr_tui.domain import workflow
from imr_tui.store import config
from imr_tui.terminal.focus import accepts_text, is_text_area, is_text_field
from imr_tui.text.sanitize import clean
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
from imr_tui.ui.stages.reading import ReadingScreen
from imr_tui.ui.stages.stage_keys import KEYS
from imr_tui.ui.widgets.field import widget_id
from imr_tui.ui.widgets.finding_hints import FindingHints
from imr_tui.ui.widgets.key_line import KeyLine
from imr_tui.ui.widgets.line_input import Line
from imr_tui.ui.widgets.notice_line import NoticeLine
from imr_tui.ui.widgets.side_pane import SidePane
from imr_tui.ui.widgets.stage_bar import StageBar
from imr_tui.ui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from imr_tui.checks.rule import Span
    from imr_tui.domain.workflow import Place, Stage
    from imr_tui.model.edits import Change
    from imr_tui.store.config import ResumePoint
    from imr_tui.ui.widgets.prose import Prose


LEAVING = "Press esc again to leave the case. Everything is saved."
"""Answers the first esc outside a text, as one too many must not leave the case."""


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
        self._start = at
        self._span = span
        self.resume_point: ResumePoint | None = None
        """Where the focus and the cursor go, if more than the field is known."""
        self._replaces_typing: bool | None = None
        """Whether the reviewer types on the screen that this one replaces; None if on none."""
        self._change: Span = (0, 0)
        """The characters of the text that undo has changed."""
        self._entry = ""
        """The id of the field that `i` enters."""

    def compose(self) -> ComposeResult:
        # Before there is anything in it that would be styled twice.
        self.app.pane_choice.set_classes(self)
        yield TitleBar()
        yield StageBar(self.stage)
        with Horizontal():
            with Vertical():
                yield from self.form()
                yield from self.below()
            yield from self.beside()
        yield KeyLine()
        yield NoticeLine()
        yield from self.app.search.bar()

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
        self._start_at_place()
        self.app.search.focus_bar(self)

    def _start_at_place(self) -> None:
        if self.resume_point is not None:
            self._return_to(self.resume_point)
            return
        missing = workflow.missing(self.app.open_case, self.stage)
        place = self._start or (missing[0] if missing else None)
        # Without a field to go to, the stage is shown from its top.
        self.focus_id(widget_id(place) if place else self.first(), scrolls=place is not None)
        if place is not None:
            self.point_out(place, self._span or (0, 0))
        self.store_place()

    def _return_to(self, resume_point: ResumePoint) -> None:
        self.focus_id(resume_point.field or self.first())
        entry = self.entry
        if isinstance(entry, Input):
            entry.cursor_position = resume_point.column
        elif entry is not None:
            entry.return_to((resume_point.line, resume_point.column))
            if self._change != (0, 0):
                entry.go_to(self._change[1])
        if self._replaces_typing and entry is not None:
            self.set_focus(entry)

    # ── The text of the stage ────────────────────────────────────────────────────────────

    @property
    def entry(self) -> Input | Prose | None:
        """The field that `i` enters: the one that was in use last, else the first one."""
        # The field of the find bar is an Input, but no Line.
        if isinstance(self.focused, Line) or (is_text_area(self.focused) and self.is_typing):
            # Asked at each key, which must not search the screen.
            return cast("Input | Prose", self.focused)
        fields = [each for each in self.query("Prose, Line") if not each.disabled]
        chosen = (each for each in fields if each.id == self._entry)
        return cast("Input | Prose | None", next(chosen, fields[0] if fields else None))

    def action_enter_text(self) -> None:
        if (entry := self.entry) is not None:
            self.set_focus(entry)

    def action_scroll_text(self, pages: int) -> None:
        """Scroll the text by pages without entering it."""
        if (entry := self.entry) is not None and entry.is_scrollable:
            entry.scroll_relative(y=pages * max(entry.size.height - 1, 1), animate=False)

    def action_editor(self) -> None:
        """Ask for an editor for the text."""
        if (entry := self.entry) is not None:
            self.post_message(EditorWanted(entry.id or ""))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("enter_text", "scroll_text", "editor"):
            entry = self.entry
            needs_lines = action != "enter_text"
            if entry is None or (needs_lines and isinstance(entry, Input)):
                return False
            if action == "enter_text" and self.is_typing:
                return False
            if action == "editor" and self.app.restricted:
                return False
        return super().check_action(action, parameters)

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        if action == "editor":
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
        self.app.resume_points.put(self.here)

    @property
    def here(self) -> ResumePoint:
        """Where the reviewer is."""
        line, column, entry = 0, 0, self.entry
        if isinstance(entry, Input):
            column = entry.cursor_position
        elif entry is not None:
            line, column = entry.cursor_location
            # The column in the saved text, where an accent and its letter are one character.
            column = len(clean(entry.document.get_line(line)[:column]))
        return config.ResumePoint(
            number=self.app.open_case.number,
            kind=self.stage.kind,
            item=-1 if self.stage.item is None else self.stage.item,
            field=self.focused_id or (entry.id or "" if entry is not None else ""),
            line=line,
            column=column,
            at=self.app.now,
        )

    def start_like(self, before: StageScreen, change: Span = (0, 0)) -> None:
        """Start with the focus and the cursor of `before`, or at a change in its text."""
        self.resume_point, self._replaces_typing = before.here, before.is_typing
        self._change = change

    def on_screen_resume(self) -> None:
        self.app.checking.sync_views()
        self.resumed()

    def resumed(self) -> None:
        """Called when the stage is in front again and shows the case as it is."""

    def on_descendant_blur(self) -> None:
        for marks in self.query(FindingHints):
            self.call_after_refresh(marks.show)

    def point_out(self, place: Place, span: Span) -> None:
        """Select the words of a field that a finding is about."""
        entry = self.entry
        if entry is not None and not isinstance(entry, Input) and span != (0, 0):
            entry.point_out(span)

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
        await self.app.search.open()

    async def action_find_again(self, step: int) -> None:
        await self.app.search.again(step)

    def action_versions(self) -> None:
        self.post_message(VersionsWanted())

    def action_leave(self) -> None:
        if self.is_typing:
            self.focus_outside()
        elif self.app.hints.answers(LEAVING):
            self.post_message(WorklistChosen())
        else:
            self.app.hint(LEAVING)
