"""The documents of a case in words, and the earlier determinations among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.model.limits import RECORD_KINDS, is_case_number

if TYPE_CHECKING:
    from imr_tui.model.case import Case, Record


def describe(record: Record) -> str:
    """One document on one line."""
    days = [str(day) for day in (record.from_, record.to) if day]
    parts = (
        record.title or RECORD_KINDS[record.kind],
        record.case if record.kind == "determination" else "",
        record.source,
        " to ".join(dict.fromkeys(days)),
    )
    return ", ".join(part for part in parts if part)


def earlier_reviews(case: Case) -> tuple[Record, ...]:
    """The documents of the case that are earlier determinations."""
    return tuple(record for record in case.records if record.kind == "determination")


def earlier_numbers(case: Case) -> tuple[str, ...]:
    """The numbers of the earlier cases: the one that is reviewed again, then those of documents."""
    again = (case.rereview.case,) if case.rereview else ()
    named = (*again, *(record.case.strip() for record in earlier_reviews(case)))
    others = (number for number in named if is_case_number(number) and number != case.number)
    return tuple(dict.fromkeys(others))


def earlier_in_words(case: Case) -> str:
    """`Earlier review: CM13-0012345 (2013-05-02)`; blank if the case names none."""
    found = [_in_words(record) for record in earlier_reviews(case)]
    if not found:
        return ""
    return f"Earlier review{'s' if len(found) > 1 else ''}: {'; '.join(found)}"


def _in_words(record: Record) -> str:
    """The number of an earlier review, or else its title, and its date."""
    name = record.case.strip() or record.title.strip() or "no case number"
    day = record.to or record.from_
    return f"{name} ({day})" if day else name
