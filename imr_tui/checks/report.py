"""Formats findings, and the explanations of rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imr_tui.checks.context import text_at
from imr_tui.domain.citation_text import words
from imr_tui.domain.field_names import field_name
from imr_tui.model.evidence import Citation
from imr_tui.model.value import Value
from imr_tui.text.sanitize import clean, clean_line

if TYPE_CHECKING:
    from imr_tui.checks.rule import Example, Finding, Rule, Span
    from imr_tui.domain.workflow import Place
    from imr_tui.model.case import Case


JSON_SCHEMA = 2
"""Version of the JSON format, which `findings.schema.json` describes."""
CONTEXT_WIDTH = 40
"""Maximum characters of an excerpt on either side of the marked words."""
MAX_WORDS_WIDTH = 80
"""Maximum characters of the marked words in an excerpt."""

_INDENT = " " * 4
_WINDOW = 10 * CONTEXT_WIDTH


@dataclass(frozen=True)
class Checked:
    """A case or letter with its findings."""

    path: Path
    """Path of the file."""
    case: Case
    """The case in the file."""
    findings: tuple[Finding, ...]
    """The findings, errors first."""


def line(path: Path, finding: Finding) -> str:
    """Format a finding as one line.

    `cases/X.toml: item 2 rationale: IMR103 error rationale-missing: No rationale yet…`
    """
    rule, accepted = finding.rule, finding.accepted
    end = f" (accepted: {accepted.reason})" if accepted else ""
    what = f"{rule.id} {finding.severity} {rule.slug}"
    return clean_line(f"{path}: {finding.place}: {what}: {finding.hit.message}{end}")


def excerpts(case: Case, finding: Finding) -> Iterator[str]:
    """Excerpts of the words that caused a finding, with carets below, then of related fields."""
    hit = finding.hit
    if hit.span is not None:
        yield from _excerpt(text_at(case, hit.place), hit.span)
    for place, span in hit.also:
        yield from _excerpt(text_at(case, place), span, f"{place}: ")


def located(case: Case, finding: Finding) -> Iterator[str]:
    """One line for each field of a finding, with its name, and its words marked `>>so<<`."""
    hit = finding.hit
    for place, span in dict.fromkeys(((hit.place, hit.span), *hit.also)):
        before, words, after = excerpt(text_at(case, place), span)
        marked = f">>{words}<<" if words else ""
        yield f"{field_name(place)}: {before}{marked}{after}".rstrip()


def plain(checked: Checked, finding: Finding) -> dict[str, Any]:
    """Convert a finding for JSON; items count from 1, spans are offsets in the field."""
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
    """The JSON Schema for the output of `imr-tui check --json`."""
    return Path(__file__).with_name("findings.schema.json").read_text(encoding="utf-8")


def _plain_place(case: Case, place: Place, span: Span | None) -> dict[str, Any]:
    return {
        "item": None if place.item is None else place.item + 1,
        "field": place.field,
        "span": span,
        "words": text_at(case, place)[slice(*span)] if span else None,
    }


def excerpt(text: str, span: Span | None) -> tuple[str, str, str]:
    """Return the text before a span, the words of the span, and the text after it.

    All on one line and shortened for display. Without a span, the start of the text.
    """
    start, end = span or (0, 0)
    before = _single_line(text[max(0, start - _WINDOW) : start]).lstrip()
    words = _shorten(_single_line(text[start:end]))
    after = _single_line(text[end : end + _WINDOW]).rstrip()
    return _tail(before, CONTEXT_WIDTH), words, _head(after, CONTEXT_WIDTH)


def _excerpt(text: str, span: Span | None, label: str = "") -> Iterator[str]:
    before, words, after = excerpt(text, span)
    before = _INDENT + clean_line(label) + before
    yield f"{before}{words}{after}".rstrip()
    if span is not None:
        yield " " * len(before) + "^" * max(1, len(words))


def _single_line(text: str) -> str:
    """`text` on one line, safe to display; white space at its ends becomes one space."""
    return re.sub(r"\s+", " ", clean(text))


def _tail(text: str, width: int) -> str:
    """The end of `text`, at most `width` characters long and starting at a word."""
    if len(text) <= width:
        return text
    cut = text[-width:]
    return f"...{cut.partition(' ')[2] or cut}"


def _head(text: str, width: int) -> str:
    if len(text) <= width:
        return text
    cut = text[:width]
    return f"{cut.rpartition(' ')[0] or cut}..."


def _shorten(words: str) -> str:
    half = MAX_WORDS_WIDTH // 2
    return words if len(words) <= MAX_WORDS_WIDTH else f"{_head(words, half)} {_tail(words, half)}"


def explain(rule: Rule) -> str:
    """Format everything about `rule` as paragraphs and `field: value` lines, unwrapped."""
    once = ", accepted once for the whole letter" if rule.once else ""
    paragraphs = (
        f"{rule.id} {rule.slug} ({rule.severity}{once})",
        rule.summary,
        *rule.details,
        f"Why: {rule.why}",
        f"Source: {rule.source}",
        "\n".join(("Reported:", *_fields(rule.fires))),
        "\n".join(("Not reported:", *_fields(rule.passes))),
    )
    return "\n\n".join(paragraphs)


def _fields(example: Example) -> Iterator[str]:
    for field, value in example.items():
        yield f"  {field}: {_format_value(value).strip() or '(blank)'}"


def _format_value(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(map(_format_value, value))
    if isinstance(value, Citation):
        return words(value)
    if isinstance(value, Value):
        given = value.model_dump(exclude_unset=True)
        return ", ".join(f"{key} = {_format_value(each)}" for key, each in given.items())
    return "" if value is None else str(value)
