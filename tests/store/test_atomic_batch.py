"""Many files are written at once: each whole or not there, and none over another."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from imr_tui.errors import CannotStore
from imr_tui.store.safety import atomic, atomic_batch, linux
from imr_tui.store.safety.atomic_batch import create_all, write_all
from tests.builders import names

FILES = {"a.toml": b"a", "b.toml": b"b" * 5_000, "c.toml": b""}
MANY = {f"{number:03}.toml": b"%d" % number for number in range(atomic_batch._MANY)}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("write", [create_all, write_all])
def test_files_are_written(cases: Path, write: Callable[..., object]) -> None:
    write(cases, FILES)
    assert contents(cases) == FILES
    assert {path.stat().st_mode & 0o777 for path in cases.iterdir()} == {0o600}


@pytest.mark.parametrize("write", [create_all, write_all])
def test_many_files_are_written_and_each_is_synced(
    cases: Path, write: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync, synced = os.fsync, set()

    def noted(descriptor: int) -> None:
        synced.add(os.fstat(descriptor).st_ino)
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    write(cases, MANY)
    assert contents(cases) == MANY
    assert synced == {path.stat().st_ino for path in (*cases.iterdir(), cases)}


def test_one_of_many_that_the_disk_refuses_leaves_none(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(descriptor: int) -> None:
        if os.fstat(descriptor).st_size == 2:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(CannotStore, match="input/output error"):
        create_all(cases, MANY)
    assert names(cases) == []


def test_without_the_call_for_it_no_file_is_replaced(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linux, "_renameat2", lambda: None)
    (cases / "b.toml").write_bytes(b"theirs")
    assert create_all(cases, FILES) == {"b.toml"}
    assert contents(cases) == {**FILES, "b.toml": b"theirs"}


def test_files_that_exist_are_left_alone(cases: Path) -> None:
    (cases / "b.toml").write_bytes(b"theirs")
    (cases / "c.toml").symlink_to("nowhere")
    assert create_all(cases, FILES) == {"b.toml", "c.toml"}
    assert names(cases) == ["a.toml", "b.toml", "c.toml"]
    assert (cases / "b.toml").read_bytes() == b"theirs"
    assert (cases / "c.toml").is_symlink()


def test_files_that_exist_are_replaced(cases: Path) -> None:
    (cases / "b.toml").write_bytes(b"old")
    write_all(cases, FILES)
    assert contents(cases) == FILES


@pytest.mark.parametrize("write", [create_all, write_all])
@pytest.mark.parametrize("call", ["fsync", "write", "open"])
def test_a_refused_file_leaves_none(
    cases: Path, write: Callable[..., object], call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (cases / "b.toml").write_bytes(b"old")
    real, count = getattr(os, call), [0]

    def fails_later(*given: object, **more: object) -> object:
        count[0] += 1
        if count[0] == 2:
            raise OSError(28, "No space left on device")
        return real(*given, **more)

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fails_later)
        with pytest.raises(CannotStore, match="no space left"):
            write(cases, FILES)
    assert contents(cases) == {"b.toml": b"old"}


def test_what_cannot_be_read_back_is_refused(cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_whole = atomic.write_whole
    monkeypatch.setattr(atomic, "write_whole", lambda to, data: write_whole(to, data[:10]))
    with pytest.raises(CannotStore, match="only a part"):
        atomic_batch.create_all(cases, FILES)
    assert names(cases) == []


def test_a_folder_that_is_gone_is_refused(cases: Path) -> None:
    cases.rmdir()
    with pytest.raises(CannotStore, match="could not be written"):
        create_all(cases, FILES)
