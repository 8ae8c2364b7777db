"""The types that a dialect is made of: phrases with fields, labels, headings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

_FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Phrase:
    """A sentence with named fields, such as `{original} was the original request.`"""

    text: str
    """The words, each field in braces."""

    def format(self, **fields: str) -> str:
        """The sentence with the fields filled in."""
        return self.text.format(**fields)

    def read(self, text: str) -> dict[str, str] | None:
        """The fields of a text that is this sentence, or None."""
        match = self._pattern.fullmatch(text)
        return match.groupdict() if match else None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        parts = _FIELD.split(self.text)
        last = len(parts) - 2
        # Every field ends as soon as the next words begin, the last one as late as it can.
        fields = {at: "+" if at == last else "+?" for at in range(1, len(parts), 2)}
        return re.compile(
            "".join(
                f"(?P<{part}>.{fields[at]})" if at in fields else re.escape(part)
                for at, part in enumerate(parts)
            )
        )


@dataclass(frozen=True)
class Dialect:
    """The fixed words of one form of the letter."""

    template: str
    """The file in `templates/` that prints it."""
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
    """The label of the reviewer's guideline line; `{label}` is the organization's."""
    rationale: str
    """The label of the rationale."""
    header: Mapping[str, str]
    """The labels of the header block, by the field of the case."""
    modified: Phrase
    """The title of an item of which a part was authorized."""
    left_whole: Phrase
    """The title of a modified item where the whole original request is left to be decided."""

    @property
    def phrases(self) -> dict[str, str]:
        """The words that the template prints, by name."""
        names = ["how", "summary", "issues", "licensure", "specialty", "summary_opening"]
        names += ["issues_opening", "administrator", "rationale"]
        return {name: getattr(self, name) for name in names}

    def title_of_modified(self, request: str, original: str, authorized: str) -> str:
        """The title of an item that utilization review modified."""
        is_whole = request.casefold() == original.casefold()
        phrase = self.left_whole if is_whole else self.modified
        return phrase.format(request=request, original=original, authorized=authorized)

    def read_title(self, title: str) -> tuple[str, str, str]:
        """Request, original request and authorized part.

        A title that the fields would not print word for word is all request.
        """
        for phrase in (self.modified, self.left_whole):
            fields = phrase.read(title)
            if fields and self.title_of_modified(**fields) == title:
                return fields["request"], fields["original"], fields["authorized"]
        return title, "", ""
