"""How an app uses its terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from imr_tui.terminal.capabilities import Capabilities
from imr_tui.terminal.filters import CONTROLS

if TYPE_CHECKING:
    from textual.binding import Binding
    from textual.theme import Theme

    from imr_tui.terminal.tty import Terminal


def _identity(text: str) -> str:
    return text


def _no_status() -> str:
    return ""


@dataclass(frozen=True)
class TerminalOptions:
    """How an app uses its terminal."""

    terminal: Terminal | None = None
    """The terminal; None for that of standard input."""
    capabilities: Capabilities = field(default_factory=Capabilities)
    """The capabilities of the terminal."""
    transliteration: Mapping[str, str] = field(default_factory=dict)
    """ASCII forms of characters, for terminals limited to ASCII."""
    unsafe: str = CONTROLS
    """Pattern for one character that is replaced by a mark when painted."""
    clean_paste: Callable[[str], str] = _identity
    """Sanitizes text that is pasted outside of any text field."""
    status: Callable[[], str] = _no_status
    """The state of the work, shown if the terminal is too small."""
    theme: Theme | None = None
    """The colours; None for those of Textual. A terminal with few colours does not use it."""
    rebind: Callable[[Binding], Binding] | None = None
    """Gives bindings the keys that the site has for them; None leaves all as they are declared."""
    keys_when_small: frozenset[str] = frozenset({"ctrl+s", "ctrl+q"})
    """Keys besides those of texts that work while the terminal is too small."""
    hint_when_small: str = "^s save, ^q quit"
    """What these keys do, in words."""
    sends_clipboard: bool = False
    """Whether copied text is also sent to the terminal's clipboard."""
    refusal: str = "Not possible: the app sends nothing elsewhere."
    """Shown where Textual would write a text or a screenshot to a file."""
    crash_exit_code: int = 1
    """The exit code after a crash."""
    on_continue: Callable[[], object] = _no_status
    """Called when the process continues after it was stopped."""
