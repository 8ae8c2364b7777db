"""Limits for the fields of a case: lengths, allowed values, and the form of a case number."""

import re
from typing import Literal

from imr_tui.errors import BadInput
from imr_tui.text.sanitize import clean_line

SCHEMA = 1
"""The version of the case file format that this program writes."""
MAX_LINE = 4_000
"""Maximum characters of a single-line field; the longest published item has 441."""
MAX_PROSE = 1_000_000
"""Maximum characters of a summary or rationale; the longest published one has about 6,000."""
MAX_ROWS = 1_000
"""Maximum entries of any list of a case."""
MAX_SOURCES = 20
"""Maximum rationales of which an item records that they were copied; the oldest ones go."""
MAX_COPIED = 200
"""Maximum sentences of such a rationale that are recorded; most have fewer than 40."""
MAX_CASE_BYTES = 1_000_000
"""Maximum bytes of a case file that may be written, about 150,000 words. The longest published
letter has 60,000. A larger file from elsewhere can be read, but edits may only shorten it."""
ROOM_FOR_LINES = 50_000
"""Bytes reserved for fields other than long texts: decisions, citations and so on."""
MAX_REVISION = 9_999
"""The highest revision of a signed case."""
MAX_KEYS = 50_000
"""Maximum lines of a case file outside long texts; a case of a hundred items has thousands."""

_NUMBER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9])){0,39}", re.ASCII)


def is_case_number(number: str) -> bool:
    """Whether `number` is a valid case and file name: up to 40 letters, digits, `-`, `_`, `.`.

    Published numbers look like CM14-0187654; forms used by other organizations are accepted.
    """
    return _NUMBER.fullmatch(number) is not None


NOT_A_NUMBER = "a case number has up to 40 letters, digits, '-', '_' and '.'"
"""Error text for an invalid case number."""


def required_number(number: str) -> str:
    """Return `number` if it is a valid case number; otherwise raise BadInput."""
    if not is_case_number(number):
        shown = clean_line(number[:60]) + ("..." if len(number) > 60 else "")
        raise BadInput(f"{shown!r} is not a case number. Example: CM14-0187654.")
    return number


StageKind = Literal["credentials", "summary", "decision", "citations", "review"]
Priority = Literal["standard", "expedited", "formulary"]
Outcome = Literal["upheld", "overturned"]
RecordKind = Literal[
    "medical", "utilization_review", "application", "rfa", "imaging", "determination", "other"
]
Standard = Literal["A", "B", "C", "D", "E", "F"]
CitationKind = Literal["mtus", "guideline", "study", "text"]
EvidenceLevel = Literal["1a", "1b", "1c", "2", "3", "4", "5"]
EvidenceColumn = Literal["treatment", "diagnosis", "prognosis", "harms"]
Applicable = Literal["both", "administrator", "reviewer", "neither"]
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

RECORD_KINDS: dict[str, str] = {
    "medical": "medical",
    "utilization_review": "utilization review",
    "application": "application",
    "rfa": "RFA",
    "imaging": "imaging",
    "determination": "earlier determination",
    "other": "other",
}
"""The kinds of documents, as they are shown."""
ATTESTATIONS: dict[Attestation, str] = {
    "complete-file": "I received the complete case file.",
    "no-affiliation": "I have no affiliation with the parties named here.",
    "five-years": "I have been in active clinical practice for more than five years.",
    "active-practice": "I work at least 24 hours a week in active practice now.",
    "same-specialty": "My specialty evaluates or treats the condition and items in dispute.",
    "laws-and-evidence": "I know the governing laws and the strength of evidence hierarchy.",
}
"""The wording of each attestation; all six appear in the letter's opening paragraph."""
