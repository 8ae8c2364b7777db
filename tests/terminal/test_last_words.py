"""Ended while no disk takes the text: the process lives on without a terminal until one does."""

import errno
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from imr_tui.store.config.account_folder import account_folder
from imr_tui.store.locking.claim import holder
from imr_tui.store.recovery import handover
from imr_tui.store.recovery.kept_text import KeptText
from tests.bench.samples import APP, FRESH, on_disk
from tests.soak import processes
from tests.soak.last_words import Kind, Scene, last_words, link, no_file_that_long
from tests.terminal.below_a_shell import Shell, below_a_shell
from tests.terminal.driver import Terminal

TYPED = "Nothing of this may be lost."

REFUSING = f"""
import os
from pathlib import Path
from imr_tui.cli import main
from imr_tui.store.safety import atomic
from imr_tui.store.recovery.journal import Journal

new_file, write = atomic._new_file, Journal.write

def refuse():
    if (Path.home() / "full").exists():
        raise OSError({errno.ENOSPC}, os.strerror({errno.ENOSPC}))

def full_file(path, data):
    refuse()
    return new_file(path, data)

def full_journal(journal, data):
    refuse()
    write(journal, data)

atomic._new_file, Journal.write = full_file, full_journal
main()
"""
"""The app on a disk that takes nothing as long as there is a file `full`."""

APP_REFUSED = [sys.executable, "-c", REFUSING]


def fill(shell: Shell) -> None:
    (shell.place / "full").touch()
    shell.terminal.type(TYPED)
    shell.terminal.wait_for("NOT SAVED: CM26-0190442.toml could not be written: no space left")


def wait_told(shell: Shell) -> None:
    """Wait until the terminal was given back, and told why the process is still there."""
    says = "the last changes could not be saved to any disk"
    shell.terminal.wait_until(lambda: says in shell.said("said"), what=says)


@pytest.mark.slow
@pytest.mark.parametrize("how", ["SIGHUP", "SIGTERM", "SIGINT", "closed"])
def test_it_lives_on_until_the_disk_takes_the_text(tmp_path: Path, how: str) -> None:
    with below_a_shell(tmp_path, app=APP_REFUSED) as shell:
        fill(shell)
        if how == "closed":
            shell.terminal.hang_up()
        else:
            processes.send(shell.app, signal.Signals[how])
        time.sleep(3.0)
        assert processes.is_running(shell.app)
        assert holder(shell.path.parent, FRESH.stem) is not None
        assert_without_terminal(shell)
        before = processes.cpu_seconds(shell.app)
        time.sleep(3.0)
        assert processes.cpu_seconds(shell.app) - before < 0.15
        (tmp_path / "full").unlink()
        shell.wait_app_gone()
        number = signal.SIGHUP if how == "closed" else signal.Signals[how]
        assert shell.wait_over() == 128 + number
        assert shell.holds(TYPED)
        if how != "closed":
            shell.assert_restored()
            assert "the last changes could not be saved to any disk" in shell.said("said")
    assert list((shell.path.parent / ".imr" / "journal").iterdir()) == []


def assert_without_terminal(shell: Shell) -> None:
    """The process has no descriptor of a terminal, and none that controls it."""
    place = Path(f"/proc/{shell.app}/fd")
    assert not [each for each in place.iterdir() if "/pts/" in str(each.readlink())]
    fields = Path(f"/proc/{shell.app}/stat").read_text(encoding="utf-8").rpartition(") ")[2]
    assert fields.split()[4] == "0"


@pytest.mark.slow
def test_what_is_typed_afterwards_is_not_its_own(tmp_path: Path) -> None:
    with below_a_shell(tmp_path, app=APP_REFUSED) as shell:
        fill(shell)
        processes.send(shell.app, signal.SIGTERM)
        wait_told(shell)
        shell.terminal.type("for the shell\r")
        time.sleep(1.0)
        (tmp_path / "full").unlink()
        assert shell.wait_over() == 143
        assert shell.holds(TYPED)


@pytest.mark.slow
def test_the_next_start_takes_over_from_it(tmp_path: Path) -> None:
    with below_a_shell(tmp_path, app=APP_REFUSED) as shell:
        fill(shell)
        shell.terminal.hang_up()
        time.sleep(2.0)
        # Not where the first one was, but at the first open field, which is a decision.
        (account_folder(shell.path.parent) / "spot.toml").unlink(missing_ok=True)
        # For this start the disk takes everything: only the process that waits finds it full.
        with Terminal([*APP, str(shell.path)], tmp_path) as terminal:
            terminal.wait_for("Recovered the changes")
            shell.wait_app_gone()
            assert shell.wait_over() == 129
            assert shell.holds(TYPED)
            terminal.settle()
            terminal.key("u")
            terminal.wait_until(lambda: on_disk(shell.path).items[0].decision == "upheld")
            terminal.key("ctrl+q")
            assert terminal.wait_exit() == 0


