"""The format of a case text that is kept elsewhere, because its file cannot be written."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass

_MARK = b"# imr-tui keeps this for "
"""Start of the header line: a TOML comment, so that the whole is also a case file."""
APART = "apart"
"""The base of a text that is already kept beside its file."""


@dataclass(frozen=True)
class KeptText:
    """A text that a session could not save to a case file, and where it belongs."""

    folder: str
    """The folder of cases, as an absolute path."""
    number: str
    """The case number."""
    session: str
    """The session that wrote it; only its latest text counts."""
    count: int
    """The position of the text within the session, counted from 1."""
    at: float
    """When it was kept, in seconds since 1970."""
    base: str
    """Digest of the file that the text is based on; blank if there was none, or APART."""
    data: bytes
    """The bytes for the case file."""

    def encode(self) -> bytes:
        """Encode as the text after a header line."""
        head = {
            "folder": self.folder,
            "number": self.number,
            "session": self.session,
            "count": self.count,
            "at": self.at,
            "base": self.base,
        }
        return b"%s%s\n%s" % (_MARK, json.dumps(head).encode(), self.data)


def decode(blob: bytes) -> KeptText | None:
    """Decode the result of `encode`; None for anything else."""
    line, end, data = blob.partition(b"\n")
    if not end or not line.startswith(_MARK):
        return None
    with suppress(ValueError, TypeError, KeyError):
        head = json.loads(line[len(_MARK) :])
        return KeptText(
            str(head["folder"]),
            str(head["number"]),
            str(head["session"]),
            int(head["count"]),
            float(head["at"]),
            str(head["base"]),
            data,
        )
    return None


def digest(data: bytes) -> str:
    """SHA-256 of the content of a case file."""
    return hashlib.sha256(data).hexdigest()


def newest(texts: list[KeptText]) -> list[KeptText]:
    """The latest text of each session, oldest first."""
    last: dict[str, KeptText] = {}
    for text in texts:
        before = last.get(text.session)
        if before is None or text.count > before.count:
            last[text.session] = text
    return sorted(last.values(), key=lambda text: text.at)
