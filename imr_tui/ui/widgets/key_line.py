"""The last line: the mode and the keys of this screen, or the answer to the last key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from imr_tui.keys.key_names import key_name
from imr_tui.terminal.focus import accepts_text
from imr_tui.ui.widgets.derived_text import DerivedText

if TYPE_CHECKING:
    from textual.binding import Binding
    from textual.screen import Screen

TYPING = "TYPING"
KEYS = "KEYS"
"""The modes: keys are text for the field in focus, or commands."""
_HELP = "app.help"
_AT_ONCE = "app.take-over"
"""Shown only while another session has the case, and then before other keys."""


class KeyLine(DerivedText):
    """A footer that never cuts a label: keys that do not fit are counted; help lists them."""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._changed)
        self.call_after_refresh(self.show)
        self.watch(self.app, "hint_shown", self.show, init=False)

    def on_resize(self) -> None:
        self.show()

    def _changed(self, screen: Screen[object]) -> None:
        if screen is self.screen:
            self.show()

    def show(self) -> None:
        """Show the keys of the screen as they are now."""
        if not self.is_attached:
            # Its screen was replaced in the meantime.
            return
        # Before it has a size, it takes that of the screen, so that the first frame is complete.
        width = self.size.width or self.screen.size.width
        if self.app.hint_shown:
            self.say(Content(cut_words(f" {self.app.hint_shown}", width - 1)))
            return
        mode = TYPING if accepts_text(self.screen.focused) else KEYS
        self.say(key_line(list(shown_bindings(self.screen)), width, mode))


def shown_bindings(screen: Screen[object]) -> Iterator[tuple[Binding, bool]]:
    """The bindings that the footer offers, help first, each with whether it can be used now."""
    active = [each for each in screen.active_bindings.values() if each.binding.show]
    seen = set()
    for each in sorted(active, key=lambda each: _rank(each.binding)):
        if each.binding.id not in seen:
            seen.add(each.binding.id)
            yield each.binding, each.enabled


def _rank(binding: Binding) -> int:
    """Help, taking over, forms and the find bar, the screen, reading and the walk, the app."""
    if binding.id in (_HELP, _AT_ONCE):
        return 0 if binding.id == _HELP else 1
    area = (binding.id or "").partition(".")[0]
    return {"form": 1, "bar": 1, "reading": 3, "walk": 3, "find": 4, "app": 5}.get(area, 2)


def key_line(bindings: list[tuple[Binding, bool]], width: int, mode: str) -> Content:
    """`KEYS  F1 Help  ^n Next  …  +2` for `bindings` in `width` columns."""
    pieces: list[tuple[str, str]] = [(f" {mode} ", "reverse")]
    used = len(mode) + 2
    for left, (binding, enabled) in zip(range(len(bindings), 0, -1), bindings, strict=True):
        text = f" {binding.key_display or key_name(binding.key)} {binding.description} "
        reserve = 0 if left == 1 else len(f" +{left - 1}")
        if used + len(text) + reserve > width:
            pieces.append((f" +{left}", "$text-muted"))
            break
        pieces += _styled(text, enabled)
        used += len(text)
    return Content.assemble(*pieces)


def cut_words(sentence: str, width: int) -> str:
    """`sentence` in `width` columns, cut after a word."""
    if len(sentence) <= width:
        return sentence
    return f"{sentence[: max(width - 3, 0)].rsplit(' ', 1)[0].rstrip(' ,;:.')}..."


def _styled(text: str, enabled: bool) -> list[tuple[str, str]]:
    """A key in the accent colour and its label, or both muted if it cannot be used now."""
    key, space, label = text[1:].partition(" ")
    if not enabled:
        return [(text, "$text-muted")]
    return [(f" {key}", "$text-accent"), (f"{space}{label}", "")]
