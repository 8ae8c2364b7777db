"""The app: its state, and the commands that every screen has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from textual import on
from textual.reactive import var

from imr_tui.checks import Policy
from imr_tui.keys.key_map import STANDARD, KeyMap
from imr_tui.services.check_case import setup_of
from imr_tui.session.idle import CHECK_SECONDS, seconds as real_seconds
from imr_tui.session.open_drafts import OpenDrafts
from imr_tui.session.resume_points import ResumePoints
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.config.profile import has_profile
from imr_tui.store.config.settings import Retention
from imr_tui.terminal.background import BACKGROUND
from imr_tui.terminal.capabilities import Capabilities
from imr_tui.text.sanitize import clean_line
from imr_tui.ui import dialogs
from imr_tui.ui.app_shell import AppShell
from imr_tui.ui.bindings import KEYS
from imr_tui.ui.features.assembly import Features
from imr_tui.ui.features.last_words import LastWords
from imr_tui.ui.messages import AppMessage
from imr_tui.ui.state import Kind, Notice, Notices, with_notice, without
from imr_tui.ui.terminal_options import options_of

if TYPE_CHECKING:
    from imr_tui.checks import CheckSetup, Finding
    from imr_tui.letter.dialects.dialect import Letterhead
    from imr_tui.model.case import Case
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.config import Profile
    from imr_tui.store.config.settings import EmployeeNames
    from imr_tui.store.contract import CaseClaims
    from imr_tui.store.locking.holder import Holder
    from imr_tui.terminal.tty import Terminal
    from imr_tui.ui.state import Clock


class ImrApp(AppShell, inherit_bindings=False):
    """Holds the state that screens watch, and hands commands and messages to the features."""

    TITLE = "imr-tui"
    CSS_PATH = "imr.tcss"
    BINDINGS = KEYS

    case: var[Case | None] = var(None, init=False)
    settled_case: var[Case | None] = var(None, init=False)
    save_state: var[str] = var("", init=False, always_update=True)
    shared_state: var[str] = var("", init=False)
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
        keys: KeyMap = STANDARD,
    ) -> None:
        super().__init__()
        self.folder = folder
        self.claims: CaseClaims = folder
        self.letterhead = letterhead
        self.policy = policy or Policy()
        """The site's settings of the rules."""
        self.employee_names = employee_names
        """How the worklist names the employee."""
        self.keys = keys
        """Which keys the actions have."""
        self.host = host or Host()
        self.seconds = seconds
        """The time that passes, in seconds."""
        self.resume_points = ResumePoints(folder)
        self.profile: Profile | None = None
        self.visits: dict[str, int] = {}
        self.read_only = ""
        self.held_by: Holder | None = None
        self.is_locked = False
        self.farewell = ""
        self.animation_level = "none"
        self._clock = clock
        self.parts: Features = Features(
            self,
            self,
            number,
            retention or Retention(),
            lambda: self.seconds(),
            self.push_over_lock,
        )
        """The features; the name `features` belongs to Textual."""
        self.drafts = OpenDrafts(folder.path, self.parts.saving.report_drafts)
        on_continue = self.parts.lock.look_at_clock
        self.connect(options_of(self, terminal, capabilities or Capabilities(), on_continue))
        self.io.queue.busy_checks.append(self.parts.checking.is_awaited)
        self.last_words = LastWords(
            self, self.parts, self.io.queue, lambda: self.is_running, self.io.exit
        )
        """Saves what is pending at the end."""
        self.io.pipeline.steps = self.parts.input_steps(self.io)

    @on(AppMessage)
    def handle(self, message: AppMessage) -> None:
        """Hand a message to the features."""
        self.parts.handle(message)

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
            lambda: self.parts.catalogue_access.catalogue,
            self.folder.is_written,
            self.parts.spelling.misspelled,
        )

    def watch_case(self, case: Case | None) -> None:
        self.parts.checking.case_changed(case)

    def watch_letter_state(self, sentence: str) -> None:
        # A case whose letter is written is never late.
        if sentence:
            self.parts.checking.check_again()

    def tell(self, notice: Notice) -> None:
        self.notices = with_notice(self.notices, notice)

    def drop_notice(self, kind: Kind) -> None:
        self.notices = without(self.notices, kind)

    # ── The start ────────────────────────────────────────────────────────────────────────

    def on_load(self) -> None:
        self.parts.opening.bring_all_back()
        if not self.folder.is_writable():
            self.read_only = clean_line(f"READ ONLY: you cannot write to {self.folder.path}")
            self.save_state = "READ ONLY"

    def on_mount(self) -> None:
        self.parts.lock.reset_timer()
        self.set_interval(CHECK_SECONDS, self.parts.lock.look_at_clock)
        if self.parts.navigation.first or not has_profile(self.folder):
            self.parts.profiles.read()
        self.call_after_refresh(self.parts.lifecycle.settle_in)

    # ── Commands ─────────────────────────────────────────────────────────────────────────

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "take_over":
            return self.case is not None and self.held_by is not None
        if action == "tour":
            return self.parts.tour.is_on
        if action in ("undo", "redo", "save") and self.case is None:
            return False
        return None if self.why_not(action, parameters) else True

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Why an action cannot be used now, as a sentence; blank if it can."""
        return self.read_only if action in ("undo", "redo", "save") else ""

    async def run_action(self, action: Any, *nodes: Any, **more: Any) -> bool:
        is_done = await super().run_action(action, *nodes, **more)
        if not is_done and nodes and isinstance(action, str):
            self.parts.hints.explain(action, nodes[0])
        return is_done

    def action_undo(self) -> None:
        self.parts.undoing.undo()

    def action_redo(self) -> None:
        self.parts.undoing.redo()

    def action_save(self) -> None:
        self.run_worker(self.parts.saving.saved(), exclusive=True, group=f"{BACKGROUND}-save")

    def action_take_over(self) -> None:
        self.parts.sharing.take_over()

    def action_lock(self) -> None:
        self.parts.lock.lock()

    def action_tour(self) -> None:
        self.parts.tour.toggle()

    def action_profile(self) -> None:
        self.parts.profiles.edit()

    def action_answer(self) -> None:
        """Open what the first notice is about; does nothing without a notice."""
        if self.notices and not self.is_locked:
            self.parts.answer(self.notices[0].kind)

    def action_command_palette(self) -> None:
        from imr_tui.ui.features.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def action_help(self) -> None:
        if not isinstance(self.screen, dialogs.help.HelpScreen):
            shown = self.parts.navigation.stage_in_view
            said = shown.explained() if shown is not None else ""
            bindings = self.screen.active_bindings.values()
            self.push_screen(dialogs.help.HelpScreen(bindings, said))

    def action_copy_nothing(self) -> None:
        """Answer the key that ends other programs."""
        says = f"{self.keys.name('app.quit')} quits (everything is saved)."
        self.notify(f"Nothing is selected, so nothing was copied. {says}", markup=False)

    async def action_quit(self) -> None:
        self.run_worker(self.parts.lifecycle.quit(), exclusive=True, group=f"{BACKGROUND}-quit")
