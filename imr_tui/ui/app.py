"""The app: owns the open case, applies edits, and leads from screen to screen."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.screen import Screen

from imr_tui import checks, edits, stages
from imr_tui.case import Case
from imr_tui.errors import EXIT_BUG, CannotStore, ImrError
from imr_tui.letter import Letterhead
from imr_tui.stages import Place, Stage
from imr_tui.store.folder import Folder
from imr_tui.store.profile import Profile, load_profile, save_profile
from imr_tui.store.saver import Saver
from imr_tui.ui.desk import Clock, Desk
from imr_tui.ui.history import History
from imr_tui.ui.messages import (
    CaseChosen,
    Edited,
    LetterWanted,
    PlaceChosen,
    SaveReported,
    StageChosen,
    WorklistChosen,
)
from imr_tui.ui.palette import BindingsProvider
from imr_tui.ui.screens.citations import CitationsScreen
from imr_tui.ui.screens.credentials import CredentialsScreen
from imr_tui.ui.screens.decision import DecisionScreen
from imr_tui.ui.screens.help import HelpScreen
from imr_tui.ui.screens.items import ItemsScreen
from imr_tui.ui.screens.profile import ProfileScreen
from imr_tui.ui.screens.record import RecordScreen
from imr_tui.ui.screens.review import ReviewScreen
from imr_tui.ui.screens.stage import StageScreen
from imr_tui.ui.screens.summary import SummaryScreen
from imr_tui.ui.screens.worklist import WorklistScreen

_SCREENS: dict[stages.Kind, type[StageScreen]] = {
    "credentials": CredentialsScreen,
    "summary": SummaryScreen,
    "decision": DecisionScreen,
    "citations": CitationsScreen,
    "review": ReviewScreen,
}


class ImrApp(Desk):
    """From the worklist into a case and back; everything that is edited is saved at once."""

    TITLE = "imr-tui"
    CSS_PATH = "imr.tcss"
    COMMANDS = {BindingsProvider}  # noqa: RUF012
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
        Binding("ctrl+q", "quit", "Quit", id="app.quit", show=False, tooltip="Quit; all is saved"),
    ]

    def __init__(
        self, folder: Folder, letterhead: Letterhead, clock: Clock, number: str = ""
    ) -> None:
        super().__init__(folder, letterhead, clock)
        self.animation_level = "none"
        self._first = number
        self._saver: Saver | None = None
        self._history = History()

    def on_mount(self) -> None:
        self.push_screen(WorklistScreen())
        if not self.folder.is_writable():
            self.read_only = f"READ ONLY: nothing can be written in {self.folder.path}"
            self.save_state = "READ ONLY"
        self._load_profile()
        if self._first:
            self.post_message(CaseChosen(self._first))

    # ── The profile ──────────────────────────────────────────────────────────────────────

    def _load_profile(self) -> None:
        try:
            self.profile = load_profile(self.folder)
        except ImrError as error:
            self.complain(error)
            return
        if self.profile is None and not self.read_only:
            self.push_screen(ProfileScreen(), self._keep_profile)

    def _keep_profile(self, profile: Profile | None) -> None:
        if profile is None:
            return
        self.profile = profile
        try:
            save_profile(self.folder, profile)
        except ImrError as error:
            self.complain(error)

    # ── Opening and leaving a case ───────────────────────────────────────────────────────

    @on(CaseChosen)
    def open_number(self, message: CaseChosen) -> None:
        try:
            file = self.folder.open(message.number)
        except ImrError as error:
            self.complain(error)
            return
        self._history = History()
        self._saver = Saver(file.save, self._report)
        self.case = file.case
        if file.case.is_signed and not self.read_only:
            self.read_only = f"READ ONLY: {file.case.number} is signed"
        self.save_state = "READ ONLY" if self.read_only else "Saved"
        self.push_screen(self._screen(stages.resume(file.case)))

    def _report(self, error: CannotStore | None) -> None:
        # On the saver's thread: posting is all that is safe there.
        self.post_message(SaveReported(error))

    @on(WorklistChosen)
    @work
    async def leave_case(self) -> None:
        if await self._saved():
            self._close_case()
            self.pop_screen()

    def _close_case(self) -> None:
        if self._saver is not None:
            self._saver.close(0)
        self._saver = None
        self.case = None
        self.letter_state = ""
        if self.read_only and self.folder.is_writable():
            self.read_only = ""
        self.save_state = "READ ONLY" if self.read_only else ""

    async def _saved(self) -> bool:
        """Wait until all is on the disk; tell the reviewer where it is not."""
        if self._saver is None or await asyncio.to_thread(self._saver.flush):
            return True
        self.notify(
            "The last changes are not on the disk yet. They are kept here and tried again; "
            "make room on the disk, then leave.",
            title="Not saved",
            severity="error",
            markup=False,
        )
        return False

    # ── Edits ────────────────────────────────────────────────────────────────────────────

    @on(Edited)
    def apply(self, message: Edited) -> None:
        if self.case is None or self.read_only:
            return
        case = message.change(self.case)
        if case != self.case:
            self._history.note(self.case, message.step)
            self._become(case)

    def _become(self, case: Case) -> None:
        self.letter_state = ""
        self.case = case
        if self._saver is not None:
            self._saver.put(case)
        self.screen.refresh_bindings()

    def action_undo(self) -> None:
        self._go_back_to(self._history.undo)

    def action_redo(self) -> None:
        self._go_back_to(self._history.redo)

    def _go_back_to(self, turn: Callable[[Case], Case | None]) -> None:
        if self.case is None or self.read_only or (case := turn(self.case)) is None:
            return
        self._become(case)
        if isinstance(self.screen, StageScreen):
            stage = self.screen.stage
            self.show_stage(stage if stage in stages.walk(case) else stages.resume(case))

    @on(SaveReported)
    def tell_saved(self, message: SaveReported) -> None:
        if message.error is not None:
            self.save_state = "NOT SAVED: " + str(message.error)
        elif self.case is not None:
            self.save_state = f"Saved {self.now:%H:%M:%S}"

    # ── Going about ──────────────────────────────────────────────────────────────────────

    @on(StageChosen)
    def go_to_stage(self, message: StageChosen) -> None:
        self.show_stage(message.stage)

    @on(PlaceChosen)
    def go_to_place(self, message: PlaceChosen) -> None:
        place = message.place
        if place.field.startswith(("parties", "records")):
            self.push_screen(RecordScreen(place.field.rpartition(".")[2]))
        elif place.field == "items":
            self.push_screen(ItemsScreen(0))
        else:
            self.show_stage(stages.stage_of(place), place)

    def show_stage(self, stage: Stage, at: Place | None = None) -> None:
        """Show a stage made anew from the case, at the field `at` or the first open one."""
        self.switch_screen(self._screen(stage, at))

    def _screen(self, stage: Stage, at: Place | None = None) -> Screen[None]:
        if stage.kind == "credentials" and self.profile is not None:
            known = self.profile
            self.apply(
                Edited(
                    partial(edits.prefill, licenses=known.licenses, specialties=known.specialties)
                )
            )
        return _SCREENS[stage.kind](stage, at)

    # ── The letter ───────────────────────────────────────────────────────────────────────

    @on(LetterWanted)
    @work
    async def write_letter(self) -> None:
        if self.read_only or checks.errors(self.open_case) or not await self._saved():
            return
        try:
            path = self.folder.write_letter(self.open_case.number, self.letter(draft=False))
        except ImrError as error:
            self.complain(error)
        else:
            self.letter_state = f"Letter written {self.now:%H:%M:%S} to {path}:"

    # ── Commands ─────────────────────────────────────────────────────────────────────────

    def action_help(self) -> None:
        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen.active_bindings.values()))

    @work
    async def action_save(self) -> None:
        await self._saved()

    @work
    async def action_quit(self) -> None:  # type: ignore[override]
        if await self._saved():
            self.exit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("undo", "redo", "save"):
            return False if self.case is None else not self.read_only or None
        return True

    def complain(self, error: ImrError) -> None:
        """Show an error that stops one thing, not the app."""
        self.notify(str(error), title=error.title, severity="error", timeout=20, markup=False)

    def copy_to_clipboard(self, text: str) -> None:
        # Kept inside: the stock method sends case text to the terminal's own clipboard.
        self._clipboard = text

    def _fatal_error(self) -> None:
        # The stock method prints local variables, which are health information.
        self._exit_renderables.append(_FAULT)
        self._return_code = EXIT_BUG
        self._close_messages_no_wait()


_FAULT = "imr-tui stopped because of a fault of its own. The case is saved up to the last change."
