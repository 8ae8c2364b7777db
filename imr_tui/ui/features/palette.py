"""The command palette: searches the bindings of the screen."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.command import CommandInput, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from imr_tui.keys.key_names import key_name

if TYPE_CHECKING:
    from textual.binding import ActiveBinding


class Palette(CommandPalette):
    """The stock palette without a blinking cursor."""

    def on_mount(self) -> None:
        # A blinking cursor is sent to the terminal twice a second.
        self.query_one(CommandInput).cursor_blink = False


class BindingsProvider(Provider):
    """Offers the commands that have keys, so that there is no second list to maintain."""

    async def discover(self) -> Hits:
        for each in self._commands():
            yield DiscoveryHit(Content(_title(each)), partial(self._run, each), _title(each))

    async def search(self, query: str) -> Hits:
        wanted = query.casefold().split()
        for each in self._commands():
            text = f"{_title(each)} {each.binding.tooltip}".casefold()
            if all(word in text for word in wanted):
                yield Hit(1.0, Content(_title(each)), partial(self._run, each), _title(each))

    def _commands(self) -> Iterator[ActiveBinding]:
        seen = set()
        for each in self.screen.active_bindings.values():
            identifier = each.binding.id
            if identifier and each.enabled and identifier not in seen:
                seen.add(identifier)
                yield each

    async def _run(self, each: ActiveBinding) -> None:
        await self.app.run_action(each.binding.action, each.node)


def _title(each: ActiveBinding) -> str:
    says = each.binding.tooltip or each.binding.description
    return f"{key_name(each.binding.key):<4} {says}"
