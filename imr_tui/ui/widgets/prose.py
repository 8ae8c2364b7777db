"""A text of many lines: it cleans what is pasted, keeps its undo and goes to an editor."""

from __future__ import annotations

from textual import events, getters
from textual.binding import Binding

from imr_tui.limits import MAX_PROSE
from imr_tui.text import clean
from imr_tui.ui.desk import Desk
from imr_tui.ui.messages import EditorWanted
from imr_tui.ui.widgets.linewise import Linewise
from imr_tui.ui.widgets.room import fits


class Prose(Linewise):
    """A text of many lines: wraps softly, undoes deeply, takes a paste as one step."""

    app = getters.app(Desk)
    BINDINGS = [  # noqa: RUF012
        Binding(
            "f4",
            "editor",
            "Editor",
            id="text.editor",
            show=False,
            tooltip="Go on with this text in your own editor, $VISUAL or $EDITOR",
        )
    ]

    def __init__(self, text: str = "", *, id: str, read_only: bool = False) -> None:
        super().__init__(
            text,
            id=id,
            soft_wrap=True,
            tab_behavior="focus",
            read_only=read_only,
            max_checkpoints=10_000,
            compact=True,
            highlight_cursor_line=False,
        )
        self.cursor_blink = False
        self._is_pointing = False

    async def _on_paste(self, event: events.Paste) -> None:
        event.text = clean(event.text)
        if fits(self, len(self.text), len(event.text), MAX_PROSE):
            await super()._on_paste(event)
        event.prevent_default()

    def point_out(self, span: tuple[int, int]) -> None:
        """Select words, so that they stand out; typing goes on behind them and replaces nothing."""
        start, end = (location(self.text, offset) for offset in span)
        self.move_cursor(start)
        self.move_cursor(end, select=True)
        self._is_pointing = True
        self.call_after_refresh(self.scroll_cursor_visible, center=True)

    def return_to(self, location: tuple[int, int]) -> None:
        """Put the cursor back to where it was, or to the end where the text is shorter now."""
        line = min(location[0], self.document.line_count - 1)
        self.move_cursor((line, min(location[1], len(self.document.get_line(line)))))
        self.call_after_refresh(self.scroll_cursor_visible, center=True)

    def take_in(self, text: str) -> None:
        """Hold `text` instead, as one step, with the cursor where it was."""
        at = self.cursor_location
        self.history.checkpoint()
        self.replace(text, (0, 0), self.document.end, maintain_selection_offset=False)
        self.history.checkpoint()
        self.return_to(at)

    def action_editor(self) -> None:
        """Ask for an editor."""
        self.post_message(EditorWanted(self.id or ""))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no editor where none may run, and none for what can only be read."""
        if action == "editor":
            return False if self.app.restricted else not self.read_only or None
        return super().check_action(action, parameters)

    async def _on_key(self, event: events.Key) -> None:
        if self._is_pointing:
            self._is_pointing = False
            if event.is_printable or event.key in ("enter", "tab"):
                self.move_cursor(self.selection.end)
        await super()._on_key(event)

    def action_undo(self) -> None:
        """Undo in this text, and what came before it once the text has nothing to undo."""
        before = self.text
        super().action_undo()
        if self.text == before:
            self.call_later(self.app.run_action, "undo")


def location(text: str, offset: int) -> tuple[int, int]:
    """The line and the column of a character of `text`, both counted from 0."""
    before = text[:offset]
    return before.count("\n"), len(before) - (before.rfind("\n") + 1)
