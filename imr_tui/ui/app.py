"""The app: leads from the worklist through the stages of a case and back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.screen import Screen

from imr_tui.checks import Policy
from imr_tui.errors import ImrError
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.config.profile import has_profile
from imr_tui.store.config.settings import Retention
from imr_tui.store.history.versions import Event
from imr_tui.terminal.capabilities import Capabilities
from imr_tui.terminal.driver import TerminalDriver
from imr_tui.terminal.input_queue import ASIDE
from imr_tui.text.sanitize import clean_line
from imr_tui.ui.features import preload
from imr_tui.ui.features.idle import seconds as real_seconds
from imr_tui.ui.features.import_ import ImportDesk
from imr_tui.ui.features.notices import KEY
from imr_tui.ui.messages import CaseChosen, Cited, WorklistChosen

if TYPE_CHECKING:
    from textual.command import Provider
    from textual.driver import Driver

    from imr_tui.model.letterhead import Letterhead
    from imr_tui.store.cases.folder import Folder
    from imr_tui.terminal.tty import Terminal
    from imr_tui.ui.features.state import Clock
    from imr_tui.ui.stages.worklist import WorklistScreen


def _commands() -> type[Provider]:
    from imr_tui.ui.features.palette import BindingsProvider

    return BindingsProvider


class ImrApp(ImportDesk):
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
            KEY,
            "answer",
            "Answer",
            id="app.answer",
            show=False,
            tooltip="Open what the line above the keys tells of",
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
        capabilities: Capabilities | None = None,
        retention: Retention | None = None,
    ) -> None:
        super().__init__(folder, letterhead, clock, policy or Policy())
        self.terminal = terminal
        self.host = host or Host()
        self.seconds = seconds
        self.fit(capabilities or Capabilities())
        self.animation_level = "none"
        self._first = number
        self._retention = retention or Retention()

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
        self.bring_all_back()
        if not self.folder.is_writable():
            self.read_only = clean_line(f"READ ONLY: nothing can be written in {self.folder.path}")
            self.save_state = "READ ONLY"

    def on_mount(self) -> None:
        if self._first or not has_profile(self.folder):
            self.read_profile()
        self.call_after_refresh(self._settle_in)

    def _settle_in(self) -> None:
        """Do what the first picture does not wait for."""
        self.have_profile()
        self.tell_left_behind()
        preload.work(self._tidy)

    def _tidy(self) -> None:
        """Clean up in the folder, on a thread: nobody waits for it."""
        from imr_tui.store.maintenance.housekeeping import tidy

        with suppress(ImrError):
            tidy(self.folder, self._retention, self.now)

    def begin(self) -> None:
        if self._first:
            resume_point = self.resume_points.last()
            goes_on = resume_point is not None and resume_point.number == self._first
            self.post_message(CaseChosen(self._first, resume_point if goes_on else None))

    # ── Opening and leaving a case ───────────────────────────────────────────────────────

    @on(CaseChosen)
    def open_number(self, message: CaseChosen) -> None:
        self.have_profile()
        try:
            self.take_up(message.number)
        except ImrError as error:
            self.have_worklist()
            self.complain(error)
            return
        self.enter(message.resume_point)

    def have_worklist(self) -> None:
        if self._first and len(self.screen_stack) == 1:
            self.push_screen(_worklist(self._first))

    @on(WorklistChosen)
    @work
    async def leave_case(self) -> None:
        self.mark(Event.LEFT)
        if await self.put_away():
            self.pop_screen()

    def pop_screen(self) -> Any:
        left = super().pop_screen()
        self.have_worklist()
        return left

    @on(Cited)
    def remember(self, message: Cited) -> None:
        self.catalogue_access.note(message.guideline_id)

    # ── Commands ─────────────────────────────────────────────────────────────────────────

    def action_command_palette(self) -> None:
        from imr_tui.ui.features.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def action_help(self) -> None:
        from imr_tui.ui.dialogs.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            said = shown.explained() if (shown := self.stage_in_view) is not None else ""
            self.push_screen(HelpScreen(self.screen.active_bindings.values(), said))

    def action_copy_nothing(self) -> None:
        """Answer who wants to end the app by the key that ends other programs."""
        self.notify("^q quits, and all is saved. Nothing is selected, so nothing was copied.")

    @work(exclusive=True, group=f"{ASIDE}-quit")
    async def action_quit(self) -> None:  # type: ignore[override]
        self.mark(Event.LEFT)
        if await self.kept():
            self.let_go()
            self.exit()
        else:
            self.tell_unsaved()


def _worklist(number: str = "") -> WorklistScreen:
    """The worklist, with the cursor on a case."""
    from imr_tui.ui.stages.worklist import WorklistScreen

    return WorklistScreen(number)
