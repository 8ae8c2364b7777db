"""A case as the rules read it: each printed text, with everything that it mentions and where."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from imr_tui.domain.workflow import Place
from imr_tui.reading.amounts import quantities
from imr_tui.reading.body import anatomy, parts, sides
from imr_tui.reading.conclusions import necessity
from imr_tui.reading.dates import event_dates, injury_dates, review_dates
from imr_tui.reading.dates.dates import DateMention, dates as dates_in
from imr_tui.reading.dates.durations import Duration, durations
from imr_tui.reading.dates.impossible_dates import ImpossibleDate, impossible_dates
from imr_tui.reading.dates.injury_periods import Period, injury_periods
from imr_tui.reading.drugs import drug_spelling, drugs
from imr_tui.reading.findings import denials, findings, outcomes
from imr_tui.reading.guidelines import mtus
from imr_tui.reading.language.sentences import Sentence, sentence_at, sentences
from imr_tui.reading.treatments import treatment_kinds

if TYPE_CHECKING:
    from imr_tui.model.case import Case, Item


@dataclass(frozen=True)
class TextReading:
    """A text of the letter; each kind of mention is read once, when a rule first asks for it.

    The offsets of all mentions refer to `text`.
    """

    place: Place
    """The field that holds the text."""
    text: str
    """The text as the reviewer wrote it."""

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences."""
        return sentences(self.text)

    @cached_property
    def regions(self) -> tuple[anatomy.Region, ...]:
        """Body regions with their sides."""
        return anatomy.regions(self.text)

    @cached_property
    def signs(self) -> tuple[anatomy.Region, ...]:
        """Clinical tests, as the regions that they test."""
        return anatomy.signs(self.text)

    @cached_property
    def parts(self) -> tuple[parts.Part, ...]:
        """Fingers, toes, compartments and other parts of a region."""
        return parts.parts(self.text)

    @cached_property
    def sides(self) -> tuple[sides.SidedMention, ...]:
        """Sides, with the body regions that they belong to."""
        return sides.sides(self.text)

    @cached_property
    def levels(self) -> tuple[anatomy.Level, ...]:
        """Levels of the spine."""
        return anatomy.levels(self.text)

    @cached_property
    def regions_by_sentence(self) -> dict[int, Counter[str]]:
        """How often each sentence, by its offset, names a region, a test or a level of it."""
        found: dict[int, Counter[str]] = {}
        named = [(each.name, each.words[0]) for each in (*self.regions, *self.signs)]
        named += [(anatomy.spine(each), each.span[0]) for each in self.levels]
        for name, at in named:
            found.setdefault(sentence_at(self.text, at).start, Counter())[name] += 1
        return found

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        """All dates."""
        return dates_in(self.text)

    @cached_property
    def injury_dates(self) -> tuple[DateMention, ...]:
        """Dates given for the injury."""
        return injury_dates.injury_dates(self.text)

    @cached_property
    def review_dates(self) -> tuple[DateMention, ...]:
        """Dates given for the utilization review."""
        return review_dates.review_dates(self.text)

    @cached_property
    def injury_periods(self) -> tuple[Period, ...]:
        """Months, years and periods given for the injury."""
        return injury_periods(self.text)

    @cached_property
    def request_dates(self) -> tuple[DateMention, ...]:
        """Dates given for the request for authorization."""
        return event_dates.request_dates(self.text)

    @cached_property
    def visit_dates(self) -> tuple[DateMention, ...]:
        """Dates of visits, notes, reports and studies of the claim."""
        return event_dates.visit_dates(self.text)

    @cached_property
    def impossible_dates(self) -> tuple[ImpossibleDate, ...]:
        """Dates that do not exist."""
        return impossible_dates(self.text)

    @cached_property
    def durations(self) -> tuple[Duration, ...]:
        """How long treatment or complaints have lasted."""
        return durations(self.text)

    @cached_property
    def drugs(self) -> tuple[drugs.Mention, ...]:
        """Drugs, by generic name or brand."""
        return drugs.drugs(self.text)

    @cached_property
    def misspelled_drugs(self) -> tuple[drug_spelling.Misspelling, ...]:
        """Misspelled names of drugs."""
        return drug_spelling.misspelled_drugs(self.text)

    @cached_property
    def treatments(self) -> frozenset[str]:
        """Kinds of treatments and studies."""
        return treatment_kinds.kinds(self.text)

    @cached_property
    def dated_guidelines(self) -> tuple[mtus.DatedGuideline, ...]:
        """MTUS guidelines named with a year."""
        return mtus.dated_guidelines(self.text)

    @cached_property
    def mtus_silences(self) -> tuple[mtus.Silence, ...]:
        """Statements that the MTUS does not address something."""
        return mtus.silences(self.text)

    @cached_property
    def quantities(self) -> tuple[quantities.Quantity, ...]:
        """Numbers of pieces and sessions."""
        return quantities.quantities(self.text)

    @cached_property
    def conclusions(self) -> tuple[necessity.Conclusion, ...]:
        """Sentences that conclude on medical necessity."""
        return necessity.conclusions(self.text)

    @cached_property
    def statements(self) -> tuple[findings.Statement, ...]:
        """Findings, symptoms, treatments, studies and documents, stated or denied."""
        return findings.statements(self.text)

    @cached_property
    def denials(self) -> tuple[denials.Denial, ...]:
        """Claims that one of these is missing."""
        return denials.denials(self.text)

    @cached_property
    def outcomes(self) -> tuple[outcomes.Outcome, ...]:
        """Treatments that helped or did not, studies that were normal or not."""
        return outcomes.outcomes(self.text)


@dataclass(frozen=True)
class ItemReading:
    """The texts of a disputed item."""

    index: int
    """The 0-based item."""
    item: Item
    """The item as it is in the case."""

    def _text(self, field: str) -> TextReading:
        return TextReading(Place(field, self.index), getattr(self.item, field))

    @cached_property
    def request(self) -> TextReading:
        """The request in dispute; of a modified item, the part that was not authorized."""
        return self._text("request")

    @cached_property
    def original(self) -> TextReading:
        """The original request of an item that was modified; else blank."""
        return self._text("original")

    @cached_property
    def authorized(self) -> TextReading:
        """The authorized part of an item that was modified; else blank."""
        return self._text("authorized")

    @cached_property
    def rationale(self) -> TextReading:
        """The rationale."""
        return self._text("rationale")


class CaseReading:
    """The summary and the items of a case, read."""

    def __init__(self, case: Case) -> None:
        self.summary = TextReading(Place("summary.text"), case.summary.text)
        """The clinical case summary."""
        self.items = tuple(ItemReading(index, item) for index, item in enumerate(case.items))
        """The disputed items, in order."""

    @property
    def prose(self) -> tuple[TextReading, ...]:
        """The summary and the rationales, in letter order."""
        return self.summary, *(item.rationale for item in self.items)

    @cached_property
    def texts(self) -> tuple[TextReading, ...]:
        """All texts: the summary, and the parts and the rationale of each item."""
        parts = (
            (item.request, item.original, item.authorized, item.rationale) for item in self.items
        )
        return self.summary, *(text for each in parts for text in each)

    @cached_property
    def region_counts(self) -> Counter[str]:
        """How often the letter names each region, a test or a level of it."""
        return sum(
            (each for text in self.texts for each in text.regions_by_sentence.values()), Counter()
        )
