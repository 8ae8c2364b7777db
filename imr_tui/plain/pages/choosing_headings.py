"""Offers the headings of a guideline while its sections or pages are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.session.citing.headings import offered, start_of_last, with_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imr_tui.catalogue.guidelines import Topic
    from imr_tui.plain.console import Console

HINT = "? lists headings"
"""What can be typed instead of text."""
_ASKS = "?"
_MOST = 9
"""Headings that are offered for an entry that several match."""


def with_headings(console: Console, topics: Sequence[Topic], name: str, typed: str) -> str:
    """The text of the field `name`, its last entry completed by a heading if one is chosen.

    `?` lists all headings, `? shoulder` those that match.
    """
    if typed.startswith(_ASKS):
        found = offered(topics, name, typed.removeprefix(_ASKS))
        return _completed(console, found, name, "")
    entry = typed[start_of_last(name, typed) :].strip()
    found = offered(topics, name, entry) if entry else []
    if not found or any(entry == each.title for each in found):
        return typed
    return _completed(console, found[:_MOST], name, typed)


def _completed(console: Console, found: Sequence[Topic], name: str, typed: str) -> str:
    """`typed` with the heading that is chosen; a blank line keeps it as it is."""
    if not found:
        raise ValueError("No heading matches.")
    at = console.choose("Heading", [each.name for each in found])
    if at is not None:
        return with_heading(name, typed, found[at])
    if not typed:
        raise ValueError("No heading was chosen.")
    return typed
