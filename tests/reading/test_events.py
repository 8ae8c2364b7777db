"""Which day is the injury's, which the utilization review's, and which neither's."""

from collections.abc import Callable
from datetime import date

import pytest

from imr_tui.reading.dates.dates import DateMention
from imr_tui.reading.dates.injury_dates import injury_dates
from imr_tui.reading.dates.review_dates import review_dates
from tests.rows import each_row

DAY = date(2016, 10, 18)
FORMS = ["10/18/2016", "10-18-16", "October 18, 2016"]
"""Each sentence is read with each of these in the place of {}."""

INJURY = [
    "The injured worker, a 48 year old roofer, sustained an industrial injury on {}.",
    "A 34-year-old man who filed a claim for neck pain associated with an injury at work of {}.",
    "A 52-year-old cook has neck pain and an occupational claim from {}.",
    "The patient is a 61 year old woman with a date of injury of {}.",
    "The patient is a 61 year old woman with a date of injury on {}.",
    "The patient is a 61 year old woman with a {} date of injury.",
    "The patient is a 61 year old woman whose date of injury is {}.",
    "The date of injury was {}.",
    "The date of injury is listed as {}.",
    "Date of Injury: {}",
    "Date of injury (DOI): {}",
    "The date of the injury is {}.",
    "DOI: {}",
    "DOI {}",
    "A knee sprain (DOI: {}) is treated.",
    "D.O.I. {}",
    "Injury date: {}",
    "He has an injury date of {}.",
    "He sustained an industrial-work injury on {}.",
    "He sustained a work-related injury on {}.",
    "He sustained a work related injury on {}.",
    "He sustained a work injury dated {}.",
    "He sustained a low back injury on {}.",
    "He sustained injuries to the neck and the low back on {}.",
    "He sustained an injury to his right knee on {}.",
    "He sustained an industrial injury to the left shoulder on {}, while lifting a box.",
    "He sustained a crush injury on {}.",
    "He sustained an injury at work on {}.",
    "He suffered an industrial injury on {} when he slipped on a wet floor.",
    "He suffered a work-related injury to the hand on {}.",
    "He incurred an industrial injury on {}.",
    "He had an industrial injury on {}.",
    "He has a work-related injury of {}.",
    "He reported a work injury on {}.",
    "He was injured on {}.",
    "He was injured at work on {}.",
    "He was injured on the job on {}.",
    "He injured his low back on {} while he lifted a patient.",
    "He injured his right wrist at work on {}.",
    "He injured himself on {}.",
    "He hurt his back at work on {}.",
    "He fell at work on {}.",
    "He fell from a ladder at work on {} and was taken to a hospital.",
    "He was struck by a falling pallet on {}.",
    "The injury occurred on {}, when a ladder slid.",
    "The industrial injury occurred on {}.",
    "The accident happened on {}.",
    "He is treated for an industrial injury which occurred on {}.",
    "He had an industrial accident on {}.",
    "A work accident on {} is described.",
    "As a result of the industrial injury of {}, he has neck pain.",
    "Due to the {} industrial injury he has neck pain.",
    "On {}, the injured worker sustained an industrial injury.",
    "On {}, the applicant was injured at work.",
    "On {} he sustained an injury to the knee.",
    "On or about {}, the claimant sustained an injury.",
    "He alleges an injury of {}.",
    "He sustained\nan industrial injury\non {}.",
]
NOT_INJURY = [
    "He was seen on {} for an industrial injury.",
    "On {}, the injured worker complained of neck pain.",
    "On {}, the injured worker was seen.",
    "The injured worker was evaluated on {}.",
    "The injured worker underwent arthroscopy on {}.",
    "An MRI of the injured knee on {} showed a tear.",
    "He had a prior industrial injury on {}.",
    "He had a previous injury to the same knee on {}.",
    "He had another work injury on {}.",
    "He had a subsequent injury on {}.",
    "He sustained a new injury on {}.",
    "He had a non-industrial injury on {}.",
    "He re-injured his knee on {}.",
    "The Doctor's First Report of Occupational Injury of {} lists a sprain.",
    "The Doctor's First Report of Occupational Injury dated {} lists a sprain.",
    "He reported the injury to his employer on {}.",
    "The injury was reported on {}.",
    "The claim was accepted on {}.",
    "The claim form was filed on {}.",
    "Surgery for the injury was done on {}.",
    "He returned to work on {} after the injury.",
    "The report of {} describes the injury.",
    "A progress report dated {} is on file.",
    "Treatment began on {}, two weeks after the accident.",
    "Utilization review denied the request on {}.",
    "The Request for Authorization dated {} lists the injury.",
    "The x-ray of {} was taken after the fall.",
    "He was released to full duty on {}.",
]
REVIEW = [
    "In a utilization review report dated {}, the claims administrator failed to approve an MRI.",
    "In a Utilization Review Report dated {}, Norco was denied.",
    "On {}, utilization review non-certified the request for an MRI.",
    "On {} Utilization Review non-certified the request.",
    "On {}, Utilization Review modified the request for Norco.",
    "On {}, UR denied the request.",
    "On {}, the UR physician denied the request.",
    "On {}, the claims administrator denied the request.",
    "On {}, the claims administrator non-certified the request.",
    "The Utilization Review dated {} non-certified the MRI.",
    "The Utilization Review documentation dated {} non-certified the MRI.",
    "The Utilization Review on {} non-certified the MRI.",
    "The Utilization Review of {} non-certified the MRI.",
    "The Utilization Review (dated {}) non-certified the MRI.",
    "The original utilization review ({}) denied the MRI.",
    "The UR dated {} non-certified the MRI.",
    "The UR (utilization review) denied certification on {}.",
    "The UR determination dated {} denied the MRI.",
    "The UR decision of {} denied the MRI.",
    "The UR report of {} denied the MRI.",
    "The utilization review determination on {} denied the MRI.",
    "The utilization review letter dated {} is on file.",
    "The utilization review performed on {} non-certified the MRI.",
    "The utilization review decision, dated {}, is on file.",
    "Per the utilization review of {}, red flags were absent.",
    "Per utilization review on {}, red flags were absent.",
    "The prior determination on {} denied the MRI.",
    "The prior determination dated {} denied the MRI.",
    "A prior review dated {} indicated that the MRI was non-certified.",
    "A prior denial was made on {} for acupuncture.",
    "A prior utilization review on {} partially certified the sessions.",
    "The previous denial of {} cites the ODG.",
    "The notice of denial dated {} is on file.",
    "The non-certification letter of {} is on file.",
    "An adverse determination was issued on {}.",
    "The request was non-certified by utilization review on {}.",
    "The request was denied by UR on {}.",
    "The request was modified by utilization review on {}.",
    "The request was denied by utilization review ({}).",
    "The request was non-certified on {} by utilization review.",
    "The request was denied by the claims administrator on {}.",
    "The request was previously denied on {}.",
    "The request was previously non-certified on {}.",
    "The request was non-certified on {}, for red flags were absent.",
    "Utilization review denied the MRI of the knee on {}.",
    "The claims administrator denied the request for an MRI on {}.",
    "The {} UR decision cites the ODG.",
    "UR denial date: {}",
    "On {}, the request for an MRI was denied by utilization review.",
    "The Utilization\nReview dated\n{} non-\ncertified the MRI.",
]
NOT_REVIEW = [
    "The Request for Authorization dated {} is for an MRI.",
    "The Request for Authorization was signed on {}.",
    "The Request for Authorization dated {} was denied.",
    "The request of {} was denied by utilization review.",
    "An RFA form received on {} was referenced in the determination.",
    "The claims administrator referenced a {} date of service in its determination.",
    "The claims administrator referenced a progress note of {} in its denial.",
    "The applicant's attorney appealed on {}.",
    "The applicant appealed the denial on {}.",
    "The progress note dated {} was read by utilization review.",
    "The injured worker denied numbness on {}.",
    "On {}, the injured worker denied new symptoms.",
    "On {}, the patient was seen for neck pain.",
    "The work was modified on {}.",
    "He returned to modified duty on {}.",
    "Modified duty began on {}.",
    "The injured worker sustained an industrial injury on {}.",
    "The initial evaluation on {} was normal.",
    "The initial examination of {} is on file.",
    "The x-ray of {} was reviewed.",
    "The records of {} were reviewed.",
    "The medical report dated {} was the ground of the denial.",
    "Previous therapy ended on {}.",
    "Physical therapy was approved on {}.",
    "The prior visit was on {}.",
]
BESIDE: list[tuple[str, Callable[[str], tuple[DateMention, ...]], bool]] = [
    (
        "On 11/18/2016 a request was received for therapy that was non-certified by Utilization "
        "Review on {}.",
        injury_dates,
        False,
    ),
    (
        "On 11/18/2016 a request was received for therapy that was non-certified by Utilization "
        "Review on {}.",
        review_dates,
        True,
    ),
    (
        "He was seen on 11/18/2016 for an industrial injury of {}, and has neck pain.",
        injury_dates,
        True,
    ),
    (
        "The Request for Authorization dated {} was non-certified by utilization review on "
        "11/18/2016.",
        review_dates,
        False,
    ),
]


@each_row("form", FORMS)
@each_row("words", INJURY)
def test_the_day_of_the_injury(words: str, form: str) -> None:
    text = words.format(form)
    (found,) = injury_dates(text)
    assert found.day == DAY
    assert text[slice(*found.span)] == form


@each_row("form", FORMS)
@each_row("words", NOT_INJURY)
def test_another_day_is_not_the_injurys(words: str, form: str) -> None:
    assert injury_dates(words.format(form)) == ()


@each_row("form", FORMS)
@each_row("words", REVIEW)
def test_the_day_of_the_review(words: str, form: str) -> None:
    text = words.format(form)
    (found,) = review_dates(text)
    assert found.day == DAY
    assert text[slice(*found.span)] == form


@each_row("form", FORMS)
@each_row("words", NOT_REVIEW)
def test_another_day_is_not_the_reviews(words: str, form: str) -> None:
    assert review_dates(words.format(form)) == ()


@pytest.mark.parametrize(("words", "days", "is_one"), BESIDE)
def test_a_day_beside_another(
    words: str, days: Callable[[str], tuple[DateMention, ...]], is_one: bool
) -> None:
    found = [each.day for each in days(words.format(FORMS[0]))]
    assert (DAY in found) is is_one
