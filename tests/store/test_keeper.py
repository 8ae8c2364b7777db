"""What the file of a case does not take is kept elsewhere at once, and brought back by a start."""

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from imr_tui.errors import CannotStore, Conflict, KeptElsewhere
from imr_tui.model import edits
from imr_tui.model.case import Case
from imr_tui.store.cases.case_file import CaseFile, open_case
from imr_tui.store.config.account_folder import account_name
from imr_tui.store.history.versions import Versions
from imr_tui.store.locking.claim import claim
from imr_tui.store.locking.holder import Holder
from imr_tui.store.recovery import kept_text, rescue
from imr_tui.store.recovery.journal import Journal
from imr_tui.store.recovery.keeper import Keeper
from imr_tui.store.recovery.kept_text import KeptText
from imr_tui.store.recovery.recover import find, recover, restore
from imr_tui.store.safety import atomic, safe_open
from tests.builders import NUMBER, a_case, saved

pytestmark = pytest.mark.process

ME = Holder(who="me", host="here", pid=1)


def text(words: str) -> Case:
    return edits.set_summary(a_case(), words)


@pytest.fixture
def path(cases: Path) -> Path:
    (path,) = saved(cases, text("first"))
    return path


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """A rescue directory that the site made."""
    top = tmp_path / "rescue"
    top.mkdir(mode=0o700)
    return top


