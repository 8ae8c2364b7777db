"""The screens and sentences of the app, which are held back while it is locked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.widget import AwaitMount

from imr_tui.terminal.support import TerminalSupport

if TYPE_CHECKING:
    from textual.command import Provider
    from textual.message import Message
    from textual.notifications import SeverityLevel
    from textual.screen import Screen

    from imr_tui.errors import ImrError
    from imr_tui.ui.features.assembly import Features


def _commands() -> type[Provider]:
    # Loads the palette of Textual, which the first frame does without.
    from imr_tui.ui.features.palette import BindingsProvider

    return BindingsProvider


class AppShell(TerminalSupport, App[None], inherit_bindings=False):
    """What features and screens show something with; see `Shell`."""

    COMMANDS = {_commands}  # noqa: RUF012

    parts: Features
    is_locked: bool

    def post_message(self, message: Message) -> bool:
        if self.is_locked and self.parts.lock.holds_message(message):
            return True
        return super().post_message(message)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a sentence once the app is not locked; it is never read as markup."""

        def show() -> None:
            super(AppShell, self).notify(
                message, title=title, severity=severity, timeout=timeout, markup=False
            )

        if not self.parts.lock.holds(show):
            show()

    def hint(self, sentence: str) -> None:
        """Answer a key: show a sentence in place of the key line until the next key."""
        self.parts.hints.show(sentence)

    def say(self, sentence: str) -> None:
        self.notify(sentence, timeout=20, markup=False)

    def complain(self, error: ImrError) -> None:
        self.notify(str(error), title=error.title, severity="error", timeout=20, markup=False)

    def push_screen(self, screen: Screen[Any] | str, *others: Any, **more: Any) -> Any:
        if self.parts.lock.holds(lambda: self.push_screen(screen, *others, **more)):
            return AwaitMount(self.screen, [])
        return super().push_screen(screen, *others, **more)

    def push_over_lock(self, screen: Screen[Any]) -> Any:
        """Show a screen even while the app is locked."""
        return super().push_screen(screen)

    def pop_screen(self) -> Any:
        if self.parts.lock.holds(self.pop_screen):
            return AwaitMount(self.screen, [])
        left = super().pop_screen()
        self.parts.navigation.returned()
        return left

    def get_default_screen(self) -> Screen[None]:
        return self.parts.navigation.default_screen()
