"""The walk from stage to stage of the open case, to any place in it, and back to the worklist."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.screen import Screen

from imr_tui.domain import workflow
from imr_tui.domain.workflow import Place, Stage
from imr_tui.store.history.versions import Event
from imr_tui.ui import dialogs, stages
from imr_tui.ui.messages import ItemsWanted, PlaceChosen, StageChosen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from imr_tui.checks.rule import Span
    from imr_tui.domain.changes import Difference
    from imr_tui.model.limits import StageKind
    from imr_tui.store.config import ResumePoint
    from imr_tui.ui.stages.stage import StageScreen
    from imr_tui.ui.stages.worklist import WorklistScreen
    from imr_tui.ui.state import Handlers, Shell, State


class Navigation:
    """Shows the screens of the stages; each is built from the case when it is entered."""

    def __init__(
        self,
        state: State,
        shell: Shell,
        mark: Callable[[Event], object],
        fill_credentials: Callable[[], object],
        first: str,
    ) -> None:
        """`mark` keeps a version; `fill_credentials` prefills them from the profile."""
        self.first = first
        """The number of the case that the app was started for, or blank."""
        self._state = state
        self._shell = shell
        self._mark = mark
        self._fill_credentials = fill_credentials
        self._is_stale = False
        self.is_opening = False
        """Whether a case is about to be shown, so that no worklist need be."""

    @property
    def handlers(self) -> Handlers:
        """The messages that this feature handles."""
        return {
            StageChosen: lambda message: self.show_stage(message.stage),
            PlaceChosen: self._go_to_place,
            ItemsWanted: self._list_items,
        }

    # ── The worklist ─────────────────────────────────────────────────────────────────────

    def default_screen(self) -> Screen[None]:
        """The screen at the bottom, a blank one where a case covers it at once."""
        return Screen() if self.first else stages.worklist.WorklistScreen()

    def ensure_worklist(self) -> None:
        """Show the worklist where no other screen is left."""
        if self.first and len(self._shell.screen_stack) == 1:
            self._shell.push_screen(stages.worklist.WorklistScreen(self.first))

    def list_cases(self) -> None:
        """Let the worklist at the bottom read the folder."""
        # Later ones do so when they are shown; their module need not be loaded here.
        if not self.first:
            cast("WorklistScreen", self._shell.screen_stack[0]).read_folder()

    # ── The walk ─────────────────────────────────────────────────────────────────────────

    def enter(self, resume_point: ResumePoint | None) -> None:
        """Begin the walk at `resume_point`, if the open case still has such a stage."""
        self._shell.push_screen(self._first_screen(resume_point))

    def _first_screen(self, resume_point: ResumePoint | None) -> StageScreen:
        """The screen at `resume_point`; at the first open field if the case has no such stage."""
        if resume_point is not None:
            stage = Stage(resume_point.kind, resume_point.item if resume_point.item >= 0 else None)
            if stage in workflow.walk(self._state.open_case):
                screen = self._screen(stage)
                screen.start.resume_point = resume_point
                return screen
        return self._screen(workflow.resume(self._state.open_case))

    def _go_to_place(self, message: PlaceChosen) -> None:
        place = message.place
        if place.field.startswith(("parties", "records")):
            self._shell.push_screen(dialogs.record.RecordScreen(place.field.rpartition(".")[2]))
        elif place.field == "items":
            self._list_items(ItemsWanted(0))
        else:
            self.show_stage(workflow.stage_of(place), place, message.span)

    def _list_items(self, message: ItemsWanted) -> None:
        self._shell.push_screen(dialogs.navigation.ItemsScreen(message.at), self._left_items)

    def _left_items(self, chosen: int | None) -> None:
        """Show the chosen item, or rebuild the stage below: its item may have moved or gone."""
        if chosen is not None:
            self.show_stage(Stage("decision", chosen))
        else:
            self.show_again()

    def show_stage(self, stage: Stage, at: Place | None = None, span: Span | None = None) -> None:
        """Show a stage, at the words `span` of the field `at`, or at its first open field."""
        if (left := self.stage_in_view) is not None and left.stage != stage:
            self._mark(Event.LEFT)
        self._shell.switch_screen(self._screen(stage, at, span))

    def show_text(self, item: int, selected: Span) -> None:
        """Show the rationale of an item again, entered, with these characters selected."""
        screen = self._screen(Stage("decision", item))
        screen.start.selected = selected
        self._shell.switch_screen(screen)

    def show_again(self) -> None:
        """Rebuild the stage in view from the case, with the focus and the cursor where they are.

        A stage that lies under a dialog is rebuilt when the dialog is closed.
        """
        shown = self.stage_in_view
        self._is_stale = shown is None and self._state.case is not None
        if shown is None or self._state.case is None:
            return
        walk = workflow.walk(self._state.open_case)
        stage = shown.stage if shown.stage in walk else workflow.resume(self._state.open_case)
        screen = self._screen(stage)
        if stage == shown.stage:
            screen.start_like(shown)
        self._shell.switch_screen(screen)

    def show_change(self, found: Difference) -> None:
        """Show the place of a change that undo or redo made.

        A text is not entered, unless the reviewer types in it. A date, a party, a document or the
        list of items has no stage: it is in a dialog, and none opens by itself.
        """
        stage, shown = workflow.stage_of(found.place), self.stage_in_view
        has_stage = found.place.item is not None or found.place.field.startswith(_ON_STAGES)
        if shown is None or not has_stage or stage not in workflow.walk(self._state.open_case):
            self.show_again()
        elif shown.stage != stage:
            self.show_stage(stage, _field_on_stage(found.place), found.span)
        else:
            screen = self._screen(stage)
            screen.start_like(shown, found.span)
            self._shell.switch_screen(screen)

    def returned(self) -> None:
        """Rebuild the stage below a screen that was left, if the case changed meanwhile."""
        if self._is_stale and self.stage_in_view is not None:
            self._shell.io.queue.call_between_keys(self.show_again)
        if not self.is_opening:
            self.ensure_worklist()

    @property
    def stage_in_view(self) -> StageScreen | None:
        """The stage that is shown, unless another screen covers it."""
        return next((each for each in self.stages() if each is self._shell.screen), None)

    def stages(self) -> Iterator[StageScreen]:
        """The stages that are shown or lie under a dialog."""
        kind = stages.stage.StageScreen
        return (each for each in self._shell.screen_stack if isinstance(each, kind))

    def _screen(
        self, stage: Stage, at: Place | None = None, span: Span | None = None
    ) -> StageScreen:
        if stage.kind == "credentials":
            self._fill_credentials()
        return _screen_of(stage.kind)(stage, at, span)


_ON_STAGES = ("summary", "reviewer", "acknowledged")


def _field_on_stage(place: Place) -> Place:
    """The field to start at; lines that a dialog edits are shown at the top of their stage."""
    if place.field in workflow.REQUEST_FIELDS:
        return Place("decision", place.item)
    if place.field in ("uncited", "departure", "weighing"):
        return Place("citations", place.item)
    return place


def _screen_of(kind: StageKind) -> type[StageScreen]:
    """The screen of a stage: `summary` has SummaryScreen in the module of the same name."""
    screen: type[StageScreen] = getattr(getattr(stages, kind), f"{kind.capitalize()}Screen")
    return screen
