"""The base class of the stages: the frame around the form, and the keys to other stages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from textual import events, getters, on
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Input

from imr_tui.domain import workflow
from imr_tui.store import config
from imr_tui.terminal.focus import accepts_text, is_text_area
from imr_tui.text.sanitize import clean
from imr_tui.ui import dialogs
from imr_tui.ui.app import ImrApp
from imr_tui.ui.messages import Edited, ItemsWanted, StageChosen, VersionsWanted, WorklistChosen
from imr_tui.ui.widgets.facts import Facts
from imr_tui.ui.widgets.field import widget_id
from imr_tui.ui.widgets.finding_hints import FindingHints
from imr_tui.ui.widgets.key_line import KeyLine
from imr_tui.ui.widgets.notice_line import NoticeLine
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


class StageScreen(Screen[None]):
    """Title, stage bar, `form` and keys. It is built from the case whenever it is entered."""

    app = getters.app(ImrApp)
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    BINDINGS = [  # noqa: RUF012
        Binding("ctrl+n", "walk(1)", "Next", id="walk.next", tooltip="Go on to the next stage"),
        Binding("ctrl+p", "walk(-1)", "Back", id="walk.back", tooltip="Go back one stage"),
        Binding("ctrl+g", "go_to", "Go to", id="walk.go-to", tooltip="Choose any stage to go to"),
        Binding(
            "ctrl+t",
            "items",
            "Items",
            id="walk.items",
            tooltip="List the items in dispute: add, edit, move, remove",
        ),
        Binding(
            "ctrl+r",
            "record",
            "Record",
            id="walk.record",
            tooltip="Dates, parties and documents of the case",
        ),
        Binding(
            "h",
            "versions",
            "History",
            id="walk.versions",
            show=False,
            tooltip="Earlier versions of the case: what differs, and back to one of them",
        ),
        Binding(
            "escape",
            "leave",
            "Leave",
            id="walk.leave",
            tooltip="Out of the text to the keys, then back to the worklist; all is saved",
        ),
    ]

    def __init__(self, stage: Stage, at: Place | None = None, span: Span | None = None) -> None:
        super().__init__()
        self.stage = stage
        self._start = at
        self._span = span
        self.resume_point: ResumePoint | None = None
        """Where the focus and the cursor go, if more than the field is known."""
        self.starts_unfocused = False
        """Whether no widget gets the focus, as on the screen that this one replaces."""

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield StageBar(self.stage)
        with Horizontal():
            with Vertical():
                yield from self.form()
                yield from self.below()
            yield from self.beside()
        yield KeyLine()
        yield NoticeLine()

    def form(self) -> Iterable[Widget]:
        """The widgets of the stage, filled from the case."""
        raise NotImplementedError

    def below(self) -> Iterable[Widget]:
        """Widgets below the form."""
        yield FindingHints(self.stage)

    def beside(self) -> Iterable[Widget]:
        """Widgets beside the form on a wide screen."""
        yield Facts()

    def first(self) -> str:
        """The id of the widget to start at if nothing is missing."""
        raise NotImplementedError

    def on_mount(self) -> None:
        if self.starts_unfocused:
            return
        if self.resume_point is not None:
            self._return_to(self.resume_point)
            return
        missing = workflow.missing(self.app.open_case, self.stage)
        place = self._start or (missing[0] if missing else None)
        # Without a field to go to, the stage is shown from its top.
        self.focus_id(widget_id(place) if place else self.first(), scrolls=place is not None)
        if place is not None:
            self.point_out(place, self._span or (0, 0))

    def _return_to(self, resume_point: ResumePoint) -> None:
        self.focus_id(resume_point.field or self.first())
        if (prose := self._prose_in_focus) is not None:
            prose.return_to((resume_point.line, resume_point.column))
        elif isinstance(self.focused, Input):
            self.focused.cursor_position = resume_point.column

    def on_text_area_selection_changed(self) -> None:
        self.store_place()

    @on(events.DescendantFocus)
    def store_place(self) -> None:
        """Store where the reviewer is."""
        self.app.resume_points.put(self.here)

    @property
    def here(self) -> ResumePoint:
        """Where the reviewer is."""
        line, column = 0, 0
        if is_text_area(self.focused):
            line, column = self.focused.cursor_location
            # The column in the saved text, where an accent and its letter are one character.
            column = len(clean(self.focused.document.get_line(line)[:column]))
        elif isinstance(self.focused, Input):
            column = self.focused.cursor_position
        return config.ResumePoint(
            number=self.app.open_case.number,
            kind=self.stage.kind,
            item=-1 if self.stage.item is None else self.stage.item,
            field=self.focused_id,
            line=line,
            column=column,
            at=self.app.now,
        )

    def start_like(self, before: StageScreen) -> None:
        """Start with the focus and the cursor of the screen `before`."""
        self.resume_point, self.starts_unfocused = before.here, before.focused is None

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
        if (prose := self._prose_in_focus) is not None and span != (0, 0):
            prose.point_out(span)

    def explained(self) -> str:
        """Text about the focused widget that F1 shows above the keys; mostly blank."""
        return ""

    def prose(self, name: str) -> Prose:
        """The field of several lines with the id `name`."""
        return cast("Prose", self.query_one(f"#{name}"))

    @property
    def _prose_in_focus(self) -> Prose | None:
        if not is_text_area(self.focused):
            return None
        # Loaded with the first stage that has a text; opening a case at another one is faster.
        from imr_tui.ui.widgets.prose import Prose

        return self.focused if isinstance(self.focused, Prose) else None

    def focus_id(self, name: str, *, scrolls: bool = True) -> None:
        """Focus the widget with the id `name`, or the first one if there is no such widget."""
        found = self.query(f"#{name}") or self.query(f"#{self.first()}")
        if found:
            self.set_focus(found.first(), scroll_visible=scrolls)

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

    def action_versions(self) -> None:
        self.post_message(VersionsWanted())

    def action_leave(self) -> None:
        if self.is_typing:
            self.set_focus(None)
        else:
            self.post_message(WorklistChosen())
