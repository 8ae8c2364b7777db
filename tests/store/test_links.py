"""Links where the program's own files should be: none is followed, and it is said."""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from imr_tui.checks import CheckSetup
from imr_tui.errors import ImrError
from imr_tui.model import edits
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config import Profile, ResumePoint
from imr_tui.store.config.account_state import (
    load_recent,
    load_resume_point,
    save_recent,
    save_resume_point,
)
from imr_tui.store.config.profile import load_profile, save_profile
from imr_tui.store.config.settings import Retention, load_settings
from imr_tui.store.config.site_catalogue import load_catalogue
from imr_tui.store.history.replaced import keep_original
from imr_tui.store.history.versions import Event
from imr_tui.store.locking.claim import ask, claim
from imr_tui.store.locking.holder import Holder
from imr_tui.store.maintenance.housekeeping import tidy
from imr_tui.store.maintenance.trusted_time import Uptime
from imr_tui.store.safety import atomic
from imr_tui.store.worklist.listing import rows_of
from tests.builders import NOW, NUMBER, a_complete_case, saved
from tests.commands import Run
from tests.soak.swaps import swapped_while

pytestmark = pytest.mark.process

ME = Holder(who="drjane", host="ward-3", pid=1)
LATER = datetime(2036, 1, 1, tzinfo=UTC)


@pytest.fixture
def folder(cases: Path) -> Folder:
    """A folder with one case."""
    [path] = saved(cases, a_complete_case())
    path.chmod(0o600)
    return Folder(cases)


def save_by_hand(folder: Folder) -> None:
    """Save a case whose file was edited by hand, which keeps the original."""
    path = folder.path_of(NUMBER)
    path.write_bytes(path.read_bytes() + b"# by hand\n")
    file = open_case(path)
    file.save(edits.set_summary(file.case, "on"))


def save_apart(folder: Folder) -> None:
    """Save a case that another program has changed meanwhile."""
    file = open_case(folder.path_of(NUMBER))
    file.path.write_bytes(file.path.read_bytes() + b"# theirs\n")
    file.save(edits.set_summary(file.case, "mine"))


def purge(folder: Folder) -> None:
    for day in range(4):
        tidy(folder, Retention(history_days=1), LATER + timedelta(days=day), Uptime("", 0.0))


def look(folder: Folder) -> None:
    rows_of(folder.path, CheckSetup())


def work(folder: Folder) -> str:
    """Everything that is written below `.imr`, whatever becomes of it; what was refused and why."""
    said = []
    resume_point = ResumePoint(number=NUMBER, kind="summary", at=NOW)
    for act in (
        lambda: claim(folder.path, NUMBER, ME).release(),
        lambda: ask(folder.path, NUMBER, ME).withdraw(),
        lambda: claim(folder.path, NUMBER, ME).refuse(),
        lambda: folder.versions(NUMBER).note(b"version", Event.OPENED),
        lambda: save_profile(folder, Profile(name="Jane Sample")),
        lambda: save_recent(folder, ("mtus-2023-shoulder",)),
        lambda: save_resume_point(folder, resume_point),
        lambda: save_by_hand(folder),
        lambda: save_apart(folder),
        lambda: look(folder),
        lambda: purge(folder),
        lambda: folder.is_writable(),
        lambda: folder.write_letter(NUMBER, "The letter.\n"),
        lambda: keep_original(folder.path_of(NUMBER), b"original"),
    ):
        try:
            act()
        except ImrError as error:
            said.append(str(error))
    return "\n".join(said)


FOLDERS = [
    ".imr",
    ".imr/history",
    f".imr/history/{NUMBER}",
    ".imr/locks",
    ".imr/aside",
    ".imr/originals",
]
FILES = [
    f"{NUMBER}.txt",
    ".imr/index.json",
    ".imr/index.sqlite",
    ".imr/profile.toml",
    ".imr/recent.toml",
    ".imr/spot.toml",
    ".imr/probe",
    f".imr/aside/{NUMBER}.toml",
    f".imr/locks/{NUMBER}.lock",
    f".imr/locks/{NUMBER}.asked",
    f".imr/history/{NUMBER}/000001-opened.toml",
    f".{NUMBER}.toml.1.0123abcd.tmp",
]


def tree(place: Path) -> dict[str, object]:
    """Everything below a folder with what is in it; the modes too."""
    return {
        str(path): (path.lstat().st_mode, path.read_bytes() if path.is_file() else b"")
        for path in sorted(place.rglob("*"))
    }


