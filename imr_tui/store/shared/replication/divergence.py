"""Decides which of two texts of a case is the later one: the folder's or the shared store's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from imr_tui.store.shared.replication.share_note import ShareNote

Divergence = Literal["same", "theirs", "ours", "both"]
"""Which side changed since the folder knew what the shared store has."""


class There(NamedTuple):
    """What the shared store has of a case."""

    revision: int
    """The revision of the text."""
    digest: str
    """SHA-256 of the case file."""
    files: str
    """The digest of the other files, as `digest_of_files`."""
    epoch: int
    """The epoch of the shared store."""


def divergence(note: ShareNote | None, here: str | None, there: There) -> Divergence:
    """Which side changed; `here` is the digest of the folder's text, None for a missing file.

    Says `both` where it cannot be known. A text that this folder sent without an acknowledgement
    is a predecessor of the folder's text, because the folder is always written first. In a new
    epoch, a backup was restored: its later revisions may follow from a text that is older than
    the one acknowledged here.
    """
    if here is None:
        return "theirs"
    if here == there.digest:
        return "same"
    if note is None:
        return "both"
    if there.digest in (note.digest, *note.sent):
        return "ours"
    is_later = there.revision > note.revision and there.epoch == note.epoch
    return "theirs" if here == note.digest and is_later else "both"


def divergence_of_files(note: ShareNote | None, here: str, there: There) -> Divergence:
    """Like `divergence`, for the digests of the other files of a case."""
    if here == there.files:
        return "same"
    if not here:
        return "theirs"
    known = note.files if note is not None else ""
    if there.files == known:
        return "ours"
    return "theirs" if here == known else "both"
