"""The app ended, stopped or stalled from outside: the text is kept, the terminal as it was."""

import os
import shlex
import signal
import sys
from pathlib import Path

import pytest

from imr_tui.terminal.tty import RESET_SEQUENCE
from tests.bench.samples import APP, case_at
from tests.soak import processes
from tests.soak.endings import HOWS, STATES, State, can_slow, end
from tests.terminal.below_a_shell import OVER, below_a_shell
from tests.terminal.driver import Terminal

pytestmark = pytest.mark.slow

TYPED = "Nothing of this may be lost."


CELLS: list[tuple[str, State]] = [
    *(("SIGHUP", "idle"), ("closed", "typing"), ("SIGINT", "typing"), ("SIGTERM", "pasting")),
    *(("SIGHUP", "stalled"), ("closed", "stalled"), ("SIGINT", "saving"), ("closed", "saving")),
]
"""Every ending and every state; the campaign of endings tries each with each."""


def test_every_ending_and_every_state_is_tried() -> None:
    assert {how for how, _ in CELLS} == set(HOWS)
    assert {state for _, state in CELLS} == set(STATES)


@pytest.mark.slow
@pytest.mark.parametrize(("how", "state"), CELLS)
def test_an_ending_keeps_the_text_and_leaves_nothing(
    tmp_path: Path, how: str, state: State
) -> None:
    if state == "saving" and not can_slow():
        pytest.skip("strace is not installed")
    ending = end(tmp_path, how, state, seed=HOWS.index(how))
    assert not ending.fault, ending


def test_a_terminal_that_is_not_of_its_session_goes_without_a_signal(tmp_path: Path) -> None:
    with below_a_shell(tmp_path, "setsid") as shell:
        shell.terminal.type(TYPED)
        shell.wait_saved(TYPED)
        shell.terminal.hang_up()
        shell.wait_app_gone()
        assert shell.wait_over() == 129
        assert shell.holds(TYPED)


def test_a_hangup_that_is_ignored_ends_it_too(tmp_path: Path) -> None:
    with below_a_shell(tmp_path, "env", "--ignore-signal=HUP") as shell:
        shell.terminal.type(TYPED)
        shell.wait_saved(TYPED)
        shell.terminal.hang_up()
        shell.wait_app_gone()
        assert shell.wait_over() == 129
        assert shell.holds(TYPED)


def app_on_a_disk(seconds: float) -> list[str]:
    """The app on a disk that takes so long for a save."""
    program = f"""
import time
from imr_tui.cli import main
from imr_tui.store.cases.case_file import CaseFile

def save(self, case, save=CaseFile.save):
    time.sleep({seconds})
    save(self, case)

CaseFile.save = save
main()
"""
    return [sys.executable, "-c", program]


def test_what_is_on_its_way_to_the_disk_arrives(tmp_path: Path) -> None:
    with below_a_shell(tmp_path, app=app_on_a_disk(0.4)) as shell:
        shell.terminal.type(TYPED)
        shell.terminal.wait_for(TYPED)
        processes.send(shell.app, signal.SIGTERM)
        assert shell.wait_over() == 143
        assert shell.holds(TYPED)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_a_disk_that_hangs_holds_nobody_up(tmp_path: Path, number: signal.Signals) -> None:
    with below_a_shell(tmp_path, app=app_on_a_disk(3600)) as shell:
        shell.terminal.type(TYPED)
        shell.terminal.wait_for(TYPED)
        processes.send(shell.app, number)
        assert shell.wait_over() == 128 + number
        shell.assert_restored()
        assert shell.holds("")


def test_an_ending_while_it_starts(tmp_path: Path) -> None:
    path = case_at(tmp_path, "summary")
    script = f"{shlex.join([*APP, str(path)])}; echo $? >code"
    with Terminal(["sh", "-c", script], tmp_path) as terminal:
        terminal.wait_until(lambda: bool(_guards(terminal.pid)), what="the guard")
        (app,) = processes.children(terminal.pid)
        processes.send(app, signal.SIGTERM)
        terminal.wait_exit()
        terminal.wait_until(lambda: not processes.of_session(terminal.pid), what="nobody left")
    assert (tmp_path / "code").read_text(encoding="ascii") == "143\n"


def _guards(shell: int) -> list[int]:
    return [guard for app in processes.children(shell) for guard in processes.children(app)]


