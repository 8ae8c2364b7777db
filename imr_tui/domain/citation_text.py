"""Formats citations as text: the guideline lines of an item, in the style of published letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imr_tui.text.layout import one_line

if TYPE_CHECKING:
    from imr_tui.model.evidence import Citation
    from imr_tui.model.limits import CitationKind


@dataclass(frozen=True)
class Source:
    """The party that a guideline line belongs to."""

    name: str
    """The name of the party in the sentence."""


ADMINISTRATOR = Source("The Claims Administrator")
REVIEWER = Source("The Expert Reviewer")
OPENING = "Decision based on "
"""The start of a citation sentence."""
MTUS_OPENING = f"{OPENING}MTUS "
OTHER_OPENING = f"{OPENING}Non-MTUS Citation "
UNCITED = "did not cite any medical evidence for its decision."
"""What a party did that cites nothing."""
OUTSIDE = "based their decision on recommendation(s) outside of the MTUS Guidelines."
"""What a party did that cites nothing of the MTUS."""
AND = ", and "
"""Separates the MTUS chapters in a sentence."""


def guideline_line(citations: Sequence[Citation], source: Source) -> str:
    """Format all citations of one side as sentences on one line.

    Consecutive MTUS chapters share a sentence, joined by ", and".
    """
    cited = [citation for citation in citations if not citation.is_blank()]
    if not cited:
        return f"{source.name} {UNCITED}"
    sentences = _sentences(cited)
    if not any(citation.is_mtus or citation.verbatim for citation in cited):
        sentences.insert(0, f"{source.name} {OUTSIDE}")
    return " ".join(sentences)


def _sentences(citations: Sequence[Citation]) -> list[str]:
    sentences: list[str] = []
    chapters: list[str] = []
    for citation in citations:
        if citation.is_mtus:
            chapters.append(words(citation))
            continue
        sentences += [*_mtus_sentence(chapters), sentence(citation)]
        chapters = []
    return sentences + _mtus_sentence(chapters)


def sentence(citation: Citation) -> str:
    """Format one citation as a sentence."""
    if citation.verbatim:
        return words(citation)
    opening = MTUS_OPENING if citation.is_mtus else OTHER_OPENING
    return _sentence(f"{opening}{words(citation)}")


def _mtus_sentence(chapters: list[str]) -> list[str]:
    return [_sentence(f"{MTUS_OPENING}{AND.join(chapters)}")] if chapters else []


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def words(citation: Citation) -> str:
    """Format one citation without its sentence: its `text` if set, otherwise its fields.

    MTUS with sections, as in letters of 2016: `Low Back Complaints 2004, Section(s): …`; with
    pages, as in those of 2014: `Chronic Pain Treatment Guidelines 9792.24.2 Page(s): …`. Other
    sources in the order of 8 CCR 9792.21.1: organization, year, chapter, section of a guideline;
    authors, title, journal, year, volume, pages of a study.
    """
    if citation.text.strip():
        return one_line(citation.text)
    return one_line(_FORMATTERS[citation.sort](citation))


def _mtus_words(citation: Citation) -> str:
    sections, pages = ", ".join(citation.sections), citation.pages
    year = str(citation.year or "")
    if sections:
        return (
            f"{citation.title} {year}".rstrip()
            + f", Section(s): {sections}"
            + (f", Page(s): {pages}" if pages else "")
        )
    if pages:
        return f"{citation.title} {citation.section} Page(s): {pages}"
    return f"{citation.title} {year or citation.section}"


def _guideline_words(citation: Citation) -> str:
    title = _joined(", ", citation.organization, citation.title)
    if citation.year:
        title = _joined(", ", f"{title} {citation.year}", citation.section)
    else:
        title = f"{title} {citation.section}"
    text = _joined(", ", title.strip(), *citation.sections)
    return f"{text} Page(s): {citation.pages}" if citation.pages else text


def _study_words(citation: Citation) -> str:
    place = _joined(":", _joined(";", str(citation.year or ""), citation.volume), citation.pages)
    parts = (citation.authors, citation.title, *citation.sections, citation.journal, place)
    return " ".join(_close_element(part.strip()) for part in parts if part.strip()).removesuffix(
        "."
    )


def _close_element(text: str) -> str:
    """Close one element of a study with a period, unless it ends in `?` or `!`."""
    return text if text.endswith(("?", "!")) else _sentence(text)


def _joined(between: str, *parts: str) -> str:
    return between.join(part for part in parts if part.strip())


_FORMATTERS: dict[CitationKind, Callable[[Citation], str]] = {
    "mtus": _mtus_words,
    "guideline": _guideline_words,
    "study": _study_words,
    "text": _guideline_words,
}
