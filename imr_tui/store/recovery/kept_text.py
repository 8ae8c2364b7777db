"""A text of a case that its file did not take, in the one form in which it is kept elsewhere."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass

_MARK = b"# imr-tui keeps this for "
"""How the line before the text begins: a comment, so that the whole is a case file, too."""
APART = "apart"
"""The base of a text that lies aside of its file already."""


@dataclass(frozen=True)
class KeptText:
    """What a session could not put into the file of a case, and where it belongs."""

    folder: str
    """The folder of cases, as an absolute path."""
    number: str
    """The case."""
    session: str
    """The session that wrote it; its latest text counts."""
    count: int
    """How many texts the session had kept before."""
    at: float
    """When, in seconds since 1970."""
    base: str
    """The digest of the file that the text goes on from; blank where there was none, or APART."""
    data: bytes
    """The bytes of the case file to be."""

    def encode(self) -> bytes:
        """The text behind a line that says where it belongs."""
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
    """What `encode` made of a text; None for anything else."""
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
    """What tells one state of a case file from another."""
    return hashlib.sha256(data).hexdigest()


def newest(texts: list[KeptText]) -> list[KeptText]:
    """Of each session the latest text, the oldest session first."""
    last: dict[str, KeptText] = {}
    for text in texts:
        before = last.get(text.session)
        if before is None or text.count > before.count:
            last[text.session] = text
    return sorted(last.values(), key=lambda text: text.at)
