"""What the fields of a case may hold: clean text, its length, the words of closed lists."""

import re
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, Field, StringConstraints

from imr_tui.errors import BadInput
from imr_tui.text import clean, clean_line

MAX_LINE = 4_000
"""Characters in a field of one line; the longest published item has 441."""
MAX_PROSE = 1_000_000
"""Characters in a summary or a rationale; the longest published one has about 6,000."""
MAX_ROWS = 1_000
"""Entries in any list of a case."""

_NUMBER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9])){0,39}", re.ASCII)


def is_case_number(number: str) -> bool:
    """Whether `number` may name a case, and so a file: up to 40 letters, digits, `-`, `_`, `.`.

    Published numbers look like CM14-0187654; other organizations' forms are accepted.
    """
    return _NUMBER.fullmatch(number) is not None


def required_number(number: str) -> str:
    """`number`, where it may name a case; raises BadInput."""
    if not is_case_number(number):
        shown = clean_line(number[:60]) + ("..." if len(number) > 60 else "")
        raise BadInput(f"{shown!r} is not a case number; one looks like CM14-0187654.")
    return number


def _checked_number(number: str) -> str:
    if not is_case_number(number):
        raise ValueError("a case number is up to 40 letters, digits, '-', '_' and '.'")
    return number


_T = TypeVar("_T")
Number = Annotated[str, AfterValidator(_checked_number)]
Line = Annotated[str, AfterValidator(clean_line), StringConstraints(max_length=MAX_LINE)]
Prose = Annotated[str, AfterValidator(clean), StringConstraints(max_length=MAX_PROSE)]
Warned = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}[0-9]{3}(-[1-9][0-9]{0,3})?$")]
"""What an acknowledgement answers: a rule, and the 1-based item: `IMR305-2`, `IMR206`."""
Rows = Annotated[tuple[_T, ...], Field(strict=False, max_length=MAX_ROWS)]

Priority = Literal["standard", "expedited", "formulary"]
Outcome = Literal["upheld", "overturned"]
RecordKind = Literal["medical", "utilization_review", "application", "imaging", "other"]
Standard = Literal["A", "B", "C", "D", "E", "F"]
CitationKind = Literal["mtus", "guideline", "study", "text"]
EvidenceLevel = Literal["1a", "1b", "1c", "2", "3", "4", "5"]
Departure = Literal["silent", "rebutted", "unexplained"]
Prevailing = Literal["administrator", "reviewer"]
Attestation = Literal[
    "complete-file",
    "no-affiliation",
    "five-years",
    "active-practice",
    "same-specialty",
    "laws-and-evidence",
]
