"""The app: its state, its features, and the order in which they see an event."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import App
from textual.reactive import var
from textual.screen import Screen
from textual.widget import AwaitMount

from imr_tui.checks import Policy
from imr_tui.errors import EXIT_BUG, ImrError
from imr_tui.services.check_case import setup_of
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.config.profile import has_profile
from imr_tui.store.config.settings import Retention
from imr_tui.store.history.versions import Event
from imr_tui.terminal.capabilities import Capabilities
from imr_tui.terminal.input_queue import ASIDE
from imr_tui.terminal.terminal_io import TerminalOptions, TerminalSupport
from imr_tui.text.sanitize import clean, clean_line
from imr_tui.text.transliteration import TRANSLITERATION
from imr_tui.ui import dialogs, stages
from imr_tui.ui.bindings import KEYS
from imr_tui.ui.features import preload
from imr_tui.ui.features.catalogue_access import CatalogueAccess
from imr_tui.ui.features.checking import Checking
from imr_tui.ui.features.dialog_drafts import OpenDrafts
from imr_tui.ui.features.editing import Editing
from imr_tui.ui.features.editor import ExternalEditor
from imr_tui.ui.features.idle import seconds as real_seconds
from imr_tui.ui.features.importing import Importing
from imr_tui.ui.features.last_words import LastWords
from imr_tui.ui.features.lock import CHECK_SECONDS, Lock
from imr_tui.ui.features.navigation import Navigation
from imr_tui.ui.features.notices import Kind, Notice, Notices, with_notice, without
from imr_tui.ui.features.output import Output
from imr_tui.ui.features.profile import Profiles
from imr_tui.ui.features.resume_point import ResumePoints
from imr_tui.ui.features.saving import Saving
from imr_tui.ui.features.sharing import Sharing
from imr_tui.ui.messages import AppMessage, CaseChosen, Cited, WorklistChosen

if TYPE_CHECKING:
    from textual.command import Provider
    from textual.message import Message
    from textual.notifications import SeverityLevel

    from imr_tui.checks import CheckSetup, Finding
    from imr_tui.model.case import Case
    from imr_tui.model.letterhead import Letterhead
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.config import Profile
    from imr_tui.store.locking.claim import Holder
    from imr_tui.terminal.tty import Terminal
    from imr_tui.ui.stages.worklist import WorklistScreen
    from imr_tui.ui.state import Clock


def _commands() -> type[Provider]:
    from imr_tui.ui.features.palette import BindingsProvider

    return BindingsProvider


class ImrApp(TerminalSupport, App[None], inherit_bindings=False):
    """Holds the state that screens watch, and puts the features together."""

    TITLE = "imr-tui"
    CSS_PATH = "imr.tcss"
    COMMANDS = {_commands}  # noqa: RUF012
    BINDINGS = KEYS

    case: var[Case | None] = var(None, init=False)
    settled_case: var[Case | None] = var(None, init=False)
    save_state: var[str] = var("", init=False, always_update=True)
    letter_state: var[str] = var("", init=False)
    reading: var[str] = var("", init=False)
    findings: var[tuple[Finding, ...] | None] = var(None, init=False, always_update=True)
    notices: var[Notices] = var((), init=False)

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
        super().__init__()
        self.folder = folder
        self.letterhead = letterhead
        self.policy = policy or Policy()
        """The site's settings of the rules."""
        self.host = host or Host()
        self.seconds = seconds
        """Tells how time passes."""
        self.catalogue_access = CatalogueAccess(folder)
        """The guidelines that can be cited."""
        self.resume_points = ResumePoints(folder)
        self.profile: Profile | None = None
        self.visits: dict[str, int] = {}
        self.read_only = ""
        self.held_by: Holder | None = None
        self.is_locked = False
        self.farewell = ""
        self.animation_level = "none"
        self._clock = clock
        self._first = number
        self._retention = retention or Retention()
        self.saving = Saving(self, self)
        self.drafts = OpenDrafts(folder.path, self.saving.report_drafts)
        self.checking = Checking(self, self)
        self.editing = Editing(self, self, self.checking, self.saving, self._show_again)
        self.navigation = Navigation(self, self, self.editing.mark, self.editing.fill_credentials)
        self.sharing = Sharing(self, self, self.editing, self.saving, self._show_again)
        self.output = Output(
            self, self, self.editing, self.saving, self.sharing.tell_two_texts, self._show_again
        )
        self.editor = ExternalEditor(self, self, self.editing, self.saving, self.navigation.stages)
        self.lock = Lock(
            self,
            self,
            self.editing,
            self.saving,
            self.editor,
            lambda: self.seconds(),
            super().push_screen,
        )
        self.importing = Importing(self, self)
        self.profiles = Profiles(self, self, self.have_worklist, self._begin)
        self._handlers = self._handlers_of_features()
        self.connect(
            TerminalOptions(
                terminal=terminal,
                capabilities=capabilities or Capabilities(),
                transliteration=TRANSLITERATION,
                clean_paste=clean,
                status=lambda: self.save_state,
                sends_clipboard=self.host.clipboard == "osc52",
                refusal="Not done: nothing leaves the folder of cases.",
                exit_code_of_fault=EXIT_BUG,
                on_continue=self.lock.look_at_clock,
            )
        )
        self.io.queue.is_busy.append(self.checking.is_awaited)
        self.last_words = LastWords(
            self, self.editing, self.io.queue, lambda: self.is_running, self._retire
        )
        """What an ending needs."""
        # In this order each of them sees an event before its widget does.
        self.io.pipeline.steps = [
            self.lock.filter_key,
            self.editor.filter_key,
            self.sharing.note_activity,
            self.io.display,
            self.io.queue,
            self.io.pastes,
        ]

    def _handlers_of_features(self) -> dict[type[Message], list[Callable[[Any], object]]]:
        """What is done when a message arrives, by its class."""
        handlers: dict[type[Message], list[Callable[[Any], object]]] = {
            CaseChosen: [self._open],
            WorklistChosen: [lambda _: self.run_worker(self._leave_case())],
            Cited: [lambda message: self.catalogue_access.note(message.guideline_id)],
        }
        features = (self.saving, self.editing, self.navigation, self.sharing, self.output)
        for feature in (*features, self.editor, self.importing):
            for kind, handler in feature.handlers.items():
                handlers.setdefault(kind, []).append(handler)
        return handlers

    def _show_again(self) -> None:
        self.navigation.show_again()

    @on(AppMessage)
    def handle(self, message: AppMessage) -> None:
        """Hand a message to the features that handle it."""
        for handler in self._handlers.get(type(message), ()):
            handler(message)

    # ── State ────────────────────────────────────────────────────────────────────────────

    @property
    def open_case(self) -> Case:
        if self.case is None:
            raise RuntimeError("no case is open")
        return self.case

    @property
    def now(self) -> datetime:
        return self._clock()

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def restricted(self) -> bool:
        return self.host.restricted

    def check_setup(self) -> CheckSetup:
        return setup_of(
            self.policy, self.profile, self.today, lambda: self.catalogue_access.catalogue
        )

    def watch_case(self, case: Case | None) -> None:
        self.checking.case_changed(case)

    def tell(self, notice: Notice) -> None:
        self.notices = with_notice(self.notices, notice)

    def drop_notice(self, kind: Kind) -> None:
        self.notices = without(self.notices, kind)

    # ── Screens: held back while the screen is locked ────────────────────────────────────

    def post_message(self, message: Message) -> bool:
        if self.is_locked and self.lock.holds_message(message):
            return True
        return super().post_message(message)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a sentence once the screen is not locked; it is never read as markup."""

        def show() -> None:
            super(ImrApp, self).notify(
                message, title=title, severity=severity, timeout=timeout, markup=False
            )

        if not self.lock.holds(show):
            show()

    def say(self, sentence: str) -> None:
        self.notify(sentence, timeout=20, markup=False)

    def complain(self, error: ImrError) -> None:
        self.notify(str(error), title=error.title, severity="error", timeout=20, markup=False)

    def push_screen(self, screen: Screen[Any] | str, *others: Any, **more: Any) -> Any:
        if self.lock.holds(lambda: self.push_screen(screen, *others, **more)):
            return AwaitMount(self.screen, [])
        return super().push_screen(screen, *others, **more)

    def pop_screen(self) -> Any:
        if self.lock.holds(self.pop_screen):
            return AwaitMount(self.screen, [])
        left = super().pop_screen()
        self.navigation.returned()
        self.have_worklist()
        return left

    def get_default_screen(self) -> Screen[None]:
        # A case that is opened at once is not to wait for a worklist that it covers.
        return Screen() if self._first else _worklist()

    def have_worklist(self) -> None:
        """Show the worklist where no other screen is left."""
        if self._first and len(self.screen_stack) == 1:
            self.push_screen(_worklist(self._first))

    # ── From the start to the end ────────────────────────────────────────────────────────

    def on_load(self) -> None:
        self.sharing.opening.bring_all_back()
        if not self.folder.is_writable():
            self.read_only = clean_line(f"READ ONLY: nothing can be written in {self.folder.path}")
            self.save_state = "READ ONLY"

    def on_mount(self) -> None:
        self.lock.reset_timer()
        self.set_interval(CHECK_SECONDS, self.lock.look_at_clock)
        if self._first or not has_profile(self.folder):
            self.profiles.read()
        self.call_after_refresh(self._settle_in)

    def _settle_in(self) -> None:
        """Do what the first picture does not wait for."""
        self.profiles.ensure()
        self._list_cases()
        self.editor.tell_left_behind()
        preload.work(self._tidy)

    def _list_cases(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, stages.worklist.WorklistScreen):
                screen.read_folder()

    def _tidy(self) -> None:
        """Clean up in the folder, on a thread: nobody waits for it."""
        from imr_tui.store.maintenance.housekeeping import tidy

        with suppress(ImrError):
            tidy(self.folder, self._retention, self.now)

    def _begin(self) -> None:
        if self._first:
            point = self.resume_points.last()
            is_this = point is not None and point.number == self._first
            self.post_message(CaseChosen(self._first, point if is_this else None))

    def _open(self, message: CaseChosen) -> None:
        self.profiles.ensure()
        try:
            self.sharing.opening.open(message.number)
        except ImrError as error:
            self.have_worklist()
            self.complain(error)
            return
        self.navigation.enter(message.resume_point)

    async def _leave_case(self) -> None:
        self.editing.mark(Event.LEFT)
        if await self.editing.put_away():
            self.pop_screen()

    def _retire(self) -> None:
        """Stop the app where it stands, from any thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self.exit)

    # ── Commands ─────────────────────────────────────────────────────────────────────────

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "take_over":
            return self.case is not None and self.held_by is not None
        if action in ("undo", "redo", "save"):
            return False if self.case is None else not self.read_only or None
        return True

    def action_undo(self) -> None:
        self.editing.undo()

    def action_redo(self) -> None:
        self.editing.redo()

    def action_save(self) -> None:
        self.run_worker(self._save(), exclusive=True, group=f"{ASIDE}-save")

    async def _save(self) -> None:
        await self.saving.saved()

    def action_take_over(self) -> None:
        self.sharing.take_over()

    def action_lock(self) -> None:
        self.lock.lock()

    def action_profile(self) -> None:
        self.profiles.edit()

    def action_answer(self) -> None:
        """Open what the first notice tells of; does nothing where there is no notice."""
        if not self.notices or self.is_locked:
            return
        answers: dict[Kind, Callable[[], object]] = {
            "choice": self.sharing.choose,
            "request": self.sharing.open_request,
            "given": self.sharing.take_over,
            "rescue": self.output.offer_rescue,
        }
        answers[self.notices[0].kind]()

    def action_command_palette(self) -> None:
        from imr_tui.ui.features.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def action_help(self) -> None:
        if not isinstance(self.screen, dialogs.help.HelpScreen):
            shown = self.navigation.stage_in_view
            said = shown.explained() if shown is not None else ""
            bindings = self.screen.active_bindings.values()
            self.push_screen(dialogs.help.HelpScreen(bindings, said))

    def action_copy_nothing(self) -> None:
        """Answer the key that ends other programs."""
        self.notify("^q quits, and all is saved. Nothing is selected, so nothing was copied.")

    async def action_quit(self) -> None:
        self.run_worker(self._quit(), exclusive=True, group=f"{ASIDE}-quit")

    async def _quit(self) -> None:
        self.editing.mark(Event.LEFT)
        if await self.saving.kept():
            self.editing.let_go()
            self.exit()
        else:
            self.output.tell_unsaved()


def _worklist(number: str = "") -> WorklistScreen:
    """The worklist, with the cursor on a case."""
    return stages.worklist.WorklistScreen(number)
