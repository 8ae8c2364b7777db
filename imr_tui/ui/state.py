"""The interfaces of the app to its features: its state, which screens watch, and its shell."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias, get_args

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

    from textual.message import Message
    from textual.notifications import SeverityLevel
    from textual.screen import Screen
    from textual.timer import Timer
    from textual.worker import Worker

    from imr_tui.checks import CheckSetup
    from imr_tui.errors import ImrError
    from imr_tui.keys.key_map import KeyMap
    from imr_tui.letter.dialects.dialect import Letterhead
    from imr_tui.model.case import Case
    from imr_tui.session.open_drafts import OpenDrafts
    from imr_tui.session.resume_points import ResumePoints
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.config import Profile
    from imr_tui.store.config.machine_policy import Host
    from imr_tui.store.config.settings import EmployeeNames
    from imr_tui.store.contract import CaseClaims
    from imr_tui.store.locking.holder import Holder
    from imr_tui.terminal.terminal_io import TerminalIO

Clock = Callable[[], datetime]
"""Returns the time, with its zone."""
Handlers = dict[type[Any], Callable[[Any], object]]
"""The handlers of a feature, by the class of the message or session event."""

Kind = Literal["choice", "request", "given", "rescue", "facts"]
"""Two texts of the case; another session asks for it; another session has it; it is not saved;
the organization changed facts of it."""


@dataclass(frozen=True)
class Notice:
    """An event that waits for the reviewer; shown in a line that takes no other key."""

    kind: Kind
    """Its kind; a newer notice of the same kind replaces it."""
    says: str
    """What happened, as a sentence."""
    answer: str
    """What the key that opens it does, in a word or two."""


Notices: TypeAlias = tuple[Notice, ...]
"""The notices that are open, the one that is answered first, first."""


def with_notice(notices: Notices, notice: Notice) -> Notices:
    """`notices` with `notice` instead of an older one of its kind."""
    others = without(notices, notice.kind)
    return tuple(sorted((*others, notice), key=lambda each: get_args(Kind).index(each.kind)))


def without(notices: Notices, kind: Kind) -> Notices:
    """`notices` without the one of a kind."""
    return tuple(each for each in notices if each.kind != kind)


class State(Protocol):
    """The state of the app, which screens read and watch. Features change it."""

    folder: Folder
    """The folder of cases."""
    claims: CaseClaims
    """Who may write which case."""
    letterhead: Letterhead
    """The organization's lines of the letter."""
    host: Host
    """The policy of the machine."""
    employee_names: EmployeeNames
    """How the worklist names the employee."""
    keys: KeyMap
    """Which keys the actions have; sentences name keys by it."""
    resume_points: ResumePoints
    """Remembers where the reviewer is."""
    profile: Profile | None
    """The reviewer's own credentials."""
    drafts: OpenDrafts
    """Text typed into dialogs that the case does not hold yet."""
    visits: dict[str, int]
    """How often the reviewer went from Review to the text of a finding, by its key."""
    read_only: str
    """Why nothing can be changed, or blank."""
    held_by: Holder | None
    """The other session that has the open case, if that is the reason."""
    is_locked: bool
    """Whether the app is locked, so that nothing of a case may be shown."""
    farewell: str
    """A sentence for the terminal after the app has ended, or blank."""
    case: Any
    """The open case, or None."""
    settled_case: Any
    """The open case at the last pause of the typing; views that nobody types into show this one."""
    save_state: Any
    """The state of saving in words."""
    shared_state: Any
    """Whether the shared store has the open case, in words; blank without a shared store."""
    letter_state: Any
    """Where and when the letter of the open case was last written, until the case changes."""
    reading: Any
    """The progress of an import in words, or blank."""
    hint_shown: Any
    """A sentence in place of the key line, or blank; set it with `hint`."""
    findings: Any
    """The findings in the settled case; None until it was checked."""
    notices: Any
    """Events that wait for the reviewer's answer."""

    @property
    def open_case(self) -> Case:
        """The open case; raises RuntimeError if there is none."""

    @property
    def now(self) -> datetime:
        """The current time, with its zone."""

    @property
    def today(self) -> date:
        """The current date."""

    @property
    def restricted(self) -> bool:
        """Whether the app opens this folder only, and starts no program but hunspell."""

    def check_setup(self) -> CheckSetup:
        """The inputs of the checks besides the case."""

    def tell(self, notice: Notice) -> None:
        """Show a notice until it is dropped."""

    def drop_notice(self, kind: Kind) -> None:
        """Remove the notice of a kind."""


class Shell(Protocol):
    """Screens, timers and tasks of the app."""

    io: TerminalIO
    """The connection to the terminal."""

    @property
    def screen(self) -> Screen[object]:
        """The screen in front."""

    @property
    def screen_stack(self) -> Sequence[Screen[Any]]:
        """The screens, the front one last."""

    @property
    def is_running(self) -> bool:
        """Whether the app is running."""

    def push_screen(self, screen: Screen[Any], callback: Any = None) -> Any:
        """Show a screen; `callback` is called with its result."""

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

    def hint(self, sentence: str) -> None:
        """Show a sentence in place of the key line until the next key."""

    def say(self, sentence: str) -> None:
        """Show a sentence for long enough to be read."""

    def complain(self, error: ImrError) -> None:
        """Show an error from which the app continues."""

    def post_message(self, message: Message) -> bool:
        """Send a message to the app; from any thread."""

    def call_later(self, callback: Callable[..., object], *args: Any) -> bool:
        """Call on the app's loop; from any thread."""

    def call_after_refresh(self, callback: Callable[..., object], *args: Any) -> bool:
        """Call after the next frame."""

    def set_timer(self, delay: float, callback: Callable[[], object]) -> Timer:
        """Call after so many seconds."""

    def run_worker(
        self, work: Coroutine[Any, Any, None], *, group: str = "default", exclusive: bool = False
    ) -> Worker[None]:
        """Run a coroutine; keys wait for it unless its group begins with BACKGROUND."""

    def refresh_bindings(self) -> None:
        """Update the keys that are shown."""

    def exit(self) -> None:
        """End the app."""

    def crash(self, error: BaseException) -> None:
        """Exit because of a fault; from any thread."""

    def batch_update(self) -> AbstractContextManager[None]:
        """Paint nothing until the end."""
