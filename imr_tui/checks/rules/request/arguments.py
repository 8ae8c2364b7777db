"""IMR328: reasons that concern another treatment than the disputed one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.checks.rules.decision.foreign_matters import sentences_on_foreign_matters
from imr_tui.checks.rules.request.kin_reasons import hit_of, nerve_criterion, other_therapy
from imr_tui.checks.rules.request.repeated_reasons import repeated_reason
from imr_tui.checks.rules.request.requests import depends_on_operation
from imr_tui.domain.workflow import Place
from imr_tui.reading.body import anatomy
from imr_tui.reading.language.patterns import LazyPattern, lowered
from imr_tui.reading.treatments import criteria, results, services, treatment_kinds
from imr_tui.reading.treatments.services import Service, service

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import ItemReading
    from imr_tui.checks.context import CheckContext

# Utilization review, and what the decision would be elsewhere, are not the reviewer's criteria.
_REPORTED = LazyPattern(
    r"\b(?:claims administrator|utilization review|ur|unlike|in contrast|rather than|instead of"
    r"|alternatives? (?:are|is|include\w*|such)|such as|e\.g\.|other than"
    r"|(?:do|does) not apply|(?:not|in)applicable|(?:it|which|they|these) (?:was|were|has been"
    r"|have been) (?:already )?(?:certified|authorized|approved))\b"
)
_BROAD = frozenset(
    [
        *("consultation", "drug", "equipment", "hospital care", "image guidance", "imaging"),
        *("injection", "psychological treatment", "surgery", "therapeutic exercise", "visit"),
    ]
)
"""Kinds that the criteria for other treatments name as well."""
_REGION = "another region"


@rule(
    "IMR328",
    "argued-as-another-item",
    "warning",
    why="Reasons for another treatment do not decide the disputed one.",
    source="Labor Code 4610.6(c), (h)(5)",
    fires={
        "request": "EMG of the left arm",
        "rationale": "The ultrasound testing in question was ordered without a diagnosis. The "
        "request is not medically necessary.",
    },
    passes={
        "request": "EMG of the left arm",
        "rationale": "The EMG in question was ordered after an ultrasound had been normal. The "
        "request is not medically necessary.",
    },
)
def argued_as_another_item(context: CheckContext) -> Iterator[Hit]:
    """The criteria, a finding or a reason in a rationale concern another treatment or drug.

    The rule reads criteria ("criteria for X", "X is recommended when"), claims that they are met,
    and opinions ("X is not recommended"). It also reads "the X in question", the results of
    studies, and the drugs that the worker takes. It compares them with the request and with the
    rest of the letter.

    It ignores criteria if any criteria concern the request itself, and sentences that name the
    requested treatment too, because these compare alternatives. The criteria for an operation also
    serve to decide on its aids, those of TENS on an H-wave unit, and any on a consultation.

    A reason that also stands under an unrelated item, and a sentence about a matter that the letter
    mentions nowhere else, are reported as info.
    """
    letter = _Letter(context)
    for read in context.reading.items:
        if read.rationale.text.strip() and read.request.text.strip():
            yield from letter.hits(read)
    yield from sentences_on_foreign_matters(context)


@dataclass(frozen=True)
class _Letter:
    """A letter, with what its other parts mention."""

    context: CheckContext

    @cached_property
    def requests(self) -> tuple[Service, ...]:
        """The requested services, by item."""
        return tuple(service(f"{item.request} {item.original}") for item in self.context.items)

    @cached_property
    def summary(self) -> Service:
        """What the summary names."""
        return service(self.context.summary)

    @cached_property
    def regions(self) -> frozenset[str]:
        """Regions of the requests and the summary."""
        return self.summary.regions.union(*(each.regions for each in self.requests))

    def hits(self, read: ItemReading) -> Iterator[Hit]:
        """At most one hit of an item: the first of its reasons that concerns something else."""
        own = self.requests[read.index]
        detectors = (
            self._criteria,
            self._rated,
            nerve_criterion,
            self._foreseen,
            self._result,
            self._drug,
            self._repeated,
            other_therapy,
        )
        for detector in detectors:
            for hit in detector(read, own):
                yield hit
                return

    def _criteria(self, read: ItemReading, own: Service) -> Iterator[Hit]:
        """Criteria for something else, or something else called the disputed treatment."""
        argued = criteria.argued(read.rationale.text)
        is_aid = depends_on_operation(read.item)
        others = [(named, what) for named in argued if (what := self._another(own, named, is_aid))]
        if not others:
            return
        has_own = any(
            services.is_named(own, _specific(own, service(named.sentence.text)))
            for named in argued
            if not named.is_chapter
        )
        for named, what in others:
            if named.is_disputed:
                if not (service(named.words).is_operation and depends_on_operation(read.item)):
                    says = f"This calls {what} the disputed treatment"
                    yield hit_of(read, named.sentence.span, says)
            elif not has_own or named.is_met or what.startswith(_REGION):
                yield hit_of(read, named.sentence.span, f"These are criteria for {what}")

    def _another(self, own: Service, named: criteria.Named, is_aid: bool) -> str:
        """The treatment or region that the words name instead of the request's; or blank.

        `is_aid` tells whether the request depends on an operation.
        """
        sentence = lowered(named.sentence.text)
        about = service(named.words)
        if _REPORTED.search(sentence):
            return ""
        if named.is_chapter:
            return self._other_region(own, anatomy.names(named.words))
        whole = service(named.sentence.text)
        if not about.kinds <= _BROAD or about.drugs:
            what = services.other_treatment(own, about)
            serves = not (named.is_disputed or named.is_met) and _serves(own, about)
            serves = serves or (named.is_met and (is_aid or own.kinds == {"consultation"}))
            if what and not serves and not services.is_named(own, _specific(own, whole)):
                return what
        return self._other_region(own, about.regions)

    def _other_region(self, own: Service, regions: frozenset[str]) -> str:
        """A region that neither the request nor the summary is about."""
        if not regions or not own.regions or regions & self.regions:
            return ""
        if anatomy.any_related(regions, own.regions):
            return ""
        return f"{_REGION} ({min(regions)})"

    def _rated(self, read: ItemReading, own: Service) -> Iterator[Hit]:
        """An opinion on a treatment that the letter mentions nowhere else."""
        for named in criteria.rated(read.rationale.text):
            about = service(named.words)
            if _REPORTED.search(lowered(named.sentence.text)) or _serves(own, about):
                continue
            if services.is_named(own, service(named.sentence.text)) or not self._is_unknown(about):
                continue
            if what := services.other_treatment(own, about):
                yield hit_of(read, named.sentence.span, f"This sentence is about {what}")

    def _is_unknown(self, about: Service) -> bool:
        """Whether it is one specific treatment that neither summary nor requests mention."""
        if about.drugs:
            known = (self.summary, *self.requests)
            return len(about.drugs) == 1 and not any(
                services.shares_drug(each, about) for each in known
            )
        return len(about.head) == 1 and not about.head <= _BROAD and self._is_new(about.head)

    def _foreseen(self, read: ItemReading, own: Service) -> Iterator[Hit]:
        """What a study would show, if nothing but this sentence mentions the study."""
        for named in criteria.foreseen(read.rationale.text):
            about = service(named.words)
            if about.head and not about.head <= _BROAD and self._is_new(about.head):
                what = services.other_treatment(own, about)
                if what and not services.is_named(own, service(named.sentence.text)):
                    yield hit_of(read, named.sentence.span, f"This says what {what} would show")

    def _result(self, read: ItemReading, own: Service) -> Iterator[Hit]:
        """The result of a study that the letter mentions nowhere else."""
        for kind, span in results.studies_with_result(read.rationale.text):
            kinds = frozenset((kind,))
            is_new = self._is_new(kinds) and not treatment_kinds.any_related(kinds, own.kinds)
            if is_new and any(map(results.is_study, self.summary.kinds)):
                says = f"The summary does not mention the study whose result this gives ({kind})"
                yield hit_of(read, span, says, Place("summary.text"))

    def _drug(self, read: ItemReading, own: Service) -> Iterator[Hit]:
        """A drug that the worker is said to take, and the letter mentions nowhere else."""
        for drug, span in results.drugs_taken(read.rationale.text):
            taken = service(drug.generic)
            known = (self.summary, *self.requests)
            if self.summary.drugs and not any(services.shares_drug(each, taken) for each in known):
                says = f"The summary does not mention that the worker has had {drug.generic}"
                yield hit_of(read, span, says, Place("summary.text"))

    def _repeated(self, read: ItemReading, own: Service) -> Iterator[Hit]:
        return repeated_reason(self.context.reading.items, self.requests, read)

    def _is_new(self, kinds: frozenset[str]) -> bool:
        """Whether neither the summary nor a request mentions any of the kinds."""
        known = self.summary.kinds.union(*(each.kinds for each in self.requests))
        return not treatment_kinds.any_related(kinds, known)


def _specific(own: Service, whole: Service) -> Service:
    """A sentence without "imaging", which criteria for other treatments name as evidence."""
    return whole if "imaging" in own.kinds else whole._replace(kinds=whole.kinds - {"imaging"})


def _serves(own: Service, about: Service) -> bool:
    """Whether criteria for `about` may decide on `own`, as those of an operation on its aids."""
    if about.is_operation and not own.is_operation:
        return True
    return own.kinds == {"consultation"} or treatment_kinds.any_argued_together(
        own.kinds, about.kinds
    )
