"""The kinds of fault that are seeded, each with the rules that have to notice."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from imr_tui.model.case import Case
from imr_tui.model.evidence import Citation
from tests.seeded import REVIEWER, Kind, breaks
from tests.seeded.breaks import another_month, another_week, another_year, with_words

OLD = Citation(
    guideline="mtus-2009-chronicpain",
    title="Chronic Pain Medical Treatment",
    year=2009,
    sections=("Introduction",),
    standard="A",
)
BEYOND = OLD.but(title="Chronic Pain Treatment Guidelines", section="9792.24.2", pages="140")
WHOLE = OLD.but(sections=(), guideline="")
SLIDES = Citation(text="www.slideshare.net, Pain management for beginners, 2012")
SIDES = {"left": "right", "right": "left"}
ASKED = (
    r"request|recommend|ask|order|denied|certif|utili|propos|authoriz|appeal|modif|plan|determin"
    r"|\bUR\b|RFA"
)


KINDS = (
    Kind(
        "injury in another year",
        ("IMR301",),
        partial(breaks.injured, other=another_year),
    ),
    Kind(
        "injury in another month",
        ("IMR301", "IMR314"),
        partial(breaks.injured, other=another_month),
    ),
    Kind(
        "UR in another month",
        ("IMR302",),
        partial(breaks.reviewed, other=another_month),
    ),
    Kind(
        "UR some days later",
        ("IMR302",),
        partial(breaks.reviewed, other=another_week),
    ),
    Kind(
        "another region", ("IMR305", "IMR309"), partial(breaks.in_rationale, words=breaks.REGIONS)
    ),
    Kind("the other side", ("IMR308", "IMR305"), partial(breaks.in_rationale, words=SIDES)),
    Kind("another level", ("IMR307",), partial(breaks.in_rationale, words=breaks.LEVELS)),
    Kind("the other sex", ("IMR304",), breaks.pronouns),
    Kind("another age", ("IMR303",), breaks.aged),
    Kind("another amount", ("IMR311",), breaks.counted),
    Kind("the other decision", ("IMR201",), partial(breaks.flipped, index=0)),
    Kind("the other decision on item 2", ("IMR201",), partial(breaks.flipped, index=1)),
    Kind("a blank", ("IMR111",), partial(with_words, words="On [date] the worker was seen.")),
    Kind("a form", ("IMR111",), partial(with_words, words="The ___ was examined.")),
    Kind("a physician's name", ("IMR501",), partial(with_words, words="Dr. Sampleton agreed.")),
    Kind("a telephone number", ("IMR501",), partial(with_words, words="Call (555) 555-0100.")),
    Kind("the reviewer's name", ("IMR502",), partial(with_words, words=f"I, {REVIEWER}, agree.")),
    Kind("no conclusion", ("IMR202",), breaks.unconcluded),
    Kind("nothing of the worker", ("IMR203",), breaks.generic),
    Kind("a cure asked for", ("IMR207",), partial(with_words, words="It would not cure the pain.")),
    Kind("causation", ("IMR208",), partial(with_words, words="It is not industrially related.")),
    Kind("no request told", ("IMR109",), partial(breaks.undone, pattern=ASKED)),
    Kind("wrong arithmetic", ("IMR313",), breaks.modified_wrongly),
    Kind("no amount", ("IMR312",), breaks.without_amount),
    Kind("nothing cited", ("IMR401",), breaks.uncited),
    Kind(
        "an old edition",
        ("IMR403",),
        lambda case: (
            breaks.cites(case, OLD)
            if (case.particulars.decision_date or date.min) > date(2016, 8, 1)
            else None
        ),
    ),
    Kind("a page beyond", ("IMR404",), partial(breaks.cites, citation=BEYOND)),
    Kind("slides cited", ("IMR408",), partial(breaks.cites, citation=SLIDES)),
    Kind(
        "no section",
        ("IMR402",),
        partial(breaks.cites, citation=OLD.but(sections=(), guideline="")),
    ),
    Kind("injury after UR", ("IMR314",), partial(breaks.dated, date_of_injury=date(2030, 1, 1))),
    Kind(
        "a visit to come",
        ("IMR315",),
        partial(with_words, words="He was seen on 1/5/2031."),
    ),
    Kind(
        "a specialty misspelled",
        ("IMR503",),
        breaks.misspelled,
    ),
)
"""Every kind of fault that is seeded."""


def pasting(bases: dict[str, Case]) -> Iterator[tuple[str, Kind, Case]]:
    """Each determination with the first rationale of the one before it."""
    rules = tuple(f"IMR{number}" for number in (305, 309, 201, 303, 304, 307, 308, 311, 301, 302))
    kind = Kind("another letter's rationale", rules, lambda case: case)
    names = list(bases)
    for name, other in zip(names, names[-1:] + names[:-1], strict=True):
        if (case := breaks.pasted_over(bases[name], bases[other])) is not None:
            yield name, kind, case
