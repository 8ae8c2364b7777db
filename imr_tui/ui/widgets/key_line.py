"""The last line: the keys of this screen, as many as fit, F1 always first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from imr_tui.ui.widgets.content_equality import shows

if TYPE_CHECKING:
    from textual.binding import Binding
    from textual.screen import Screen

_AT_ONCE = "app.take-over"
"""What is there only while another session has the case, and then is what is wanted."""
_KEYS = {
    "escape": "esc",
    "question_mark": "?",
    "slash": "/",
    "enter": "Enter",
    "f1": "F1",
    "f4": "F4",
    "f8": "F8",
}


class KeyLine(Static):
    """A footer that never cuts a label: what does not fit is counted and stands under F1."""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._changed)
        self.call_after_refresh(self.show)

    def on_resize(self) -> None:
        self.show()

    def _changed(self, screen: Screen[object]) -> None:
        if screen is self.screen:
            self.show()

    def show(self) -> None:
        """Write the line anew, if it says something else."""
        if not self.screen.is_attached:
            return
        # Before its own size is told it is as wide as the screen: so the first picture is whole.
        width = self.size.width or self.screen.size.width
        line = key_line(list(shown_bindings(self.screen)), width)
        if not shows(self, line):
            self.update(line, layout=False)


def shown_bindings(screen: Screen[object]) -> Iterator[tuple[Binding, bool]]:
    """The bindings that the footer offers, F1 first, each with whether it can be used now."""
    active = [each for each in screen.active_bindings.values() if each.binding.show]
    seen = set()
    for each in sorted(active, key=lambda each: _rank(each.binding)):
        if each.binding.id not in seen:
            seen.add(each.binding.id)
            yield each.binding, each.enabled


def _rank(binding: Binding) -> int:
    """F1, then what the moment asks for and the screen has, then the walk, then the app."""
    if binding.key == "f1" or binding.id == _AT_ONCE:
        return 0 if binding.key == "f1" else 1
    area = (binding.id or "").partition(".")[0]
    return {"walk": 3, "app": 4}.get(area, 2)


def key_line(bindings: list[tuple[Binding, bool]], width: int) -> Content:
    """`F1 Help  ^n Next  …  +2` for `bindings` in `width` columns."""
    pieces: list[tuple[str, str]] = []
    used = 0
    for left, (binding, enabled) in zip(range(len(bindings), 0, -1), bindings, strict=True):
        text = f" {binding.key_display or key_name(binding.key)} {binding.description} "
        reserve = 0 if left == 1 else len(f" +{left - 1}")
        if used + len(text) + reserve > width:
            pieces.append((f" +{left}", "dim"))
            break
        pieces.append((text, "" if enabled else "dim"))
        used += len(text)
    return Content.assemble(*pieces)


def key_name(key: str) -> str:
    """A key as people write it: `^n`, `esc`, `a`."""
    if key.startswith("ctrl+"):
        return f"^{key.removeprefix('ctrl+')}"
    return _KEYS.get(key, key)