NAMELESS = """
import os
from imr_tui.cli import main

def ttyname(descriptor):
    raise OSError

os.ttyname = ttyname
main()
"""


def test_a_terminal_may_have_no_name_that_can_be_opened(tmp_path: Path) -> None:
    with below_a_shell(tmp_path, app=[sys.executable, "-c", NAMELESS]) as shell:
        shell.terminal.type(TYPED)
        shell.wait_saved(TYPED)
        processes.send(shell.app, signal.SIGTERM)
        assert shell.wait_over() == 143
        shell.assert_restored()


def test_no_terminal_that_can_be_opened(tmp_path: Path) -> None:
    run = shlex.join(["setsid", sys.executable, "-c", NAMELESS, str(case_at(tmp_path, "summary"))])
    with Terminal(["sh", "-c", run], tmp_path) as terminal:
        assert terminal.wait_exit() == 2
        assert "cannot open the terminal" in terminal.text


def test_more_signals_change_nothing(tmp_path: Path) -> None:
    with below_a_shell(tmp_path) as shell:
        shell.terminal.type(TYPED)
        shell.wait_saved(TYPED)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
            processes.send(shell.app, number)
        assert shell.wait_over() in {129, 130, 143}
        shell.assert_restored()


def test_a_stalled_terminal_stops_neither_typing_nor_saving(tmp_path: Path) -> None:
    typed = "".join(f"{number:03} " for number in range(50))
    with below_a_shell(tmp_path) as shell:
        terminal = shell.terminal
        terminal.stop_reading()
        mark = terminal.mark()
        terminal.type(typed, delay=0.01)
        shell.wait_saved(typed)
        terminal.resume_reading()
        terminal.wait_for("049")
        terminal.wait_for("50 words, reads")
        terminal.settle()
        # What was painted meanwhile was given up, and what is shown now is all of it.
        assert len(terminal.bytes_since(mark)) < 300_000
        shown = terminal.text
        terminal.resize(80, 20)
        terminal.settle()
        terminal.resize(80, 24)
        terminal.wait_until(lambda: terminal.text == shown, what="the same screen")
        terminal.key("ctrl+q")
        assert shell.wait_over() == 0
        shell.assert_restored()
        assert RESET_SEQUENCE not in terminal.raw  # neither the guard nor an ending had to


def test_a_stalled_terminal_can_be_left(tmp_path: Path) -> None:
    with below_a_shell(tmp_path) as shell:
        shell.terminal.stop_reading()
        shell.terminal.type(TYPED * 3, delay=0.01)
        shell.terminal.key("ctrl+q")
        shell.wait_app_gone()
        shell.terminal.resume_reading()
        assert shell.wait_over() == 0
        shell.assert_restored()
        assert shell.holds(TYPED * 3)


@pytest.mark.parametrize("is_stalled", [False, True])
def test_the_guard_restores_the_terminal_after_a_kill(tmp_path: Path, is_stalled: bool) -> None:
    with below_a_shell(tmp_path, then="read line") as shell:
        shell.terminal.type(TYPED)
        shell.wait_saved(TYPED)
        assert len(processes.children(shell.app)) == 1
        if is_stalled:
            shell.terminal.stop_reading()
            shell.terminal.type(" more" * 10, delay=0.01)
        processes.send(shell.app, signal.SIGKILL)
        shell.wait_app_gone()
        shell.terminal.wait_until(lambda: shell.line() == shell.said("before"), what="the line")
        shell.terminal.resume_reading()
        shell.terminal.wait_until(shell.are_modes_off, what="the modes")
        shell.terminal.key("enter")
        assert shell.wait_over() == 137
        assert shell.said("said") in ("", "Killed")


def test_the_guard_restores_the_terminal_of_an_app_without_a_shell(tmp_path: Path) -> None:
    path = case_at(tmp_path, "summary")
    with Terminal([*APP, str(path)], tmp_path) as terminal:
        terminal.wait_for("words")
        terminal.kill()
        assert terminal.wait_exit() == -signal.SIGKILL
        assert terminal.raw.endswith(RESET_SEQUENCE)
        terminal.wait_until(lambda: not processes.of_session(terminal.pid), what="nobody left")


