"""What screens and widgets ask of the app.

Without what nobody asks of a message, and which takes as long to make as the rest of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from imr_tui.checks.rule import Span
    from imr_tui.domain.workflow import Place, Stage
    from imr_tui.errors import ImrError
    from imr_tui.model.edits import Change
    from imr_tui.store.config import ResumePoint
    from imr_tui.store.locking.claim import Holder
    from imr_tui.ui.features.dialog_drafts import DialogDraft


class AppMessage(Message):
    """A message to the app, which hands it to the features that handle its class."""


@dataclass(eq=False, repr=False)
class Edited(AppMessage):
    """The reviewer changed something; apply `change` to the case."""

    change: Change
    """The edit with its arguments."""
    step: str = ""
    """Edits of one step in a row (typing in one field) are undone together; blank: alone."""
    gives: DialogDraft | None = None
    """The draft that is in the case with it."""


@dataclass(eq=False, repr=False)
class StageChosen(AppMessage):
    """The reviewer wants to be at `stage`."""

    stage: Stage
    """Where to go."""


@dataclass(eq=False, repr=False)
class EditorWanted(AppMessage):
    """The reviewer wants to go on with a text in an editor of their own."""

    field: str
    """The id of the text on its screen."""


@dataclass(eq=False, repr=False)
class PlaceChosen(AppMessage):
    """The reviewer wants to be at the field of `place`."""

    place: Place
    """The field."""
    span: Span | None = None
    """The words in it, if some are meant."""


@dataclass(eq=False, repr=False)
class SaveReported(AppMessage):
    """The saver tried to write the case."""

    error: ImrError | None
    """Why it could not, or None: it is on the disk."""


@dataclass(eq=False, repr=False)
class DraftsReported(AppMessage):
    """What is typed in dialogs was to be kept on the disk."""

    error: ImrError | None
    """Why it could not, or None: it is on the disk."""


@dataclass(eq=False, repr=False)
class ItemsWanted(AppMessage):
    """The reviewer wants to see the items in dispute."""

    at: int
    """The item to start at."""


class WorklistChosen(AppMessage):
    """The reviewer leaves the case for the worklist."""


@dataclass(eq=False, repr=False)
class CaseChosen(AppMessage):
    """The reviewer opens a case."""

    number: str
    """Its number."""
    resume_point: ResumePoint | None = None
    """Where in it to go on; its first open field where that is not said."""


@dataclass(eq=False, repr=False)
class LetterGiven(AppMessage):
    """The reviewer wants a published letter as a case."""

    path: str
    """Its file."""


@dataclass(eq=False, repr=False)
class PagesRead(AppMessage):
    """Some pages of a published letter are read."""

    path: str
    """Its file."""
    done: int
    """How many."""
    count: int
    """Of how many."""


@dataclass(eq=False, repr=False)
class Cited(AppMessage):
    """The reviewer cited a guideline of the catalogue."""

    guideline_id: str
    """Which."""


class LetterWanted(AppMessage):
    """The reviewer wants the letter on the disk."""


class VersionsWanted(AppMessage):
    """The reviewer wants to see the earlier versions of the case."""


class FileChanged(AppMessage):
    """Another program wrote the file of the open case."""


@dataclass(eq=False, repr=False)
class ClaimAsked(AppMessage):
    """Another session wants to have the open case."""

    holder: Holder
    """Which."""


class ClaimWithdrawn(AppMessage):
    """The session that asked for the open case asks no more."""


@dataclass(eq=False, repr=False)
class ClaimLost(AppMessage):
    """The open case was given to another session; what is typed here goes into a copy now."""

    holder: Holder
    """Which."""


@dataclass(eq=False, repr=False)
class ClaimRefused(AppMessage):
    """The session that has the open case keeps it."""

    holder: Holder
    """Which."""


@dataclass(eq=False, repr=False)
class ClaimFree(AppMessage):
    """Nobody has the open case any more."""

    is_wanted: bool
    """Whether this session asked for it."""
