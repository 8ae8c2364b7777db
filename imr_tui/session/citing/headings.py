"""The headings of a guideline that are offered while sections or pages are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.catalogue.search import matching

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imr_tui.catalogue.guidelines import Topic

MARKS = {"sections": ";", "pages": ";,"}
"""What separates the entries of a field: commas separate pages, but not headings."""


def start_of_last(name: str, value: str) -> int:
    """The index at which the last entry of the field `name` begins."""
    return max(value.rfind(mark) for mark in MARKS[name]) + 1


def offered(topics: Sequence[Topic], name: str, entry: str) -> list[Topic]:
    """The headings that match an entry of the field `name`; none for pages that are numbers."""
    known = [topic for topic in topics if topic.pages or name != "pages"]
    return [] if _is_number(entry) else matching(known, entry)


def with_heading(name: str, value: str, topic: Topic) -> str:
    """`value` with its last entry replaced by a heading, or by the pages of one."""
    what, mark = (topic.pages, ", ") if name == "pages" else (topic.title, "; ")
    before = value[: start_of_last(name, value)].rstrip()
    return f"{before} {what}{mark}".lstrip()


def _is_number(entry: str) -> bool:
    return bool(entry.strip()) and not any(char.isalpha() for char in entry)
