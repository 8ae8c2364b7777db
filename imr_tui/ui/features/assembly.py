"""Makes the features of the app, and connects them with each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from imr_tui.session.catalogue_access import CatalogueAccess
from imr_tui.session.earlier_letters import EarlierLetters
from imr_tui.ui.features.audit import AppAudit
from imr_tui.ui.features.checking import Checking
from imr_tui.ui.features.closed_cases import ClosedCases
from imr_tui.ui.features.derivative import DerivativeDecision
from imr_tui.ui.features.editing import Editing
from imr_tui.ui.features.editor import ExternalEditor
from imr_tui.ui.features.file_changes import FileChanges
from imr_tui.ui.features.finding_walk import FindingWalk
from imr_tui.ui.features.hints import Hints
from imr_tui.ui.features.importing import Importing
from imr_tui.ui.features.lifecycle import Lifecycle
from imr_tui.ui.features.lock import Lock
from imr_tui.ui.features.navigation import Navigation
from imr_tui.ui.features.new_facts import NewFacts
from imr_tui.ui.features.opening import Opening
from imr_tui.ui.features.output import Output
from imr_tui.ui.features.pane_choice import PaneChoice
from imr_tui.ui.features.phrases import PhraseInsertion
from imr_tui.ui.features.preparing import Preparing
from imr_tui.ui.features.profile import Profiles
from imr_tui.ui.features.recall import Recall
from imr_tui.ui.features.replication import Replicating
from imr_tui.ui.features.rescue import Rescue
from imr_tui.ui.features.saving import Saving
from imr_tui.ui.features.search import Search
from imr_tui.ui.features.sharing import Sharing
from imr_tui.ui.features.signing import Signing
from imr_tui.ui.features.spelling import Spelling
from imr_tui.ui.features.tour import Tour
from imr_tui.ui.features.undoing import Undoing
from imr_tui.ui.features.waiting import Waiting
from imr_tui.ui.messages import Cited, SessionReported

if TYPE_CHECKING:
    from textual.message import Message
    from textual.screen import Screen

    from imr_tui.store.config.settings import Retention
    from imr_tui.terminal.input_queue import Step
    from imr_tui.terminal.terminal_io import TerminalIO
    from imr_tui.ui.state import Handlers, Kind, Shell, State


class Features:
    """The features of one app; each changes the state, and shows things through the shell."""

    def __init__(
        self,
        state: State,
        shell: Shell,
        number: str,
        retention: Retention,
        seconds: Callable[[], float],
        push_screen: Callable[[Screen[Any]], object],
    ) -> None:
        """Make them.

        `number` is the case to open first, or blank. `seconds` is the clock of the lock, and
        `push_screen` shows a screen even while the app is locked.
        """

        def show_again() -> None:
            self.navigation.show_again()

        self.catalogue_access = CatalogueAccess(state.folder)
        """The guidelines that can be cited."""
        self.hints = Hints(state)
        self.tour = Tour(state, shell)
        waiting = Waiting(shell, lambda action: self.lock.holds(action))
        self.replication = Replicating(state, shell, waiting)
        self.saving = Saving(state, shell, self.replication)
        self.audit = AppAudit(state, shell)
        self.checking = Checking(state, shell)
        self.finding_walk = FindingWalk(state, shell, self.checking)
        self.earlier_letters = EarlierLetters(state.folder, state.letterhead, lambda: state.case)
        self.pane_choice = PaneChoice(lambda: bool(self.earlier_letters.readable))
        self.editing = Editing(state, shell, self.checking, self.saving, self.audit, show_again)
        self.undoing = Undoing(
            state, shell, self.editing, lambda change: self.navigation.show_change(change)
        )
        self.navigation: Navigation = Navigation(
            state, shell, self.editing.mark, lambda: self.profiles.fill(), number
        )
        self.file_changes = FileChanges(
            state,
            shell,
            self.editing,
            self.saving,
            show_again,
            lambda: self.opening.open_again(),
        )
        tell_two_texts = self.file_changes.tell_two_texts
        self.opening: Opening = Opening(state, shell, self.editing, tell_two_texts)
        preparing = Preparing(state, shell, waiting, self.replication)
        self.sharing = Sharing(
            state,
            shell,
            self.editing,
            self.opening,
            preparing,
            self.replication.lost_to,
            show_again,
        )
        self.output = Output(
            state,
            shell,
            self.editing,
            self.saving,
            self.replication,
            self.file_changes.has_two_texts,
            show_again,
        )
        self.rescue = Rescue(state, shell, self.editing)
        self.signing = Signing(
            state,
            shell,
            self.editing,
            self.saving,
            self.replication,
            self.audit,
            self.file_changes,
            show_again,
        )
        self.new_facts = NewFacts(state, shell, self.editing, self.saving)
        self.closed_cases = ClosedCases(state, shell, self.editing, self.audit, self.file_changes)
        self.editor = ExternalEditor(
            state, shell, self.editing, self.saving, self.navigation.stages
        )
        self.search = Search(state, shell, self.editing, self.navigation)
        self.phrases = PhraseInsertion(state, shell)
        self.derivative = DerivativeDecision(state, shell, self.editing, self.navigation)
        self.spelling = Spelling(state, shell, self.checking)
        self.recall = Recall(state, shell, self.editing, self.navigation)
        self.lock: Lock = Lock(
            state,
            shell,
            self.editing,
            self.saving,
            self.editor,
            seconds,
            push_screen,
            lambda: self.audit.note_unlocked(self.editing.session),
        )
        self.importing = Importing(state, shell, self.audit.note_import)
        self.profiles: Profiles = Profiles(
            state,
            shell,
            self.editing,
            self.navigation.ensure_worklist,
            lambda: self.lifecycle.begin(),
        )
        self.lifecycle: Lifecycle = Lifecycle(
            state,
            shell,
            self.profiles,
            self.opening,
            self.navigation,
            self.editing,
            self.saving,
            self.replication,
            preparing,
            self.new_facts,
            retention,
            self.editor.tell_left_behind,
            self.rescue.tell_unsaved,
        )
        self._handlers = _by_message(
            self.saving.handlers,
            self.replication.handlers,
            self.audit.handlers,
            self.editing.handlers,
            self.navigation.handlers,
            self.file_changes.handlers,
            self.sharing.handlers,
            self.output.handlers,
            self.signing.handlers,
            self.editor.handlers,
            self.importing.handlers,
            self.lifecycle.handlers,
            self.new_facts.handlers,
            self.closed_cases.handlers,
            {Cited: lambda message: self.catalogue_access.note(message.guideline_id)},
        )

    def handle(self, message: Message) -> None:
        """Hand a message to the features that handle it."""
        reported = message.event if isinstance(message, SessionReported) else message
        for handler in self._handlers.get(type(reported), ()):
            handler(reported)

    def input_steps(self, io: TerminalIO) -> list[Step]:
        """What sees an event before its widget does, in this order."""
        return [
            self.lock.filter_key,
            self.editor.filter_key,
            self.sharing.note_activity,
            io.display,
            io.queue,
            self.hints.filter_key,
            io.pastes,
        ]

    def answer(self, kind: Kind) -> None:
        """Open what a notice of a kind is about."""
        answers: dict[Kind, Callable[[], object]] = {
            "choice": self.file_changes.choose,
            "request": self.sharing.open_request,
            "given": self.sharing.take_over,
            "rescue": self.rescue.offer,
            "facts": self.new_facts.show,
        }
        answers[kind]()


def _by_message(*features: Handlers) -> dict[type[Any], list[Callable[[Any], object]]]:
    """The handlers of each class of messages, in the order of the features."""
    handlers: dict[type[Any], list[Callable[[Any], object]]] = {}
    for feature in features:
        for kind, handler in feature.items():
            handlers.setdefault(kind, []).append(handler)
    return handlers
