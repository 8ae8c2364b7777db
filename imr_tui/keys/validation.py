"""What is wrong with the keys that a site gives to actions."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from imr_tui.keys.default_keys import DEFAULT_KEYS
from imr_tui.keys.key_map import KeyMap, default_keys
from imr_tui.keys.key_names import is_printable, key_name, read_keys
from imr_tui.keys.places import PLACES, actions_of

MOST = 6
"""The most keys of one action."""
KEPT = ("escape", "enter", "tab", "shift+tab", "ctrl+c", "ctrl+q", "f1")
"""Keys that keep their meaning everywhere: who knows them can always get out, and get help."""
TEXT_KEYS = (
    *("left", "right", "up", "down", "home", "end", "pageup", "pagedown"),
    *("ctrl+left", "ctrl+right", "backspace", "delete", "f6", "f7"),
    *(f"ctrl+{letter}" for letter in "adekuvwxyz"),
)
"""Keys with a fixed meaning in texts, fields and lists."""
_TAKEN_BY_MULTIPLEXERS = frozenset({"ctrl+b"})


class Fault(NamedTuple):
    """What is wrong with the keys of one action."""

    action: str
    """The id as it was given."""
    says: str
    """The fault as a phrase that follows the id."""


def key_map(given: Mapping[str, str]) -> KeyMap:
    """The key map of `given`, in which `faults` finds nothing."""
    return KeyMap({action: _read(action, keys) for action, keys in given.items()})


def faults(given: Mapping[str, str]) -> tuple[Fault, ...]:
    """What is wrong with `given`, the keys by the id of their action; in its order.

    Which keys have two meanings is only looked at if nothing else is wrong.
    """
    found = tuple(_single(given))
    return found or tuple(_shared(key_map(given)))


def _single(given: Mapping[str, str]) -> Iterator[Fault]:
    """The faults of each action by itself."""
    for action, text in given.items():
        if action not in DEFAULT_KEYS:
            yield Fault(action, _unknown(action))
            continue
        try:
            keys = _read(action, text)
        except ValueError as error:
            yield Fault(action, str(error))
            continue
        if says := _fault(action, keys):
            yield Fault(action, says)


def _read(action: str, text: str) -> tuple[str, ...]:
    """The keys in `text`; those that the action has anyway may be any. Raises ValueError."""
    return read_keys(text, default_keys(action))


def _unknown(action: str) -> str:
    near = difflib.get_close_matches(action, DEFAULT_KEYS, n=1, cutoff=0.5)
    hint = f", did you mean {near[0]!r}" if near else " (`imr-tui help key-map` lists them)"
    return f"is not the id of an action{hint}"


def _fault(action: str, keys: tuple[str, ...]) -> str:
    """What is wrong with the keys of an action, or blank."""
    usual = default_keys(action)
    lost = [key_name(key) for key in usual if key in KEPT and key not in keys]
    if lost:
        return f"must keep {' and '.join(lost)}; add other keys behind a comma"
    for key in keys:
        if key not in usual and key in (*KEPT, *TEXT_KEYS):
            return f"cannot be {key_name(key)}, which has a fixed meaning{_where(key)}"
    if len(keys) > MOST:
        return f"has more than {MOST} keys"
    works_in_texts = next((key for key in usual if not is_printable(key)), "")
    if works_in_texts and all(map(is_printable, keys)):
        name = key_name(works_in_texts)
        return f"needs a key that is not a character, as {name} works in texts, too"
    if set(keys) <= _TAKEN_BY_MULTIPLEXERS:
        return "needs another key besides ^b, which tmux takes"
    return ""


def _where(key: str) -> str:
    return "" if key in KEPT else " in texts and lists"


def _shared(keys: KeyMap) -> Iterator[Fault]:
    """Keys with two meanings in one place, reported for the action that comes last in the map."""
    order = list(keys.changed)
    found: dict[str, str] = {}
    for place in PLACES:
        for one, other in combinations(actions_of(place), 2):
            if not (one in keys.changed or other in keys.changed) or _may_share(one, other):
                continue
            last, first = sorted(
                (one, other), key=lambda each: order.index(each) if each in order else -1
            )[::-1]
            if both := [key for key in keys.keys(last) if key in keys.keys(first)]:
                says = f"cannot be {key_name(both[0])}, which is the key of {first} in {place}"
                found.setdefault(last, says)
    for action in order:
        if action in found:
            yield Fault(action, found[action])


def _may_share(one: str, other: str) -> bool:
    """Whether two actions share a key by default: only one of them can be used at a time."""
    return bool({*default_keys(one)} & {*default_keys(other)})