class Disk:
    """A folder in which nothing new can be written while it is full."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self.is_full = False
        new_file = atomic._new_file

        def guarded(path: Path, data: bytes) -> object:
            if self.is_full and path.is_relative_to(folder):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return new_file(path, data)

        monkeypatch.setattr(atomic, "_new_file", guarded)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch, cases: Path) -> Disk:
    return Disk(monkeypatch, cases)


@pytest.fixture
def broken_journal(monkeypatch: pytest.MonkeyPatch) -> None:
    def write(journal: Journal, data: bytes) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(Journal, "write", write)


@pytest.fixture
def keeper(path: Path, top: Path) -> Iterator[Keeper]:
    keeper = Keeper(open_case(path), str(top))
    keeper.prepare()
    yield keeper
    keeper.close(is_saved=False)


def words(path: Path) -> str:
    return open_case(path).case.summary.text


def kept_files(cases: Path, top: Path) -> list[str]:
    """Where something is kept beside the case file."""
    found = [*find(cases, str(top))]
    for each in found:
        each.leave_all()
    asides = cases / ".imr" / "aside"
    return [each.text.data.decode() for each in found] + (
        [entry.name for entry in asides.iterdir()] if asides.is_dir() else []
    )


# ── Keeping ──────────────────────────────────────────────────────────────────────────────


def test_a_full_disk_keeps_every_state_in_the_journal(
    keeper: Keeper, path: Path, cases: Path, top: Path, disk: Disk
) -> None:
    disk.is_full = True
    for count in range(3):
        with pytest.raises(KeptElsewhere, match=r"^no space left on device; kept in the journal$"):
            keeper.save(text(f"state {count}"))
    assert words(path) == "first"
    keeper.close(is_saved=False)
    disk.is_full = False
    (said,) = recover(cases, str(top), lambda: ME)
    assert said.says == f"Recovered the changes to {NUMBER} that its last session could not save."
    assert words(path) == "state 2"
    assert kept_files(cases, top) == []
    events = [version.event.value for version in Versions(cases, NUMBER).all()]
    assert events == ["recovered", "before-recovery"]


def test_a_disk_that_works_again_leaves_nothing_elsewhere(
    keeper: Keeper, path: Path, cases: Path, top: Path, disk: Disk
) -> None:
    disk.is_full = True
    second = text("second")
    with pytest.raises(KeptElsewhere):
        keeper.save(second)
    disk.is_full = False
    keeper.save(second)
    assert words(path) == "second"
    keeper.close(is_saved=True)
    assert list((cases / ".imr" / "journal").iterdir()) == []
    assert recover(cases, str(top), lambda: ME) == []


@pytest.mark.parametrize("what", ["link", "folder", "fifo"])
def test_what_is_in_the_place_of_the_file_is_no_reason_to_lose_text(
    keeper: Keeper, path: Path, cases: Path, top: Path, tmp_path: Path, what: str
) -> None:
    moved = tmp_path / "moved"
    path.rename(moved)
    if what == "link":
        path.symlink_to(moved)
    else:
        (os.mkfifo if what == "fifo" else os.mkdir)(path)
    says = "^something else has the name of its file; kept in the journal$"
    with pytest.raises(KeptElsewhere, match=says):
        keeper.save(text("second"))
    keeper.close(is_saved=False)
    assert recover(cases, str(top), lambda: ME)[0].is_left
    (path.rmdir if what == "folder" else path.unlink)()
    moved.rename(path)
    assert not recover(cases, str(top), lambda: ME)[0].is_left
    assert words(path) == "second"


@pytest.mark.usefixtures("broken_journal")
def test_without_a_journal_the_aside_takes_it_where_only_its_place_is_taken(
    keeper: Keeper, path: Path
) -> None:
    path.unlink()
    path.mkdir()
    with pytest.raises(KeptElsewhere, match="kept in a file beside it"):
        keeper.save(text("second"))
    (aside,) = (path.parent / ".imr" / "aside").iterdir()
    assert b"second" in aside.read_bytes()


@pytest.mark.usefixtures("broken_journal")
def test_the_rescue_directory_takes_it_at_once_and_gives_it_back(
    keeper: Keeper, path: Path, cases: Path, top: Path, disk: Disk
) -> None:
    disk.is_full = True
    for count in range(2):
        with pytest.raises(KeptElsewhere, match="; kept in the rescue directory"):
            keeper.save(text(f"state {count}"))
    (file,) = (top / account_name()).iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert (top / account_name()).stat().st_mode & 0o777 == 0o700
    # Whoever looks after the machine can read it as a case.
    assert words(file.rename(file.with_name(f"{NUMBER}.toml"))) == "state 1"
    file.with_name(f"{NUMBER}.toml").rename(file)
    keeper.close(is_saved=False)
    disk.is_full = False
    recover(cases, str(top), lambda: ME)
    assert words(path) == "state 1"
    assert not file.exists()


@pytest.mark.usefixtures("broken_journal")
def test_nothing_goes_anywhere_that_the_site_does_not_name(
    path: Path, tmp_path: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    keeper = Keeper(open_case(path))
    before = sorted(tmp_path.rglob("*"))
    disk.is_full = True
    with pytest.raises(CannotStore) as refused:
        keeper.save(text("second"))
    assert not isinstance(refused.value, KeptElsewhere)
    assert [
        each
        for each in sorted(tmp_path.rglob("*"))
        if each not in before and not (each.is_relative_to(path.parent / ".imr"))
    ] == []


def test_a_folder_that_is_gone_leaves_the_rescue_directory(
    keeper: Keeper, path: Path, cases: Path, top: Path, tmp_path: Path
) -> None:
    shutil.copytree(cases, tmp_path / "copy", ignore=shutil.ignore_patterns("journal"))
    shutil.rmtree(cases)
    with pytest.raises(KeptElsewhere, match="kept in the rescue directory"):
        keeper.save(text("second"))
    assert not cases.exists()
    (tmp_path / "copy").rename(cases)
    recover(cases, str(top), lambda: ME)
    assert words(path) == "second"


def test_a_disk_that_was_unmounted_gets_nothing_below_its_place(
    path: Path, cases: Path, top: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = Keeper(open_case(path), str(top))
    cases.rename(tmp_path / "mounted")
    cases.mkdir(mode=0o700)
    monkeypatch.setattr(keeper, "_disk", -1)
    with pytest.raises(KeptElsewhere, match=r"^its disk is not mounted; kept in the rescue"):
        keeper.save(text("second"))
    assert list(cases.iterdir()) == []


def test_while_a_file_is_refused_newer_states_are_kept_first(
    keeper: Keeper, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[Case] = []
    save = CaseFile.save

    def counted(file: CaseFile, case: Case) -> None:
        tried.append(case)
        save(file, case)

    monkeypatch.setattr(CaseFile, "save", counted)
    disk.is_full = True
    one, other = text("one"), text("other")
    for case in (one, other, other):
        with pytest.raises(KeptElsewhere):
            keeper.save(case)
    assert tried == [one, other]


def test_a_conflict_is_told_as_ever(keeper: Keeper, path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"# theirs\n")
    with pytest.raises(Conflict):
        keeper.save(text("second"))


# ── Rescue directories that are not safe ─────────────────────────────────────────────────


def a_text(cases: Path, data: bytes = b"x") -> KeptText:
    return KeptText(os.path.realpath(cases), NUMBER, "00000000.1-00000000", 1, 0.0, "", data)


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o772])
def test_a_rescue_directory_that_others_could_swap_is_refused(
    cases: Path, top: Path, mode: int
) -> None:
    top.chmod(mode)
    with pytest.raises(CannotStore, match="not safe"):
        rescue.keep(top, a_text(cases))
    top.chmod(mode | 0o1000)
    assert rescue.keep(top, a_text(cases)).exists()


def test_a_link_is_no_rescue_directory(cases: Path, top: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(top)
    with pytest.raises(CannotStore, match="not safe"):
        rescue.keep(link, a_text(cases))
    (top / account_name()).symlink_to(tmp_path)
    with pytest.raises(CannotStore, match="Other accounts can access"):
        rescue.keep(top, a_text(cases))
    assert list(rescue.texts(top, cases)) == []


def test_a_part_that_others_can_enter_is_refused(cases: Path, top: Path) -> None:
    (top / account_name()).mkdir()
    (top / account_name()).chmod(0o750)
    with pytest.raises(CannotStore, match="Other accounts can access"):
        rescue.keep(top, a_text(cases))


def test_texts_of_other_folders_stay_where_they_are(cases: Path, top: Path, tmp_path: Path) -> None:
    kept_at = rescue.keep(top, a_text(tmp_path / "other"))
    assert list(rescue.texts(top, cases)) == []
    assert kept_at.exists()


# ── Bringing back ────────────────────────────────────────────────────────────────────────


def keep_and_die(path: Path, case: Case, disk: Disk) -> None:
    """What a session leaves that was killed on a full disk."""
    keeper = Keeper(open_case(path))
    keeper.prepare()
    disk.is_full = True
    with pytest.raises(KeptElsewhere):
        keeper.save(case)
    keeper.close(is_saved=False)
    disk.is_full = False


def test_a_file_that_changed_meanwhile_is_not_written_over(
    path: Path, cases: Path, disk: Disk
) -> None:
    keep_and_die(path, text("mine"), disk)
    open_case(path).save(text("theirs"))
    (said,) = recover(cases, "", lambda: ME)
    assert "has two versions" in said.says
    assert words(path) == "theirs"
    file = open_case(path)
    assert file.is_apart
    mine = file.mine()
    assert mine is not None
    assert mine.summary.text == "mine"
    assert recover(cases, "", lambda: ME) == []


def test_what_lay_aside_already_is_kept(path: Path, cases: Path, disk: Disk) -> None:
    keep_and_die(path, text("mine"), disk)
    open_case(path).save(text("theirs"))
    open_case(path).save_aside(text("older"))
    recover(cases, "", lambda: ME)
    mine = open_case(path).mine()
    assert mine is not None
    assert mine.summary.text == "mine"
    texts = [each.read_bytes() for each in (cases / ".imr" / "aside").iterdir()]
    assert any(b"older" in each for each in texts)


def test_a_file_that_is_gone_comes_back(path: Path, cases: Path, disk: Disk) -> None:
    keep_and_die(path, text("mine"), disk)
    path.unlink()
    (said,) = recover(cases, "", lambda: ME)
    assert "which was missing" in said.says
    assert words(path) == "mine"
    assert not open_case(path).is_apart


def test_what_is_in_the_file_already_is_dropped(path: Path, cases: Path, disk: Disk) -> None:
    keep_and_die(path, text("mine"), disk)
    open_case(path).save(text("mine"))
    assert recover(cases, "", lambda: ME) == []
    assert list((cases / ".imr" / "journal").iterdir()) == []


def test_a_case_that_is_open_is_left_to_its_session(path: Path, cases: Path, disk: Disk) -> None:
    keep_and_die(path, text("mine"), disk)
    claimed = claim(cases, NUMBER, ME)
    assert recover(cases, "", lambda: ME) == []
    assert words(path) == "first"
    claimed.release()
    recover(cases, "", lambda: ME)
    assert words(path) == "mine"


def test_a_disk_that_is_still_full_keeps_it_and_says_so(
    path: Path, cases: Path, disk: Disk
) -> None:
    keep_and_die(path, text("mine"), disk)
    disk.is_full = True
    (said,) = recover(cases, "", lambda: ME)
    assert said.is_left
    assert "kept, but not recovered yet" in said.says
    (found,) = find(cases, "", NUMBER)
    assert restore(cases, found)[0].is_left
    again = Keeper(open_case(path), journal=found.journal)
    with pytest.raises(KeptElsewhere):
        again.save(text("mine, and more"))
    again.close(is_saved=False)
    disk.is_full = False
    recover(cases, "", lambda: ME)
    assert words(path) == "mine, and more"


def keep_twice(path: Path, top: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A session that leaves an older text in its journal, and a newer one in the rescue."""
    keeper = Keeper(open_case(path), str(top))
    keeper.prepare()
    disk.is_full = True
    with pytest.raises(KeptElsewhere, match="journal"):
        keeper.save(text("older"))
    with monkeypatch.context() as broken:
        broken.setattr(keeper, "_write_journal", lambda text: False)
        with pytest.raises(KeptElsewhere, match="rescue"):
            keeper.save(text("newer"))
    keeper.close(is_saved=False)


