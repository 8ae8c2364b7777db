"""Writing a file: whole at every moment, synced in order, and nothing left behind."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from imr_tui.errors import CannotStore
from imr_tui.store.safety import atomic
from tests.builders import descriptors, names

pytestmark = pytest.mark.process

OLD = b"old " * 100
NEW = b"new text " * 1000


class System:
    """The os module with some of its functions replaced, so that only atomic sees it."""

    def __init__(self, **replaced: Callable[..., Any]) -> None:
        self.__dict__.update(replaced)

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that holds OLD, alone in its folder."""
    path = tmp_path / "file.toml"
    path.write_bytes(OLD)
    return path


def fails(number: int) -> Callable[..., Any]:
    """A system call that fails."""

    def call(*arguments: Any, **options: Any) -> Any:
        raise OSError(number, os.strerror(number))

    return call


def is_folder(descriptor: int) -> bool:
    return stat.S_ISDIR(os.fstat(descriptor).st_mode)


def test_write_replaces(path: Path) -> None:
    atomic.write(path, NEW)
    assert path.read_bytes() == NEW
    assert names(path.parent) == [path.name]


def test_write_makes(tmp_path: Path) -> None:
    atomic.write(tmp_path / "new", b"")
    assert (tmp_path / "new").read_bytes() == b""
    assert names(tmp_path) == ["new"]


def test_short_writes_are_continued(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(descriptor: int, data: bytes) -> int:
        return os.write(descriptor, data[:10])

    monkeypatch.setattr(atomic, "os", System(write=write))
    atomic.write(path, NEW)
    assert path.read_bytes() == NEW


def test_a_disk_that_lies_is_found_out(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(descriptor: int, data: bytes) -> int:
        os.write(descriptor, data[:-1])
        return len(data)

    monkeypatch.setattr(atomic, "os", System(write=write))
    with pytest.raises(CannotStore):
        atomic.write(path, NEW)
    assert path.read_bytes() == OLD
    assert names(path.parent) == [path.name]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EDQUOT])
