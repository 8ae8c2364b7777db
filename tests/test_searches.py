"""Searches that reviewers type, each with the guideline that has to come first, at two dates."""

from datetime import date

from imr_tui.catalogue.catalogue import shipped
from imr_tui.catalogue.search import Hit, index
from tests.rows import each_row

THEN = date(2014, 12, 8)
NOW = date(2022, 3, 1)
CPMTG = "mtus-2009-chronicpain"
NECK, SHOULDER, ELBOW = "mtus-2009-neck", "mtus-2009-shoulder", "mtus-2009-elbow"
HAND, LOWBACK, KNEE = "mtus-2009-hand", "mtus-2009-lowback", "mtus-2009-knee"
ANKLE, STRESS, EYE = "mtus-2009-ankle", "mtus-2009-stress", "mtus-2009-eye"

# What is typed, what comes first in 2014, what comes first in 2022.
FIRST = [
    ("chronic pain", CPMTG, "mtus-2017-chronicpain"),
    ("chronic pain 2009", CPMTG, CPMTG),
    ("pain chronic", CPMTG, "mtus-2017-chronicpain"),
    ("chron pai", CPMTG, "mtus-2017-chronicpain"),
    ("cpmtg", CPMTG, CPMTG),
    ("9792.24.2", CPMTG, "mtus-2017-chronicpain"),
    ("24.2", CPMTG, "mtus-2017-chronicpain"),
    ("chronic pain 2016", "mtus-2016-chronicpain", "mtus-2016-chronicpain"),
    ("low back", LOWBACK, "mtus-2021-lowback"),
    ("lowback", LOWBACK, "mtus-2021-lowback"),
    ("back low", LOWBACK, "mtus-2021-lowback"),
    ("low back acoem", LOWBACK, "mtus-2021-lowback"),
    ("low back 2004", LOWBACK, LOWBACK),
    ("LBP", LOWBACK, "mtus-2021-lowback"),
    ("lumbar", LOWBACK, "mtus-2021-lowback"),
    ("9792.23.5", LOWBACK, "mtus-2021-lowback"),
    ("acoem ch. 12", LOWBACK, LOWBACK),
    ("acoem chapter 12", LOWBACK, LOWBACK),
    ("neck", NECK, "mtus-2019-cervical"),
    ("cervical", NECK, "mtus-2019-cervical"),
    ("cervcal", NECK, "mtus-2019-cervical"),
    ("upper back neck", NECK, "mtus-2019-cervical"),
    ("shoulder", SHOULDER, "mtus-2017-shoulder"),
    ("rotator cuff", SHOULDER, "mtus-2017-shoulder"),
    ("shoudler", SHOULDER, "mtus-2017-shoulder"),
    ("elbow", ELBOW, "mtus-2019-elbow"),
    ("epicondylitis", ELBOW, "mtus-2019-elbow"),
    ("carpal tunnel", HAND, "mtus-2019-hand"),
    ("cts", HAND, "mtus-2019-hand"),
    ("wrist hand", HAND, "mtus-2019-hand"),
    ("knee", KNEE, "mtus-2020-knee"),
    ("meniscus", KNEE, "mtus-2020-knee"),
    ("knees", KNEE, "mtus-2020-knee"),
    ("ankle", ANKLE, "mtus-2019-ankle"),
    ("foot", ANKLE, "mtus-2019-ankle"),
    ("stress", STRESS, "mtus-2019-ptsd"),
    ("eye", EYE, "mtus-2017-eye"),
    ("acupuncture", "mtus-2009-acupuncture", "mtus-2009-acupuncture"),
    ("accupunture", "mtus-2009-acupuncture", "mtus-2009-acupuncture"),
    ("postsurgical", "mtus-2009-postsurgical", "mtus-2009-postsurgical"),
    ("post-surgical", "mtus-2009-postsurgical", "mtus-2009-postsurgical"),
    ("esi", CPMTG, "mtus-2021-lowback"),
    ("opioids", CPMTG, "mtus-2017-opioids"),
    ("opiods", CPMTG, "mtus-2017-opioids"),
    ("nsaid", CPMTG, "mtus-2017-chronicpain"),
    ("tens", CPMTG, "mtus-2017-chronicpain"),
    ("massage", CPMTG, "mtus-2017-initial"),
    ("flexeril", CPMTG, "mtus-2016-chronicpain"),
    ("pm&r", CPMTG, "mtus-2016-chronicpain"),
    ("odg neck", "odg-neck", "odg-neck"),
    ("neck odg", "odg-neck", "odg-neck"),
    ("odg low back", "odg-lowback", "odg-lowback"),
    ("odg pain", "odg-pain", "odg-pain"),
    ("odg knee", "odg-knee", "odg-knee"),
    ("odg mental", "odg-mental", "odg-mental"),
    ("fce", "mtus-2009-general-disability", "odg-fitness"),
    ("ptsd", "odg-mental", "mtus-2019-ptsd"),
    ("covid", "mtus-2021-covid", "mtus-2021-covid"),
    ("formulary", "odg-formulary", "mtus-formulary"),
    ("search sequence", "mtus-rule-21-1", "mtus-rule-21-1"),
]
# The same, for what has to be among the first three.
AMONG_THREE = [
    ("pt", CPMTG, "mtus-2017-initial"),
    ("pain", CPMTG, "mtus-2017-chronicpain"),
    ("mri lumbar", LOWBACK, "mtus-2021-lowback"),
    ("mri knee", KNEE, "mtus-2020-knee"),
    ("cdc opioids", "other-cdc-opioids-2016", "other-cdc-opioids-2016"),
    ("urine drug", CPMTG, "mtus-2017-opioids"),
    ("weaning", CPMTG, "mtus-2017-opioids"),
    ("hernia", "odg-hernia", "odg-hernia"),
    ("hip", "odg-hip", "mtus-2019-hip"),
    ("general approaches", "mtus-2009-general-prevention", "mtus-2017-initial"),
]


