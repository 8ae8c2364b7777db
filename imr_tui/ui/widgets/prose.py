"""A text of many lines that cleans pastes, undoes deeply and can go to an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import events, getters
from textual.content import Content
from textual.widgets.text_area import EditResult

from imr_tui.domain import changes
from imr_tui.domain.find import text_of
from imr_tui.model.limits import MAX_CASE_BYTES, ROOM_FOR_LINES
from imr_tui.model.size import text_bytes
from imr_tui.terminal.text_area import PartialTextArea
from imr_tui.text.sanitize import clean
from imr_tui.ui.app import ImrApp
from imr_tui.ui.bindings import bind
from imr_tui.ui.features.undoing import redone, undone
from imr_tui.ui.widgets.line_input import tell_refused

if TYPE_CHECKING:
    from textual.widgets.text_area import Edit

    from imr_tui.ui.stages.stage import StageScreen


class Prose(PartialTextArea):
    """A text of many lines: wraps softly, undoes deeply, takes a paste as one step.

    It takes no more than the case has room for. The room is looked up when it gets the focus, so
    that a key need not wait until the keys before it have reached the case.
    """

    app = getters.app(ImrApp)
    BINDINGS = [  # noqa: RUF012
        bind("text.start", "go_to_end(0)", "Start", "Go to the start of the text", show=False),
        bind("text.end", "go_to_end(1)", "End", "Go to the end of the text", show=False),
        bind(
            "text.spelling",
            "spelling",
            "Spelling",
            "Correct the misspelled word at the cursor, or the next one",
            show=False,
        ),
    ]

    def __init__(
        self, text: str = "", *, id: str, title: str = "", read_only: bool = False
    ) -> None:
        super().__init__(text, id=id, read_only=read_only)
        self.border_title = Content(title)
        self._is_pointing = False
        self._most_bytes = self._sure_bytes = MAX_CASE_BYTES

    def on_paste(self, event: events.Paste) -> None:
        event.text = clean(event.text)

    # ── The room of the case ─────────────────────────────────────────────────────────────

    def on_mount(self) -> None:
        self._look_up_room()

    def on_focus(self) -> None:
        self._look_up_room()

    def _look_up_room(self) -> None:
        self._sure_bytes = self.app.parts.editing.room - ROOM_FOR_LINES
        self._most_bytes = text_bytes(self.text) + self._sure_bytes

    def edit(self, edit: Edit) -> EditResult:
        """Apply `edit`, unless the case has no room for it."""
        more = text_bytes(edit.text)
        if more > self._sure_bytes and not self._has_room(edit, more):
            tell_refused(self, edit.text, _FULL)
            return EditResult(self.cursor_location, "")
        self._sure_bytes -= more
        return super().edit(edit)

    def _has_room(self, edit: Edit, more: int) -> bool:
        """Whether the case has room for `edit`; measures all of the text."""
        now = text_bytes(self.text)
        after = now - text_bytes(self.get_text_range(edit.top, edit.bottom)) + more
        self._sure_bytes = self._most_bytes - after + more
        return after <= max(self._most_bytes, now)

    def undo(self) -> None:
        super().undo()
        self._sure_bytes = 0

    def redo(self) -> None:
        super().redo()
        self._sure_bytes = 0

    # ── The cursor, and other programs' texts ────────────────────────────────────────────

    def point_out(self, span: tuple[int, int]) -> None:
        """Select words to highlight them; typing continues behind them and replaces nothing."""
        start, end = (location(self.text, offset) for offset in span)
        self.move_cursor(start)
        self.move_cursor(end, select=True)
        self._is_pointing = True
        self.call_after_refresh(self.scroll_cursor_visible, center=True)

    def return_to(self, location: tuple[int, int]) -> None:
        """Move the cursor back to a location, or to the nearest one of a shorter text."""
        line = min(location[0], self.document.line_count - 1)
        self.move_cursor((line, min(location[1], len(self.document.get_line(line)))))
        self.call_after_refresh(self.scroll_cursor_visible, center=True)

    def go_to(self, offset: int) -> None:
        """Move the cursor to a character of the text."""
        self.return_to(location(self.text, offset))

    @property
    def span(self) -> tuple[int, int]:
        """The offsets of the selection; without one, both are the offset of the cursor."""
        first, behind = sorted(offset(self.text, each) for each in self.selection)
        return first, behind

    def select(self, span: tuple[int, int]) -> None:
        """Select characters, so that typing replaces them."""
        self.move_cursor(location(self.text, span[0]))
        self.move_cursor(location(self.text, span[1]), select=True)

    def put(self, text: str, span: tuple[int, int]) -> bool:
        """Replace characters as one step of undo, the cursor behind; False without room for it."""
        before = self.text
        self._replace_as_step(text, *(location(before, at) for at in span))
        return self.text != before or before[slice(*span)] == text

    def _replace_as_step(self, text: str, start: tuple[int, int], end: tuple[int, int]) -> None:
        self.history.checkpoint()
        self.replace(text, start, end, maintain_selection_offset=False)
        self.history.checkpoint()

    def take_in(self, text: str) -> None:
        """Replace the text as one step, with the cursor where it was."""
        at = self.cursor_location
        # The case holds it already.
        self._most_bytes = self._sure_bytes = MAX_CASE_BYTES
        self._replace_as_step(text, (0, 0), self.document.end)
        self._look_up_room()
        self.return_to(at)

    def action_go_to_end(self, end: int) -> None:
        """Move the cursor to the start (0) or the end (1) of the text."""
        self.move_cursor(self.document.end if end else (0, 0))

    def action_spelling(self) -> None:
        """List what the misspelled word at the cursor, or the next one, may have meant."""
        self.app.parts.spelling.correct(self)

    def on_key(self, event: events.Key) -> None:
        if self._is_pointing:
            self._is_pointing = False
            if event.is_printable or event.key in ("enter", "tab"):
                self.move_cursor(self.selection.end)
        if event.key in _PHRASE_KEYS and self.app.parts.phrases.take_key(self, event.key):
            event.stop()
            event.prevent_default()

    def action_undo(self) -> None:
        """Undo in this text, or in the case once the text has nothing to undo."""
        before = self.text
        super().action_undo()
        self._tell_turn(before, "undo")

    def action_redo(self) -> None:
        """Redo in this text, or in the case once the text has nothing to redo."""
        before = self.text
        super().action_redo()
        self._tell_turn(before, "redo")

    def _tell_turn(self, before: str, action: str) -> None:
        if self.text == before:
            self.call_later(self.app.run_action, action)
        else:
            place = text_of(cast("StageScreen", self.screen).stage)
            did, then = (undone if action == "undo" else redone)(self.app.keys)
            if place is not None:
                found = changes.in_text(place, before, self.text)
                self.app.hint(changes.sentence(did, (found,), then))


_PHRASE_KEYS = ("tab", "shift+tab", "up", "down")
_FULL = (
    f"This case has reached the limit of {MAX_CASE_BYTES:,} bytes (about 150,000 words). "
    "Shorten a text first."
)


def offset(text: str, location: tuple[int, int]) -> int:
    """The offset of the character at a line and column of `text`."""
    line, column = location
    return sum(len(each) + 1 for each in text.split("\n")[:line]) + column


def location(text: str, offset: int) -> tuple[int, int]:
    """The line and the column, counted from 0, of a character of `text`."""
    before = text[:offset]
    return before.count("\n"), len(before) - (before.rfind("\n") + 1)