@pytest.mark.parametrize("call", ["open", "write", "fsync", "fstat"])
def test_a_failing_call_leaves_the_old_file_alone(
    path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    monkeypatch.setattr(atomic, "os", System(**{call: fails(number)}))
    with pytest.raises(CannotStore) as caught:
        atomic.write(path, NEW)
    why = os.strerror(number).lower()
    assert str(caught.value) == f"{path} could not be written: {why}."
    assert path.read_bytes() == OLD
    assert names(path.parent) == [path.name]


def test_a_write_that_fails_midway_leaves_the_old_file_alone(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[int] = []

    def write(descriptor: int, data: bytes) -> int:
        if len(taken) == 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        taken.append(os.write(descriptor, data[:10]))
        return taken[-1]

    monkeypatch.setattr(atomic, "os", System(write=write))
    with pytest.raises(CannotStore, match="no space left on device"):
        atomic.write(path, NEW)
    assert taken == [10, 10, 10]
    assert path.read_bytes() == OLD
    assert names(path.parent) == [path.name]


def test_a_close_that_fails_leaves_the_old_file_alone(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def close(descriptor: int) -> None:
        os.close(descriptor)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(atomic, "os", System(close=close))
    with pytest.raises(CannotStore, match="input/output error"):
        atomic.write(path, NEW)
    assert path.read_bytes() == OLD
    assert names(path.parent) == [path.name]


def test_a_rename_that_fails_leaves_the_old_file_alone(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic, "os", System(rename=fails(errno.EIO)))
    with pytest.raises(CannotStore, match="input/output error"):
        atomic.write(path, NEW)
    monkeypatch.undo()
    assert path.read_bytes() == OLD
    assert names(path.parent) == [path.name]


def test_a_folder_that_cannot_be_synced_is_reported(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fsync(descriptor: int) -> None:
        if is_folder(descriptor):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        os.fsync(descriptor)

    monkeypatch.setattr(atomic, "os", System(fsync=fsync))
    before = descriptors()
    with pytest.raises(CannotStore, match="input/output error"):
        atomic.write(path, NEW)
    assert path.read_bytes() in (OLD, NEW)
    assert names(path.parent) == [path.name]
    assert descriptors() == before


def test_an_interrupt_leaves_nothing_behind(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(descriptor: int, data: bytes) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(atomic, "os", System(write=write))
    before = descriptors()
    with pytest.raises(KeyboardInterrupt):
        atomic.write(path, NEW)
    assert path.read_bytes() == OLD
    assert names(path.parent) == [path.name]
    assert descriptors() == before


def test_the_order_of_calls(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def write(descriptor: int, data: bytes) -> int:
        calls.append("write")
        return os.write(descriptor, data)

    def fsync(descriptor: int) -> None:
        calls.append("fsync folder" if is_folder(descriptor) else "fsync file")
        os.fsync(descriptor)

    def renamed(source: str, target: str, *, src_dir_fd: int, dst_dir_fd: int) -> None:
        calls.append("rename")
        assert src_dir_fd == dst_dir_fd
        assert (path.parent / source).read_bytes() == NEW
        assert (path.parent / target).read_bytes() == OLD
        os.rename(source, target, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)

    monkeypatch.setattr(atomic, "os", System(write=write, fsync=fsync, rename=renamed))
    atomic.write(path, NEW)
    assert calls == ["write", "fsync file", "rename", "fsync folder"]


def test_the_temporary_file_is_no_case_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: set[str] = set()

    def fsync(descriptor: int) -> None:
        seen.update(names(path.parent))
        os.fsync(descriptor)

    monkeypatch.setattr(atomic, "os", System(fsync=fsync))
    atomic.write(path, NEW)
    temporary = seen - {path.name}
    assert len(temporary) == 1
    assert all(name.startswith(".") and not name.endswith(".toml") for name in temporary)


@pytest.mark.parametrize("mask", [0o000, 0o077, 0o777])
@pytest.mark.usefixtures("umask")
def test_files_and_folders_are_for_their_owner_only(tmp_path: Path, mask: int) -> None:
    os.umask(mask)
    atomic.write(tmp_path / "file", b"x")
    atomic.make_folder(tmp_path / "folder")
    os.umask(0o022)
    expected = (0o600 & ~mask, 0o700 & ~mask)
    found = tuple(stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("file", "folder"))
    assert found == expected


def test_a_folder_that_is_there_is_enough(tmp_path: Path) -> None:
    atomic.make_folder(tmp_path / "folder")
    atomic.make_folder(tmp_path / "folder")
    (tmp_path / "file").touch()
    with pytest.raises(CannotStore, match="could not be created: file exists"):
        atomic.make_folder(tmp_path / "file")
    with pytest.raises(CannotStore, match="no such file or directory"):
        atomic.make_folder(tmp_path / "none" / "folder")


def test_a_link_is_replaced_and_its_target_left(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_bytes(OLD)
    link = tmp_path / "link"
    link.symlink_to(target)
    atomic.write(link, NEW)
    assert target.read_bytes() == OLD
    assert not link.is_symlink()
    assert link.read_bytes() == NEW


def test_a_folder_in_the_way_stays(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir(mode=0o700)
    with pytest.raises(CannotStore, match="is a directory"):
        atomic.write(tmp_path / "folder", NEW)
    assert names(tmp_path) == ["folder"]


def test_a_reader_sees_the_old_file_or_the_new(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []

    def write(descriptor: int, data: bytes) -> int:
        seen.append(path.read_bytes())
        return os.write(descriptor, data[:2000])

    monkeypatch.setattr(atomic, "os", System(write=write))
    atomic.write(path, NEW)
    assert len(seen) > 1
    assert set(seen) == {OLD}


@pytest.mark.parametrize("folder", ["cases", "./cases", "."])
def test_folders_are_made_below_a_folder_that_is_named_as_people_name_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    (tmp_path / "cases").mkdir(mode=0o700)
    monkeypatch.chdir(tmp_path)
    above = Path(folder)
    atomic.make_folders(above / ".imr" / "history" / "X", above)
    assert (tmp_path / folder / ".imr" / "history" / "X").is_dir()
