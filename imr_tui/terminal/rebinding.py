"""Gives bindings other keys than those that their classes declare."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from textual.binding import Binding, BindingsMap
from textual.dom import DOMNode

if TYPE_CHECKING:
    from textual.binding import BindingType


class Rebinding:
    """The bindings of each class of widgets with their other keys, merged as Textual merges them.

    `App.set_keymap` would apply the other keys only after those that a focused text takes were
    left out: an action on a letter could get no key that works in texts. It would also drop
    what else has the old key, and do so at every key.
    """

    def __init__(self, rebind: Callable[[Binding], Binding]) -> None:
        """`rebind` returns a binding with its other keys, or as it is."""
        self._rebind = rebind
        self._known: dict[type[DOMNode], Mapping[str, list[Binding]] | None] = {}

    def apply(self, node: DOMNode) -> None:
        """Give a widget, a screen or the app its bindings; one without other keys keeps them."""
        kind = type(node)
        if kind not in self._known:
            self._known[kind] = self.merged(kind)
        if (bindings := self._known[kind]) is not None:
            # Each node has a copy of its own.
            node._bindings.key_to_bindings = dict(bindings)

    def merged(self, kind: type[DOMNode]) -> Mapping[str, list[Binding]] | None:
        """The bindings of a class and its bases, by their keys; None if none has other keys."""
        keys: dict[str, list[Binding]] = {}
        is_changed = False
        for base in reversed(kind.__mro__):
            if not issubclass(base, DOMNode):
                continue
            if not base._inherit_bindings:
                keys.clear()
            declared: list[BindingType] = list(base.__dict__.get("BINDINGS", ()))
            own = [self._rebound(each) for each in declared]
            is_changed = is_changed or own != declared
            keys |= BindingsMap(own).key_to_bindings
        return keys if is_changed else None

    def _rebound(self, binding: BindingType) -> BindingType:
        return self._rebind(binding) if isinstance(binding, Binding) else binding
