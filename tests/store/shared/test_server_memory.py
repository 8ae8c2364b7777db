"""What a folder remembers about the servers of the shared store."""

from pathlib import Path

import pytest

from imr_tui.errors import BadInput, CannotStore
from imr_tui.store.safety import atomic
from imr_tui.store.shared.connection.identity import NEVER_SEEN, Identity
from imr_tui.store.shared.connection.server_memory import ServerMemory


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".imr").mkdir()
    return tmp_path


def test_a_new_folder_has_seen_no_server(tmp_path: Path) -> None:
    assert ServerMemory(tmp_path).highest() == NEVER_SEEN
    assert list(tmp_path.iterdir()) == []


def test_only_the_highest_pair_is_remembered(folder: Path) -> None:
    memory = ServerMemory(folder)
    for epoch, timeline in [(1, 3), (1, 2), (2, 1), (1, 9)]:
        memory.note(Identity(epoch, timeline))
    assert memory.highest() == ServerMemory(folder).highest() == (2, 1)
    file = folder / ".imr" / "shared" / "server.toml"
    assert file.read_text() == "epoch = 2\ntimeline = 1\n"
    assert file.stat().st_mode & 0o077 == 0


def test_a_session_sees_what_another_one_noted(folder: Path) -> None:
    one, other = ServerMemory(folder), ServerMemory(folder)
    one.note(Identity(1, 1))
    assert other.highest() == (1, 1)
    one.note(Identity(1, 2))
    assert other.highest() == (1, 2)


def test_the_higher_of_two_pairs_noted_at_once_remains(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = ServerMemory(folder), ServerMemory(folder)
    one.note(Identity(1, 1))
    swap = atomic.swap

    def swap_late(path: Path, data: bytes, keep: atomic.Keep) -> None:
        monkeypatch.setattr(atomic, "swap", swap)
        other.note(Identity(1, 3))
        swap(path, data, keep)

    monkeypatch.setattr(atomic, "swap", swap_late)
    one.note(Identity(1, 2))
    assert one.highest() == ServerMemory(folder).highest() == (1, 3)


@pytest.mark.parametrize("text", ["epoch = 1\n", 'epoch = "1"\ntimeline = 1\n', "", "epoch ="])
def test_a_damaged_file_is_not_taken_for_none(folder: Path, text: str) -> None:
    memory = ServerMemory(folder)
    memory.note(Identity(5, 5))
    (folder / ".imr" / "shared" / "server.toml").write_text(text)
    for action in (memory.highest, lambda: memory.note(Identity(1, 1))):
        with pytest.raises(BadInput, match=r"server\.toml"):
            action()


def test_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.toml"
    outside.write_text("epoch = 1\ntimeline = 1\n")
    (folder / ".imr" / "shared").mkdir()
    (folder / ".imr" / "shared" / "server.toml").symlink_to(outside)
    with pytest.raises(CannotStore, match="link"):
        ServerMemory(folder).highest()


def test_one_session_looks_for_a_newer_primary_now_and_then(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    memory = ServerMemory(folder)
    assert not memory.is_look_due()
    now[0] += 60.0
    assert [memory.is_look_due(), memory.is_look_due()] == [True, False]
