"""Cases from hypothesis: any half-finished state that the models allow, and complete ones."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, get_args

from hypothesis import settings, strategies as st

from imr_tui.model import limits
from imr_tui.model.case import Case, Copied, Item, Record, from_plain
from imr_tui.model.evidence import Citation, Weighing
from imr_tui.model.limits import ATTESTATIONS
from imr_tui.text.sanitize import clean
from imr_tui.text.transliteration import TRANSLITERATION

Plain = dict[str, Any]


def fewer(divisor: int) -> settings:
    """The settings for a test with many parameters: a part of the profile's examples for each."""
    return settings(max_examples=max(1, settings().max_examples // divisor))


NASTY = [
    *(
        "\x1b[31m",
        "\x1b]0;title\x07",
        "\r\n",
        "\r",
        "\n",
        "\n\n\n",
        "\v",
        "\f",
        "\t",
        "\x00",
        "\x7f",
    ),
    *('"', '"""', '""""', "'", "'''", "\\", "\\n", "\\u0041", "#", "=", "a = 1", "\n[items]\n"),
    *("\nschema = 2\n", "[/kg]", "[b]", "[[items]]", "{{ 7*7 }}", "{% raw %}", "{#", "漢字", "😀"),
    *("👩‍⚕️", "\u202e", "\u200b", "\u2028", "\u2029", "\x85", "\ufeff", "\ufffe", "\ue000", "\xa0"),
    *("é", "e\u0301", "µ", "½", "1½", "°F", "²", "ﬁ", "“", "—", "  ", " ", "x" * 120),
]
"""What a paste may hold: control, invisible and quoting characters, markup, templates."""

raw_texts = st.lists(st.sampled_from(NASTY) | st.text(max_size=6), max_size=6).map("".join)
"""Text as it is typed or pasted."""
texts = raw_texts.map(clean)
"""Text as it may be kept."""
printable = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x7E)
    | st.sampled_from([*TRANSLITERATION, "{", "\\", '"', "\n", "\t"]),
    max_size=80,
)
"""Text that the letter has a form for."""
words = printable.filter(str.strip)
"""The same, and not blank."""
dates = st.dates() | st.sampled_from([date.min, date.max, date(2014, 11, 5)])
"""Any day."""
zones = st.sampled_from([UTC, timezone(timedelta(hours=-8)), timezone(timedelta(minutes=345))])
moments = st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1), timezones=zones)
"""Any moment, in a zone that TOML can say."""
numbers = st.from_regex(r"[A-Za-z0-9](?:[A-Za-z0-9_-]|\.[A-Za-z0-9]){0,19}", fullmatch=True)
"""Any case number."""


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Plain]:
    """A table that has any of `fields`."""
    return st.fixed_dictionaries({}, optional=fields)


def one_of(literal: object) -> st.SearchStrategy[Any]:
    """Any value of a Literal."""
    return st.sampled_from(get_args(literal))


