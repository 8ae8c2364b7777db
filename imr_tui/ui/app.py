"""The app: leads from the worklist through the stages of a case and back."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.screen import Screen

from imr_tui.checks import Policy
from imr_tui.errors import ImrError
from imr_tui.store.host import Host
from imr_tui.store.profile import Profile, has_profile, load_profile, save_profile
from imr_tui.store.settings import load_history_days
from imr_tui.store.versions import Event
from imr_tui.text import clean_line
from imr_tui.ui import behind
from imr_tui.ui.abilities import Abilities
from imr_tui.ui.driver import TerminalDriver
from imr_tui.ui.idle import seconds as real_seconds
from imr_tui.ui.lock_desk import LockDesk
from imr_tui.ui.messages import (
    CaseChosen,
    Cited,
    ItemsWanted,
    LetterGiven,
    PlaceChosen,
    StageChosen,
    WorklistChosen,
)

if TYPE_CHECKING:
    from textual.command import Provider
    from textual.driver import Driver

    from imr_tui.checks.rule import Span
    from imr_tui.letterhead import Letterhead
    from imr_tui.limits import StageKind
    from imr_tui.stages import Place, Stage
    from imr_tui.store.folder import Folder
    from imr_tui.store.spot import Spot
    from imr_tui.ui.desk import Clock
    from imr_tui.ui.screens.stage import StageScreen
    from imr_tui.ui.screens.worklist import WorklistScreen
    from imr_tui.ui.terminal import Terminal

_SCREENS: dict[StageKind, str] = {
    "credentials": "CredentialsScreen",
    "summary": "SummaryScreen",
    "decision": "DecisionScreen",
    "citations": "CitationsScreen",
    "review": "ReviewScreen",
}
"""Each stage's screen; only those that are asked for are imported."""


def _commands() -> type[Provider]:
    from imr_tui.ui.palette import BindingsProvider

    return BindingsProvider


