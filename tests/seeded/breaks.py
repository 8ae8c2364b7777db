"""What goes wrong in a determination, each as a change of a case."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from imr_tui.model.case import Case, Item
from imr_tui.model.evidence import Citation

FORMS = ("{m}/{d}/{y}", "{m:02}/{d:02}/{y}", "{m}-{d}-{y}", "{m:02}-{d:02}-{y}", "{M} {d}, {y}")
SHORT = ("{m}-{d}-{s:02}", "{m:02}-{d:02}-{s:02}", "{m}/{d}/{s:02}", "{m:02}/{d:02}/{s:02}")
"""How letters write a day, the year in full or in two digits."""
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
REGIONS = {
    "lumbar": "cervical",
    "low back": "neck",
    "cervical": "lumbar",
    "neck": "low back",
    "knee": "shoulder",
    "shoulder": "knee",
    "wrist": "ankle",
    "hand": "foot",
    "ankle": "wrist",
    "elbow": "knee",
}
LEVELS = {"L4-5": "L1-2", "L4-L5": "L1-L2", "L5-S1": "L1-L2", "C5-6": "C2-3", "C4-5": "C2-3"}
PRONOUNS = {"he": "she", "she": "he", "his": "her", "her": "his", "him": "her"}
SEXES = ("male", "man", "gentleman", "female", "woman", "lady")


def written(day: date) -> Iterator[str]:
    """A day in every form."""
    for form in (*FORMS, *SHORT):
        yield form.format(
            m=day.month, d=day.day, y=day.year, s=day.year % 100, M=MONTHS[day.month - 1]
        )


def redated(case: Case, day: date | None, other: Callable[[date], date]) -> Case | None:
    """The first mention of a day in the summary, as another day in the same form."""
    if day is None:
        return None
    text = case.summary.text
    for old, new in zip(written(day), written(other(day)), strict=True):
        if re.search(rf"(?<!\d){re.escape(old)}(?!\d)", text):
            return with_summary(case, text.replace(old, new, 1))
    return None


def injured(case: Case, other: Callable[[date], date]) -> Case | None:
    return redated(case, case.particulars.date_of_injury, other)


def reviewed(case: Case, other: Callable[[date], date]) -> Case | None:
    return redated(case, case.particulars.ur_decision_date, other)


def with_summary(case: Case, text: str) -> Case:
    return case.but(summary=case.summary.but(text=text))


def with_item(case: Case, index: int, **changes: object) -> Case:
    items = list(case.items)
    items[index] = items[index].but(**changes)
    return case.but(items=tuple(items))


def swapped(text: str, words: dict[str, str]) -> str:
    """`text` with words in the place of others, in the same case."""
    pattern = rf"\b(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})\b"

    def other(match: re.Match[str]) -> str:
        word = words.get(match[0]) or words[match[0].lower()]
        return word.capitalize() if match[0][0].isupper() and word[0].islower() else word

    return re.sub(pattern, other, text, flags=re.IGNORECASE)


def another_year(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28))


def another_month(day: date) -> date:
    return day.replace(month=day.month % 12 + 1, day=min(day.day, 28))


def another_week(day: date) -> date:
    return day + timedelta(days=6)


# ── The items ────────────────────────────────────────────────────────────────────────────


def in_rationale(case: Case, words: dict[str, str], *, of_request: bool = True) -> Case | None:
    """The first rationale in which a word of the request is swapped for another, all through."""
    for index, item in enumerate(case.items):
        for word in words:
            asked = re.search(rf"\b{re.escape(word)}\b", item.request, re.IGNORECASE)
            said = re.search(rf"\b{re.escape(word)}\b", item.rationale, re.IGNORECASE)
            if said and (asked or not of_request):
                text = swapped(item.rationale, {word: words[word]})
                return with_item(case, index, rationale=text)
    return None


def pasted_over(case: Case, other: Case) -> Case | None:
    """Another letter's rationale in the place of the first item's."""
    return with_item(case, 0, rationale=other.items[0].rationale)


def flipped(case: Case, index: int) -> Case | None:
    if index >= len(case.items):
        return None
    decision = "upheld" if case.items[index].decision == "overturned" else "overturned"
    return with_item(case, index, decision=decision)


def pronouns(case: Case) -> Case | None:
    """Every pronoun of the summary behind its first sentence is of the other sex."""
    first, dot, rest = case.summary.text.partition(". ")
    stated = re.search(rf"\b(?:{'|'.join(SEXES)})\b", first)
    if stated is None or '"' in rest or not re.search(r"(?:^|\. )(?:He|She|His|Her)\b", rest):
        return None
    return with_summary(case, first + dot + swapped(rest, PRONOUNS))


def aged(case: Case) -> Case | None:
    """A rationale gives the worker another age."""
    match = re.search(r"\b(\d\d)([ -]year[ -]old) ((?:fe)?male|man|woman)\b", case.summary.text)
    if match is None:
        return None
    years = int(match[1]) + (20 if int(match[1]) < 50 else -20)
    said = f"This {years}{match[2]} {match[3]} has been treated before. "
    return with_item(case, 0, rationale=said + case.items[0].rationale)


def counted(case: Case) -> Case | None:
    """The conclusion names another number than the item, which names one."""
    for index, item in enumerate(case.items):
        if match := re.search(r"#(\d+)", item.request):
            return concluded(case, index, item, f"#{int(match[1]) + 30}", item.request, match[0])
        if match := re.search(r"\b(\d+) (sessions|visits)\b", item.request):
            more = f"{int(match[1]) + 5} {match[2]}"
            return concluded(case, index, item, more, item.request, match[0])
    return None


def concluded(case: Case, index: int, item: Item, new: str, request: str, old: str) -> Case:
    """The rationale with a conclusion of its own on the request with another amount."""
    body = re.split(r"(?<=\.) (?=[^.]*medically necessary)", item.rationale)[0]
    negative = "not " if item.decision == "upheld" else ""
    said = f"The request for {request.replace(old, new)} is {negative}medically necessary."
    return with_item(case, index, rationale=f"{body} {said}")


def with_words(case: Case, words: str) -> Case | None:
    return with_item(case, 0, rationale=f"{words} {case.items[0].rationale}")


def modified_wrongly(case: Case) -> Case | None:
    for index, item in enumerate(case.items):
        match = re.search(r"\d+(?= (?:sessions|visits|treatments))|(?<=#)\d+", item.request)
        if item.is_modified and match:
            text = item.request[: match.start()] + str(int(match[0]) + 7)
            return with_item(case, index, request=text + item.request[match.end() :])
    return None


def without_amount(case: Case) -> Case | None:
    for index, item in enumerate(case.items):
        text = re.sub(r",? ?#\d+\b.*", "", item.request)
        if text != item.request and not item.is_modified:
            return with_item(case, index, request=text, decision="overturned")
    return None


def uncited(case: Case) -> Case | None:
    return with_item(case, 0, citations=()) if case.items[0].citations else None


def cites(case: Case, citation: Citation) -> Case | None:
    return with_item(case, 0, citations=(*case.items[0].citations, citation))


def cites_late(case: Case, citation: Citation) -> Case | None:
    """Cited where the decision came after the edition had gone out of force."""
    decided = case.particulars.decision_date or date.min
    return cites(case, citation) if decided > date(2016, 8, 1) else None


def misspelled(case: Case) -> Case | None:
    return case.but(reviewer=case.reviewer.but(specialties=("Sports Medicinea",)))


def dated(case: Case, **days: date) -> Case | None:
    return case.but(particulars=case.particulars.but(**days))


def undone(case: Case, pattern: str) -> Case | None:
    """The summary without the sentences that hold a word."""
    kept = re.split(r"(?<=\.) ", case.summary.text)
    left = " ".join(each for each in kept if not re.search(pattern, each, re.IGNORECASE))
    return with_summary(case, left) if left and left != case.summary.text else None


GENERIC = (
    "Imaging is an option when red flags are present and conservative care has failed for several "
    "weeks. Guidelines differ in detail. The request is {}medically necessary."
)


def generic(case: Case) -> Case | None:
    text = GENERIC.format("not " if case.items[0].decision == "upheld" else "")
    return with_item(case, 0, rationale=text)


def unconcluded(case: Case) -> Case | None:
    kept = re.split(r"(?<=\.) ", case.items[0].rationale)
    words = r"necess|support|warrant|indicat|appropriate|approv|reasonable|criteria|met\b|denied"
    left = " ".join(each for each in kept if not re.search(words, each, re.IGNORECASE))
    return with_item(case, 0, rationale=left) if left.strip() else None
