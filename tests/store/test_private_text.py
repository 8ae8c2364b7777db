"""A text that an editor has: private, gone when it comes back, else kept and told of."""

import os
import stat
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from imr_tui.errors import BadInput, CannotStore
from imr_tui.model.limits import MAX_PROSE
from imr_tui.store.cases import editor_file
from imr_tui.store.cases.editor_file import PrivateText, left_behind, note_told, put_out
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.settings import Retention
from imr_tui.store.maintenance.housekeeping import tidy
from imr_tui.store.maintenance.trusted_time import Uptime
from imr_tui.store.safety import atomic
from tests.builders import NOW, NUMBER

pytestmark = pytest.mark.process


def later(folder: Folder, days: int, kept: int = 30) -> None:
    """A start on each of so many days."""
    for day in range(days + 1):
        tidy(folder, Retention(kept), NOW + timedelta(days=day), Uptime("", 0.0))


@pytest.fixture
def folder(cases: Path) -> Folder:
    cases.chmod(0o700)
    return Folder(cases)


def lent(folder: Folder, text: str = "As it was.") -> PrivateText:
    return put_out(folder, text, NUMBER, "summary", NOW)


def test_it_is_for_its_owner_only_and_named_by_chance(folder: Folder) -> None:
    umask = os.umask(0)
    try:
        one, other = lent(folder), lent(folder)
    finally:
        os.umask(umask)
    assert one.path != other.path
    assert NUMBER not in str(one.path)
    assert one.path.is_relative_to(folder.own("editing"))
    for path in (one.path, *one.path.parent.iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for path in (one.path.parent, folder.own("editing"), folder.own("")):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("before", "left", "read"),
    [
        ("one", b"one\n", "one"),
        ("one", b"one", "one"),
        ("one", b"one\r\n", "one"),
        ("one", b"one\n\n", "one\n"),
        ("one\n", b"one\n", "one\n"),
        ("", b"\n", ""),
        ("", b"", ""),
        ("one", "naïve 漢字\n".encode(), "naïve 漢字"),
        ("one", b"x" * MAX_PROSE + b"\n", "x" * MAX_PROSE),
    ],
)
def test_a_last_newline_of_the_editor_is_none_of_the_text(
    folder: Folder, before: str, left: bytes, read: str
) -> None:
    private = lent(folder, before)
    assert private.path.read_bytes() == before.encode()
    private.path.write_bytes(left)
    assert private.read() == read
    private.remove()
    assert list(folder.own("editing").iterdir()) == []


def link(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/hostname")


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("spoil", "error", "says"),
    [
        (lambda path: path.write_bytes(b"a\xff"), BadInput, "byte 2 of it is not UTF-8"),
        (lambda path: path.write_bytes(b"x" * (MAX_PROSE + 1)), BadInput, "1,000,001 characters"),
        (lambda path: path.write_bytes(b"x" * 17_000_000), CannotStore, "larger than"),
        (Path.unlink, CannotStore, "no such file"),
        (link, CannotStore, "it is a link"),
        (pipe, CannotStore, "not a regular file"),
    ],
)
def test_what_is_no_text_is_refused(
    folder: Folder, spoil: Callable[[Path], object], error: type[Exception], says: str
) -> None:
    private = lent(folder)
    spoil(private.path)
    with pytest.raises(error, match=says):
        private.read()


def test_news_are_what_stands_nowhere_else(folder: Folder) -> None:
    private = lent(folder)
    assert not private.has_news()
    private.path.write_text("Something else.")
    assert private.has_news()
    private.path.write_text("")
    assert not private.has_news()
    private.path.with_name(".text.txt.swp").write_text("what the editor keeps for a moment")
    assert private.has_news()


def test_a_text_on_loan_is_nobody_elses_business(folder: Folder) -> None:
    private = lent(folder)
    private.path.write_text("Half a thought.")
    assert list(left_behind(folder)) == []
    later(folder, 31)
    assert private.path.exists()
    private.keep()
    (found,) = left_behind(folder)
    assert (found[0].number, found[0].field, found[1]) == (NUMBER, "summary", private.path.parent)


def left_by_a_dead_session(folder: Folder, text: str) -> Path:
    private = lent(folder)
    private.path.write_text(text)
    private._unlock()
    return private.path


@pytest.mark.parametrize(
    ("text", "told", "days", "kept"),
    [
        ("Half a thought.", True, 30, False),
        ("Half a thought.", True, 0, True),
        ("Half a thought.", False, 30, True),
        ("As it was.", False, 30, False),
    ],
)
def test_it_is_dropped_in_time_and_never_unread(
    folder: Folder, text: str, told: bool, days: int, kept: bool
) -> None:
    path = left_by_a_dead_session(folder, text)
    if told:
        note_told(path.parent)
        mark = path.with_name("told")
        os.utime(mark, (NOW.timestamp(), NOW.timestamp()))
    tidy(folder, Retention(days), NOW + timedelta(hours=1), Uptime("", 0.0))
    assert path.exists()
    later(folder, 31, days)
    assert path.exists() == kept


@pytest.mark.parametrize("text", ["Half a thought.", "As it was."])
@pytest.mark.parametrize("days", [40, 4000, -40])
def test_a_clock_that_jumps_drops_nothing(folder: Folder, text: str, days: int) -> None:
    path = left_by_a_dead_session(folder, text)
    note_told(path.parent)
    jump = timedelta(days=days)
    for offset in (timedelta(0), jump, jump, jump + timedelta(hours=1), timedelta(0), jump):
        tidy(folder, Retention(30), NOW + offset, Uptime("", 0.0))
        assert path.exists()


def test_a_case_on_hold_keeps_what_its_editor_left(folder: Folder) -> None:
    path = left_by_a_dead_session(folder, "As it was.")
    for day in range(40):
        held = Retention(1, hold=frozenset({NUMBER.casefold()}))
        tidy(folder, held, NOW + timedelta(days=day), Uptime("", 0.0))
    assert path.exists()


def test_it_is_in_use_before_anything_is_in_it(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = atomic.write
    seen: list[bool] = []

    def looked(path: Path, data: bytes) -> None:
        seen.append(editor_file._is_in_use(path.parent))
        write(path, data)

    monkeypatch.setattr(atomic, "write", looked)
    lent(folder).remove()
    assert seen == [True, True]


def test_a_loan_that_the_disk_does_not_take_leaves_nothing(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> None:
        raise CannotStore("no space left on device")

    descriptors = Path("/proc/self/fd")
    before = len([*descriptors.iterdir()])
    monkeypatch.setattr(atomic, "write", full)
    with pytest.raises(CannotStore):
        lent(folder)
    assert list(folder.own("editing").iterdir()) == []
    assert len([*descriptors.iterdir()]) == before, "a descriptor, and with it the lock, is left"


def test_what_is_not_ours_is_left_alone(folder: Folder) -> None:
    lent(folder).remove()
    place = folder.own("editing")
    (place / "notes").mkdir()
    (place / "notes" / "mine.txt").write_text("mine")
    (place / "0123456789ab").symlink_to(place / "notes")
    for name, age in (("0123456789ac", 60), ("0123456789ad", 0)):
        (place / name).mkdir()
        os.utime(place / name, (time.time() - age,) * 2)
    later(folder, 3, 1)
    left = {path.name for path in place.iterdir()}
    assert left == {"notes", "0123456789ab", "0123456789ad"}, "or one that is just being made"
    assert (place / "notes" / "mine.txt").read_text() == "mine"
