"""Converts a case to template variables: plain ASCII, with missing fields marked in a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from imr_tui.domain.citation_text import ADMINISTRATOR, REVIEWER, guideline_line
from imr_tui.domain.workflow import Place
from imr_tui.errors import BadInput
from imr_tui.letter.dialects.final_determination import FINAL_DETERMINATION as DIALECT
from imr_tui.text.layout import one_line, paragraphs
from imr_tui.text.transliteration import UnprintableError, to_ascii

if TYPE_CHECKING:
    from imr_tui.model.case import Case, Item


@dataclass(frozen=True)
class View:
    """Builds the template variables of a case; `ascii_text` is applied to every text."""

    case: Case
    """The case to print."""
    draft: bool
    """Whether to mark missing fields and unprintable characters instead of refusing them."""

    def variables(self) -> dict[str, Any]:
        """The template variables, except organization and label."""
        reviewer = self.case.reviewer
        return {
            "phrases": DIALECT.phrases,
            "header": self._header(),
            "licenses": self._list(reviewer.licenses, "reviewer.licenses", "licensure"),
            "specialties": self._list(reviewer.specialties, "reviewer.specialties", "specialty"),
            "summary": self._prose(self.case.summary.text, Place("summary.text"), "summary"),
            "items": [self._item(index, item) for index, item in enumerate(self.case.items)],
        }

    def _header(self) -> list[tuple[str, str]]:
        """The rows of the header block; empty unless every date is known."""
        case = self.case.particulars
        dates = (
            case.date_assigned,
            case.date_of_injury,
            case.decision_date,
            case.ur_decision_date,
            case.application_received,
        )
        if None in dates:
            return []
        assigned, injury, decision, ur, received = (us_date(day) for day in dates if day)
        label = DIALECT.header
        return [
            (f"{label['number']} {case.number}", ""),
            (f"{label['date_assigned']} {assigned}", f"{label['date_of_injury']} {injury}"),
            (f"{label['decision_date']} {decision}", f"{label['ur_decision_date']} {ur}"),
            (
                f"{label['priority']} {case.priority.capitalize()}",
                f"{label['application_received']} {received}",
            ),
        ]

    def _item(self, index: int, item: Item) -> dict[str, str]:
        return {
            "title": self._title(index, item),
            "decision": self._or_missing((item.decision or "").capitalize(), "decision"),
            "administrator_guideline": self.ascii_text(
                guideline_line(item.administrator_citations, ADMINISTRATOR),
                Place("administrator_citations", index),
            ),
            "guideline": self.ascii_text(
                guideline_line(item.citations, REVIEWER), Place("citations", index)
            ),
            "rationale": self._prose(item.rationale, Place("rationale", index), "rationale"),
        }

    def _title(self, index: int, item: Item) -> str:
        request = self._line(item.request, Place("request", index), "request")
        if not item.is_modified:
            return request
        original = self._line(item.original, Place("original", index), "original request")
        authorized = self._line(item.authorized, Place("authorized", index), "authorized part")
        return DIALECT.title_of_modified(request, original, authorized)

    def _list(self, values: Sequence[str], field: str, what: str) -> str:
        return self._line(", ".join(value for value in values if value.strip()), Place(field), what)

    def _line(self, text: str, place: Place, what: str) -> str:
        return self._or_missing(one_line(self.ascii_text(text, place)), what)

    def _prose(self, text: str, place: Place, what: str) -> str:
        return self._or_missing(paragraphs(self.ascii_text(text, place)), what)

    def _or_missing(self, text: str, what: str) -> str:
        return text or (f"[{what} missing]" if self.draft else "")

    def ascii_text(self, text: str, place: Place) -> str:
        """The text of a field in ASCII; raises BadInput, naming it, unless this is a draft."""
        try:
            return to_ascii(text, "[U+{:04X}]" if self.draft else None)
        except UnprintableError as error:
            raise BadInput(f"{place}, {error} cannot be printed in a plain-text letter.") from error


def us_date(day: date) -> str:
    """Format `day` as letters do: 10/23/2013."""
    return f"{day.month:02}/{day.day:02}/{day.year:04}"
