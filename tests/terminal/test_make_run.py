"""`make run`: a working copy of the samples that no tracked file and no test depends on."""

import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.profile import save_profile
from tests.bench.samples import FRESH, PROFILE, SAMPLES, SEED, on_disk
from tests.terminal.driver import Terminal

ROOT = Path(__file__).parents[2]
COPIED = (".gitignore", "Makefile", "pyproject.toml", "requirements.lock")
LETTER = f"{SEED.stem}.txt"
"""The letter of the finished sample, which is written when the samples are copied."""
MADE = {FRESH.name, SEED.name, LETTER, ".imr"}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of its own, committed, whose `imr-tui` is the program under test."""
    if not (shutil.which("make") and shutil.which("git")):
        pytest.skip("make and git are needed")
    place = tmp_path / "checkout"
    place.mkdir()
    for name in COPIED:
        shutil.copy2(ROOT / name, place)
    shutil.copytree(SAMPLES, place / "cases")
    program = place / ".venv" / "bin" / "imr-tui"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m imr_tui "$@"\n')
    program.chmod(0o755)
    (place / ".venv" / ".ready").touch()
    git(place, "init", "-q")
    git(place, "add", ".")
    git(place, "commit", "-q", "-m", "All")
    return place


def git(place: Path, *words: str) -> str:
    who = ("-c", "user.name=t", "-c", "user.email=t@example.com")
    return subprocess.run(
        ["git", *who, *words], cwd=place, check=True, capture_output=True, text=True
    ).stdout


def make(place: Path, *words: str) -> None:
    subprocess.run(["make", *words], cwd=place, check=True, capture_output=True)


def worked(place: Path, command: list[str]) -> None:
    """Open the fresh case by `command`, at home elsewhere, and attest something."""
    with Terminal(command, place.parent, cwd=place) as terminal:
        terminal.wait_for(FRESH.stem)
        terminal.settle()
        terminal.key("enter")
        terminal.wait_for("attest")
        terminal.settle()
        terminal.key("1")
        path = place / ".cases" / FRESH.name
        terminal.wait_until(lambda: bool(on_disk(path).reviewer.attested), what="the save")
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0, terminal.text


@pytest.mark.slow
def test_using_the_program_changes_no_tracked_file(checkout: Path) -> None:
    make(checkout, ".cases")
    save_profile(Folder(checkout / ".cases"), PROFILE)
    worked(checkout, ["make", "run"])
    assert on_disk(checkout / ".cases" / FRESH.name) != on_disk(FRESH)
    assert git(checkout, "status", "--porcelain") == ""
    assert (checkout / "cases" / FRESH.name).read_bytes() == FRESH.read_bytes()


def test_the_copy_is_private_made_once_and_kept_by_clean(checkout: Path) -> None:
    subprocess.run(["sh", "-c", "umask 000; make -s .cases"], cwd=checkout, check=True)
    copy = checkout / ".cases"
    assert {path.name for path in copy.iterdir()} == MADE
    for path in (copy, *copy.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    (copy / FRESH.name).write_text("mine")
    (copy / SEED.name).unlink()
    # A newer sample does not take the place of what the reviewer has.
    (checkout / "cases" / FRESH.name).touch()
    make(checkout, ".cases")
    make(checkout, "clean")
    assert {path.name for path in copy.iterdir()} == MADE - {SEED.name}
    assert (copy / FRESH.name).read_text() == "mine"


def test_a_copy_that_was_interrupted_is_made_anew(checkout: Path) -> None:
    (checkout / ".cases.new").mkdir()
    (checkout / ".cases.new" / "half.toml").write_text("half")
    make(checkout, ".cases")
    assert {path.name for path in (checkout / ".cases").iterdir()} == MADE
    assert not (checkout / ".cases.new").exists()


def test_no_test_reads_what_the_program_opens() -> None:
    assert SAMPLES == ROOT / "tests" / "samples"
