"""An app that is readable on any terminal, however little it can show and however small it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.color import ColorSystem
from textual import events
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Offset, Size

from imr_tui.terminal.ascii_fallback import AsciiFallback
from imr_tui.terminal.capabilities import Capabilities, Colours
from imr_tui.terminal.cursor import caret_of
from imr_tui.terminal.focus import is_field, is_text
from imr_tui.terminal.low_colour import PLAIN, Plain
from imr_tui.terminal.painter import PaintingApp
from imr_tui.terminal.sanitizer import Sanitizer
from imr_tui.terminal.too_small import at_least, is_small, notice

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.timer import Timer

RESIZE_SECONDS = 0.1
"""How long a new size waits for another one; who drags a window passes many."""
_SYSTEMS: dict[Colours, ColorSystem] = {
    "full": ColorSystem.TRUECOLOR,
    "256": ColorSystem.EIGHT_BIT,
    "16": ColorSystem.STANDARD,
    "none": ColorSystem.STANDARD,
}
_ALWAYS = ("ctrl+s", "ctrl+q")


class DisplayedApp(PaintingApp):
    """Knows the terminal: what it can show, how big it is and where its cursor belongs."""

    transliteration: ClassVar[Mapping[str, str]] = {}
    """The ASCII forms of characters, for terminals that show nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self._has_begun = False
        self._room: Size | None = None
        self._next_size: events.Resize | None = None
        self._resizing: Timer | None = None
        self._noticed: tuple[Size, str] | None = None
        self.fit(Capabilities())

    # ── What can be shown ────────────────────────────────────────────────────────────────

    def fit(self, capabilities: Capabilities) -> None:
        """Show nothing from now on but what a terminal of these abilities can."""
        self.capabilities = capabilities
        self.no_color = capabilities.are_plain
        self._frame.erases = capabilities.erases
        self._nets: list[LineFilter] = [Sanitizer()]
        if capabilities.characters == "ASCII":
            self._nets.append(AsciiFallback(self.transliteration))
        if capabilities.are_plain:
            self._nets.append(Plain(has_colours=capabilities.colours == "16"))
        self.console._color_system = _SYSTEMS[capabilities.colours]
        self.register_theme(PLAIN)
        self.theme = PLAIN.name if capabilities.are_plain else "textual-dark"

    def get_line_filters(self) -> Sequence[LineFilter]:
        # Not those that the environment has named: all that is painted goes through these.
        stock = [each for each in super().get_line_filters() if isinstance(each, ANSIToTruecolor)]
        return [*stock, *self._nets]

    def _set_pointer_shape(self, shape: str) -> None:
        # There is no mouse, and old terminals print what they do not understand.
        pass

    # ── How big it is ────────────────────────────────────────────────────────────────────

    @property
    def is_small(self) -> bool:
        """Whether the terminal is smaller than the screens, which stay as they were."""
        return self._room is not None and is_small(self._room)

    @property
    def size(self) -> Size:
        return at_least(super().size)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Resize):
            await self._resize(event)
        elif not self.is_small or self._is_for_the_unseen(event):
            await super().on_event(event)

    def _is_for_the_unseen(self, event: events.Event) -> bool:
        """Whether `event` may have its effect while no screen is seen: text, saving, quitting."""
        if not isinstance(event, events.Key) or event.is_forwarded or event.key in _ALWAYS:
            return True
        return is_field(self.focused) and not self._may_lead_on(event)

    def come_to_rest(self) -> None:
        self._has_begun = True
        super().come_to_rest()

    async def _resize(self, event: events.Resize) -> None:
        """Take on a new size, unless one has only just been taken on."""
        if self._has_begun or event.size != self._room:
            # A terminal that changes its size puts its cells anywhere, also if it changes it back.
            # The driver tells the first size more than once.
            self.repaint_all()
        if self._resizing is not None:
            self._next_size = event
            return
        if self._room is not None:
            self._resizing = self.set_timer(RESIZE_SECONDS, self._resize_again)
        was_small, self._room = self.is_small, event.size
        fitting = at_least(event.size)
        await super().on_event(events.Resize(fitting, fitting))
        if self.is_small or was_small:
            self.refresh()
        if is_text(self.focused):
            self.call_after_refresh(self.focused.scroll_cursor_visible)

    async def _resize_again(self) -> None:
        self._resizing = None
        if self._next_size is not None:
            event, self._next_size = self._next_size, None
            await self._resize(event)

    def _display(self, screen: Screen[object], renderable: object) -> None:
        if not self.is_small or self._room is None:
            self._noticed = None
        elif self._noticed == (now := (self._room, self.standing)):
            renderable = None
        else:
            self._noticed = now
            renderable = notice(*now)
        super()._display(screen, renderable)

    @property
    def standing(self) -> str:
        """Whether what was typed is on the disk, in words."""
        raise NotImplementedError

    # ── Where the cursor belongs ─────────────────────────────────────────────────────────

    @property
    def caret(self) -> Offset | None:
        """The cell that the terminal's cursor belongs into; None where it is better hidden."""
        return None if self.is_small else caret_of(self.focused)

    @property
    def cursor_position(self) -> Offset:
        # Every frame ends with it. Widgets set it too early, before they have scrolled.
        return self.caret or Offset(0, 0)

    @cursor_position.setter
    def cursor_position(self, place: Offset) -> None:
        pass
