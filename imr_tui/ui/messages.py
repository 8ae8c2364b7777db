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


@dataclass(eq=False, repr=False)
class Edited(Message):
    """The reviewer changed something; apply `change` to the case."""

    change: Change
    """The edit with its arguments."""
    step: str = ""
    """Edits of one step in a row (typing in one field) are undone together; blank: alone."""
    gives: DialogDraft | None = None
    """The draft that is in the case with it."""


@dataclass(eq=False, repr=False)
class StageChosen(Message):
    """The reviewer wants to be at `stage`."""

    stage: Stage
    """Where to go."""


@dataclass(eq=False, repr=False)
class EditorWanted(Message):
    """The reviewer wants to go on with a text in an editor of their own."""

    field: str
    """The id of the text on its screen."""


@dataclass(eq=False, repr=False)
class PlaceChosen(Message):
    """The reviewer wants to be at the field of `place`."""

    place: Place
    """The field."""
    span: Span | None = None
    """The words in it, if some are meant."""


@dataclass(eq=False, repr=False)
class SaveReported(Message):
    """The saver tried to write the case."""

    error: ImrError | None
    """Why it could not, or None: it is on the disk."""


@dataclass(eq=False, repr=False)
class DraftsReported(Message):
    """What is typed in dialogs was to be kept on the disk."""

    error: ImrError | None
    """Why it could not, or None: it is on the disk."""


@dataclass(eq=False, repr=False)
class ItemsWanted(Message):
    """The reviewer wants to see the items in dispute."""

    at: int
    """The item to start at."""


class WorklistChosen(Message):
    """The reviewer leaves the case for the worklist."""


@dataclass(eq=False, repr=False)
class CaseChosen(Message):
    """The reviewer opens a case."""

    number: str
    """Its number."""
    resume_point: ResumePoint | None = None
    """Where in it to go on; its first open field where that is not said."""


@dataclass(eq=False, repr=False)
class LetterGiven(Message):
    """The reviewer wants a published letter as a case."""

    path: str
    """Its file."""


@dataclass(eq=False, repr=False)
class PagesRead(Message):
    """Some pages of a published letter are read."""

    path: str
    """Its file."""
    done: int
    """How many."""
    count: int
    """Of how many."""


@dataclass(eq=False, repr=False)
class Cited(Message):
    """The reviewer cited a guideline of the catalogue."""

    guideline_id: str
    """Which."""


class LetterWanted(Message):
    """The reviewer wants the letter on the disk."""


class VersionsWanted(Message):
    """The reviewer wants to see the earlier versions of the case."""


class FileChanged(Message):
    """Another program wrote the file of the open case."""


@dataclass(eq=False, repr=False)
class ClaimAsked(Message):
    """Another session wants to have the open case."""

    holder: Holder
    """Which."""


class ClaimWithdrawn(Message):
    """The session that asked for the open case asks no more."""


@dataclass(eq=False, repr=False)
class ClaimLost(Message):
    """The open case was given to another session; what is typed here goes into a copy now."""

    holder: Holder
    """Which."""


@dataclass(eq=False, repr=False)
class ClaimRefused(Message):
    """The session that has the open case keeps it."""

    holder: Holder
    """Which."""


@dataclass(eq=False, repr=False)
class ClaimFree(Message):
    """Nobody has the open case any more."""

    is_wanted: bool
    """Whether this session asked for it."""
