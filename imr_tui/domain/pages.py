"""Pages as citations print them: `22, 46-47, 96-99`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_LEAD = re.compile(r"(?:pages?|pp?)(?:\(s\))?[.:]?\s*(?=[0-9])", re.IGNORECASE)
_SPAN = re.compile(r"([0-9]{1,5})(?:\s*[-\u2010-\u2015\u2212]\s*([0-9]{1,5}))?")
_BETWEEN = re.compile(r"[\s,;&]+(?:and\s+)?", re.IGNORECASE)
_AROUND = " \t\xa0,;."


@dataclass(frozen=True, order=True)
class Span:
    """One page, or a range of them."""

    first: int
    """The first page."""
    last: int
    """The last page; the first one again where it is one page."""

    @property
    def is_backwards(self) -> bool:
        """Whether it ends before it begins."""
        return self.last < self.first

    def holds(self, other: Span) -> bool:
        """Whether all of `other` lies in it."""
        return self.first <= other.first <= other.last <= self.last

    def meets(self, other: Span) -> bool:
        """Whether they share a page."""
        return self.first <= other.last and other.first <= self.last

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def read_pages(text: str) -> tuple[Span, ...] | None:
    """The pages that `text` lists, however they are set apart; None if it holds other words."""
    body = text.strip(_AROUND)
    lead = _LEAD.match(body)
    at, spans = lead.end() if lead else 0, list[Span]()
    while at < len(body):
        between = _BETWEEN.match(body, at) if spans else None
        span = _SPAN.match(body, between.end() if between else at)
        if span is None or (spans and between is None):
            return None
        first = int(span[1])
        spans.append(Span(first, int(span[2] or first)))
        at = span.end()
    return tuple(spans)


def spell(spans: Iterable[Span]) -> str:
    """Pages as they are printed."""
    return ", ".join(map(str, spans))


def normal(text: str) -> str:
    """`text` as pages are printed, in its own order; as it is, if it holds other words."""
    spans = read_pages(text)
    return text if spans is None else spell(spans)


def in_order(text: str) -> str:
    """The pages of `text`, each once, lowest first; as it is, if it holds other words."""
    spans = read_pages(text)
    return text if spans is None else spell(sorted(set(spans)))


def fault(text: str, document: str = "") -> str:
    """What is wrong with the pages of `text`, of a document with the pages `document`; or blank.

    A document whose pages are not known holds every page.
    """
    parts = read_pages(document)
    for span in read_pages(text) or ():
        if span.is_backwards:
            return f"{span} runs backwards"
        if parts and not any(part.holds(span) for part in parts):
            return f"{span} lies outside the document, {document}"
    return ""
