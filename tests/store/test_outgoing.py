"""The letter beside a case: written over the program's own one, and over nothing else."""

import os
from pathlib import Path

import pytest

from imr_tui.errors import CannotStore
from imr_tui.store.cases.folder import Folder
from imr_tui.store.safety import linux
from tests.builders import NUMBER, names

ONE, TWO = "The first letter.\n", "The second letter.\n"


@pytest.fixture
def folder(cases: Path) -> Folder:
    return Folder(cases)


def originals(folder: Folder) -> dict[str, bytes]:
    place = folder.own("originals")
    return {path.name: path.read_bytes() for path in place.iterdir()} if place.is_dir() else {}


def test_its_own_letters_follow_each_other(folder: Folder) -> None:
    for letter in (ONE, TWO, TWO, ONE):
        path = folder.write_letter(NUMBER, letter)
        assert path.read_text() == letter
    assert originals(folder) == {}
    assert names(folder.path) == [".imr", f"{NUMBER}.txt"]


@pytest.mark.parametrize("first", [True, False], ids=["before the first", "after one"])
def test_a_file_of_somebody_else_is_kept(folder: Folder, first: bool) -> None:
    path = folder.path / f"{NUMBER}.txt"
    if not first:
        folder.write_letter(NUMBER, ONE)
    path.write_bytes(b"Notes by hand.\n")
    folder.write_letter(NUMBER, TWO)
    assert path.read_text() == TWO
    assert list(originals(folder).values()) == [b"Notes by hand.\n"]
    assert all(name.startswith(NUMBER) and name.endswith(".txt") for name in originals(folder))


def test_what_is_written_in_the_last_moment_is_kept(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder.write_letter(NUMBER, ONE)
    exchange = linux.exchange

    def late(place: int, one: str, other: str) -> bool:
        path.write_bytes(b"Late notes.\n")
        return exchange(place, one, other)

    monkeypatch.setattr(linux, "exchange", late)
    folder.write_letter(NUMBER, TWO)
    assert list(originals(folder).values()) == [b"Late notes.\n"]


def test_what_cannot_be_kept_is_not_replaced(folder: Folder) -> None:
    path = folder.path / f"{NUMBER}.txt"
    path.write_bytes(b"Notes by hand.\n")
    folder.own("").mkdir(mode=0o700)
    folder.own("originals").write_text("in the way")
    with pytest.raises(CannotStore):
        folder.write_letter(NUMBER, TWO)
    assert path.read_bytes() == b"Notes by hand.\n"


@pytest.mark.parametrize("what", ["link", "dangling", "folder", "fifo"])
def test_what_is_no_file_stays(folder: Folder, tmp_path: Path, what: str) -> None:
    path = folder.path / f"{NUMBER}.txt"
    (tmp_path / "target").write_text("theirs")
    if what == "folder":
        path.mkdir(mode=0o700)
    elif what == "fifo":
        os.mkfifo(path)
    else:
        path.symlink_to(tmp_path / ("target" if what == "link" else "none"))
    with pytest.raises(CannotStore, match="a link or not a file"):
        folder.write_letter(NUMBER, ONE)
    assert (tmp_path / "target").read_text() == "theirs"
    assert not (tmp_path / "none").exists()


def test_a_file_that_belongs_to_another_stays(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder.write_letter(NUMBER, ONE)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with pytest.raises(CannotStore, match="belongs to another user"):
        folder.write_letter(NUMBER, TWO)
    assert path.read_text() == ONE
