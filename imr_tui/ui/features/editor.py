"""Edits a text of the open case in the reviewer's own editor."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events

from imr_tui.domain.workflow import Stage
from imr_tui.errors import ImrError, LimitReached
from imr_tui.session import editors
from imr_tui.session.lent_text import (
    CODES_SHOWN,
    KEPT,
    NO_EDITOR,
    UNCLOSED_QUOTE,
    LentText,
    exit_problem,
    no_program,
)
from imr_tui.store.cases.editor_file import left_behind, note_told, put_out
from imr_tui.terminal.background import BACKGROUND
from imr_tui.text.sanitize import clean, find_code_point
from imr_tui.ui.messages import EditorWanted

if TYPE_CHECKING:
    from textual.worker import Worker

    from imr_tui.store.cases.editor_file import PrivateText
    from imr_tui.ui.features.editing import Editing
    from imr_tui.ui.features.saving import Saving
    from imr_tui.ui.stages.stage import StageScreen
    from imr_tui.ui.state import Handlers, Shell, State

_GROUP = f"{BACKGROUND}-editor"


@dataclass(frozen=True)
class Lent(LentText):
    """A text of a stage that is open in an editor."""

    field: str
    """The id of its field on the screen of the stage."""

    @property
    def stage(self) -> Stage:
        """The stage that shows it."""
        return Stage("summary") if self.item is None else Stage("decision", self.item)


class ExternalEditor:
    """Lends the terminal to an editor, and takes its text back as one edit."""

    def __init__(
        self,
        state: State,
        shell: Shell,
        editing: Editing,
        saving: Saving,
        stages: Callable[[], Iterator[StageScreen]],
    ) -> None:
        """`stages`: the stages that are shown or lie under a dialog."""
        self._state = state
        self._shell = shell
        self._editing = editing
        self._saving = saving
        self._stages = stages
        self.private_text: PrivateText | None = None
        """The file that is open in an editor, to which all keys go meanwhile."""
        self._loan: Worker[None] | None = None

    @property
    def handlers(self) -> Handlers:
        """The messages that this feature handles."""
        return {EditorWanted: self._open}

    async def filter_key(self, event: events.Event) -> events.Event | None:
        """A step of the input pipeline: drops keys while an editor has the terminal."""
        is_key = isinstance(event, events.Key | events.Paste)
        if is_key and self.private_text is not None and not self._state.is_locked:
            return None
        return event

    def tell_left_behind(self) -> None:
        """Say where the texts are that editors left when their sessions ended."""
        for origin, place in left_behind(self._state.folder):
            note_told(place)
            says = f"Unsaved editor text of {origin.number} ({origin.field}) is in {place}."
            self._shell.say(says)

    def _open(self, message: EditorWanted) -> None:
        if self._state.restricted or self._state.read_only or self.private_text is not None:
            return
        screen = next(self._stages(), None)
        if screen is None or self._editing.session is None:
            return
        try:
            words = editors.chosen(os.environ)
        except ValueError:
            self._shell.say(UNCLOSED_QUOTE)
            return
        if words is None:
            self._shell.say(NO_EDITOR)
            return
        entry = screen.prose(message.field)
        lent = Lent(self._state.open_case.number, screen.stage.item, entry.text, message.field)
        work = self._lend(lent, words, entry.cursor_location)
        self._loan = self._shell.run_worker(work, exclusive=True, group=_GROUP)

    async def _lend(self, lent: Lent, words: Sequence[str], at: tuple[int, int]) -> None:
        if not await self._saving.saved():
            return
        try:
            private = await asyncio.to_thread(
                put_out, self._state.folder, lent.text, lent.number, lent.name, self._state.now
            )
        except ImrError as error:
            self._shell.complain(error)
            return
        command = editors.command(words, private.path, at[0] + 1, at[1] + 1)
        if command is None:
            private.remove()
            self._shell.say(no_program(words[0]))
            return
        self.private_text = private
        # Keys that were typed ahead are neither text nor commands.
        self._shell.io.queue.waiting.clear()
        # Temporary files of the editor are removed with the folder.
        environment = dict(os.environ) | {"TMPDIR": str(private.path.parent.absolute())}
        try:
            problem = exit_problem(await self.run_outside(command, environment))
        except OSError as error:
            problem = f"{command[0]} did not start: {error.strerror}"
        self.private_text = None
        await self._take_in(lent, private, problem)

    async def end(self) -> None:
        """Hang up on the editor, as a lost connection does; its text is kept."""
        if self.private_text is not None and (driver := self._shell.io.driver) is not None:
            await asyncio.to_thread(driver.reclaim)
        if self._loan is not None:
            await self._loan.wait()

    async def run_outside(self, command: Sequence[str], environment: Mapping[str, str]) -> int:
        """Run a program on the terminal of the app, and return its exit code. Raises OSError."""
        driver = self._shell.io.driver
        if driver is None:
            raise OSError(0, "this is not a terminal")
        try:
            if not await asyncio.to_thread(driver.suspend):
                raise OSError(0, "the terminal does not respond")
            return await asyncio.to_thread(driver.run, command, environment)
        finally:
            if self._shell.is_running:
                driver.resume()

    async def _take_in(self, lent: Lent, private: PrivateText, problem: str) -> None:
        text = lent.text
        if not problem:
            try:
                text = await asyncio.to_thread(private.read)
            except ImrError as error:
                problem = f"The editor's text cannot be used: {str(error).removesuffix('.')}"
        if not problem and clean(text) != lent.text:
            problem = self._put_in(lent, text)
        if await self._saving.saved() and not (problem and private.has_news()):
            private.remove()
        else:
            private.keep()
            problem = f"{problem or 'The text is not saved yet'}. {KEPT}{private.path}"
        if problem:
            self._shell.say(f"{problem}.")

    def _put_in(self, lent: Lent, text: str) -> str:
        """Put the text of an editor into the case; returns why that is impossible, or blank."""
        session, cleaned = self._editing.session, clean(text)
        if session is None or self._state.read_only or session.case.number != lent.number:
            return "The case is read-only now"
        try:
            self._editing.edit(lent.change(cleaned))
        except LimitReached as error:
            return str(error).removesuffix(".")
        screen = next((each for each in self._stages() if each.stage == lent.stage), None)
        if screen is not None:
            screen.prose(lent.field).take_in(cleaned)
        if find_code_point(cleaned) and not find_code_point(text):
            self._shell.say(CODES_SHOWN)
        return ""
