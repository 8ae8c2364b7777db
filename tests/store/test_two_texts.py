"""Another program writes the case file: it is noticed, and neither text is ever lost."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from imr_tui.errors import BadInput, CannotStore, ChangedElsewhere, GivenAway
from imr_tui.model import edits
from imr_tui.model.case import Case
from imr_tui.store.cases.case_codec import decode, encode
from imr_tui.store.cases.case_file import CaseFile, open_case
from imr_tui.store.history.versions import Event, Versions
from imr_tui.store.safety import atomic, linux, safe_open
from tests.builders import NUMBER, a_complete_case, saved

MINE = edits.set_summary(a_complete_case(), "mine")
THEIRS = edits.set_summary(a_complete_case(), "theirs")


@pytest.fixture
def file(cases: Path) -> CaseFile:
    """An open case."""
    (path,) = saved(cases, a_complete_case())
    return open_case(path)


def kept(file: CaseFile) -> dict[bytes, Event]:
    return {version.path.read_bytes(): version.event for version in file.versions.all()}


def test_an_edit_elsewhere_is_not_overwritten(file: CaseFile) -> None:
    assert not file.is_changed()
    file.path.write_bytes(encode(THEIRS))
    assert file.is_changed()
    with pytest.raises(ChangedElsewhere, match="Another program changed"):
        file.save(MINE)
    assert file.path.read_bytes() == encode(THEIRS)
    assert file.is_apart
    assert file.mine() == MINE
    assert file.theirs() == THEIRS


def test_an_edit_of_the_same_size_and_time_is_noticed(file: CaseFile) -> None:
    import os

    before = file.path.stat()
    file.path.write_bytes(file.path.read_bytes().replace(b"54 year", b"45 year"))
    os.utime(file.path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.is_changed()
    with pytest.raises(ChangedElsewhere):
        file.save(MINE)


def test_what_is_written_afterwards_goes_aside_too(file: CaseFile) -> None:
    file.path.write_bytes(encode(THEIRS))
    for text in ("one", "two"):
        with pytest.raises(ChangedElsewhere):
            file.save(edits.set_summary(MINE, text))
    mine = file.mine()
    assert mine is not None
    assert mine.summary.text == "two"
    again = open_case(file.path)
    assert again.is_apart
    assert again.case == THEIRS
    assert again.mine() == mine


def test_the_other_text_is_a_version_from_the_moment_it_is_noticed(file: CaseFile) -> None:
    file.path.write_bytes(encode(THEIRS))
    file.save_aside(MINE)
    file.path.write_bytes(b"and then it was spoiled")
    assert kept(file) == {encode(THEIRS): Event.ELSEWHERE}
    assert file.mine() == MINE


def test_what_is_written_after_a_case_was_given_away_is_a_copy(file: CaseFile) -> None:
    before = file.path.read_bytes()
    file.give_away()
    for text in ("one", "two"):
        with pytest.raises(GivenAway):
            file.save(edits.set_summary(MINE, text))
    assert file.path.read_bytes() == before
    copy = file.mine()
    assert copy is not None
    assert copy.summary.text == "two"
    assert open_case(file.path).is_apart


def test_mine_goes_on_and_theirs_is_a_version(file: CaseFile) -> None:
    file.path.write_bytes(encode(THEIRS))
    with pytest.raises(ChangedElsewhere):
        file.save(MINE)
    file.overwrite(MINE)
    assert file.path.read_bytes() == encode(MINE)
    assert kept(file) == {encode(THEIRS): Event.ELSEWHERE}
    assert not file.aside.exists()
    file.save(edits.set_summary(MINE, "on"))
    assert open_case(file.path).case.summary.text == "on"


def test_theirs_goes_on_and_mine_is_a_version(file: CaseFile) -> None:
    file.path.write_bytes(encode(THEIRS))
    with pytest.raises(ChangedElsewhere):
        file.save(MINE)
    assert file.take_theirs(MINE) == THEIRS
    assert file.path.read_bytes() == encode(THEIRS)
    assert kept(file) == {encode(THEIRS): Event.ELSEWHERE, encode(MINE): Event.ASIDE}
    assert not file.aside.exists()
    file.save(edits.set_summary(THEIRS, "on"))
    assert open_case(file.path).case.summary.text == "on"


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"schema = 99\n", b"half of a"])
def test_a_text_that_is_no_case_is_a_version_as_well(file: CaseFile, data: bytes) -> None:
    file.path.write_bytes(data)
    with pytest.raises(ChangedElsewhere):
        file.save(MINE)
    with pytest.raises(BadInput):
        file.theirs()
    with pytest.raises(BadInput):
        file.take_theirs(MINE)
    assert file.is_apart
    file.overwrite(MINE)
    assert file.path.read_bytes() == encode(MINE)
    assert data in kept(file)


def test_a_removed_file_is_not_made_again_unasked(file: CaseFile) -> None:
    file.path.unlink()
    assert file.is_changed()
    with pytest.raises(ChangedElsewhere, match="Another program removed"):
        file.save(MINE)
    assert not file.path.exists()
    assert file.theirs() is None
    with pytest.raises(CannotStore):
        file.take_theirs(MINE)
    file.overwrite(MINE)
    assert open_case(file.path).case == MINE


def test_the_same_text_from_elsewhere_is_no_conflict(file: CaseFile) -> None:
    file.path.write_bytes(encode(MINE))
    file.save(MINE)
    assert not file.is_apart
    assert kept(file) == {}


def in_between(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Let another program act in the moment between the look at the file and its replacement."""
    exchange = linux.exchange
    acted: list[bool] = []

    def late(folder: int, one: str, other: str) -> bool:
        if not acted:
            acted.append(True)
            act()
        return exchange(folder, one, other)

    monkeypatch.setattr(linux, "exchange", late)


