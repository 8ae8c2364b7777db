"""`imr-tui help --install-man DIR`: the pages, where `man` finds them."""

import os
import stat
import subprocess
from pathlib import Path

import pytest

from imr_tui.store.maintenance.man_pages import man_pages
from tests.commands import Run, assert_refused
from tests.man.programs import require_man

pytestmark = pytest.mark.process


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_every_page_is_copied_to_the_folder_of_its_section(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "share" / "man"
    done = run("help", "--install-man", folder)
    assert done.code == 0
    assert done.err == (
        f"imr-tui: {len(man_pages())} man pages were installed. "
        f"`man -M {folder} imr-tui` shows the first.\n"
    )
    paths = [Path(line) for line in done.out.splitlines()]
    assert {path.name: path.read_bytes() for path in paths} == man_pages()
    assert folder / "man1" / "imr-tui.1" in paths
    assert folder / "man5" / "imr-case.5" in paths
    assert sorted(path for path in folder.rglob("*") if path.is_file()) == sorted(paths)


def test_everybody_can_read_them(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "share" / "man"
    assert run("help", "--install-man", folder).code == 0
    for path in (folder.parent, folder, folder / "man1"):
        assert mode(path) == 0o755
    assert {mode(path) for path in folder.rglob("*.[15]")} == {0o644}


def test_older_pages_are_replaced_and_other_files_stay(run: Run, tmp_path: Path) -> None:
    (tmp_path / "man1").mkdir(mode=0o750)
    for name in ("imr-tui.1", "other.1"):
        (tmp_path / "man1" / name).write_text("old")
    assert run("help", "--install-man", tmp_path).code == 0
    assert (tmp_path / "man1" / "imr-tui.1").read_bytes() == man_pages()["imr-tui.1"]
    assert (tmp_path / "man1" / "other.1").read_text() == "old"
    assert mode(tmp_path / "man1") == 0o750


def test_a_folder_that_is_a_link_is_followed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "man").symlink_to("share")
    assert run("help", "--install-man", tmp_path / "man").code == 0
    assert (tmp_path / "share" / "man1" / "imr-tui.1").is_file()


def test_a_place_that_cannot_be_written_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "man1").write_text("a file")
    assert_refused(run("help", "--install-man", tmp_path), 4, "man1")


def test_a_topic_and_a_folder_exclude_each_other(run: Run, tmp_path: Path) -> None:
    assert_refused(run("help", "keys", "--install-man", tmp_path), 2, "exclude each other")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_man_finds_them(run: Run, tmp_path: Path) -> None:
    require_man()
    assert run("help", "--install-man", tmp_path).code == 0
    for name in ("imr-tui", "imr-tui-letter", "imr-tui.toml", "imr-case"):
        done = subprocess.run(
            ["man", "-M", tmp_path, name],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "MANWIDTH": "80"},
        )
        assert done.stdout.startswith(name.upper())
        assert done.stderr == ""
