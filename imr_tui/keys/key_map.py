"""The keys of each action in a session: the default ones, save where the site has others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from imr_tui.keys.default_keys import DEFAULT_KEYS
from imr_tui.keys.key_names import key_name


class KeyMap(NamedTuple):
    """Which keys an action has, by the id of the action. Keys have Textual's names."""

    changed: Mapping[str, tuple[str, ...]]
    """The keys of the actions that do not have the default ones."""

    def keys(self, action: str) -> tuple[str, ...]:
        """The keys of an action; raises KeyError for an id that no action has."""
        return self.changed.get(action) or default_keys(action)

    def name(self, action: str) -> str:
        """The first key of an action, as a sentence names it: `^n`."""
        return key_name(self.keys(action)[0])

    def names(self, action: str) -> tuple[str, ...]:
        """All keys of an action, as people read them; those that look the same once."""
        return tuple(dict.fromkeys(map(key_name, self.keys(action))))


def default_keys(action: str) -> tuple[str, ...]:
    """The keys that an action has unless a site changes them."""
    return tuple(DEFAULT_KEYS[action].split(","))


STANDARD = KeyMap({})
"""The keys as imr-tui ships them."""