class ImrApp(LockDesk):
    """Knows the screens and nothing of what is in them."""

    TITLE = "imr-tui"
    CSS_PATH = "imr.tcss"
    COMMANDS = {_commands}  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "help", "Help", id="app.help", tooltip="Show every key"),
        Binding("ctrl+z", "undo", "Undo", id="app.undo", tooltip="Undo the last change"),
        Binding("ctrl+y", "redo", "Redo", id="app.redo", show=False, tooltip="Do it again"),
        Binding(
            "ctrl+o",
            "command_palette",
            "Commands",
            id="app.commands",
            show=False,
            tooltip="Find a command by typing",
        ),
        Binding(
            "ctrl+s",
            "save",
            "Save",
            id="app.save",
            show=False,
            tooltip="Wait until all is on the disk; it is saved without it, too",
        ),
        Binding(
            "t",
            "take_over",
            "Take over",
            id="app.take-over",
            tooltip="Ask the session that has the case for it, or take it if it is free",
        ),
        Binding(
            "ctrl+c",
            "copy_nothing",
            "Copy",
            id="app.copy",
            show=False,
            tooltip="Copy what is selected; without a selection it says how to quit",
        ),
        Binding(
            "f8",
            "lock",
            "Lock",
            id="app.lock",
            show=False,
            tooltip="Lock the screen now",
        ),
        Binding(
            "ctrl+l",
            "redraw",
            "Redraw",
            id="app.redraw",
            show=False,
            priority=True,
            tooltip="Paint the screen anew, should anything else have written on it",
        ),
        Binding("ctrl+q", "quit", "Quit", id="app.quit", show=False, tooltip="Quit; all is saved"),
    ]

    def __init__(
        self,
        folder: Folder,
        letterhead: Letterhead,
        clock: Clock,
        number: str = "",
        policy: Policy | None = None,
        terminal: Terminal | None = None,
        host: Host | None = None,
        seconds: Callable[[], float] = real_seconds,
        abilities: Abilities | None = None,
    ) -> None:
        super().__init__(folder, letterhead, clock, policy or Policy())
        self.terminal = terminal
        self.host = host or Host()
        self.seconds = seconds
        self.fit(abilities or Abilities())
        self.animation_level = "none"
        self._first = number
        self._has_read_profile = False

    def get_driver_class(self) -> type[Driver]:
        # The stock method imports whatever the environment names.
        return TerminalDriver

    def post_display_hook(self) -> None:
        # Each frame has put the cursor into its place.
        if isinstance(self._driver, TerminalDriver):
            self._driver.show_cursor(self.caret is not None)

    def get_default_screen(self) -> Screen[None]:
        # A case that is opened at once is not to wait for a worklist that it covers.
        return Screen() if self._first else _worklist()

    def on_load(self) -> None:
        if not self.folder.is_writable():
            self.read_only = clean_line(f"READ ONLY: nothing can be written in {self.folder.path}")
            self.save_state = "READ ONLY"

    def on_mount(self) -> None:
        if self._first or not has_profile(self.folder):
            self._load_profile()
        self.call_after_refresh(self._settle_in)

    def _settle_in(self) -> None:
        """Do what the first picture does not wait for."""
        self._have_profile()
        self.tell_left_behind()
        behind.work(self._tidy)

    def _tidy(self) -> None:
        """Clean up in the folder, on a thread: nobody waits for it."""
        from imr_tui.store.housekeeping import tidy

        with suppress(ImrError):
            tidy(self.folder, load_history_days(self.folder), self.now)

    # ── The profile ──────────────────────────────────────────────────────────────────────

    def _have_profile(self) -> None:
        """Read the profile, unless that is done."""
        if not self._has_read_profile:
            self._load_profile()

    def _load_profile(self) -> None:
        self._has_read_profile = True
        try:
            self.profile = load_profile(self.folder)
        except ImrError as error:
            self.complain(error)
        else:
            if self.profile is None and not self.read_only:
                self._have_worklist()
                self._ask_profile(Profile(), self._begin_with)
                return
        self._open_first()

    def _begin_with(self, profile: Profile | None) -> None:
        self._keep_profile(profile)
        self._open_first()

    def _keep_profile(self, profile: Profile | None) -> None:
        if profile is None:
            return
        self.profile = profile
        try:
            save_profile(self.folder, profile)
        except ImrError as error:
            self.complain(error)

    def action_profile(self) -> None:
        self._have_profile()
        if not self.read_only:
            self._ask_profile(self.profile or Profile(), self._keep_profile)

    def _ask_profile(self, now: Profile, then: Callable[[Profile | None], None]) -> None:
        from imr_tui.ui.screens.profile import ProfileScreen

        self.push_screen(ProfileScreen(now), then)

    def _open_first(self) -> None:
        if self._first:
            spot = self.bookmark.last()
            goes_on = spot is not None and spot.number == self._first
            self.post_message(CaseChosen(self._first, spot if goes_on else None))

    # ── Opening and leaving a case ───────────────────────────────────────────────────────

    @on(CaseChosen)
    def open_number(self, message: CaseChosen) -> None:
        self._have_profile()
        try:
            self.take_up(message.number)
        except ImrError as error:
            self._have_worklist()
            self.complain(error)
            return
        self.push_screen(self._opening(message.spot))

    def _have_worklist(self) -> None:
        """Show the worklist where nothing else is left."""
        if self._first and len(self.screen_stack) == 1:
            self.push_screen(_worklist(self._first))

    def _opening(self, spot: Spot | None) -> StageScreen:
        """The screen at `spot`, if the case still has such a stage, or at the first open field."""
        from imr_tui import stages
        from imr_tui.stages import Stage

        if spot is not None:
            stage = Stage(spot.kind, spot.item if spot.item >= 0 else None)
            if stage in stages.walk(self.open_case):
                screen = self._screen(stage)
                screen.spot = spot
                return screen
        return self._screen(stages.resume(self.open_case))

    @on(LetterGiven)
    @work
    async def import_letter(self, message: LetterGiven) -> None:
        if self.restricted:
            return
        from imr_tui.store.letters import read_letter
        from imr_tui.ui.screens.worklist import WorklistScreen

        try:
            letter = await asyncio.to_thread(read_letter, message.path)
            self.folder.new(letter.case, Event.IMPORTED)
        except ImrError as error:
            self.complain(error)
            return
        if isinstance(self.screen, WorklistScreen):
            self.screen.read_folder()
        self.notify(f"{letter.case.number} is imported.", markup=False)

    @on(WorklistChosen)
    @work
    async def leave_case(self) -> None:
        self.mark(Event.LEFT)
        if await self.put_away():
            self.pop_screen()

    def pop_screen(self) -> Any:
        left = super().pop_screen()
        self._have_worklist()
        return left

    @on(Cited)
    def remember(self, message: Cited) -> None:
        self.shelf.note(message.guideline_id)

    # ── Going about ──────────────────────────────────────────────────────────────────────

    @on(StageChosen)
    def go_to_stage(self, message: StageChosen) -> None:
        self.show_stage(message.stage)

    @on(PlaceChosen)
    def go_to_place(self, message: PlaceChosen) -> None:
        from imr_tui import stages
        from imr_tui.ui.screens.record import RecordScreen

        place = message.place
        if place.field.startswith(("parties", "records")):
            self.push_screen(RecordScreen(place.field.rpartition(".")[2]))
        elif place.field == "items":
            self.list_items(ItemsWanted(0))
        else:
            self.show_stage(stages.stage_of(place), place, message.span)

    @on(ItemsWanted)
    def list_items(self, message: ItemsWanted) -> None:
        from imr_tui.ui.screens.items import ItemsScreen

        self.push_screen(ItemsScreen(message.at), self._left_items)

    def _left_items(self, chosen: int | None) -> None:
        """Show the chosen item, or the stage below anew: its item may have moved or gone."""
        from imr_tui.stages import Stage

        if chosen is not None:
            self.show_stage(Stage("decision", chosen))
        else:
            self.show_again()

    def show_stage(self, stage: Stage, at: Place | None = None, span: Span | None = None) -> None:
        """Show a stage made anew from the case, at the words of the field `at`, or what is open."""
        if (left := self._stage_in_view) is not None and left.stage != stage:
            self.mark(Event.LEFT)
        self.switch_screen(self._screen(stage, at, span))

    def show_again(self) -> None:
        """Make the stage in view anew from the case, if one is in view."""
        from imr_tui import stages

        if (shown := self._stage_in_view) is not None:
            stage = shown.stage
            walk = stages.walk(self.open_case)
            self.show_stage(stage if stage in walk else stages.resume(self.open_case))

    @property
    def _stage_in_view(self) -> StageScreen | None:
        from imr_tui.ui.screens.stage import StageScreen

        return self.screen if isinstance(self.screen, StageScreen) else None

    def _screen(
        self, stage: Stage, at: Place | None = None, span: Span | None = None
    ) -> StageScreen:
        if stage.kind == "credentials":
            self.fill_credentials()
        return _screen_of(stage.kind)(stage, at, span)

    # ── Commands ─────────────────────────────────────────────────────────────────────────

    def action_command_palette(self) -> None:
        from imr_tui.ui.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def action_help(self) -> None:
        from imr_tui.ui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            said = shown.explained() if (shown := self._stage_in_view) is not None else ""
            self.push_screen(HelpScreen(self.screen.active_bindings.values(), said))

    def action_copy_nothing(self) -> None:
        """Answer who wants to end the app by the key that ends other programs."""
        self.notify("^q quits, and all is saved. Nothing is selected, so nothing was copied.")

    @work
    async def action_quit(self) -> None:  # type: ignore[override]
        self.mark(Event.LEFT)
        if await self.saved():
            self.let_go()
            self.exit()
        else:
            self.offer_rescue()


def _worklist(number: str = "") -> WorklistScreen:
    """The worklist, with the cursor on a case."""
    from imr_tui.ui.screens.worklist import WorklistScreen

    return WorklistScreen(number)


def _screen_of(kind: StageKind) -> type[StageScreen]:
    screen: type[StageScreen] = getattr(
        importlib.import_module(f"imr_tui.ui.screens.{kind}"), _SCREENS[kind]
    )
    return screen