def test_what_was_typed_for_the_app_is_not_run_by_the_shell(tmp_path: Path) -> None:
    then = 'until [ "$(stty -g)" = "$(cat before)" ]; do :; done; read line; echo "$line" >run'
    with below_a_shell(tmp_path, then=then) as shell:
        processes.send(shell.app, signal.SIGSTOP)
        shell.terminal.wait_until(lambda: processes.state(shell.app) == "T", what="the stop")
        shell.terminal.type("meant for the summary\n")
        processes.send(shell.app, signal.SIGKILL)
        shell.terminal.wait_until(lambda: shell.line() == shell.said("before"), what="the line")
        shell.terminal.type("meant for the shell\n")
        assert shell.wait_over() == 137
        assert shell.said("run") == "meant for the shell"


def test_the_guard_is_not_killed_with_the_group_of_the_app(tmp_path: Path) -> None:
    with below_a_shell(tmp_path, "setsid", then="read line") as shell:
        os.killpg(shell.app, signal.SIGKILL)
        shell.wait_app_gone()
        shell.terminal.wait_until(lambda: shell.line() == shell.said("before"), what="the line")
        shell.terminal.wait_until(shell.are_modes_off, what="the modes")
        shell.terminal.key("enter")
        assert shell.wait_over() == 137


def test_the_guard_is_not_needed(tmp_path: Path) -> None:
    with below_a_shell(tmp_path) as shell:
        (guard,) = processes.children(shell.app)
        processes.send(guard, signal.SIGTERM)
        shell.terminal.settle(0.5)
        assert processes.is_running(guard)
        processes.send(guard, signal.SIGKILL)
        shell.terminal.type(TYPED)
        shell.terminal.key("ctrl+q")
        assert shell.wait_over() == 0
        shell.assert_restored()
        assert shell.holds(TYPED)


def test_it_is_not_suspended(tmp_path: Path) -> None:
    with below_a_shell(tmp_path, "env", "TEXTUAL_ALLOW_SIGNALS=1") as shell:
        shell.terminal.type(TYPED)
        shell.wait_saved(TYPED)
        for _ in range(20):
            shell.terminal.key("ctrl+z", "ctrl+y", "ctrl+\\")
            processes.send(shell.app, signal.SIGTSTP)
            assert processes.state(shell.app) != "T"
        shell.wait_saved(TYPED)
        shell.terminal.key("ctrl+q")
        assert shell.wait_over() == 0


def test_it_outlives_a_stop(tmp_path: Path) -> None:
    with below_a_shell(tmp_path) as shell:
        shell.terminal.type(TYPED)
        shell.wait_saved(TYPED)
        shell.terminal.wait_for("6 words")
        shell.terminal.settle(0.5)
        shown, line = shell.terminal.text, shell.line()
        processes.send(shell.app, signal.SIGSTOP)
        shell.terminal.wait_until(lambda: processes.state(shell.app) == "T", what="the stop")
        shell.line("sane")
        shell.print(b"\x1b[?1049l\x1b[2J$ ")
        shell.terminal.wait_for("$")
        mark = shell.terminal.mark()
        processes.send(shell.app, signal.SIGCONT)
        shell.terminal.wait_until(lambda: shell.line() == line, what="the line")
        shell.terminal.settle()
        assert shell.terminal.text == shown
        assert b"\x1b[?1049h" in shell.terminal.bytes_since(mark)
        shell.terminal.type("!")
        shell.wait_saved(TYPED + "!")
        shell.terminal.key("ctrl+q")
        assert shell.wait_over() == 0
        shell.assert_restored()


def test_it_can_be_ended_in_the_background(tmp_path: Path) -> None:
    then = f"kill -TERM %1; bg %1 >job; wait %1; echo $? >code; {OVER}"
    with below_a_shell(tmp_path, first="set -m", then=then) as shell:
        shell.terminal.type(TYPED)
        shell.wait_saved(TYPED)
        processes.send(shell.app, signal.SIGSTOP)
        assert shell.wait_over() == 143
        shell.assert_restored()


def test_a_byte_that_is_no_text_is_typed_as_such(tmp_path: Path) -> None:
    with below_a_shell(tmp_path) as shell:
        shell.terminal.type(b"a\xe9b")
        shell.wait_saved("a\\xe9b")
        shell.terminal.key("ctrl+q")
        assert shell.wait_over() == 0