@pytest.mark.slow
def test_a_start_that_can_write_nothing_either_leaves_it_waiting(tmp_path: Path) -> None:
    with below_a_shell(tmp_path, app=APP_REFUSED) as shell:
        fill(shell)
        shell.terminal.hang_up()
        time.sleep(2.0)
        with Terminal([*APP_REFUSED, str(shell.path.parent)], tmp_path) as terminal:
            terminal.wait_until(
                lambda: "from its last session are kept" in terminal.notices, what="the notice"
            )
            terminal.settle()
            assert processes.is_running(shell.app)
            terminal.key("ctrl+q")
            terminal.wait_exit()
        (tmp_path / "full").unlink()
        shell.wait_app_gone()
        assert shell.holds(TYPED)


@pytest.mark.slow
def test_a_fault_of_the_program_waits_for_the_disk_too(tmp_path: Path) -> None:
    fault = "from imr_tui.ui.stages.summary import SummaryScreen\n" + (
        "def crash(self): raise RuntimeError\nSummaryScreen.action_go_to = crash\n"
    )
    program = REFUSING.replace("\nmain()\n", f"\n{fault}main()\n")
    with below_a_shell(tmp_path, app=[sys.executable, "-c", program]) as shell:
        fill(shell)
        shell.terminal.key("ctrl+g")
        wait_told(shell)
        assert processes.is_running(shell.app)
        (tmp_path / "full").unlink()
        assert shell.wait_over() == 70
        assert shell.holds(TYPED)


@pytest.mark.slow
def test_quitting_ends_at_once_where_the_text_is_kept(tmp_path: Path) -> None:
    program = REFUSING.replace(
        "atomic._new_file, Journal.write = full_file, full_journal",
        ("atomic._new_file = full_file"),
    )
    with below_a_shell(tmp_path, app=[sys.executable, "-c", program]) as shell:
        (tmp_path / "full").touch()
        shell.terminal.type(TYPED)
        shell.terminal.wait_for("NOT SAVED: no space left on device; kept in the journal")
        shell.terminal.key("ctrl+q")
        assert shell.wait_over() == 0
        assert "not in its file yet" in shell.said("said")
        assert shell.holds("")
    (tmp_path / "full").unlink()
    with Terminal([*APP, str(shell.path)], tmp_path) as terminal:
        terminal.wait_for("Recovered the changes")
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
    assert on_disk(shell.path).summary.text == TYPED


HANGS = """
import time
from imr_tui.cli import main
from imr_tui.store.cases.case_file import CaseFile

CaseFile.save = lambda self, case: time.sleep(3600)
main()
"""


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_disk_that_hangs_costs_at_most_half_a_second(
    tmp_path: Path, number: signal.Signals
) -> None:
    with below_a_shell(tmp_path, app=[sys.executable, "-c", HANGS]) as shell:
        for word in TYPED.split():
            shell.terminal.type(f"{word} ")
            time.sleep(0.05)
        time.sleep(1.0)
        processes.send(shell.app, number)
        shell.wait_app_gone()
    with Terminal([*APP, str(shell.path)], tmp_path) as terminal:
        terminal.wait_for(TYPED)
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
    assert on_disk(shell.path).summary.text == f"{TYPED} "


@pytest.mark.slow
@pytest.mark.parametrize("how", ["SIGHUP", "closed", "SIGKILL"])
@pytest.mark.parametrize("refuse", [link, no_file_that_long])
def test_a_refused_file_costs_at_most_half_a_second(
    tmp_path: Path, how: str, refuse: object
) -> None:
    assert callable(refuse)
    disk = tmp_path / "disk"
    disk.mkdir()
    words = last_words(tmp_path, disk, Kind("one", refuse), how, seed=1)
    assert not words.fault, words
    assert Scene(disk, disk / "x").folder == disk


# ── The socket ───────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_nobody_else_is_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    text = KeptText(os.path.realpath(tmp_path), FRESH.stem, "s", 1, 0.0, "", b"x")
    let_go: list[int] = []
    served = threading.Thread(
        target=handover.offer, args=(tmp_path, lambda: text, lambda: let_go.append(1)), daemon=True
    )
    served.start()
    deadline = time.monotonic() + 5
    while not (found := list(handover.offers(tmp_path))) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert [each.text for each in found] == [text]
    found[0].decline()
    with monkeypatch.context() as other:
        other.setattr(handover, "_is_ours", lambda line: False)
        assert list(handover.offers(tmp_path)) == []
    assert list(handover.offers(tmp_path / "another")) == []
    assert let_go == []
    (again,) = handover.offers(tmp_path)
    again.accept()
    served.join(5)
    assert let_go == [1]