def ids(hits: list[Hit]) -> list[str]:
    """What was found, each guideline once."""
    return list(dict.fromkeys(hit.guideline.id for hit in hits))


def rows(table: list[tuple[str, str, str]]) -> list[tuple[str, date, str]]:
    return [
        (typed, on, wanted)
        for typed, *both in table
        for on, wanted in zip((THEN, NOW), both, strict=True)
    ]


def test_there_are_sixty_searches() -> None:
    typed = {words for words, *_ in FIRST + AMONG_THREE}
    assert len(typed) == len(FIRST) + len(AMONG_THREE) >= 60


@each_row(("typed", "on", "wanted"), rows(FIRST))
def test_it_comes_first(typed: str, on: date, wanted: str) -> None:
    assert ids(index(shipped()).search(typed, on))[0] == wanted


@each_row(("typed", "on", "wanted"), rows(AMONG_THREE))
def test_it_is_among_the_first_three(typed: str, on: date, wanted: str) -> None:
    assert wanted in ids(index(shipped()).search(typed, on))[:3]


def test_what_was_cited_lately_comes_before_its_equals() -> None:
    found = index(shipped()).search("odg", THEN, recent=("odg-shoulder", "odg-knee"))
    assert ids(found)[:2] == ["odg-shoulder", "odg-knee"]


def test_what_was_in_force_comes_before_what_was_cited_lately() -> None:
    found = index(shipped()).search("chronic pain", THEN, recent=("mtus-2016-chronicpain",))
    assert ids(found)[0] == CPMTG


def test_without_words_what_was_cited_lately_comes_first() -> None:
    found = index(shipped()).search("", THEN, recent=("odg-knee", "gone", LOWBACK))
    assert ids(found)[:2] == ["odg-knee", LOWBACK]
