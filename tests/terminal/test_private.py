"""The app and a folder that others can get at; and what a session leaves for others to read."""

import sys
from pathlib import Path

import pytest

from tests.bench.samples import APP, FRESH, make_folder
from tests.terminal.driver import Terminal

NUMBER = FRESH.stem


@pytest.mark.parametrize("mode", [0o755, 0o750])
@pytest.mark.parametrize("what", ["", FRESH.name], ids=["folder", "case"])
def test_an_open_folder_is_not_opened(tmp_path: Path, what: str, mode: int) -> None:
    folder = make_folder(tmp_path, FRESH)
    folder.chmod(mode)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with Terminal([*APP, str(folder / what)], tmp_path) as terminal:
        assert terminal.wait_exit() == 4
        said = " ".join(terminal.text.split()).replace(" ", "")
        assert f"chmod700{folder}".replace(" ", "") in said
        assert "imr-tuidoctor--repair." in said
        assert b"\x1b[?1049h" not in terminal.raw
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_link_in_the_place_of_the_programs_own_folder(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, FRESH, profile=False)
    (tmp_path / "target").mkdir(mode=0o700)
    (folder / ".imr").symlink_to(tmp_path / "target")
    with Terminal([*APP, str(folder)], tmp_path) as terminal:
        assert terminal.wait_exit() == 4
        assert b".imr is a link" in terminal.raw
    assert list((tmp_path / "target").iterdir()) == []


@pytest.mark.slow
def test_a_session_leaves_nothing_that_others_may_read(tmp_path: Path) -> None:
    """Even where the shell lets new files be open to everybody."""
    folder = make_folder(tmp_path, FRESH)
    (folder / FRESH.name).chmod(0o666)
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    script = 'umask 000; exec "$@"'
    command = ["sh", "-c", script, "sh", sys.executable, "-B", "-m", "imr_tui", str(folder)]
    with Terminal(command, home, env={"HOME": str(home)}) as terminal:
        terminal.wait_for(NUMBER)
        terminal.settle()
        terminal.key("enter")
        terminal.wait_for("attest")
        terminal.settle()
        terminal.type("1")
        terminal.key("ctrl+n")
        terminal.enter_text()
        terminal.type("Typed.")
        terminal.wait_for("Saved")
        terminal.settle()
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
    left = list(home.rglob("*"))
    found = [path for path in (folder, *folder.rglob("*"), *left) if path.stat().st_mode & 0o077]
    assert found == []
    # Only the head of the audit log is noted outside of the folder.
    heads = home / ".local" / "state" / "imr-tui" / "heads"
    assert [path.parent for path in left if path.is_file()] == [heads]
    made = {path.name for path in folder.rglob("*")}
    assert {"history", "locks", "index.json", "spot.toml"} <= made
