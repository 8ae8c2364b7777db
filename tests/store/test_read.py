"""What is no file, or could never be one, is told and does not end anything."""

from pathlib import Path

import pytest

from imr_tui.errors import CannotStore
from imr_tui.store.cases.imported_letters import read_letter
from imr_tui.store.safety.safe_open import read_bytes


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("a" * 5000, "file name too long"),
        ("a/" * 3000, "file name too long"),
        ("x\0y", r"x<U\+0000>y is not a valid file name"),
        ("gone", "no such file or directory"),
        (".", "not a regular file"),
    ],
    ids=["long", "deep", "nul", "gone", "folder"],
)
def test_what_no_file_can_be_called(name: str, says: str) -> None:
    with pytest.raises(CannotStore, match=says):
        read_bytes(Path(name))
    with pytest.raises(CannotStore, match=says):
        read_letter(name)


def test_a_link_is_named(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "file")
    (tmp_path / "file").write_bytes(b"text")
    with pytest.raises(CannotStore, match="it is a link"):
        read_bytes(tmp_path / "link")
    assert read_bytes(tmp_path / "file") == b"text"
