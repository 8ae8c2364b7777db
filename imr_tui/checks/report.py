"""Findings as text and as JSON, for people and programs outside the app."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imr_tui.checks.context import text_at
from imr_tui.text.plain_text import clean, clean_line

if TYPE_CHECKING:
    from imr_tui.checks.finding import Finding
    from imr_tui.checks.rule import Span
    from imr_tui.domain.workflow import Place
    from imr_tui.model.case import Case

JSON_SCHEMA = 2
"""The version of the JSON form; `findings.schema.json` describes it."""
AROUND = 40
"""Characters that an excerpt shows on either side of the words."""
SHOWN = 80
"""Characters of the words themselves that it shows."""

_INDENT = " " * 4
_WINDOW = 10 * AROUND


@dataclass(frozen=True)
class Checked:
    """A case or a letter with what was found in it."""

    path: Path
    """Its file."""
    case: Case
    """The case that it holds."""
    findings: tuple[Finding, ...]
    """What the rules found, errors first."""


def line(path: Path, finding: Finding) -> str:
    """`cases/X.toml: item 2 rationale: IMR103 error rationale-missing: No rationale yet…`"""
    rule, accepted = finding.rule, finding.accepted
    end = f" (accepted: {accepted.reason})" if accepted else ""
    what = f"{rule.id} {finding.severity} {rule.slug}"
    return clean_line(f"{path}: {finding.place}: {what}: {finding.hit.message}{end}")


def excerpts(case: Case, finding: Finding) -> Iterator[str]:
    """The words that a finding is about, with carets below, then those of its other places."""
    hit = finding.hit
    if hit.span is not None:
        yield from _excerpt(text_at(case, hit.place), hit.span)
    for place, span in hit.also:
        yield from _excerpt(text_at(case, place), span, f"{place}: ")


def plain(checked: Checked, finding: Finding) -> dict[str, Any]:
    """A finding for JSON; items count from 1, spans are offsets in the field."""
    rule, hit = finding.rule, finding.hit
    return {
        "path": str(checked.path),
        "rule": rule.id,
        "slug": rule.slug,
        "severity": finding.severity,
        "open": finding.is_open,
        "accepted": finding.accepted.reason if finding.accepted else None,
        **_plain_place(checked.case, hit.place, hit.span),
        "message": hit.message,
        "also": [_plain_place(checked.case, place, span) for place, span in hit.also],
        "source": rule.source,
    }


def schema() -> str:
    """The JSON Schema of what `imr-tui check --json` prints."""
    return Path(__file__).with_name("findings.schema.json").read_text(encoding="utf-8")


def _plain_place(case: Case, place: Place, span: Span | None) -> dict[str, Any]:
    return {
        "item": None if place.item is None else place.item + 1,
        "field": place.field,
        "span": span,
        "words": text_at(case, place)[slice(*span)] if span else None,
    }


def excerpt(text: str, span: Span | None) -> tuple[str, str, str]:
    """What stands before the words of a span, they themselves, and what stands behind them.

    On one line and cut to what shows them; where there is no span, how the text begins.
    """
    start, end = span or (0, 0)
    before = _squeezed(text[max(0, start - _WINDOW) : start]).lstrip()
    words = _shortened(_squeezed(text[start:end]))
    after = _squeezed(text[end : end + _WINDOW]).rstrip()
    return _tail(before, AROUND), words, _head(after, AROUND)


def _excerpt(text: str, span: Span | None, label: str = "") -> Iterator[str]:
    before, words, after = excerpt(text, span)
    before = _INDENT + clean_line(label) + before
    yield f"{before}{words}{after}".rstrip()
    if span is not None:
        yield " " * len(before) + "^" * max(1, len(words))


def _squeezed(text: str) -> str:
    """`text` on one line, fit to be shown; white space at its ends is one space."""
    return re.sub(r"\s+", " ", clean(text))


def _tail(text: str, width: int) -> str:
    """The end of `text` in up to `width` characters, from the beginning of a word on."""
    if len(text) <= width:
        return text
    cut = text[-width:]
    return f"...{cut.partition(' ')[2] or cut}"


def _head(text: str, width: int) -> str:
    if len(text) <= width:
        return text
    cut = text[:width]
    return f"{cut.rpartition(' ')[0] or cut}..."


def _shortened(words: str) -> str:
    half = SHOWN // 2
    return words if len(words) <= SHOWN else f"{_head(words, half)} {_tail(words, half)}"
