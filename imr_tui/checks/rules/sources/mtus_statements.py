"""IMR413 and IMR414: whether statements about the MTUS agree with the citations of the item."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.domain.citation_text import words
from imr_tui.domain.workflow import Place
from imr_tui.model.evidence import Citation
from imr_tui.reading.guidelines import chapters
from imr_tui.reading.guidelines.mtus import significant
from imr_tui.text.layout import listed

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import ItemReading
    from imr_tui.checks.context import CheckContext
    from imr_tui.model.case import Item
    from imr_tui.reading.guidelines.mtus import DatedGuideline

_ACUPUNCTURE = Citation(title="Acupuncture Treatment", year=2007, standard="A")
_ODG = Citation(title="Official Disability Guidelines", section="Knee", year=2016, standard="C")


@rule(
    "IMR413",
    "year-in-text-conflict",
    "warning",
    why="Readers cannot tell which version of the guideline decided.",
    source="8 CCR 9792.21.1(d)(3)",
    fires={
        "citations": (_ACUPUNCTURE,),
        "rationale": "The MTUS 2009 Acupuncture Guidelines allow six sessions.",
    },
    passes={
        "citations": (_ACUPUNCTURE,),
        "rationale": "The MTUS 2007 Acupuncture Guidelines allow six sessions.",
    },
)
def year_in_text_conflict(context: CheckContext) -> Iterator[Hit]:
    """The rationale gives another year for an MTUS guideline than the citation of the item.

    Only a year that stands in the name of a guideline counts, and only if the same guideline is
    cited. A text that also names the cited year compares versions and is not reported. The day on
    which a guideline took effect, and quotations, do not count.
    """
    for item in context.reading.items:
        for dated in item.rationale.dated_guidelines:
            cited = _same_guideline(item.item, dated)
            years = {citation.year for _, citation in cited}
            if not cited or years & {each.year for each in item.rationale.dated_guidelines}:
                continue
            cites = listed(sorted({str(year) for year in years}), "and")
            says = f"The text gives the year {dated.year}, the citation {cites}. Correct one."
            also = tuple((Place(f"citations[{at}]", item.index), None) for at, _ in cited)
            yield Hit(item.rationale.place, says, dated.span, also=also)


def _same_guideline(item: Item, dated: DatedGuideline) -> list[tuple[int, Citation]]:
    """The citations, with a year, of the guideline that the text names, and their places."""
    named = {chapter.name for chapter in chapters.named(dated.topic, "mtus")}
    return [
        (at, citation)
        for at, citation in enumerate(item.citations)
        if citation.is_mtus and citation.year is not None and named & _names(citation)
    ]


def _names(citation: Citation) -> set[str]:
    return {each.name for each in chapters.named(citation.title or words(citation), "mtus")}


@rule(
    "IMR414",
    "silent-but-cited",
    "warning",
    why="The MTUS cannot be silent on a request that it decides.",
    source="8 CCR 9792.21(d), 9792.21.1",
    fires={
        "citations": (_ACUPUNCTURE,),
        "rationale": "The MTUS is silent. The request is not medically necessary.",
    },
    passes={
        "citations": (_ODG,),
        "rationale": "The MTUS is silent. The request is not medically necessary.",
    },
)
def silent_but_cited(context: CheckContext) -> Iterator[Hit]:
    """The rationale says that the MTUS is silent, but the item cites only the MTUS.

    A statement about something narrower than the request ("silent on the frequency") is not
    reported. An item that also cites another source is not reported, because its MTUS chapter may
    have been cited for another point. Citations of general approaches and of the search sequence do
    not count.
    """
    for item in context.reading.items:
        cited = [
            (at, citation)
            for at, citation in enumerate(item.item.citations)
            if not citation.is_blank()
        ]
        if not cited or not all(citation.is_mtus for _, citation in cited):
            continue
        if all(_is_general(citation) for _, citation in cited):
            continue
        requested = _names_of(item)
        silences = (each for each in item.rationale.mtus_silences if each.about <= requested)
        for silence in list(silences)[:1]:
            says = "The MTUS is said to be silent, but the item cites it. Correct one of the two."
            also = tuple((Place(f"citations[{at}]", item.index), None) for at, _ in cited)
            yield Hit(item.rationale.place, says, silence.span, also=also)


def _names_of(item: ItemReading) -> frozenset[str]:
    """The significant words of the request, with the other names of its drugs."""
    generics = (mention.drug.generic for mention in item.request.drugs)
    return significant(item.request.text).union(*map(significant, generics))


_GENERAL = ("general approach", "initial approach", "evidence", "definition", "formulary")


def _is_general(citation: Citation) -> bool:
    title = (citation.title or citation.text).casefold()
    return any(word in title for word in _GENERAL)
