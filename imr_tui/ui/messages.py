"""Messages of screens, widgets and threads to the app.

They have no generated `__eq__` and `__repr__`, which would double the time of the import.
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
    from imr_tui.session.events import SessionEvent
    from imr_tui.session.open_drafts import DialogDraft
    from imr_tui.store.config import ResumePoint


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
    """The draft that the case holds after the edit."""


@dataclass(eq=False, repr=False)
class StageChosen(AppMessage):
    """The reviewer wants to be at `stage`."""

    stage: Stage
    """The stage."""


@dataclass(eq=False, repr=False)
class EditorWanted(AppMessage):
    """The reviewer wants to edit a text in their own editor."""

    field: str
    """The id of the text on its screen."""


@dataclass(eq=False, repr=False)
class PlaceChosen(AppMessage):
    """The reviewer wants to be at the field of `place`."""

    place: Place
    """The field."""
    span: Span | None = None
    """Words in it to select, if any."""


@dataclass(eq=False, repr=False)
class SaveReported(AppMessage):
    """The saver has tried to save the case."""

    error: ImrError | None
    """Why the case is not saved, or None if it is."""


@dataclass(eq=False, repr=False)
class DraftsReported(AppMessage):
    """The saver has tried to save the drafts of dialogs."""

    error: ImrError | None
    """Why they are not saved, or None if they are."""


class ShareReported(AppMessage):
    """The replication thread reported how the open case stands in the shared store."""


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
    """Where to continue; None for the first open field."""
    shows_facts: bool = False
    """Whether the new facts of the organization are shown at once."""


@dataclass(eq=False, repr=False)
class LetterGiven(AppMessage):
    """The reviewer wants to import a published letter."""

    path: str
    """Its file."""
    is_own: bool = False
    """Whether the reviewer says that they wrote it."""


@dataclass(eq=False, repr=False)
class PagesRead(AppMessage):
    """Some pages of a published letter are read."""

    path: str
    """Its file."""
    done: int
    """The number of pages that were read."""
    count: int
    """The number of pages of the letter."""


@dataclass(eq=False, repr=False)
class Cited(AppMessage):
    """The reviewer cited a guideline of the catalogue."""

    guideline_id: str
    """Its id."""


@dataclass(eq=False, repr=False)
class LetterWanted(AppMessage):
    """The reviewer wants the letter to be written."""

    as_pdf: bool = False
    """Whether as a PDF."""


class SigningWanted(AppMessage):
    """The reviewer wants to sign the determination."""


class VersionsWanted(AppMessage):
    """The reviewer wants to see the earlier versions of the case."""


@dataclass(eq=False, repr=False)
class SessionReported(AppMessage):
    """A thread reported something about the open case; features handle the event by its class."""

    event: SessionEvent
    """What it reported."""