def test_a_text_from_the_moment_before_the_exchange_is_put_back(
    file: CaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_between(monkeypatch, lambda: file.path.write_bytes(encode(THEIRS)))
    with pytest.raises(ChangedElsewhere):
        file.save(MINE)
    assert file.path.read_bytes() == encode(THEIRS)
    assert file.mine() == MINE
    assert encode(THEIRS) in kept(file)


def test_a_folder_that_takes_the_place_of_the_file_stays(
    file: CaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def act() -> None:
        file.path.unlink()
        file.path.mkdir(mode=0o700)

    in_between(monkeypatch, act)
    with pytest.raises(CannotStore, match="no longer a regular file"):
        file.save(MINE)
    assert file.path.is_dir()


def test_without_an_exchange_the_file_is_renamed(
    file: CaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linux, "exchange", lambda folder, one, other: False)
    file.save(MINE)
    assert open_case(file.path).case == MINE
    file.path.write_bytes(encode(THEIRS))
    with pytest.raises(ChangedElsewhere):
        file.save(MINE)
    assert open_case(file.path).case == THEIRS


@pytest.mark.parametrize("text", ["theirs", "mine"])
def test_what_cannot_be_put_aside_is_told_and_nothing_is_lost(
    file: CaseFile, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    file.path.write_bytes(encode(THEIRS))
    (file.path.parent / ".imr").write_text("in the way")
    with pytest.raises(CannotStore):
        file.save(MINE)
    assert file.path.read_bytes() == encode(THEIRS)
    (file.path.parent / ".imr").unlink()
    with pytest.raises(ChangedElsewhere):
        file.save(MINE)
    assert file.mine() == MINE


def test_an_exchange_that_the_system_does_not_know(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = cases / "one", cases / "other"
    one.write_text("1")
    other.write_text("2")
    with safe_open.opened(cases) as folder:
        assert linux.exchange(folder, "one", "other")
        assert (one.read_text(), other.read_text()) == ("2", "1")
        monkeypatch.setattr(linux, "_renameat2", lambda: None)
        assert not linux.exchange(folder, "one", "other")
    assert one.read_text() == "2"


def test_swap_gives_what_was_there_before_it_is_gone(cases: Path) -> None:
    path = cases / "file"
    path.write_bytes(b"old")
    seen: list[bytes] = []

    def keep(old: bytes) -> None:
        seen.append(old)
        assert path.read_bytes() == b"new"
        assert any(each.read_bytes() == b"old" for each in cases.iterdir())

    atomic.swap(path, b"new", keep)
    assert seen == [b"old"]
    assert [each.name for each in cases.iterdir()] == ["file"]


def test_versions_and_asides_belong_to_one_case(cases: Path) -> None:
    other: Case = a_complete_case()
    saved(cases, other)
    assert Versions(cases, NUMBER).all() == []
    assert decode(encode(other), "x") == other


def test_a_call_that_cannot_be_loaded_is_done_without(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        raise ImportError("too many open files")

    (cases / "one").write_text("1")
    (cases / "other").write_text("2")
    with monkeypatch.context() as broken:
        broken.setattr(linux, "_renameat2", fails)
        with safe_open.opened(cases) as folder:
            assert not linux.exchange(folder, "one", "other")
    with safe_open.opened(cases) as folder:
        assert linux.exchange(folder, "one", "other")


def test_the_copy_of_a_session_that_runs_is_offered_there_and_nowhere_else(file: CaseFile) -> None:
    file.give_away()
    with pytest.raises(GivenAway):
        file.save(MINE)
    other = subprocess.Popen(["sleep", "60"])
    try:
        session = file.aside.name.replace(f"-{os.getpid()}-", f"-{other.pid}-")
        theirs = file.aside.rename(file.aside.with_name(session))
        again = open_case(file.path)
        assert not again.is_apart
        again.save(edits.set_summary(THEIRS, "on"))
    finally:
        other.kill()
        other.wait()
    orphaned = open_case(file.path)
    assert orphaned.is_apart
    assert orphaned.mine() == MINE
    assert orphaned.asides == [theirs]
