"""What features may use of the app: its state, which screens watch, and its screens and timers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

    from textual.driver import Driver
    from textual.message import Message
    from textual.notifications import SeverityLevel
    from textual.screen import Screen
    from textual.timer import Timer
    from textual.worker import Worker

    from imr_tui.checks import CheckSetup
    from imr_tui.errors import ImrError
    from imr_tui.letter.dialects.dialect import Letterhead
    from imr_tui.model.case import Case
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.config import Profile
    from imr_tui.store.config.machine_policy import Host
    from imr_tui.store.locking.claim import Holder
    from imr_tui.terminal.terminal_io import TerminalIO
    from imr_tui.ui.features.dialog_drafts import OpenDrafts
    from imr_tui.ui.features.notices import Kind, Notice
    from imr_tui.ui.features.resume_point import ResumePoints

Clock = Callable[[], datetime]
"""Tells the time, with its zone."""
Handlers = dict[type["Message"], Callable[[Any], object]]
"""What a feature does when a message arrives, by the class of the message."""


class State(Protocol):
    """The state of the app, which screens read and watch. Features change it."""

    folder: Folder
    """The folder of cases."""
    letterhead: Letterhead
    """What the organization prints."""
    host: Host
    """The policy of the machine."""
    resume_points: ResumePoints
    """Where the reviewer is."""
    profile: Profile | None
    """The reviewer's own credentials."""
    drafts: OpenDrafts
    """Text typed into dialogs that the case does not hold yet."""
    visits: dict[str, int]
    """How often the reviewer went from Review to the words of a finding, by its key."""
    read_only: str
    """Why nothing can be changed, or blank."""
    held_by: Holder | None
    """The other session that has the open case, where that is why."""
    is_locked: bool
    """Whether the screen is locked, and nothing of a case may be on it."""
    farewell: str
    """A sentence for the terminal after the app has ended, or blank."""
    case: Any
    """The open case, or None."""
    settled_case: Any
    """The open case when the typing last paused: views that nobody types into follow this one."""
    save_state: Any
    """Whether the open case is on the disk, in words."""
    letter_state: Any
    """Where and when the letter of the open case was last written, until the case changes."""
    reading: Any
    """Which published letter is being read for an import, and how far, in words; or blank."""
    findings: Any
    """The findings in the case when it last settled; None until it was checked."""
    notices: Any
    """Events that wait for the reviewer's answer."""

    @property
    def open_case(self) -> Case:
        """The open case, where a screen cannot be without one."""

    @property
    def now(self) -> datetime:
        """This moment."""

    @property
    def today(self) -> date:
        """This day, here."""

    @property
    def restricted(self) -> bool:
        """Whether the app opens this folder only, and starts no other program."""

    def check_setup(self) -> CheckSetup:
        """What the checks need besides the case."""

    def tell(self, notice: Notice) -> None:
        """Show a notice until it is dropped; it takes no key."""

    def drop_notice(self, kind: Kind) -> None:
        """Remove the notice of a kind."""


class Shell(Protocol):
    """Screens, timers and tasks of the app."""

    io: TerminalIO
    """The parts between the app and its terminal."""
    _driver: Driver | None

    @property
    def screen(self) -> Screen[object]:
        """The screen in front."""

    @property
    def screen_stack(self) -> Sequence[Screen[Any]]:
        """The screens, the one in front last."""

    @property
    def is_running(self) -> bool:
        """Whether the app runs."""

    def push_screen(self, screen: Screen[Any], callback: Any = None) -> Any:
        """Show a screen; `callback` gets its answer."""

    def switch_screen(self, screen: Screen[Any]) -> Any:
        """Replace the screen in front."""

    def pop_screen(self) -> Any:
        """Leave the screen in front."""

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a sentence for a while."""

    def say(self, sentence: str) -> None:
        """Show a sentence for long enough to be read at leisure."""

    def complain(self, error: ImrError) -> None:
        """Show an error that stops one thing, not the app."""

    def post_message(self, message: Message) -> bool:
        """Send a message to the app; from any thread."""

    def call_later(self, callback: Callable[..., object], *args: Any) -> bool:
        """Call on the app's loop; from any thread."""

    def call_after_refresh(self, callback: Callable[..., object], *args: Any) -> bool:
        """Call once what is shown is up to date."""

    def set_timer(self, delay: float, callback: Callable[[], object]) -> Timer:
        """Call after so many seconds."""

    def run_worker(
        self, work: Coroutine[Any, Any, None], *, group: str = "default", exclusive: bool = False
    ) -> Worker[None]:
        """Run a task; keys wait for it unless its group begins with ASIDE."""

    def refresh_bindings(self) -> None:
        """Have the keys shown again."""

    def exit(self) -> None:
        """End the app."""

    def crash(self, error: BaseException) -> None:
        """Stop because of a fault; from any thread."""

    def batch_update(self) -> AbstractContextManager[None]:
        """Paint nothing until the end."""
