"""Which of two texts is the later one, in every combination that can be told apart."""

import pytest

from imr_tui.store.shared.replication.divergence import There, divergence, divergence_of_files
from imr_tui.store.shared.replication.share_note import ShareNote

NOTE = ShareNote(5, "known", "files", 1, "session")
SENT = NOTE._replace(sent=("first", "second"))


def there(digest: str, revision: int = 6, epoch: int = 1, files: str = "files") -> There:
    return There(revision, digest, files, epoch)


@pytest.mark.parametrize(
    ("note", "here", "found", "expected"),
    [
        (NOTE, None, there("new"), "theirs"),
        (None, None, there("new"), "theirs"),
        (None, "x", there("x"), "same"),
        (None, "x", there("y"), "both"),
        (NOTE, "known", there("known", 5), "same"),
        (NOTE, "mine", there("known", 5), "ours"),
        (NOTE, "known", there("new"), "theirs"),
        (NOTE, "mine", there("new"), "both"),
        # It arrived without an acknowledgement; undone since, the text is as it was before.
        (SENT, "mine", there("first"), "ours"),
        (SENT, "known", there("second"), "ours"),
        (SENT, "mine", there("new"), "both"),
        # A restored backup: neither an earlier revision nor another epoch replaces anything.
        (NOTE, "known", there("old", 4), "both"),
        (NOTE, "known", there("other", 5), "both"),
        (NOTE, "known", there("other", 9, epoch=2), "both"),
        (NOTE, "mine", there("known", 5, epoch=2), "ours"),
    ],
)
def test_the_later_text(
    note: ShareNote | None, here: str | None, found: There, expected: str
) -> None:
    assert divergence(note, here, found) == expected


@pytest.mark.parametrize(
    ("note", "here", "files", "expected"),
    [
        (None, "", "", "same"),
        (None, "", "theirs", "theirs"),
        (None, "mine", "", "ours"),
        (NOTE, "files", "files", "same"),
        (NOTE, "mine", "files", "ours"),
        (NOTE, "files", "theirs", "theirs"),
        (NOTE, "mine", "theirs", "both"),
    ],
)
def test_the_later_files(note: ShareNote | None, here: str, files: str, expected: str) -> None:
    assert divergence_of_files(note, here, there("x", files=files)) == expected