def rows(entries: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[list[Any]]:
    """A short list of `entries`."""
    return st.lists(entries, max_size=most)


_particulars = st.fixed_dictionaries(
    {"number": numbers},
    optional={
        "assignment": texts,
        "priority": one_of(limits.Priority),
        "diagnosis": texts,
        "specialty": texts,
        "date_of_injury": dates,
        "date_assigned": dates,
        "ur_decision_date": dates,
        "application_received": dates,
        "records_received": dates,
        "decision_date": dates,
    },
)
_parties = some(
    employee=texts,
    employer=texts,
    claims_administrator=texts,
    adjuster=texts,
    utilization_review_organization=texts,
    providers=rows(texts),
)
_records = st.fixed_dictionaries(
    {},
    optional={
        "kind": one_of(limits.RecordKind),
        "title": texts,
        "source": texts,
        "from": dates,
        "to": dates,
        "case": texts,
    },
)
_reviewer = some(
    licenses=rows(texts),
    specialties=rows(texts),
    attested=st.lists(st.sampled_from(list(ATTESTATIONS)), max_size=6),
    attested_at=moments,
)
_citations = some(
    guideline=texts,
    title=texts,
    section=texts,
    year=st.integers(1900, 2100),
    sections=rows(texts),
    pages=texts,
    standard=one_of(limits.Standard),
    text=texts,
    kind=one_of(limits.CitationKind),
    organization=texts,
    authors=texts,
    journal=texts,
    volume=texts,
)
_weighings = some(
    question=texts,
    column=one_of(limits.EvidenceColumn),
    administrator_study=texts,
    reviewer_study=texts,
    applicable=one_of(limits.Applicable),
    administrator_level=one_of(limits.EvidenceLevel),
    reviewer_level=one_of(limits.EvidenceLevel),
    applicability=texts,
    prevails=one_of(limits.Prevailing),
)
_copied = st.fixed_dictionaries(
    {
        "case": st.sampled_from(["CM26-0000001", "A.1"]),
        "item": st.integers(1, 3) | st.just(limits.MAX_ROWS),
        "sentences": rows(st.sampled_from(["0" * 12, "0123456789ab"]), 2),
        "at": moments,
    }
)
_items = some(
    request=texts,
    original=texts,
    authorized=texts,
    follows=st.integers(0, 4) | st.just(limits.MAX_ROWS),
    date_of_service=dates,
    decision=one_of(limits.Outcome),
    rationale=texts,
    administrator_citations=rows(_citations, 2),
    citations=rows(_citations, 2),
    uncited=texts,
    departure=one_of(limits.Departure),
    weighing=_weighings,
    copied=rows(_copied, 2),
)
_acknowledgement = st.fixed_dictionaries(
    {"reason": texts, "digest": st.sampled_from(["", "0" * 64]), "at": moments}
)
_rereview = st.fixed_dictionaries(
    {
        "case": st.sampled_from(["CM26-0000001", "A.1"]),
        "manifest": st.just("0123456789abcdef" * 4),
        "ordered": dates,
        "facts": texts,
    }
)
_cases = st.fixed_dictionaries(
    {"case": _particulars},
    optional={
        "parties": _parties,
        "records": rows(_records),
        "reviewer": _reviewer,
        "summary": some(text=texts),
        "items": rows(_items),
        "acknowledged": st.dictionaries(
            st.from_regex(r"IMR[1-6][0-9]{2}", fullmatch=True), _acknowledgement, max_size=2
        ),
        "rereview": _rereview,
    },
)


def cases() -> st.SearchStrategy[Case]:
    """Any case that a file may hold."""
    return _cases.map(from_plain)


def citations() -> st.SearchStrategy[Citation]:
    """Any citation."""
    return _citations.map(Citation.model_validate)


def weighings() -> st.SearchStrategy[Weighing]:
    """Any weighing, a blank one too."""
    return _weighings.map(Weighing.model_validate)


def copied() -> st.SearchStrategy[Copied]:
    """Any rationale that was copied."""
    return _copied.map(Copied.model_validate)


def items() -> st.SearchStrategy[Item]:
    """Any item."""
    return _items.map(Item.model_validate)


def records() -> st.SearchStrategy[Record]:
    """Any document."""
    return _records.map(lambda plain: Record.model_validate(plain, by_alias=True))


_printable_citations = some(
    title=printable,
    section=printable,
    year=st.integers(1900, 2100),
    sections=rows(printable, 2),
    pages=printable,
    standard=one_of(limits.Standard),
    text=printable,
    kind=one_of(limits.CitationKind),
    organization=printable,
    authors=printable,
    journal=printable,
    volume=printable,
)
_printable_weighings = some(
    question=printable,
    column=one_of(limits.EvidenceColumn),
    administrator_study=printable,
    reviewer_study=printable,
    applicable=one_of(limits.Applicable),
    administrator_level=one_of(limits.EvidenceLevel),
    reviewer_level=one_of(limits.EvidenceLevel),
    applicability=printable,
    prevails=one_of(limits.Prevailing),
)
_decided_items = st.fixed_dictionaries(
    {"request": words, "decision": one_of(limits.Outcome), "rationale": words},
    optional={
        "follows": st.integers(0, 3),
        "date_of_service": dates,
        "administrator_citations": rows(_printable_citations, 2),
        "citations": rows(_printable_citations, 2),
        "uncited": printable,
        "departure": one_of(limits.Departure),
        "weighing": _printable_weighings,
    },
)
_modified_items = st.tuples(_decided_items, words, words).map(
    lambda parts: parts[0] | {"original": parts[1], "authorized": parts[2]}
)
_complete_cases = st.fixed_dictionaries(
    {
        "case": _particulars,
        "parties": st.fixed_dictionaries({"employee": words}),
        "records": st.just([{"kind": "medical"}]),
        "reviewer": st.fixed_dictionaries(
            {
                "licenses": st.lists(words, min_size=1, max_size=2),
                "specialties": st.lists(words, min_size=1, max_size=2),
                "attested": st.permutations(list(ATTESTATIONS)),
            }
        ),
        "summary": st.fixed_dictionaries({"text": words}),
        "items": st.lists(_decided_items | _modified_items, min_size=1, max_size=3),
    }
)


def complete_cases() -> st.SearchStrategy[Case]:
    """Any case whose letter can go out: nothing missing, nothing unprintable."""
    return _complete_cases.map(from_plain)
