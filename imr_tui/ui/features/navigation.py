"""The walk: from stage to stage of the open case, and to any place in it."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from textual import on

from imr_tui.store.history.versions import Event
from imr_tui.ui.features.lock import LockDesk
from imr_tui.ui.messages import ItemsWanted, PlaceChosen, StageChosen

if TYPE_CHECKING:
    from imr_tui.checks.rule import Span
    from imr_tui.domain.workflow import Place, Stage
    from imr_tui.model.limits import StageKind
    from imr_tui.store.config import ResumePoint
    from imr_tui.ui.stages.stage import StageScreen

_SCREENS: dict[StageKind, str] = {
    "credentials": "CredentialsScreen",
    "summary": "SummaryScreen",
    "decision": "DecisionScreen",
    "citations": "CitationsScreen",
    "review": "ReviewScreen",
}
"""Each stage's screen; only those that are asked for are imported."""


class WalkDesk(LockDesk):
    """Knows the screens of the stages, each made anew from the case when it is entered."""

    _stage_is_stale = False

    def enter(self, resume_point: ResumePoint | None) -> None:
        """Begin the walk at `resume_point`, if the open case still has such a stage."""
        self.push_screen(self._opening(resume_point))

    def _opening(self, resume_point: ResumePoint | None) -> StageScreen:
        """The screen at `resume_point`; at the first open field if the case has no such stage."""
        from imr_tui.domain import workflow
        from imr_tui.domain.workflow import Stage

        if resume_point is not None:
            stage = Stage(resume_point.kind, resume_point.item if resume_point.item >= 0 else None)
            if stage in workflow.walk(self.open_case):
                screen = self._screen(stage)
                screen.resume_point = resume_point
                return screen
        return self._screen(workflow.resume(self.open_case))

    @on(StageChosen)
    def go_to_stage(self, message: StageChosen) -> None:
        self.show_stage(message.stage)

    @on(PlaceChosen)
    def go_to_place(self, message: PlaceChosen) -> None:
        from imr_tui.domain import workflow
        from imr_tui.ui.dialogs.record import RecordScreen

        place = message.place
        if place.field.startswith(("parties", "records")):
            self.push_screen(RecordScreen(place.field.rpartition(".")[2]))
        elif place.field == "items":
            self.list_items(ItemsWanted(0))
        else:
            self.show_stage(workflow.stage_of(place), place, message.span)

    @on(ItemsWanted)
    def list_items(self, message: ItemsWanted) -> None:
        from imr_tui.ui.dialogs.items import ItemsScreen

        self.push_screen(ItemsScreen(message.at), self._left_items)

    def _left_items(self, chosen: int | None) -> None:
        """Show the chosen item, or the stage below anew: its item may have moved or gone."""
        from imr_tui.domain.workflow import Stage

        if chosen is not None:
            self.show_stage(Stage("decision", chosen))
        else:
            self.show_again()

    def show_stage(self, stage: Stage, at: Place | None = None, span: Span | None = None) -> None:
        """Show a stage made anew from the case, at the words of the field `at`, or what is open."""
        if (left := self.stage_in_view) is not None and left.stage != stage:
            self.mark(Event.LEFT)
        self.switch_screen(self._screen(stage, at, span))

    def show_again(self) -> None:
        """Make the stage in view anew from the case, the focus and the cursor where they are.

        A stage that lies under a dialog is made anew when the dialog is closed.
        """
        from imr_tui.domain import workflow

        shown = self.stage_in_view
        self._stage_is_stale = shown is None and self.case is not None
        if shown is None or self.case is None:
            return
        walk = workflow.walk(self.open_case)
        stage = shown.stage if shown.stage in walk else workflow.resume(self.open_case)
        screen = self._screen(stage)
        if stage == shown.stage:
            screen.go_on_as(shown)
        self.switch_screen(screen)

    def pop_screen(self) -> Any:
        left = super().pop_screen()
        if self._stage_is_stale and self.stage_in_view is not None:
            self.between_keys(self.show_again)
        return left

    @property
    def stage_in_view(self) -> StageScreen | None:
        """The stage that is shown, if nothing else is."""
        from imr_tui.ui.stages.stage import StageScreen

        return self.screen if isinstance(self.screen, StageScreen) else None

    def _screen(
        self, stage: Stage, at: Place | None = None, span: Span | None = None
    ) -> StageScreen:
        if stage.kind == "credentials":
            self.fill_credentials()
        return _screen_of(stage.kind)(stage, at, span)


def _screen_of(kind: StageKind) -> type[StageScreen]:
    screen: type[StageScreen] = getattr(
        importlib.import_module(f"imr_tui.ui.stages.{kind}"), _SCREENS[kind]
    )
    return screen
