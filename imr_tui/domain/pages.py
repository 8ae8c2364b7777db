"""Parses and formats page lists of citations: `22, 46-47, 96-99`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_PREFIX = re.compile(r"(?:pages?|pp?)(?:\(s\))?[.:]?\s*(?=[0-9])", re.IGNORECASE)
_RANGE = re.compile(r"([0-9]{1,5})(?:\s*[-\u2010-\u2015\u2212]\s*([0-9]{1,5}))?")
_SEPARATOR = re.compile(r"[\s,;&]+(?:and\s+)?", re.IGNORECASE)
_TRIMMED = " \t\xa0,;."


@dataclass(frozen=True, order=True)
class PageRange:
    """A page, or a range of pages."""

    first: int
    """The first page."""
    last: int
    """The last page; equal to the first for a single page."""

    @property
    def is_backwards(self) -> bool:
        """Whether the last page comes before the first."""
        return self.last < self.first

    def contains(self, other: PageRange) -> bool:
        """Whether all pages of `other` are in this range."""
        return self.first <= other.first <= other.last <= self.last

    def overlaps(self, other: PageRange) -> bool:
        """Whether both ranges share a page."""
        return self.first <= other.last and other.first <= self.last

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def read_pages(text: str) -> tuple[PageRange, ...] | None:
    """Parse the pages that `text` lists with any separators; None if it contains other words."""
    body = text.strip(_TRIMMED)
    lead = _PREFIX.match(body)
    at, ranges = lead.end() if lead else 0, list[PageRange]()
    while at < len(body):
        between = _SEPARATOR.match(body, at) if ranges else None
        page_range = _RANGE.match(body, between.end() if between else at)
        if page_range is None or (ranges and between is None):
            return None
        first = int(page_range[1])
        ranges.append(PageRange(first, int(page_range[2] or first)))
        at = page_range.end()
    return tuple(ranges)


def format_pages(ranges: Iterable[PageRange]) -> str:
    """Format pages as letters print them."""
    return ", ".join(map(str, ranges))


def normal(text: str) -> str:
    """Reformat a page list as letters print it, keeping its order; other text is returned as is."""
    ranges = read_pages(text)
    return text if ranges is None else format_pages(ranges)


def in_order(text: str) -> str:
    """Sort a page list and remove duplicates; other text is returned as is."""
    ranges = read_pages(text)
    return text if ranges is None else format_pages(sorted(set(ranges)))


def fault(text: str, document: str = "") -> str:
    """Describe an error in the page list `text` of a document with the pages `document`; or blank.

    If the pages of the document are unknown, any page is accepted.
    """
    parts = read_pages(document)
    for page_range in read_pages(text) or ():
        if page_range.is_backwards:
            return f"{page_range} runs backwards"
        if parts and not any(part.contains(page_range) for part in parts):
            return f"{page_range} is not in the document ({document})"
    return ""
