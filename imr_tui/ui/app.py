"""The app: its state, its features, and the order in which they see an event."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import App
from textual.reactive import var
from textual.widget import AwaitMount

from imr_tui.checks import Policy
from imr_tui.errors import EXIT_BUG, ImrError
from imr_tui.services.check_case import setup_of
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.config.profile import has_profile
from imr_tui.store.config.settings import Retention
from imr_tui.terminal.background import BACKGROUND
from imr_tui.terminal.capabilities import Capabilities
from imr_tui.terminal.terminal_io import TerminalOptions, TerminalSupport
from imr_tui.text.sanitize import UNPAINTABLE, clean, clean_line
from imr_tui.text.transliteration import TRANSLITERATION
from imr_tui.ui import dialogs
from imr_tui.ui.bindings import KEYS
from imr_tui.ui.features.catalogue_access import CatalogueAccess
from imr_tui.ui.features.checking import Checking
from imr_tui.ui.features.dialog_drafts import OpenDrafts
from imr_tui.ui.features.editing import Editing
from imr_tui.ui.features.editor import ExternalEditor
from imr_tui.ui.features.file_changes import FileChanges
from imr_tui.ui.features.finding_walk import FindingWalk
from imr_tui.ui.features.hints import Hints
from imr_tui.ui.features.importing import Importing
from imr_tui.ui.features.last_words import LastWords
from imr_tui.ui.features.lifecycle import Lifecycle
from imr_tui.ui.features.lock import CHECK_SECONDS, Lock, seconds as real_seconds
from imr_tui.ui.features.navigation import Navigation, ResumePoints
from imr_tui.ui.features.opening import Opening
from imr_tui.ui.features.output import Output
from imr_tui.ui.features.pane_choice import PaneChoice
from imr_tui.ui.features.profile import Profiles
from imr_tui.ui.features.saving import Saving
from imr_tui.ui.features.search import Search
from imr_tui.ui.features.sharing import Sharing
from imr_tui.ui.messages import AppMessage, Cited
from imr_tui.ui.state import Kind, Notice, Notices, with_notice, without
from imr_tui.ui.theme import THEME

if TYPE_CHECKING:
    from textual.command import Provider
    from textual.message import Message
    from textual.notifications import SeverityLevel
    from textual.screen import Screen

    from imr_tui.checks import CheckSetup, Finding
    from imr_tui.letter.dialects.dialect import Letterhead
    from imr_tui.model.case import Case
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.config import Profile
    from imr_tui.store.config.settings import EmployeeNames
    from imr_tui.store.locking.claim import Holder
    from imr_tui.terminal.tty import Terminal
    from imr_tui.ui.state import Clock, Handlers


def _commands() -> type[Provider]:
    # Loads the palette of Textual, which the first frame does without.
    from imr_tui.ui.features.palette import BindingsProvider

    return BindingsProvider


class ImrApp(TerminalSupport, App[None], inherit_bindings=False):
    """Holds the state that screens watch, and connects the features."""

    TITLE = "imr-tui"
    CSS_PATH = "imr.tcss"
    COMMANDS = {_commands}  # noqa: RUF012
    BINDINGS = KEYS

    case: var[Case | None] = var(None, init=False)
    settled_case: var[Case | None] = var(None, init=False)
    save_state: var[str] = var("", init=False, always_update=True)
    letter_state: var[str] = var("", init=False)
    reading: var[str] = var("", init=False)
    hint_shown: var[str] = var("", init=False)
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
        employee_names: EmployeeNames = "initials",
    ) -> None:
        super().__init__()
        self.folder = folder
        self.letterhead = letterhead
        self.policy = policy or Policy()
        """The site's settings of the rules."""
        self.employee_names = employee_names
        """How the worklist names the employee."""
        self.host = host or Host()
        self.seconds = seconds
        """The time that passes, in seconds."""
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
        self._connect_features(number, retention or Retention(), super().push_screen)
        self.connect(
            TerminalOptions(
                terminal=terminal,
                capabilities=capabilities or Capabilities(),
                transliteration=TRANSLITERATION,
                unsafe=UNPAINTABLE,
                clean_paste=clean,
                status=lambda: self.save_state,
                theme=THEME,
                sends_clipboard=self.host.clipboard == "osc52",
                refusal="Not possible: imr-tui writes only to the folder of cases.",
                crash_exit_code=EXIT_BUG,
                on_continue=self.lock.look_at_clock,
            )
        )
        self.io.queue.busy_checks.append(self.checking.is_awaited)
        self.last_words = LastWords(
            self, self.editing, self.io.queue, lambda: self.is_running, self.io.exit
        )
        """Saves what is pending at the end."""
        # In this order they see an event before its widget does.
        self.io.pipeline.steps = [
            self.lock.filter_key,
            self.editor.filter_key,
            self.sharing.note_activity,
            self.io.display,
            self.io.queue,
            self.hints.filter_key,
            self.io.pastes,
        ]

    def _connect_features(
        self, number: str, retention: Retention, push_screen: Callable[[Screen[Any]], object]
    ) -> None:
        """Make the features; `push_screen` shows a screen even while the app is locked."""

        def show_again() -> None:
            self.navigation.show_again()

        self.hints: Hints = Hints(self)
        self.saving = Saving(self, self)
        self.drafts = OpenDrafts(self.folder.path, self.saving.report_drafts)
        self.checking: Checking = Checking(self, self)
        self.finding_walk = FindingWalk(self, self, self.checking)
        self.pane_choice = PaneChoice()
        self.editing: Editing = Editing(
            self,
            self,
            self.checking,
            self.saving,
            show_again,
            lambda change: self.navigation.show_change(change),
        )
        self.navigation: Navigation = Navigation(
            self, self, self.editing.mark, self.editing.fill_credentials, number
        )
        self.file_changes = FileChanges(self, self, self.editing, self.saving, show_again)
        tell_two_texts = self.file_changes.tell_two_texts
        self.opening = Opening(self, self, self.editing, tell_two_texts)
        self.sharing: Sharing = Sharing(self, self, self.editing, self.opening, show_again)
        self.output = Output(self, self, self.editing, self.saving, tell_two_texts, show_again)
        self.editor: ExternalEditor = ExternalEditor(
            self, self, self.editing, self.saving, self.navigation.stages
        )
        self.search = Search(self, self, self.editing, self.navigation)
        self.lock: Lock = Lock(
            self,
            self,
            self.editing,
            self.saving,
            self.editor,
            lambda: self.seconds(),
            push_screen,
        )
        self.importing = Importing(self, self)
        self.profiles = Profiles(
            self, self, self.navigation.ensure_worklist, lambda: self.lifecycle.begin()
        )
        self.lifecycle: Lifecycle = Lifecycle(
            self,
            self,
            self.profiles,
            self.opening,
            self.navigation,
            self.editing,
            self.saving,
            retention,
            self.editor.tell_left_behind,
            self.output.tell_unsaved,
        )
        self._handlers = _handlers(
            self.saving.handlers,
            self.editing.handlers,
            self.navigation.handlers,
            self.file_changes.handlers,
            self.sharing.handlers,
            self.output.handlers,
            self.editor.handlers,
            self.importing.handlers,
            self.lifecycle.handlers,
            {Cited: lambda message: self.catalogue_access.note(message.guideline_id)},
        )

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
            self.policy,
            self.profile,
            self.today,
            lambda: self.catalogue_access.catalogue,
            self.folder.is_written,
        )

    def watch_case(self, case: Case | None) -> None:
        self.checking.case_changed(case)

    def watch_letter_state(self, sentence: str) -> None:
        # A case whose letter is written is never late.
        if sentence:
            self.checking.check_again()

    def tell(self, notice: Notice) -> None:
        self.notices = with_notice(self.notices, notice)

    def drop_notice(self, kind: Kind) -> None:
        self.notices = without(self.notices, kind)

    # ── Screens: held back while the app is locked ───────────────────────────────────────

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
        """Show a sentence once the app is not locked; it is never read as markup."""

        def show() -> None:
            super(ImrApp, self).notify(
                message, title=title, severity=severity, timeout=timeout, markup=False
            )

        if not self.lock.holds(show):
            show()

    def hint(self, sentence: str) -> None:
        """Answer a key: show a sentence in place of the key line until the next key."""
        self.hints.show(sentence)

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
        return left

    def get_default_screen(self) -> Screen[None]:
        return self.navigation.default_screen()

    # ── The start ────────────────────────────────────────────────────────────────────────

    def on_load(self) -> None:
        self.opening.bring_all_back()
        if not self.folder.is_writable():
            self.read_only = clean_line(f"READ ONLY: you cannot write to {self.folder.path}")
            self.save_state = "READ ONLY"

    def on_mount(self) -> None:
        self.lock.reset_timer()
        self.set_interval(CHECK_SECONDS, self.lock.look_at_clock)
        if self.navigation.first or not has_profile(self.folder):
            self.profiles.read()
        self.call_after_refresh(self.lifecycle.settle_in)

    # ── Commands ─────────────────────────────────────────────────────────────────────────

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "take_over":
            return self.case is not None and self.held_by is not None
        if action in ("undo", "redo", "save") and self.case is None:
            return False
        return None if self.why_not(action, parameters) else True

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Why an action cannot be used now, as a sentence; blank if it can."""
        return self.read_only if action in ("undo", "redo", "save") else ""

    async def run_action(self, action: Any, *nodes: Any, **more: Any) -> bool:
        is_done = await super().run_action(action, *nodes, **more)
        if not is_done and nodes and isinstance(action, str):
            self.hints.explain(action, nodes[0])
        return is_done

    def action_undo(self) -> None:
        self.editing.undo()

    def action_redo(self) -> None:
        self.editing.redo()

    def action_save(self) -> None:
        self.run_worker(self.saving.saved(), exclusive=True, group=f"{BACKGROUND}-save")

    def action_take_over(self) -> None:
        self.sharing.take_over()

    def action_lock(self) -> None:
        self.lock.lock()

    def action_profile(self) -> None:
        self.profiles.edit()

    def action_answer(self) -> None:
        """Open what the first notice is about; does nothing without a notice."""
        if not self.notices or self.is_locked:
            return
        answers: dict[Kind, Callable[[], object]] = {
            "choice": self.file_changes.choose,
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
        self.notify("Nothing is selected, so nothing was copied. ^q quits (everything is saved).")

    async def action_quit(self) -> None:
        self.run_worker(self.lifecycle.quit(), exclusive=True, group=f"{BACKGROUND}-quit")


def _handlers(
    *features: Handlers,
) -> dict[type[Message], list[Callable[[Any], object]]]:
    """The handlers of each class of messages, in the order of the features."""
    handlers: dict[type[Message], list[Callable[[Any], object]]] = {}
    for feature in features:
        for kind, handler in feature.items():
            handlers.setdefault(kind, []).append(handler)
    return handlers
