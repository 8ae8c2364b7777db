"""The limits of what a field of a case may hold: its length, a closed list, a number's form."""

import re
from typing import Literal

from imr_tui.errors import BadInput
from imr_tui.text.plain_text import clean_line

SCHEMA = 1
"""The version of the case file format that this program writes."""
MAX_LINE = 4_000
"""Characters in a field of one line; the longest published item has 441."""
MAX_PROSE = 1_000_000
"""Characters in a summary or a rationale; the longest published one has about 6,000."""
MAX_ROWS = 1_000
"""Entries in any list of a case."""
MAX_CASE_BYTES = 1_000_000
"""Bytes of the largest case that is written: about 150,000 words. The longest published letter
has 60,000. A longer file that came from elsewhere is read, and can only become shorter."""
ROOM_FOR_LINES = 50_000
"""Bytes of a case that its long texts leave to decisions, citations and everything else."""
MAX_KEYS = 50_000
"""Lines of a case file with anything outside of texts; a case of a hundred items has thousands."""

_NUMBER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9])){0,39}", re.ASCII)


def is_case_number(number: str) -> bool:
    """Whether `number` may name a case, and so a file: up to 40 letters, digits, `-`, `_`, `.`.

    Published numbers look like CM14-0187654; other organizations' forms are accepted.
    """
    return _NUMBER.fullmatch(number) is not None


NOT_A_NUMBER = "a case number is up to 40 letters, digits, '-', '_' and '.'"
"""What is said of a number that is none."""


def required_number(number: str) -> str:
    """`number`, where it may name a case; raises BadInput."""
    if not is_case_number(number):
        shown = clean_line(number[:60]) + ("..." if len(number) > 60 else "")
        raise BadInput(f"{shown!r} is not a case number; one looks like CM14-0187654.")
    return number


StageKind = Literal["credentials", "summary", "decision", "citations", "review"]
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

ATTESTATIONS: dict[Attestation, str] = {
    "complete-file": "I received the complete case file.",
    "no-affiliation": "I have no affiliation with the parties named here.",
    "five-years": "I have been in active clinical practice for more than five years.",
    "active-practice": "I work at least 24 hours a week in active practice now.",
    "same-specialty": "My specialty evaluates or treats the condition and items in dispute.",
    "laws-and-evidence": "I know the governing laws and the strength of evidence hierarchy.",
}
"""What each attestation says; all six stand in the paragraph that opens the letter."""
