"""The wording of a letter: the parts of a dialect, and what the organization sets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from imr_tui.text.layout import LETTER_WIDTH

_FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Phrase:
    """A sentence with named fields, such as `{original} was the original request.`"""

    text: str
    """The words, with field names in braces."""

    def format(self, **fields: str) -> str:
        """Return the sentence with its fields filled in."""
        return self.text.format(**fields)

    def read(self, text: str) -> dict[str, str] | None:
        """Return the fields of `text` if it is this sentence, otherwise None."""
        match = self._pattern.fullmatch(text)
        return match.groupdict() if match else None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        parts = _FIELD.split(self.text)
        last = len(parts) - 2
        # Fields match as little as possible, except for the last one, which takes the rest.
        fields = {at: "+" if at == last else "+?" for at in range(1, len(parts), 2)}
        return re.compile(
            "".join(
                f"(?P<{part}>.{fields[at]})" if at in fields else re.escape(part)
                for at, part in enumerate(parts)
            )
        )


@dataclass(frozen=True)
class Dialect:
    """The fixed wording of one form of the letter."""

    template: str
    """The name of its file in `templates/`."""
    how: str
    """The heading of the first part."""
    summary: str
    """The heading of the clinical case summary."""
    issues: str
    """The heading of the decisions."""
    licensure: str
    """The label of the states of licensure."""
    specialty: str
    """The label of the certifications and specialties."""
    summary_opening: str
    """The sentence before the summary."""
    issues_opening: str
    """The sentence before the decisions."""
    administrator: str
    """The label of the administrator's guideline line."""
    reviewer: Phrase
    """The label of the reviewer's guideline line; `{label}` stands for the organization's label."""
    rationale: str
    """The label of the rationale."""
    header: Mapping[str, str]
    """The labels of the header block, by case field."""
    modified: Phrase
    """The title of an item that was partly authorized."""
    left_whole: Phrase
    """The title of a modified item whose entire original request remains to be decided."""

    @property
    def phrases(self) -> dict[str, str]:
        """The words that the template prints, by variable name."""
        names = ["how", "summary", "issues", "licensure", "specialty", "summary_opening"]
        names += ["issues_opening", "administrator", "rationale"]
        return {name: getattr(self, name) for name in names}

    def title_of_modified(self, request: str, original: str, authorized: str) -> str:
        """Format the title of an item that utilization review modified."""
        is_whole = request.casefold() == original.casefold()
        phrase = self.left_whole if is_whole else self.modified
        return phrase.format(request=request, original=original, authorized=authorized)

    def read_title(self, title: str) -> tuple[str, str, str]:
        """Split a title into request, original request and authorized part.

        If the parts would not print as exactly this title, all of it is the request.
        """
        for phrase in (self.modified, self.left_whole):
            fields = phrase.read(title)
            if fields and self.title_of_modified(**fields) == title:
                return fields["request"], fields["original"], fields["authorized"]
        return title, "", ""


@dataclass(frozen=True)
class Letterhead:
    """Settings of a letter that come from the organization, not from the case."""

    organization: str = "MAXIMUS Federal Services"
    """The sender of the letter."""
    label: str = "MAXIMUS"
    """The label of the reviewer's guideline line."""
    templates: Path | None = None
    """Folder with a template that replaces the shipped one."""
    width: int = LETTER_WIDTH
    """Column at which lines wrap."""
    address: tuple[str, ...] = ()
    """The lines of the organization's address; only a covering letter prints them."""
    medical_director: str = ""
    """Who signs covering letters for the organization; never the reviewer of a case."""
    mark: str = ""
    """A line above each letter and on each page of its PDF, such as DEMO; blank for none."""