def filled(place: Path) -> Path:
    """A folder of somebody else's that has every name the program would use."""
    (place / "locks").mkdir(mode=0o700, parents=True)
    (place / NUMBER).mkdir(mode=0o700)
    names = (
        *("index.json", "profile.toml", "recent.toml", "probe", "index.sqlite"),
        *(f"{NUMBER}.toml", f"{NUMBER}.lock", f"{NUMBER}.asked", f"locks/{NUMBER}.asked"),
        *("000001-opened.toml", f"{NUMBER}/000001-opened.toml", ".x.1.0123abcd.tmp"),
    )
    for name in names:
        (place / name).write_bytes(b"theirs")
        os.utime(place / name, (1, 1))
    return place


@pytest.mark.parametrize("name", FOLDERS)
def test_no_folder_is_reached_through_a_link(folder: Folder, tmp_path: Path, name: str) -> None:
    target = filled(tmp_path / "target")
    before = tree(target)
    link = folder.path / name
    link.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    link.symlink_to(target)
    assert f"the link {link.name} is not followed" in work(folder)
    assert tree(target) == before
    assert link.is_symlink()


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("hard", [False, True], ids=["symbolic", "hard"])
def test_no_file_is_written_through_a_link(
    folder: Folder, tmp_path: Path, name: str, hard: bool
) -> None:
    target = tmp_path / "target"
    target.write_bytes(b"theirs")
    link = folder.path / name
    link.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    link.hardlink_to(target) if hard else link.symlink_to(target)
    work(folder)
    assert target.read_bytes() == b"theirs"


def test_a_case_that_is_a_link_is_not_written(folder: Folder, tmp_path: Path) -> None:
    path = folder.path_of(NUMBER)
    file = open_case(path)
    path.rename(tmp_path / "target.toml")
    path.symlink_to(tmp_path / "target.toml")
    before = (tmp_path / "target.toml").read_bytes()
    with pytest.raises(ImrError, match="it is a link"):
        file.save(edits.set_summary(file.case, "on"))
    assert (tmp_path / "target.toml").read_bytes() == before


READ: dict[str, Callable[[Folder], object]] = {
    "profile.toml": load_profile,
    "settings.toml": load_settings,
    "guidelines.toml": load_catalogue,
    "recent.toml": load_recent,
    "spot.toml": load_resume_point,
}


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("whole", [False, True], ids=["file", "folder"])
def test_nothing_is_read_through_a_link(
    folder: Folder, tmp_path: Path, name: str, whole: bool
) -> None:
    target = tmp_path / "target"
    target.mkdir(mode=0o700)
    (target / name).write_text('organization = "Elsewhere"\n')
    if whole:
        folder.own("").symlink_to(target)
    else:
        folder.own("").mkdir(mode=0o700)
        folder.own(name).symlink_to(target / name)
    if name in ("recent.toml", "spot.toml"):
        assert not READ[name](folder)
    else:
        with pytest.raises(ImrError, match="link"):
            READ[name](folder)


@pytest.mark.parametrize("command", [["new", "CM26-0000002", "FOLDER"], ["doctor", "FOLDER"]])
def test_a_link_is_told(run: Run, folder: Folder, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "target").mkdir(mode=0o700)
    folder.own("").symlink_to(tmp_path / "target")
    done = run(*(str(folder.path) if word == "FOLDER" else word for word in command))
    assert done.code in (1, 4)
    assert ".imr is a link" in done.out + done.err
    assert list((tmp_path / "target").iterdir()) == []


def test_doctor_names_every_link(run: Run, folder: Folder, tmp_path: Path) -> None:
    folder.own("").mkdir(mode=0o700)
    folder.own("locks").symlink_to(tmp_path)
    folder.own("profile.toml").symlink_to(tmp_path / "none")
    said = run("doctor", folder.path).out
    assert ".imr/locks: " in said
    assert ".imr/profile.toml: " in said


@pytest.mark.slow
def test_a_swap_while_saving_changes_nothing_elsewhere(tmp_path: Path) -> None:
    assert list(swapped_while(tmp_path, rounds=150)) == []


def test_a_folder_that_is_no_link_is_used(folder: Folder) -> None:
    atomic.make_folders(folder.own("a") / "b", folder.path)
    atomic.write(folder.own("a") / "b" / "c", b"x")
    assert (folder.own("a") / "b" / "c").read_bytes() == b"x"
    shutil.rmtree(folder.own("a"))