def test_of_a_session_the_latest_text_counts_wherever_it_is(
    path: Path, cases: Path, top: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_twice(path, top, disk, monkeypatch)
    disk.is_full = False
    recover(cases, str(top), lambda: ME)
    assert words(path) == "newer"
    assert kept_files(cases, top) == []


def test_older_texts_of_a_session_stay_until_the_latest_is_back(
    path: Path, cases: Path, top: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_twice(path, top, disk, monkeypatch)
    assert recover(cases, str(top), lambda: ME)[0].is_left
    (found,) = find(cases, str(top))
    assert len(found.older) == 1
    found.leave_all()


def test_what_is_no_case_is_never_brought_back(path: Path, cases: Path) -> None:
    keeper = Keeper(open_case(path))
    keeper.prepare()
    assert keeper._journal is not None
    keeper._journal.write(a_text(cases, b"no case").encode())
    keeper.close(is_saved=False)
    (said,) = recover(cases, "", lambda: ME)
    assert said.is_left
    assert words(path) == "first"


def test_the_form_of_a_text_comes_back_as_it_was(cases: Path) -> None:
    for data in (b"", b"one\ntwo", b"\n"):
        one = a_text(cases, data)
        assert kept_text.decode(one.encode()) == one
    for blob in (b"", b"x", b"# imr-tui keeps this for {}\nx", b"# imr-tui keeps this for \xff\n"):
        assert kept_text.decode(blob) is None


def test_no_descriptor_is_left_open(path: Path, cases: Path, disk: Disk) -> None:
    keep_and_die(path, text("mine"), disk)
    before = len(safe_open.names(Path("/proc/self/fd")))
    recover(cases, "", lambda: ME)
    assert len(safe_open.names(Path("/proc/self/fd"))) == before
