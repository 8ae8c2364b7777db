"""What killed sessions leave behind: removed, unless it stands nowhere else."""

import fcntl
import os
import time
from pathlib import Path

import pytest

from imr_tui.model import edits
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.history.versions import Event, Versions
from imr_tui.store.maintenance.orphan_files import Swept, leftovers, sweep
from imr_tui.store.safety import linux
from tests.builders import NUMBER, a_complete_case, names, saved

NEWER = edits.set_summary(a_complete_case(), "newer")


def left(folder: Path, data: bytes, name: str = f"{NUMBER}.toml", age: float = 60) -> Path:
    """A file that a process left behind so many seconds ago."""
    path = folder / f".{name}.4711.0123abcd.tmp"
    path.write_bytes(data)
    then = time.time() - age
    os.utime(path, (then, then))
    return path


def test_a_part_of_a_case_goes(cases: Path) -> None:
    saved(cases, a_complete_case())
    left(cases, encode(NEWER)[:-40])
    assert sweep(cases) == Swept(removed=1)
    assert names(cases) == [f"{NUMBER}.toml"]


def test_a_whole_case_that_stands_nowhere_else_is_kept(cases: Path) -> None:
    saved(cases, a_complete_case())
    left(cases, encode(NEWER))
    assert sweep(cases) == Swept(removed=1, rescued=1)
    (version,) = Versions(cases, NUMBER).all()
    assert (version.event, version.path.read_bytes()) == (Event.LEFT_OVER, encode(NEWER))


@pytest.mark.parametrize("where", ["file", "version"])
def test_what_stands_elsewhere_is_not_kept_twice(cases: Path, where: str) -> None:
    saved(cases, NEWER if where == "file" else a_complete_case())
    if where == "version":
        Versions(cases, NUMBER).note(encode(NEWER), Event.LEFT)
    left(cases, encode(NEWER))
    before = len(Versions(cases, NUMBER).all())
    assert sweep(cases) == Swept(removed=1)
    assert len(Versions(cases, NUMBER).all()) == before


def test_what_somebody_works_on_stays(cases: Path) -> None:
    path = left(cases, b"x")
    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert list(leftovers(cases)) == []
    assert list(leftovers(cases)) == [path]


@pytest.mark.parametrize("age", [0.0, 1.0, -1.0])
def test_what_is_young_stays(cases: Path, age: float) -> None:
    left(cases, b"x", age=age)
    assert sweep(cases) == Swept()


def test_other_files_are_not_ours(cases: Path, tmp_path: Path) -> None:
    (tmp_path / "target").write_text("mine")
    for name in (".x.tmp", "CM26.toml.1.0123abcd.tmp", ".a.1.0123abcg.tmp", ".vimrc", "a.tmp"):
        (cases / name).write_text("x")
        os.utime(cases / name, (1, 1))
    (cases / f".{NUMBER}.toml.1.0123abcd.tmp").symlink_to(tmp_path / "target")
    assert sweep(cases) == Swept()
    assert (tmp_path / "target").read_text() == "mine"


def test_the_programs_own_folder_is_swept_too(cases: Path) -> None:
    deep = cases / ".imr" / "history" / NUMBER
    deep.mkdir(mode=0o700, parents=True)
    left(deep, encode(NEWER), "000001-opened.toml")
    left(cases / ".imr", b"", "profile.toml")
    assert sweep(cases) == Swept(removed=2)
    assert names(deep) == []


def test_the_old_text_of_a_save_is_no_leftover(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path,) = saved(cases, a_complete_case())
    os.utime(path, (time.time() - 60,) * 2)
    file = open_case(path)
    exchange = linux.exchange

    def exchange_and_sweep(folder: int, one: str, other: str) -> bool:
        done = exchange(folder, one, other)
        # Another session starts now, and tidies the folder.
        sweep(cases)
        return done

    monkeypatch.setattr(linux, "exchange", exchange_and_sweep)
    for text in ("a", "ab"):
        file.save(edits.set_summary(file.case, text))
    assert open_case(path).case.summary.text == "ab"
    assert names(cases) == [path.name]
