"""A folder that others can get at: refused by what writes, told by what reads."""

import os
import shlex
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from imr_tui.model import edits
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.history.versions import Event
from imr_tui.store.safety import folder_privacy
from tests.builders import NUMBER, a_complete_case, saved
from tests.commands import Run, assert_refused

OTHER = "CM26-0000002"


@pytest.fixture
def case(cases: Path) -> Path:
    """A case with a version, in a folder of its own."""
    [path] = saved(cases, a_complete_case())
    path.chmod(0o600)
    Folder(cases).versions(NUMBER).note(path.read_bytes(), Event.OPENED)
    return path


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


WRITERS: dict[str, Callable[[Path], list[object]]] = {
    "new": lambda case: ["new", OTHER, case.parent],
    "import": lambda case: ["import", "-", "--folder", case.parent, "--number", OTHER],
    "restore": lambda case: ["history", case, "--restore", 1],
}
READERS: dict[str, Callable[[Path], list[object]]] = {
    "list": lambda case: ["list", case.parent],
    "check": lambda case: ["check", case, "--ignore", "IMR"],
    "check a folder": lambda case: ["check", case.parent, "--ignore", "IMR"],
    "letter": lambda case: ["letter", case],
    "history": lambda case: ["history", case],
}


@pytest.mark.parametrize("mode", [0o750, 0o705, 0o710, 0o701, 0o777])
@pytest.mark.parametrize("name", WRITERS)
def test_what_writes_refuses_an_open_folder(run: Run, case: Path, name: str, mode: int) -> None:
    case.parent.chmod(mode)
    before = everything(case.parent)
    letter = run("letter", case).out.encode()
    done = run(*WRITERS[name](case), stdin=letter)
    assert done.code == 4, done.err
    assert f"chmod 700 {shlex.quote(str(case.parent))}" in done.err
    assert f"imr-tui doctor --repair . {shlex.quote(str(case.parent))}" in done.err
    assert everything(case.parent) == before
    case.parent.chmod(0o700)
    assert run(*WRITERS[name](case), stdin=letter).code == 0


@pytest.mark.parametrize("name", READERS)
def test_what_reads_tells_it_and_goes_on(run: Run, case: Path, name: str) -> None:
    quiet = run(*READERS[name](case))
    assert quiet.code == 0
    assert "confidential" not in quiet.err
    case.parent.chmod(0o755)
    done = run(*READERS[name](case))
    assert (done.code, done.out) == (0, quiet.out)
    assert done.err.count("is open to everybody on this machine") == 1


def test_what_is_typed_mends_it(run: Run, case: Path) -> None:
    case.parent.chmod(0o755)
    assert run("new", OTHER, case.parent).code == 4
    assert run("doctor", case.parent, "--repair", ".").code == 0
    assert run("new", OTHER, case.parent).code == 0


@pytest.mark.parametrize(
    ("mode", "is_open"), [(0o700, False), (0o750, False), (0o770, False), (0o771, True)]
)
def test_a_site_may_let_the_group_in_but_nobody_else(
    cases: Path, monkeypatch: pytest.MonkeyPatch, mode: int, is_open: bool
) -> None:
    monkeypatch.setattr(folder_privacy, "load_host", lambda: Host(group_access=True))
    cases.chmod(mode)
    assert bool(folder_privacy.fault(cases)) is is_open
    if is_open:
        assert "chmod o-rwx" in folder_privacy.fault(cases)


def test_the_folder_of_somebody_else(cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert "belongs to" in folder_privacy.fault(cases)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert folder_privacy.fault(cases) == ""
    monkeypatch.setattr(folder_privacy, "load_host", lambda: Host(group_access=True))
    assert folder_privacy.fault(cases) == ""


def test_a_folder_that_everybody_can_swap(run: Run, tmp_path: Path) -> None:
    above = tmp_path / "shared"
    (above / "cases").mkdir(mode=0o700, parents=True)
    above.chmod(0o777)
    assert_refused(run("new", OTHER, above / "cases"), 4, "everybody can replace it.* `chmod o-w")
    above.chmod(0o1777)
    assert run("new", OTHER, above / "cases").code == 0


def test_a_case_file_that_is_open_is_told_and_mended_by_the_next_save(run: Run, case: Path) -> None:
    case.chmod(0o644)
    assert "Users other than the owner can read" in run("doctor", case.parent).out
    file = open_case(case)
    file.save(edits.set_summary(file.case, "on"))
    assert stat.S_IMODE(case.stat().st_mode) == 0o600


@pytest.mark.usefixtures("umask")
def test_nothing_that_commands_write_is_for_others(run: Run, case: Path) -> None:
    os.umask(0)
    assert run("new", OTHER, case.parent, "--item", "Massage").code == 0
    assert run("history", case, "--restore", 1).code == 0
    assert run("list", case.parent).code == 0
    assert run("letter", case, "-o", case.with_suffix(".txt")).code == 0
    assert [path for path in case.parent.rglob("*") if path.stat().st_mode & 0o077] == []
